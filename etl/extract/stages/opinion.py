"""A second opinion on stages with their modalities, on aggregations and on topics: small models, heard where they are sure.

The rules decide; a model, trained on texts of this project, overrules them only where it holds another label for more
likely than theirs. What it looks at is listed in `features.py`. A small network tells stages with modalities, linear-chain
models (CRFsuite), which read the quantities of an article in order, the rest. `make train` makes them anew.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import pycrfsuite

from etl.extract.document import Document
from etl.extract.readings import RoleReading, StageReading
from etl.extract.stages.acts import BINDING
from etl.extract.stages.discourse import Seat
from etl.extract.stages.features import NAMES, NO_STAGE, describe
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.network import load_network
from etl.records import Evidence, Quantity
from tracker.resources import resource_path
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

MODELS = resource_path("etl", "extract", "stages", "models")
FILES = {"stage": "stage.npz", "aggregation": "aggregation.crfsuite", "topic": "topic.crfsuite"}
SURE = {"stage": 0.0, "aggregation": 0.4, "topic": 0.3}
"""By how much more likely than that of the rules a label must be; found on texts that the models were not trained on."""


class Tagger(Protocol):
    """Gives descriptions labels, as a tagger of CRFsuite does."""

    def set(self, items: Any, /) -> None: ...
    def tag(self) -> list[str]: ...
    def marginal(self, label: str, index: int, /) -> float: ...
    def labels(self) -> list[str]: ...
    def __hash__(self) -> int: ...


def hear_opinion(
    document: Document,
    seats: Sequence[Seat],
    judgements: Sequence[Judgement],
    ruled: Sequence[StageReading],
    roles: Sequence[RoleReading],
) -> list[StageReading]:
    """The readings of the rules, with another stage, modality, aggregation or topic where the models are sure to know better."""
    readings = list(ruled)
    described = describe(document, seats, judgements, ruled, roles)
    items = pycrfsuite.ItemSequence(described)
    code = document.pack.code
    for index, label in _overruled("stage", described, [label_of("stage", reading) for reading in readings]):
        if not _is_named(judgements[index], seats[index].quantity):
            readings[index] = _restage(readings[index], label, code)
    for index, label in _overruled("aggregation", items, [label_of("aggregation", reading) for reading in readings]):
        *before, _, of_topic = readings[index].evidence
        evidence = (*before, Evidence("aggregation", f"{code}.aggregation.learned"), of_topic)
        readings[index] = readings[index]._replace(aggregation=Aggregation(label), evidence=evidence)
    for index, label in _overruled("topic", items, [label_of("topic", reading) for reading in readings]):
        evidence = (*readings[index].evidence[:-1], Evidence("topic", f"{code}.topic.learned"))
        readings[index] = readings[index]._replace(topic=Topic(label), evidence=evidence)
    return readings


def label_of(field: str, reading: StageReading) -> str:
    """What a model of the field calls a reading: `delivery/planned`, `total`, `aid`."""
    if field == "stage":
        return name_stage(reading.stage, reading.modality)
    return NAMES[reading.topic if field == "topic" else reading.aggregation]


@functools.cache
def name_stage(stage: str | None, modality: str) -> str:
    """The label of a stage with its modality."""
    return f"{stage or NO_STAGE}/{modality}"


def _is_named(judgement: Judgement, quantity: Quantity) -> bool:
    """Whether the words leave no doubt: an option, a whole of which nothing came, an order that may or may not follow, a norm."""
    if judgement.modality is Modality.TARGET and quantity.kind is Kind.SHARE:
        return True
    if judgement.modality is Modality.CONDITIONAL and judgement.act in BINDING:
        return True
    return judgement.cost == 0 and judgement.modality in (Modality.CONDITIONAL, Modality.DENIED)


def _overruled(
    field: str, items: Sequence[Sequence[str]] | pycrfsuite.ItemSequence, own: Sequence[str]
) -> list[tuple[int, str]]:
    """The places where a model is sure of another label than the rules', with its label."""
    tagger = load_model(field)
    tagger.set(items)
    return [
        (index, label)
        for index, label in enumerate(tagger.tag())
        if label != own[index] and lead_of(tagger, label, own[index], index) > SURE[field]
    ]


def lead_of(tagger: Tagger, label: str, own: str, index: int) -> float:
    """By how much more likely the model holds a label than another, which it may not know."""
    chance = tagger.marginal(own, index) if own in _labels(tagger) else 0.0
    return float(tagger.marginal(label, index) - chance)


def _restage(reading: StageReading, label: str, code: str) -> StageReading:
    name, _, mood = label.partition("/")
    stage, modality = None if name == NO_STAGE else Stage(name), Modality(mood)
    of_stage, of_mood, *others = reading.evidence
    if stage is not reading.stage:
        of_stage = Evidence("stage", f"{code}.stage.learned", reading.cue_start, reading.cue_end)
    if modality is not reading.modality:
        of_mood = Evidence("modality", f"{code}.modality.learned")
    return reading._replace(stage=stage, modality=modality, evidence=(of_stage, of_mood, *others))


@functools.cache
def load_model(field: str) -> Tagger:
    """The model of a field, read once."""
    return open_model(MODELS / FILES[field])


def open_model(path: Path) -> Tagger:
    """The model of a file."""
    if path.suffix == ".npz":
        return load_network(path)
    tagger: Tagger = pycrfsuite.Tagger()
    tagger.open(str(path))  # type: ignore[attr-defined]
    return tagger


@functools.cache
def _labels(tagger: Tagger) -> frozenset[str]:
    return frozenset(tagger.labels())
