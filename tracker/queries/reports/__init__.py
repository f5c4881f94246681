"""The named reports, one file each, found by name: `pledges_by_actor.py` is the report `pledges-by-actor`.

A file has `DESCRIPTION`, `COLUMNS`, `TAKES_FILTERS` and `build_select(claims, condition)`: the statement over the
`claims` view under the reader's filters. A report counts a figure once: it adds only claims that `counts_once`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, select
from sqlalchemy.orm import Session

from tracker.errors import UsageError
from tracker.queries.columns import Column, view_table
from tracker.queries.filters import ClaimFilters, where_clause
from tracker.queries.parts import figures
from tracker.queries.rows import NO_FILTERS, Rows

Build = Callable[[FromClause, ColumnElement[bool]], Select[Any]]


class Report(NamedTuple):
    """A named question to the store."""

    name: str
    description: str
    columns: tuple[Column, ...]
    build_select: Build
    takes_filters: bool
    adds: bool
    """It adds up figures, and needs nothing else of the view."""


@functools.cache
def load_reports() -> dict[str, Report]:
    """All reports by name."""
    reports = {}
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        name = found.name.replace("_", "-")
        takes = getattr(module, "TAKES_FILTERS", True)
        adds = getattr(module, "ADDS", True)
        reports[name] = Report(name, module.DESCRIPTION, module.COLUMNS, module.build_select, takes, adds)
    return reports


def run_report(session: Session, name: str, filters: ClaimFilters = NO_FILTERS, limit: int | None = None) -> Rows:
    """The rows of a report; UsageError where there is no such report."""
    reports = load_reports()
    if name not in reports:
        raise UsageError(f"report: {name!r} does not exist; use one of {', '.join(reports)}")
    found = reports[name]
    if not found.takes_filters and not filters.is_empty():
        raise UsageError(f"report: {name!r} takes no filters")
    statement = found.build_select(*_claims_under(filters, found.adds)).limit(limit)
    return Rows(name, found.columns, [tuple(row) for row in session.execute(statement)])


def _claims_under(filters: ClaimFilters, adds: bool) -> tuple[FromClause, ColumnElement[bool]]:
    """What a report selects from, and the condition that the reader's filters mean there."""
    view = view_table("claims")
    if not adds:
        return view, where_clause(filters, view)
    claims = figures()
    if filters.ask_the_article():
        return claims, claims.c.claim_key.in_(select(view.c.claim_key).where(where_clause(filters, view)))
    return claims, where_clause(filters, claims)


def list_reports() -> Rows:
    """Name and description of every report."""
    columns = (Column("report", "text", "Name"), Column("answers", "text", "What it tells"))
    return Rows("reports", columns, [(found.name, found.description) for found in load_reports().values()])
