"""What each act says of a quantity: its stage when done, its stage when only meant, and how weakly it governs."""

from __future__ import annotations

from typing import NamedTuple

from tracker.vocabulary import Kind, Modality, Stage, Topic


class Act(NamedTuple):
    """One act that cues may name."""

    done: Stage | None
    """The stage of a quantity whose act has happened."""
    meant: Stage | None
    """The stage where the act is announced, planned, expected or possible."""
    weakness: int = 0
    """Letters of distance that a rival act is allowed to stand farther away and still govern."""
    topic: Topic | None = None
    """The topic that the act itself speaks for."""


ACTS: dict[str, Act] = {
    "need": Act(Stage.NEED, Stage.NEED),
    "propose": Act(Stage.PROPOSAL, Stage.PROPOSAL, 5),
    "pledge": Act(Stage.PLEDGE, Stage.PLEDGE),
    "announce": Act(Stage.PLEDGE, Stage.PLEDGE, 110),
    "present": Act(Stage.PROPOSAL, Stage.PROPOSAL, 60),
    "invest": Act(Stage.EXPENDITURE, Stage.PLEDGE, 10),
    "vote": Act(Stage.APPROPRIATION, Stage.PROPOSAL),
    "authorise": Act(Stage.AUTHORISATION, Stage.AUTHORISATION),
    "tender": Act(Stage.TENDER, Stage.TENDER),
    "award": Act(Stage.AWARD, Stage.AWARD),
    "order": Act(Stage.CONTRACT, Stage.PLEDGE),
    "backlog": Act(Stage.CONTRACT, Stage.CONTRACT, 0, Topic.INDUSTRY),
    "sell": Act(Stage.CONTRACT, Stage.PLEDGE),
    "allocate": Act(Stage.ALLOCATION, Stage.PLEDGE),
    "pay": Act(Stage.DISBURSEMENT, Stage.PLEDGE),
    "fund": Act(Stage.EXPENDITURE, Stage.PLEDGE),
    "spend": Act(Stage.EXPENDITURE, Stage.PLEDGE),
    "outlay": Act(Stage.EXPENDITURE, None, 80, Topic.BUDGET),
    "go": Act(None, Stage.PLEDGE, 5),
    "deliver": Act(Stage.DELIVERY, Stage.PLEDGE),
    # Plain facts: they carry no stage, and keep a farther act from lending one.
    "make": Act(None, None, 2, Topic.PRODUCTION),
    "rate": Act(None, None, 45, Topic.PRODUCTION),
    "hold": Act(None, None, 5, Topic.STOCKPILE),
    "earn": Act(None, None, 5, Topic.INDUSTRY),
    "employ": Act(None, None, 10, Topic.INDUSTRY),
    "lose": Act(None, None, 10, Topic.LOSSES),
    "fire": Act(None, None, 10, Topic.OTHER),
    "measure": Act(None, None, 15, Topic.OTHER),
    "price": Act(None, None, 40, Topic.PROCUREMENT),
    "budget": Act(None, None, 110, Topic.BUDGET),
    "trade": Act(None, None, 50, Topic.TRADE),
}

MONEY, PART, THING, WORTH = 0, 1, 2, 3
"""The classes of quantities that acts tell apart: money, a share or change, anything counted or measured, its worth."""

