"""What all extraction stages share: the article's text, folded for matching, its sentences, and the lexicon matcher."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs
import regex

from etl.lexicon import Pack
from etl.records import Interval, Span

T = TypeVar("T")

_SEPARATORS = tuple("\n\r\t,.;:()[]{}<>\"'’‘“”«»„‚-–—‑‐/·•…!?*_|\u00a0\u202f\u2009\u200b\ufeff")
_BLANKED = bytes(ord(" ") if chr(byte) in _SEPARATORS else byte for byte in range(256 // 2)) + bytes(range(256 // 2, 256))
"""What each byte of a text in UTF-8 becomes: the separators of one byte blanks."""
_WIDE_SEPARATORS = tuple(separator for separator in _SEPARATORS if not separator.isascii())
BULLETS = frozenset("•·-–—*▪◦●○‣")
"""Signs before the items of a list."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def fold_text(text: str) -> str:
    """`text` in lower case with every separator a blank and one blank put before it: same offsets, shifted by one.

    The blank in front makes each word begin with one, so that a lexicon entry " shells" matches whole-word starts
    only. Offsets are kept because no replacement changes a length.
    """
    folded = text.lower()
    if len(folded) != len(text):  # a few capitals grow when lowered; leave those as they are
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if folded.isascii():
        return " " + folded.encode().translate(_BLANKED).decode()
    try:
        encoded = folded.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON may carry and no automaton takes
        encoded = _SURROGATE.sub("\ufffd", folded).encode()
    folded = encoded.translate(_BLANKED).decode()
    for separator in _WIDE_SEPARATORS:
        if separator in folded:
            folded = folded.replace(separator, " ")
    return " " + folded


_START = itemgetter(0)
HIDDEN = 128
"""How far behind a phrase the entries that it may hide are looked for: two of the longest."""


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
        self._overlapping: ahocorasick_rs.AhoCorasick | None = None

    def find(self, folded: str, offset: int = 0) -> list[Hit[T]]:
        """All hits in a folded text in order, without overlaps; offsets refer to the text that was folded.

        `offset` is where the folded text begins in a longer one whose offsets the hits are to have.
        """
        values, phrases, ends = self._values, self._phrases, folded + " "
        new = tuple.__new__  # past the named tuple's own constructor, a call a hit
        hits: list[Hit[T]] = []
        hiding: list[tuple[int, int]] = []
        behind = offset - 1
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            if ends[end] == " " or not ends[end].isalnum():  # it ends with a word
                hits.append(new(Hit, (start + offset, end + behind, values[index])))
            elif index in phrases:
                hiding.append((start, end))
        return self._mend(folded, offset, hiding, hits) if hiding else hits

    def entries(self) -> Iterator[tuple[str, T]]:
        """The folded entries, each with its value."""
        return zip(self._patterns, self._values, strict=True)

    def find_all(self, folded: str, start: int, end: int) -> list[Hit[T]]:
        """All entries that stand as whole words in `folded[start:end]`, those that overlap too."""
        values, ends, new = self._values, folded + " ", tuple.__new__
        matches = self._load_overlapping().find_matches_as_indexes(folded[start:end], overlapping=True)
        before = start - 1
        return [
            new(Hit, (start + first, before + after, values[index]))
            for index, first, after in matches
            if not ends[start + after].isalnum()
        ]

    def _mend(self, folded: str, offset: int, hiding: Iterable[tuple[int, int]], hits: list[Hit[T]]) -> list[Hit[T]]:
        """The hits where phrases end inside a word, `made out` in `made outside Europe`, and hide what stands there."""
        has_hidden = False
        for start, end in hiding:
            found = self.find_all(folded, start, end + HIDDEN)
            if any(hit[0] < end for hit in found):  # what begins behind the phrase is among the hits
                has_hidden = True
                hits += [Hit(hit.start + offset, hit.end + offset, hit.value) for hit in found] if offset else found
        return leftmost_longest(hits) if has_hidden else hits

    def _load_overlapping(self) -> ahocorasick_rs.AhoCorasick:
        if self._overlapping is None:
            self._overlapping = ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MatchKind.Standard)
        return self._overlapping


def leftmost_longest(hits: list[Hit[T]]) -> list[Hit[T]]:
    """Of hits that overlap, the one that begins first, and of those the longest."""
    kept: list[Hit[T]] = []
    free = start = -1
    for hit in sorted(hits, key=_START):
        if hit[0] >= free:
            kept.append(hit)
            start, free = hit[0], hit[1]
        elif hit[0] == start and hit[1] > free:
            kept[-1] = hit
            free = hit[1]
    return kept


_DIGITS = regex.compile("[0-9]+")


