"""Who does what to whom: object, base, actor, counterparty and speaker of each quantity, as worded in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from etl.extract.document import Document
from etl.extract.network import Looked
from etl.extract.ranking import Ranker
from etl.extract.readings import RoleReading, StageReading
from etl.extract.roles.actors import ActorFinder
from etl.extract.roles.apart import set_apart
from etl.extract.roles.bases import BaseFinder
from etl.extract.roles.candidates import Candidate
from etl.extract.roles.counterparties import CounterpartyFinder
from etl.extract.roles.credit import CreditFinder
from etl.extract.roles.objects import ObjectFinder
from etl.extract.roles.opinion import LEARNED, answer_role, word_side, word_thing
from etl.extract.roles.pairs import PairFinder, describe_stage
from etl.extract.roles.phrases import Wording
from etl.extract.roles.reader import Place, Reader
from etl.extract.roles.sides import Side, SideFinder
from etl.extract.roles.things import Thing, ThingFinder, list_wholes
from etl.extract.roles.voices import Speaker, Voice, list_voices
from etl.records import Evidence, Quantity
from tracker.vocabulary import Kind, Topic

_WITH_BASE = (Kind.SHARE, Kind.CHANGE)
LABEL = "label"
"""The rule that reads who has the floor in a transcript; no model overrules it."""
_GUESSED = ("topic", "weak")
"""Rules that name whom the article is about, where the sentence names nobody who acts."""


def bind_roles(
    document: Document, quantities: Sequence[Quantity], stages: Sequence[StageReading], looked: Mapping[str, Looked[Ranker]]
) -> Binding:
    """The roles of each quantity, in their order; who acts on whom by the rules alone until the stages are settled.

    "Estonia will send 30 howitzers to Ukraine" gives actor `Estonia`, object `howitzers`, counterparty `Ukraine`.
    `looked` is by role what its model sees.
    """
    binder = _Binder(Reader(document, quantities))
    return Binding(binder, binder.hear([binder.rule(*pair) for pair in zip(quantities, stages, strict=True)], looked), looked)


def rule_roles(
    document: Document, quantities: Sequence[Quantity], stages: Sequence[StageReading]
) -> list[RoleReading]:
    """The same by the rules alone, before the models are heard."""
    binder = _Binder(Reader(document, quantities))
    return [binder.read(binder.rule(*pair)) for pair in zip(quantities, stages, strict=True)]


class Binding:
    """The roles of an article's quantities, before and after it is settled how far each has come."""

    def __init__(self, binder: _Binder, heard: Sequence[_Ruled], looked: Mapping[str, Looked[Ranker]]) -> None:
        self._binder = binder
        self._heard = heard
        self._looked = looked
        self.readings = [binder.read(one) for one in heard]
        """The roles, actor and counterparty by the rules alone."""

    @property
    def described(self) -> list[Described]:
        """What the models choose from."""
        return [one.described for one in self._heard]

    def settle(self, stages: Sequence[StageReading]) -> list[RoleReading]:
        """The same with those who act and those on the other side that fit the stages, which may be others than the rules' own."""
        binder = self._binder
        language = binder.reader.document.pack.code
        acted = self._find_actors(stages)
        pairs = self._pair(acted, stages)
        others = answer_role("counterparty", [pair.sides for pair in pairs], [pair.own for pair in pairs], self._looked["counterparty"])
        settled: list[RoleReading] = []
        for reading, heard, one, pair, other in zip(self.readings, self._heard, acted, pairs, others, strict=True):
            told = word_side(other, pair.own, pair.told, language)
            is_same = told is heard.other and one.actor is heard.actor
            settled.append(reading if is_same else binder.read(one._replace(other=told)))
        return set_apart(binder.reader.document, [one.place for one in acted], settled)

    def describe_pairs(self, stages: Sequence[StageReading]) -> list[Pair]:
        """What the counterparty of each quantity is chosen from."""
        return self._pair(self._find_actors(stages), stages)

    def _find_actors(self, stages: Sequence[StageReading]) -> list[_Ruled]:
        looked = self._looked["actor"]
        looked = looked._replace(sums=looked.sums + looked.model.asked.sum([describe_stage(stage) for stage in stages]))
        own = [one.described.chosen.get("actor") for one in self._heard]
        acting = answer_role("actor", [one.described.sides for one in self._heard], own, looked)
        language = self._binder.reader.document.pack.code
        return [
            one._replace(actor=word_side(side, ruled, one.actor, language), acting=side)
            for one, ruled, side in zip(self._heard, own, acting, strict=True)
        ]

    def _pair(self, acted: Sequence[_Ruled], stages: Sequence[StageReading]) -> list[Pair]:
        finder = PairFinder(self._binder.reader)
        return [one.pair(finder, stage) for one, stage in zip(acted, stages, strict=True)]


