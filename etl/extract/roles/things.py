"""The noun phrases that may be the object of a quantity, each with its marks for the model that chooses among them."""

from __future__ import annotations

import functools
from bisect import bisect_right
from itertools import accumulate
from typing import Final, NamedTuple

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
_LOOK: Final = Pattern("look", ((0,), (0, 1), (1, 2), (0, 3), (0, 4), (5, 6), (7,), (7, 0)))
_PLACE: Final = Pattern(
    "place", ((0, 1), (0, 1, 2), (0, 2, 3), (0, 3, 1), (0, 1, 4), (0, 1, 5), (0, 1, 6), (0, 1, 7), (0, 1, 8), (0, 1, 2, 6, 7))
)
_DEAL: Final = Pattern("deal", ((0, 1, 3), (0, 2, 3)))
_BESIDE: Final = Pattern("beside", ((0, 2), (0, 3), (0, 1, 2)))
_WORD: Final = Pattern("word", ())
_SIZE: Final = Pattern("size", ((0,), (1,)))
_RULED: Final = Pattern("ruled", ((0,), (0, 1), (0, 1, 2), (0, 1, 3)))
_SAID: Final = Pattern("said", ((0,), (0, 1), (0, 2), (0, 1, 2), (0, 3)))


class Thing(NamedTuple):
    """A noun phrase that may be an object."""

    wording: Wording
    marks: list[Mark]


class _Phrase(NamedTuple):
    """A noun phrase of a sentence, with what holds for every quantity of the sentence."""

    wording: Wording
    first: int
    last: int
    links: int
    governor: str
    following: str
    fault: str
    is_goods: bool
    is_capital: bool
    is_party: bool
    length: int
    head: str
    before: str
    after: str
    words: Mark


class _Counts(NamedTuple):
    """How many words of some classes stand before each word of a sentence."""

    quantities: list[int]
    marks: list[int]
    verbs: list[int]
    ends: list[int]
    """Where the phrases end, in order."""


