"""Who is named in a sentence, and how: by name, by description (`the ministry`) or as a titled person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.parties import Name, display_names
from etl.extract.roles import grammar as g
from etl.extract.roles.phrases import Line

_TITLE_WORDS: Final = 6
_GOVERNOR_REACH: Final = 7
TELLING: Final = g.DESCRIPTION | g.Cue.TITLE | g.Cue.PURPOSE
"""The classes of cues that tell of candidates."""
_JOINT: Final = 2
_NO_TITLE: Final = g.PARTY | g.DETERMINER | g.SUBORDINATOR | g.CONJUNCTION | g.PREPOSITION | g.ADVERB | g.PRONOUN
"""Classes of capitalised words that are no part of a title behind them: `Mais M. Giroux`."""
_OUTSIDE: Final = g.ENDS_PHRASE | g.DETERMINER | g.NUMBER | g.GENITIVE


class Candidate(NamedTuple):
    """A party that may play a role."""

    start: int
    end: int
    first: int
    """Index of its first word in the line."""
    last: int
    """Index after its last word."""
    text: str
    party: str | None
    kind: str
    """Kind of the party; `description` for one that is described, `person` for a titled name."""
    governor: int
    """Class of the preposition that governs it, 0 where none does."""
    is_head: bool
    """Whether it stands for itself and does not describe another noun (`European donors`, `tanks américains`)."""
    is_owner: bool
    """Whether it stands in the genitive: `Ukraine's`."""
    classes: int = 0
    """Classes of the noun that describes it."""
    country: str = ""
    form: str = "name"
    is_observer: bool = False
    is_given: bool = False
    """Whether a verb stands right before it, as before the one who gets: `gave Ukraine 14 tanks`."""

    def plain(self, language: str) -> Candidate:
        """A party that an adjective names, by its plain name: `South Korean tanks` come from `South Korea`."""
        if self.form != "adjective" or self.is_head or not self.party:
            return self
        return self._replace(text=display_names(language)[self.party])


def read_candidates(
    document: Document, line: Line, names: Sequence[Hit[Name]], cues: Sequence[Hit[int]], grammar: g.Grammar
) -> list[Candidate]:
    """The candidates of a line in text order; weapons are none."""
    heads_first = grammar.heads_first
    found = [_named(document, line, name, heads_first) for name in names if name.value.kind != "weapon"]
    flags, size = line.flags, len(line.flags)
    found = [c for c in found if c.first < size and not flags[c.first] & g.QUANTITY]  # "Taiwan dollars"
    telling = [cue for cue in cues if cue[2] & TELLING]
    for cue in telling:
        if cue.value & g.Cue.PURPOSE:
            destined = line.index_before(cue.end) + 1
            found = [_destined(c) if destined in (c.first, c.first - 1) else c for c in found]
        if cue.value & g.DESCRIPTION:
            candidate = _described(document, line, cue, found, heads_first)
            if candidate is not None:
                found = [c for c in found if not (candidate.first <= c.first and c.last <= candidate.last)]
                found.append(candidate)
    for cue in telling:
        if cue.value & g.Cue.TITLE:
            person = _titled(document, line, cue, grammar.calendar)
            if person is not None:
                found = [c for c in found if not (person.first < c.last and c.first < person.last)]
                found.append(person)
    if len(found) > 1:
        found.sort()
        return _coordinated(line, found)
    return found


def _destined(candidate: Candidate) -> Candidate:
    """A candidate after a phrase such as `à destination de`, as one who gets."""
    if candidate.governor & g.OF or not candidate.governor:
        return candidate._replace(governor=g.RECIPIENT | g.PREPOSITION)
    return candidate


def _coordinated(line: Line, found: list[Candidate]) -> list[Candidate]:
    """The candidates, those joined by `and` to one that a preposition governs governed by it too."""
    flags = line.flags
    for index in range(1, len(found)):
        before, here = found[index - 1], found[index]
        if before.governor and not here.governor and 0 < here.first - before.last <= _JOINT:
            joint = flags[before.last : here.first]
            if joint[0] & g.CONJUNCTION and all(f & (g.CONJUNCTION | g.DETERMINER) for f in joint):
                found[index] = here._replace(governor=before.governor)
    return found


def _named(document: Document, line: Line, name: Hit[Name], heads_first: bool) -> Candidate:
    first = line.index_at(name.start)
    last = max(line.index_before(name.end) + 1, first + 1)
    value = name.value
    return Candidate(
        name.start,
        name.end,
        first,
        last,
        document.text[name.start : name.end],
        value.party,
        value.kind,
        governor(line, first),
        _is_head(line, first, last, heads_first, value.form == "adjective"),
        last < len(line) and bool(line.flags[last] & g.GENITIVE),
        0,
        value.country,
        value.form,
        value.is_observer,
        _follows_verb(line, first),
    )


def _is_head(line: Line, first: int, last: int, heads_first: bool, is_adjective: bool) -> bool:
    """Whether the words are the head of their phrase and not what describes another noun."""
    flags = line.flags
    free_before = first == 0 or bool(flags[first - 1] & _OUTSIDE)
    free_after = last >= len(flags) or bool(flags[last] & (_OUTSIDE if is_adjective else _OUTSIDE | g.CAPITAL))
    if heads_first:
        return free_before and (free_after or not is_adjective)
    return free_after if not is_adjective else free_after and free_before


def _described(
    document: Document, line: Line, cue: Hit[int], named: Sequence[Candidate], heads_first: bool
) -> Candidate | None:
    """A described party with the words of its phrase; None where the noun is part of a name or of a longer noun."""
    first = line.index_at(cue.start)
    last = line.index_before(cue.end) + 1
    if last <= first or any(c.first <= first and last <= c.last for c in named):
        return None
    if not _is_head(line, first, last, heads_first, False):
        return None
    flags = line.flags
    begin, end = first, last
    while begin > 0 and not heads_first and not flags[begin - 1] & _OUTSIDE:
        begin -= 1
    while end < len(flags) and end - last < 3 and not flags[end] & _OUTSIDE:
        end += 1
    if end + 1 < len(flags) and flags[end - 1] & g.CAPITAL and flags[end] & g.OF and flags[end + 1] & g.CAPITAL:
        end += 2
        while end < len(flags) and flags[end] & g.CAPITAL and not flags[end] & g.PARTY:
            end += 1
    if _is_predicative(flags, begin):
        return None
    if cue.value & g.Cue.COMPANY and any(_names_same(c, flags, begin, end) for c in named):
        return None  # "the shipbuilder Damen", "Damen, a Dutch shipbuilder,": the name says it
    adjective = next((c for c in named if begin <= c.first and c.last <= end), None)
    if heads_first:
        end = adjective.last if adjective else max(last, end if flags[end - 1] & g.CAPITAL else last)
    owner = next((c for c in named if c.is_owner and c.last + 1 == begin), None)
    begin = owner.first if owner else begin
    named_by = adjective or owner
    party = named_by.country if named_by else ""
    return Candidate(
        line.starts[begin],
        line.ends[end - 1],
        begin,
        end,
        document.text[line.starts[begin] : line.ends[end - 1]],
        party or None,
        "description",
        governor(line, begin),
        True,
        end < len(flags) and bool(flags[end] & g.GENITIVE),
        int(cue.value),
        party,
    )


def _is_predicative(flags: Sequence[int], begin: int) -> bool:
    """Whether a description says what its subject is: `Latvia was the first country to join`."""
    before = begin - 1
    while before > 0 and flags[before] & g.DETERMINER and not flags[before] & g.SUBORDINATOR:
        before -= 1
    return 0 <= before < begin - 1 and bool(flags[before] & g.AUXILIARY) and not flags[before] & g.PREPOSITION


def _names_same(candidate: Candidate, flags: Sequence[int], begin: int, end: int) -> bool:
    """Whether a company named in or beside a description of a company is the one described."""
    if candidate.kind != "company":
        return False
    if begin <= candidate.first <= end:
        return not any(flag & g.ENDS_PHRASE for flag in flags[begin : candidate.first])
    between = flags[candidate.last : begin]
    return 0 < len(between) <= _JOINT and bool(between[0] & g.MARK) and all(f & (g.MARK | g.DETERMINER) for f in between)


def _titled(document: Document, line: Line, cue: Hit[int], calendar: frozenset[str]) -> Candidate | None:
    """A title with the capitalised name that follows it: `Defence Minister Mariusz Blaszczak`."""
    first = line.index_at(cue.start)
    after = line.index_before(cue.end) + 1
    flags = line.flags
    index = end = after
    while index < len(flags) and index - first < _TITLE_WORDS:
        flag = flags[index]
        if flag & g.CAPITAL and document.text[line.starts[index] : line.ends[index]].lower() in calendar:
            break  # "lawmakers on Wednesday"
        if flag & g.CAPITAL and not flag & (g.MARK | g.PARTY):
            end = index + 1 if not flag & g.PREPOSITION else end
        elif flag & g.PARTY and index == end > after:
            end = index + 1  # a name that is known: "President Joe Biden"
            break
        elif end > after or flag & (g.ENDS_PHRASE & ~g.PREPOSITION & ~g.OF):
            break
        index += 1
    if end <= after:
        return None
    while first > 0 and flags[first - 1] & g.CAPITAL and not flags[first - 1] & _NO_TITLE:
        first -= 1
    while not document.text[line.starts[first]].isalnum():
        first += 1  # the stop of an abbreviation that is the name of a party: "U.S. Defense Secretary"
    return Candidate(
        line.starts[first],
        line.ends[end - 1],
        first,
        end,
        document.text[line.starts[first] : line.ends[end - 1]],
        None,
        "person",
        governor(line, first),
        True,
        end < len(flags) and bool(flags[end] & g.GENITIVE),
        int(cue.value),
    )


def governor(line: Line, first: int) -> int:
    """The class of the preposition before a phrase, 0 where there is none."""
    flags = line.flags
    index = first - 1
    while index >= 0 and first - index < _GOVERNOR_REACH:
        flag = flags[index]
        if flag & g.PREPOSITION:
            before = flags[index - 1] if index and flag & g.OF else 0
            return before if before & g.PREPOSITION else flag  # "auprès de la Suède"
        if flag & (g.ENDS_PHRASE | g.PARTICIPLE):
            return 0  # "critical to deterring Russia": the verb governs it
        index -= 1
        if flag & g.DETERMINER and index >= 0 and not flags[index] & (g.DETERMINER | g.PREPOSITION):
            return 0  # "in 2024 the ministry": an article begins another phrase
    return 0


def _follows_verb(line: Line, first: int) -> bool:
    index = first - 1
    if index > 0 and line.flags[index] & g.DETERMINER and not line.flags[index] & g.SUBORDINATOR:
        index -= 1
    return index > 0 and bool(line.flags[index] & (g.VERB | g.PARTICIPLE))


def is_dateline(line: Line, candidate: Candidate) -> bool:
    """Whether a name opens the line as the place of a report: `BRUSSELS -`, `Paris, 3 May`, `(Ottawa)`."""
    if _is_agency(line, candidate):
        return True
    if candidate.first > 1 or candidate.last >= len(line) or candidate.form not in ("capital", "metonym"):
        return False
    following = line.flags[candidate.last + 1] if candidate.last + 1 < len(line) else g.MARK
    return bool(line.flags[candidate.last] & g.MARK and following & (g.CAPITAL | g.NUMBER | g.MARK | g.QUANTITY))


def _is_agency(line: Line, candidate: Candidate) -> bool:
    """Whether a name in brackets ends the place of a report: `BERLIN (Reuters) - The government`."""
    flags, last = line.flags, candidate.last
    if not 0 < candidate.first <= _TITLE_WORDS or last + 1 >= len(flags):
        return False
    return bool(flags[candidate.first - 1] & flags[last] & flags[last + 1] & g.MARK)
