"""Who acts: the best subject of the sentence, else whom the sentence before or the article is about."""

from __future__ import annotations

from typing import Final

from etl.extract.readings import StageReading
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate, is_dateline
from etl.extract.roles.descriptions import resolve_description
from etl.extract.roles.reader import Place, Reader, Sentence, receives
from etl.extract.roles.subjects import SURE, has_predicate, rate_actor
from tracker.vocabulary import Kind, Stage, Topic

_PRONOUN_WORDS: Final = 6
"""How far from the beginning of a sentence a pronoun may stand for its subject."""
_LOOK_BACK: Final = 2
_BESIDE: Final = 2
_JOINED: Final = frozenset({"state", "body", "company"})
_ATTRIBUTED: Final = 4.5
"""What speaks for a giver whom the sum is attributed to."""
_RECEIVED: Final = 3.0
"""What counts against the one who gets aid."""
_SPOKEN: Final = 2.6
"""What counts against a party that only says what another does."""
_ORDERED: Final = frozenset({Stage.AUTHORISATION, Stage.AWARD, Stage.CONTRACT, Stage.DELIVERY})
_BOUGHT: Final = frozenset({Topic.PROCUREMENT, Topic.AID, Topic.BUDGET})

Found = tuple[Candidate | None, str]
"""The actor and the rule that found it."""


class ActorFinder:
    """Finds actors in text order: a sentence that names nobody goes on about the one before."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._last: Candidate | None = None
        self._sentence = -1
        self._is_sure = False
        self._client: Candidate | None = None
        """The last buyer to whom a sale was permitted."""
        self._licenser = ""
        """The state that permitted it."""
        self.ratings: dict[int, float] = {}
        """How well each party of the last quantity's sentence fits, by where it starts."""

    def find(self, place: Place, speaker: str | None) -> Found:
        """Who acts and the rule that says so; None for permanent properties and unit prices."""
        self.ratings.clear()
        if self._has_none(place):
            return None, "none"
        index = place.sentence.number
        if index - self._sentence > _LOOK_BACK:
            self._last = None
        actor, rule = self._find(place, speaker)
        if actor:
            self._last = actor
            self._sentence = index
            self._is_sure = rule == "subject" or (self._is_sure and rule == "previous")
        return actor, rule

    @staticmethod
    def _has_none(place: Place) -> bool:
        if place.stage.stage is not None:
            return False
        quantity = place.quantity
        if quantity.kind in (Kind.MEASURE, Kind.DURATION):
            return place.stage.topic == Topic.OTHER
        return quantity.kind == Kind.MONEY and quantity.per == "item"

    def _find(self, place: Place, speaker: str | None) -> Found:
        stage = place.stage
        best, score = self._best(place, speaker)
        buyer = _buyer(place, best)
        if buyer:
            self._client, self._licenser = buyer, best.country if best else ""
            return buyer, "buyer"
        client = self._client if stage.stage == Stage.AUTHORISATION else None
        if client and (best is None or score < SURE or (best.country and best.country == self._licenser)):
            return client, "client"
        language = self.reader.document.pack.code
        if best and score >= SURE:
            group = self._group(place, best)
            return (group or resolve_description(self.reader, best).plain(language)), "subject"
        referent = self._referent(place, speaker)
        if referent:
            return resolve_description(self.reader, referent), "pronoun"
        previous = self._last
        if previous and self._fit(previous, stage, speaker) < 0:
            previous = None
        if previous and self._carries_on(place.sentence):
            return previous, "previous"
        topic = self._topic(stage)
        if previous and topic is None:
            return previous, "previous"
        if topic:
            return topic, "topic"
        return (best.plain(language), "weak") if best else (None, "none")

    def _best(self, place: Place, speaker: str | None) -> tuple[Candidate | None, float]:
        """The candidate of the sentence that fits best, with its rating."""
        stage, line, first = place.stage, place.sentence.line, place.first
        heads_first = self.reader.grammar.heads_first
        is_rate = place.quantity.kind == Kind.CHANGE
        best, score = None, -1.0
        for candidate in place.sentence.candidates:
            rating = rate_actor(line, candidate, first, place.last, heads_first=heads_first, is_rate=is_rate)
            rating += self._fit(candidate, stage, speaker)
            if speaker and candidate.text in speaker and _stands_for(line.flags[candidate.last : first]):
                rating += _SPOKEN
            if stage.topic == Topic.AID:
                rating += self._fit_aid(place, candidate)
            self.ratings[candidate.start] = rating
            if rating > score:
                best, score = candidate, rating
        return best, score

    def _group(self, place: Place, last: Candidate) -> Candidate | None:
        """The parties of a list that a candidate ends, as one: `Germany, Denmark and the Netherlands`."""
        if last.governor or not last.is_head or last.kind not in _JOINED:
            return None
        flags, first = place.sentence.line.flags, last
        needed = g.CONJUNCTION
        for c in reversed(place.sentence.candidates):
            if c.last > first.first or not c.is_head or c.governor or c.kind not in _JOINED:
                continue
            between = [flag for flag in flags[c.last : first.first] if not flag & g.DETERMINER]
            if len(between) != 1 or not between[0] & needed:
                break
            first, needed = c, g.MARK | g.CONJUNCTION
        if first is last:
            return None
        text = self.reader.document.text[first.start : last.end]
        return last._replace(start=first.start, first=first.first, text=text, party=None)

    def _fit_aid(self, place: Place, candidate: Candidate) -> float:
        """Who gets aid does not give it; who stands right after a sum gives it: `42 billion for Europe`."""
        if receives(place.sentence, candidate):
            return -_RECEIVED
        recipient = self.reader.topics.recipient
        beside = candidate.is_head and 0 <= candidate.first - place.last <= _BESIDE
        if recipient and beside and candidate.governor & g.RECIPIENT and not _has_subject(place):
            other = candidate.kind in ("state", "body") and candidate.country != recipient.party
            return _ATTRIBUTED if other else 0.0
        return 0.0

    def _fit(self, candidate: Candidate, stage: StageReading, speaker: str | None) -> float:
        """What the topic of the quantity says for or against a sort of actor."""
        topic = stage.topic
        rating = 0.0
        reports_itself = topic == Topic.INDUSTRY and candidate.kind == "company"
        if speaker and stage.stage != Stage.NEED and candidate.text in speaker and not reports_itself:
            rating -= _SPOKEN
        if candidate.is_observer:
            rating -= 3.0
        if candidate.kind == "person" and stage.stage is None:
            rating -= 1.5
        if candidate.kind == "company" or candidate.classes & g.Cue.COMPANY:
            bought = stage.stage and topic in _BOUGHT and not self.reader.topics.is_about_company
            rating -= 3.5 if bought else 0.0
        elif topic == Topic.INDUSTRY and self.reader.topics.company:
            rating -= 1.5
        if candidate.kind == "programme" or candidate.classes & g.Cue.PROGRAMME:
            rating -= 2.5
        if topic == Topic.LOSSES:
            rating += _fit_losses(candidate)
        if topic == Topic.AID and stage.stage != Stage.NEED:
            recipient = self.reader.topics.recipient
            rating -= 2.0 if recipient and candidate.country == recipient.party else 0.0
        return rating

    def _referent(self, place: Place, speaker: str | None) -> Candidate | None:
        """Whom a pronoun or possessive before the quantity stands for: the subject of the sentence before."""
        flags = place.sentence.line.flags
        for flag in flags[: min(place.first, _PRONOUN_WORDS)]:
            if flag & (g.ANAPHOR | g.POSSESSIVE):
                return self._subject_before(place, speaker)
        for index in range(place.first):
            if flags[index] & (g.PREDICATE | g.QUANTITY):
                return None
            if flags[index] & g.ANAPHOR:
                return self._subject_before(place, speaker)  # "D'ici la fin de l'année, elle compte former"
        return None

    def _subject_before(self, place: Place, speaker: str | None) -> Candidate | None:
        """The first free-standing name of the nearest earlier sentence that has one."""
        index = place.sentence.number
        for before in range(index - 1, max(index - 1 - _LOOK_BACK, -1), -1):
            if not self.reader.has_party(before):
                continue
            sentence = self.reader.sentence(before)
            for c in sentence.candidates:
                if not c.is_head or c.governor or c.is_given or is_dateline(sentence.line, c):
                    continue
                if self._fit(c, place.stage, speaker) >= 0:
                    return c
        return None

    def _carries_on(self, sentence: Sentence) -> bool:
        """Whether the sentence goes on about the actor of the one before, in the same paragraph."""
        if self._sentence == sentence.number:
            return True
        if self._sentence != sentence.number - 1 or not self._is_sure:
            return False
        document = self.reader.document
        return "\n" not in document.text[document.sentences[self._sentence].end : sentence.line.span.start]

    def _topic(self, stage: StageReading) -> Candidate | None:
        """Whom the article is about, for a quantity of this topic."""
        topics = self.reader.topics
        state, company = topics.donor if stage.topic == Topic.AID else topics.state, topics.company
        if stage.topic == Topic.PROCUREMENT and stage.stage:
            return state or company
        if topics.is_about_company or stage.topic in (Topic.INDUSTRY, Topic.PRODUCTION):
            return company or state
        return state or company


