"""The parties that may act in a quantity, each with its marks for the model that chooses among them."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from etl.extract.document import fold_text
from etl.extract.parties import name_matcher
from etl.extract.ranking import Mark, Pattern
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate, is_dateline
from etl.extract.roles.reader import Place, Reader, Sentence, receives
from etl.extract.roles.subjects import has_predicate
from etl.extract.roles.things import name_following, name_governor, name_preceding

_LOOK_BACK: Final = 2
_STEM: Final = 6
_FAR: Final = (1, 2, 3, 4, 7, 12, 20)
"""Where distances in words are parted."""
_MANY: Final = 3
_REMEMBERED: Final = 10_000
"""Of how many wordings the marks are remembered."""
_BEFORE: Final = g.DETERMINER | g.PREPOSITION
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
_PLAIN: Final = frozenset({"name", "acronym"})
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
_WORDED: Final = Pattern("worded", ((0,), (1,), (1, 2)))
_WHOLE: Final = Pattern("whole", tuple((index,) for index in range(11)))


_LASTS: Final = {(actor, other): f"{actor} {other}" for actor in (False, True) for other in (False, True)}
"""What is said of a party that did or did not act in the quantity before, or was or was not the other party."""


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


class _Earlier(NamedTuple):
    """A mention with what holds for quantities of later sentences."""

    key: str
    candidate: Candidate
    marks: list[Mark]
    """One for each number of sentences back."""


def told_mention(side: Side, language: str) -> Candidate:
    """How the text words a party: by the name that tells most, the nearest of these, an adjective by the plain name."""
    told = max(side.mentions, key=lambda mention: (mention.is_head and mention.form in _PLAIN, mention.is_head, mention.start))
    return told.plain(language)


def key_of(candidate: Candidate) -> str:
    """What tells parties apart: the identifier, else the wording."""
    return candidate.party or candidate.text.lower()


def list_topics(reader: Reader) -> list[tuple[str, str, Candidate]]:
    """Whom the article is about: as what, the key and the candidate."""
    topics = reader.topics
    known = (("state", topics.state), ("company", topics.company), ("recipient", topics.recipient), ("donor", topics.donor))
    return [(name, key_of(candidate), candidate) for name, candidate in known if candidate is not None]


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
        self._topics: list[tuple[str, str, Candidate]] | None = None
        self._last: dict[str, str] = {}
        self._seen: dict[int, list[_Seen]] = {}
        self._earlier: dict[int, list[_Earlier]] = {}

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
                for key, candidate, marks in self._read_earlier(number - back):
                    _side(sides, key, candidate).marks.append(marks[back - 1])
        near = self._add_near(sides, place, deal, ratings)
        self._add_topics(sides, deal)
        chosen = {role: _chosen(sides, candidate) for role, (candidate, _) in ruled.items()}
        for role in ("actor", "counterparty"):
            own = chosen.get(role)
            rule = ruled[role][1] if role in ruled else "none"
            others = _RULED[f"{role} {'no' if own else 'none'}", rule, deal[1]]
            for side in sides.values():
                side.marks.append(others)
            if own:
                own.marks[-1] = _RULED[f"{role} yes", rule, deal[1]]
        self._add_wholes(sides.values(), f"{deal[2]} {place.quantity.per}", near, speaker, deal)
        for role, side in chosen.items():
            self._last[role] = side.key
        return list(sides.values()), chosen

    def _read_earlier(self, number: int) -> list[_Earlier]:
        """The parties of a sentence before that of a quantity."""
        found = self._earlier.get(number)
        if found is None:
            line, heads_first = self.reader.sentence(number).line, self.reader.grammar.heads_first
            found = self._earlier[number] = []
            for rank, c in enumerate(self.reader.sentence(number).candidates):
                governor = name_governor(c.governor) if c.governor else "none"
                values = (c.kind, governor, c.is_head, min(rank, _MANY), has_predicate(line, c, heads_first=heads_first), is_dateline(line, c))
                found.append(_Earlier(key_of(c), c, [_EARLIER[back, *values] for back in range(1, _LOOK_BACK + 1)]))
        return found

    def _read(self, sentence: Sentence) -> list[_Seen]:
        """The parties of the sentence of a quantity."""
        found = self._seen.get(sentence.number)
        if found is None:
            line, heads_first = sentence.line, self.reader.grammar.heads_first
            text, starts, ends, flags, size = self.reader.document.text, line.starts, line.ends, line.flags, len(line)
            found = self._seen[sentence.number] = []
            for c in sentence.candidates:
                first, last = c.first, c.last
                words = (
                    text[starts[first - 1] : ends[first - 1]].lower()[:_STEM] if first else "",
                    text[starts[first - 2] : ends[first - 2]].lower()[:_STEM] if first > 1 else "",
                    text[starts[last] : ends[last]].lower()[:_STEM] if last < size else "",
                    text[starts[last + 1] : ends[last + 1]].lower()[:_STEM] if last + 1 < size else "",
                )
                begin = first - (1 if c.governor else 0)
                while begin > 0 and flags[begin - 1] & _BEFORE:
                    begin -= 1
                frame = (
                    name_preceding(flags[begin - 1]) if begin > 0 else "start",
                    name_following(flags[last]) if last < size else "end",
                )
                governor = name_governor(c.governor) if c.governor else "none"
                found.append(_Seen(key_of(c), c, governor, has_predicate(line, c, heads_first=heads_first), words, frame))
        return found

    def _add_near(
        self, sides: dict[str, Side], place: Place, deal: tuple[str, str, str], ratings: Mapping[int, float]
    ) -> int:
        """Adds the parties of the quantity's sentence; how many there are."""
        sentence, first, last = place.sentence, place.first, place.last
        line, seen = sentence.line, self._read(sentence)
        stage, topic, _ = deal
        may_receive = sentence.classes & g.Cue.RECEIVING != 0
        before = sum([c.candidate.last <= first for c in seen])
        for index, (key, c, governor, has_verb, words, frame) in enumerate(seen):
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
                _RATED[None if rating is None else int(rating * 2), may_receive and receives(sentence, c)],
                _BESIDE[side, *words],
                _FRAME[side, governor, *frame],
            ))
        return len(sides)

    def _load_topics(self) -> list[tuple[str, str, Candidate]]:
        """Whom the article is about: as what, the key and the candidate."""
        if self._topics is None:
            self._topics = list_topics(self.reader)
        return self._topics

    def _add_topics(self, sides: dict[str, Side], deal: tuple[str, str, str]) -> None:
        """Adds whom the article is about."""
        stage, topic, _ = deal
        for name, key, known in self._load_topics():
            side = sides.get(key)
            if side is None:
                sides[key] = tuple.__new__(Side, (key, [known], [_TOPIC[name, topic, stage]]))
            else:
                side.mentions.insert(0, known)
                side.marks.append(_TOPIC[name, topic, stage])

    def _add_wholes(
        self, sides: Iterable[Side], nature: str, near: int, speaker: str | None, deal: tuple[str, str, str]
    ) -> None:
        """Adds what holds for each party as a whole."""
        stage, topic, kind = deal
        topics, counts, titled = self.reader.topics, self._counts, self._titled
        state = topics.state.party if topics.state is not None else None
        recipient = topics.recipient.party if topics.recipient is not None else None
        actor, counterparty = self._last.get("actor"), self._last.get("counterparty")
        for key, mentions, marks in sides:
            classes, countries, kinds, is_observer = _sum_up(mentions)
            if len(mentions) == 1:
                marks.append(_mark_wording(mentions[0].text, topic))
            else:
                marks += dict.fromkeys([_mark_wording(mention.text, topic) for mention in mentions])
            for sort in kinds:
                marks.append(_KIND[sort, topic, stage, kind])
            if classes:
                marks.append(_CLASS[_name_classes(classes)])
            marks.append(
                _WHOLE[
                    bisect_right(_OFTEN, counts[key]),
                    stage,
                    topic,
                    nature,
                    is_observer,
                    key in titled,
                    speaker is not None and any(mention.text in speaker for mention in mentions),
                    _LASTS[key == actor, key == counterparty],
                    near,
                    state in countries,
                    recipient in countries,
                ]
            )


def _sum_up(mentions: Sequence[Candidate]) -> tuple[int, Sequence[str], Sequence[str], bool]:
    """The classes, countries and kinds of the mentions of a party, and whether it only observes."""
    if len(mentions) == 1:
        mention = mentions[0]
        return mention.classes, (mention.country,), (mention.kind,), mention.is_observer
    classes, countries, kinds, is_observer = 0, [], [], False
    for mention in mentions:
        classes |= mention.classes
        countries.append(mention.country)
        if mention.kind not in kinds:
            kinds.append(mention.kind)
        if mention.is_observer:
            is_observer = True
    kinds.sort()
    return classes, countries, kinds, is_observer


@functools.lru_cache(_REMEMBERED)
def _mark_wording(wording: str, topic: str) -> Mark:
    """The mark of a party's first and last word."""
    words = fold_text(wording).split() or [""]
    return _WORDED[words[0][:_STEM], words[-1][:_STEM], topic]


@functools.cache
def _name_classes(classes: int) -> tuple[str, ...]:
    """The classes of the nouns that describe a party by name."""
    return tuple([name for sense, name in _CLASSES if classes & sense])


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
        side = sides[key] = tuple.__new__(Side, (key, [], []))
    side.mentions.append(candidate)
    return side
