"""A second opinion on stages and topics: small models, trained on texts of this project, heard where they are sure.

The rules decide; a model overrules them only where it holds another label for far more likely than theirs. What it looks
at is listed in `describe`: what the rules found, the kind of the quantity, the words around it, the acts and moods of
its sentence. Linear-chain models (CRFsuite) read the quantities of an article in order. `make train` makes them anew.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import pycrfsuite

from etl.extract.document import Document
from etl.extract.readings import StageReading
from etl.extract.stage_acts import modality_of
from etl.extract.stage_discourse import Seat
from etl.extract.stage_judgement import Judgement
from etl.records import Evidence, Quantity
from tracker.vocabulary import Kind, Modality, Stage, Topic

MODELS = Path(__file__).with_name("models")
NO_STAGE = "none"
SURE = 0.6
"""By how much more likely than that of the rules a label must be; found on texts that the model was not trained on."""
_WORDS = 12
"""Words on each side of a quantity that count wherever they stand."""
_STEM = 6
"""Letters of a word that count: its endings say little in most languages."""
_REACH = 90
_BULLETS = "•·-–—*▪"
_QUOTES = "“«\"„"
_NATURES = (Kind.COUNT, Kind.SHARE, Kind.CHANGE)
_KEPT = frozenset({Modality.CONDITIONAL, Modality.DENIED, Modality.FORECAST, Modality.TARGET})
"""Modalities that words of their own tell, whatever the stage."""


def hear_opinion(
    document: Document, seats: Sequence[Seat], judgements: Sequence[Judgement], readings: list[StageReading]
) -> list[StageReading]:
    """The readings, with another stage or topic where the models are sure to know better."""
    items = pycrfsuite.ItemSequence(describe(document, seats, judgements, readings))
    code = document.pack.code
    for index, label in _overruled(load_model("stage"), items, [reading.stage or NO_STAGE for reading in readings]):
        readings[index] = _restage(readings[index], None if label == NO_STAGE else Stage(label), code)
    for index, label in _overruled(load_model("topic"), items, [reading.topic for reading in readings]):
        evidence = [*readings[index].evidence[:3], Evidence("topic", f"{code}.topic.learned")]
        readings[index] = readings[index]._replace(topic=Topic(label), evidence=tuple(evidence))
    return readings


def _overruled(
    tagger: pycrfsuite.Tagger, items: pycrfsuite.ItemSequence, own: Sequence[str]
) -> list[tuple[int, str]]:
    """The places where a model is sure of another label than the rules', with its label."""
    tagger.set(items)
    found = []
    for index, label in enumerate(tagger.tag()):
        if label != own[index] and tagger.marginal(label, index) - tagger.marginal(own[index], index) > SURE:
            found.append((index, label))
    return found


def _restage(reading: StageReading, stage: Stage | None, code: str) -> StageReading:
    modality = reading.modality if reading.modality in _KEPT else modality_of(stage, None)
    _, of_mood, *others = reading.evidence
    learned = Evidence("stage", f"{code}.stage.learned", reading.cue_start, reading.cue_end)
    of_mood = of_mood if modality is reading.modality else Evidence("modality", f"{code}.modality.learned")
    return reading._replace(stage=stage, modality=modality, evidence=(learned, of_mood, *others))


@functools.cache
def load_model(field: str) -> pycrfsuite.Tagger:
    """The model of a field, read once."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODELS / f"{field}.crfsuite"))
    return tagger


def describe(
    document: Document, seats: Sequence[Seat], judgements: Sequence[Judgement], readings: Sequence[StageReading]
) -> list[list[str]]:
    """What the model looks at, a list of features a quantity, in order."""
    described: list[list[str]] = []
    before: StageReading | None = None
    sentence = -1
    for seat, judgement, reading in zip(seats, judgements, readings, strict=True):
        features = _of_rules(seat, judgement, reading)
        features += _of_quantity(seat.quantity, reading)
        features += _of_words(document, seat)
        features += _of_cues(seat)
        if before is not None:
            features.append(f"before={before.stage}")
            features.append(f"before_mood={before.modality}")
        features.append("same" if seat.sentence == sentence else "new")
        described.append(features)
        before, sentence = reading, seat.sentence
    return described


def _of_rules(seat: Seat, judgement: Judgement, reading: StageReading) -> list[str]:
    stage, modality, total, topic = reading[:4]
    act, cue, rule = judgement.act, judgement.cue, judgement.rule
    features = [f"s={stage}", f"m={modality}", f"sm={stage}{modality}", f"t={topic}", f"st={stage}{topic}", f"total={total}"]
    features += (f"act={act}", f"mood={judgement.mood}", f"rule={rule}")
    if cue is not None:
        features.append(f"cue={seat.passage.text[cue.start : cue.end].lower()}")
        features.append("cue<" if cue.start < seat.quantity.start else "cue>")
    return features


def _of_quantity(quantity: Quantity, reading: StageReading) -> list[str]:
    kind = quantity.kind.value if quantity.kind is not None else ""
    nature = quantity.unit if quantity.kind in _NATURES else kind
    per = "per" if quantity.per else "no_per"
    return [f"n={nature}", f"k={kind}", f"q={quantity.qualifier.value}", f"sk={reading.stage}{kind}", per]


def _of_words(document: Document, seat: Seat) -> list[str]:
    quantity, span = seat.quantity, seat.passage.sentence
    folded = document.folded
    left = folded[max(span.start, quantity.start - _REACH) + 1 : quantity.start + 1].split()[-_WORDS:]
    right = folded[quantity.end + 1 : min(span.end, quantity.end + _REACH) + 1].split()[:_WORDS]
    stems_left, stems_right = [word[:_STEM] for word in left], [word[:_STEM] for word in right]
    features = [f"l:{stem}" for stem in set(stems_left)]
    features += [f"r:{stem}" for stem in set(stems_right)]
    if len(left) > 1:
        features.append(f"ll={left[-2]}_{left[-1]}")
    if len(right) > 1:
        features.append(f"rr={right[0]}_{right[1]}")
    opening = document.text[span.start]
    features.append("item" if opening in _BULLETS else "first" if span.start < _STEM else "inside")
    if any(mark in document.text[span.start : quantity.start] for mark in _QUOTES):
        features.append("quoted")
    return features


def _of_cues(seat: Seat) -> list[str]:
    passage, start = seat.passage, seat.quantity.start
    features: list[str] = []
    nearest_left = nearest_right = None
    for placed in passage.acts:
        act = placed.cue.act
        if placed.start < start:
            features += (f"a<{act}", f"f<{act}.{placed.cue.form}")
            nearest_left = act
        else:
            features += (f"a>{act}", f"f>{act}.{placed.cue.form}")
            nearest_right = nearest_right or act
    features += [f"m<{placed.cue.mood}" if placed.start < start else f"m>{placed.cue.mood}" for placed in passage.moods]
    for mark, cues in passage.marks.items():
        features += [f"k<{mark}" if placed.start < start else f"k>{mark}" for placed in cues]
    if nearest_left:
        features.append(f"na<{nearest_left}")
    if nearest_right:
        features.append(f"na>{nearest_right}")
    return features
