"""A second opinion on objects, actors, counterparties and speakers: small models choose among what the text names near a quantity.

The rules decide first; a model overrules them where it holds another candidate for more likely by a margin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

from etl.extract.ranking import Mark, Model, likelihood, load_model
from etl.extract.roles.candidates import Candidate
from etl.extract.roles.phrases import Wording
from etl.extract.roles.sides import Side, told_mention
from etl.extract.roles.things import Thing
from etl.extract.roles.voices import Voice
from tracker.resources import resource_path

MODELS: Final = resource_path("etl", "extract", "roles", "models")
LEARNED: Final = "learned"


class Margin(NamedTuple):
    """When a model is followed, in probabilities; found on texts that it was not trained on."""

    sure: float
    """By how much more likely than the rules' a candidate must be."""
    likely: float
    """How likely a candidate must be where the rules have none."""
    unlikely: float
    """Where neither the rules' candidate nor another is as likely as this, there is none."""
    firm: float = 1.0
    """Where the rules' candidate is likelier than this it stands, however likely another is."""


MARGINS: Final = {
    "object": Margin(0.1, 0.5, 0.1),
    "actor": Margin(0.1, 0.4, 0.1, 0.6),
    "counterparty": Margin(0.2, 0.4, 0.2),
    "speaker": Margin(0.3, 0.5, 0.05),
}


_PATHS: Final = {role: MODELS / f"{role}.json" for role in MARGINS}


class Markable(Protocol):
    """Whatever has marks."""

    @property
    def marks(self) -> list[Mark]: ...


T = TypeVar("T", bound=Markable)


def choose(model: Model, candidates: Sequence[T], own: T | None, margin: Margin) -> T | None:
    """The candidate that stands after the model has been heard: that of the rules, another or none."""
    best, chance, own_chance, heaviest = None, 0.0, 0.0, -math.inf
    for candidate in candidates:
        weight = model.weigh(candidate.marks)
        if candidate is own:
            own_chance = likelihood(weight)
        if weight > heaviest:
            heaviest, likely = weight, likelihood(weight)
            if likely > chance:
                best, chance = candidate, likely
    if own is None:
        return best if chance > margin.likely else None
    if best is not own and chance - own_chance > margin.sure and own_chance <= margin.firm:
        return best
    return None if chance < margin.unlikely else own


def choose_thing(things: Sequence[Thing], own: Thing | None, ruled: tuple[Wording | None, str]) -> tuple[Wording | None, str]:
    """The object and the rule that says so."""
    if not things:
        return ruled
    chosen = choose(load_model(_PATHS["object"]), things, own, MARGINS["object"])
    if chosen is own:
        return ruled
    return (chosen.wording if chosen else None), LEARNED


def choose_side(role: str, sides: Sequence[Side], own: Side | None) -> Side | None:
    """The party in a role: that of the rules, another or none."""
    return choose(load_model(_PATHS[role]), sides, own, MARGINS[role])


def word_side(
    side: Side | None, own: Side | None, ruled: tuple[Candidate | None, str], language: str
) -> tuple[Candidate | None, str]:
    """How the text words a party that was chosen, and the rule that says so; `own` is that of the rules."""
    return ruled if side is own else ((told_mention(side, language) if side else None), LEARNED)


def choose_voice(voices: Sequence[Voice], own: Voice | None) -> Voice | None:
    """Who said it: that of the rules, another or nobody."""
    return choose(load_model(_PATHS["speaker"]), voices, own, MARGINS["speaker"])
