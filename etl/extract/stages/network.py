"""A small neural network over features: which label each description has, and how likely every label is.

One hidden layer and a linear way past it. Weights are kept in whole numbers of one byte, and sums of features are sums of
whole numbers. `make train` makes the model anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

_UNKNOWN: Final = {None}
LEVELS: Final = 127
"""The largest weight, in the units of its column."""


class Network:
    """Labels descriptions like a tagger of CRFsuite: `set` them, then ask for `tag` and `marginal`."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self._places = {name: place for place, name in enumerate(bytes(arrays["features"]).decode().split("\n"))}
        self._labels: list[str] = bytes(arrays["labels"]).decode().split("\n")
        self._numbers = {label: number for number, label in enumerate(self._labels)}
        self._rows = arrays["rows"]
        """A row a feature: what it adds to the hidden layer, then what it adds to each label past that layer."""
        self._units = arrays["units"]
        self._hidden = len(arrays["hidden_bias"])
        self._hidden_bias, self._weights, self._bias = arrays["hidden_bias"], arrays["weights"], arrays["bias"]
        self._chances: list[list[float]] = []

    def labels(self) -> list[str]:
        """All labels that it knows."""
        return self._labels

    def set(self, described: Sequence[Sequence[str]]) -> None:
        """Reads descriptions, a list of features each."""
        known = [list(set(map(self._places.get, features)) - _UNKNOWN) or [0] for features in described]
        lengths = [len(one) for one in known]
        starts = np.cumsum([0, *lengths[:-1]])
        sums = np.add.reduceat(self._rows[[place for one in known for place in one]], starts, axis=0, dtype=np.int32)
        scaled = sums * self._units / np.sqrt(np.array(lengths))[:, None]
        hidden = np.maximum(scaled[:, : self._hidden] + self._hidden_bias, 0.0)
        weights = hidden @ self._weights + self._bias + scaled[:, self._hidden :]
        chances = np.exp(weights - weights.max(axis=1, keepdims=True))
        self._chances = (chances / chances.sum(axis=1, keepdims=True)).tolist()

    def tag(self) -> list[str]:
        """The likeliest label of each description."""
        return [self._labels[one.index(max(one))] for one in self._chances]

    def marginal(self, label: str, index: int) -> float:
        """How likely a label is."""
        return self._chances[index][self._numbers[label]]


def load_network(path: Path) -> Network:
    """The network of a file."""
    with np.load(path) as arrays:
        return Network(dict(arrays))


def save_network(
    path: Path, features: Sequence[str], labels: Sequence[str], rows: Any, hidden_bias: Any, weights: Any, bias: Any
) -> None:
    """Writes a network; `rows` are rounded to whole numbers of one byte, in units of a column's largest weight."""
    units = np.maximum(np.abs(rows).max(axis=0), math.ulp(1.0)) / LEVELS
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(features).encode(), dtype=np.uint8),
        labels=np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        rows=np.rint(rows / units).astype(np.int8),
        units=units.astype(np.float64),
        hidden_bias=np.asarray(hidden_bias, dtype=np.float64),
        weights=np.asarray(weights, dtype=np.float64),
        bias=np.asarray(bias, dtype=np.float64),
    )
