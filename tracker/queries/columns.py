"""Columns of views and reports: name, type and meaning, as `tracker/views/columns.toml` lists them."""

from __future__ import annotations

import functools
import tomllib
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Date, Integer, String, TableClause, column, table
from sqlalchemy.types import TypeEngine

from tracker import vocabulary
from tracker.errors import UsageError
from tracker.model import ExactDecimal, UtcDateTime
from tracker.resources import resource_path


class Column(NamedTuple):
    """A column of a view or report. `type` is text, number, integer, boolean, date or datetime."""

    name: str
    type: str
    description: str
    enum: tuple[str, ...] = ()


class View(NamedTuple):
    """A view that SQL users, queries and exports share."""

    name: str
    description: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    """The columns that its rows are sorted by, so that the same rows always come in the same order."""
    key: str | None
    """The column that identifies a row, where there is one."""


_TYPES: dict[str, TypeEngine[Any]] = {
    "text": String(),
    "number": ExactDecimal(),
    "integer": Integer(),
    "boolean": Boolean(),
    "date": Date(),
    "datetime": UtcDateTime(),
}


@functools.cache
def load_views() -> dict[str, View]:
    """The documented views by name."""
    listed = tomllib.loads(resource_path("views", "columns.toml").read_text(encoding="utf-8"))
    return {name: _view(name, entry) for name, entry in listed.items()}


def _view(name: str, entry: dict[str, Any]) -> View:
    columns = (
        Column(key, item["type"], item["description"], _words(item.get("enum")))
        for key, item in entry["columns"].items()
    )
    return View(name, entry["description"], tuple(columns), tuple(entry["order"]), entry.get("key"))


def _words(enum: str | None) -> tuple[str, ...]:
    if enum is None:
        return ()
    words: type[StrEnum] = getattr(vocabulary, enum)
    return tuple(word.value for word in words)


def find_view(name: str) -> View:
    """The view of that name; UsageError where there is none."""
    try:
        return load_views()[name]
    except KeyError:
        raise UsageError(f"view: {name!r} does not exist; use one of {', '.join(load_views())}") from None


@functools.cache
def view_table(name: str) -> TableClause:
    """The view as a typed table for `select()`."""
    view = find_view(name)
    return table(view.name, *(column(item.name, _TYPES[item.type]) for item in view.columns))
