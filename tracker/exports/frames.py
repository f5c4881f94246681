"""Views as pandas frames: decimals stay `Decimal`, dates stay dates, text stays text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from tracker.exports.cells import write_cell
from tracker.queries import NO_FILTERS, ClaimFilters, Rows, view_rows

_INTEGER = "Int64"
_BOOLEAN = "boolean"
_TEXT = "string"


def claims_frame(session: Session, **filters: Any) -> pd.DataFrame:
    """The claims view as a frame, filtered by the fields of `ClaimFilters`: `claims_frame(s, stage=("pledge",))`.

    A single word may stand for a tuple of one: `stage="pledge"`.
    """
    several = ("kind", "stage", "modality", "aggregation", "topic")
    wanted: dict[str, Any] = {
        name: (value,) if name in several and isinstance(value, str) else value for name, value in filters.items()
    }
    return rows_frame(view_rows(session, "claims", ClaimFilters(**wanted)))


def view_frame(session: Session, name: str, filters: ClaimFilters = NO_FILTERS) -> pd.DataFrame:
    """Any documented view as a frame."""
    return rows_frame(view_rows(session, name, filters))


def rows_frame(rows: Rows) -> pd.DataFrame:
    """Rows as a frame: numbers and dates as Python objects, so that no digit is lost; integers and booleans typed."""
    columns = list(zip(*rows.rows, strict=True)) if rows.rows else [() for _ in rows.columns]
    return pd.DataFrame(
        {
            column.name: _series(column.type, values)
            for column, values in zip(rows.columns, columns, strict=True)
        }
    )


def cells_frame(rows: Rows) -> pd.DataFrame:
    """Rows as a frame of text, each value as it is written in a file."""
    columns = list(zip(*rows.rows, strict=True)) if rows.rows else [() for _ in rows.columns]
    return pd.DataFrame(
        {
            column.name: pd.Series([write_cell(value) for value in values], dtype="object")
            for column, values in zip(rows.columns, columns, strict=True)
        }
    )


def _series(kind: str, values: Iterable[Any]) -> pd.Series[Any]:
    if kind == "integer":
        return pd.Series(list(values), dtype=_INTEGER)
    if kind == "boolean":
        return pd.Series(list(values), dtype=_BOOLEAN)
    if kind == "text":
        return pd.Series(list(values), dtype=_TEXT)
    if kind == "datetime":
        return pd.Series([_naive(value) for value in values], dtype="object")
    return pd.Series(list(values), dtype="object")


def _naive(value: dt.datetime | None) -> dt.datetime | None:
    return value.astimezone(dt.UTC) if value is not None else None
