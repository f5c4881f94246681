"""Chooses among candidates by small networks, trained on texts of this project (`make train`).

A candidate is described by marks: what the rules said of it, where it stands, which words are beside it. What is asked
of, the quantity, is described by features of its own, which hold for all candidates. A network says how likely each
candidate is the right one, and by what is left how likely none is.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, TypeVar

import numpy as np

from etl.extract.network import Arrays, Bag, Looked, load_arrays, sum_rows

_REMEMBERED: Final = 50_000
"""How many marks a pattern and a ranker remember before they forget them all."""
_ROOM: Final = 1024
"""For how many marks a ranker has room to begin with."""

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


class Margin(NamedTuple):
    """When a model is followed, in probabilities; found on texts that it was not trained on."""

    sure: float
    """By how much more likely than the rules' a candidate must be."""
    likely: float
    """How likely a candidate must be where the rules have none."""
    unlikely: float
    """Where neither the rules' candidate nor another is as likely as this, there is none."""


class Markable(Protocol):
    """Whatever has marks."""

    @property
    def marks(self) -> list[Mark]: ...


T = TypeVar("T", bound=Markable)


def answer(
    looked: Looked[Ranker], margin: Margin, candidates: Sequence[Sequence[T]], ruled: Sequence[T | None]
) -> list[T | None]:
    """For each quantity the candidate that stands after the ranker has been heard: that of the rules, another or none.

    `ruled` are those of the rules.
    """
    ranked = looked.model.rank([[one.marks for one in several] for several in candidates], looked.sums)
    return [_choose(several, own, chances, margin) for several, own, chances in zip(candidates, ruled, ranked, strict=True)]


def _choose(candidates: Sequence[T], own: T | None, chances: Sequence[float], margin: Margin) -> T | None:
    if not candidates:
        return own
    chance = max(chances)
    best = candidates[chances.index(chance)]
    if own is None:
        return best if chance > margin.likely else None
    own_chance = next((likely for one, likely in zip(candidates, chances, strict=True) if one is own), 0.0)
    if best is not own and chance - own_chance > margin.sure:
        return best
    return None if chance < margin.unlikely else own


class _MarkRows(dict[Mark, int]):
    """Where the sum of the features of each mark met so far stands."""

    def __init__(self, bag: Bag) -> None:
        super().__init__()
        self._bag = bag
        self.table = np.zeros((_ROOM, bag.rows.shape[1]), dtype=np.int16)
        """A row a mark, with the number of its known features in the last column."""

    def __missing__(self, mark: Mark) -> int:
        place = len(self)
        if place == len(self.table):
            self.table = np.concatenate([self.table, np.zeros_like(self.table)])
        known = [found for found in map(self._bag.places.get, mark.features()) if found is not None]
        self.table[place] = self._bag.rows[known].sum(axis=0) if known else 0
        self[mark] = place
        return place

    def make_room(self) -> None:
        """Forgets all marks where they are too many."""
        if len(self) > _REMEMBERED:
            self.clear()


class Ranker:
    """Says which candidate is how likely the right one."""

    def __init__(self, arrays: Arrays) -> None:
        self._marks = Bag(arrays, "marks")
        self._rows = _MarkRows(self._marks)
        self.asked = Bag(arrays, "asked")
        """The features of quantities."""
        self._hidden_bias, self._none_bias, self._weights = arrays["hidden_bias"], arrays["none_bias"], arrays["weights"]
        self._bias = float(arrays["bias"])
        """By how much heavier a candidate is than none."""

    def rank(self, candidates: Sequence[Sequence[Sequence[Mark]]], asked: Any) -> list[list[float]]:
        """How likely each candidate of each question is; what is missing to 1 is the chance of none.

        `asked` are the sums of what the questions themselves are described by, a row each.
        """
        chances: list[list[float]] = [[] for _ in candidates]
        numbers = [number for number, options in enumerate(candidates) if options]
        if not numbers:
            return chances
        options = [option for number in numbers for option in candidates[number]]
        counts = np.array([len(candidates[number]) for number in numbers])
        starts = np.cumsum(counts) - counts
        owner = np.repeat(np.arange(len(numbers)), counts)
        weighed = self._weigh(options)
        context = self.asked.scale(asked if len(numbers) == len(candidates) else asked[numbers])
        hidden = np.maximum(weighed[:, :-1] + context[owner] + self._hidden_bias, 0.0)
        weights = hidden @ self._weights + weighed[:, -1] + self._bias
        none = np.maximum(context + self._none_bias, 0.0) @ self._weights
        heaviest = np.maximum(np.maximum.reduceat(weights, starts), none)
        powers = np.exp(weights - heaviest[owner])
        sums = np.add.reduceat(powers, starts) + np.exp(none - heaviest)
        shares = (powers / sums[owner]).tolist()
        for number, start, count in zip(numbers, starts.tolist(), counts.tolist(), strict=True):
            chances[number] = shares[start : start + count]
        return chances

    def _weigh(self, options: Sequence[Sequence[Mark]]) -> Any:
        """A row a candidate: the sums of the features of its marks, divided by the square root of their number."""
        rows = self._rows
        rows.make_room()
        places = [[rows[mark] for mark in option] for option in options]
        return self._marks.scale(sum_rows(rows.table, places))


def list_features(marks: Iterable[Mark]) -> list[str]:
    """All features of a candidate, for training."""
    return list(itertools.chain.from_iterable(mark.features() for mark in marks))


@functools.cache
def load_ranker(path: Path) -> Ranker:
    """The ranker of a file, read once."""
    return Ranker(load_arrays(path))
