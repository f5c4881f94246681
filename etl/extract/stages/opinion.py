"""A second opinion on stages with their modalities, on aggregations and on topics: a small network, heard where it is sure.

The rules decide; the network, trained on texts of this project, overrules them only where it holds another label for more
likely than theirs. What it looks at is listed in `features.py`. `make train` makes it anew.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from etl.extract.network import Labeller, Looked
from etl.extract.readings import RoleReading, StageReading
from etl.extract.stages.acts import BINDING
from etl.extract.stages.features import NAMES, NO_STAGE, describe_role
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.reading import Judged
from etl.records import Evidence, Quantity
from tracker.resources import resource_path
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

MODEL: Final = resource_path("etl", "extract", "stages", "models") / "labels.npz"
SURE: Final = {"stage": 0.25, "aggregation": 0.3, "topic": 0.2}
"""By how much more likely than that of the rules a label of each field must be; found on texts that the network was not trained on."""
FIELDS: Final = tuple(SURE)
_DENIED: Final = f"/{Modality.DENIED}"
_GOVERNED: Final = -33
"""What a verb costs at most whose object the quantity is."""


def hear_opinion(code: str, judged: Judged, looked: Looked[Labeller], roles: Sequence[RoleReading]) -> list[StageReading]:
    """The readings of the rules, with another stage, modality, aggregation or topic where the network is sure to know better.

    To what the network sees of each quantity come the features of its roles; `code` is the language's.
    """
    labeller = looked.model
    read = labeller.read(looked.sums + labeller.bag.sum([describe_role(role) for role in roles]))
    readings: list[StageReading] = []
    for index, (seat, judgement, reading) in enumerate(zip(judged.seats, judged.judgements, judged.readings, strict=True)):
        heard = {field: choose_label(labeller.labels[field], read[field][index], label_of(field, reading), sure) for field, sure in SURE.items()}
        if heard["stage"] and not _is_named(judgement, seat.quantity):
            label = heard["stage"]
            if _is_negated(judgement) and not label.endswith(_DENIED):
                label = _best_denied(labeller.labels["stage"], read["stage"][index])
            reading = _restage(reading, label, code)
        if heard["aggregation"]:
            *before, _, of_topic = reading.evidence
            evidence = (*before, Evidence("aggregation", f"{code}.aggregation.learned"), of_topic)
            reading = reading._replace(aggregation=Aggregation(heard["aggregation"]), evidence=evidence)
        if heard["topic"]:
            evidence = (*reading.evidence[:-1], Evidence("topic", f"{code}.topic.learned"))
            reading = reading._replace(topic=Topic(heard["topic"]), evidence=evidence)
        readings.append(reading)
    return readings


def _is_negated(judgement: Judgement) -> bool:
    """Whether a verb with the quantity right behind it is negated: `has not ordered the 35 jets`."""
    return judgement.modality is Modality.DENIED and judgement.cost <= _GOVERNED


def _best_denied(labels: Sequence[str], chances: Sequence[float]) -> str:
    """The likeliest stage that has not come about."""
    return max((chance, label) for chance, label in zip(chances, labels, strict=True) if label.endswith(_DENIED))[1]


def choose_label(labels: Sequence[str], chances: Sequence[float], own: str, sure: float) -> str | None:
    """Another label than the rules' own, where the network is sure of it; None where theirs stands."""
    best = max(chances)
    label = labels[chances.index(best)]
    if label == own:
        return None
    return label if best - (chances[labels.index(own)] if own in labels else 0.0) > sure else None


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


def _restage(reading: StageReading, label: str, code: str) -> StageReading:
    name, _, mood = label.partition("/")
    stage, modality = None if name == NO_STAGE else Stage(name), Modality(mood)
    of_stage, of_mood, *others = reading.evidence
    if stage is not reading.stage:
        of_stage = Evidence("stage", f"{code}.stage.learned", reading.cue_start, reading.cue_end)
    if modality is not reading.modality:
        of_mood = Evidence("modality", f"{code}.modality.learned")
    return reading._replace(stage=stage, modality=modality, evidence=(of_stage, of_mood, *others))
