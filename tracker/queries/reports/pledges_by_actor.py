"""Who pledged how much, month by month."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from tracker.queries.columns import Column
from tracker.queries.parts import (
    ARTICLES,
    CLAIMS,
    HIGH_EUR,
    LOW_EUR,
    MONTH,
    addable,
    counts,
    named,
    party_or_wording,
    total,
)
from tracker.vocabulary import Kind, Stage

DESCRIPTION = "Pledges in euros by actor and month, restatements counted once"
COLUMNS = (Column("actor", "text", "Who pledges: the party, else as said"), MONTH, CLAIMS, ARTICLES, LOW_EUR, HIGH_EUR)


def build_select(claims: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row an actor and month."""
    actor, month = party_or_wording(claims, "actor").label("actor"), claims.c.month
    grouped = (
        select(actor, month, *counts(claims), total(claims.c.low_eur, "low_eur"), total(claims.c.high_eur, "high_eur"))
        .where(addable(claims, Kind.MONEY), claims.c.stage == Stage.PLEDGE.value, condition)
        .group_by(actor, month)
        .subquery()
    )
    pledges = named(grouped, "actor")
    shown = pledges.selected_columns
    return pledges.order_by(shown["actor"].nulls_last(), shown["month"].nulls_last())
