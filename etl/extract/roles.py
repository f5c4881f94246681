"""Who does what to whom: object, base, actor, counterparty and speaker of each quantity, as worded in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit, fold_text
from etl.extract.parties import display_names, find_names
from etl.extract.readings import RoleReading, StageReading
from etl.extract.role_actors import SURE, rate_actor
from etl.extract.role_candidates import Candidate, is_dateline, read_candidates
from etl.extract.role_bases import change_base, share_base
from etl.extract.role_counterparties import Sides, find_counterparty
from etl.extract.role_layout import (
    first_person_name,
    is_interview,
    is_list_item,
    opening_sentences,
    sentences_before_list,
    speaks_in_first_person,
)
from etl.extract.role_objects import Phrases
from etl.extract.role_phrases import Line, read_line
from etl.extract.role_speakers import Attribution, choose_attribution, quoted_spans, read_attributions
from etl.extract.role_topics import read_topics
from etl.records import Evidence, Quantity, Span
from tracker.vocabulary import Kind, Stage, Topic

T = TypeVar("T")
_RESTATED = 3
_PRONOUN_REACH = 3


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
        self.topics = read_topics(document, self.names, self.grammar)
        self.starts = [quantity.start for quantity in quantities]
        self.lines: dict[int, Line] = {}
        self.read_candidates: dict[int, list[Candidate]] = {}
        self.last_actor: Candidate | None = None
        self.last_supplier: Candidate | None = None
        self.last_object: str | None = None
        self.last_object_sentence = -1
        self.last_speaker: str | None = None
        self.last_base: str | None = None
        self.last_base_sentence = -2
        self.speaker: str | None = None
        self.interviewee = self.read_interviewee()
        self.quotations = quoted_spans(document.text)
        self.sentence = -1
        self.last_sentence = -1
        self.last_is_sure = False

    def read(self) -> list[RoleReading]:
        """One reading for each quantity."""
        readings = []
        for quantity, stage in zip(self.quantities, self.stages, strict=True):
            index = self.document.sentence_index(quantity.start)
            if index != self.sentence:
                self.open(index)
            readings.append(self.bind(quantity, stage))
        return readings

    def open(self, index: int) -> None:
        """Reads the sentence of the next quantities."""
        span = self.document.sentences[index]
        if index - self.sentence > 2:
            self.last_actor = None
        self.sentence = index
        self.line_cues = _inside(self.cues, span)
        self.line = self.line_of(index)
        self.candidates = self.candidates_of(index)
        self.attributions = self.attribute(index)

    def line_of(self, index: int) -> Line:
        """The words of a sentence, read once."""
        line = self.lines.get(index)
        if line is None:
            span = self.document.sentences[index]
            first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
            names = _inside(self.names, span)
            line = read_line(self.document, span, self.grammar, names, self.quantities[first:last])
            self.lines[index] = line
        return line

    def candidates_of(self, index: int) -> list[Candidate]:
        """The candidates of a sentence, read once."""
        found = self.read_candidates.get(index)
        if found is None:
            span = self.document.sentences[index]
            names, cues = _inside(self.names, span), _inside(self.cues, span)
            heads_first = self.grammar.heads_first
            found = read_candidates(self.document, self.line_of(index), names, cues, heads_first=heads_first)
            self.read_candidates[index] = found
        return found

    def attribute(self, index: int) -> list[Attribution]:
        """The attributions of the open sentence, or of what its quotation or its list belongs to."""
        found = read_attributions(self.document, self.line, self.line_cues)
        if found:
            return found
        return self.attribute_interview() or self.attribute_quotation(index) or self.attribute_list(index)

    def attribute_interview(self) -> list[Attribution]:
        """The person interviewed, where the paragraph speaks in the first person."""
        span = self.line.span
        if self.interviewee and speaks_in_first_person(self.document, span.start, self.grammar.first_person):
            return [Attribution(self.interviewee, span.start, span.start)]
        return []

    def attribute_list(self, index: int) -> list[Attribution]:
        """The attributions of the paragraph that introduces the list of the open sentence."""
        if is_list_item(self.document, self.line.span.start):
            for other in sentences_before_list(self.document, index):
                found = self.attributions_of(other)
                if found:
                    return found
        return []

    def read_interviewee(self) -> str | None:
        """The person interviewed: the first one named in the opening of an interview."""
        if not is_interview(self.document, self.cues):
            return None
        for index in range(opening_sentences(self.document)):
            name = first_person_name(self.document, self.line_of(index))
            if name:
                return name
        return None

    def attribute_quotation(self, index: int) -> list[Attribution]:
        """The attributions of the sentences where the quotation around the open sentence ends or begins."""
        start, end = self.document.sentences[index]
        for opening, closing in self.quotations:
            if opening <= start and end <= closing + 1:
                for other in (self.document.sentence_index(closing), self.document.sentence_index(opening - 2)):
                    if other != index:
                        found = self.attributions_of(other)
                        if found:
                            return found
        return []

    def attributions_of(self, index: int) -> list[Attribution]:
        """The attributions of another sentence."""
        cues = _inside(self.cues, self.document.sentences[index])
        for cue in cues:
            if cue.value & (g.Cue.SAYING | g.Cue.ANNOUNCING | g.Cue.ACCORDING):
                return read_attributions(self.document, self.line_of(index), cues)
        return []

    def find_speaker(self, quantity: Quantity) -> str | None:
        """Who is credited with a quantity of the open sentence."""
        attribution = choose_attribution(self.line, self.attributions, quantity.start)
        if attribution is None:
            return None
        speaker = attribution.speaker or self.speaker_before() or self.last_speaker
        if speaker:
            self.last_speaker = speaker
        return speaker

    def speaker_before(self) -> str | None:
        """Whom the pronoun of an attribution stands for: the last speaker of the sentences before."""
        for index in range(self.sentence - 1, max(self.sentence - _PRONOUN_REACH, 0) - 1, -1):
            found = [a.speaker for a in self.attributions_of(index) if a.speaker]
            if found:
                return found[-1]
        return None

    def bind(self, quantity: Quantity, stage: StageReading) -> RoleReading:
        """The reading of a quantity in the open sentence."""
        line = self.line
        first = line.index_at(quantity.start)
        last = line.index_before(quantity.end) + 1
        self.speaker = self.find_speaker(quantity)
        base = self.find_base(quantity, first, last)
        obj, rule = self.find_object(quantity, stage, first, last)
        actor, actor_rule = self.find_actor(quantity, stage, first, last)
        sides = Sides(self.candidates, self.topics, actor, self.find_maker(obj), first, last)
        other, other_rule = find_counterparty(stage, sides)
        if other and stage.topic == Topic.PROCUREMENT:
            self.last_supplier = other
        if obj:
            self.last_object = obj
            self.last_object_sentence = self.sentence
        if actor:
            self.last_actor = actor
            self.last_sentence = self.sentence
            self.last_is_sure = actor_rule == "subject" or (self.last_is_sure and actor_rule == "previous")
        return RoleReading(
            object=obj,
            base=base,
            actor=actor.text if actor else None,
            counterparty=other.text if other else None,
            speaker=self.speaker,
            actor_party=actor.party if actor else None,
            counterparty_party=other.party if other else None,
            evidence=(Evidence("object", rule), Evidence("actor", actor_rule), Evidence("counterparty", other_rule)),
        )

    def find_base(self, quantity: Quantity, first: int, last: int) -> str | None:
        """The whole of a share, or what a change is compared with."""
        if quantity.kind == Kind.SHARE:
            if quantity.base:
                self.last_base = self.document.text[quantity.base.start : quantity.base.end]
            else:
                self.last_base = self.find_whole(first, last)
            self.last_base_sentence = self.sentence
            return self.last_base
        if quantity.kind == Kind.CHANGE:
            return change_base(self.document, self.line, last, self.line_cues)
        return None

    def find_whole(self, first: int, last: int) -> str | None:
        """The whole of a share: named beside it, owned (`37 % held by Airbus`), that of the last share, or the last object."""
        found = share_base(self.document, self.line, first, last, self.line_cues)
        if found:
            return found
        flags = self.line.flags
        if last < len(flags) and flags[last] & g.AGENT:
            owned = [c for c in self.candidates if c.is_head and not c.governor and c.last <= first]
            if owned:
                return owned[0].text
        near = self.sentence - self.last_base_sentence <= 1
        return self.last_base if near and self.last_base else self.last_object

    def find_object(self, quantity: Quantity, stage: StageReading, first: int, last: int) -> tuple[str | None, str]:
        """What is counted or paid for and the rule that says so."""
        if quantity.noun:
            return self.document.text[quantity.noun.start : quantity.noun.end], "noun"
        phrases = Phrases(self.document, self.line, self.line_cues, heads_first=self.grammar.heads_first)
        found, rule = self.object_in_line(phrases, quantity, first, last)
        if not found and quantity.kind == Kind.SHARE and self.last_base and self.is_economy(self.last_base):
            found, rule = phrases.spending(quantity.start, self.cues), "spending"
        if found and not (self.speaker and found in self.speaker):
            return found, rule
        if self.last_object_sentence != self.sentence:
            goods = phrases.nearest_goods(quantity.start, self.cues)
            if goods:
                return goods, "goods"
        return self.last_object, "previous"

    def object_in_line(
        self, phrases: Phrases, quantity: Quantity, first: int, last: int
    ) -> tuple[str | None, str]:
        """The object that the sentence of a quantity names, with its rule."""
        kind = quantity.kind
        if kind == Kind.COUNT:
            return phrases.counted(first, last), "counted"
        if kind == Kind.SHARE:
            return self.shared_object(phrases, first, last)
        found = phrases.purpose(last, only_adjacent=kind in (Kind.CHANGE, Kind.DURATION))
        if found:
            return found, "purpose"
        if kind == Kind.MONEY:
            found = phrases.following(last)
            if found:
                return found, "following"
        if self.last_object and self.is_restated(first):
            return self.last_object, "restated"
        return self.governing_object(phrases, first)

    def governing_object(self, phrases: Phrases, first: int) -> tuple[str | None, str]:
        """The object that stands before a quantity, with its rule."""
        found = phrases.headed(first)
        if found:
            return found, "headed"
        found = phrases.container(first)
        if found:
            return found, "container"
        return phrases.subject(first), "subject"

    def shared_object(self, phrases: Phrases, first: int, last: int) -> tuple[str | None, str]:
        """What a share is a share of, unless that is the whole economy: then what is spent."""
        found = phrases.whole(last)
        if found:
            return found, "whole"
        if self.last_object and self.is_restated(first):
            return self.last_object, "restated"
        found, rule = self.governing_object(phrases, first)
        if found:
            return found, rule
        if self.last_base and not self.is_economy(self.last_base):
            return self.last_base, "whole"
        return None, "none"

    def is_economy(self, base: str) -> bool:
        """Whether a base is a country's output or its whole budget."""
        return any(hit.value & g.Cue.ECONOMY for hit in self.grammar.cues.find(fold_text(base)))

    def is_restated(self, first: int) -> bool:
        """Whether the quantity follows another one at once: `$2 billion (1.8 billion euros)`, `soit 3 %`."""
        flags = self.line.flags
        index = first
        while index > 0 and first - index < _RESTATED and flags[index - 1] & (g.MARK | g.ADVERB | g.CONJUNCTION):
            index -= 1
        return first > index > 0 and bool(flags[index - 1] & g.QUANTITY)

    def find_actor(
        self, quantity: Quantity, stage: StageReading, first: int, last: int
    ) -> tuple[Candidate | None, str]:
        """Who acts and the rule that says so."""
        if stage.stage is None and stage.topic == Topic.OTHER and quantity.kind in (Kind.MEASURE, Kind.DURATION):
            return None, "property"
        if stage.stage is None and quantity.per == "item" and quantity.kind == Kind.MONEY:
            return None, "unit_price"
        best, score = None, -1.0
        for candidate in self.candidates:
            rating = rate_actor(self.line, candidate, first, last, heads_first=self.grammar.heads_first) + self.fit(candidate, stage)
            if rating > score:
                best, score = candidate, rating
        if best and score >= SURE:
            return self.plain(best), "subject"
        topic = self.topic_for(stage)
        referent = self.referent(first, stage)
        if referent:
            return referent, "pronoun"
        previous = self.last_actor
        if previous and self.fit(previous, stage) >= 0 and (self.carries_on() or not topic):
            return previous, "previous"
        if topic:
            return topic, "topic"
        return (self.plain(best), "weak") if best else (None, "none")

    def referent(self, first: int, stage: StageReading) -> Candidate | None:
        """Whom a pronoun or possessive before the quantity stands for: the subject of the sentence before."""
        flags = self.line.flags
        if not any(flag & (g.ANAPHOR | g.POSSESSIVE) for flag in flags[: min(first, 6)]):
            return None
        return self.subject_before(stage)

    def subject_before(self, stage: StageReading) -> Candidate | None:
        """The first free-standing name of the nearest earlier sentence that has one."""
        for index in range(self.sentence - 1, max(self.sentence - 3, -1), -1):
            if not _inside(self.names, self.document.sentences[index]):
                continue
            line = self.line_of(index)
            for c in self.candidates_of(index):
                if c.is_head and not c.governor and not is_dateline(line, c) and self.fit(c, stage) >= 0:
                    return c
        return None

    def carries_on(self) -> bool:
        """Whether the sentence goes on about the actor of the one before, in the same paragraph."""
        if self.last_sentence == self.sentence:
            return True
        if self.last_sentence != self.sentence - 1 or not self.last_is_sure:
            return False
        before, here = self.document.sentences[self.last_sentence], self.line.span
        return "\n" not in self.document.text[before.end : here.start]

    def topic_for(self, stage: StageReading) -> Candidate | None:
        """Whom the article is about, for a quantity of this topic."""
        state, company, _ = self.topics
        if stage.topic in (Topic.INDUSTRY, Topic.PRODUCTION):
            return company or state
        return state or company

    def fit(self, candidate: Candidate, stage: StageReading) -> float:
        """What the topic of the quantity says for or against a sort of actor."""
        rating = 0.0
        if self.speaker and candidate.text in self.speaker and stage.stage != Stage.NEED:
            rating -= 2.6
        if candidate.is_observer:
            rating -= 3.0
        if candidate.kind == "person" and stage.stage is None:
            rating -= 1.5
        if stage.topic == Topic.LOSSES and candidate.kind == "state" and not candidate.is_head:
            rating += 2.5
        if stage.topic == Topic.LOSSES and candidate.kind == "description":
            rating -= 1.5
        if candidate.kind == "company" or candidate.classes & g.Cue.COMPANY:
            if stage.topic in (Topic.PROCUREMENT, Topic.AID, Topic.BUDGET) and stage.stage:
                rating -= 3.5
        elif stage.topic == Topic.INDUSTRY and self.topics.company:
            rating -= 1.5
        if candidate.kind == "programme" or candidate.classes & g.Cue.PROGRAMME:
            rating -= 1.0
        recipient = self.topics.recipient
        if recipient and stage.topic == Topic.AID and stage.stage != Stage.NEED and candidate.country == recipient.party:
            rating -= 2.0
        return rating

    def plain(self, candidate: Candidate) -> Candidate:
        """A party that an adjective names, by its plain name: `South Korean tanks` come from `South Korea`."""
        if candidate.form != "adjective" or candidate.is_head or not candidate.party:
            return candidate
        return candidate._replace(text=display_names(self.document.pack.code)[candidate.party])

    def find_maker(self, text: str | None) -> Candidate | None:
        """The party whose adjective describes the object (`South Korean tanks`), else the last supplier named."""
        if text:
            for c in self.candidates:
                if not c.is_head and c.kind == "state" and c.text in text and (c.form == "adjective" or c.is_owner):
                    return self.plain(c)
        return self.last_supplier


def _inside(hits: Sequence[Hit[T]], span: Span) -> Sequence[Hit[T]]:
    """The hits that begin inside a span."""
    return hits[bisect_left(hits, (span.start,)) : bisect_left(hits, (span.end,))]
