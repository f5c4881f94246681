"""The noun phrases that may be the object of a quantity, each with its marks for the model that chooses among them."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from etl.extract.document import Hit
from etl.extract.ranking import Mark, Pattern
from etl.extract.roles import grammar as g
from etl.extract.roles.phrases import Line, Wording, read_phrase, word_phrase
from etl.extract.roles.reader import Place, Reader, Sentence
from etl.extract.roles.wordings import Phrases

_LINKS: Final = (2, 1, 0)
"""How many of-phrases a candidate takes along, in turn."""
_STEM: Final = 7
_WORD_STEM: Final = 6
_FAR: Final = (1, 2, 3, 4, 7, 12, 20)
"""Where distances in words are parted."""
_MANY: Final = 2
_NAMING: Final = g.CAPITAL | g.PARTY
_LOOK: Final = Pattern("look", ((0,), (0, 1), (1, 2), (0, 3), (0, 4), (5, 6), (7,), (7, 0)))
_PLACE: Final = Pattern(
    "place", ((0, 1), (0, 1, 2), (0, 2, 3), (0, 3, 1), (0, 1, 4), (0, 1, 5), (0, 1, 6), (0, 1, 7), (0, 1, 8), (0, 1, 2, 6, 7))
)
_DEAL: Final = Pattern("deal", ((0, 1, 3), (0, 2, 3)))
_BESIDE: Final = Pattern("beside", ((0, 2), (0, 3), (0, 1, 2)))
_WORD: Final = Pattern("word", ())
_SIZE: Final = Pattern("size", ((0,), (1,)))
_RULED: Final = Pattern("ruled", ((0,), (0, 1), (0, 1, 2), (0, 1, 3)))
_WHOLE: Final = Pattern("whole", ((0,), (0, 1), (0, 2), (0, 1, 2)))
_SAID: Final = Pattern("said", ((0,), (0, 1), (0, 2), (0, 1, 2), (0, 3)))


class Thing(NamedTuple):
    """A noun phrase that may be an object."""

    wording: Wording
    marks: list[Mark]


class _Phrase(NamedTuple):
    """A noun phrase of a sentence, with what holds for every quantity of the sentence."""

    wording: Wording
    key: str
    """The wording in small letters."""
    first: int
    last: int
    governor: str
    before: str
    after: str
    length: int
    looks: tuple[object, ...]
    """What the phrase looks like, from whatever place."""
    place: tuple[str, str]
    """What sort of word stands before it, and what sort after it."""
    words: Mark


class _Counts(NamedTuple):
    """How many words of some classes stand before each word of a sentence."""

    words: list[int]
    """Marks, quantities and verbs in one number, as `_count_word` has them."""
    ends: list[int]
    """Where the phrases end, in order."""


_DIGITS: Final = 20
_ONE_QUANTITY: Final = 1 << _DIGITS
_ONE_VERB: Final = 1 << 2 * _DIGITS
_DIGIT: Final = _ONE_QUANTITY - 1


@functools.cache
def _count_word(flag: int) -> int:
    """A word counted: 1 for a mark, and in the digits above that for a quantity and for a verb."""
    is_verb = flag & g.PREDICATE and not flag & g.PREPOSITION
    return (1 if flag & g.MARK else 0) + (_ONE_QUANTITY if flag & g.QUANTITY else 0) + (_ONE_VERB if is_verb else 0)


class ThingFinder:
    """Describes what may be an object, in text order; it remembers the objects of the quantities before."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._sentence = -1
        self._phrases: list[_Phrase] = []
        self._counts = _Counts([], [])
        self._said: list[tuple[Wording, int]] = []

    def note(self, place: Place, ruled: Wording | None) -> None:
        """Remembers the object of a quantity."""
        if ruled and not (self._said and self._said[-1][0].text == ruled.text):
            self._said = [*self._said[-1:], (ruled, place.sentence.number)]

    def describe(self, place: Place, ruled: Wording | None, rule: str) -> tuple[list[Thing], Thing | None]:
        """The candidates of a quantity, and the one among them that the rules chose."""
        if self._sentence != place.sentence.number:
            self._read(place.sentence)
        things: dict[str, Thing] = {}
        new = tuple.__new__  # past the named tuple's own constructor, a call a thing
        kind, stage, topic = str(place.quantity.kind), str(place.stage.stage), str(place.stage.topic)
        for phrase in self._phrases:
            marks = self._place_marks(phrase, place, kind, stage, topic)
            thing = things.get(phrase.key)
            if thing is None:
                things[phrase.key] = new(Thing, (phrase.wording, marks))
            else:
                thing.marks.extend(marks)
        for back, (wording, number) in enumerate(reversed(self._said)):
            mark = _SAID[back, kind, number == place.sentence.number, place.quantity.per]
            key = wording.text.lower()
            if key in things:
                things[key].marks.append(mark)
            else:
                things[key] = new(Thing, (wording, [mark]))
        chosen = ruled.text.lower() if ruled else ""
        own = things.setdefault(chosen, Thing(ruled, [])) if ruled else None
        for key, thing in things.items():
            relation = "own" if thing is own else _relation(key, chosen)
            thing.marks.append(_RULED[relation, kind, rule, topic])
        return list(things.values()), own

    def _read(self, sentence: Sentence) -> None:
        """Lists the phrases of a sentence, once for all its quantities."""
        line = sentence.line
        flags = line.flags
        spans = _read_spans(line)
        phrases = Phrases(self.reader.document, line, sentence.cues, self.reader.grammar)
        has_goods = sentence.classes & g.Cue.GOODS != 0
        ordered = sorted(spans)
        if has_goods and self.reader.grammar.heads_first:
            ordered = [span for span in ordered if not _is_tail(line, span, sentence.cues)]
        ordered = [span for span in ordered if span[1] - span[0] > 1 or not self._is_no_object(line, span[0])]
        self._phrases = [
            self._phrase(phrases, span, spans[span], is_goods=has_goods and phrases.names_goods(span)) for span in ordered
        ]
        self._counts = _Counts(list(accumulate(map(_count_word, flags), initial=0)), sorted([span[1] for span in ordered]))
        self._sentence = sentence.number

    def _is_no_object(self, line: Line, index: int) -> bool:
        """Whether a word that looks like a noun is none alone: `a million euros pièce`, `per capita`."""
        return self.reader.document.text[line.starts[index] : line.ends[index]].lower() in self.reader.grammar.no_objects

    def _phrase(self, phrases: Phrases, span: tuple[int, int], links: int, *, is_goods: bool) -> _Phrase:
        first, last = span
        line = phrases.line
        flags, text, starts, ends = line.flags, self.reader.document.text, line.starts, line.ends
        wording = word_phrase(self.reader.document, line, span)
        key = wording.text.lower()
        words = key.split()
        begin = first
        while begin > 0 and flags[begin - 1] & g.DETERMINER:
            begin -= 1
        heads_first = self.reader.grammar.heads_first
        is_capital, is_party = True, False
        for flag in flags[first:last]:
            if not flag & _NAMING:
                is_capital = False
            elif flag & g.PARTY:
                is_party = True
        head = (words[0] if heads_first or links else words[-1])[:_STEM]
        governor = name_preceding(flags[begin - 1]) if begin else "start"
        return tuple.__new__(
            _Phrase,
            (
                wording,
                key,
                first,
                last,
                governor,
                text[starts[begin - 1] : ends[begin - 1]].lower()[:_WORD_STEM] if begin else "",
                text[starts[last] : ends[last]].lower()[:_WORD_STEM] if last < len(flags) else "",
                min(len(words), 4),
                (phrases.fault(span), is_capital, is_goods, is_party, links, heads_first, head),
                (governor, name_following(flags[last]) if last < len(flags) else "end"),
                _WORD[tuple([word[:_WORD_STEM] for word in words])],
            ),
        )

    def _place_marks(self, phrase: _Phrase, place: Place, kind: str, stage: str, topic: str) -> list[Mark]:
        _, _, first, last, governor, before, after, length, looks, beside, words = phrase
        if last <= place.first:
            side, begin, end = "before", last, place.first
        elif first >= place.last:
            side, begin, end = "after", place.last, first
        else:
            side = "inside"
            begin = end = place.first
        counts, ends = self._counts
        between = counts[end] - counts[begin]
        noun = place.quantity.noun
        return [
            _LOOK[kind, *looks],
            _PLACE[
                side,
                kind,
                *beside,
                bisect_right(_FAR, end - begin),
                min(between >> _DIGITS & _DIGIT, _MANY),
                min(between >> 2 * _DIGITS, _MANY),
                min(between & _DIGIT, _MANY),
                min(bisect_right(ends, end) - bisect_right(ends, begin), _MANY + 1),
            ],
            _DEAL[side, stage, topic, governor],
            _BESIDE[side, kind, before, after],
            _SIZE[length, noun is not None and noun[0] <= phrase.wording.start < noun[1]],
            words,
        ]


