"""All models that give a second opinion, and what they look at, looked up once for all of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from etl.extract.dates.opinion import MODEL as DATES
from etl.extract.network import Bag, Labeller, Looked, Pool, load_labeller
from etl.extract.ranking import Ranker, load_ranker
from etl.extract.roles.opinion import PATHS
from etl.extract.stages.opinion import MODEL as STAGES

_STAGE: Final = "stage"
_DATE: Final = "date"


class Sight(NamedTuple):
    """What each model sees of the quantities of an article."""

    stage: Looked[Labeller]
    date: Looked[Ranker]
    roles: Mapping[str, Looked[Ranker]]


def look_up(described: Sequence[Sequence[str]]) -> Sight:
    """What the models see of quantities with such features."""
    sums = _load_pool().sum(described)
    roles = {role: Looked(load_ranker(path), sums[role]) for role, path in PATHS.items()}
    return Sight(Looked(load_labeller(STAGES), sums[_STAGE]), Looked(load_ranker(DATES), sums[_DATE]), roles)


@functools.cache
def _load_pool() -> Pool:
    bags: dict[str, Bag] = {role: load_ranker(path).asked for role, path in PATHS.items()}
    return Pool({_STAGE: load_labeller(STAGES).bag, _DATE: load_ranker(DATES).asked, **bags})
