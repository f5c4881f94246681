"""What the cues of one sentence say of one quantity in it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.stage_acts import (
    ACTS,
    BINDING,
    MONEY,
    PERFORMED,
    THING,
    WORTH,
    act_of,
    class_of,
    governs_infinitive,
    modality_of,
    mood_of,
    stage_of,
)
from etl.extract.stage_candidates import OWN_NOUN, candidates_of, is_negated, is_no_predicate, is_said_of, predicate_of
from etl.extract.stage_mood import governing_mood, mood_of_ruler
from etl.extract.stage_passage import AFTER, FAR, Passage, Placed
from etl.records import Quantity
from tracker.vocabulary import Kind, Modality, Qualifier, Stage

# Distances are letters, clause walls added; found by trying, and flat around these values.
_MONEY = Kind.MONEY
_ACT_REACH = 300
_BEHIND_REACH = 100
"""How far an act may stand behind the number that it governs."""
_MATRIX_REACH = 60
_VALUE_REACH = 24
_DENIAL_REACH = 160
_NORM_REACH = 40
_CONDITION_WALL = 60
_RIVAL_COST = 40
_DEPENDENT = frozenset(("infinitive", "base", "action", "going"))
_ZERO_REACH = 160
_SUBJECT_REACH = 60
_NEAR = 30
_ASKED_REACH = 6
_SET_BY_LAW = frozenset(("announce", "pledge", "spend", "allocate"))
_LAW_REACH = 100
_DRAFT_REACH = 60
_UNSIGNED = frozenset((Stage.NEED, Stage.PROPOSAL, Stage.PLEDGE, Stage.TENDER, Stage.AWARD))
_CANCEL_REACH = 100
_ASIDE_COST = 60
_PARTED = frozenset((None, "deliver", "make"))
_DONE_TO_GOODS = frozenset(("deliver", "lose"))
_UNAIMED = frozenset((None, "budget", "outlay"))
_AIM_REACH = 110
_TARGET_REACH = 6
_WILL_REACH = 4
_AFTER_NOUN = 20
_NOUNS_RULED = {"propose": "vote", "order": "award", "authorise": "need"}
"""Nouns that take the stage of a verb close before them: `voted the bill`, `won a contract`."""
_PROMISED = frozenset(("announce", "pledge"))
_PERMITTED = frozenset(("vote", "authorise", "propose", "announce"))
_NAMED_REACH = 24
_OPTION_REACH = 40
_BESIDE = 2
_SPENT = frozenset(("spend", "outlay", "invest", "budget"))
_SUFFIX_WINDOW = 28


class Judgement(NamedTuple):
    """The reading of one quantity by the words of its sentence."""

    stage: Stage | None
    modality: Modality
    act: str | None = None
    cue: Placed | None = None
    cost: int = FAR
    mood: str | None = None
    mood_cue: Placed | None = None
    rule: str = "none"
    inner: str | None = None
    """The act of the infinitive that hangs on `act`."""


NOTHING = Judgement(None, Modality.ASSERTED)


def judge(passage: Passage, quantity: Quantity, left: int, right: int, rival: int = FAR, since: int = -1) -> Judgement:
    """Stage and modality of a quantity placed at `left:right` in its sentence, with the cues that they rest on.

    `rival` is the place of the next quantity: what is said behind it is rather said of it. `since` is where the
    quantity before ends in the text.
    """
    class_ = class_of(quantity.kind)
    marks = passage.marks
    special = _special(passage, class_, left, right, rival) if marks and quantity.kind is not Kind.MEASURE else None
    if special is not None:
        return special
    class_ = WORTH if "value" in marks and _is_worth(passage, left) else class_
    act, cue, cost = _governing_act(passage, class_, left, right, rival, left - quantity.start)
    if "part" in marks and rival < FAR:
        done = _of_part(passage, class_, quantity.end, rival)
        if done is not None:
            stage, modality = _settle(passage, *done, None, quantity, left, right)
            return Judgement(stage, modality, *done, cost, None, None, "cue")
    mood_cue = governing_mood(passage, act, cue, left, right)
    mood = mood_cue.cue.mood if mood_cue else None
    inner = None
    if cue is not None and act is not None:
        mood = mood_of(cue.cue.form, mood)
        if cue.cue.form in _DEPENDENT or (act in _NOUNS_RULED and cue.cue.form == "noun"):
            inner, hung = act, cue
            act, cue = _matrix(passage, act, cue)
            inner = inner if cue is not hung else None
            if inner is not None and act in _NOUNS_RULED and cue.cue.form == "noun":
                act, cue = _matrix(passage, act, cue)
            if inner is not None and act in BINDING:
                mood_cue = mood_of_ruler(passage, cue)
                mood = mood_of(cue.cue.form, mood_cue.cue.mood if mood_cue else None)
        if act == "vote" and inner == "vote" and cue.cue.form == "past":
            mood = None if mood == "planned" else mood
        if "legislature" in marks and _is_voted(passage, act, cue):
            act, inner = "vote", None
            mood = None if mood == "planned" else mood
        elif act in _SET_BY_LAW and cue.cue.form == "present" and _is_law_before(passage, cue):
            act, mood = "vote", None
        elif "draft" in marks and act == "vote" and "legislature" not in marks and _is_of_draft(passage, cue):
            act, mood = "propose", None
        elif act == "need" and class_ == MONEY and "legislature" in marks and _is_asked(passage, cue, right):
            act = "propose"
    if class_ == THING and stage_of(act, None) is not Stage.CONTRACT and _is_held(passage, quantity.start):
        act, inner, mood, mood_cue = "hold", None, None, None
    rule = "cue" if cue else "none"
    if mood is None and (act is None or ACTS[act].done is None):
        mood = passage.mood_of_ending(quantity.start - _SUFFIX_WINDOW, quantity.start)
    if mood is None and marks and act in _PARTED and is_part_of(passage, quantity.start, left, since):
        mood, rule = "planned", "part"
    if mood is None and quantity.kind is Kind.SHARE and act in _UNAIMED and passage.moods:
        mood_cue = _aim_behind(passage, quantity.end, right, rival)
        mood = mood_cue.cue.mood if mood_cue else None
    stage, modality = _settle(passage, act, cue, mood, quantity, left, right)
    return Judgement(stage, modality, act, cue, cost, mood, mood_cue, rule, inner)


@functools.cache
def _plain(act: str | None, mood: str | None) -> tuple[Stage | None, Modality]:
    """Stage and modality of an act in a mood, before anything else bears on them."""
    stage = stage_of(act, mood)
    return stage, modality_of(stage, mood)


def _settle(
    passage: Passage, act: str | None, cue: Placed | None, mood: str | None, quantity: Quantity, left: int, right: int
) -> tuple[Stage | None, Modality]:
    """Stage and modality of an act in a mood: by a norm, a condition or a negation; and with what a kind cannot have."""
    kind = quantity.kind
    stage, modality = _plain(act, mood)
    if kind is _MONEY and not passage.marks:
        return stage, modality
    if stage is not None and (kind is Kind.DURATION or (act == "outlay" and kind is not _MONEY)):
        stage = None
    if kind is Kind.SHARE and act in _SPENT and (mood == "target" or _is_of_whole(passage, right)):
        stage = None
    if kind is Kind.SHARE and act == "announce" and mood in (None, "target") and _is_of_whole(passage, right):
        stage, modality = None, modality_of(None, mood or "planned")
    if not passage.marks:
        return stage, modality
    if kind is Kind.SHARE and (_is_norm(passage, stage, mood, quantity, right) or _is_named_target(passage, left)):
        return stage if stage is Stage.NEED else None, Modality.TARGET
    if modality is not Modality.TARGET and _is_conditional(passage, quantity.start, left):
        modality = Modality.CONDITIONAL
    if stage in _UNSIGNED and _is_cancelled(passage, left):
        return stage, Modality.DENIED
    if _is_denied(passage, act, cue, left):
        return ACTS[act].done if act == "deliver" else stage, Modality.DENIED
    return stage, modality


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


def _aim_behind(passage: Passage, end: int, right: int, rival: int) -> Placed | None:
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
        if walls < _CONDITION_WALL:
            return True
    return False


def with_mood(passage: Passage, inherited: Judgement, own: Judgement, quantity: Quantity, left: int, right: int) -> Judgement:
    """An inherited act in the mood of the quantity's own sentence, where that has one."""
    if own.mood is None and "condition" not in passage.marks and own.modality is not Modality.DENIED:
        return inherited
    mood = own.mood or inherited.mood
    stage, modality = _settle(passage, inherited.act, inherited.cue, mood, quantity, left, right)
    return inherited._replace(stage=stage, modality=modality, mood=mood, mood_cue=own.mood_cue)