def _read_spans(line: Line) -> dict[tuple[int, int], int]:
    """The noun phrases of a line, each with how many of-phrases it may have: the most that give it, 0 where there are none.

    Up to the first phrase that has one they are the same with fewer, and are not read again.
    """
    flags, size = line.flags, len(line.flags)
    spans: dict[tuple[int, int], int] = {}
    begin = 0
    for links in _LINKS if any(flag & g.OF for flag in flags) else (0,):
        index, begin = begin, size
        while index < size:
            if flags[index] & g.ENDS_PHRASE:
                index += 1
                continue
            span = read_phrase(line, index, of_links=links)
            if span is None:
                index += 1
                continue
            first, last = span
            if not flags[first] & g.QUANTITY:
                spans.setdefault(span, links)
            if begin == size and any(flag & g.OF for flag in flags[first:last]):
                begin = index
            index = last
    return spans


def _is_tail(line: Line, span: tuple[int, int], cues: Sequence[Hit[int]]) -> bool:
    """Whether a phrase is only the end of a thing that the pack knows: `affaires` of `chiffre d'affaires`."""
    start, end = line.starts[span[0]], line.ends[span[1] - 1]
    return any(cue.value & g.Cue.GOODS and cue.start < start and end <= cue.end for cue in cues)


def list_wholes(place: Place, things: Sequence[Thing], ruled: Wording | None) -> tuple[list[Thing], Thing | None]:
    """What a share may be a part of, or a change be compared with, and the one among these that the rules chose."""
    kind, topic = str(place.quantity.kind), str(place.stage.topic)
    chosen = ruled.text.lower() if ruled else ""
    own = None
    wholes: list[Thing] = []
    for thing in things:
        key = thing.wording.text.lower()
        is_own = key == chosen
        whole = Thing(thing.wording, [*thing.marks, _WHOLE["own" if is_own else _relation(key, chosen), kind, topic]])
        wholes.append(whole)
        if is_own:
            own = whole
    if ruled and own is None:
        own = Thing(ruled, [_WHOLE["alone", kind, topic]])
        wholes.append(own)
    return wholes, own