class Pair(NamedTuple):
    """Who may stand on the other side of one quantity, and whom the rules chose of them."""

    sides: list[Side]
    own: Side | None
    told: tuple[Candidate | None, str]
    """How the text words whom the rules chose, and the rule that says so."""


class Described(NamedTuple):
    """What the models choose from for one quantity, and what the rules chose of it."""

    things: list[Thing]
    thing: Thing | None
    sides: list[Side]
    chosen: dict[str, Side]
    """By role: `actor`, `counterparty`."""
    voices: list[Voice]
    voice: Voice | None
    wholes: list[Thing]
    """What a share or change may have as its base; of other quantities none."""
    whole: Thing | None


def describe_roles(
    document: Document, quantities: Sequence[Quantity], stages: Sequence[StageReading]
) -> list[Described]:
    """The candidates for the roles of each quantity, to train the models on."""
    binder = _Binder(Reader(document, quantities))
    return [binder.rule(*pair).described for pair in zip(quantities, stages, strict=True)]


class _Ruled(NamedTuple):
    """What the rules say of one quantity."""

    place: Place
    voice: Voice | None
    voice_rule: str
    base: tuple[Wording | None, str]
    is_base_named: bool
    """Whether the words leave no doubt what the base is."""
    thing: tuple[Wording | None, str]
    actor: tuple[Candidate | None, str]
    other: tuple[Candidate | None, str]
    described: Described
    acting: Side | None = None
    """Who acts, after the models have been heard."""

    def pair(self, finder: PairFinder, stage: StageReading) -> Pair:
        """The parties beside who acts."""
        sides, own, told = self.described.sides, self.described.chosen.get("counterparty"), self.other
        if own is not None and own is self.acting:  # nobody deals with himself
            own, told = None, (None, LEARNED)
        others = [side for side in sides if side is not self.acting]
        thing = self.thing[0].text if self.thing[0] else None
        described = finder.describe(self.place, stage, thing, self.acting, others, own)
        index = next((number for number, side in enumerate(others) if side is own), None)
        return Pair(described, described[index] if index is not None else None, told)


