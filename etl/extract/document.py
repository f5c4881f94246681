"""What all extraction stages share: the article's text, folded for matching, its sentences, and the lexicon matcher."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

from etl.lexicon import Pack
from etl.records import Interval, Span

T = TypeVar("T")

_SEPARATORS = tuple("\n\r\t,.;:()[]{}<>\"'’‘“”«»„‚-–—‑‐/·•…!?*_|\u00a0\u202f\u2009\u200b\ufeff")
_SURROGATE = re.compile("[\ud800-\udfff]")


def fold_text(text: str) -> str:
    """`text` in lower case with every separator a blank and one blank put before it: same offsets, shifted by one.

    The blank in front makes each word begin with one, so that a lexicon entry " shells" matches whole-word starts
    only. Offsets are kept because no replacement changes a length.
    """
    folded = text.lower()
    if len(folded) != len(text):  # a few capitals grow when lowered; leave those as they are
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not folded.isascii():
        try:
            folded.encode()
        except UnicodeEncodeError:  # half of a surrogate pair, which JSON may carry and no automaton takes
            folded = _SURROGATE.sub("\ufffd", folded)
    for separator in _SEPARATORS:
        if separator in folded:
            folded = folded.replace(separator, " ")
    return " " + folded


_LONGEST_ENTRY = 64
"""No entry of a word table has more characters."""


class Hit(NamedTuple, Generic[T]):
    """A lexicon entry found at `text[start:end]`."""

    start: int
    end: int
    value: T


class Matcher(Generic[T]):
    """Finds the entries of a word table in folded text: one automaton, whole words, leftmost and longest first.

    Entries are written in any case with any separators; `IRIS-T`, `iris t` and `Iris T` are one entry.
    """

    def __init__(self, entries: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        folded: dict[str, T] = {}
        for surface, value in pairs:
            folded.setdefault(fold_text(surface.strip()).rstrip(), value)
        self._values = list(folded.values())
        self._patterns = list(folded)
        self._phrases = frozenset(index for index, key in enumerate(folded) if " " in key[1:])
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, folded: str) -> list[Hit[T]]:
        """All hits in a folded text in order, without overlaps; offsets refer to the text that was folded."""
        values = self._values
        new = tuple.__new__  # past the named tuple's own constructor, a call a hit
        return [new(Hit, (start, end - 1, values[index])) for index, start, end in self._matches(folded)]

    def _matches(self, folded: str) -> list[tuple[int, int, int]]:
        """The matches that end with a word, as entry, start and end."""
        last = len(folded)
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(folded)
        whole = [match for match in found if match[2] == last or not folded[match[2]].isalnum()]
        phrases = self._phrases
        if len(whole) < len(found) and any(
            match[0] in phrases for match in found if match[2] != last and folded[match[2]].isalnum()
        ):
            return self._mend(folded, found)
        return whole

    def _mend(self, folded: str, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """The same where a phrase ends inside a word, `made out` in `made outside Europe`, and hides what stands there."""
        last, position = len(folded), 0
        mended: list[tuple[int, int, int]] = []
        for index, start, end in found:
            if start < position:
                continue
            if end == last or not folded[end].isalnum():
                mended.append((index, start, end))
                position = end
            elif index in self._phrases:
                for other, first, after in self._overlapping.find_matches_as_indexes(folded[start : end + _LONGEST_ENTRY], overlapping=True):
                    mended.append((other, start + first, start + after))
        return _leftmost_longest([m for m in mended if m[2] == last or not folded[m[2]].isalnum()])

    @functools.cached_property
    def _overlapping(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MatchKind.Standard)


def _leftmost_longest(matches: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of matches that overlap, the one that begins first, and of those the longest."""
    kept: list[tuple[int, int, int]] = []
    for match in sorted(matches, key=lambda m: (m[1], -m[2])):
        if not kept or match[1] >= kept[-1][2]:
            kept.append(match)
    return kept