def _has_right_before(cues: Sequence[Placed], left: int) -> bool:
    return any(0 <= left - placed.right <= _BESIDE for placed in cues)


def is_part_of(passage: Passage, start: int, left: int, since: int) -> bool:
    """Whether only a part of the quantity is done: `the first of the 36`, `10 of the 36` with the 10 up to `since`."""
    if "partial" in passage.marks and _has_right_before(passage.marks["partial"], left):
        return True
    for placed in passage.marks.get("part", ()):
        if 0 <= placed.start - since <= _BESIDE and 0 <= start - placed.end <= _BESIDE:
            return True
    return False


def _option(passage: Passage, left: int, right: int, rival: int) -> Judgement | None:
    """The judgement of what may be ordered besides: `an option on two more`, `deux en option`."""
    for placed in passage.marks.get("option", ()):
        if 0 <= left - placed.right <= _NAMED_REACH:
            return Judgement(Stage.PLEDGE, Modality.CONDITIONAL, "order", placed, 0, "conditional", placed, "cue")
    for placed in passage.marks.get("optional", ()):
        if 0 <= placed.left - right <= _OPTION_REACH and placed.left < rival:
            return Judgement(Stage.PLEDGE, Modality.CONDITIONAL, "order", placed, 0, "conditional", placed, "cue")
    return None


