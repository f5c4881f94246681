"""Who is named in a sentence, and how: by name, by description (`the ministry`) or as a titled person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.parties import Name
from etl.extract.role_phrases import Line

_TITLE_WORDS: Final = 6
_NAME_MARKS: Final = g.ENDS_PHRASE | g.DETERMINER


class Candidate(NamedTuple):
    """A party that may play a role."""

    start: int
    end: int
    first: int
    """Index of its first word in the line."""
    last: int
    """Index after its last word."""
    party: str | None
    kind: str
    """Kind of the party; `description` for one that is described, `person` for a titled name."""
    form: str
    governor: int
    """Class of the preposition that governs it, 0 where none does."""
    is_owner: bool
    """Whether it stands in the genitive: `Ukraine's`."""
    classes: int = 0
    """Classes of the noun that describes it."""
    country: str = ""


def read_candidates(
    document: Document, line: Line, names: Sequence[Hit[Name]], cues: Sequence[Hit[int]]
) -> list[Candidate]:
    """The candidates of a line in text order; weapons are none."""
    found: list[Candidate] = []
    described = [cue for cue in cues if cue.value & g.DESCRIPTION]
    taken = 0
    people = [cue for cue in cues if cue.value & g.Cue.TITLE]
    for name in names:
        if name.value.kind != "weapon":
            found.append(_named(line, name))
    for cue in described:
        candidate = _described(document, line, cue, found)
        if candidate is not None:
            found = [c for c in found if not (candidate.first <= c.first and c.last <= candidate.last)]
            found.append(candidate)
            taken = candidate.last
    for cue in people:
        person = _titled(document, line, cue)
        if person is not None and not any(c.first < person.last and person.first < c.last for c in found):
            found.append(person)
    found.sort()
    del taken
    return found


def _named(line: Line, name: Hit[Name]) -> Candidate:
    first = line.index_at(name.start)
    last = line.index_before(name.end) + 1
    last = max(last, first + 1)
    value = name.value
    return Candidate(
        name.start,
        name.end,
        first,
        last,
        value.party,
        value.kind,
        value.form,
        governor(line, first),
        last < len(line) and bool(line.flags[last] & g.GENITIVE),
        0,
        value.country,
    )


def _described(document: Document, line: Line, cue: Hit[int], named: Sequence[Candidate]) -> Candidate | None:
    """A described party with the words of its phrase; None where the noun is part of a name."""
    first = line.index_at(cue.start)
    last = line.index_before(cue.end) + 1
    if any(c.first <= first and last <= c.last for c in named) or last <= first:
        return None
    flags = line.flags
    while first > 0 and not flags[first - 1] & (_NAME_MARKS | g.NUMBER | g.GENITIVE):
        first -= 1
    end = last
    while end < len(flags) and end - last < 2 and not flags[end] & (_NAME_MARKS | g.NUMBER | g.GENITIVE):
        end += 1
    adjective = next((c for c in named if first <= c.first and c.last <= end), None)
    last = max(last, adjective.last if adjective else last)
    party = adjective.country if adjective else ""
    return Candidate(
        line.starts[first],
        line.ends[last - 1],
        first,
        last,
        party or None,
        "description",
        "name",
        governor(line, first),
        last < len(flags) and bool(flags[last] & g.GENITIVE),
        int(cue.value),
        party,
    )


def _titled(document: Document, line: Line, cue: Hit[int]) -> Candidate | None:
    """A title with the capitalised name that follows it: `Defence Minister Mariusz Blaszczak`."""
    first = line.index_at(cue.start)
    index = line.index_before(cue.end) + 1
    flags = line.flags
    size = len(flags)
    end = index
    while index < size and index - first < _TITLE_WORDS:
        if flags[index] & g.CAPITAL and not flags[index] & (g.MARK | g.PARTY):
            end = index + 1
        elif end > line.index_before(cue.end) + 1 or flags[index] & (g.ENDS_PHRASE & ~g.OF & ~g.PREPOSITION):
            break
        index += 1
    if end <= line.index_before(cue.end) + 1:
        return None
    return Candidate(
        line.starts[first],
        line.ends[end - 1],
        first,
        end,
        None,
        "person",
        "name",
        governor(line, first),
        end < size and bool(flags[end] & g.GENITIVE),
        int(cue.value),
    )


def governor(line: Line, first: int) -> int:
    """The class of the preposition before a phrase, 0 where there is none."""
    flags = line.flags
    index = first - 1
    while index >= 0 and first - index < 4:
        flag = flags[index]
        if flag & g.PREPOSITION:
            return flag
        if flag & (g.ENDS_PHRASE & ~g.PREPOSITION):
            return 0
        index -= 1
    return 0


def is_dateline(line: Line, candidate: Candidate) -> bool:
    """Whether a name opens the line as the place of a report: `BRUSSELS -`, `Paris, 3 May`, `(Ottawa)`."""
    if candidate.first > 1 or candidate.last >= len(line):
        return False
    return bool(line.flags[candidate.last] & g.MARK) and candidate.form == "capital"
