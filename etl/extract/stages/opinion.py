"""A second opinion on stages with their modalities, on aggregations and on topics: small models, heard where they are sure.

The rules decide; a model, trained on texts of this project, overrules them only where it holds another label for far more
likely than theirs. What it looks at is listed in `features.py`. Linear-chain models (CRFsuite) read the quantities of an
article in order. `make train` makes them anew.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import pycrfsuite

from etl.extract.document import Document
from etl.extract.readings import RoleReading, StageReading
from etl.extract.stages.acts import BINDING
from etl.extract.stages.discourse import Seat
from etl.extract.stages.features import NAMES, NO_STAGE, describe
from etl.extract.stages.judgement import Judgement
from etl.records import Evidence
from tracker.resources import resource_path
from tracker.vocabulary import Aggregation, Modality, Stage, Topic

MODELS = resource_path("etl", "extract", "stages", "models")
SURE = {"topic": 0.2, "aggregation": 0.4, "no stage": 0.1, "first stage": 0.1, "other stage": 0.1, "modality": 0.1}
"""By how much more likely than that of the rules a label must be; found on texts that the model was not trained on.

To take a stage away, to give one where the rules have none, to change one, to change the modality alone.
"""
_TOLD = frozenset({Modality.CONDITIONAL, Modality.DENIED, Modality.TARGET})
"""Modalities that words of their own tell, together with what they are said of: no opinion is asked for."""


def hear_opinion(
    document: Document,
    seats: Sequence[Seat],
    judgements: Sequence[Judgement],
    ruled: Sequence[StageReading],
    roles: Sequence[RoleReading],
) -> list[StageReading]:
    """The readings of the rules, with another stage, modality, aggregation or topic where the models are sure to know better."""
    readings = list(ruled)
    items = pycrfsuite.ItemSequence(describe(document, seats, judgements, ruled, roles))
    code = document.pack.code
    for index, label in _overruled("stage", items, [label_of("stage", reading) for reading in readings]):
        if readings[index].modality not in _TOLD and not _is_named(judgements[index]):
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


def _is_named(judgement: Judgement) -> bool:
    """Whether the words leave no doubt: an option, a whole of which nothing came, an order that may or may not follow."""
    if judgement.modality is Modality.CONDITIONAL and judgement.act in BINDING:
        return True
    return judgement.cost == 0 and judgement.modality in (Modality.CONDITIONAL, Modality.DENIED)


def _overruled(
    field: str, items: pycrfsuite.ItemSequence, own: Sequence[str]
) -> list[tuple[int, str]]:
    """The places where a model is sure of another label than the rules', with its label."""
    tagger = load_model(field)
    tagger.set(items)
    return [
        (index, label)
        for index, label in enumerate(tagger.tag())
        if label != own[index] and lead_of(tagger, label, own[index], index) > margin_of(field, label, own[index])
    ]


def margin_of(field: str, label: str, own: str) -> float:
    """By how much more likely than the rules' a label must be to be heard."""
    if field != "stage":
        return SURE[field]
    stage, ruled = label.partition("/")[0], own.partition("/")[0]
    if stage == ruled:
        return SURE["modality"]
    return SURE["no stage" if stage == NO_STAGE else "first stage" if ruled == NO_STAGE else "other stage"]


def lead_of(tagger: pycrfsuite.Tagger, label: str, own: str, index: int) -> float:
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
def load_model(field: str) -> pycrfsuite.Tagger:
    """The model of a field, read once."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODELS / f"{field}.crfsuite"))
    return tagger


@functools.cache
def _labels(tagger: pycrfsuite.Tagger) -> frozenset[str]:
    return frozenset(tagger.labels())
