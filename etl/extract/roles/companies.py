"""Companies that the party table lacks: capitalised names beside a word for a company or a legal form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from etl.extract.document import Document, Hit
from etl.extract.parties import COMPANY_SUFFIX, Name, find_names_and_words
from etl.extract.roles import grammar as g

_NAMED: Final = r"[^\W\d_a-zß-öø-ÿ][\w&’'.-]*\w(?:[ \u00a0](?:&[ \u00a0])?[^\W\d_a-zß-öø-ÿ][\w&’'.-]*\w){0,3}"
_AFTER: Final = re.compile(rf"[ \u00a0](?P<adjective>[^\W\d_]+[ \u00a0])?(?P<name>{_NAMED})")
_OWNER: Final = re.compile(rf"(?P<name>{_NAMED})[ \u00a0]?\Z")
_ACRONYM: Final = re.compile(r"([^\W\d_a-zß-öø-ÿ]{2,8})\)")
_REACH: Final = 90
_SHORTEST: Final = 3
_LONGEST: Final = 6
"""How many words may stand between a name and the noun that describes it."""
_NAME: Final = Name(None, "company", "name", "", True, False)


def find_parties_and_companies(document: Document, grammar: g.Grammar) -> list[Hit[Name]]:
    """The names of parties in a document and of companies that only the document tells of, in text order.

    `the drone maker Vestor Dynamics` and `Vestor, a Swiss company,` make every `Vestor` a company.
    """
    names, words = find_names_and_words(document)
    names = _with_acronyms(document.text, names)
    found = set(_told(document.text, words, names, grammar)) if words else set()
    if not found:
        return names
    starts = [name.start for name in names]
    added = [hit for wording in found for hit in _mentions(document.text, wording) if _is_free(hit, names, starts)]
    return sorted([*names, *_longest(added)])


def _with_acronyms(text: str, names: list[Hit[Name]]) -> list[Hit[Name]]:
    """The names with the acronyms that the text gives them: `the Missile Defense Agency (MDA)`."""
    added: list[Hit[Name]] = []
    for name in names:
        if text[name.end : name.end + 2] == " (" and name.value.party:
            match = _ACRONYM.match(text, name.end + 2)
            if match:
                starts = [known.start for known in names]
                value = name.value._replace(form="acronym")
                added += [hit for hit in _mentions(text, match[1], value) if _is_free(hit, names, starts)]
    return sorted([*names, *_longest(added)]) if added else names


def _told(
    text: str, words: Sequence[Hit[Name]], names: Sequence[Hit[Name]], grammar: g.Grammar
) -> Iterator[str]:
    """The wordings of names that a word for a company stands beside."""
    adjectives = {name.start for name in names if name.value.form == "adjective"}
    for start, end, word in words:
        begin = max(start - _REACH, 0)
        if word.kind == COMPANY_SUFFIX:
            owner = _OWNER.search(text, begin, start) if text[start].isupper() else None
            if owner and _may_name(owner["name"], grammar):
                yield text[owner.start("name") : end]
            matches = [owner]
        elif text[start].isupper():
            continue
        else:
            may_follow = grammar.heads_first or text[end + 1 : end + 2].isupper()
            after = _AFTER.match(text, end) if may_follow else None
            if after and after["adjective"] and not _may_describe(after, adjectives, grammar):
                after = None
            matches = [after, _before_apposition(text, begin, start, grammar)]
        for match in matches:
            if match and _may_name(match["name"], grammar):
                yield match["name"]


def _may_describe(match: re.Match[str], adjectives: set[int], grammar: g.Grammar) -> bool:
    """Whether the word between a word for a company and a name is an adjective: `le groupe suédois Saab`."""
    if match.start("adjective") in adjectives:
        return True
    return grammar.heads_first and match["adjective"].rstrip() not in grammar.flags


def _before_apposition(text: str, begin: int, start: int, grammar: g.Grammar) -> re.Match[str] | None:
    """The name before a comma that a description of a company follows: `Vestor, a Swiss company`."""
    comma = text.rfind(",", begin, start)
    if comma < 0 or not _is_apposition(text[comma + 1 : start], grammar):
        return None
    return _OWNER.search(text, begin, comma)


def _is_apposition(between: str, grammar: g.Grammar) -> bool:
    """Whether the words between a name and a word for a company are an article and what describes it."""
    words = between.replace("’", " ").replace("'", " ").split()
    flags = grammar.flags
    if not 0 < len(words) <= _LONGEST or not flags.get(words[0].lower(), 0) & g.DETERMINER:
        return False
    return not any(flags.get(word.lower(), 0) & g.PREDICATE for word in words)


def _may_name(wording: str, grammar: g.Grammar) -> bool:
    """Whether capitalised words may name a company: no function word, day or title opens them."""
    first = wording.replace("\u00a0", " ").split(" ")[0].lower()
    return len(wording) >= _SHORTEST and first not in grammar.flags and first not in grammar.titles


def _mentions(text: str, wording: str, value: Name = _NAME) -> Iterator[Hit[Name]]:
    """Every place where a name stands as whole words."""
    start = text.find(wording)
    while start >= 0:
        end = start + len(wording)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield Hit(start, end, value)
        start = text.find(wording, end)


def _is_free(hit: Hit[Name], names: Sequence[Hit[Name]], starts: Sequence[int]) -> bool:
    """Whether no known name overlaps a place."""
    index = bisect_right(starts, hit.start)
    if index and names[index - 1].end > hit.start:
        return False
    return index == len(names) or names[index].start >= hit.end


def _longest(hits: Sequence[Hit[Name]]) -> list[Hit[Name]]:
    """The hits without those that a longer one overlaps."""
    kept: list[Hit[Name]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
