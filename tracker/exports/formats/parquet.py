"""Parquet, through DuckDB: numbers as DECIMAL, dates and times typed."""

from __future__ import annotations

import importlib
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.errors import UsageError
from tracker.exports import replaced_file
from tracker.exports.frames import cells_frame
from tracker.queries import Column, Rows

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMPTZ"}
_ERRNO = re.compile(r'"errno":"(\d+)"')
PRECISION = 38
"""Digits that a DECIMAL of Parquet holds in all."""


def write(rows: Rows, path: Path) -> list[Path]:
    """The file."""
    duckdb = _load_duckdb(path)
    frame = cells_frame(rows)
    casts = ", ".join(_cast(column, _type(column, rows)) for column in rows.columns)
    with replaced_file(path) as temporary, duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("frame", frame)
        target = str(temporary).replace("'", "''")
        try:
            connection.execute(f"COPY (SELECT {casts} FROM frame) TO '{target}' (FORMAT parquet)")
        except duckdb.IOException as error:
            raise OSError(*_reason(str(error))) from error
    return [path]


def _reason(said: str) -> tuple[int, str]:
    """Number and words of what the system refused, out of what DuckDB says of it."""
    number = _ERRNO.search(said)
    return (int(number[1]), os.strerror(int(number[1]))) if number else (0, said.splitlines()[0])


def _cast(column: Column, kind: str) -> str:
    return f"""CAST(NULLIF("{column.name}", '') AS {kind}) AS "{column.name}" """


def _load_duckdb(path: Path) -> Any:
    try:
        return importlib.import_module("duckdb")
    except ImportError as error:
        raise UsageError(f"{path}: Parquet needs an extra; pip install 'defense-claims-tracker[parquet]'") from error


def _type(column: Column, rows: Rows) -> str:
    """The SQL type of a column. Numbers get as many decimals as they have; what 38 digits cannot hold stays text."""
    if column.type != "number":
        return _TYPES[column.type]
    index = rows.columns.index(column)
    numbers = [row[index] for row in rows.rows if row[index] is not None]
    scale = max((_decimals(number) for number in numbers), default=0)
    whole = max((len(str(abs(int(number)))) for number in numbers), default=1)
    return f"DECIMAL({PRECISION}, {scale})" if whole + scale <= PRECISION else "VARCHAR"


def _decimals(number: Decimal | float) -> int:
    exponent = Decimal(str(number)).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