# Acts whose meaning hangs on what is moved: money is paid, things are delivered.
BY_CLASS: dict[str, tuple[str | None, str | None, str | None]] = {
    "receive": ("pay", "deliver", "deliver"),
    "transfer": ("pay", "deliver", "deliver"),
    "arrive": ("go", "deliver", "deliver"),
    "pay": ("pay", "pay", "order"),
    "offer": ("pledge", "propose", "propose"),
    "gift": ("pledge", "deliver", "deliver"),
    "destroy": ("earn", None, "lose"),
    "casualty": (None, None, "lose"),
    "deficit": ("earn", None, "lose"),
    "shoot": (None, None, "fire"),
    "rate": (None, None, "rate"),
    "produce": (None, "make", "make"),
    "buying": ("order", None, "order"),
    "tranche": ("allocate", "allocate", None),
}
BINDING = frozenset(("order", "tender"))
"""Acts that say how firm it is to perform what hangs on them: `a contract to build`."""
PERFORMED = frozenset(("deliver", "make", "order"))
"""What a contract is there for."""
UNDER_WAY = frozenset(("deliver", "order", "pay", "invest"))
"""Acts that are promised rather than done while they are under way."""
ACT_NAMES = frozenset(ACTS) | frozenset(BY_CLASS)
MOODS = frozenset(("planned", "later", "likely", "would", "conditional", "forecast", "target", "able"))
NOMINAL = frozenset(("noun", "action"))
FORMS = frozenset(("base", "infinitive", "present", "past", "future", "conditional", "going", "noun", "action"))

# What others expect to be spent is no pledge but a forecast.
_OUTLAYS = (Stage.EXPENDITURE, Stage.DISBURSEMENT)
_STAGES_OF_MOOD = {
    "forecast": (None, Stage.PLEDGE, Stage.DELIVERY),
    "target": (None, Stage.PLEDGE, Stage.NEED),
    "conditional": (None, *Stage),
}
_SETTLED = (Stage.CONTRACT, Stage.AWARD)
_SOFT = frozenset(("budget", "outlay", "price", "trade"))
_MATRIX = frozenset(("need", "propose", "pledge", "announce", "authorise", "vote", "award", "fund"))
_FORM_MOODS = {"future": "planned", "conditional": "would", "infinitive": "planned"}
_MEANT = frozenset(("planned", "later", "likely", "would", "conditional", "forecast", "target"))
_FIRM_MODALITIES = {"conditional": Modality.CONDITIONAL, "forecast": Modality.FORECAST, "target": Modality.TARGET}
_FACT_MODALITIES = {"planned": Modality.PLANNED, "later": Modality.PLANNED, "likely": Modality.FORECAST, "would": Modality.CONDITIONAL}


def class_of(kind: Kind | None) -> int:
    """The class of a quantity, for `act_of`."""
    if kind is Kind.MONEY:
        return MONEY
    return PART if kind in (Kind.SHARE, Kind.CHANGE) else THING


def act_of(name: str, class_: int) -> str | None:
    """The act that a cue names for a class of quantities; None where it says nothing of such."""
    by_class = BY_CLASS.get(name)
    return name if by_class is None else by_class[min(class_, THING)]


def is_soft(act: str | None) -> bool:
    """Whether the act is only a measure of the figure (budget, price, trade), so that a firmer act near may govern."""
    return act in _SOFT


def governs_infinitive(act: str) -> bool:
    """Whether the act says how firm another is that hangs on it: `wants to buy`, `approved the purchase of`."""
    return act in _MATRIX


def mood_of(form: str | None, mood: str | None) -> str | None:
    """The mood of an act: that of its auxiliary, else that of its own form."""
    return mood or _FORM_MOODS.get(form or "")


def stage_of(act: str | None, mood: str | None) -> Stage | None:
    """The stage of an act in a mood: `will deliver` is a pledge."""
    if act is None:
        return None
    rule = ACTS[act]
    if mood == "forecast" and rule.done in _OUTLAYS:
        return None
    return rule.meant if mood in _MEANT else rule.done


def modality_of(stage: Stage | None, mood: str | None) -> Modality:
    """How a stage, or a plain fact, is asserted in a mood. Pledges and proposals are planned by their nature."""
    if mood in _FIRM_MODALITIES and stage in _STAGES_OF_MOOD[mood]:
        return _FIRM_MODALITIES[mood]
    if stage is Stage.NEED and mood == "would":
        return Modality.CONDITIONAL
    if stage in (Stage.PLEDGE, Stage.PROPOSAL) or (stage in _SETTLED and mood == "planned"):
        return Modality.PLANNED
    if stage is None and mood:
        return _FACT_MODALITIES.get(mood, Modality.ASSERTED)
    return Modality.ASSERTED
