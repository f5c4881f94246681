"""CSV: UTF-8, a header row, ISO dates, bare digits; beside it `datapackage.json` says what each column means."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tracker.exports import replaced_file
from tracker.exports.cells import make_harmless, write_cell
from tracker.exports.frames import rows_frame
from tracker.exports.schema import data_package
from tracker.queries import Rows


def write(rows: Rows, path: Path) -> list[Path]:
    """The CSV and its description."""
    frame = rows_frame(rows)
    for column in rows.columns:
        cells = frame[column.name].map(write_cell)
        frame[column.name] = cells.map(make_harmless) if column.type == "text" else cells
    with replaced_file(path) as temporary:
        frame.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    package = path.with_name("datapackage.json")
    with replaced_file(package) as temporary:
        text = json.dumps(data_package(rows, path), ensure_ascii=False, indent=2)
        temporary.write_text(text + "\n", encoding="utf-8")
    return [path, package]
