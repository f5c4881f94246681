"""The table of claims that fits a terminal of 100 columns."""

from typing import Any

from rich.text import Text

from tracker.cli.display import console, plain_table, short_value
from tracker.queries import Rows, short_key

COLUMNS = (("claim", 9), ("date", 10), ("actor", 16), ("stage", 15), ("value", 14), ("in EUR", 9), ("object", 20))


def print_claims(rows: Rows) -> None:
    """One line a claim and a line below that says how many; dim where a sum must not add it."""
    out = console()
    spare = max(out.width - sum(width + 1 for _, width in COLUMNS), 0)
    table = plain_table(padding=(0, 1, 0, 0))
    for name, width in COLUMNS:
        right = name in ("value", "in EUR")
        extra = {"actor": spare // 4, "object": spare - spare // 4}.get(name, 0)
        table.add_column(name, justify="right" if right else "left", overflow="ellipsis", no_wrap=True,
                         max_width=width + extra)  # fmt: skip
    for record in rows.records():
        table.add_row(*_cells(record), style=None if record["counts_once"] else "dim")
    if rows.rows:
        out.print(table)
    out.print(_summary(rows), style="dim", highlight=False)


def _cells(record: dict[str, Any]) -> list[Text]:
    stage = record["stage"] or "-"
    if record["modality"] in ("denied", "conditional", "target", "forecast"):
        stage = f"{record['modality']} {record['stage'] or ''}".rstrip()
    object_ = record["base"] if record["kind"] == "share" and record["base"] else record["object"]
    value = short_value(record["low"], record["high"], record["unit"], record["per"], record["qualifier"])
    return [
        Text(short_key(record["claim_key"])),
        Text(record["date"] or ""),
        Text(record["actor"] or ""),
        Text(stage),
        Text(value),
        Text(_euros(record)),
        Text(" ".join((object_ or "").split())),
    ]


def _euros(record: dict[str, Any]) -> str:
    if record["low_eur"] is None or record["unit"] == "EUR":
        return ""
    return short_value(record["low_eur"], record["high_eur"], "EUR")


def _summary(rows: Rows) -> str:
    records = rows.records()
    articles = len({record["article_key"] for record in records})
    repeated = sum(not record["counts_once"] for record in records)
    line = f"{len(records)} claims from {articles} articles"
    if not records:
        return f"{line}; tracker ingest PATH reads some in"
    return f"{line}; {repeated} dim: said again or summed elsewhere, so a total leaves them out" if repeated else line
