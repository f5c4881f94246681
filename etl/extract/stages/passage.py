"""One sentence as a line of cues, with the walls between clauses turned into distance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from etl.extract.document import Hit
from etl.extract.stages.cues import Cue
from etl.records import Span

FAR = 10_000
AFTER = 12
"""What it costs a cue to stand behind and not before."""
_BREAK_COST = 40
_SUBORDINATE_COST = 80
_WALL_COSTS = {",": 8, ";": 60, ":": 12, "–": 15, "—": 15, "(": 6, ")": 6, "«": 20, "»": 20, "“": 20, "”": 20}
_SHORTEST_VERB = 5
_RAISING = frozenset(("break", "subordinate"))


class Words(NamedTuple):
    """Words that are sought beside a few places only, and so are no cues."""

    suffixes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Moods with the endings of verbs that give them."""
    auxiliaries: frozenset[str] = frozenset()
    """Words that make a participle the verb of its sentence."""
    passives: frozenset[str] = frozenset()
    """Those of them that make it passive."""
    participial: frozenset[str] = frozenset()
    """Words after a participle that show it to be one."""
    possession: frozenset[str] = frozenset()
    """Words right before what is held."""
    exchange: frozenset[str] = frozenset()
    """Words right before what goods are bought for."""
    starts: frozenset[str] = frozenset()
    """Words before the first number of a rise or fall."""
    ends: frozenset[str] = frozenset()
    """Words before the last number of a rise or fall."""
    remainders: frozenset[str] = frozenset()
    """Words before a number that is part of what was told of before."""
    indefinites: frozenset[str] = frozenset()
    """Words before a noun that names no stock that is held."""


NO_WORDS = Words()


class Placed(NamedTuple):
    """A cue with its place: `left` and `right` count letters and, on top, what each clause wall before costs."""

    left: int
    right: int
    cue: Cue
    start: int
    end: int


class Candidate(NamedTuple):
    """An act that may govern a quantity, with what its form and meaning weigh against it."""

    left: int
    right: int
    weight: int
    behind: int
    """What it is where it stands behind: 0, or a noun of one of two kinds (`stage_candidates`)."""
    bare: int
    """Whether it may be no predicate there: 0, or one of two reasons (`stage_candidates`)."""
    act: str
    cue: Placed
    aside: int
    """What counts against it outside of the two commas that it stands between; 0 for most."""


def gap(left: int, right: int, cue: Placed, after: int = AFTER) -> int:
    """How far a cue stands from a place, `after` more if it follows; very far where they overlap."""
    if cue[1] <= left:
        return left - cue[1]
    if cue[0] >= right:
        return cue[0] - right + after
    return FAR


class Passage:
    """One sentence with its cues in order, and lists of those that matter to one question."""

    __slots__ = (
        "_extras",
        "_positions",
        "acts",
        "aggregates",
        "asides",
        "candidates",
        "marks",
        "moods",
        "sentence",
        "text",
        "topics",
        "words",
    )

    def __init__(self, text: str, sentence: Span, hits: Sequence[Hit[Cue]], words: Words = NO_WORDS) -> None:
        self.text = text
        self.words = words
        self.candidates: list[list[Candidate] | None] = [None, None, None, None]
        """The acts that `stage_candidates` weighs for each class of quantities."""
        self.sentence = sentence
        self.acts: list[Placed] = []
        self.moods: list[Placed] = []
        self.aggregates: list[Placed] = []
        self.topics: list[Placed] = []
        self.marks: dict[str, list[Placed]] = {}
        """Mark -> the cues that bear it."""
        walls = _find_walls(text, sentence.start, sentence.end)
        breaks = [hit for hit in hits if hit[2][5] and not _RAISING.isdisjoint(hit[2][5])]
        self.asides: list[tuple[int, int]] = _raise_walls(walls, breaks) if breaks else []
        """Where clauses begin and end that only say more of the noun before them: `, whose details are open,`."""
        self._positions = [position for position, _ in walls]
        self._extras = [0, *accumulate(cost for _, cost in walls)]
        walls.append((sentence.end + 1, 0))
        number = extra = 0
        new = tuple.__new__
        acts, moods, aggregates, topics = self.acts, self.moods, self.aggregates, self.topics
        marks = self.marks
        for start, end, cue in hits:
            while walls[number][0] <= start:
                extra += walls[number][1]
                number += 1
            placed = new(Placed, (start + extra, end + extra, cue, start, end))
            if cue[0]:
                acts.append(placed)
            if cue[2]:
                moods.append(placed)
            if cue[3]:
                aggregates.append(placed)
            if cue[4]:
                topics.append(placed)
            for mark in cue[5]:
                marks.setdefault(mark, []).append(placed)

    def mood_of_ending(self, start: int, end: int) -> str | None:
        """The mood that the ending of a word in `text[start:end]` gives, the last such word's; None where none does."""
        if not self.words.suffixes:
            return None
        for word in reversed(self.text[max(start, self.sentence.start) : end].split()):
            for mood, endings in self.words.suffixes:
                if len(word) > _SHORTEST_VERB and word.endswith(endings):
                    return mood
        return None

    def word_before(self, start: int, reach: int = 12) -> str:
        """The word that ends right before `start`, as printed; empty where none does."""
        return self.text[max(self.sentence.start, start - reach) : start].rpartition(" ")[0].rpartition(" ")[2]

    def words_before(self, start: int, reach: int = 24) -> list[str]:
        """The words, in small letters, that stand in the `reach` letters before `start`."""
        return self.text[max(self.sentence.start, start - reach) : start].lower().replace("’", "'").replace("'", "' ").split()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """`left` and `right` of a stretch of the sentence, to compare with those of its cues."""
        extra = self._extras[bisect_right(self._positions, start)]
        return start + extra, end + extra


def _find_walls(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where punctuation parts the clauses of `text[start:end]`, with its costs; not the comma inside a number.

    One search a mark is twice as fast as a pattern of all marks.
    """
    walls = []
    text = text[start : end + 1] if text[end : end + 1].isdigit() else text[start:end]
    for mark, cost in _WALL_COSTS.items():
        if mark not in text:
            continue
        position = text.find(mark)
        while position >= 0:
            if not text[position + 1 : position + 2].isdigit():
                walls.append((start + position, cost))
            position = text.find(mark, position + 1)
    walls.sort()
    return walls


def _raise_walls(walls: list[tuple[int, int]], breaks: list[Hit[Cue]]) -> list[tuple[int, int]]:
    """Adds the words that begin a clause to the walls; the comma that closes such a clause is as high. Gives those clauses."""
    asides = []
    for start, _, cue in breaks:
        number = bisect_left(walls, (start, 0))
        if number and walls[number - 1][0] >= start - 2 and number < len(walls) and walls[number][1] == _WALL_COSTS[","]:
            walls[number] = (walls[number][0], _BREAK_COST)
            if "break" in cue.marks:
                asides.append((start, walls[number][0]))
        walls.insert(number, (start, _BREAK_COST if "break" in cue.marks else _SUBORDINATE_COST))
    return asides
