"""Parties that one sentence gives to its figures apart.

`14 tanks, against 31 for France`, `A and B ordered 18 and 32 respectively`, `Germany (18), Poland (14)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from etl.extract.document import Document
from etl.extract.phrases import Phrases, phrase_set
from etl.extract.readings import RoleReading
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate, is_dateline
from etl.extract.roles.reader import Place
from etl.records import Evidence
from tracker.vocabulary import Kind, Topic

_REACH: Final = 6
"""Words between a figure that is compared and whose it is."""
_LEAD: Final = 60
_OPENING: Final = 8
"""How far before a figure its bracket may open, in characters: `(about 18)`."""
_QUALIFIERS: Final = 2
"""Words that may stand between the word of comparison and its figure."""


def set_apart(document: Document, places: Sequence[Place], readings: list[RoleReading]) -> list[RoleReading]:
    """The readings, each figure of a comparison or of a list with `respectively` with its own party as the actor."""
    roles = document.pack.roles
    contrasts, respective = phrase_set(roles.contrasts), phrase_set(roles.respective)
    for index, place in enumerate(places):
        is_second = index > 0 and places[index - 1].sentence.number == place.sentence.number
        if is_second and not _is_supplied(place) and _is_compared(document, place, contrasts):
            owner = _owner(place)
            if owner is not None:
                readings[index] = _act(readings[index], owner, document.pack.code, "contrast")
                _free(readings, places, index, owner)
    for names in _bracketed(document, places):
        _tell_apart(places, readings, names, document.pack.code)
    for group in _groups(places):
        span = document.sentences[places[group[0]].sentence.number]
        words = document.folded[span.start + 1 : span.end + 1].split()
        if any(word in respective for word in words):
            actors = _listed(places[group[0]])
            if len(actors) == len(group):
                for index, actor in zip(group, actors, strict=True):
                    readings[index] = _act(readings[index], actor, document.pack.code, "respective")
                    for other in actors:
                        readings[index] = _without(readings[index], other)
    return readings


def _bracketed(document: Document, places: Sequence[Place]) -> list[dict[int, Candidate]]:
    """By sentence the figures that stand in brackets right behind a party, two or more: `Germany (18), Poland (14)`."""
    found: dict[int, dict[int, Candidate]] = {}
    for index, place in enumerate(places):
        before = document.text[max(0, place.quantity.start - _OPENING) : place.quantity.start]
        if "(" not in before:
            continue
        opening = place.sentence.line.index_before(place.quantity.start - len(before) + before.rindex("(") + 1)
        name = next((c for c in place.sentence.candidates if c.last == opening and c.is_head and c.form != "adjective"), None)
        if name is not None:
            found.setdefault(place.sentence.number, {})[index] = name
    return [names for names in found.values() if len(names) > 1]


def _tell_apart(places: Sequence[Place], readings: list[RoleReading], names: dict[int, Candidate], language: str) -> None:
    """Gives each figure in brackets the party before it, all in one role.

    Where one of the parties deals with somebody else who acts, all of them do: `Switzerland exported to Germany (18), Poland (14)`.
    """
    listed = names.values()
    dealing = [
        index
        for index, name in names.items()
        if _is_same(readings[index].counterparty, readings[index].counterparty_party, name)
        and readings[index].actor
        and not any(_is_same(readings[index].actor, readings[index].actor_party, one) for one in listed)
    ]
    if dealing and places[dealing[0]].quantity.kind is not Kind.CHANGE:
        for index, name in names.items():
            readings[index] = _deal(readings[index], name.plain(language), readings[dealing[0]], listed)
        return
    for index, name in names.items():
        reading = readings[index]
        if not reading.actor or name.text not in reading.actor:  # but "Slovenia and Luxembourg (1.29 % each)"
            reading = _act(reading, name, language, "bracket")
        for other in listed:
            reading = _without(reading, other)
        readings[index] = reading


def _deal(reading: RoleReading, named: Candidate, model: RoleReading, listed: Iterable[Candidate]) -> RoleReading:
    """The reading with a party on the other side, and the actor of `model` where its own is one of those listed."""
    kept = [proof for proof in reading.evidence if proof.field != "counterparty"]
    kept.append(Evidence("counterparty", "counterparty.bracket", named.start, named.end))
    if reading.actor is None or any(_is_same(reading.actor, reading.actor_party, one) for one in listed):
        kept = [proof for proof in kept if proof.field != "actor"]
        kept.extend(proof for proof in model.evidence if proof.field == "actor")
        reading = reading._replace(actor=model.actor, actor_party=model.actor_party)
    return reading._replace(counterparty=named.text, counterparty_party=named.party, evidence=tuple(kept))


def _is_same(words: str | None, party: str | None, name: Candidate) -> bool:
    """Whether a role is that of a party."""
    return words is not None and (words == name.text or (party is not None and party == name.party))


def _is_supplied(place: Place) -> bool:
    """Whether a figure is a share in somebody's purchases: `42% came from Seoul, against 24% for Moscow`."""
    return place.quantity.kind is Kind.SHARE and place.stage.topic is Topic.TRADE


