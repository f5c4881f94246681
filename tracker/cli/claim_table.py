"""The table of claims that fits the terminal: key, date and sums are never cut, words give way first."""

from typing import Any

from rich.text import Text

from tracker.cli.display import console, plain_table, short_value
from tracker.queries import Rows, short_key

COLUMNS = ("claim", "date", "actor", "stage", "value", "in EUR", "object")
_WORDS = {"actor": 2, "object": 3}
"""The columns that share what the others leave, and how many parts of it each gets."""
_NARROWEST = 24
"""Characters that the words need; where they have fewer, columns are left out."""
_STAGE = 15
_BETWEEN = 2
"""Characters between two columns."""
_LEFT_OUT = ("in EUR", "date", "stage")
"""Which columns a narrow terminal goes without, the first of them first."""


def print_claims(rows: Rows, *, is_filtered: bool = False) -> None:
    """One line a claim and a line below that says how many; dim where a sum must not add it."""
    out = console()
    records = rows.records()
    cells = [_cells(record) for record in records]
    widths = _fit(cells, out.width)
    table = plain_table(padding=(0, 1, 0, 0))
    for name, width in widths.items():
        right = name in ("value", "in EUR")
        table.add_column(name, justify="right" if right else "left", overflow="ellipsis", no_wrap=True, width=width)
    for record, shown in zip(records, cells, strict=True):
        table.add_row(*(Text(shown[name]) for name in widths), style=None if record["counts_once"] else "dim")
    if records:
        out.print(table)
    out.print(_summary(records, is_filtered=is_filtered), style="dim", highlight=False)


def _fit(cells: list[dict[str, str]], width: int) -> dict[str, int]:
    """How wide each column is that a terminal of some width has room for."""
    names = list(COLUMNS)
    longest = {name: max([len(name), *(len(shown[name]) for shown in cells)]) for name in names}
    longest["stage"] = min(longest["stage"], _STAGE)
    for left_out in ("", *_LEFT_OUT):
        names = [name for name in names if name != left_out]
        spare = width - sum(longest[name] for name in names if name not in _WORDS) - _BETWEEN * len(names)
        if spare >= _NARROWEST:
            break
    actor = min(longest["actor"], max(spare * _WORDS["actor"] // sum(_WORDS.values()), spare - longest["object"], 1))
    words = {"actor": actor, "object": max(min(longest["object"], spare - actor), 1)}
    return {name: words.get(name, longest[name]) for name in names}


def _cells(record: dict[str, Any]) -> dict[str, str]:
    stage = record["stage"] or "-"
    if record["modality"] in ("denied", "conditional", "target", "forecast"):
        stage = f"{record['modality']} {record['stage'] or ''}".rstrip()
    object_ = record["base"] if record["kind"] == "share" and record["base"] else record["object"]
    return {
        "claim": short_key(record["claim_key"]),
        "date": record["date"] or "",
        "actor": record["actor"] or "",
        "stage": stage,
        "value": short_value(record["low"], record["high"], record["unit"], record["per"], record["qualifier"]),
        "in EUR": _euros(record),
        "object": " ".join((object_ or "").split()),
    }


def _euros(record: dict[str, Any]) -> str:
    if record["low_eur"] is None or record["unit"] == "EUR":
        return ""
    return short_value(record["low_eur"], record["high_eur"], "EUR")


def _summary(records: list[dict[str, Any]], *, is_filtered: bool) -> str:
    articles = len({record["article_key"] for record in records})
    repeated = sum(not record["counts_once"] for record in records)
    line = f"{len(records)} claims from {articles} articles"
    if not records:
        return "no claim matches the filters" if is_filtered else f"{line}; tracker ingest PATH reads some in"
    return f"{line}; {repeated} dim: said again or summed elsewhere, so a total leaves them out" if repeated else line
