"""How firm a transaction is, how it is asserted, whether a sum, and what it is about."""

from __future__ import annotations

from etl.extract.stages.features import describe
from etl.extract.stages.opinion import hear_opinion
from etl.extract.stages.reading import judge_quantities
from etl.extract.stages.sums import sum_years

__all__ = ["describe", "hear_opinion", "judge_quantities", "sum_years"]
