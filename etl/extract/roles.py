"""Who does what to whom: object, base, actor, counterparty and speaker of each quantity, as worded in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.parties import Name, find_names
from etl.extract.readings import RoleReading, StageReading
from etl.extract.role_actors import SURE, rate_actor
from etl.extract.role_candidates import Candidate, read_candidates
from etl.extract.role_objects import (
    container_object,
    counted_object,
    purpose_object,
    share_base,
    subject_object,
)
from etl.extract.role_phrases import Line, read_line
from etl.extract.role_speakers import find_speaker
from etl.records import Evidence, Quantity, Span
from tracker.vocabulary import Kind, Stage, Topic


def bind_roles(
    document: Document, quantities: Sequence[Quantity], stages: Sequence[StageReading]
) -> list[RoleReading]:
    """One reading for each quantity, in their order.

    "Estonia will send 30 howitzers to Ukraine" gives actor `Estonia`, object `howitzers`, counterparty `Ukraine`.
    """
    return _Binder(document, quantities, stages).read()


class _Binder:
    """The state of one article while its quantities are read in order."""

    def __init__(self, document: Document, quantities: Sequence[Quantity], stages: Sequence[StageReading]) -> None:
        self.document = document
        self.quantities = quantities
        self.stages = stages
        self.grammar = g.pack_grammar(document.pack)
        self.names = find_names(document)
        self.cues = self.grammar.cues.find(document.folded)
        self.last_actor: Candidate | None = None
        self.last_object: str | None = None
        self.last_speaker: str | None = None

    def read(self) -> list[RoleReading]:
        readings = []
        sentence = -1
        for quantity, stage in zip(self.quantities, self.stages, strict=True):
            index = self.document.sentence_index(quantity.start)
            if index != sentence:
                sentence = index
                self.open(self.document.sentences[index])
            readings.append(self.bind(quantity, stage))
        return readings

    def slice(self, span: Span) -> tuple[list[Hit[Name]], list[Hit[int]]]:
        names, cues = self.names, self.cues
        a, b = bisect_left(names, (span.start,)), bisect_left(names, (span.end,))
        c, d = bisect_left(cues, (span.start,)), bisect_left(cues, (span.end,))
        return names[a:b], cues[c:d]

    def open(self, span: Span) -> None:
        names, self.line_cues = self.slice(span)
        inside = [q for q in self.quantities if span.start <= q.start < span.end]
        self.line: Line = read_line(self.document, span, self.grammar, names, inside)
        self.candidates = read_candidates(self.document, self.line, names, self.line_cues)
        speaker, cue, pronoun = find_speaker(self.document, self.line, self.line_cues, self.candidates)
        if pronoun:
            speaker = self.last_speaker
        self.speaker = speaker
        self.speaker_cue = cue
        if speaker:
            self.last_speaker = speaker

    def bind(self, quantity: Quantity, stage: StageReading) -> RoleReading:
        line = self.line
        first = line.index_at(quantity.start)
        last = line.index_before(quantity.end) + 1
        obj, rule = self.find_object(quantity, stage, first, last)
        base = share_base(self.document, line, last) if quantity.kind in (Kind.SHARE, Kind.CHANGE) else None
        actor, actor_rule = self.find_actor(first, last)
        other = self.find_counterparty(stage, first, last, actor)
        text = self.document.text
        if obj:
            self.last_object = obj
        if actor:
            self.last_actor = actor
        return RoleReading(
            object=obj,
            base=base,
            actor=text[actor.start : actor.end] if actor else None,
            counterparty=text[other.start : other.end] if other else None,
            speaker=self.speaker,
            actor_party=actor.party if actor else None,
            counterparty_party=other.party if other else None,
            evidence=(Evidence("object", rule), Evidence("actor", actor_rule)),
        )

    def find_object(self, quantity: Quantity, stage: StageReading, first: int, last: int) -> tuple[str | None, str]:
        line, document = self.line, self.document
        tries = []
        if quantity.kind in (Kind.COUNT, Kind.MEASURE):
            tries.append(("counted", lambda: counted_object(document, line, last)))
        if quantity.kind == Kind.MONEY:
            tries.append(("purpose", lambda: purpose_object(document, line, last, self.line_cues)))
            tries.append(("container", lambda: container_object(document, line, first, self.line_cues)))
        if quantity.kind != Kind.COUNT:
            tries.append(("subject", lambda: subject_object(document, line, first)))
        for rule, attempt in tries:
            found = attempt()
            if found:
                return found, rule
        return self.last_object, "previous"

    def find_actor(self, first: int, last: int) -> tuple[Candidate | None, str]:
        best, score = None, -1.0
        for candidate in self.candidates:
            rating = rate_actor(self.line, candidate, first, last)
            if rating > score:
                best, score = candidate, rating
        if score >= SURE:
            return best, "subject"
        if self.last_actor:
            return self.last_actor, "previous"
        return best, "weak"

    def find_counterparty(
        self, stage: StageReading, first: int, last: int, actor: Candidate | None
    ) -> Candidate | None:
        for c in self.candidates:
            if c is actor or (actor and c.party == actor.party):
                continue
            if c.governor & (g.RECIPIENT | g.SUPPLIER) and stage.stage:
                return c
        return None


def unused() -> None:
    Stage, Topic
