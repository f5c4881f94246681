"""All models that give a second opinion, and what they look at, looked up once for all of them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Final

from etl.extract.dates.opinion import MODEL as DATES
from etl.extract.network import Pool, load_labeller
from etl.extract.ranking import load_ranker
from etl.extract.roles.opinion import PATHS
from etl.extract.stages.opinion import MODEL as STAGES

STAGE: Final = "stage"
DATE: Final = "date"


def look_up(described: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The sums of the features of each quantity for each model: `stage`, `date` and the roles."""
    return _load_pool().sum(described)


@functools.cache
def _load_pool() -> Pool:
    bags = {role: load_ranker(path).asked for role, path in PATHS.items()}
    return Pool({STAGE: load_labeller(STAGES).bag, DATE: load_ranker(DATES).asked, **bags})
