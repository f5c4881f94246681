"""The sentences of one article as the role rules see them, each read once and only where it is needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.parties import Name
from etl.extract.readings import StageReading
from etl.extract.roles.candidates import TELLING, Candidate, read_candidates
from etl.extract.roles.companies import find_parties_and_companies
from etl.extract.roles.grammar import DESCRIPTION, Cue, pack_grammar
from etl.extract.roles.phrases import Line, read_line
from etl.extract.roles.topics import Topics, read_topics
from etl.records import Quantity

_VERB_REACH: Final = 3
_CUES_REACH: Final = 12
"""How many sentences back a thing of the trade is sought."""


class Sentence(NamedTuple):
    """A sentence with its words, cue phrases and candidates."""

    number: int
    line: Line
    cues: Sequence[Hit[int]]
    candidates: list[Candidate]
    classes: int
    """All classes of its cues together."""


class Place(NamedTuple):
    """Where a quantity stands."""

    quantity: Quantity
    stage: StageReading
    sentence: Sentence
    first: int
    """Index of its first word in the line."""
    last: int
    """Index after its last word."""


def receives(sentence: Sentence, candidate: Candidate) -> bool:
    """Whether a candidate is the subject of a verb of getting: `Ukraine will receive 12 tanks`."""
    if not sentence.classes & Cue.RECEIVING or candidate.governor or not candidate.is_head:
        return False
    for cue in sentence.cues:
        if cue.value & Cue.RECEIVING and 0 <= sentence.line.index_at(cue.start) - candidate.last <= _VERB_REACH:
            return True
    return False


class Reader:
    """What the rules share about one article."""

    def __init__(self, document: Document, quantities: Sequence[Quantity]) -> None:
        self.document = document
        self.grammar = pack_grammar(document.pack)
        self.names = find_parties_and_companies(document, self.grammar)
        self._cues: dict[int, list[Hit[int]]] = {}
        self._quantities = quantities
        self._starts = [quantity.start for quantity in quantities]
        self._name_starts = [name.start for name in self.names]
        self._sentences: dict[int, Sentence] = {}
        self._topics: Topics | None = None

    @property
    def topics(self) -> Topics:
        """Whom the article is about."""
        if self._topics is None:
            self._topics = read_topics(self.document, self.names, self.grammar, self._quantities)
        return self._topics

    def sentence(self, index: int) -> Sentence:
        """The sentence of that number."""
        found = self._sentences.get(index)
        if found is None:
            span = self.document.sentences[index]
            start, end = span
            quantities = self._quantities[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            names = self.names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]
            cues = self.cues(index)
            classes = 0
            for _, _, value in cues:
                classes |= value
            compounds = [cue for cue in cues if cue.value & Cue.COMPOUND] if classes & Cue.COMPOUND else ()
            line = read_line(self.document, span, self.grammar, names, quantities, compounds)
            telling = cues if classes & TELLING else ()
            candidates = read_candidates(self.document, line, names, telling, self.grammar)
            found = self._sentences[index] = Sentence(index, line, cues, candidates, classes)
        return found

    def place(self, quantity: Quantity, stage: StageReading) -> Place:
        """Where a quantity stands."""
        sentence = self.sentence(self.document.sentence_index(quantity.start))
        line = sentence.line
        return Place(quantity, stage, sentence, line.index_at(quantity.start), line.index_before(quantity.end) + 1)

    def cues(self, number: int) -> list[Hit[int]]:
        """The cues of a sentence."""
        found = self._cues.get(number)
        if found is None:
            start, end = self.document.sentences[number]
            found = self._cues[number] = self.grammar.cues.find_between(self.document.folded, start, end)
        return found

    def cues_before(self, place: Place) -> Iterator[Hit[int]]:
        """The cues before a quantity, the nearest first, as far back as an object may be taken from."""
        offset = place.quantity.start
        for number in range(place.sentence.number, max(place.sentence.number - _CUES_REACH, -1), -1):
            for cue in reversed(self.cues(number)):
                if cue.start < offset:
                    yield cue

    def has_cue(self, number: int, classes: int) -> bool:
        """Whether a sentence holds a cue of one of the classes; spares reading it."""
        return any(cue.value & classes for cue in self.cues(number))

    def has_party(self, number: int) -> bool:
        """Whether a sentence names or describes a party; spares reading it."""
        start, end = self.document.sentences[number]
        first = bisect_left(self._name_starts, start)
        return bisect_left(self._name_starts, end) > first or self.has_cue(number, DESCRIPTION)

    def names_in(self, sentence: Sentence) -> Sequence[Hit[Name]]:
        """The names of parties in a sentence."""
        start, end = sentence.line.span
        return self.names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]
