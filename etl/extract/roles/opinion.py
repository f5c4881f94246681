"""A second opinion on objects, bases, actors, counterparties and speakers: small networks choose among what the text names near a quantity.

The rules decide first; a network overrules them where it holds another candidate for more likely by a margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeVar

from etl.extract.ranking import Margin, Mark, Ranker, choose, load_ranker
from etl.extract.roles.candidates import Candidate
from etl.extract.roles.phrases import Wording
from etl.extract.roles.sides import Side, told_mention
from etl.extract.roles.things import Thing
from tracker.resources import resource_path

MODELS: Final = resource_path("etl", "extract", "roles", "models")
LEARNED: Final = "learned"


MARGINS: Final = {
    "object": Margin(0.0, 0.4, 0.1),
    "base": Margin(0.0, 0.4, 0.1),
    "actor": Margin(0.1, 0.4, 0.1),
    "counterparty": Margin(0.3, 0.3, 0.2),
    "speaker": Margin(0.3, 0.3, 0.02),
}
PATHS: Final = {role: MODELS / f"{role}.npz" for role in MARGINS}


class Markable(Protocol):
    """Whatever has marks."""

    @property
    def marks(self) -> list[Mark]: ...


T = TypeVar("T", bound=Markable)


def answer(
    role: str,
    candidates: Sequence[Sequence[T]],
    ruled: Sequence[T | None],
    looked: Any,
    ranker: Ranker | None = None,
) -> list[T | None]:
    """For each quantity the candidate that stands after the model has been heard: that of the rules, another or none.

    `ruled` are those of the rules, `looked` the sums of the features of each quantity; the model is the role's unless another is
    given.
    """
    ranked = (ranker or load_ranker(PATHS[role])).rank([[one.marks for one in several] for several in candidates], looked)
    margin = MARGINS[role]
    return [choose(several, own, chances, margin) for several, own, chances in zip(candidates, ruled, ranked, strict=True)]


def word_thing(chosen: Thing | None, own: Thing | None, ruled: tuple[Wording | None, str]) -> tuple[Wording | None, str]:
    """How the text words an object that was chosen, and the rule that says so; `own` is that of the rules."""
    return ruled if chosen is own else ((chosen.wording if chosen else None), LEARNED)


def word_side(
    side: Side | None, own: Side | None, ruled: tuple[Candidate | None, str], language: str
) -> tuple[Candidate | None, str]:
    """How the text words a party that was chosen, and the rule that says so; `own` is that of the rules."""
    return ruled if side is own else ((told_mention(side, language) if side else None), LEARNED)
