"""Trains the networks that choose among candidates: cross entropy over the candidates of a question and none of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.training.network import Bag, Settings, Weights, leave_out, list_steps, save_arrays

_SETTINGS = Settings(hidden=32, rarest=3, epochs=14, batch=256, features_out=0.3, hidden_out=0.4)
_BESIDE = ("l:", "r:")
_RAREST_ASKED = 5
"""In how many questions a feature of the questions themselves must be."""


class Asked(NamedTuple):
    """One question: its own features, those of each candidate, and which candidates are right; none where all are wrong."""

    features: Sequence[str]
    candidates: Sequence[Sequence[str]]
    right: Sequence[bool]


def train_ranker(questions: Sequence[Asked], path: Path) -> None:
    """Writes the network of questions; those without candidates teach nothing."""
    questions = [question for question in questions if question.candidates]
    chance = np.random.default_rng(1)
    size = _SETTINGS.hidden
    marks = Bag([features for question in questions for features in question.candidates], _SETTINGS.rarest, size, 1, chance)
    asked = Bag([_drop_pairs(question.features) for question in questions], _RAREST_ASKED, size, 0, chance)
    counts = np.array([len(question.candidates) for question in questions])
    starts = np.cumsum(counts) - counts
    right = np.array([is_right for question in questions for is_right in question.right])
    weights = Weights(chance.standard_normal(size) / np.sqrt(size))
    hidden_bias, none_bias, bias = Weights(np.zeros(size)), Weights(np.zeros(size)), Weights(np.zeros(1))
    for step in list_steps(len(questions), _SETTINGS, chance):
        lengths = counts[step.batch]
        begins = np.cumsum(lengths) - lengths
        owner = np.repeat(np.arange(len(step.batch)), lengths)
        rows = np.arange(lengths.sum()) + np.repeat(starts[step.batch] - begins, lengths)
        picked, questioned = marks.pick(rows, _SETTINGS.features_out, chance), asked.pick(step.batch, _SETTINGS.features_out, chance)
        weighed, context = marks.weigh(picked), asked.weigh(questioned)
        before = np.concatenate([weighed[:, :size] + context[owner] + hidden_bias.values, context + none_bias.values])
        mask = leave_out(before.shape, _SETTINGS, chance)
        hidden = np.maximum(before, 0) * mask
        logits = hidden @ weights.values
        logits[: len(rows)] += weighed[:, size] + bias.values
        error = (_find_error(logits, right[rows], owner, begins) / len(step.batch)).astype(np.float32)
        back = error[:, None] * weights.values * mask * (before > 0)
        ahead, none = back[: len(rows)], back[len(rows) :]
        marks.learn(picked, np.concatenate([ahead, error[: len(rows), None]], axis=1), step)
        asked.learn(questioned, np.add.reduceat(ahead, begins, axis=0) + none, step)
        weights.move(hidden.T @ error, step)
        hidden_bias.move(ahead.sum(axis=0), step)
        none_bias.move(none.sum(axis=0), step)
        bias.move(error[: len(rows)].sum(keepdims=True), step)
    biases = {"hidden_bias": hidden_bias.settle(), "none_bias": none_bias.settle(), "weights": weights.settle(), "bias": bias.settle()[0]}
    save_arrays(path, marks.pack("marks") | asked.pack("asked") | biases)


def _drop_pairs(features: Sequence[str]) -> list[str]:
    """The features without those of two words side by side, which tell of stages alone."""
    return [feature for feature in features if " " not in feature or not feature.startswith(_BESIDE)]


def _find_error(logits: np.ndarray, right: np.ndarray, owner: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """By how much the likelihoods of the candidates, and then of none of each question, are off.

    Of several right ones it does not matter which is chosen.
    """
    ahead, none = logits[: len(owner)], logits[len(owner) :]
    heaviest = np.maximum(np.maximum.reduceat(ahead, begins), none)
    powers, powers_none = np.exp(ahead - heaviest[owner]), np.exp(none - heaviest)
    sums = np.add.reduceat(powers, begins) + powers_none
    powers_right = powers * right
    sums_right = np.add.reduceat(powers_right, begins)
    has_right = np.maximum.reduceat(right, begins)
    wanted = np.where(has_right[owner], powers_right / np.maximum(sums_right, 1e-30)[owner], 0.0)
    wanted_none = np.where(has_right, 0.0, 1.0)
    return np.concatenate([powers / sums[owner] - wanted, powers_none / sums - wanted_none])
