"""`python -m tests.training`: trains the models on every text, and says how they do on texts held out in turn.

A model that stands behind others learns from what those say of texts that they have not seen, as they will say it in use.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from etl.extract.dates.opinion import MODEL as DATES
from etl.extract.network import Labeller, load_arrays
from etl.extract.ranking import Ranker
from etl.extract.roles.opinion import PATHS
from etl.extract.stages.opinion import FIELDS, MODEL
from tests.training import choices, dates, labels
from tests.training.texts import read_texts

FOLDS = 3
T = TypeVar("T")
Counts = tuple[int, int, int]


def main() -> None:
    """Trains each model on all texts, and one for each part of them on the others."""
    texts = list(read_texts())
    asked = list(choices.read_questions(texts))
    rankers: list[dict[str, Ranker]] = [{} for _ in range(FOLDS)]
    for role in choices.ROLES:
        _learn_role(role, [text[role] for text in asked], rankers)
    examples = list(labels.read_examples(texts, rankers))
    labellers = [Labeller(arrays) for arrays in _train_parts(examples, labels.train, MODEL)]
    for field in FIELDS:
        _print_counts(field, [labels.count_right(part, field, held) for part, held in zip(_cut(examples), labellers, strict=True)])
    models = [choices.Models(*held) for held in zip(rankers, labellers, strict=True)]
    _learn_role("actor", list(choices.read_actors(texts, models)), rankers)
    _learn_role("counterparty", list(choices.read_pairs(texts, models)), rankers)
    dated = list(dates.read_questions(texts, models))
    held = _train_parts(dated, lambda part, path: dates.train(_flatten(part), path), DATES)
    _print_counts("date", [dates.count_right(_flatten(part), Ranker(arrays)) for part, arrays in zip(_cut(dated), held, strict=True)])


def _learn_role(role: str, asked: Sequence[Sequence[choices.Question]], rankers: Sequence[dict[str, Ranker]]) -> None:
    """Trains the models of a role, and adds to each part's models the one that has not seen it."""
    held = _train_parts(asked, lambda part, path: choices.train(_flatten(part), path), PATHS[role])
    for known, arrays in zip(rankers, held, strict=True):
        known[role] = Ranker(arrays)
    _print_counts(role, [choices.count_right(_flatten(part), role, known[role]) for part, known in zip(_cut(asked), rankers, strict=True)])


def _train_parts(texts: Sequence[T], train: Callable[[Sequence[T], Path], None], path: Path) -> Iterator[Any]:
    """Trains on all texts, side by side with one model for each part of them on the others; the arrays of these."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{fold}.npz" for fold in range(FOLDS)]
        shares = [[text for number, text in enumerate(texts) if number % FOLDS != fold] for fold in range(FOLDS)]
        jobs = list(zip([texts, *shares], [path, *paths], strict=True))
        beside = multiprocessing.get_context("fork")  # what is trained on is shared, not copied
        width = os.cpu_count() or 1
        for start in range(0, len(jobs), width):
            running = [beside.Process(target=train, args=job) for job in jobs[start : start + width]]
            for process in running:
                process.start()
            for process in running:
                process.join()
                if process.exitcode:
                    raise SystemExit(process.exitcode)
        yield from map(load_arrays, paths)


def _cut(texts: Sequence[T]) -> list[Sequence[T]]:
    """The parts."""
    return [texts[fold::FOLDS] for fold in range(FOLDS)]


def _flatten(texts: Iterable[Iterable[T]]) -> list[T]:
    return [question for text in texts for question in text]


def _print_counts(field: str, counts: Sequence[Counts]) -> None:
    total, ruled, heard = (sum(column) for column in zip(*counts, strict=True))
    print(f"{field}: {total} labels, rules {ruled / total:.1%}, with the model {heard / total:.1%}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
