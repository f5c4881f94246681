"""Trains the model that gives a second opinion on stages, aggregations and topics."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from etl.extract.network import Labeller
from etl.extract.ranking import Ranker
from etl.extract.roles import bind_roles
from etl.extract.stages import describe, judge_quantities
from etl.extract.stages.features import describe_role
from etl.extract.stages.opinion import FIELDS, SURE, choose_label, label_of, name_stage
from etl.lexicon import Example as PackExample
from etl.lexicon import available_languages, load_pack
from tests.training.choices import look_up_roles
from tests.training.labeller import train_labeller
from tests.training.texts import find_labels, open_text


class Example(NamedTuple):
    """One text: what the model looks at, what is right, and what the rules say, a quantity each."""

    language: str
    features: list[list[str]]
    right: list[dict[str, str]]
    """Empty for a quantity that the labels leave out."""
    ruled: list[dict[str, str]]


def read_examples(texts: Iterable[dict[str, Any]], rankers: Sequence[Mapping[str, Ranker]]) -> Iterator[Example]:
    """Every text in order, then the examples of the language packs; the models of roles are the given ones in turn, a text each."""
    for text, before in zip(itertools.chain(texts, _pack_texts()), itertools.cycle(rankers)):
        yield _describe(text, before)


def _pack_texts() -> Iterator[dict[str, Any]]:
    for code in available_languages():
        for shown in load_pack(code).example:
            if "stage" in shown.want or "aggregation" in shown.want or "topic" in shown.want:
                yield _as_text(code, shown)


def _as_text(code: str, shown: PackExample) -> dict[str, Any]:
    """An example of a pack in the form of a labelled text."""
    start = shown.text.index(shown.quote)
    label: dict[str, Any] = {"start": start, "end": start + len(shown.quote)}
    label |= {field: shown.want[field] for field in ("stage", "modality", "aggregation", "topic") if field in shown.want}
    return {"text": shown.text, "language": code, "published": shown.published, "title": None, "claims": [label]}


def _describe(text: dict[str, Any], rankers: Mapping[str, Ranker]) -> Example:
    document, kept = open_text(text)
    judged = judge_quantities(document, kept)
    right = [_labels(label) for label in find_labels(text, kept)]
    ruled = [{field: label_of(field, reading) for field in FIELDS} for reading in judged.readings]
    features = describe(document, judged)
    roles = bind_roles(document, kept, judged.readings, look_up_roles(features, rankers)).readings
    described = [[*one, *describe_role(role)] for one, role in zip(features, roles, strict=True)]
    return Example(text["language"], described, right, ruled)


def _labels(claim: dict[str, Any]) -> dict[str, str]:
    """The label of each field that is given."""
    labels = {field: claim[field] for field in ("aggregation", "topic") if field in claim}
    if "stage" in claim and "modality" in claim:
        labels["stage"] = name_stage(claim["stage"], claim["modality"])
    return labels


def train(examples: Sequence[Example], path: Path) -> None:
    """Writes the model of all fields; the same examples give the same bytes."""
    shown = [pair for example in examples for pair in zip(example.features, example.right, strict=True) if pair[1]]
    train_labeller([features for features, _ in shown], [right for _, right in shown], path)


def count_right(examples: Sequence[Example], field: str, labeller: Labeller) -> tuple[int, int, int]:
    """How many labels there are, how many the rules have right, and how many with the model heard where it is sure."""
    total = ruled = heard = 0
    for example in examples:
        chances = labeller.read(labeller.bag.sum(example.features))[field]
        for right, own, row in zip(example.right, example.ruled, chances, strict=True):
            if field in right:
                label = choose_label(labeller.labels[field], row, own[field], SURE[field]) or own[field]
                total, ruled, heard = total + 1, ruled + (own[field] == right[field]), heard + (label == right[field])
    return total, ruled, heard
