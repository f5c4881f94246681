"""What all extraction stages share: the article's text, folded for matching, its sentences, and the lexicon matcher."""

from __future__ import annotations

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
_LENGTHENING = re.compile("[\u0130\u1e9e]")


def fold_text(text: str) -> str:
    """`text` in lower case with every separator a blank and one blank put before it: same offsets, shifted by one.

    The blank in front makes each word begin with one, so that a lexicon entry " shells" matches whole-word starts
    only. Offsets are kept because no replacement changes a length.
    """
    folded = text.lower()
    if len(folded) != len(text):  # a few capitals grow when lowered; leave those as they are
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for separator in _SEPARATORS:
        if separator in folded:
            folded = folded.replace(separator, " ")
    return " " + folded


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
        self._automaton = ahocorasick_rs.AhoCorasick(list(folded), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, folded: str) -> list[Hit[T]]:
        """All hits in a folded text in order, without overlaps; offsets refer to the text that was folded."""
        values = self._values
        last = len(folded)
        return [
            Hit(start, end - 1, values[index])
            for index, start, end in self._automaton.find_matches_as_indexes(folded)
            if end == last or not folded[end].isalnum()
        ]


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


_END_MARK = re.compile(r"[.!?…\n]")
_CLOSERS = frozenset("\"'’”»)]")
_BLANKS = frozenset(" \t\r\u00a0\u202f")


def split_sentences(text: str, pack: Pack) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; an empty text has one empty sentence.

    A line break ends a sentence unless the next line goes on in lower case. A full stop does not where an
    abbreviation, an initial or a digit stands before it and no capital follows.
    """
    abbreviations = pack_abbreviations(pack)
    spans: list[Span] = []
    begin = done = 0
    for match in _END_MARK.finditer(text):
        mark = match.start()
        if mark < done:
            continue
        stop = _sentence_stop(text, mark, abbreviations)
        if stop:
            _add_sentence(spans, text, begin, stop)
            begin = done = stop
    _add_sentence(spans, text, begin, len(text))
    return tuple(spans) or (Span(0, len(text)),)


def _add_sentence(spans: list[Span], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    words = piece.strip()
    if words:
        start = begin + len(piece) - len(piece.lstrip())
        spans.append(Span(start, start + len(words)))


def _sentence_stop(text: str, mark: int, abbreviations: frozenset[str]) -> int:
    """Where the sentence that the mark at `mark` may end does end, 0 where it goes on."""
    size = len(text)
    if text[mark] == "\n":
        after = mark + 1
        while after < size and text[after].isspace():
            after += 1
        goes_on = after < size and text[after].islower() and text.count("\n", mark, after) == 1
        return 0 if goes_on else after
    after = mark + 1
    while after < size and (text[after] in _CLOSERS or text[after] in ".!?…"):
        after += 1
    if after < size and text[after] != "\n" and text[after] not in _BLANKS:
        return 0
    stop = after
    while after < size and text[after] in _BLANKS:
        after += 1
    if after < size and text[after].islower():
        return 0
    if stop == mark + 1 and text[mark] == "." and after < size and text[after] != "\n":
        return 0 if _is_abbreviated(text, mark, abbreviations) else after
    return after


def _is_abbreviated(text: str, mark: int, abbreviations: frozenset[str]) -> bool:
    begin = mark
    while begin and mark - begin < 20 and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin:mark]
    return word in abbreviations or (len(word) == 1 and word.isupper())


_ABBREVIATIONS: dict[str, frozenset[str]] = {}


def pack_abbreviations(pack: Pack) -> frozenset[str]:
    """The abbreviations of a pack, as a set made once."""
    if pack.code not in _ABBREVIATIONS:
        _ABBREVIATIONS[pack.code] = frozenset(pack.sentences.abbreviations)
    return _ABBREVIATIONS[pack.code]
