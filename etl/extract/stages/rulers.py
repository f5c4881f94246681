"""The acts that say how firm another is: the verb that an infinitive hangs on, those who vote, the law as a subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.stages.acts import BINDING, MONEY, PERFORMED, governs_infinitive, mood_of
from etl.extract.stages.candidates import is_said_of
from etl.extract.stages.mood import mood_of_ruler
from etl.extract.stages.passage import Passage, Placed

_ACT_REACH = 300
_MATRIX_REACH = 60
_DEPENDENT = frozenset(("infinitive", "base", "action", "going"))
_SUBJECT_REACH = 60
_NEAR = 30
_ASKED_REACH = 6
_SET_BY_LAW = frozenset(("announce", "pledge", "spend", "allocate"))
_LAW_REACH = 100
_SALE_REACH = 100
_PERMITS = frozenset(("noun", "past"))
_DRAFT_REACH = 60
_WILL_REACH = 4
_AUXILIARY_REACH = 12
_NOUNS_RULED = {"propose": "vote", "order": "award", "authorise": "need", "allocate": "pledge"}
"""Nouns that take the stage of a verb close before them: `voted the bill`, `won a contract`."""
_PROMISED = frozenset(("announce", "pledge"))
_PERMITTED = frozenset(("vote", "authorise", "propose", "announce"))


class Ruled(NamedTuple):
    """An act with its cue and mood once what rules it has been looked at."""

    act: str
    cue: Placed
    mood: str | None
    mood_cue: Placed | None
    inner: str | None = None
    """The act of the infinitive that hangs on `act`."""


def rule_act(passage: Passage, act: str, cue: Placed, mood_cue: Placed | None, class_: int, right: int) -> Ruled:
    """The act that governs a quantity, or the one that it hangs on: `plans to buy`, `won a contract`."""
    mood = mood_of(cue.cue.form, mood_cue.cue.mood if mood_cue else None)
    ruled = Ruled(act, cue, mood, mood_cue)
    is_finite = mood_cue is not None and mood_cue.cue.act is None and 0 <= cue.left - mood_cue.right <= _AUXILIARY_REACH
    is_hung = cue.cue.form in _DEPENDENT and not (is_finite and cue.cue.form == "base")
    if is_hung or (act in _NOUNS_RULED and cue.cue.form == "noun"):
        ruled = _hang(passage, ruled)
    return _by_institution(passage, ruled, class_, right)


def _hang(passage: Passage, ruled: Ruled) -> Ruled:
    """The act that an infinitive or noun hangs on, with the mood that this has."""
    inner, hung = ruled.act, ruled.cue
    act, cue = _matrix(passage, inner, hung)
    if cue is hung:
        return ruled._replace(act=act, cue=cue)
    if act in _NOUNS_RULED and cue.cue.form == "noun":
        act, cue = _matrix(passage, act, cue)
    mood, mood_cue = ruled.mood, ruled.mood_cue
    if act in BINDING or act == "award":
        mood_cue = mood_of_ruler(passage, cue)
        mood = mood_of(cue.cue.form, mood_cue.cue.mood if mood_cue else None)
    if act == inner == "vote" and cue.cue.form == "past":
        mood = _unless_planned(mood)
    return Ruled(act, cue, mood, mood_cue, inner)


def _by_institution(passage: Passage, ruled: Ruled, class_: int, right: int) -> Ruled:
    """The act where parliament does it, a law says it, or it is done to a mere draft."""
    act, cue, marks = ruled.act, ruled.cue, passage.marks
    if _is_voted(passage, act, cue):
        return ruled._replace(act="vote", mood=_unless_planned(ruled.mood), inner=None)
    if act == "order" and cue.cue.form == "noun" and _is_of_sale(passage, cue):
        return ruled._replace(act="authorise", mood=None, inner=None)
    if act in _SET_BY_LAW and cue.cue.form == "present" and _is_law_before(passage, cue):
        return ruled._replace(act="vote", mood=None)
    if act == "vote" and "draft" in marks and "legislature" not in marks and _is_of_draft(passage, cue):
        return ruled._replace(act="propose", mood=None)
    if "draft" in marks and _is_in_draft(marks["draft"], act, cue):
        return ruled._replace(act="propose", mood=None)
    if act == "need" and class_ == MONEY and "legislature" in marks and _is_asked(passage, cue, right):
        return ruled._replace(act="propose")
    return ruled


def _unless_planned(mood: str | None) -> str | None:
    return None if mood == "planned" else mood


def _matrix(passage: Passage, act: str, cue: Placed) -> tuple[str, Placed]:
    """The act that says how firm an infinitive or a noun of action is, where one stands close by; else the cue's own."""
    for placed in reversed(passage.acts):
        if placed.right <= cue.left and cue.left - placed.right <= _MATRIX_REACH:
            return _ruled(act, cue, placed)
    if act == "sell":
        for placed in passage.acts:
            if placed.left >= cue.right and placed.cue.act in _PERMITTED:
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
    if act == "sell" and name in _PERMITTED:
        return "authorise", ruler
    return ("vote" if act == "order" and name == "authorise" else name), ruler


def _is_will(cue: Placed, ruler: Placed) -> bool:
    """Whether a word of wanting right before an infinitive says what somebody will do: `veut acheter`."""
    return ruler.cue.mood == "planned" and cue.cue.form == "infinitive" and cue.left - ruler.right <= _WILL_REACH


def _is_of_draft(passage: Passage, cue: Placed) -> bool:
    """Whether what is approved is a draft, so that it is only put forward: `the cabinet approved a draft budget`."""
    return cue.cue.form != "noun" and any(0 <= placed.left - cue.right <= _DRAFT_REACH for placed in passage.marks["draft"])


def _is_of_sale(passage: Passage, cue: Placed) -> bool:
    """Whether a deal is that of a sale which is only permitted, named before it: `approved the possible sale in two deals`."""
    return any(
        placed.cue.act == "authorise" and placed.cue.form in _PERMITS and 0 <= cue.start - placed.end <= _SALE_REACH
        for placed in passage.acts
    )


def _is_in_draft(drafts: Sequence[Placed], act: str, cue: Placed) -> bool:
    """Whether a draft sets money aside, or grants what stands right behind it: `a bill authorising the purchase`."""
    if act == "allocate":
        return any(placed.left < cue.left for placed in drafts)
    return act == "vote" and cue.cue.form == "going" and any(0 <= cue.left - placed.right <= _NEAR for placed in drafts)


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
