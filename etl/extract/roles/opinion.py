"""A second opinion on objects and actors: small models choose among what the text names near a quantity.

The rules decide first; a model overrules them where it holds another candidate for more likely by a margin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar

from etl.extract.ranking import Mark, Model, likelihood, load_model
from etl.extract.roles.candidates import Candidate
from etl.extract.roles.phrases import Wording
from etl.extract.roles.reader import Reader
from etl.extract.roles.sides import Side
from etl.extract.roles.things import Thing

MODELS: Final = Path(__file__).with_name("models")
_OBJECT: Final = MODELS / "object.json"
_ACTOR: Final = MODELS / "actor.json"
LEARNED: Final = "learned"
SURE: Final = {"object": 0.1, "actor": 0.1}
"""By how much more likely than the rules' a candidate must be."""
LIKELY: Final = 0.5
"""How likely a candidate must be where the rules have none."""
UNLIKELY: Final = 0.1
"""Where neither the rules' candidate nor another is as likely as this, there is none."""


class Markable(Protocol):
    """Whatever has marks."""

    @property
    def marks(self) -> list[Mark]: ...


_PLAIN: Final = frozenset({"name", "acronym"})
T = TypeVar("T", bound=Markable)


def choose(model: Model, candidates: Sequence[T], own: T | None, sure: float) -> T | None:
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
        return best if chance > LIKELY else None
    if best is not own and chance - own_chance > sure:
        return best
    return None if chance < UNLIKELY else own


def choose_thing(things: Sequence[Thing], own: Thing | None, ruled: tuple[Wording | None, str]) -> tuple[Wording | None, str]:
    """The object and the rule that says so."""
    if not things:
        return ruled
    chosen = choose(load_model(_OBJECT), things, own, SURE["object"])
    if chosen is own:
        return ruled
    return (chosen.wording if chosen else None), LEARNED


def choose_actor(
    reader: Reader, sides: Sequence[Side], own: Side | None, ruled: tuple[Candidate | None, str]
) -> tuple[Candidate | None, str]:
    """The actor and the rule that says so."""
    side = choose(load_model(_ACTOR), sides, own, SURE["actor"])
    if side is own:
        return ruled
    return (_wording(reader, side) if side else None), LEARNED


def _wording(reader: Reader, side: Side) -> Candidate:
    """How the text words a party: by the name that tells most, the nearest of these, an adjective by the plain name."""
    told = max(side.mentions, key=lambda mention: (mention.is_head and mention.form in _PLAIN, mention.is_head, mention.start))
    return told.plain(reader.document.pack.code)
