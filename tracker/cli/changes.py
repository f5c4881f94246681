"""What a re-extraction changed, on the terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from etl.reextract import ClaimChange, ReextractSummary
from tracker.exports.cells import write_cell
from tracker.queries import short_key


def print_change(change: ClaimChange) -> None:
    """One line a claim, then one a field: `changed aca4.9163 a.txt "$ 2.2 billion"` and `  stage: need -> pledge`."""
    quote = " ".join(change.quote.split())
    print(f'{change.kind} {short_key(change.claim_key)} {change.location} "{quote}"')
    for field, (before, after) in change.fields.items():
        print(f"  {field}: {_words(before)} -> {_words(after)}")


def _words(value: Any) -> str:
    return " ".join(write_cell(value).split()) or "none"


def print_result(summary: ReextractSummary) -> None:
    """The counts in one line."""
    if not summary.articles:
        print("nothing to do: today's rules have read every article already")
        return
    print(
        f"{summary.articles:,} articles read again in {summary.seconds:.1f} s: {summary.unchanged:,} claims as before, "
        f"{summary.changed:,} changed, {summary.new:,} new, {summary.withdrawn:,} withdrawn, {summary.restored:,} restored"
        f"; {summary.issues:,} issues new, {summary.settled:,} settled"
    )


@contextmanager
def follow_articles() -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many of how many articles are done."""
    bar = Progress(
        TextColumn("reading again"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task("reading again", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
