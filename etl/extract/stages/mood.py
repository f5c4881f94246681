"""Which mood word says how an act is asserted: an auxiliary, or a word such as `goal` or `forecast`."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.stages.acts import ACTS, BINDING, NOMINAL, PERFORMED
from etl.extract.stages.passage import Passage, Placed, gap

_MOOD_AFTER = 38
_VERB_MOOD_REACH = 30
_FACT_MOOD_REACH = 60
_FAR_ACT = 70
_NAMED_BONUS = 14
_AUXILIARY = frozenset(("planned", "later", "likely", "would", "conditional", "able"))
_NAMED_REACH = 24
_DEAL_MOODS = _AUXILIARY | {"target"}
_DEAL_ACT_REACH = 60
_NEXT_REACH = 10


def governing_mood(passage: Passage, act: str | None, cue: Placed | None, left: int, right: int) -> Placed | None:
    """The auxiliary before the governing verb; for a plain fact or a noun the mood word nearest to it or to the number."""
    moods = passage.moods
    if not moods:
        return None
    if cue is None or act is None:
        return _nearest(moods, left, right, _MOOD_AFTER, _FACT_MOOD_REACH)[0]
    if cue.cue.mood is not None:
        return cue
    form = cue[2][1]
    is_nominal = form in NOMINAL
    if act in BINDING and form == "noun":
        moods = [m for m in moods if m.left < cue.right or not (_is_of_other_act(passage, m) or _is_next_forecast(m, right))]
    bound = moods if is_nominal else [m for m in moods if m.left < cue.left or m.cue.mood not in _AUXILIARY]
    is_firm = not is_nominal and ACTS[act].meant is not None
    if is_firm and form == "past":
        is_behind = cue.left >= right
        bound = [m for m in bound if m.cue.mood != "later" and not (is_behind and m.cue.mood == "forecast" and m.left < left)]
    best, cost = _nearest(bound, cue.left, cue.right, 20, _VERB_MOOD_REACH if is_firm else _FACT_MOOD_REACH)
    if is_firm and gap(left, right, cue) < _FAR_ACT:
        return best or next((m for m in moods if m.cue.mood == "target" and 0 <= left - m.right <= _NAMED_REACH), None)
    free = [m for m in bound if m.left < right or m.cue.mood not in _AUXILIARY]
    return _nearest(free, left, right, _MOOD_AFTER, cost)[0] or best


def _is_next_forecast(mood: Placed, right: int) -> bool:
    """Whether a word of forecasts stands well behind the number, and so says something of the next."""
    return mood.cue.mood == "forecast" and mood.left - right > _NEXT_REACH


def _is_of_other_act(passage: Passage, mood: Placed) -> bool:
    """Whether a mood word behind a deal says what the deal is for: `the contract will see them deliver`; not that it is to come."""
    if mood.cue.mood not in _DEAL_MOODS:
        return False
    for placed in passage.acts:
        if 0 <= placed.left - mood.right <= _DEAL_ACT_REACH:
            return placed.cue.act in PERFORMED and placed.cue.form not in NOMINAL
    return False


def mood_of_ruler(passage: Passage, ruler: Placed) -> Placed | None:
    """The mood word before an act that others hang on: `plans to sign a contract to build`; what follows is of those."""
    if ruler.cue.mood is not None:
        return ruler
    for placed in reversed(passage.moods):
        if placed.right <= ruler.left:
            return placed if ruler.left - placed.right <= _VERB_MOOD_REACH else None
    return None


def _nearest(moods: Sequence[Placed], left: int, right: int, after: int, reach: int) -> tuple[Placed | None, int]:
    best: Placed | None = None
    cost = reach
    for placed in moods:
        first, last, (_, _, mood, _, _, _), _, _ = placed
        if last <= left:
            distance = left - last
        elif first >= right:
            distance = first - right + after
        else:
            continue
        if mood not in _AUXILIARY:
            distance -= _NAMED_BONUS
        if distance < cost:
            best, cost = placed, distance
    return best, cost
