"""The reading of one quantity by the words around it."""

from __future__ import annotations

from typing import NamedTuple

from etl.extract.stages.passage import FAR, Placed
from tracker.vocabulary import Modality, Stage


class Judgement(NamedTuple):
    """The reading of one quantity by the words of its sentence."""

    stage: Stage | None
    modality: Modality
    act: str | None = None
    cue: Placed | None = None
    cost: int = FAR
    mood: str | None = None
    mood_cue: Placed | None = None
    rule: str = "none"
    inner: str | None = None
    """The act of the infinitive that hangs on `act`."""


NOTHING = Judgement(None, Modality.ASSERTED)