@dataclass(frozen=True, slots=True)
class Document:
    """One article, ready for the stages."""

    text: str
    folded: str
    pack: Pack
    published: Interval | None
    title: str | None
    sentences: tuple[Span, ...]
    """Sentences in order; headings and list items are sentences of their own."""
    boilerplate: tuple[Span, ...] = ()

    def sentence_index(self, offset: int) -> int:
        """The index in `sentences` of the sentence that holds `offset`."""
        return max(bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1, 0)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds `offset`."""
        return self.sentences[self.sentence_index(offset)]


_BOUNDARY = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*|([.!?…]*[\"'’”»)\]]*)(?:[ \t\r\u00a0\u202f]+(?![a-zà-öø-ÿ])|(?=\n)|\Z))"
)


_LONG_WORD = 8
"""No abbreviation has as many letters."""
_LETTERS = re.compile(r"[^\W\d_]+\Z")
_LONGEST = 2_000
"""A sentence has no more characters than this."""
_CUT = re.compile(r"[^\W\d]\s+(?=[^\W\d])")


def split_sentences(text: str, pack: Pack) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; an empty text has one empty sentence.

    A line break ends a sentence unless the next line goes on in lower case. A full stop does not where an
    abbreviation, an initial or a digit stands before it and no capital follows.
    """
    abbreviations = pack_abbreviations(pack)
    spans: list[Span] = []
    begin = len(text) - len(text.lstrip())
    for match in _BOUNDARY.finditer(text):
        stop = match.end(1)
        if stop < 0:
            if _goes_on(text, match):
                continue
            stop = match.start()
            if stop > begin:
                spans.append(Span(begin, begin + len(text[begin:stop].rstrip())))
        elif stop == match.start() + 1 and text[stop - 1] == "." and _is_abbreviated(text, stop - 1, abbreviations):
            continue
        elif stop > begin:
            spans.append(Span(begin, stop))
        begin = match.end()
    if begin < len(text):
        spans.append(Span(begin, begin + len(text[begin:].rstrip())))
    return _cut_long(text, spans) or (Span(0, len(text)),)


def _cut_long(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """The spans with those of endless lines cut at a blank: each claim keeps its sentence, and a line may have 50 MB."""
    if not any(end - start > _LONGEST for start, end in spans):
        return tuple(spans)
    cut: list[Span] = []
    for start, end in spans:
        while end - start > _LONGEST:
            blanks = [match.end() for match in _CUT.finditer(text, start + _LONGEST - 500, start + _LONGEST)]
            middle = blanks[-1] if blanks else start + _LONGEST
            cut.append(Span(start, start + len(text[start:middle].rstrip())))
            start = middle
        cut.append(Span(start, end))
    return tuple(cut)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a line break is only the wrapping of a paragraph: one break, and the next line in lower case."""
    after = match.end()
    return after < len(text) and text[after].islower() and match.group().count("\n") == 1


def _is_abbreviated(text: str, mark: int, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop at `mark` belongs to an abbreviation or an initial."""
    if text[mark - _LONG_WORD : mark].isalpha():
        return False
    floor = max(0, mark - 20)
    begin = max(text.rfind(" ", floor, mark), text.rfind("\n", floor, mark), floor - 1) + 1
    word = text[begin:mark]
    if not word.isalpha():  # `(Gen`, `d'env`: only the letters right before the mark count
        match = _LETTERS.search(word)
        word = match.group() if match else ""
    return word in abbreviations or (len(word) == 1 and word.isupper())


_ABBREVIATIONS: dict[str, frozenset[str]] = {}


def pack_abbreviations(pack: Pack) -> frozenset[str]:
    """The abbreviations of a pack, as a set made once."""
    if pack.code not in _ABBREVIATIONS:
        _ABBREVIATIONS[pack.code] = frozenset(pack.sentences.abbreviations)
    return _ABBREVIATIONS[pack.code]
