"""The cues of one sentence around its quantities, and how far each of them governs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from etl.extract.document import Hit
from etl.extract.stage_cues import Cue
from etl.records import Span

BREAK_COST = 40
COMMA_COST = 8
SEMICOLON_COST = 60
COLON_COST = 10
DASH_COST = 15
AFTER_COST = 12
FAR = 10_000


class Passage:
    """One sentence: its cues sorted by what they say."""

    __slots__ = ("acts", "aggregates", "breaks", "conditions", "moods", "negations", "nones", "sentence", "text", "topics")

    def __init__(self, text: str, sentence: Span, hits: Sequence[Hit[Cue]]) -> None:
        self.text = text
        self.sentence = sentence
        self.acts: list[Hit[Cue]] = []
        self.moods: list[Hit[Cue]] = []
        self.aggregates: list[Hit[Cue]] = []
        self.negations: list[Hit[Cue]] = []
        self.nones: list[Hit[Cue]] = []
        self.conditions: list[Hit[Cue]] = []
        self.topics: list[Hit[Cue]] = []
        self.breaks: list[int] = []
        for hit in hits:
            self._sort(hit)

    def _sort(self, hit: Hit[Cue]) -> None:
        cue = hit.value
        if cue.act:
            self.acts.append(hit)
        if cue.mood:
            self.moods.append(hit)
        if cue.aggregate:
            self.aggregates.append(hit)
        if cue.topics:
            self.topics.append(hit)
        if cue.is_break:
            self.breaks.append(hit.start)
        if cue.is_negation:
            self.negations.append(hit)
        if cue.is_none:
            self.nones.append(hit)
        if cue.is_condition:
            self.conditions.append(hit)

    def distance(self, start: int, end: int, hit: Hit[Cue]) -> int:
        """How far `hit` stands from `start:end`: letters between, and more for each clause boundary; FAR if they overlap."""
        if hit.end <= start:
            left, right, extra = hit.end, start, 0
        elif hit.start >= end:
            left, right, extra = end, hit.start, AFTER_COST
        else:
            return FAR
        cost = right - left + extra
        if cost < 4:
            return cost
        count = self.text.count
        cost += COMMA_COST * count(", ", left, right) + SEMICOLON_COST * count(";", left, right)
        cost += COLON_COST * count(":", left, right)
        cost += DASH_COST * (count(" – ", left, right) + count(" — ", left, right))
        if self.breaks:
            cost += BREAK_COST * (bisect_left(self.breaks, right) - bisect_left(self.breaks, left))
        return cost