def _special(passage: Passage, class_: int, left: int, right: int, rival: int) -> Judgement | None:
    """The judgement of what is no common act: a number of votes, an option, a whole of which nothing came."""
    return _ballot(passage, class_, right) or _option(passage, left, right, rival) or _zero(passage, class_, right)


def _is_held(passage: Passage, start: int) -> bool:
    """Whether the word right before a number says that somebody has so many."""
    return passage.word_before(start) in passage.words.possession


def _ballot(passage: Passage, class_: int, right: int) -> Judgement | None:
    """The judgement of a number of votes: a plain fact."""
    ballots = passage.marks.get("ballot")
    if ballots and class_ == THING and any(0 <= placed.left - right <= _BESIDE for placed in ballots):
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


def _is_worth(passage: Passage, left: int) -> bool:
    """Whether the money is the worth of goods, so that what is said of it is said of things."""
    return any(0 <= left - placed.right <= _VALUE_REACH for placed in passage.marks["value"])


def _governing_act(
    passage: Passage, class_: int, left: int, right: int, rival: int, walls: int
) -> tuple[str | None, Placed | None, int]:
    """The act that governs a quantity, with its cue and cost: the nearest, by what its form and meaning weigh."""
    best: Placed | None = None
    name: str | None = None
    cost = _ACT_REACH
    asides = passage.asides
    for first, last, weight, behind_cost, bare, act, placed in candidates_of(passage, class_):
        if last <= left:
            distance = left - last + weight
        elif first < right:
            continue
        else:
            distance = first - right
            if distance > _BEHIND_REACH:
                continue
            if bare and is_no_predicate(bare, placed, passage, walls):
                continue
            if behind_cost == OWN_NOUN and distance <= 1:
                distance = 0
            else:
                distance += distance // 2 + AFTER + (_AFTER_NOUN if behind_cost else 0) + weight
        if asides and last <= left:
            distance += _aside_cost(asides, placed.start, left - walls)
        if first >= rival:
            distance += _RIVAL_COST
        if distance < cost:
            best, name, cost = placed, act, distance
    if best is None:
        return None, None, FAR
    if best[2][1] == "past" and best[0] >= right and not _is_base(passage, left - walls):
        name, best = predicate_of(passage, class_, name, best)
    return name, best, cost


