"""What the cues of one sentence say of one quantity in it."""

from __future__ import annotations

from etl.extract.stages.acts import ACTS, THING, WORTH, class_of, stage_of
from etl.extract.stages.governing import act_of_part, governing_act
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.mood import governing_mood
from etl.extract.stages.passage import FAR, Passage, Placed
from etl.extract.stages.rulers import rule_act
from etl.extract.stages.settle import BESIDE, aim_behind, has_right_before, settle
from etl.extract.stages.special import SPECIAL, judge_special
from etl.records import Quantity
from tracker.vocabulary import Kind, Modality, Stage

_VALUE_REACH = 24
_SUFFIX_WINDOW = 28
_PARTED = frozenset((None, "deliver", "make"))
"""Acts that may be done to a part of the goods and to come for the rest."""
_UNAIMED = frozenset((None, "budget", "outlay"))


def judge(passage: Passage, quantity: Quantity, left: int, right: int, rival: int = FAR, since: int = -1) -> Judgement:
    """Stage and modality of a quantity placed at `left:right` in its sentence, with the cues that they rest on.

    `rival` is the place of the next quantity: what is said behind it is rather said of it. `since` is where the
    quantity before ends in the text.
    """
    class_ = class_of(quantity.kind)
    marks = passage.marks
    if not SPECIAL.isdisjoint(marks) and quantity.kind is not Kind.MEASURE:
        special = judge_special(passage, class_, left, right, rival)
        if special is not None:
            return special
    class_ = WORTH if "value" in marks and _is_worth(passage, left) else class_
    act, cue, cost = governing_act(passage, class_, left, right, rival, left - quantity.start)
    done = act_of_part(passage, class_, quantity.end, rival) if "part" in marks and rival < FAR else None
    if done is not None:
        stage, modality = settle(passage, *done, None, quantity, left, right)
        return Judgement(stage, modality, *done, cost, None, None, "cue")
    mood_cue = governing_mood(passage, act, cue, left, right)
    mood = mood_cue.cue.mood if mood_cue else None
    inner = None
    if cue is not None and act is not None:
        act, cue, mood, mood_cue, inner = rule_act(passage, act, cue, mood_cue, class_, right)
    if class_ == THING and stage_of(act, None) is not Stage.CONTRACT and _is_held(passage, quantity.start):
        act, inner, mood, mood_cue = "hold", None, None, None
    rule = "cue" if cue else "none"
    if mood is None:
        mood, mood_cue, is_part = _late_mood(passage, quantity, act, left, right, rival, since)
        rule = "part" if is_part else rule
    stage, modality = settle(passage, act, cue, mood, quantity, left, right)
    return Judgement(stage, modality, act, cue, cost, mood, mood_cue, rule, inner)


def _late_mood(
    passage: Passage, quantity: Quantity, act: str | None, left: int, right: int, rival: int, since: int
) -> tuple[str | None, Placed | None, bool]:
    """The mood where no word before the act gives one: by the ending of a verb, for the rest of a batch, by an aim named behind."""
    if act is None or ACTS[act].done is None:
        mood = passage.mood_of_ending(quantity.start - _SUFFIX_WINDOW, quantity.start)
        if mood is not None:
            return mood, None, False
    if passage.marks and act in _PARTED and is_part_of(passage, quantity.start, left, since):
        return "planned", None, True
    if quantity.kind is Kind.SHARE and act in _UNAIMED and passage.moods:
        aim = aim_behind(passage, quantity.end, right, rival)
        if aim is not None:
            return aim.cue.mood, aim, False
    return None, None, False


def with_mood(passage: Passage, inherited: Judgement, own: Judgement, quantity: Quantity, left: int, right: int) -> Judgement:
    """An inherited act in the mood of the quantity's own sentence, where that has one."""
    if own.mood is None and "condition" not in passage.marks and own.modality is not Modality.DENIED:
        return inherited
    mood = own.mood or inherited.mood
    stage, modality = settle(passage, inherited.act, inherited.cue, mood, quantity, left, right)
    return inherited._replace(stage=stage, modality=modality, mood=mood, mood_cue=own.mood_cue)


def is_part_of(passage: Passage, start: int, left: int, since: int) -> bool:
    """Whether only a part of the quantity is done: `the first of the 36`, `10 of the 36` with the 10 up to `since`."""
    if "partial" in passage.marks and has_right_before(passage.marks["partial"], left):
        return True
    for placed in passage.marks.get("part", ()):
        if 0 <= placed.start - since <= BESIDE and 0 <= start - placed.end <= BESIDE:
            return True
    return False


def _is_held(passage: Passage, start: int) -> bool:
    """Whether the word right before a number says that somebody has so many."""
    return passage.word_before(start) in passage.words.possession


def _is_worth(passage: Passage, left: int) -> bool:
    """Whether the money is the worth of goods, so that what is said of it is said of things."""
    return any(0 <= left - placed.right <= _VALUE_REACH for placed in passage.marks["value"])
