"""The Frictionless description of an exported CSV: a data package with a Table Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tracker import __version__
from tracker.queries import Column, Rows, load_views

_TYPES = {"text": "string"}


def data_package(rows: Rows, path: Path) -> dict[str, Any]:
    """The content of `datapackage.json` beside the CSV at `path`."""
    view = load_views().get(rows.name)
    schema: dict[str, Any] = {"fields": [field(column) for column in rows.columns], "missingValues": [""]}
    if view is not None and view.key:
        schema["primaryKey"] = [view.key]
    resource = {
        "name": rows.name,
        "path": path.name,
        "profile": "tabular-data-resource",
        "description": view.description if view else "",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }
    return {
        "name": rows.name.replace("_", "-"),
        "profile": "tabular-data-package",
        "title": f"Defense claims: {rows.name}",
        "description": "Text cells that begin with = + - @ have an apostrophe before them; money in euros and US "
        "dollars is converted with ECB reference rates.",
        "version": __version__,
        "resources": [resource],
    }


def field(column: Column) -> dict[str, Any]:
    """One column as a field of the Table Schema."""
    described: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "description": column.description,
    }
    if column.type == "number":
        described |= {"decimalChar": ".", "bareNumber": True}
    if column.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.enum:
        described["constraints"] = {"enum": list(column.enum)}
    return described
