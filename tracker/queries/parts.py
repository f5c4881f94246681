"""Expressions that several reports share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    Label,
    Numeric,
    Select,
    String,
    Subquery,
    and_,
    cast,
    func,
    select,
    type_coerce,
)

from tracker.model import Claim, ExactDecimal, Party
from tracker.queries.columns import Column
from tracker.vocabulary import Kind, Modality

CLAIMS = Column("claims", "integer", "Number of claims counted")
ARTICLES = Column("articles", "integer", "Number of articles that they come from")
MONTH = Column("month", "text", "YYYY-MM of the event, else of the article")
LOW_EUR = Column("low_eur", "number", "Sum in euros, the low ends of ranges")
HIGH_EUR = Column("high_eur", "number", "Sum in euros, the high ends of ranges")


def figures() -> Subquery:
    """What reports add up, under the names of the `claims` view, straight from the table of claims.

    The view joins article, source and conversions; over a million claims that takes most of the time. What
    `counts_once` is current, so nothing else of the view is needed.
    """
    c = Claim
    return select(
        c.key.label("claim_key"),
        c.article_key,
        type_coerce(c.kind, String).label("kind"),
        type_coerce(c.stage, String).label("stage"),
        type_coerce(c.modality, String).label("modality"),
        type_coerce(c.aggregation, String).label("aggregation"),
        type_coerce(c.topic, String).label("topic"),
        c.counts_once,
        c.month,
        c.date_from,
        c.date_to,
        c.unit,
        c.low_float.label("low"),
        c.high_float.label("high"),
        c.eur_float.label("low_eur"),
        c.eur_high_float.label("high_eur"),
        c.object,
        c.actor,
        c.actor_party,
        c.counterparty,
        c.counterparty_party,
        c.speaker,
        c.speaker_party,
        c.quote,
        c.sentence,
    ).subquery("figures")


def named(grouped: Subquery, column: str) -> Select[Any]:
    """The rows of a report with the party that `column` identifies by its name; a wording stays as it is."""
    key = grouped.c[column]
    shown = [func.coalesce(Party.name, key).label(column) if c is key else c for c in grouped.c]
    return select(*shown).select_from(grouped).outerjoin(Party, Party.id == key)


def addable(claims: FromClause, kind: Kind) -> ColumnElement[bool]:
    """Claims of a kind that a sum may add: none twice, none denied or only possible."""
    unsure = [Modality.DENIED.value, Modality.CONDITIONAL.value]
    return and_(claims.c.counts_once, claims.c.kind == kind.value, claims.c.modality.not_in(unsure))


def total(column: ColumnElement[Any], name: str) -> Label[Any]:
    """The sum of a column, to the cent."""
    rounded = func.round(cast(func.sum(cast(column, Float(53))), Numeric), 2)
    return type_coerce(rounded, ExactDecimal()).label(name)


def party_or_wording(claims: FromClause, role: str) -> ColumnElement[str]:
    """The identifier of the resolved party of a role, else its wording."""
    return func.coalesce(claims.c[f"{role}_party"], claims.c[role])


def counts(claims: FromClause) -> tuple[Label[int], Label[int]]:
    """How many claims, and from how many articles."""
    return (
        func.count().label("claims"),
        func.count(claims.c.article_key.distinct()).label("articles"),
    )
