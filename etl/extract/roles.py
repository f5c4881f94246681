"""Who does what to whom: object, base, actor, counterparty and speaker of each quantity, as worded in the text."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.document import Document
from etl.extract.readings import RoleReading, StageReading
from etl.extract.role_actors import ActorFinder
from etl.extract.role_bases import BaseFinder
from etl.extract.role_candidates import Candidate
from etl.extract.role_counterparties import CounterpartyFinder
from etl.extract.role_credit import CreditFinder
from etl.extract.role_objects import ObjectFinder
from etl.extract.role_phrases import Wording
from etl.extract.role_reader import Place, Reader, hits_inside
from etl.extract.role_speakers import Attribution
from etl.records import Evidence, Quantity


def bind_roles(
    document: Document, quantities: Sequence[Quantity], stages: Sequence[StageReading]
) -> list[RoleReading]:
    """One reading for each quantity, in their order.

    "Estonia will send 30 howitzers to Ukraine" gives actor `Estonia`, object `howitzers`, counterparty `Ukraine`.
    """
    binder = _Binder(Reader(document, quantities))
    return [binder.bind(quantity, stage) for quantity, stage in zip(quantities, stages, strict=True)]


class _Binder:
    """The finders of one article; each remembers what the quantities before said."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.credits = CreditFinder(reader)
        self.bases = BaseFinder(reader)
        self.objects = ObjectFinder(reader, self.bases)
        self.actors = ActorFinder(reader)
        self.counterparties = CounterpartyFinder(reader)

    def bind(self, quantity: Quantity, stage: StageReading) -> RoleReading:
        """The roles of a quantity, the next in text order."""
        place = self.reader.place(quantity, stage)
        credit = self.credits.find(place)
        speaker = credit.speaker if credit else None
        base = self.bases.find(place, self.objects.last)
        thing, thing_rule = self.objects.find(place, speaker)
        actor, actor_rule = self.actors.find(place, speaker)
        other, other_rule = self.counterparties.find(place, actor, thing)
        evidence = [
            _word_evidence("object", thing_rule, thing),
            _word_evidence("base", "whole", base),
            _party_evidence("actor", actor_rule, actor),
            _party_evidence("counterparty", other_rule, other),
            Evidence("speaker", "attribution", credit.start, credit.end) if credit else None,
        ]
        return RoleReading(
            object=thing.text if thing else None,
            base=base.text if base else None,
            actor=actor.text if actor else None,
            counterparty=other.text if other else None,
            speaker=speaker,
            actor_party=self._party(actor),
            counterparty_party=self._party(other),
            speaker_party=self._speaking_party(credit, place),
            evidence=tuple(item for item in evidence if item),
        )

    def _party(self, candidate: Candidate | None) -> str | None:
        """The party of a candidate; a described body without a country is one of the state that the article is about."""
        return candidate.party if candidate else None

    def _speaking_party(self, credit: Attribution | None, place: Place) -> str | None:
        """The party whose name makes up most of the speaker's wording, None for persons."""
        if credit is None or not credit.speaker:
            return None
        span = place.sentence.line.span
        for start, end, name in hits_inside(self.reader.names, span.start, span.end):
            words = self.reader.document.text[start:end]
            if words in credit.speaker and 2 * len(words) > len(credit.speaker):
                return name.party
        return None


def _word_evidence(field: str, rule: str, wording: Wording | None) -> Evidence | None:
    return Evidence(field, f"{field}.{rule}", wording.start, wording.end) if wording else None


def _party_evidence(field: str, rule: str, candidate: Candidate | None) -> Evidence | None:
    """The rule with the words it rests on; a party known from the title has no words in the text."""
    if candidate is None:
        return None
    if candidate.start < 0:
        return Evidence(field, f"{field}.{rule}")
    return Evidence(field, f"{field}.{rule}", candidate.start, candidate.end)
