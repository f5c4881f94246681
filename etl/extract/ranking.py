"""Chooses among candidates by small linear models, trained on texts of this project (`make train`).

A candidate is described by marks: what the rules said of it, where it stands, which words are beside it. A model is a
table of features and weights; what a candidate's features weigh together is the log-odds that it is the right one.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

_REMEMBERED: Final = 200_000
"""How many weighed marks a model remembers before it forgets them all."""


class Pattern(NamedTuple):
    """A sort of mark: its name, and which of its values are looked at together; without views each value is alone."""

    name: str
    views: tuple[tuple[int, ...], ...]

    def features(self, values: Sequence[object]) -> Iterator[str]:
        """The features of a mark with these values, one a view: `place2=before|of`, else one a value: `word=tank`."""
        if not self.views:
            yield from (f"{self.name}={value}" for value in values)
        for number, view in enumerate(self.views):
            yield f"{self.name}{number}=" + "|".join([str(values[index]) for index in view])


Mark = tuple[Pattern, tuple[object, ...]]
"""A pattern with its values for one candidate."""


class Model:
    """The weights of one question."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._weighed: dict[Mark, float] = {}

    def weigh(self, marks: Iterable[Mark]) -> float:
        """The log-odds that the candidate with these marks is the right one."""
        weighed = self._weighed
        total = 0.0
        for mark in marks:
            try:
                total += weighed[mark]
            except KeyError:
                total += self._weigh(mark)
        return total

    def _weigh(self, mark: Mark) -> float:
        pattern, values = mark
        weights = self._weights
        weight = sum([weights.get(feature, 0.0) for feature in pattern.features(values)])
        if len(self._weighed) > _REMEMBERED:
            self._weighed.clear()
        self._weighed[mark] = weight
        return weight


def likelihood(weight: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-weight)) if weight > -30.0 else 0.0


def list_features(marks: Iterable[Mark]) -> list[str]:
    """All features of a candidate, for training."""
    return list(itertools.chain.from_iterable(pattern.features(values) for pattern, values in marks))


@functools.cache
def load_model(path: Path) -> Model:
    """The model of a file, read once."""
    return Model(json.loads(path.read_text(encoding="utf-8")))
