"""Trains the model that gives a second opinion on dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from etl.extract.dates import find_dates, read_dates
from etl.extract.dates.opinion import Choice, answer_dates, list_options
from etl.extract.ranking import Ranker, list_features
from tests.training.choices import settle_stages
from tests.training.ranker import Asked, train_ranker
from tests.training.texts import find_label, open_text


class Question(NamedTuple):
    """What is asked of one quantity."""

    choice: Choice
    features: list[str]
    """Those of the quantity."""
    right: str | None
    """The date; None where the text gives none."""


def read_questions(texts: Iterable[dict[str, Any]]) -> Iterator[list[Question]]:
    """The questions of each text, by the models of stages."""
    for text in texts:
        document, kept = open_text(text)
        labels = [find_label(text, quantity) for quantity in kept]
        if not any(label is not None and "date" in label for label in labels):
            continue
        described, _, stages = settle_stages(document, kept)
        mentions = find_dates(document)
        choices = list_options(document, kept, stages, read_dates(document, kept, stages, mentions), mentions)
        yield [
            Question(choice, features, label["date"])
            for choice, features, label in zip(choices, described, labels, strict=True)
            if label is not None and "date" in label
        ]


def train(questions: Iterable[Question], path: Path) -> None:
    """Writes the model."""
    train_ranker(
        [
            Asked(q.features, [list_features(o.marks) for o in q.choice.options], [o.date == q.right for o in q.choice.options])
            for q in questions
        ],
        path,
    )


def count_right(questions: Sequence[Question], ranker: Ranker) -> tuple[int, int, int]:
    """How many there are, how many the rules and how many the model has right, none where there is none included."""
    looked = ranker.asked.sum([question.features for question in questions])
    chosen = answer_dates([question.choice for question in questions], looked, ranker)
    ruled = sum((q.choice.own.date if q.choice.own else None) == q.right for q in questions)
    heard = sum((one.date if one else None) == q.right for q, one in zip(questions, chosen, strict=True))
    return len(questions), ruled, heard