class _Binder:
    """The finders of one article; each remembers what the quantities before said."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.things = ThingFinder(reader)
        self.sides = SideFinder(reader)
        self.credits = CreditFinder(reader)
        self.bases = BaseFinder(reader)
        self.objects = ObjectFinder(reader, self.bases)
        self.actors = ActorFinder(reader)
        self.counterparties = CounterpartyFinder(reader)

    def rule(self, quantity: Quantity, stage: StageReading) -> _Ruled:
        """What the rules say of a quantity, the next in text order, with all that may be chosen instead."""
        place = self.reader.place(quantity, stage)
        credit = self.credits.find(place)
        speaker = credit.speaker if credit else None
        base = self.bases.find(place, self.objects.last)
        thing, thing_rule = self.objects.find(place, speaker)
        actor, actor_rule = self.actors.find(place, speaker)
        is_bought = stage.topic is Topic.PROCUREMENT and actor_rule in _GUESSED
        if is_bought and actor and thing and actor.kind == "company" and actor.text in thing.text:
            actor, actor_rule = None, "none"  # who makes the thing does not buy it: "60 hélicoptères Caracal"
        if actor and speaker and actor.text != speaker and actor.party is None and actor.text.endswith(speaker):
            credit = speaker = None  # the last of those who act: "Denmark and Norway said they would send"
        is_sale = actor_rule in ("buyer", "client")
        other, other_rule = self.counterparties.find(place, actor, thing, is_sale=is_sale)
        parties = {"actor": (actor, actor_rule), "counterparty": (other, other_rule)}
        things, own = ([], None) if thing_rule == "noun" else self.things.describe(place, thing, thing_rule)
        ruled = {role: (found, rule) for role, (found, rule) in parties.items() if found}
        sides, chosen = self.sides.describe(place, ruled, speaker, self.actors.ratings)
        voices, voice = list_voices(self.reader.document, place, sides, credit)
        self.things.note(place, thing)
        wholes, whole = list_wholes(place, things, base) if quantity.kind in _WITH_BASE else ([], None)
        described = Described(things, own, sides, chosen, voices, voice, wholes, whole)
        voice_rule = LABEL if credit and credit.is_label else "attribution"
        return _Ruled(place, voice, voice_rule, (base, "whole"), self.bases.is_named, (thing, thing_rule), (actor, actor_rule), (other, other_rule), described)

    def hear(self, ruled: Sequence[_Ruled], looked: Mapping[str, Looked[Ranker]]) -> list[_Ruled]:
        """The same after the models have been heard, but for who acts on whom."""
        choices = [one.described for one in ruled]
        things = answer_role("object", [choice.things for choice in choices], [choice.thing for choice in choices], looked["object"])
        wholes = answer_role("base", [choice.wholes for choice in choices], [choice.whole for choice in choices], looked["base"])
        voices = answer_role("speaker", [choice.voices for choice in choices], [choice.voice for choice in choices], looked["speaker"])
        return [
            one._replace(
                voice=one.voice if one.voice_rule == LABEL else voice,
                voice_rule=one.voice_rule if voice is choice.voice or one.voice_rule == LABEL else LEARNED,
                base=one.base if one.is_base_named else word_thing(whole, choice.whole, one.base),
                thing=word_thing(thing, choice.thing, one.thing),
            )
            for one, choice, whole, thing, voice in zip(ruled, choices, wholes, things, voices, strict=True)
        ]

    def read(self, ruled: _Ruled) -> RoleReading:
        """The roles as worded, with the party that each names."""
        thing, thing_rule = ruled.thing
        actor, actor_rule = ruled.actor
        other, other_rule = ruled.other
        base, base_rule = ruled.base
        speaker = ruled.voice.name(self.reader.document.pack.code) if ruled.voice else None
        return RoleReading(
            thing.text if thing else None,
            base.text if base else None,
            actor.text if actor else None,
            other.text if other else None,
            speaker.text if speaker else None,
            actor.party if actor else None,
            other.party if other else None,
            (speaker.party or self._speaking_party(speaker.text, ruled.place)) if speaker else None,
            _evidence(
                ("object", thing_rule, thing),
                ("base", base_rule, base),
                ("actor", actor_rule, actor),
                ("counterparty", other_rule, other),
                ("speaker", ruled.voice_rule, speaker),
            ),
        )

    def _speaking_party(self, speaker: str, place: Place) -> str | None:
        """The party whose name makes up most of the speaker's wording, None for persons."""
        for start, end, name in self.reader.names_in(place.sentence):
            words = self.reader.document.text[start:end]
            if words in speaker and 2 * len(words) > len(speaker):
                return name.party
        return None


def _evidence(*found: tuple[str, str, Wording | Candidate | Speaker | None]) -> tuple[Evidence, ...]:
    """The rule of each field with the words it rests on; a party known from the title has no words in the text."""
    evidence: list[Evidence] = []
    new = tuple.__new__  # past the named tuple's own constructor, a call a field
    for field, rule, item in found:
        if item:
            start, end = (item.start, item.end) if item.start >= 0 else (None, None)
            evidence.append(new(Evidence, (field, f"{field}.{rule}", start, end)))
    return tuple(evidence)
