"""The sentences of one article as the role rules see them, each read once and only where it is needed."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from etl.extract.document import Document, Hit
from etl.extract.parties import find_names
from etl.extract.readings import StageReading
from etl.extract.role_candidates import Candidate, read_candidates
from etl.extract.role_grammar import pack_grammar
from etl.extract.role_phrases import Line, read_line
from etl.extract.role_topics import Topics, read_topics
from etl.records import Quantity

T = TypeVar("T")


class Sentence(NamedTuple):
    """A sentence with its words, cue phrases and candidates."""

    number: int
    line: Line
    cues: Sequence[Hit[int]]
    candidates: list[Candidate]


class Place(NamedTuple):
    """Where a quantity stands."""

    quantity: Quantity
    stage: StageReading
    sentence: Sentence
    first: int
    """Index of its first word in the line."""
    last: int
    """Index after its last word."""


class Reader:
    """What the rules share about one article."""

    def __init__(self, document: Document, quantities: Sequence[Quantity]) -> None:
        self.document = document
        self.grammar = pack_grammar(document.pack)
        self.names = find_names(document)
        self.cues = self.grammar.cues.find(document.folded)
        self._quantities = quantities
        self._starts = [quantity.start for quantity in quantities]
        self._sentences: dict[int, Sentence] = {}

    @functools.cached_property
    def topics(self) -> Topics:
        """Whom the article is about."""
        return read_topics(self.document, self.names, self.grammar)

    def sentence(self, index: int) -> Sentence:
        """The sentence of that number."""
        found = self._sentences.get(index)
        if found is None:
            span = self.document.sentences[index]
            first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
            names, cues = hits_inside(self.names, span.start, span.end), hits_inside(self.cues, span.start, span.end)
            line = read_line(self.document, span, self.grammar, names, self._quantities[first:last])
            candidates = read_candidates(self.document, line, names, cues, heads_first=self.grammar.heads_first)
            found = self._sentences[index] = Sentence(index, line, cues, candidates)
        return found

    def place(self, quantity: Quantity, stage: StageReading) -> Place:
        """Where a quantity stands."""
        sentence = self.sentence(self.document.sentence_index(quantity.start))
        line = sentence.line
        return Place(quantity, stage, sentence, line.index_at(quantity.start), line.index_before(quantity.end) + 1)


def hits_inside(hits: Sequence[Hit[T]], start: int, end: int) -> Sequence[Hit[T]]:
    """The hits that begin inside a stretch of text."""
    first = bisect_left(hits, (start,))
    return hits[first : bisect_left(hits, (end,), first)]