def digit_runs(text: str) -> list[tuple[int, int]]:
    """Where the runs of the digits 0 to 9 begin and end."""
    return [match.span() for match in _DIGITS.finditer(text)]


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
    printed: str = ""
    """The article as it was read where `text` differs from it, else empty."""
    dropped: tuple[int, ...] = ()
    """The offsets in `text` before which a character of `printed` was left out."""
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [sentence[0] for sentence in self.sentences])

    def in_print(self, offset: int) -> int:
        """The offset in the article as it was read of the character at `offset` of `text`."""
        return offset + bisect_right(self.dropped, offset)

    def span_in_print(self, start: int, end: int) -> Span:
        """The span in the article as it was read of `text[start:end]`."""
        if not self.dropped:
            return Span(start, end)
        first = self.in_print(start)
        return Span(first, self.in_print(end - 1) + 1 if end > start else first)

    def quote(self, start: int, end: int) -> str:
        """The article's own characters for `text[start:end]`."""
        if not self.printed:
            return self.text[start:end]
        start, end = self.span_in_print(start, end)
        return self.printed[start:end]

    def sentence_index(self, offset: int) -> int:
        """The index in `sentences` of the sentence that holds `offset`."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds `offset`."""
        return self.sentences[self.sentence_index(offset)]


_LINE_END = re.compile(r"\n\s*")
_STOP = re.compile(r"\.(\.*[\"'’”»)\]]*)(?:[ \t\r\u00a0\u202f]+(?![a-zà-öø-ÿ])|(?=\n)|\Z)")
"""The end of a sentence where every mark that may end one is a full stop: a pattern that begins with one sign is
searched for many times as fast as one that begins with any of several."""
_OTHER_MARKS = "!?…"
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
    abbreviations, endings = pack_abbreviations(pack)
    stops = _STOP.finditer
    marked = text
    for mark in _OTHER_MARKS:
        marked = marked.replace(mark, ".")
    spans: list[Span] = []
    new = tuple.__new__  # past the named tuple's own constructor, a call a sentence
    begin = len(text) - len(text.lstrip())
    has_long = False
    for block, block_end, following in _blocks(text):
        has_long = has_long or block_end - block > _LONGEST
        for match in stops(marked, block, block_end):
            closers, stop = match.span(1)
            if closers == stop:
                ending = text[stop - 3 : stop - 1]
                if (ending in endings or not ending.isalpha()) and _is_abbreviated(text, stop - 1, abbreviations):
                    continue
            spans.append(new(Span, (begin, stop)))
            begin = match.end()
        if begin < block_end:
            spans.append(Span(begin, begin + len(text[begin:block_end].rstrip())))
        begin = following
    return tuple(_cut_long(text, spans) if has_long else spans) or (Span(0, len(text)),)


def _blocks(text: str) -> list[tuple[int, int, int]]:
    """The stretches of text between the line breaks that end a sentence: begin, end, and where the next line begins."""
    blocks: list[tuple[int, int, int]] = []
    begin = 0
    for match in _LINE_END.finditer(text):
        end, following = match.span()
        if not text[following : following + 1].islower() or text.count("\n", end, following) > 1:
            blocks.append((begin, end, following))
            begin = following
        # else it is only the wrapping of a paragraph: one break, and the next line in lower case
    blocks.append((begin, len(text), len(text)))
    return blocks


def _cut_long(text: str, spans: list[Span]) -> list[Span]:
    """The spans with those of endless lines cut at a blank: each claim keeps its sentence, and a line may have 50 MB."""
    cut: list[Span] = []
    for start, end in spans:
        while end - start > _LONGEST:
            blanks = [match.end() for match in _CUT.finditer(text, start + _LONGEST - 500, start + _LONGEST)]
            middle = blanks[-1] if blanks else start + _LONGEST
            cut.append(Span(start, start + len(text[start:middle].rstrip())))
            start = middle
        cut.append(Span(start, end))
    return cut


class _Abbreviations(NamedTuple):
    """The abbreviations of a pack."""

    words: frozenset[str]
    endings: frozenset[str]
    """Their last two letters: a word of several letters that ends otherwise is none of them."""


def _is_abbreviated(text: str, mark: int, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop at `mark` belongs to an abbreviation or an initial."""
    if text[mark] != "." or text[mark - _LONG_WORD : mark].isalpha():
        return False
    floor = max(0, mark - 20)
    begin = max(text.rfind(" ", floor, mark), text.rfind("\n", floor, mark), floor - 1) + 1
    word = text[begin:mark]
    if not word.isalpha():  # `(Gen`, `d'env`: only the letters right before the mark count
        match = _LETTERS.search(word)
        word = match.group() if match else ""
    return word in abbreviations or (len(word) == 1 and word.isupper())


_ABBREVIATIONS: dict[str, _Abbreviations] = {}


def pack_abbreviations(pack: Pack) -> _Abbreviations:
    """The abbreviations of a pack, as sets made once."""
    if pack.code not in _ABBREVIATIONS:
        words = frozenset(pack.sentences.abbreviations)
        _ABBREVIATIONS[pack.code] = _Abbreviations(words, frozenset(word[-2:] for word in words))
    return _ABBREVIATIONS[pack.code]
