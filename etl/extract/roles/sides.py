"""The parties that may act in a quantity, each with its marks for the model that chooses among them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from etl.extract.document import fold_text
from etl.extract.parties import name_matcher
from etl.extract.ranking import Mark, Pattern
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate, is_dateline
from etl.extract.roles.reader import Place, Reader, receives
from etl.extract.roles.subjects import has_predicate
from etl.extract.roles.things import name_following, name_governor, name_preceding

_LOOK_BACK: Final = 2
_STEM: Final = 6
_FAR: Final = (1, 2, 3, 4, 7, 12, 20)
"""Where distances in words are parted."""
_MANY: Final = 3
_OFTEN: Final = (1, 2, 3, 4, 7, 12)
"""Where counts of mentions are parted."""
_CLASSES: Final = (
    (g.Cue.TITLE, "title"),
    (g.Cue.INSTITUTION, "institution"),
    (g.Cue.COMPANY, "company"),
    (g.Cue.STATE, "state"),
    (g.Cue.ALLIANCE, "alliance"),
    (g.Cue.PROGRAMME, "programme"),
)
_EARLIER: Final = Pattern("earlier", ((0,), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6)))
_PLACE: Final = Pattern(
    "place",
    ((0,), (0, 1), (0, 1, 2), (0, 3), (0, 4), (0, 5), (0, 1, 6), (0, 6, 7), (0, 8), (0, 1, 6, 5), (9,), (10,), (11,), (12,)),
)
_DEAL: Final = Pattern("deal", ((0, 1, 2), (0, 1, 3)))
_RATED: Final = Pattern("rated", ((0,), (0, 1)))
_BESIDE: Final = Pattern("beside", ((0, 1), (0, 2), (0, 3), (0, 4)))
_FRAME: Final = Pattern("frame", ((0, 1, 2), (0, 1, 3), (0, 1, 2, 3)))
_TOPIC: Final = Pattern("topic", ((0,), (0, 1), (0, 2)))
_KIND: Final = Pattern("kind", ((0,), (0, 1, 2), (0, 3, 2)))
_RULED: Final = Pattern("ruled", ((0,), (0, 1), (0, 2)))
_CLASS: Final = Pattern("class", ())
_WHOLE: Final = Pattern("whole", tuple((index,) for index in range(11)))


class Side(NamedTuple):
    """A party with its mentions near a quantity."""

    key: str
    mentions: list[Candidate]
    marks: list[Mark]


class _Seen(NamedTuple):
    """A mention with what holds for every quantity of its sentence."""

    key: str
    candidate: Candidate
    governor: str
    has_verb: bool
    words: tuple[str, str, str, str]
    """The beginnings of the words before it, of those before these, after it and after these."""
    frame: tuple[str, str]
    """What sort of word stands before it and its preposition, and what sort after it."""
    earlier: tuple[Mark, ...]
    """Its marks for quantities of later sentences, by how many sentences lie between."""


def key_of(candidate: Candidate) -> str:
    """What tells parties apart: the identifier, else the wording."""
    return candidate.party or candidate.text.lower()


class SideFinder:
    """Describes the parties near each quantity, in text order."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        document = reader.document
        self._counts = Counter([name.value.party or document.text[name.start : name.end].lower() for name in reader.names])
        self._titled: set[str | None] = set()
        if document.title:
            found = name_matcher(document.pack.code).find(fold_text(document.title))
            self._titled = {name.value.party for name in found if name.value.party}
        self._last: dict[str, str] = {}
        self._seen: dict[int, list[_Seen]] = {}

    def describe(
        self,
        place: Place,
        ruled: Mapping[str, tuple[Candidate, str]],
        speaker: str | None,
        ratings: Mapping[int, float],
    ) -> tuple[list[Side], dict[str, Side]]:
        """The parties of the sentence, of those before and of the article; and which of them the rules chose for a role.

        `ratings` are those of the rules for the candidates of the sentence, by where they start.
        """
        sides: dict[str, Side] = {}
        deal = (str(place.stage.stage), str(place.stage.topic), str(place.quantity.kind))
        number = place.sentence.number
        for back in range(min(_LOOK_BACK, number), 0, -1):
            if self.reader.has_party(number - back):
                for seen in self._read(number - back):
                    _side(sides, seen.key, seen.candidate).marks.append(seen.earlier[back - 1])
        near = self._add_near(sides, place, deal, ratings)
        self._add_topics(sides, deal)
        chosen = {role: _chosen(sides, candidate) for role, (candidate, _) in ruled.items()}
        for role in ("actor", "counterparty"):
            own = chosen.get(role)
            rule = ruled[role][1] if role in ruled else "none"
            its, others = (_RULED[f"{role} {name}", rule, deal[1]] for name in ("yes", "no" if own else "none"))
            for side in sides.values():
                side.marks.append(its if side is own else others)
        for side in sides.values():
            self._add_whole(side, place, near, speaker, deal)
        for role, side in chosen.items():
            self._last[role] = side.key
        return list(sides.values()), chosen

    def _read(self, number: int) -> list[_Seen]:
        """The parties of a sentence."""
        found = self._seen.get(number)
        if found is None:
            sentence = self.reader.sentence(number)
            line, heads_first = sentence.line, self.reader.grammar.heads_first
            text, starts, ends, size = self.reader.document.text, line.starts, line.ends, len(line)
            found = self._seen[number] = []
            for rank, c in enumerate(sentence.candidates):
                first, last = c.first, c.last
                governor, has_verb = name_governor(c.governor) if c.governor else "none", has_predicate(line, c, heads_first=heads_first)
                words = (
                    text[starts[first - 1] : ends[first - 1]].lower()[:_STEM] if first else "",
                    text[starts[first - 2] : ends[first - 2]].lower()[:_STEM] if first > 1 else "",
                    text[starts[last] : ends[last]].lower()[:_STEM] if last < size else "",
                    text[starts[last + 1] : ends[last + 1]].lower()[:_STEM] if last + 1 < size else "",
                )
                begin = first - (1 if c.governor else 0)
                while begin > 0 and line.flags[begin - 1] & (g.DETERMINER | g.PREPOSITION):
                    begin -= 1
                frame = (
                    name_preceding(line.flags[begin - 1]) if begin > 0 else "start",
                    name_following(line.flags[last]) if last < size else "end",
                )
                place = is_dateline(line, c)
                earlier = tuple(
                    _EARLIER[back, c.kind, governor, c.is_head, min(rank, _MANY), has_verb, place] for back in range(1, _LOOK_BACK + 1)
                )
                found.append(_Seen(key_of(c), c, governor, has_verb, words, frame, earlier))
        return found

    def _add_near(
        self, sides: dict[str, Side], place: Place, deal: tuple[str, str, str], ratings: Mapping[int, float]
    ) -> int:
        """Adds the parties of the quantity's sentence; how many there are."""
        sentence, first, last = place.sentence, place.first, place.last
        line, seen = sentence.line, self._read(sentence.number)
        stage, topic, _ = deal
        before = sum([c.candidate.last <= first for c in seen])
        for index, (key, c, governor, has_verb, words, frame, _) in enumerate(seen):
            if c.last <= first:
                side, rank, distance, breaks = "before", before - 1 - index, first - c.last, line.breaks_between(c.last, first)
            else:
                side, rank, distance, breaks = "after", index - before, c.first - last, line.breaks_between(last, max(c.first, last))
            beside = governor + side if distance <= 1 else ""
            far = bisect_right(_FAR, distance)
            rating = ratings.get(c.start)
            _side(sides, key, c).marks.extend((
                _PLACE[side, governor, c.kind, min(rank, _MANY), far, has_verb, c.is_head, c.form, min(breaks, _MANY), beside, c.is_owner, c.is_given, c.first == 0],
                _DEAL[side, governor, topic, stage],
                _RATED[None if rating is None else int(rating * 2), receives(sentence, c)],
                _BESIDE[side, *words],
                _FRAME[side, governor, *frame],
            ))
        return len(sides)

    def _add_topics(self, sides: dict[str, Side], deal: tuple[str, str, str]) -> None:
        """Adds whom the article is about."""
        topics = self.reader.topics
        for name, known in (("state", topics.state), ("company", topics.company), ("recipient", topics.recipient), ("donor", topics.donor)):
            if known is not None:
                key = key_of(known)
                if key in sides:
                    sides[key].mentions.insert(0, known)
                else:
                    sides[key] = Side(key, [known], [])
                sides[key].marks.append(_TOPIC[name, deal[1], deal[0]])

    def _add_whole(self, side: Side, place: Place, near: int, speaker: str | None, deal: tuple[str, str, str]) -> None:
        """Adds what holds for the party as a whole."""
        stage, topic, kind = deal
        topics, key, marks = self.reader.topics, side.key, side.marks
        classes, countries, kinds, is_observer, speaks = 0, set(), set(), False, False
        for mention in side.mentions:
            classes |= mention.classes
            countries.add(mention.country)
            kinds.add(mention.kind)
            is_observer = is_observer or mention.is_observer
            speaks = speaks or (speaker is not None and mention.text in speaker)
        for sort in sorted(kinds):
            marks.append(_KIND[sort, topic, stage, kind])
        if classes:
            marks.append(_CLASS[tuple([name for sense, name in _CLASSES if classes & sense])])
        marks.append(
            _WHOLE[
                bisect_right(_OFTEN, self._counts[key]),
                stage,
                topic,
                f"{kind} {place.quantity.per}",
                is_observer,
                key in self._titled,
                speaks,
                f"{key == self._last.get('actor')} {key == self._last.get('counterparty')}",
                near,
                topics.state is not None and topics.state.party in countries,
                topics.recipient is not None and topics.recipient.party in countries,
            ]
        )


def _chosen(sides: dict[str, Side], candidate: Candidate) -> Side:
    """The party that the rules chose; of several that act together the last."""
    key = key_of(candidate)
    if key in sides:
        return sides[key]
    for side in sides.values():
        for mention in side.mentions:
            if mention.end == candidate.end and mention.start >= candidate.start >= 0:
                return side
    return _side(sides, key, candidate)


def _side(sides: dict[str, Side], key: str, candidate: Candidate) -> Side:
    side = sides.get(key)
    if side is None:
        side = sides[key] = Side(key, [], [])
    side.mentions.append(candidate)
    return side