def _is_compared(document: Document, place: Place, contrasts: Phrases[int]) -> bool:
    """Whether a word of comparison leads in the figure: `against 31`, `contre près de 5 milliards`."""
    start = place.quantity.start
    words = document.folded[max(0, start - _LEAD) + 1 : start + 1].split()
    return any(contrasts.end(words[: len(words) - skip])[1] for skip in range(min(_QUALIFIERS + 1, len(words))))


def _owner(place: Place) -> Candidate | None:
    """The party behind `for` that a figure of comparison belongs to."""
    flags = place.sentence.line.flags
    for c in place.sentence.candidates:
        if place.last <= c.first <= place.last + _REACH and c.is_head and c.governor & (g.PURPOSE | g.RECIPIENT):
            between = flags[place.last : c.first]
            return None if any(flag & (g.MARK | g.QUANTITY | g.VERB) for flag in between) else c
    return None


def _act(reading: RoleReading, actor: Candidate, language: str, rule: str) -> RoleReading:
    """The reading with another actor, who is not on the other side as well."""
    named = actor.plain(language)
    others = [e for e in reading.evidence if e.field != "actor"]
    reading = reading._replace(
        actor=named.text, actor_party=named.party, evidence=(*others, Evidence("actor", f"actor.{rule}", actor.start, actor.end))
    )
    return _without(reading, named)


def _without(reading: RoleReading, party: Candidate) -> RoleReading:
    """The reading without the party on the other side."""
    is_same = reading.counterparty == party.text or (party.party is not None and reading.counterparty_party == party.party)
    if not is_same:
        return reading
    others = tuple(e for e in reading.evidence if e.field != "counterparty")
    return reading._replace(counterparty=None, counterparty_party=None, evidence=others)


def _free(readings: list[RoleReading], places: Sequence[Place], index: int, owner: Candidate) -> None:
    """Takes whose a figure of comparison is from the other side of the figures before it."""
    for before in range(index - 1, -1, -1):
        if places[before].sentence.number != places[index].sentence.number:
            break
        readings[before] = _without(readings[before], owner)


def _groups(places: Sequence[Place]) -> list[list[int]]:
    """Figures of one sentence, kind and unit, two or more."""
    found: dict[tuple[int, str | None], list[int]] = {}
    for index, place in enumerate(places):
        found.setdefault((place.sentence.number, str(place.quantity.kind)), []).append(index)
    return [group for group in found.values() if len(group) > 1]


def _listed(place: Place) -> list[Candidate]:
    """The parties joined by commas and `and` before the first figure, in their order."""
    line = place.sentence.line
    flags = line.flags
    listed: list[Candidate] = []
    for c in place.sentence.candidates:
        if c.last > place.first or not c.is_head or c.governor or is_dateline(line, c):
            continue
        gap = flags[listed[-1].last : c.first] if listed else []
        if listed and not (gap and all(flag & (g.MARK | g.CONJUNCTION | g.DETERMINER) for flag in gap)):
            listed = []
        listed.append(c)
    return listed
