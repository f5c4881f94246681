"""What the cues of one sentence say of one quantity in it."""

from __future__ import annotations

from typing import NamedTuple

from etl.extract.stage_acts import ACTS, MONEY_LIKE, act_of, governs_infinitive, modality_of, mood_of, stage_of
from etl.extract.stage_passage import Passage, Placed
from etl.records import Quantity
from tracker.vocabulary import Kind, Modality, Stage

FAR = 10_000
_AFTER = 12
_MOOD_AFTER = 28
_ACT_REACH = 300
_VERB_MOOD_REACH = 30
_FACT_MOOD_REACH = 60
_MATRIX_REACH = 60
_VALUE_REACH = 24
_DENIAL_REACH = 160
_NEGATION_REACH = 14
_NEGATION_AFTER = 2
_NEGATED_BONUS = 40


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


NOTHING = Judgement(None, Modality.ASSERTED)


def gap(left: int, right: int, cue: Placed, after: int = _AFTER) -> int:
    """How far a cue stands from a place, `after` more if it follows; very far where they overlap."""
    if cue[1] <= left:
        return left - cue[1]
    if cue[0] >= right:
        return cue[0] - right + after
    return FAR


def judge(passage: Passage, quantity: Quantity, left: int, right: int) -> Judgement:
    """Stage and modality of a quantity placed at `left:right` in its sentence, with the cues that they rest on."""
    act, cue, cost = _governing_act(passage, quantity.kind in MONEY_LIKE and not _is_worth(passage, left), left, right)
    mood_cue = _governing_mood(passage, act, cue, left, right)
    mood = mood_cue.cue.mood if mood_cue else None
    if cue is not None and act is not None:
        mood = mood_of(cue.cue.form, mood)
        if cue.cue.form in ("infinitive", "base"):
            act, cue = _matrix(passage, act, cue)
    judgement = Judgement(stage_of(act, mood), Modality.ASSERTED, act, cue, cost, mood, mood_cue, "cue" if cue else "none")
    return _settle(passage, judgement, quantity, left)


def _settle(passage: Passage, judgement: Judgement, quantity: Quantity, left: int) -> Judgement:
    """The judgement with its modality: by mood, by a condition, by a negation; and with what a kind cannot have."""
    stage, act = judgement.stage, judgement.act
    if quantity.kind is Kind.DURATION:
        stage = None
    modality = modality_of(stage, judgement.mood)
    if "condition" in passage.marks and modality is not Modality.TARGET:
        modality = Modality.CONDITIONAL
    if _is_denied(passage, judgement, left):
        modality = Modality.DENIED
        if act is not None:
            stage = ACTS[act].done
    return judgement._replace(stage=stage, modality=modality)


def with_mood(passage: Passage, inherited: Judgement, own: Judgement, quantity: Quantity, left: int) -> Judgement:
    """An inherited act in the mood of the quantity's own sentence, where that has one."""
    if own.mood_cue is None and "condition" not in passage.marks and own.modality is not Modality.DENIED:
        return inherited
    mood = own.mood if own.mood_cue else inherited.mood
    return _settle(passage, inherited._replace(stage=stage_of(inherited.act, mood), mood=mood), quantity, left)


def _is_worth(passage: Passage, left: int) -> bool:
    """Whether the money is the worth of goods, so that what is said of it is said of things."""
    return any(0 <= left - placed.right <= _VALUE_REACH for placed in passage.marks.get("value", ()))


def _governing_act(passage: Passage, is_money: bool, left: int, right: int) -> tuple[str | None, Placed | None, int]:
    best: Placed | None = None
    name: str | None = None
    cost = _ACT_REACH
    for placed in passage.acts:
        distance = gap(left, right, placed)
        if distance >= cost + _NEGATED_BONUS:
            continue
        act = act_of(placed.cue.act or "", is_money)
        if act is None:
            continue
        distance += ACTS[act].weakness
        if "negation" in passage.marks and _is_negated(passage, act, placed):
            distance -= _NEGATED_BONUS
        if distance < cost:
            best, name, cost = placed, act, distance
    return name, best, cost if best else FAR


def _matrix(passage: Passage, act: str, cue: Placed) -> tuple[str, Placed]:
    """The act that an infinitive hangs on, where one stands close before it; else the infinitive's own."""
    for placed in reversed(passage.acts):
        if placed.right <= cue.left and cue.left - placed.right <= _MATRIX_REACH:
            name = placed.cue.act or ""
            return (name, placed) if governs_infinitive(name) else (act, cue)
    return act, cue


def _governing_mood(passage: Passage, act: str | None, cue: Placed | None, left: int, right: int) -> Placed | None:
    """The auxiliary of the governing verb; for a plain fact or a noun the mood word nearest to the number or the noun."""
    best: Placed | None = None
    is_verb = cue is not None and cue.cue.form != "noun" and act is not None and ACTS[act].meant is not None
    cost = _VERB_MOOD_REACH if is_verb else _FACT_MOOD_REACH
    for placed in passage.moods:
        distance = FAR
        if cue is not None:
            distance = 0 if placed is cue else gap(cue.left, cue.right, placed, 20)
        if not is_verb:
            distance = min(distance, gap(left, right, placed, _MOOD_AFTER))
        if distance < cost:
            best, cost = placed, distance
    return best


def _is_denied(passage: Passage, judgement: Judgement, left: int) -> bool:
    for placed in passage.marks.get("none", ()):
        if 0 <= left - placed.right <= 2:
            return True
    for placed in passage.marks.get("denial", ()):
        if 0 <= left - placed.right <= _DENIAL_REACH:
            return True
    if judgement.act is None or judgement.cue is None:
        return False
    return _is_negated(passage, judgement.act, judgement.cue)


def _is_negated(passage: Passage, act: str, cue: Placed) -> bool:
    """Whether a negation stands right before a verb (`not delivered`) or at its end (`ne livrera pas`)."""
    if ACTS[act].done is None or cue.cue.form == "noun":
        return False
    for placed in passage.marks.get("negation", ()):
        if 0 <= cue.left - placed.right <= _NEGATION_REACH or 0 <= placed.left - cue.right <= _NEGATION_AFTER:
            return True
    return False
