"""Trains the networks of labels and of choices: Adam on cross entropy, with features and hidden units left out at random.

The same descriptions give the same bytes on the same machine.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

_RATE, _LAST_RATE = 0.012, 0.0001
_AVERAGED_FROM = 0.4
"""From which share of the steps on weights are averaged."""
_AVERAGED_EACH = 4
"""How many steps lie between those that are averaged."""
_SPREAD = 0.3
"""Of the weights to begin with."""
_FIRST, _SECOND = 0.9, 0.99
"""How slowly Adam forgets the first and the second moment."""
_DECAY = 1e-5
_LEVELS = 127
"""The largest weight of a file, in the units of its column."""


class Settings(NamedTuple):
    """What differs between networks."""

    hidden: int
    rarest: int
    """In how many descriptions a feature must be."""
    epochs: int
    batch: int
    features_out: float
    """What share of features is left out of each step."""
    hidden_out: float
    """What share of hidden units is."""


class Step(NamedTuple):
    """One step of training: its number, how far it goes, what it is about, and whether the weights behind it are averaged."""

    number: int
    rate: float
    batch: Any
    is_averaged: bool


class Weights:
    """A table of weights with its moments for Adam; only the rows that a step touches move."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values, dtype=np.float32)
        self._mean, self._square = np.zeros_like(self.values), np.zeros_like(self.values)
        self._sum, self._summed = np.zeros_like(self.values), 0

    def settle(self) -> Any:
        """The average of the weights over the later steps."""
        return self._sum / self._summed

    def move(self, gradient: Any, step: Step, rows: Any = slice(None)) -> None:
        """Makes a step, with some decay of the weights."""
        gradient = gradient + _DECAY * self.values[rows]
        mean = _FIRST * self._mean[rows] + (1 - _FIRST) * gradient
        square = _SECOND * self._square[rows] + (1 - _SECOND) * gradient * gradient
        self._mean[rows], self._square[rows] = mean, square
        mean, square = mean / (1 - _FIRST**step.number), square / (1 - _SECOND**step.number)
        self.values[rows] -= step.rate * mean / (np.sqrt(square) + 1e-7)
        if step.is_averaged:
            self._sum += self.values
            self._summed += 1


class Picked(NamedTuple):
    """The features of some descriptions, one after the other, and how many each has."""

    places: Any
    lengths: Any


class Bag:
    """The features of descriptions and what they weigh; the first row belongs to no feature and weighs nothing."""

    def __init__(self, described: Sequence[Sequence[str]], rarest: int, hidden: int, past: int, chance: np.random.Generator) -> None:
        counts = Counter(name for features in described for name in dict.fromkeys(features))
        self.names = ["", *sorted(name for name, count in counts.items() if count >= rarest)]
        places = {name: place for place, name in enumerate(self.names)}
        known = [[places[name] for name in one if name in places] or [0] for one in described]
        self._places = np.array([place for one in known for place in one])
        self._lengths = np.array([len(one) for one in known])
        self._starts = np.cumsum(self._lengths) - self._lengths
        values = np.concatenate([_SPREAD * chance.standard_normal((len(places), hidden)), np.zeros((len(places), past))], axis=1)
        values[0] = 0
        self.weights = Weights(values)

    def pick(self, numbers: Any, left_out: float, chance: np.random.Generator) -> Picked:
        """The features of some descriptions, without a share of them left out at random."""
        lengths = self._lengths[numbers]
        begins = np.cumsum(lengths) - lengths
        places = self._places[np.arange(lengths.sum()) + np.repeat(self._starts[numbers] - begins, lengths)]
        kept = chance.random(len(places)) > left_out
        kept[begins[np.add.reduceat(kept, begins) == 0]] = True
        return Picked(places[kept], np.add.reduceat(kept, begins, dtype=np.int64))

    def weigh(self, picked: Picked) -> Any:
        """A row a description."""
        begins = np.cumsum(picked.lengths) - picked.lengths
        return np.add.reduceat(self.weights.values[picked.places], begins, axis=0) * _share(picked)

    def learn(self, picked: Picked, error: Any, step: Step) -> None:
        """Moves the weights against an error a description."""
        order = np.argsort(picked.places, kind="stable")
        ordered = picked.places[order]
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        owners = np.repeat(np.arange(len(picked.lengths)), picked.lengths)[order]
        gradient = np.add.reduceat((error * _share(picked))[owners], starts, axis=0)
        rows = ordered[starts]
        gradient[rows == 0] = 0
        self.weights.move(gradient, step, rows)

    def pack(self, name: str) -> dict[str, Any]:
        """The arrays of a file; weights are rounded to whole numbers of one byte, in units of a column's largest weight."""
        values = self.weights.settle()
        units = np.maximum(np.abs(values).max(axis=0), math.ulp(1.0)).astype(np.float64) / _LEVELS
        rows = np.rint(values / units).astype(np.int8)
        return {f"{name}_features": pack_names(self.names), f"{name}_rows": rows, f"{name}_units": units}


def _share(picked: Picked) -> Any:
    return (1 / np.sqrt(picked.lengths)).astype(np.float32)[:, None]


def pack_names(names: Sequence[str]) -> Any:
    """A list of strings as an array."""
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Writes the file of a network."""
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, **{name: np.asarray(value, dtype=np.float64 if value.dtype == np.float32 else None) for name, value in arrays.items()})


def list_steps(count: int, settings: Settings, chance: np.random.Generator) -> Iterator[Step]:
    """The steps of training on so many descriptions."""
    number, each = 0, math.ceil(count / settings.batch)
    first = _AVERAGED_FROM * each * settings.epochs
    for _epoch in range(settings.epochs):
        order = chance.permutation(count)
        for start in range(0, count, settings.batch):
            rate = _RATE * (1 - number / (each * settings.epochs)) + _LAST_RATE
            number += 1
            is_averaged = number > first and (number - each * settings.epochs) % _AVERAGED_EACH == 0
            yield Step(number, rate, order[start : start + settings.batch], is_averaged)


def leave_out(shape: tuple[int, ...], settings: Settings, chance: np.random.Generator) -> Any:
    """What hidden units are multiplied by."""
    return (chance.random(shape) > settings.hidden_out).astype(np.float32) / np.float32(1 - settings.hidden_out)
