"""Who may have said a figure, each with the marks for the model that chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract.document import Document
from etl.extract.ranking import Mark, Pattern
from etl.extract.roles.candidates import Candidate
from etl.extract.roles.reader import Place
from etl.extract.roles.sides import Side, told_mention
from etl.extract.roles.speakers import Attribution

_STEM: Final = 6
_SPOKEN: Final = Pattern("spoken", ((0,), (0, 1), (0, 2)))


class Voice(NamedTuple):
    """Somebody who may speak, as worded, with the words that say so."""

    speaker: str
    party: str | None
    start: int
    end: int
    marks: list[Mark]


def list_voices(
    document: Document, place: Place, sides: Sequence[Side], credit: Attribution | None
) -> tuple[list[Voice], Voice | None]:
    """The parties near a quantity as those who may have said it, and the one whom the rules credit."""
    credited = credit.speaker if credit else None
    whose = next((side for side in sides if _is_named(side, credited)), None) if credited else None
    manner, cue = "", ""
    if credit:
        manner = f"{place.sentence.line.span.start <= credit.start < place.sentence.line.span.end} {credit.start < place.quantity.start}"
        cue = document.text[credit.start : credit.end].lower()[:_STEM]
    others = _SPOKEN["other" if credited else "none", manner, cue]
    its = _SPOKEN["own", manner, cue]
    voices: list[Voice] = []
    own: Voice | None = None
    for side in sides:
        if credit and credited and side is whose:
            own = Voice(credited, None, credit.start, credit.end, [*side.marks, its])
            voices.append(own)
        else:
            voices.append(_voice(told_mention(side, document.pack.code), [*side.marks, others]))
    if credit and credited and own is None:
        own = Voice(credited, None, credit.start, credit.end, [its])
        voices.append(own)
    return voices, own


def _voice(told: Candidate, marks: list[Mark]) -> Voice:
    return Voice(told.text, told.party if told.kind != "person" else None, told.start, told.end, marks)


def _is_named(side: Side, speaker: str) -> bool:
    """Whether a speaker's wording holds a mention of the party, or is part of one."""
    return any(mention.text in speaker or speaker in mention.text for mention in side.mentions)
