"""How firm a transaction is, how it is asserted, whether a sum, and what it is about."""

from __future__ import annotations

from etl.extract.stages.reading import read_stages
from etl.extract.stages.sums import sum_years

__all__ = ["read_stages", "sum_years"]
