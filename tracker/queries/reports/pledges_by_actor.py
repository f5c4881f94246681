"""Who pledged how much, month by month."""

from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, select

from tracker.queries.columns import Column
from tracker.queries.parts import (
    ARTICLES,
    CLAIMS,
    HIGH_EUR,
    LOW_EUR,
    MONTH,
    addable,
    counts,
    month_of,
    party_or_wording,
    total,
)
from tracker.vocabulary import Kind, Stage

DESCRIPTION = "Pledges in euros by actor and month, restatements counted once"
COLUMNS = (Column("actor", "text", "Who pledges: the party, else as said"), MONTH, CLAIMS, ARTICLES, LOW_EUR, HIGH_EUR)


def build_select(claims: TableClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row an actor and month."""
    actor, month = party_or_wording(claims, "actor"), month_of(claims)
    return (
        select(actor.label("actor"), month.label("month"), *counts(claims),
               total(claims.c.low_eur, "low_eur"), total(claims.c.high_eur, "high_eur"))
        .where(addable(claims, Kind.MONEY), claims.c.stage == Stage.PLEDGE.value, condition)
        .group_by(actor, month)
        .order_by(actor.nulls_last(), month.nulls_last())
    )  # fmt: skip
