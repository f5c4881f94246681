"""Excel: typed cells, a frozen header row, text never taken for a formula."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.errors import UsageError
from tracker.exports import replaced_file
from tracker.exports.cells import write_cell
from tracker.queries import Rows

LAST_ROW = 1_048_575
LONGEST_CELL = 32_767
SAFE_DIGITS = 15
"""Excel keeps fifteen digits of a number; a longer one is written as text."""


def write(rows: Rows, path: Path) -> list[Path]:
    """The workbook, one sheet named like the view."""
    xlsxwriter = _load_writer(path)
    if len(rows.rows) > LAST_ROW:
        raise UsageError(f"{path}: {len(rows.rows)} rows are more than a sheet holds; export .csv or filter")
    with replaced_file(path) as temporary:
        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        packed = io.BytesIO()  # the writer of zip files complains twice where the disk is full
        with _explained(xlsxwriter), xlsxwriter.Workbook(packed, settings) as book:
            book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  same rows, same bytes
            sheet = book.add_worksheet(rows.name[:31])
            styles = {"date": book.add_format({"num_format": "yyyy-mm-dd"}), "head": book.add_format({"bold": True})}
            sheet.freeze_panes(1, 1)
            for number, column in enumerate(rows.columns):
                sheet.write_string(0, number, column.name, styles["head"])
            for line, row in enumerate(rows.rows, start=1):
                for number, value in enumerate(row):
                    _write(sheet, line, number, value, styles["date"])
        temporary.write_bytes(packed.getbuffer())
    return [path]


@contextlib.contextmanager
def _explained(xlsxwriter: Any) -> Iterator[None]:
    """The writer's own exception as the system's that it stands for."""
    try:
        yield
    except xlsxwriter.exceptions.FileCreateError as error:
        cause = error.args[0]
        raise OSError(cause.errno, cause.strerror) from error


def _load_writer(path: Path) -> Any:
    try:
        return importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise UsageError(f"{path}: Excel needs an extra; pip install 'defense-claims-tracker[excel]'") from error


def _write(sheet: Any, line: int, number: int, value: Any, date_style: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, number, value)
    elif isinstance(value, Decimal | int | float) and _fits(value):
        sheet.write_number(line, number, float(value))
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        sheet.write_datetime(line, number, value, date_style)
    else:
        sheet.write_string(line, number, write_cell(value)[:LONGEST_CELL])


def _fits(value: Any) -> bool:
    return len(Decimal(str(value)).as_tuple().digits) <= SAFE_DIGITS
