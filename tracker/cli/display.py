"""How rows look on a terminal: short numbers for the eye, tables that fit, exact digits in the CSV form."""

import csv
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracker.exports.cells import make_harmless, write_cell
from tracker.queries import Column, Rows, short_key

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
SCALES = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
QUALIFIERS = {"about": "~", "nearly": "<~", "over": ">", "at_least": "≥", "under": "<", "up_to": "≤"}
MOST_COLUMNS = 14
"""More columns than that do not fit side by side."""
_NARROWEST = 12
"""Letters a line that folded text needs to be readable."""
_BETWEEN = 3
"""Characters between two columns."""
PIPED_WIDTH = 160
"""Width of a table that goes to a file or another program."""


def console() -> Console:
    """Standard output, as wide as the terminal; wider where nobody looks at one."""
    if sys.stdout.isatty():
        return Console()
    from os import environ

    return Console(width=int(environ.get("COLUMNS") or PIPED_WIDTH))


def short_number(value: Decimal) -> str:
    """Three or so digits and a scale: `2.2 bn`, `413.3 bn`, `84 m`, `20,000`."""
    for size, name in SCALES:
        if abs(value) >= size:
            return f"{_trim(value / size)} {name}"
    return _trim(value)


def _trim(value: Decimal) -> str:
    text = f"{value:,.2f}" if abs(value) < 100 else f"{value:,.1f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short_value(low: Decimal, high: Decimal, unit: str, per: str | None = None, qualifier: str = "exact") -> str:
    """A value for the eye: `~$2.2 bn`, `€3 bn-4 bn`, `≥2 %`, `3,000 / month`, `30 metric_ton`."""
    number = short_number(low) if low == high else f"{short_number(low)}-{short_number(high)}"
    if unit in SIGNS:
        shown = f"{SIGNS[unit]}{number}"
    elif unit == "percent":
        shown = f"{number} %"
    elif unit in ("item", "person"):
        shown = number
    else:
        shown = f"{number} {unit.replace('_', ' ')}"
    return QUALIFIERS.get(qualifier, "") + shown + (f" / {per}" if per else "")


def print_rows(rows: Rows) -> None:
    """Rows as a table; numbers to the right, long text folded; one field a line where they do not fit side by side."""
    out = console()
    if not rows.rows:
        out.print(f"[dim]{rows.name}: nothing to show[/]")
        return
    cells = [[cell(column, value) for column, value in zip(rows.columns, row, strict=True)] for row in rows.rows]
    whole = [_is_whole(column) for column in rows.columns]
    if not _fits([column.name for column in rows.columns], cells, whole, out.width):
        _print_records(out, [column.name for column in rows.columns], cells)
        return
    table = plain_table()
    for column, stays in zip(rows.columns, whole, strict=True):
        right = column.type in ("number", "integer")
        table.add_column(column.name, justify="right" if right else "left", overflow="fold", no_wrap=stays)
    for row in cells:
        table.add_row(*row)
    out.print(table)


def _is_whole(column: Column) -> bool:
    """Whether what a column holds is never broken: numbers, dates, words of a fixed list, keys."""
    return column.type in ("number", "integer", "date", "datetime") or bool(column.enum) or column.name in ("claim_key", "date", "month", "run")


def _fits(names: Sequence[str], cells: Sequence[Sequence[Text]], whole: Sequence[bool], width: int) -> bool:
    """Whether columns fit side by side when text is folded to some letters a line."""
    needed = (len(names) - 1) * _BETWEEN
    for index, name in enumerate(names):
        longest = max(len(name), *(len(row[index].plain) for row in cells))
        needed += longest if whole[index] else min(longest, _NARROWEST)
    return needed <= width


def plain_table(**settings: Any) -> Table:
    """A table with a line under its head and no other lines."""
    from rich.box import SIMPLE_HEAD

    return Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", **settings)


def cell(column: Column, value: Any) -> Text:
    """One value of a table, never taken for markup."""
    if value is None:
        return Text()
    if column.type in ("number", "integer"):
        return Text(f"{value:,}" if column.type == "integer" else _grouped(value))
    if isinstance(value, dict):
        return Text(", ".join(f"{key} {_sum(item)}" for key, item in value.items() if _sum(item)))
    if column.name == "claim_key":
        return Text(short_key(value))
    text = write_cell(value)
    return Text(text[:16].replace("T", " ") if column.type == "datetime" else text)


def _sum(count: Any) -> Any:
    """A count of a run; the kinds that it is broken down into are added up."""
    return sum(count.values()) if isinstance(count, dict) else count


def _grouped(value: Decimal | float) -> str:
    exact = write_cell(value)
    whole, point, rest = exact.partition(".")
    return f"{int(whole or 0):,}{point}{rest}" if whole not in ("-0", "") else exact


def print_values(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of an unknown kind as a table, numbers to the right; one field a line where there are many columns."""
    out = console()
    if len(names) > MOST_COLUMNS:
        _print_records(out, names, [[Text(write_cell(value)) for value in row] for row in rows])
        return
    table = plain_table()
    for index, name in enumerate(names):
        right = any(isinstance(row[index], int | float | Decimal) for row in rows[:100])
        table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=right)
    for row in rows:
        table.add_row(*(Text(write_cell(value)) for value in row))
    out.print(table if names else "[dim]no rows[/]")
    out.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim", highlight=False)


def _print_records(out: Console, names: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    """Each row as a block of lines, a line a field."""
    table = plain_table(show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        for name, value in zip(names, row, strict=True):
            table.add_row(name, value)
        table.add_section()
    out.print(table)


def print_csv(rows: Rows) -> None:
    """Rows as CSV on standard output, exact digits, with a header."""
    write_csv([column.name for column in rows.columns], rows.rows, [column.type == "text" for column in rows.columns])


def write_csv(names: Sequence[str], rows: Sequence[Sequence[Any]], is_text: Sequence[bool] | None = None) -> None:
    """Any rows as CSV on standard output; text that a spreadsheet would run as a formula is made harmless."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        textual = is_text or [isinstance(value, str) for value in row]
        cells = [write_cell(value) for value in row]
        writer.writerow([make_harmless(text) if flag else text for text, flag in zip(cells, textual, strict=True)])
