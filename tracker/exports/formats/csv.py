"""CSV: UTF-8, a header row, ISO dates, bare digits; beside it `datapackage.json` says what each column means."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tracker.exports import replaced_file
from tracker.exports.cells import make_harmless
from tracker.exports.frames import cells_frame
from tracker.exports.schema import data_package
from tracker.queries import Rows


def write(rows: Rows, path: Path) -> list[Path]:
    """The CSV and its description."""
    frame = cells_frame(rows)
    for column in rows.columns:
        if column.type == "text":
            frame[column.name] = frame[column.name].map(make_harmless)
    with replaced_file(path) as temporary:
        frame.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    package = path.with_name("datapackage.json")
    with replaced_file(package) as temporary:
        text = json.dumps(data_package(rows, path), ensure_ascii=False, indent=2)
        temporary.write_text(text + "\n", encoding="utf-8")
    return [path, package]
