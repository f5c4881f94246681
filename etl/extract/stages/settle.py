"""Stage and modality of an act in its mood: by a norm, a condition, a negation; and with what a kind cannot have."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from etl.extract.stages.acts import ACTS, modality_of, stage_of
from etl.extract.stages.candidates import is_negated
from etl.extract.stages.passage import Passage, Placed
from etl.records import Quantity
from tracker.vocabulary import Kind, Modality, Qualifier, Stage

# Distances are letters, clause walls added; found by trying, and flat around these values.
BESIDE = 2
_MONEY = Kind.MONEY
_DENIAL_REACH = 160
_NORM_REACH = 40
_CONDITION_WALL = 60
_CANCEL_REACH = 100
_GOVERNED = 10
_AIM_REACH = 110
_TARGET_REACH = 6
_SPENT = frozenset(("spend", "outlay", "invest", "budget", "order", "deliver", "award"))
_UNSIGNED = frozenset((Stage.NEED, Stage.PROPOSAL, Stage.PLEDGE, Stage.TENDER, Stage.AWARD))
"""Stages at which a deal that is called off has come to nothing."""


@functools.cache
def _plain(act: str | None, mood: str | None) -> tuple[Stage | None, Modality]:
    """Stage and modality of an act in a mood, before anything else bears on them."""
    stage = stage_of(act, mood)
    return stage, modality_of(stage, mood)


def settle(
    passage: Passage, act: str | None, cue: Placed | None, mood: str | None, quantity: Quantity, left: int, right: int
) -> tuple[Stage | None, Modality]:
    """Stage and modality of an act in a mood: by a norm, a condition or a negation; and with what a kind cannot have."""
    stage, modality = _plain(act, mood)
    if quantity.kind is _MONEY and not passage.marks:
        return stage, modality
    if quantity.kind is Kind.SHARE:
        stage, modality = _of_share(passage, act, mood, stage, modality, right)
        if _is_aim(passage, act, cue, mood, stage, quantity, left, right):
            return stage if stage is Stage.NEED else None, Modality.TARGET
    elif stage is not None and (quantity.kind is Kind.DURATION or (act == "outlay" and quantity.kind is not _MONEY)):
        stage = None
    if not passage.marks:
        return stage, modality
    if modality is not Modality.TARGET and _is_conditional(passage, quantity.start, left):
        modality = Modality.CONDITIONAL
    if (stage in _UNSIGNED and _is_cancelled(passage, left)) or (stage is Stage.CONTRACT and _is_taken_back(passage, cue)):
        return stage, Modality.DENIED
    return _denied(passage, act, mood, stage) if _is_denied(passage, act, cue, left) else (stage, modality)


def _of_share(
    passage: Passage, act: str | None, mood: str | None, stage: Stage | None, modality: Modality, right: int
) -> tuple[Stage | None, Modality]:
    """Stage and modality of a share: what is spent of a whole such as GDP is a plain fact, or a plan where it is announced."""
    if act == "outlay" or (act in _SPENT and (mood == "target" or _is_of_whole(passage, right))):
        return None, modality
    if act == "announce" and mood in (None, "target") and _is_of_whole(passage, right):
        return None, modality_of(None, mood or "planned")
    return stage, modality


def _is_aim(
    passage: Passage,
    act: str | None,
    cue: Placed | None,
    mood: str | None,
    stage: Stage | None,
    quantity: Quantity,
    left: int,
    right: int,
) -> bool:
    """Whether a share is a norm or goal."""
    if not passage.marks:
        return False
    if act == "pledge" and "norm" in passage.marks and _is_relative(passage, cue, quantity):
        return True
    return _is_norm(passage, stage, mood, quantity, right) or _is_named_target(passage, left)


def _denied(passage: Passage, act: str | None, mood: str | None, stage: Stage | None) -> tuple[Stage | None, Modality]:
    """Stage and modality of what is not done: what is yet to be voted is proposed."""
    if act == "vote" and stage is Stage.APPROPRIATION and "pending" in passage.marks:
        return Stage.PROPOSAL, Modality.PLANNED
    if act == "deliver" and mood != "planned":
        stage = ACTS[act].done
    return stage, Modality.DENIED


def _is_relative(passage: Passage, cue: Placed | None, quantity: Quantity) -> bool:
    """Whether a verb behind a share says more of it: `the 2 per cent that they promised`; no comma parts them."""
    return cue is not None and cue.start >= quantity.end and "," not in passage.text[quantity.end : cue.start]


def _is_norm(passage: Passage, stage: Stage | None, mood: str | None, quantity: Quantity, right: int) -> bool:
    """Whether a share is a norm: at least so much of GDP, or a goal of so much."""
    if stage in (Stage.PLEDGE, Stage.PROPOSAL):
        return False
    if quantity.qualifier is not Qualifier.AT_LEAST and mood != "target":
        return False
    return _is_of_whole(passage, right)


def _is_named_target(passage: Passage, left: int) -> bool:
    """Whether a word such as `benchmark` names the share right behind it."""
    return any(placed.cue.mood == "target" and 0 <= left - placed.right <= _TARGET_REACH for placed in passage.moods)


def aim_behind(passage: Passage, end: int, right: int, rival: int) -> Placed | None:
    """A word of aims behind a share that no other number parts from it: `2 per cent, long promised, is the goal`."""
    for placed in passage.moods:
        if placed.cue.mood == "target" and right <= placed.left < rival and placed.start - end <= _AIM_REACH:
            return placed
    return None


def _is_of_whole(passage: Passage, right: int) -> bool:
    """Whether the share is one of the wholes that norms go by: `of GDP`."""
    return any(0 <= placed.left - right <= _NORM_REACH for placed in passage.marks.get("norm", ()))


def _is_conditional(passage: Passage, start: int, left: int) -> bool:
    """Whether a condition stands in the sentence, on this side of any semicolon."""
    for placed in passage.marks.get("condition", ()):
        walls = abs(placed.left - left) - abs(placed.start - start)
        is_aside = any(begin <= placed.start < end <= start for begin, end in passage.asides)
        if walls < _CONDITION_WALL and not is_aside:
            return True
    return False


def _is_cancelled(passage: Passage, left: int) -> bool:
    """Whether what was to come is taken back beside the number: `the plan to build 12 was called off`."""
    return any(abs(left - placed.right) <= _CANCEL_REACH for placed in passage.marks.get("cancel", ()))


def _is_taken_back(passage: Passage, cue: Placed | None) -> bool:
    """Whether the act itself is taken back: `is scrapping an order for 12 jets`."""
    return cue is not None and any(0 <= cue.left - placed.right <= _GOVERNED for placed in passage.marks.get("cancel", ()))


def _is_denied(passage: Passage, act: str | None, cue: Placed | None, left: int) -> bool:
    if "none" in passage.marks and has_right_before(passage.marks["none"], left):
        return True
    for placed in passage.marks.get("denial", ()):
        if 0 <= left - placed.right <= _DENIAL_REACH:
            return True
    if "negation" not in passage.marks or act is None or cue is None or not is_negated(passage, act, cue):
        return False
    return passage.text[passage.sentence.end - 1] != "?"


def has_right_before(cues: Sequence[Placed], left: int) -> bool:
    """Whether one of the cues ends right before `left`."""
    return any(0 <= left - placed.right <= BESIDE for placed in cues)