def _relation(key: str, chosen: str) -> str:
    """How a wording relates to the one that the rules chose."""
    if not chosen:
        return "none"
    if chosen in key:
        return "holds"
    return "part" if key in chosen else "other"


_GOVERNORS: Final = (
    (g.AGENT, "agent"),
    (g.SUPPLIER, "supplier"),
    (g.RECIPIENT, "recipient"),
    (g.PURPOSE, "purpose"),
    (g.PLACE, "place"),
    (g.OF, "of"),
)


@functools.cache
def name_governor(flag: int) -> str:
    """The senses of a preposition by name."""
    return "+".join([name for sense, name in _GOVERNORS if flag & sense]) or "other"


@functools.cache
def name_preceding(flag: int) -> str:
    """What stands before a phrase."""
    if flag & g.PREPOSITION:
        return name_governor(flag)
    for sense, name in ((g.VERB, "verb"), (g.MARK, "mark"), (g.QUANTITY, "quantity"), (g.CONJUNCTION, "and")):
        if flag & sense:
            return name
    return "word"


@functools.cache
def name_following(flag: int) -> str:
    """What stands after a phrase."""
    for sense, name in ((g.VERB, "verb"), (g.AUXILIARY, "auxiliary"), (g.PREPOSITION, "preposition"), (g.MARK, "mark"), (g.QUANTITY, "quantity")):
        if flag & sense:
            return name
    return "word"
