"""Trains the models that give a second opinion on stages, aggregations and topics."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from etl.extract.roles import bind_roles
from etl.extract.stages.features import describe
from etl.extract.stages.opinion import SURE, label_of, lead_of, name_stage, open_model
from etl.extract.stages.reading import judge_quantities
from etl.lexicon import Example as PackExample
from etl.lexicon import available_languages, load_pack
from tests.training.network import train_network
from tests.training.texts import find_label, open_text, read_texts

FIELDS = ("stage", "aggregation", "topic")
_PARAMETERS = {"c1": 0.4, "c2": 1.0, "max_iterations": 100}


class Example(NamedTuple):
    """One text: what the model looks at, what is right, and what the rules say, a quantity each."""

    language: str
    features: list[list[str]]
    right: list[dict[str, str]]
    """Empty for a quantity that the labels leave out."""
    ruled: list[dict[str, str]]


def read_examples(step: int = 1) -> Iterator[Example]:
    """Every labelled text in order, or one in `step`, then the examples of the language packs."""
    for text in itertools.islice(read_texts(), 0, None, step):
        example = _describe(text)
        if example.features:
            yield example
    for code in available_languages():
        for shown in load_pack(code).example:
            if "stage" in shown.want or "aggregation" in shown.want or "topic" in shown.want:
                yield _describe(_as_text(code, shown))


def _as_text(code: str, shown: PackExample) -> dict[str, Any]:
    """An example of a pack in the form of a labelled text."""
    start = shown.text.index(shown.quote)
    label: dict[str, Any] = {"start": start, "end": start + len(shown.quote)}
    label |= {field: shown.want[field] for field in ("stage", "modality", "aggregation", "topic") if field in shown.want}
    return {"text": shown.text, "language": code, "published": shown.published, "title": None, "claims": [label]}


def _describe(text: dict[str, Any]) -> Example:
    document, kept = open_text(text)
    seats, judgements, readings = judge_quantities(document, kept) if kept else ([], [], [])
    right: list[dict[str, str]] = []
    for quantity in kept:
        label = find_label(text, quantity)
        right.append(_labels(label) if label else {})
    ruled = [{field: label_of(field, reading) for field in FIELDS} for reading in readings]
    roles = bind_roles(document, kept, readings).readings if kept else []
    return Example(text["language"], describe(document, seats, judgements, readings, roles), right, ruled)


def _labels(claim: dict[str, Any]) -> dict[str, str]:
    """The label of each field that is given."""
    labels = {field: claim[field] for field in ("aggregation", "topic") if field in claim}
    if "stage" in claim and "modality" in claim:
        labels["stage"] = name_stage(claim["stage"], claim["modality"])
    return labels


def train(examples: Iterable[Example], field: str, path: Path) -> None:
    """Writes the model of a field; the same examples give the same bytes."""
    if path.suffix == ".npz":
        shown = [(x, y[field]) for example in examples for x, y in zip(example.features, example.right, strict=True) if field in y]
        train_network([x for x, _ in shown], [y for _, y in shown], path)
        return
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    for example in examples:
        labelled = [(x, y[field]) for x, y in zip(example.features, example.right, strict=True) if field in y]
        if labelled:
            trainer.append(pycrfsuite.ItemSequence([x for x, _ in labelled]), [y for _, y in labelled])
    trainer.train(str(path))


def count_right(examples: Iterable[Example], field: str, path: Path) -> tuple[int, int, int]:
    """How many labels there are, how many the rules have right, and how many with the model heard where it is sure."""
    tagger = open_model(path)
    total = ruled = heard = 0
    for example in examples:
        tagger.set(example.features)
        for index, label in enumerate(tagger.tag()):
            right, own = example.right[index], example.ruled[index][field]
            if field not in right:
                continue
            if label != own and lead_of(tagger, label, own, index) <= SURE[field]:
                label = own
            total, ruled, heard = total + 1, ruled + (own == right[field]), heard + (label == right[field])
    return total, ruled, heard
