"""What could not be read or is doubtful."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from tracker.queries.columns import find_view, view_table

DESCRIPTION = "Data problems by publisher and kind"
COLUMNS = find_view("issues_by_source").columns
TAKES_FILTERS = False
ADDS = False


def build_select(claims: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """One row a publisher and kind of problem."""
    view = view_table("issues_by_source")
    return select(view).order_by(view.c.source.nulls_last(), view.c.kind)