def _buyer(place: Place, best: Candidate | None) -> Candidate | None:
    """Who buys where the subject permits or supplies: `cleared a sale to Romania`, `BAE won an order from Norway`."""
    stage = place.stage.stage
    if stage not in _ORDERED or not _is_sale(place):
        return None
    if stage == Stage.AUTHORISATION:
        licenser = best.country if best else ""
        return _governed(place, g.RECIPIENT, ("state",)) or _governed(place, g.RECIPIENT, ("body", "description"), licenser)
    if not (best and best.kind == "company"):
        return None
    return _governed(place, g.RECIPIENT | g.SUPPLIER | g.AGENT, ("state", "body"))


def _governed(place: Place, governed: int, kinds: tuple[str, ...], but: str | None = None) -> Candidate | None:
    """The first party of some kinds that a preposition governs; with `but`, of another country than that."""
    for candidate in place.sentence.candidates:
        may_buy = candidate.governor & governed and candidate.is_head and candidate.kind in kinds
        if may_buy and (but is None or candidate.country not in ("", but)):
            return candidate
    return None


def _is_sale(place: Place) -> bool:
    """Whether something is bought: procurement, or an export of which the sentence says that it is a sale."""
    topic = place.stage.topic
    return topic == Topic.PROCUREMENT or (topic == Topic.TRADE and bool(place.sentence.classes & g.Cue.SALE))


def _has_subject(place: Place) -> bool:
    """Whether a party with a verb stands before a quantity."""
    line = place.sentence.line
    return any(
        c.is_head and not c.governor and c.last <= place.first and has_predicate(line, c)
        for c in place.sentence.candidates
    )


def _stands_for(between: list[int]) -> bool:
    """Whether a pronoun between a party and its quantity may stand for the party: `Denmark said it would send`."""
    return any(flag & g.ANAPHOR for flag in between)


def _fit_losses(candidate: Candidate) -> float:
    """Who loses is said by an adjective (`Russian tanks`), who counts the losses by a description (`the army`)."""
    if candidate.kind == "state" and not candidate.is_head:
        return 2.5
    return -1.5 if candidate.kind == "description" else 0.0
