"""Chooses among candidates by small linear models, trained on texts of this project (`make train`).

A candidate is described by marks: what the rules said of it, where it stands, which words are beside it. A model is a
table of features and weights; what a candidate's features weigh together is the log-odds that it is the right one.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_REMEMBERED: Final = 50_000
"""How many marks a pattern, and how many weights a model remembers before it forgets them all."""

Values = tuple[object, ...]


class Mark:
    """A pattern with its values for one candidate. A pattern makes one mark of the same values, so that each is weighed once."""

    __slots__ = ("pattern", "values")

    def __init__(self, pattern: Pattern, values: Values) -> None:
        self.pattern = pattern
        self.values = values

    def features(self) -> Iterator[str]:
        """The features of the mark, one a view: `place2=before|of`, else one a value: `word=tank`."""
        name, values = self.pattern.name, self.values
        if not self.pattern.views:
            yield from (f"{name}={value}" for value in values)
        for number, view in enumerate(self.pattern.views):
            yield f"{name}{number}=" + "|".join([str(values[index]) for index in view])


class Pattern(dict[Values, Mark]):
    """A sort of mark: its name, and which values are looked at together, each alone where there are no views.

    It is the table of its marks, each made when it is first asked for: `PLACE["before", "of"]`.
    """

    def __init__(self, name: str, views: tuple[tuple[int, ...], ...]) -> None:
        super().__init__()
        self.name = name
        self.views = views

    def __missing__(self, values: Values) -> Mark:
        if len(self) > _REMEMBERED:
            self.clear()
        mark = self[values] = Mark(self, values)
        return mark


class _Weights(dict[Mark, float]):
    """What each mark met so far weighs."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, mark: Mark) -> float:
        if len(self) > _REMEMBERED:
            self.clear()
        weights = self._weights
        weight = self[mark] = sum([weights.get(feature, 0.0) for feature in mark.features()])
        return weight


class Model:
    """The weights of one question."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weigh = _Weights(weights).__getitem__

    def weigh(self, marks: Iterable[Mark]) -> float:
        """The log-odds that the candidate with these marks is the right one."""
        return sum(map(self._weigh, marks))


def likelihood(weight: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-weight)) if weight > -30.0 else 0.0


def list_features(marks: Iterable[Mark]) -> list[str]:
    """All features of a candidate, for training."""
    return list(itertools.chain.from_iterable(mark.features() for mark in marks))


@functools.cache
def load_model(path: Path) -> Model:
    """The model of a file, read once."""
    return Model(json.loads(path.read_text(encoding="utf-8")))
