"""What a number without a unit counts: its noun phrase, or the thing counted just before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.document import Document
from etl.extract.quantities.draft import Draft
from etl.extract.quantities.grammar import Grammar

_GROUPS = re.compile("(?:[,. \u00a0\u202f\u2009][0-9]{3}(?![0-9]))+")
_WORD = re.compile(r"[ \u00a0\u202f'’] ?([&.-]?[^\W_]+(?:[&.-][^\W_]+|/[A-Z0-9]+)*)(?:(?<=\.[A-Z])\.(?= [a-z]))?")
_LINKER = re.compile(r"[ \u00a0\u202f'’] ?([^\W\d_]+)(?=[ '’\u00a0\u202f])")
_CALIBRE = re.compile(r"[ \u00a0\u202f]\d+(?:[.,]\d+)?[ \u00a0\u202f]?([^\W\d_]+)(?!\w)")
_CODE = re.compile(r"\d|[A-Z].*[A-Z]")
_QUOTED = re.compile(r"[ \u00a0\u202f](?=[«“„\"])[«“„\"][ \u00a0\u202f]?([^\W_]+(?:[ -][^\W_]+){0,2})[ \u00a0\u202f]?[»”\"]")
"""A name in quotation marks: `12 « Caesar »`."""
_LINE = 200
"""Characters of the longest headline."""
_LONGEST = 8
"""Words that a noun phrase may have."""


class Noun(NamedTuple):
    """The thing counted: its words at `text[start:end]`, its head in folded form, and what sort of word the head is."""

    start: int
    end: int
    head: str
    sort: str
    """`goods`, `person`, `enumeration`, `body` (a country or the like), `name` (a capitalised name or a designation), `other`."""


def read_noun(text: str, end: int, right: Sequence[str], grammar: Grammar) -> Noun | None:
    """The noun phrase right behind `end`, None where no word or only a function word follows.

    `right` are the folded words behind `end`.
    """
    if not right or (len(right) > 1 and right[1] in grammar.spans_of_time and (right[0] in grammar.definites or right[0] in grammar.singulars)):
        return None  # `down from 10,000 the year before`
    if right[0] in grammar.participles:
        return _read_participle(text, end, right, grammar)
    words = _read_calibre(text, end, grammar) if grammar.head_last and right[0][0:1].isdigit() else []
    position = _skip_linkers(text, end, grammar) if right[0] in grammar.count_linkers else words[0][1] if words else end
    _read_words(words, text, end, position, grammar)
    if not words:
        return None
    noun = _choose_head(text, words, grammar)
    first = words[0][2]
    is_verb = (len(words) == 1 and first in grammar.sure_verbs) or (not grammar.head_last and first in grammar.handled)
    return None if is_verb and noun.sort == "other" else noun  # `5,560 turned up`, `dont huit reçoivent des soins`


def _read_words(words: list[tuple[int, int, str]], text: str, end: int, position: int, grammar: Grammar) -> None:
    """Adds the words of the noun phrase from `position` on, behind a number that ends at `end`."""
    next_word, head_last = _WORD.match, grammar.head_last
    while len(words) < _LONGEST:
        match = next_word(text, position)
        if match is None:
            position = _take_quoted(words, text, position)
            if position and head_last:
                continue
            break
        word, (start, stop) = match[1], (match.start(1), match.end())
        folded = word.lower()
        if "-" in folded:
            folded = folded.replace("-", " ")
        if not words and position != end and folded in grammar.counted_words:
            position = stop  # `two of nine ships`, `24 of 30 promised tanks`, `half of the one million rounds`
            continue
        if _ends_phrase(folded, words, word, text, start, grammar):
            break
        if word[0].isdigit() and not _names_thing(text, match, words):
            if words or position == end:
                break
            groups = _GROUPS.match(text, stop)
            position = groups.end() if groups else stop  # `18 of its 31 members`
            continue
        if head_last:
            words.append((start, stop, folded))
            position = stop
        else:
            stop, position = _read_inside(text, stop, grammar)
            words.append((start, stop, folded))


def _ends_phrase(
    folded: str, words: list[tuple[int, int, str]], word: str, text: str, start: int, grammar: Grammar
) -> bool:
    """Whether a word ends the phrase: a function word or number, or a verb behind a noun that is counted: `22 countries take part`."""
    if folded in grammar.noun_ends or folded.endswith(grammar.verb_endings):
        return folded in grammar.cardinals or not (words and _is_in_name(word, text, start))
    return grammar.head_last and bool(words) and folded in grammar.sure_verbs and words[-1][2] in grammar.counted_nouns


def _take_quoted(words: list[tuple[int, int, str]], text: str, position: int) -> int:
    """Adds a name in quotation marks and says where it ends, 0 where none stands at `position`."""
    match = _QUOTED.match(text, position)
    if match is None:
        return 0
    words.append((*match.span(1), match[1].lower()))
    return match.end()


def _is_in_name(word: str, text: str, start: int) -> bool:
    """Whether a word that otherwise ends a phrase belongs to a name: `US` in `12 new US tanks`, but not in a headline in capitals."""
    return word[0].isupper() and not (word.isupper() and is_shouted(text, start))


def _read_calibre(text: str, end: int, grammar: Grammar) -> list[tuple[int, int, str]]:
    """The calibre right behind a number as the first word of the phrase, `31 155 mm howitzers`; empty where none is."""
    stop = _calibre_end(text, end + 1, grammar)
    return [(end + 1, stop, text[end + 1 : stop])] if stop else []


def _read_participle(text: str, end: int, right: Sequence[str], grammar: Grammar) -> Noun | None:
    """`24 used F-16 jets`: a participle right behind a number belongs to the things behind it, where such are named."""
    match = _WORD.match(text, end)
    noun = read_noun(text, match.end(), right[1:], grammar) if match and match[1].lower() == right[0] else None
    if noun is None or match is None or noun.start > match.end() + 1 or not _is_sure(noun, grammar):
        return None
    return noun._replace(start=match.start(1))


def _is_sure(noun: Noun, grammar: Grammar) -> bool:
    """Whether a noun behind a participle is a thing that is counted: `12 used Typhoons`, but not `12 killed Monday`."""
    return noun.sort in ("goods", "person") or noun.head.removesuffix("s").title() in grammar.designations


def _skip_linkers(text: str, end: int, grammar: Grammar) -> int:
    """Steps over `of the`, `d'`, `autres` between the number and the thing counted."""
    for _ in range(3):
        match = _LINKER.match(text, end)
        if match is None or match[1].lower() not in grammar.count_linkers:
            return end
        end = match.end()
    return end


def _read_inside(text: str, end: int, grammar: Grammar) -> tuple[int, int]:
    """Where a word of a phrase whose head comes first ends with the calibre behind it, and where the phrase goes on.

    It goes on behind a calibre, `obus de 155 mm`, and behind `de` and `d'` where a lower-case word follows.
    """
    linker = _LINKER.match(text, end)
    if linker is None or linker[1].lower() not in grammar.inner_linkers:
        return end, end
    place = linker.end()
    calibre = _calibre_end(text, place + 1, grammar)
    if calibre:
        return calibre, calibre
    follower = _WORD.match(text, place)
    goes_on = follower and text[follower.start(1)].islower() and follower[1].lower() not in grammar.stops
    return end, place if goes_on else end


def _calibre_end(text: str, start: int, grammar: Grammar) -> int | None:
    """Where the calibre that begins at `start` behind a blank ends, None where none does."""
    calibre = _CALIBRE.match(text, start - 1)
    return calibre.end() if calibre and grammar.unit_symbols.get(calibre[1]) in grammar.calibres else None


def _names_thing(text: str, match: re.Match[str], words: list[tuple[int, int, str]]) -> bool:
    """A number inside the phrase belongs to it where it is part of a name: `30 F-16`, `Leopard 2 tanks`, `155 mm shells`."""
    if any(not c.isdigit() for c in match[1]):
        return True
    return bool(words) and text[words[-1][0]].isupper()


def _choose_head(text: str, words: list[tuple[int, int, str]], grammar: Grammar) -> Noun:
    order = words[::-1] if grammar.head_last else words
    found = _find_thing(words, order, grammar)
    if found is not None:
        return found
    start, end, folded = order[0]
    if folded in grammar.peoples and text[start].isupper() and (not grammar.head_last or folded.endswith("s") or len(words) == 1):
        return Noun(words[0][0], end, folded, "person")
    for _, end, folded in order[:2]:
        if folded in grammar.bodies:
            return Noun(words[0][0], end, folded, "body")
        if folded in grammar.enumerations and not text[end + 1 : end + 2].isdigit():  # `eight Type 26 frigates`
            return Noun(words[0][0], end, folded, "enumeration")
    first = words[0]
    if grammar.head_last and first[2] in grammar.enumerations and first[2].endswith("s") and text[first[0]].islower():
        return Noun(first[0], first[1], first[2], "enumeration")  # `3.4 times annual sales`
    phrase = text[words[0][0] : words[-1][1]]
    is_name = not phrase.islower() and any(text[b].isupper() or _CODE.search(text[b:e]) for b, e, _ in words)
    is_name = is_name or (any(map(str.isdigit, phrase)))
    return Noun(words[0][0], words[-1][1], order[0][2], "name" if is_name else "other")


def _find_thing(words: list[tuple[int, int, str]], order: list[tuple[int, int, str]], grammar: Grammar) -> Noun | None:
    """The thing or the people of a phrase: the last known word where the head is last, else one of the first three."""
    things = grammar.things
    if grammar.head_last:
        for _, end, folded in order:
            if folded in things:
                return Noun(words[0][0], end, folded, things[folded])
        return None
    if len(words) > 1 and f"{words[0][2]} {words[1][2]}" in grammar.persons:  # `Casques bleus`
        return Noun(words[0][0], words[-1][1], words[0][2], "person")
    for table in (grammar.goods, grammar.persons):
        for _, _, folded in order[:3]:
            if folded in table:
                return Noun(words[0][0], words[-1][1], folded, things[folded])
    return None


def is_shouted(text: str, place: int) -> bool:
    """Whether a line, as headlines are, is in capitals, which then tell no names."""
    end = text.find("\n", place, place + _LINE)
    return text[text.rfind("\n", max(0, place - _LINE), place) + 1 : end if end >= 0 else place + _LINE].isupper()


def is_parallel(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether the words before a bare number set it beside the quantity before it."""
    text = document.text
    place = draft.qualifier_start
    before = text[max(0, place - 2) : place].strip(" \u00a0\u202f")
    if before[-1:] in ("(", ":", "–", "—", ";"):
        return True
    words = list(draft.left)
    if not words:
        return False
    while len(words) > 1 and words[-1] in grammar.skip:
        if words[-1] in grammar.parallels:
            return True
        words.pop()
    return words[-1] in grammar.parallels


def stands_for_other(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether `others` or `of them` follows: the number counts what the one before it counted."""
    behind = draft.right
    blank = document.text[draft.end : draft.end + 1] in (" ", "\u00a0", "\u202f")
    return blank and bool(grammar.others.begin(behind)[0])
