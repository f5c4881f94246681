"""`python -m tests.training`: trains the models on every text, and says how they do on texts held out in turn."""

from __future__ import annotations

import tempfile
from pathlib import Path

from etl.extract.ranking import Model, load_model
from etl.extract.roles import opinion as roles
from etl.extract.stages import opinion as stages
from tests.training import choices, labels
from tests.training.texts import read_texts

FOLDS = 3


def main() -> None:
    """Trains on all texts, after a measure on each part of them by a model of the others."""
    asked = list(choices.read_questions(read_texts()))
    for role in choices.ROLES:
        _train_choices([text[role] for text in asked], role)
    load_model.cache_clear()  # what acts and what is counted are features of stages and topics
    examples = list(labels.read_examples())
    for field in labels.FIELDS:
        counts = [_measure_labels(examples, field, fold) for fold in range(FOLDS)]
        path = stages.MODELS / stages.FILES[field]
        labels.train(examples, field, path)
        _report(field, counts, path)
    stages.load_model.cache_clear()  # and these are features of the counterparty
    by_rules = choices.train(question for text in choices.read_pairs(read_texts(), None) for question in text)
    _train_choices(list(choices.read_pairs(read_texts(), Model(by_rules))), "counterparty")


def _train_choices(asked: list[list[choices.Question]], role: str) -> None:
    counts = [_measure_choices(asked, role, fold) for fold in range(FOLDS)]
    path = roles.MODELS / f"{role}.json"
    choices.save(choices.train(question for text in asked for question in text), path)
    _report(role, counts, path)


def _measure_labels(examples: list[labels.Example], field: str, fold: int) -> tuple[int, int, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / stages.FILES[field]
        labels.train([e for n, e in enumerate(examples) if n % FOLDS != fold], field, path)
        return labels.count_right([e for n, e in enumerate(examples) if n % FOLDS == fold], field, path)


def _measure_choices(asked: list[list[choices.Question]], role: str, fold: int) -> tuple[int, int, int]:
    model = Model(choices.train(q for n, text in enumerate(asked) if n % FOLDS != fold for q in text))
    held_out = [q for n, text in enumerate(asked) if n % FOLDS == fold for q in text]
    return choices.count_right(held_out, model, roles.MARGINS[role])


def _report(field: str, counts: list[tuple[int, int, int]], path: Path) -> None:
    total, ruled, heard = (sum(column) for column in zip(*counts, strict=True))
    size = path.stat().st_size
    print(f"{field}: {total} labels, rules {ruled / total:.1%}, with the model {heard / total:.1%}, {size:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
