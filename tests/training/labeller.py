"""Trains the network that labels descriptions: one hidden layer for all fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.training.network import Bag, Settings, Weights, leave_out, list_steps, pack_names, save_arrays

_SETTINGS = Settings(hidden=96, rarest=5, epochs=16, batch=512, features_out=0.4, hidden_out=0.5)
_SHARES = {"stage": 1.0}
_OTHER_SHARE = 0.7
"""How much the other fields count in a step."""


def train_labeller(described: Sequence[Sequence[str]], right: Sequence[Mapping[str, str]], path: Path) -> None:
    """Writes the network of descriptions and their labels by field; a field without a label teaches nothing."""
    fields = sorted({field for labels in right for field in labels})
    names = {field: sorted({labels[field] for labels in right if field in labels}) for field in fields}
    wanted = {field: np.array([names[field].index(one[field]) if field in one else -1 for one in right]) for field in fields}
    size = sum(map(len, names.values()))
    chance = np.random.default_rng(1)
    bag = Bag(described, _SETTINGS.rarest, _SETTINGS.hidden, size, chance)
    weights = Weights(chance.standard_normal((_SETTINGS.hidden, size)) / np.sqrt(_SETTINGS.hidden))
    hidden_bias, bias = Weights(np.zeros(_SETTINGS.hidden)), Weights(np.zeros(size))
    for step in list_steps(len(described), _SETTINGS, chance):
        picked = bag.pick(step.batch, _SETTINGS.features_out, chance)
        weighed = bag.weigh(picked)
        before = weighed[:, : _SETTINGS.hidden] + hidden_bias.values
        mask = leave_out(before.shape, _SETTINGS, chance)
        hidden = np.maximum(before, 0) * mask
        logits = hidden @ weights.values + bias.values + weighed[:, _SETTINGS.hidden :]
        errors, begin = [], 0
        for field in fields:
            end = begin + len(names[field])
            errors.append(_SHARES.get(field, _OTHER_SHARE) * _find_error(logits[:, begin:end], wanted[field][step.batch]))
            begin = end
        error = (np.concatenate(errors, axis=1) / len(step.batch)).astype(np.float32)
        back = (error @ weights.values.T) * mask * (before > 0)
        bag.learn(picked, np.concatenate([back, error], axis=1), step)
        weights.move(hidden.T @ error, step)
        hidden_bias.move(back.sum(axis=0), step)
        bias.move(error.sum(axis=0), step)
    labels = pack_names([f"{field}={label}" for field in fields for label in names[field]])
    biases = {"labels": labels, "hidden_bias": hidden_bias.settle(), "weights": weights.settle(), "bias": bias.settle()}
    save_arrays(path, bag.pack("described") | biases)


def _find_error(logits: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """By how much the likelihoods of one field's labels are off."""
    error = np.exp(logits - logits.max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(len(wanted)), wanted] -= 1
    error[wanted < 0] = 0
    return error
