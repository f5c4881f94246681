"""What part of what."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from tracker.queries.columns import find_view
from tracker.vocabulary import Kind

DESCRIPTION = "Shares with their base and period"
NAMES = ("actor", "low", "high", "qualifier", "base", "object", "modality", "date", "source",
         "claim_key")  # fmt: skip
COLUMNS = tuple(column for name in NAMES for column in find_view("claims").columns if column.name == name)
ADDS = False


def build_select(claims: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row a claim."""
    published = claims.c.published_from
    return (
        select(*(claims.c[name] for name in NAMES))
        .where(claims.c.kind == Kind.SHARE.value, condition)
        # Not NULLS LAST, for which SQLite would walk the articles by date and look up each one's claims.
        .order_by(published.is_(None), published, claims.c.claim_key)
    )
