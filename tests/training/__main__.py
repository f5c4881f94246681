"""`python -m tests.training`: trains the models on every text, and says how they do on texts held out in turn."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from etl.extract.dates.opinion import MODEL as DATES
from etl.extract.network import Labeller, load_arrays, load_labeller
from etl.extract.ranking import Ranker, load_ranker
from etl.extract.roles.opinion import PATHS
from etl.extract.stages.opinion import FIELDS, MODEL
from tests.training import choices, dates, labels
from tests.training.texts import read_texts

FOLDS = 3
T = TypeVar("T")
Counts = tuple[int, int, int]


def main() -> None:
    """Trains on all texts, after a measure on each part of them by a model of the others."""
    asked = list(choices.read_questions(read_texts()))
    for role in choices.ROLES:
        _train_choices([text[role] for text in asked], role)
    load_ranker.cache_clear()  # what acts and what is counted are features of stages and topics
    examples = list(labels.read_examples())
    _measure(examples, labels.train, {field: lambda part, path, field=field: labels.count_right(part, field, Labeller(load_arrays(path))) for field in FIELDS}, MODEL)
    load_labeller.cache_clear()  # and these are features of the counterparty and of the date
    _train_choices(list(choices.read_pairs(read_texts())), "counterparty")
    dated = list(dates.read_questions(read_texts()))
    _measure(dated, lambda part, path: dates.train(_flatten(part), path), {"date": lambda part, path: dates.count_right(_flatten(part), Ranker(load_arrays(path)))}, DATES)


def _flatten(texts: Sequence[Sequence[T]]) -> list[T]:
    return [question for text in texts for question in text]


def _train_choices(asked: Sequence[Sequence[choices.Question]], role: str) -> None:
    def count(texts: Sequence[Sequence[choices.Question]], path: Path) -> Counts:
        return choices.count_right(_flatten(texts), role, Ranker(load_arrays(path)))

    _measure(asked, lambda part, path: choices.train(_flatten(part), path), {role: count}, PATHS[role])


def _measure(texts: Sequence[T], train: Callable[[Sequence[T], Path], None], counters: dict[str, Callable[[Sequence[T], Path], Counts]], path: Path) -> None:
    """Trains on all texts, and prints for each field how many are right in each part of them by a model of the others."""
    counts: dict[str, list[Counts]] = {field: [] for field in counters}
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / path.name
            train([text for number, text in enumerate(texts) if number % FOLDS != fold], trial)
            for field, count in counters.items():
                counts[field].append(count([text for number, text in enumerate(texts) if number % FOLDS == fold], trial))
    train(texts, path)
    for field, folds in counts.items():
        total, ruled, heard = (sum(column) for column in zip(*folds, strict=True))
        print(f"{field}: {total} labels, rules {ruled / total:.1%}, with the model {heard / total:.1%}, {path.stat().st_size:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
