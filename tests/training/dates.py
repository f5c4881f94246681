"""Trains the model that gives a second opinion on dates."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from etl.extract.dates import find_dates, mark_compared, read_dates
from etl.extract.dates.opinion import Choice, answer_dates, list_options
from etl.extract.network import Looked
from etl.extract.ranking import Ranker, list_features
from tests.training.choices import Models, settle_stages
from tests.training.ranker import Asked, train_ranker
from tests.training.texts import find_labels, open_text


class Question(NamedTuple):
    """What is asked of one quantity."""

    choice: Choice
    features: list[str]
    """Those of the quantity."""
    right: str | None
    """The date; None where the text gives none."""


def read_questions(texts: Iterable[dict[str, Any]], models: Sequence[Models]) -> Iterator[list[Question]]:
    """The questions of each text; the models before it are the given ones in turn, a text each."""
    for text, before in zip(texts, itertools.cycle(models)):
        document, kept = open_text(text)
        settled, mentions = settle_stages(document, kept, before), mark_compared(document, find_dates(document), kept)
        ruled = read_dates(document, kept, settled.stages, mentions)
        yield [
            Question(choice, features, label["date"])
            for choice, features, label in zip(
                list_options(document, kept, settled.stages, ruled, mentions), settled.features, find_labels(text, kept), strict=True
            )
            if "date" in label
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
    looked = Looked(ranker, ranker.asked.sum([question.features for question in questions]))
    chosen = answer_dates([question.choice for question in questions], looked)
    ruled = sum((q.choice.own.date if q.choice.own else None) == q.right for q in questions)
    heard = sum((one.date if one else None) == q.right for q, one in zip(questions, chosen, strict=True))
    return len(questions), ruled, heard
