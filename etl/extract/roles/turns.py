"""Who has the floor in a transcript: `Mr Ben Wallace: ...`, `MR. SULLIVAN: ...`, `M. Cédric Perrin. – ...` at the head of a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.parties import Name
from etl.extract.roles.grammar import Cue, CueMatcher

_LONGEST: Final = 100
"""Characters of the longest label, its office and constituency included."""
_SHORTEST_SPEECH: Final = 30
"""Characters that a line has behind its label at least; those of tables and forms have fewer."""
_FEWEST: Final = 3
"""So many lines with names alone make a transcript where one of the names comes again."""
_WORDS: Final = 4
_STOPS: Final = (". –", ". —", ". -", ".–", ".—")
"""What parts a label from the speech in French minutes."""
_BLANKS: Final = (" ", "\u00a0", "\u202f")
_NUMBER: Final = re.compile(r"(?:[A-Z]?\d+\.? )")
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]*\Z")
_OFFICE: Final = re.compile(r"(?P<before>[^()]*?) ?\((?P<inner>[^()]*)\)")
_ASKED: Final = re.compile(r"\n(?=Q[ \u00a0][A-Z])")
"""A line with a question in a briefing, which no colon parts from its label."""
_OFFICES: Final = Cue.TITLE | Cue.SOURCE
_QUESTION: Final = frozenset({"Q", "QUESTION", "Question", "A", "ANSWER"})


class Turn(NamedTuple):
    """A stretch of a transcript in which one person speaks."""

    begin: int
    """Where its first line begins; it ends where the next turn begins."""
    speaker: str | None
    """As the label words it, without office and constituency; None where it names nobody."""
    start: int
    end: int
    """Span of the label."""


class Turns:
    """The turns of one document, none where it is no transcript."""

    def __init__(self, document: Document, names: Sequence[Hit[Name]], cues: CueMatcher) -> None:
        self._found = _read_turns(document, names, cues)
        self._begins = [turn.begin for turn in self._found]

    def at(self, offset: int) -> Turn | None:
        """The turn in which `offset` lies, None before the first and where nobody is named."""
        index = bisect_right(self._begins, offset) - 1
        turn = self._found[index] if index >= 0 else None
        return turn if turn and turn.speaker else None


def _read_turns(document: Document, names: Sequence[Hit[Name]], cues: CueMatcher) -> list[Turn]:
    honorifics = frozenset(document.pack.roles.honorifics)
    parties = [name for name in names if name.value.kind != "person"]
    titled: list[Turn] = []
    plain: list[Turn] = []
    for begin, start, end in _labels(document.text):
        label = document.text[start:end]
        if label in _QUESTION:
            titled.append(Turn(begin, None, start, end))
            continue
        speaker = _person_of(label, honorifics)
        if label.isupper() and _is_office(document, start, end, cues):
            titled.append(Turn(begin, speaker or label, start, end))
        elif speaker and not any(start <= name.start < end for name in parties):
            turn = Turn(begin, speaker, start, end)
            if _is_titled(speaker, honorifics):
                titled.append(turn)
            elif _goes_on(document.text, end):
                plain.append(turn)
    is_transcript = any(turn.speaker for turn in titled)
    if is_transcript:
        titled.extend(Turn(match.end(), None, match.end(), match.end()) for match in _ASKED.finditer(document.text))
    if not is_transcript and len({turn.speaker for turn in plain}) < len(plain) >= _FEWEST:
        is_transcript = True
    return sorted([*titled, *plain]) if is_transcript else []


def _is_office(document: Document, start: int, end: int, cues: CueMatcher) -> bool:
    """Whether a label in capitals names an office: `SENIOR ADMINISTRATION OFFICIAL`."""
    return any(cue.value & _OFFICES for cue in cues.find_between(document.folded, start, end))


def _labels(text: str) -> list[tuple[int, int, int]]:
    """The beginnings of lines that a colon, or a full stop and a dash, parts from what follows: line, label's start and end."""
    found: list[tuple[int, int, int]] = []
    for mark in (":", *_STOPS):
        place = text.find(mark)
        while place >= 0:
            begin = text.rfind("\n", max(0, place - _LONGEST), place) + 1
            is_head = begin > 0 or place < _LONGEST
            if is_head and text[place + len(mark) : place + len(mark) + 1] in _BLANKS:
                number = _NUMBER.match(text, begin)
                start = number.end() if number else begin
                found.append((begin, start, place))
            place = text.find(mark, place + 1)
    return found


def _goes_on(text: str, start: int) -> bool:
    """Whether a line goes on behind `start` as a speech does."""
    line = text[start : start + _SHORTEST_SPEECH]
    return len(line) == _SHORTEST_SPEECH and "\n" not in line


def _person_of(label: str, honorifics: frozenset[str]) -> str | None:
    """The person whom a label names: `Ben Wallace` of `The Secretary of State for Defence (Ben Wallace)`; None for any other."""
    office = _OFFICE.match(label)
    choices = (office["before"], office["inner"]) if office else (label.split(",")[0],)
    return next((choice.strip() for choice in choices if _is_person(choice.strip(), honorifics)), None)


def _is_person(words: str, honorifics: frozenset[str]) -> bool:
    parts = words.split()
    if not 2 <= len(parts) <= _WORDS + _is_titled(words, honorifics) or not all(map(_NAME.match, parts)):
        return False
    return parts[0][0].isupper() and parts[-1][0].isupper() and sum(part[0].islower() for part in parts) <= 1


def _is_titled(words: str, honorifics: frozenset[str]) -> bool:
    return words.split()[0].rstrip(".").lower() in honorifics
