"""Expressions that several reports share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Label,
    Numeric,
    String,
    TableClause,
    and_,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)

from tracker.model import ExactDecimal, Party
from tracker.queries.columns import Column
from tracker.vocabulary import Kind, Modality

CLAIMS = Column("claims", "integer", "Number of claims counted")
ARTICLES = Column("articles", "integer", "Number of articles that they come from")
MONTH = Column("month", "text", "YYYY-MM of the event, else of the article")
LOW_EUR = Column("low_eur", "number", "Sum in euros, the low ends of ranges")
HIGH_EUR = Column("high_eur", "number", "Sum in euros, the high ends of ranges")


def month_of(claims: TableClause) -> ColumnElement[str]:
    """The month of the event, else of the article: `2024-03`."""
    day = func.coalesce(claims.c.date_from, claims.c.published_from)
    # Written out and not bound: PostgreSQL takes two parameters for two expressions and refuses to group by one of them.
    return func.substr(cast(day, String), literal_column("1"), literal_column("7"))


def addable(claims: TableClause, kind: Kind) -> ColumnElement[bool]:
    """Claims of a kind that a sum may add: none twice, none denied or only possible."""
    unsure = [Modality.DENIED.value, Modality.CONDITIONAL.value]
    return and_(claims.c.counts_once, claims.c.kind == kind.value, claims.c.modality.not_in(unsure))


def total(column: ColumnElement[Any], name: str) -> Label[Any]:
    """The sum of a column, to the cent."""
    rounded = func.round(cast(func.sum(cast(column, Float(53))), Numeric), 2)
    return type_coerce(rounded, ExactDecimal()).label(name)


def party_or_wording(claims: TableClause, role: str) -> ColumnElement[str]:
    """The name of the resolved party of a role, else its wording."""
    name = select(Party.name).where(Party.id == claims.c[f"{role}_party"]).scalar_subquery()
    return func.coalesce(name, claims.c[role])


def counts(claims: TableClause) -> tuple[Label[int], Label[int]]:
    """How many claims, and from how many articles."""
    return (
        func.count().label("claims"),
        func.count(claims.c.article_key.distinct()).label("articles"),
    )
