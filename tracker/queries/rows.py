"""What a read-side query hands out: named columns and immutable rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, TableClause, select
from sqlalchemy.orm import Session

from tracker.errors import UsageError
from tracker.model import Claim
from tracker.queries.columns import Column, find_view, view_table
from tracker.queries.filters import ClaimFilters, where_clause

EXACT = ("low", "high", "lower_bound", "upper_bound")
NO_FILTERS = ClaimFilters()


@dataclass(frozen=True)
class Rows:
    """The rows of a view or report, each a tuple in the order of `columns`."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """Each row as a dictionary from column name to value."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def view_rows(session: Session, name: str, filters: ClaimFilters = NO_FILTERS, limit: int | None = None) -> Rows:
    """The rows of a view in a stable order. Filters speak of claims, so other views take none."""
    view, source = find_view(name), view_table(name)
    statement = select(source).order_by(*(source.c[column].nulls_first() for column in view.order)).limit(limit)
    if name == "claims":
        statement = _with_exact_numbers(source, statement).where(where_clause(filters, source))
    elif not filters.is_empty():
        raise UsageError(f"view: {name!r} takes no filters; filter the view claims, or ask with tracker sql")
    return Rows(name, view.columns, [tuple(row) for row in session.execute(statement)])


def _with_exact_numbers(source: TableClause, statement: Select[Any]) -> Select[Any]:
    """The same rows with the numbers as the table holds them: in a view of SQLite a number has 15 digits at most."""
    columns = [Claim.__table__.c[column.name] if column.name in EXACT else column for column in source.c]
    return statement.with_only_columns(*columns).select_from(source.join(Claim, Claim.key == source.c.claim_key))
