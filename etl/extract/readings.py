"""What each stage says of a quantity. One reading a quantity, in the order of the quantities."""

from __future__ import annotations

from typing import Final, NamedTuple

from etl.records import Evidence, Quantity
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

_TOLD_BY_UNIT: Final = (Kind.COUNT, Kind.SHARE, Kind.CHANGE)


def name_nature(quantity: Quantity) -> str | None:
    """What a quantity is by nature: `person`, `item` or `percent`, else its kind."""
    return quantity.unit if quantity.kind in _TOLD_BY_UNIT else str(quantity.kind)


class Mention(NamedTuple):
    """A party named in the text."""

    start: int
    end: int
    party: str | None
    """Identifier in `seeds/parties.csv`; None where the name may mean several."""
    kind: str
    """Kind of the party: `state`, `body`, `company`, `programme`, `weapon`, `person`."""


class StageReading(NamedTuple):
    """Stage, modality, aggregation and topic of one quantity."""

    stage: Stage | None
    modality: Modality
    aggregation: Aggregation
    topic: Topic
    cue_start: int | None = None
    """Span of the words that the stage rests on."""
    cue_end: int | None = None
    evidence: tuple[Evidence, ...] = ()


class RoleReading(NamedTuple):
    """Who and what of one quantity, each as worded in the text, with the party where it is known."""

    object: str | None = None
    base: str | None = None
    actor: str | None = None
    counterparty: str | None = None
    speaker: str | None = None
    actor_party: str | None = None
    counterparty_party: str | None = None
    speaker_party: str | None = None
    evidence: tuple[Evidence, ...] = ()


class DateReading(NamedTuple):
    """When the thing of one quantity happened or holds: an ISO date or interval, None where unknown."""

    date: str | None = None
    evidence: tuple[Evidence, ...] = ()


class LinkReading(NamedTuple):
    """Indices of the quantities that one quantity says again or adds up."""

    restates: int | None = None
    totals: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
