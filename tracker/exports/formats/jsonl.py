"""JSON Lines: one object a row; numbers as strings of plain digits, so that no reader rounds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tracker.exports import replaced_file
from tracker.exports.cells import write_cell
from tracker.queries import Rows


def write(rows: Rows, path: Path) -> list[Path]:
    """The file."""
    with replaced_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as handle:
        for record in rows.records():
            line = {name: _value(value) for name, value in record.items()}
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
    return [path]


def _value(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else write_cell(value)
