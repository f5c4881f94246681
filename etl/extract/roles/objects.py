"""What is counted, paid for or measured: the rules in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from etl.extract.roles import grammar as g
from etl.extract.roles.bases import BaseFinder
from etl.extract.roles.phrases import Wording, read_phrase
from etl.extract.roles.reader import Place, Reader
from etl.extract.roles.wordings import Phrases
from tracker.vocabulary import Kind

_ENDS_NOUN: Final = g.ENDS_PHRASE & ~(g.PREPOSITION | g.CONJUNCTION)
_RESTATED: Final = 3
"""Words that may stand between a figure and its restatement."""
_ADDED: Final = 10
"""Words that may stand between an object and an amount that is added to it."""
_NEW_CLAUSE: Final = g.PREDICATE | g.QUANTITY | g.SUBORDINATOR | g.PARTY
_COMPARED: Final = 9
"""Words that may stand between a figure and the one that it is compared with."""
_TIME: Final = g.MARK | g.ADVERB | g.PREPOSITION | g.DETERMINER | g.NUMBER | g.ADJECTIVE

Found = tuple[Wording | None, str]
"""The object and the rule that found it."""


_POINTED = frozenset({"count.others", "count.of"})
"""Rules of numbers that point back to what they count: `Deux d'entre eux`, `elle en a commandé 88`."""


class ObjectFinder:
    """Finds objects in text order: a quantity without its own takes that of the quantity before."""

    def __init__(self, reader: Reader, bases: BaseFinder) -> None:
        self.reader = reader
        self.bases = bases
        self.last: Wording | None = None
        self._sentence = -1

    def find(self, place: Place, speaker: str | None) -> Found:
        """The object of a quantity and the rule that says so."""
        found, rule = self._find(place, speaker)
        if found:
            self.last = found
            self._sentence = place.sentence.number
        return found, rule

    def _find(self, place: Place, speaker: str | None) -> Found:
        quantity, sentence, reader = place.quantity, place.sentence, self.reader
        if quantity.noun and (quantity.noun.start >= sentence.line.span.start or quantity.rule in _POINTED):
            noun = self._noun(place)
            if noun.text.lower() in reader.grammar.classifiers:
                return self._classified(place, noun), "classified"
            if not self._is_party(place, noun):
                return noun, "noun"
        phrases = Phrases(reader.document, sentence.line, sentence.cues, reader.grammar)
        found, rule = self._in_sentence(phrases, place)
        if not found and quantity.kind == Kind.SHARE and self.bases.is_economy():
            found, rule = phrases.spending(reader.cues_before(place)), "spending"
        if found and not (speaker and found.text in speaker):
            return found, rule
        if self._sentence != sentence.number:
            goods = phrases.nearest_goods(quantity.start, reader.cues_before(place))
            if goods:
                return goods, "goods"
        return self.last, "previous"

    def _classified(self, place: Place, noun: Wording) -> Wording:
        """What a word such as `exemplaires` counts pieces of: the subject of its clause, else the last thing named; the word itself where nothing is."""
        sentence, reader = place.sentence, self.reader
        phrases = Phrases(reader.document, sentence.line, sentence.cues, reader.grammar)
        named = phrases.subject(place.first)
        if named and (phrases.names_thing(named) or named.start > noun.start):
            return named
        return phrases.nearest_goods(noun.start, reader.cues_before(place)) or self.last or noun

    def _noun(self, place: Place) -> Wording:
        """The noun that the quantity brings, without a preposition at its end."""
        line, (start, end) = place.sentence.line, place.quantity.noun or place.sentence.line.span
        if place.quantity.start < start < place.quantity.end or start < line.span.start:  # counted in a sentence before: `Deux d'entre eux`
            return Wording(self.reader.document.text[start:end], start, end)
        index = line.index_before(end)
        first = line.index_at(start)
        for cut in range(first + 1, index + 1):
            if line.flags[cut] & _ENDS_NOUN or _ties_supplier(line.flags[cut]):
                index, end = cut - 1, line.ends[cut - 1]  # "Griffon entreront"
                break
        while index > 0 and line.starts[index] > start and line.flags[index] & g.PREPOSITION:
            index -= 1
            end = line.ends[index]
        if index == first:
            end = self._portion_end(place, index, end)
        return Wording(self.reader.document.text[start:end], start, end)

    def _portion_end(self, place: Place, index: int, end: int) -> int:
        """Where an object ends that begins with a noun for portions: `rounds of 155 mm ammunition`."""
        line = place.sentence.line
        is_portion = any(cue.value & g.Cue.PORTION and cue.end == end for cue in place.sentence.cues)
        if not is_portion or index + 1 >= len(line) or not line.flags[index + 1] & g.OF:
            return end
        phrase = read_phrase(line, index)
        return line.ends[phrase[1] - 1] if phrase else end

    def _is_party(self, place: Place, noun: Wording) -> bool:
        """Whether a noun is the name of a party: `(6 France et 3 Égypte)`."""
        line = place.sentence.line
        if noun.start < line.span.start:
            return False
        return all(flag & g.PARTY for flag in line.flags[line.index_at(noun.start) : line.index_before(noun.end) + 1])

    def _in_sentence(self, phrases: Phrases, place: Place) -> Found:
        """The object that the sentence of a quantity names."""
        kind, first, last = place.quantity.kind, place.first, place.last
        if kind == Kind.COUNT:
            return phrases.counted(first, last), "counted"
        if kind == Kind.SHARE:
            return self._shared(phrases, place)
        found = phrases.purpose(last, only_adjacent=kind in (Kind.CHANGE, Kind.DURATION))
        if found:
            return found, "purpose"
        if kind == Kind.MONEY:
            found = phrases.following(last)
            if found:
                return found, "following"
            flags = place.sentence.line.flags
            is_subject = last < len(flags) and flags[last] & g.AUXILIARY and not flags[last] & g.PREPOSITION
            if (is_subject or phrases.names_amount(last)) and not self._is_restated(place):
                return None, "none"  # the amount is the subject: "$2 billion was approved"
        return self._governing(phrases, place)

    def _governing(self, phrases: Phrases, place: Place) -> Found:
        """The object that stands before a quantity."""
        if self.last and (self._is_restated(place) or self._is_compared(place)):
            return self.last, "restated"
        found = phrases.headed(place.first)
        if found:
            return found, "headed"
        if self.last and self._is_added(place, self.last):
            return self.last, "previous"
        found = phrases.container(place.first)
        if found:
            return found, "container"
        return phrases.subject(place.first), "subject"

    def _shared(self, phrases: Phrases, place: Place) -> Found:
        """What a share is a share of, unless that is the whole economy: then what is spent."""
        found = phrases.whole(place.last)
        if found:
            return found, "whole"
        found, rule = self._governing(phrases, place)
        if found:
            return found, rule
        return (None, "none") if self.bases.is_economy() else (self.bases.base, "whole")

    def _is_restated(self, place: Place) -> bool:
        """Whether the quantity follows another one at once: `$2 billion (1.8 billion euros)`, `soit 3 %`."""
        flags, first = place.sentence.line.flags, place.first
        index = first
        while index > 0 and first - index < _RESTATED and flags[index - 1] & (g.MARK | g.ADVERB | g.CONJUNCTION):
            index -= 1
        return first > index > 0 and bool(flags[index - 1] & g.QUANTITY)

    def _is_added(self, place: Place, last: Wording) -> bool:
        """Whether an amount behind a comma is that of the last object: `9 licences to sell or lend, worth 2 million`."""
        line = place.sentence.line
        first = line.index_before(last.end) + 1
        if self._sentence != place.sentence.number or not 0 < place.first - first <= _ADDED:
            return False
        between = line.flags[first : place.first]
        return any(flag & g.MARK for flag in between) and not any(flag & _NEW_CLAUSE for flag in between)

    def _is_compared(self, place: Place) -> bool:
        """Whether only time stands between the quantity and another one: `from €3 million a year earlier to €4 million`."""
        if self._sentence != place.sentence.number or place.quantity.kind == Kind.COUNT:
            return False
        line, first = place.sentence.line, place.first
        flags = line.flags
        if first == 0 or not flags[first - 1] & (g.PREPOSITION | g.ADVERB | g.MARK) or flags[first - 1] & g.OF:
            return False
        for index in range(first - 1, max(first - _COMPARED, -1), -1):
            if flags[index] & g.QUANTITY:
                return True
            if not flags[index] & _TIME and not _begins_amount(place, line.starts[index]):
                return False
        return False


def _ties_supplier(flag: int) -> bool:
    """Whether a word ties the supplier to what is bought: `hélicoptères H225M auprès d'Airbus`."""
    return bool(flag & (g.SUPPLIER | g.AGENT)) and not flag & (g.RECIPIENT | g.OF)


def _begins_amount(place: Place, start: int) -> bool:
    """Whether a noun for an amount or a time begins at an offset."""
    return any(cue.start == start and cue.value & g.Cue.AMOUNT for cue in place.sentence.cues)
