"""Who gets or sells for how much."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from tracker.queries.columns import Column
from tracker.queries.parts import ARTICLES, CLAIMS, HIGH_EUR, LOW_EUR, addable, counts, named, party_or_wording, total
from tracker.queries.reports.money_by_stage import STAGE
from tracker.vocabulary import Kind

DESCRIPTION = "Money in euros by recipient or supplier and stage, each figure counted once"
COLUMNS = (
    Column("counterparty", "text", "Who gets, supplies or sells: the party, else as said"),
    STAGE,
    CLAIMS,
    ARTICLES,
    LOW_EUR,
    HIGH_EUR,
)


def build_select(claims: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row a counterparty and stage."""
    counterparty = party_or_wording(claims, "counterparty").label("counterparty")
    grouped = (
        select(counterparty, claims.c.stage, *counts(claims),
               total(claims.c.low_eur, "low_eur"), total(claims.c.high_eur, "high_eur"))
        .where(addable(claims, Kind.MONEY), counterparty.is_not(None), condition)
        .group_by(counterparty, claims.c.stage)
        .subquery()
    )  # fmt: skip
    totals = named(grouped, "counterparty")
    shown = totals.selected_columns
    return totals.order_by(shown["counterparty"], shown["stage"].nulls_last())
