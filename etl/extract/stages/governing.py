"""Which act of its sentence governs a quantity: the nearest, by what its form, meaning and place weigh."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.stages.candidates import OWN_NOUN, candidates_of, is_no_predicate, is_said_of, predicate_of
from etl.extract.stages.passage import AFTER, FAR, Candidate, Passage, Placed
from etl.extract.stages.settle import BESIDE

_ACT_REACH = 300
_BEHIND_REACH = 100
"""How far an act may stand behind the number that it governs."""
_RIVAL_COST = 80
_BASE_BONUS = 45
"""What speaks for the verb behind a whole that another number is part of: `18 of the 24 that it promised`."""
_AFTER_NOUN = 20
_ASIDE_COST = 60
_DONE_TO_GOODS = frozenset(("deliver", "lose"))


def governing_act(
    passage: Passage, class_: int, left: int, right: int, rival: int, walls: int
) -> tuple[str | None, Placed | None, int]:
    """The act that governs a quantity, with its cue and cost: the nearest, by what its form and meaning weigh."""
    best: Placed | None = None
    name: str | None = None
    cost = _ACT_REACH
    parts = passage.marks.get("part")
    is_base = parts is not None and _is_base(parts, left - walls)
    is_plain = parts is None and not passage.asides
    for candidate in candidates_of(passage, class_):
        if is_plain and candidate[1] <= left and not candidate[7]:
            distance = left - candidate[1] + candidate[2]
        else:
            distance = _cost(passage, candidate, left, right, walls)
            if candidate[0] >= rival:
                distance += _RIVAL_COST
            elif is_base and candidate[0] >= right:
                distance -= _BASE_BONUS
        if distance < cost:
            best, name, cost = candidate[6], candidate[5], distance
    if best is None:
        return None, None, FAR
    if best[2][1] == "past" and best[0] >= right and not is_base:
        name, best = predicate_of(passage, class_, name, best)
    return name, best, cost


def _is_base(parts: Sequence[Placed], start: int) -> bool:
    """Whether a number is the whole that another is part of: `of the 180 tanks bought in 2022, 30 have come`."""
    return any(0 <= start - placed.end <= BESIDE for placed in parts)


def _is_opened(passage: Passage) -> bool:
    """Whether the sentence opens with the whole that its number is part of: `Of the 34 jets ordered in 2018, four have come`."""
    return any(placed.start - passage.sentence.start <= BESIDE for placed in passage.marks["part"])


def act_of_part(passage: Passage, class_: int, end: int, rival: int) -> tuple[str, Placed] | None:
    """The verb of the sentence for a number that is part of the next: `six of the 24 jets ordered in May were handed over`."""
    if not any(0 <= placed.start - end <= BESIDE for placed in passage.marks["part"]):
        return None
    for first, _, _, _, _, act, placed, _ in candidates_of(passage, class_):
        if first > rival and act in _DONE_TO_GOODS and is_said_of(passage, placed):
            return act, placed
    return None


def _aside_cost(asides: Sequence[tuple[int, int]], cue: int, number: int) -> int:
    """What a clause between a cue and a number costs or saves: a cue in it says nothing of what follows, one before it may."""
    for start, end in asides:
        if end <= number:
            if start <= cue < end:
                return _ASIDE_COST
            if cue < start:
                return -_ASIDE_COST
    return 0


def _cost(passage: Passage, candidate: Candidate, left: int, right: int, walls: int) -> int:
    """How far an act is from governing a quantity."""
    first, last, weight, behind, bare, _, placed, aside = candidate
    if last <= left:
        distance = left - last + weight
        if (aside or ("part" in passage.marks and _is_opened(passage))) and "," in passage.text[placed.end : left - walls]:
            distance += aside or _ASIDE_COST
        return distance + _aside_cost(passage.asides, placed.start, left - walls) if passage.asides else distance
    distance = first - right
    if not 0 <= distance <= _BEHIND_REACH or (bare and is_no_predicate(bare, placed, passage, walls)):
        return FAR
    if behind == OWN_NOUN and distance <= 1:
        return 0
    return distance + distance // 2 + AFTER + (_AFTER_NOUN if behind else 0) + weight + aside