def _is_base(passage: Passage, start: int) -> bool:
    """Whether a number is the whole that another is part of: `of the 180 tanks bought in 2022, 30 have come`."""
    return any(0 <= start - placed.end <= _BESIDE for placed in passage.marks.get("part", ()))


def _of_part(passage: Passage, class_: int, end: int, rival: int) -> tuple[str, Placed] | None:
    """The verb of the sentence for a number that is part of the next: `six of the 24 jets ordered in May were handed over`."""
    if not any(0 <= placed.start - end <= _BESIDE for placed in passage.marks["part"]):
        return None
    for first, _, _, _, _, act, placed in candidates_of(passage, class_):
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


def _matrix(passage: Passage, act: str, cue: Placed) -> tuple[str, Placed]:
    """The act that says how firm an infinitive or a noun of action is, where one stands close by; else the cue's own."""
    for placed in reversed(passage.acts):
        if placed.right <= cue.left and cue.left - placed.right <= _MATRIX_REACH:
            return _ruled(act, cue, placed)
    if act == "sell":
        for placed in passage.acts:
            if placed.left >= cue.right:
                return _ruled(act, cue, placed)
    if cue.cue.form == "action":
        for placed in passage.acts:
            if cue.right <= placed.left <= cue.right + _ACT_REACH and is_said_of(passage, placed):
                return _ruled(act, cue, placed)
    return act, cue


def _ruled(act: str, cue: Placed, ruler: Placed) -> tuple[str, Placed]:
    name = ruler.cue.act or ""
    if cue.cue.form == "noun" and (name != _NOUNS_RULED[act] or ruler.cue.form == "noun" or cue.left - ruler.right > _NEAR):
        return act, cue
    if name in BINDING and act in PERFORMED and ruler.cue.form != "action":
        return name, ruler
    if not governs_infinitive(name) or cue.cue.form == "going" or _is_will(cue, ruler):
        return act, cue
    return ("authorise" if act == "sell" and name in _PERMITTED else name), ruler


def _is_will(cue: Placed, ruler: Placed) -> bool:
    """Whether a word of wanting right before an infinitive says what somebody will do: `veut acheter`."""
    return ruler.cue.mood == "planned" and cue.cue.form == "infinitive" and cue.left - ruler.right <= _WILL_REACH


def _is_of_draft(passage: Passage, cue: Placed) -> bool:
    """Whether what is approved is a draft, so that it is only put forward: `the cabinet approved a draft budget`."""
    return cue.cue.form != "noun" and any(0 <= placed.left - cue.right <= _DRAFT_REACH for placed in passage.marks["draft"])


def _is_law_before(passage: Passage, cue: Placed) -> bool:
    """Whether a law stands right before a verb as its subject: `the programming law sets aside`."""
    for placed in passage.acts:
        if placed.left >= cue.left:
            return False
        if placed.cue.act == "vote" and placed.cue.form == "noun" and cue.start - placed.end <= _LAW_REACH:
            return True
    return False


def _is_asked(passage: Passage, cue: Placed, right: int) -> bool:
    """Whether those who vote money are asked for it."""
    return any(
        0 <= placed.left - cue.right <= _ASKED_REACH or 0 <= placed.left - right <= _NEAR
        for placed in passage.marks["legislature"]
    )


def _is_voted(passage: Passage, act: str, cue: Placed) -> bool:
    """Whether those who vote money promise it."""
    return act in _PROMISED and any(
        0 <= cue.left - placed.right <= _SUBJECT_REACH for placed in passage.marks.get("legislature", ())
    )


def _is_cancelled(passage: Passage, left: int) -> bool:
    """Whether what was to come is taken back beside the number: `the plan to build 12 was called off`."""
    return any(abs(left - placed.right) <= _CANCEL_REACH for placed in passage.marks.get("cancel", ()))


def _is_denied(passage: Passage, act: str | None, cue: Placed | None, left: int) -> bool:
    if "none" in passage.marks and _has_right_before(passage.marks["none"], left):
        return True
    for placed in passage.marks.get("denial", ()):
        if 0 <= left - placed.right <= _DENIAL_REACH:
            return True
    if passage.text[passage.sentence.end - 1] == "?":
        return False
    return act is not None and cue is not None and is_negated(passage, act, cue)
