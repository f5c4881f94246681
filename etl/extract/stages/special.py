"""The judgement of quantities that no common act governs: numbers of votes, options, a whole of which nothing came."""

from __future__ import annotations

from etl.extract.stages.acts import ACTS, THING, act_of
from etl.extract.stages.judgement import NOTHING, Judgement
from etl.extract.stages.passage import Passage
from etl.extract.stages.settle import BESIDE
from tracker.vocabulary import Modality, Stage

SPECIAL = frozenset(("ballot", "option", "optional", "zero"))
"""Marks that such a judgement needs."""
_NAMED_REACH = 24
_OPTION_REACH = 40
_ZERO_REACH = 160


def judge_special(passage: Passage, class_: int, left: int, right: int, rival: int) -> Judgement | None:
    """The judgement of what is no common act: a number of votes, an option, a whole of which nothing came."""
    return _ballot(passage, class_, right) or _option(passage, left, right, rival) or _zero(passage, class_, right)


def _option(passage: Passage, left: int, right: int, rival: int) -> Judgement | None:
    """The judgement of what may be ordered besides: `an option on two more`, `deux en option`."""
    for placed in passage.marks.get("option", ()):
        if 0 <= left - placed.right <= _NAMED_REACH:
            return Judgement(Stage.PLEDGE, Modality.CONDITIONAL, "order", placed, 0, "conditional", placed, "cue")
    for placed in passage.marks.get("optional", ()):
        if 0 <= placed.left - right <= _OPTION_REACH and placed.left < rival:
            return Judgement(Stage.PLEDGE, Modality.CONDITIONAL, "order", placed, 0, "conditional", placed, "cue")
    return None


def _ballot(passage: Passage, class_: int, right: int) -> Judgement | None:
    """The judgement of a number of votes: a plain fact."""
    ballots = passage.marks.get("ballot")
    if ballots and class_ == THING and any(0 <= placed.left - right <= BESIDE for placed in ballots):
        return NOTHING._replace(rule="ballot")
    return None


def _zero(passage: Passage, class_: int, right: int) -> Judgement | None:
    """The judgement of a whole of which nothing came: `of the 66 jets ordered, not one has landed`."""
    for zero in passage.marks.get("zero", ()):
        if 0 <= zero.left - right <= _ZERO_REACH:
            for placed in passage.acts:
                act = act_of(placed.cue.act or "", class_)
                if placed.left >= zero.right and act is not None and ACTS[act].done is not None:
                    return Judgement(ACTS[act].done, Modality.DENIED, act, placed, 0, None, None, "cue")
    return None
