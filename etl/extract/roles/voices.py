"""Who may have said a figure, each with the marks for the model that chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract.document import Document
from etl.extract.ranking import Mark, Pattern
from etl.extract.roles.reader import Place
from etl.extract.roles.sides import Side, told_mention
from etl.extract.roles.speakers import Attribution

_STEM: Final = 6
_SPOKEN: Final = Pattern("spoken", ((0,), (0, 1), (0, 2)))


class Speaker(NamedTuple):
    """Who speaks, as worded, with the words that say so."""

    text: str
    party: str | None
    start: int
    end: int


class Voice(NamedTuple):
    """Somebody who may speak: a party, or the one whom the rules credit."""

    source: Side | Speaker
    marks: list[Mark]

    def name(self, language: str) -> Speaker:
        """The speaker as worded."""
        if isinstance(self.source, Speaker):
            return self.source
        told = told_mention(self.source, language)
        return Speaker(told.text, told.party if told.kind != "person" else None, told.start, told.end)


def list_voices(
    document: Document, place: Place, sides: Sequence[Side], credit: Attribution | None
) -> tuple[list[Voice], Voice | None]:
    """The parties near a quantity as those who may have said it, and the one whom the rules credit."""
    if credit is None or credit.speaker is None:
        mark = _SPOKEN["none", "", ""]
        return [Voice(side, [*side.marks, mark]) for side in sides], None
    span = place.sentence.line.span
    manner = f"{span.start <= credit.start < span.end} {credit.start < place.quantity.start}"
    cue = document.text[credit.start : credit.end].lower()[:_STEM]
    speaker = Speaker(credit.speaker, None, credit.start, credit.end)
    its, others = _SPOKEN["own", manner, cue], _SPOKEN["other", manner, cue]
    whose = next((side for side in sides if _is_named(side, speaker.text)), None)
    own = Voice(speaker, [*(whose.marks if whose else ()), its])
    voices = [own if side is whose else Voice(side, [*side.marks, others]) for side in sides]
    return (voices if whose else [*voices, own]), own


def _is_named(side: Side, speaker: str) -> bool:
    """Whether a speaker's wording holds a mention of the party, or is part of one."""
    return any(mention.text in speaker or speaker in mention.text for mention in side.mentions)
