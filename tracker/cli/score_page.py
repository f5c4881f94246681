"""Scores and misses of the extractor on the terminal."""

import json
from collections import Counter
from typing import Any

from rich.text import Text

from tracker.cli.display import console, plain_table
from tracker.errors import UsageError
from tracker.evaluation import Evaluation, Miss

MEASURES = ("precision", "recall", "f1", "accuracy", "n")


def print_scores(result: Evaluation) -> None:
    """One line a figure."""
    table = plain_table()
    table.add_column("figure")
    for measure in MEASURES:
        table.add_column(measure, justify="right")
    for name, figures in result.scores.items():
        table.add_row(name, *(f"{figures[m]:g}" if m in figures else "" for m in MEASURES))
    console().print(table)


def print_misses(result: Evaluation, number: int, field: str | None) -> None:
    """What fails, counted by field and class, then up to `number` misses of each field."""
    fields = list(dict.fromkeys(miss.field for miss in result.misses))
    if field is not None and field not in {*fields, *result.scores}:
        raise UsageError(f"--field: {field!r} is no figure; use one of {', '.join(result.scores)}")
    out = console()
    chosen = [miss for miss in result.misses if field in (None, miss.field)]
    table = plain_table(title="Misses by field and class", title_justify="left")
    table.add_column("field")
    table.add_column("class")
    table.add_column("n", justify="right")
    for (name, kind), count in sorted(Counter((m.field, m.kind) for m in chosen).items(), key=lambda x: (x[0][0], -x[1])):
        table.add_row(name, kind, str(count))
    out.print(table)
    for name in fields:
        _print_some(out, [miss for miss in chosen if miss.field == name][:number])


def _print_some(out: Any, misses: list[Miss]) -> None:
    if not misses:
        return
    table = plain_table(title=f"Misses of {misses[0].field}", title_justify="left")
    for name in ("article", "quote", "read as", "should be"):
        table.add_column(name, overflow="fold")
    for miss in misses:
        table.add_row(*(Text(part) for part in (miss.article, miss.quote, _words(miss.predicted), _words(miss.wanted))))
    out.print()
    out.print(table)


def _words(value: Any) -> str:
    if not value:
        return "-"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
