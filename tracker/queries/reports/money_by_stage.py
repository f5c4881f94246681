"""Money by stage; stages are never added together."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from tracker.queries.columns import Column
from tracker.queries.parts import ARTICLES, CLAIMS, HIGH_EUR, LOW_EUR, MONTH, addable, counts, total
from tracker.vocabulary import Kind, Stage

DESCRIPTION = "Money in euros by stage and month, each figure counted once"
STAGE = Column("stage", "text", "Stage, empty for plain facts", tuple(stage.value for stage in Stage))
COLUMNS = (STAGE, MONTH, CLAIMS, ARTICLES, LOW_EUR, HIGH_EUR)


def build_select(claims: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row a stage and month."""
    month = claims.c.month
    return (
        select(claims.c.stage, month.label("month"), *counts(claims),
               total(claims.c.low_eur, "low_eur"), total(claims.c.high_eur, "high_eur"))
        .where(addable(claims, Kind.MONEY), condition)
        .group_by(claims.c.stage, month)
        .order_by(claims.c.stage.nulls_last(), month.nulls_last())
    )  # fmt: skip
