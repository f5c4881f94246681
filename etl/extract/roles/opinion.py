"""A second opinion on objects, bases, actors, counterparties and speakers: small networks choose among what the text names near a quantity.

The rules decide first; a network overrules them where it holds another candidate for more likely by a margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from etl.extract.network import Looked
from etl.extract.ranking import Margin, Ranker, T, answer
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
    "counterparty": Margin(0.3, 0.3, 0.1),
    "speaker": Margin(0.3, 0.3, 0.02),
}
PATHS: Final = {role: MODELS / f"{role}.npz" for role in MARGINS}


def answer_role(
    role: str, candidates: Sequence[Sequence[T]], ruled: Sequence[T | None], looked: Looked[Ranker]
) -> list[T | None]:
    """Who or what stands in a role of each quantity; see `answer`."""
    return answer(looked, MARGINS[role], candidates, ruled)


def word_thing(chosen: Thing | None, own: Thing | None, ruled: tuple[Wording | None, str]) -> tuple[Wording | None, str]:
    """How the text words an object that was chosen, and the rule that says so; `own` is that of the rules."""
    return ruled if chosen is own else ((chosen.wording if chosen else None), LEARNED)


def word_side(
    side: Side | None, own: Side | None, ruled: tuple[Candidate | None, str], language: str
) -> tuple[Candidate | None, str]:
    """How the text words a party that was chosen, and the rule that says so; `own` is that of the rules."""
    return ruled if side is own else ((told_mention(side, language) if side else None), LEARNED)
