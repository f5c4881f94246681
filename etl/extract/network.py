"""Small neural networks over bags of features: how likely each label of a description is, how likely each of several candidates.

One hidden layer and a linear way past it. Weights are kept in whole numbers of one byte, and sums of features are sums of
whole numbers, so that their order does not matter. `make train` makes the networks anew.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeVar

import numpy as np

Arrays = Mapping[str, Any]
"""The arrays of a network's file by name."""
_UNKNOWN: Final = {None}
_MANY: Final = 30
"""From how many rows a sum on each list is faster than one call for all."""
_SAFE: Final = 256
"""So many whole numbers of one byte add up to no more than two bytes hold."""
_AT_ONCE: Final = 1024
"""For how many descriptions rows are copied at once."""


M = TypeVar("M")


class Looked(NamedTuple, Generic[M]):
    """A model with what it sees of the quantities of an article: the sums of the features of each, as its bag gives them."""

    model: M
    sums: Any


class Bag:
    """What features weigh: a row a feature, one column for each unit of the hidden layer and each label past it."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.places: dict[str, int] = {feature: place for place, feature in enumerate(read_names(arrays, f"{name}_features"))}
        """Which row each feature has; the first row belongs to none and weighs nothing."""
        rows = arrays[f"{name}_rows"]
        ones = np.ones((len(rows), 1), dtype=rows.dtype)
        ones[0] = 0
        self.rows = np.concatenate([rows, ones], axis=1)
        """The last column is 1, so that it counts features."""
        self.units = arrays[f"{name}_units"]
        """What one stands for in each column."""

    def sum(self, described: Sequence[Sequence[str]]) -> Any:
        """A row a description: the sums of the rows of its known features, each once, and how many these are."""
        return _sum(self.places, self.rows, described)

    def scale(self, sums: Any) -> Any:
        """What the sums weigh, divided by the square root of the number of features."""
        return sums[:, :-1] * (self.units / np.sqrt(np.maximum(sums[:, -1:], 1)))


class Pool:
    """The bags of several models put together, so that features that all of them look at are looked up once."""

    def __init__(self, bags: Mapping[str, Bag]) -> None:
        names = dict.fromkeys(name for bag in bags.values() for name in bag.places)
        self._places = {name: place for place, name in enumerate(names)}
        self._rows = np.zeros((len(names), sum(bag.rows.shape[1] for bag in bags.values())), dtype=np.int8)
        self._columns: dict[str, slice] = {}
        begin = 0
        for name, bag in bags.items():
            columns = self._columns[name] = slice(begin, begin + bag.rows.shape[1])
            self._rows[[self._places[feature] for feature in bag.places], columns] = bag.rows
            begin = columns.stop

    def sum(self, described: Sequence[Sequence[str]]) -> dict[str, Any]:
        """For each bag what its `sum` gives."""
        sums = _sum(self._places, self._rows, described)
        return {name: sums[:, columns] for name, columns in self._columns.items()}


def _sum(places: Mapping[str, int], rows: Any, described: Sequence[Sequence[str]]) -> Any:
    look_up: Callable[[str], Any] = places.get
    return sum_rows(rows, [list(set(map(look_up, features)) - _UNKNOWN) or [0] for features in described])


def sum_rows(rows: Any, several: Sequence[Sequence[int]]) -> Any:
    """A row for each list of places, of which none is empty: the sum of the rows there."""
    if len(several) > _AT_ONCE:  # an article may have tens of thousands of quantities
        parts = [sum_rows(rows, several[begin : begin + _AT_ONCE]) for begin in range(0, len(several), _AT_ONCE)]
        return np.concatenate(parts)
    if not several:
        return np.zeros((0, rows.shape[1]), dtype=np.int32)
    lengths = np.array([len(places) for places in several])
    found = np.array([place for places in several for place in places])
    taken, ends = rows.take(found, axis=0), np.cumsum(lengths)
    if rows.dtype == np.int8 and len(found) > _MANY * len(several) and lengths.max() <= _SAFE:
        parts = [np.add.reduce(taken[end - length : end], axis=0, dtype=np.int16) for length, end in zip(lengths, ends, strict=True)]
        return np.array(parts, dtype=np.int32)
    return np.add.reduceat(taken, ends - lengths, axis=0, dtype=np.int32)


class Labeller:
    """Says how likely each label of each field is for a description."""

    def __init__(self, arrays: Arrays) -> None:
        self.labels: dict[str, list[str]] = {}
        """The labels of each field that it knows."""
        for name in read_names(arrays, "labels"):
            field, _, label = name.partition("=")
            self.labels.setdefault(field, []).append(label)
        self.bag = Bag(arrays, "described")
        self._hidden_bias, self._weights, self._bias = arrays["hidden_bias"], arrays["weights"], arrays["bias"]

    def read(self, sums: Any) -> dict[str, list[list[float]]]:
        """For each field a row a description: how likely each of its labels is; `sums` are those of the bag."""
        weighed = self.bag.scale(sums)
        size = len(self._hidden_bias)
        hidden = np.maximum(weighed[:, :size] + self._hidden_bias, 0.0)
        weights = hidden @ self._weights + self._bias + weighed[:, size:]
        chances: dict[str, list[list[float]]] = {}
        begin = 0
        for field, labels in self.labels.items():
            end = begin + len(labels)
            part = weights[:, begin:end]
            powers = np.exp(part - part.max(axis=1, keepdims=True))
            chances[field] = (powers / powers.sum(axis=1, keepdims=True)).tolist()
            begin = end
        return chances


def read_names(arrays: Arrays, name: str) -> list[str]:
    """A list of strings of a network's file."""
    return bytes(arrays[name]).decode().split("\n")


def load_arrays(path: Path) -> Arrays:
    """The arrays of a file."""
    with np.load(path) as arrays:
        return dict(arrays)


@functools.cache
def load_labeller(path: Path) -> Labeller:
    """The labeller of a file, read once."""
    return Labeller(load_arrays(path))
