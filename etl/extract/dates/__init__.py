"""When: the dates that a text names, and the date of each claim."""

from __future__ import annotations

from etl.extract.dates.compared import mark_compared
from etl.extract.dates.mentions import find_dates
from etl.extract.dates.opinion import hear_dates
from etl.extract.dates.reading import read_dates

__all__ = ["find_dates", "hear_dates", "mark_compared", "read_dates"]