class ThingFinder:
    """Describes what may be an object, in text order; it remembers the objects of the quantities before."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._sentence = -1
        self._phrases: list[_Phrase] = []
        self._counts = _Counts([], [], [], [])
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
        kind, stage, topic = str(place.quantity.kind), str(place.stage.stage), str(place.stage.topic)
        for phrase in self._phrases:
            key = phrase.wording.text.lower()
            marks = self._place_marks(phrase, place, kind, stage, topic)
            if key in things:
                things[key].marks.extend(marks)
            else:
                things[key] = Thing(phrase.wording, marks)
        for back, (wording, number) in enumerate(reversed(self._said)):
            mark = (_SAID, (back, kind, number == place.sentence.number, place.quantity.per))
            things.setdefault(wording.text.lower(), Thing(wording, [])).marks.append(mark)
        own = things.setdefault(ruled.text.lower(), Thing(ruled, [])) if ruled else None
        chosen = ruled.text.lower() if ruled else ""
        for key, thing in things.items():
            relation = "own" if thing is own else _relation(key, chosen)
            thing.marks.append((_RULED, (relation, kind, rule, topic)))
        return list(things.values()), own

    def _read(self, sentence: Sentence) -> None:
        """Lists the phrases of a sentence, once for all its quantities."""
        line = sentence.line
        spans: dict[tuple[int, int], int] = {}
        has_links = any(flag & g.OF for flag in line.flags)
        for links in _LINKS if has_links else (0,):
            _read_spans(line, links, spans)
        phrases = Phrases(self.reader.document, line, sentence.cues, self.reader.grammar)
        ordered = sorted(spans)
        self._phrases = [self._phrase(phrases, line, span, spans[span]) for span in ordered]
        flags = line.flags
        self._counts = _Counts(
            list(accumulate([flag & g.QUANTITY != 0 for flag in flags], initial=0)),
            list(accumulate([flag & g.MARK != 0 for flag in flags], initial=0)),
            list(accumulate([bool(flag & g.PREDICATE and not flag & g.PREPOSITION) for flag in flags], initial=0)),
            sorted(span[1] for span in ordered),
        )
        self._sentence = sentence.number

    def _phrase(self, phrases: Phrases, line: Line, span: tuple[int, int], links: int) -> _Phrase:
        first, last = span
        flags, text = line.flags, self.reader.document.text
        wording = word_phrase(self.reader.document, line, span)
        words = wording.text.lower().split()
        begin = first
        while begin > 0 and flags[begin - 1] & g.DETERMINER:
            begin -= 1
        heads_first = self.reader.grammar.heads_first
        return _Phrase(
            wording,
            first,
            last,
            links,
            name_preceding(flags[begin - 1]) if begin else "start",
            name_following(flags[last]) if last < len(flags) else "end",
            phrases.fault(span),
            phrases.names_goods(span),
            all(flag & (g.CAPITAL | g.PARTY) for flag in flags[first:last]),
            any(flag & g.PARTY for flag in flags[first:last]),
            min(len(words), 4),
            (words[0] if heads_first or links else words[-1])[:_STEM],
            text[line.starts[begin - 1] : line.ends[begin - 1]].lower()[:_WORD_STEM] if begin else "",
            text[line.starts[last] : line.ends[last]].lower()[:_WORD_STEM] if last < len(flags) else "",
            (_WORD, tuple([word[:_WORD_STEM] for word in words])),
        )

    def _place_marks(self, phrase: _Phrase, place: Place, kind: str, stage: str, topic: str) -> list[Mark]:
        first, last = place.first, place.last
        if phrase.last <= first:
            side, begin, end = "before", phrase.last, first
        elif phrase.first >= last:
            side, begin, end = "after", last, phrase.first
        else:
            side = "inside"
            begin = end = first
        counts = self._counts
        verbs = min(counts.verbs[end] - counts.verbs[begin], _MANY)
        marks = min(counts.marks[end] - counts.marks[begin], _MANY)
        between = bisect_right(counts.ends, end) - bisect_right(counts.ends, begin)
        noun = place.quantity.noun
        is_noun = noun is not None and noun[0] <= phrase.wording.start < noun[1]
        return [
            (_LOOK, (kind, phrase.fault, phrase.is_capital, phrase.is_goods, phrase.is_party, phrase.links, self.reader.grammar.heads_first, phrase.head)),
            (
                _PLACE,
                (
                    side,
                    kind,
                    phrase.governor,
                    phrase.following,
                    bisect_right(_FAR, end - begin),
                    min(counts.quantities[end] - counts.quantities[begin], _MANY),
                    verbs,
                    marks,
                    min(between, _MANY + 1),
                ),
            ),
            (_DEAL, (side, stage, topic, phrase.governor)),
            (_BESIDE, (side, kind, phrase.before, phrase.after)),
            (_SIZE, (phrase.length, is_noun)),
            phrase.words,
        ]


def _read_spans(line: Line, links: int, spans: dict[tuple[int, int], int]) -> None:
    """Adds the noun phrases of a line, with so many of-phrases each."""
    flags, index, size = line.flags, 0, len(line)
    while index < size:
        if flags[index] & g.ENDS_PHRASE:
            index += 1
            continue
        span = read_phrase(line, index, of_links=links)
        index = max(span[1], index + 1) if span else index + 1
        if span and not flags[span[0]] & g.QUANTITY:
            spans.setdefault(span, links)


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


def name_preceding(flag: int) -> str:
    """What stands before a phrase."""
    if flag & g.PREPOSITION:
        return name_governor(flag)
    for sense, name in ((g.VERB, "verb"), (g.MARK, "mark"), (g.QUANTITY, "quantity"), (g.CONJUNCTION, "and")):
        if flag & sense:
            return name
    return "word"


def name_following(flag: int) -> str:
    """What stands after a phrase."""
    for sense, name in ((g.VERB, "verb"), (g.AUXILIARY, "auxiliary"), (g.PREPOSITION, "preposition"), (g.MARK, "mark"), (g.QUANTITY, "quantity")):
        if flag & sense:
            return name
    return "word"
