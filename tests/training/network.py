"""Trains the network of stages: Adam on cross entropy, with features and hidden units left out at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from etl.extract.stages.network import save_network

_HIDDEN = 64
_RAREST = 3
"""In how many descriptions a feature must be."""
_EPOCHS = 14
_BATCH = 512
_RATE, _LAST_RATE = 0.004, 0.0001
_FEATURES_OUT, _HIDDEN_OUT = 0.15, 0.4
"""What share of features and of hidden units is left out of each step."""
_DECAY = 1e-5
_SPREAD = 0.3
"""Of the weights to begin with."""
_FIRST, _SECOND = 0.9, 0.99
"""How slowly Adam forgets the first and the second moment."""


class _Adam:
    """A table of weights with its moments; only the rows that a step touches move."""

    def __init__(self, weights: Any) -> None:
        self.weights = weights.astype(np.float32)
        self._mean, self._square = np.zeros_like(self.weights), np.zeros_like(self.weights)

    def move(self, gradient: Any, rate: float, step: int, rows: Any = slice(None)) -> None:
        mean = _FIRST * self._mean[rows] + (1 - _FIRST) * gradient
        square = _SECOND * self._square[rows] + (1 - _SECOND) * gradient * gradient
        self._mean[rows], self._square[rows] = mean, square
        mean, square = mean / (1 - _FIRST**step), square / (1 - _SECOND**step)
        self.weights[rows] -= rate * mean / (np.sqrt(square) + 1e-7)


def train_network(described: Sequence[Sequence[str]], right: Sequence[str], path: Path) -> None:
    """Writes the network of descriptions and their labels; the same give the same bytes on the same machine."""
    counts = Counter(name for features in described for name in dict.fromkeys(features))
    features = sorted(name for name, count in counts.items() if count >= _RAREST)
    labels = sorted(set(right))
    places = {name: place for place, name in enumerate(features)}
    numbers = {label: number for number, label in enumerate(labels)}
    known = [np.array([places[name] for name in dict.fromkeys(one) if name in places] or [0]) for one in described]
    wanted = np.array([numbers[label] for label in right])

    chance = np.random.default_rng(1)
    rows = _Adam(
        np.concatenate([_SPREAD * chance.standard_normal((len(features), _HIDDEN)), np.zeros((len(features), len(labels)))], axis=1)
    )
    weights = _Adam(chance.standard_normal((_HIDDEN, len(labels))) / np.sqrt(_HIDDEN))
    hidden_bias, bias = _Adam(np.zeros(_HIDDEN)), _Adam(np.zeros(len(labels)))
    step = 0
    for epoch in range(_EPOCHS):
        rate = _RATE * (1 - epoch / _EPOCHS) + _LAST_RATE
        order = chance.permutation(len(known))
        for start in range(0, len(known), _BATCH):
            step += 1
            batch = order[start : start + _BATCH]
            _take_step(rows, weights, hidden_bias, bias, [_leave_out(known[n], chance) for n in batch], wanted[batch], rate, step, chance)
    save_network(path, features, labels, rows.weights, hidden_bias.weights, weights.weights, bias.weights)


def _leave_out(places: Any, chance: np.random.Generator) -> Any:
    kept = places[chance.random(len(places)) > _FEATURES_OUT]
    return kept if len(kept) else places[:1]


def _take_step(
    rows: _Adam,
    weights: _Adam,
    hidden_bias: _Adam,
    bias: _Adam,
    known: Sequence[Any],
    wanted: Any,
    rate: float,
    step: int,
    chance: np.random.Generator,
) -> None:
    lengths = np.array([len(one) for one in known])
    places, size = np.concatenate(known), len(known)
    share = (1 / np.sqrt(lengths)).astype(np.float32)[:, None]
    sums = np.add.reduceat(rows.weights[places], np.cumsum(lengths) - lengths, axis=0) * share
    before = sums[:, :_HIDDEN] + hidden_bias.weights
    mask = (chance.random(before.shape) > _HIDDEN_OUT).astype(np.float32) / np.float32(1 - _HIDDEN_OUT)
    hidden = np.maximum(before, 0) * mask
    logits = hidden @ weights.weights + bias.weights + sums[:, _HIDDEN:]
    error = np.exp(logits - logits.max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(size), wanted] -= 1
    error = (error / size).astype(np.float32)
    back = (error @ weights.weights.T) * mask * (before > 0)

    order = np.argsort(places, kind="stable")
    ordered = places[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    owners = np.repeat(np.arange(size), lengths)[order]
    gradient = np.add.reduceat((np.concatenate([back, error], axis=1) * share)[owners], starts, axis=0)
    touched = ordered[starts]
    rows.move(gradient + _DECAY * rows.weights[touched], rate, step, touched)
    weights.move(hidden.T @ error + _DECAY * weights.weights, rate, step)
    hidden_bias.move(back.sum(axis=0), rate, step)
    bias.move(error.sum(axis=0), rate, step)
