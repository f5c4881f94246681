"""How many of what, at which stage."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select

from tracker.queries.columns import Column
from tracker.queries.parts import ARTICLES, CLAIMS, addable, counts, total
from tracker.queries.reports.money_by_stage import STAGE
from tracker.vocabulary import Kind

DESCRIPTION = "Counts by object and stage; several articles may speak of the same things"
COLUMNS = (
    Column("object", "text", "What is counted, as said, in lower case"),
    STAGE,
    CLAIMS,
    ARTICLES,
    Column("low", "number", "Sum of the counts, the low ends of ranges"),
    Column("high", "number", "Sum of the counts, the high ends of ranges"),
)


def build_select(claims: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row an object and stage."""
    counted = func.lower(claims.c.object)
    return (
        select(counted.label("object"), claims.c.stage, *counts(claims),
               total(claims.c.low, "low"), total(claims.c.high, "high"))
        .where(addable(claims, Kind.COUNT), claims.c.object.is_not(None), condition)
        .group_by(counted, claims.c.stage)
        .order_by(counted, claims.c.stage.nulls_last())
    )  # fmt: skip
