"""Who is on the other side: who gets aid, who supplies what is bought, who permits a sale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract.document import Hit
from etl.extract.parties import Name, display_names
from etl.extract.readings import StageReading
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate, is_dateline
from etl.extract.roles.phrases import Line, Wording
from etl.extract.roles.reader import Place, Reader, receives
from etl.extract.roles.topics import Topics
from tracker.vocabulary import Stage, Topic

_SUPPLIED: Final = frozenset(
    {Stage.CONTRACT, Stage.AWARD, Stage.AUTHORISATION, Stage.NEED, Stage.PLEDGE, Stage.DELIVERY, Stage.DISBURSEMENT}
)
_GIVEN_REACH: Final = 3
_LEAD: Final = 600
"""How far the beginning of an article goes in which it names its weapon."""
_GIVEN: Final = frozenset({Stage.PLEDGE, Stage.DELIVERY, Stage.ALLOCATION, Stage.DISBURSEMENT})
_TWO_SIDED: Final = frozenset({Topic.AID, Topic.PROCUREMENT, Topic.TRADE, Topic.INDUSTRY})
_BEFORE_AID: Final = frozenset({Stage.TENDER, Stage.AWARD})


class Sides(NamedTuple):
    """What is known when the other side is looked for."""

    candidates: Sequence[Candidate]
    topics: Topics
    actor: Candidate | None
    maker: Candidate | None
    """The party whose adjective describes the object, or the last supplier that the article named."""
    origin: Candidate | None = None
    """Who makes the first weapon of the article that is foreign to the actor."""
    receiver: Candidate | None = None
    """The subject of a verb of getting."""
    first: int = 0
    """Index of the first word of the quantity."""
    last: int = 0
    """Index of the word after the quantity."""
    line: Line | None = None
    """The words of the sentence."""
    is_given: bool = False
    """Whether it is promised or handed over, so that it may be aid."""
    is_sale: bool = False
    """Whether the actor buys what the other side permits to be sold."""


def find_counterparty(stage: StageReading, sides: Sides) -> tuple[Candidate | None, str]:
    """The other side of a quantity and the rule that says so; None where there is none."""
    if stage.topic == Topic.AID and stage.stage not in _BEFORE_AID:
        return _recipient(sides)
    if stage.topic == Topic.PROCUREMENT and stage.stage in _SUPPLIED:
        return _licenser(sides) if stage.stage == Stage.AUTHORISATION else _supplier(sides)
    if stage.topic == Topic.TRADE and stage.stage == Stage.AUTHORISATION:
        return _licenser(sides) if sides.is_sale else _licensed(sides)
    if stage.topic == Topic.INDUSTRY and sides.actor is not None and sides.actor.kind == "state":
        return sides.topics.company, "maker"
    return None, "none"


def _is_other(candidate: Candidate | None, actor: Candidate | None) -> bool:
    """Whether a candidate is a party of another side than the actor."""
    if candidate is None or actor is None:
        return candidate is not None
    if candidate.text == actor.text:
        return False
    mine = actor.country or actor.party
    return not mine or mine not in (candidate.country or candidate.party, candidate.party)


def _recipient(sides: Sides) -> tuple[Candidate | None, str]:
    known = sides.topics.recipient
    if known is not None:
        same = [c for c in sides.candidates if c.is_head and c.kind == "state" and c.party == known.party]
        chosen = same[0] if same else known
        return (chosen, "recipient") if _is_other(chosen, sides.actor) else (None, "none")
    if sides.receiver:
        return sides.receiver, "recipient"
    for c in sides.candidates:
        if c.is_head and c.is_given and 0 <= sides.first - c.last <= _GIVEN_REACH and _is_other(c, sides.actor):
            return c, "recipient"
    for c in sides.candidates:
        if c.is_head and c.governor & g.RECIPIENT and _is_other(c, sides.actor) and c.kind != "programme":
            return c, "recipient"
    return None, "none"


def _licensed(sides: Sides) -> tuple[Candidate | None, str]:
    """The country that an export licence names: after the number with no other between, else before it."""
    found = [c for c in sides.candidates if c.governor & g.RECIPIENT and c.kind == "state" and _is_other(c, sides.actor)]
    for c in [c for c in found if c.first >= sides.last] + [c for c in found if c.last <= sides.first][::-1]:
        if sides.line is None or not any(flag & g.QUANTITY for flag in sides.line.flags[sides.last : c.first]):
            return c, "licence"
    return None, "none"


def _licenser(sides: Sides) -> tuple[Candidate | None, str]:
    """Who permits a sale: the subject of the sentence, else the state that the article is about."""
    for c in sides.candidates:
        is_free = c.is_head and not c.governor and not c.is_given
        if is_free and not (sides.line and is_dateline(sides.line, c)) and c.kind in ("state", "body") and _is_other(c, sides.actor):
            return c, "licence"
    state = sides.topics.donor if _is_other(sides.topics.donor, sides.actor) else sides.topics.state
    return (state, "licence") if _is_other(state, sides.actor) else (sides.maker, "maker")


def _supplier(sides: Sides) -> tuple[Candidate | None, str]:
    actor = sides.actor
    companies = [c for c in sides.candidates if _is_maker(c, actor) and not c.governor & g.PLACE]
    if companies:
        supplying = [c for c in companies if c.governor & (g.SUPPLIER | g.AGENT) and c.first >= sides.last]
        return (supplying or companies)[-1 if not supplying else 0], "company"
    if sides.topics.is_about_company and _is_maker(sides.topics.company, actor):
        return sides.topics.company, "topic"
    places = [c for c in sides.candidates if c.is_head and c.kind in ("state", "body") and _is_other(c, actor)]
    for c in places:
        if c.governor & g.SUPPLIER and (c.first >= sides.last or not c.governor & g.RECIPIENT):
            return c, "supplier"
    for c in places:
        if c.first >= sides.last and c.governor & g.PLACE and c.kind == "state":
            return c, "place"
    for known, rule in ((sides.maker, "maker"), (sides.origin, "maker"), (sides.topics.company, "topic")):
        if _is_maker(known, actor) or _is_other(known, actor):
            return known, rule
    recipient = sides.topics.recipient
    if sides.is_given and _is_other(recipient, actor):
        return recipient, "recipient"
    return None, "none"


def _is_maker(candidate: Candidate | None, actor: Candidate | None) -> bool:
    """Whether a candidate is a company other than the actor; a state may buy from a company of its own."""
    if candidate is None or candidate.kind != "company":
        return False
    return actor is None or (candidate.party or candidate.text) != (actor.party or actor.text)


class CounterpartyFinder:
    """Finds the other sides in text order: a supplier once named supplies what follows."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._supplier: Candidate | None = None
        self._weapons = [(n.start, n.value.country) for n in reader.names if n.value.kind == "weapon" and n.value.country]
        """Where weapons are named, and the states that they come from."""
        self._makers: dict[str, Candidate | None] = {}

    def find(
        self, place: Place, actor: Candidate | None, thing: Wording | None, *, is_sale: bool = False
    ) -> tuple[Candidate | None, str]:
        """The other side of a quantity and the rule that says so."""
        if place.stage.topic not in _TWO_SIDED:
            return None, "none"
        line, candidates = place.sentence.line, place.sentence.candidates
        receiver = next((c for c in candidates if receives(place.sentence, c) and _is_other(c, actor)), None)
        maker = self._maker(place, thing, actor)
        origin = None if maker or not self._weapons else self._weapon_maker(0, _LEAD, actor)
        sides = Sides(
            candidates, self.reader.topics, actor, maker, origin, receiver, place.first, place.last, line, place.stage.stage in _GIVEN, is_sale
        )
        other, rule = find_counterparty(place.stage, sides)
        if other and rule != "topic" and place.stage.topic == Topic.PROCUREMENT:
            self._supplier = other
        return other, rule

    def _maker(self, place: Place, thing: Wording | None, actor: Candidate | None) -> Candidate | None:
        """Whose adjective or weapon the object names (`South Korean tanks`, `K2 tanks`), else the last supplier named."""
        if thing:
            for c in place.sentence.candidates:
                if not c.is_head and c.kind == "state" and c.text in thing.text and (
                    c.form == "adjective" or c.is_owner
                ):
                    return c.plain(self.reader.document.pack.code)
            maker = self._weapon_maker(thing.start, thing.end, actor) if self._weapons else None
            if maker:
                return maker
        return self._supplier

    def _weapon_maker(self, start: int, end: int, actor: Candidate | None) -> Candidate | None:
        """The company or state that the first foreign weapon of a stretch comes from: `K2` and Hyundai Rotem."""
        home = actor.country if actor else ""
        origin = next((c for offset, c in self._weapons if start <= offset < end and c != home), "")
        if not origin:
            return None
        if origin not in self._makers:
            self._makers[origin] = self._maker_in(origin)
        return self._makers[origin]

    def _maker_in(self, country: str) -> Candidate | None:
        """The company of a country that the article is about, else the country itself where the article names it."""
        company = self.reader.topics.company
        if company and company.country == country:
            return company
        makers = (n for n in self.reader.names if n.value.country == country and n.value.kind == "state")
        state = next(makers, None)
        return self._candidate(state) if state else None

    def _candidate(self, name: Hit[Name]) -> Candidate:
        start, end, value = name
        text = self.reader.document.text[start:end]
        if value.form == "adjective" and value.party:
            text = display_names(self.reader.document.pack.code)[value.party]
        return Candidate(start, end, 0, 0, text, value.party, value.kind, 0, True, False, 0, value.country)
