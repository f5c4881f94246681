"""What a long run shows while it works, and the summary at its end."""

import itertools
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from etl.pipeline import Progress as Standing
from etl.pipeline import RunSummary
from etl.read import expand_inputs
from tracker.cli.display import console, plain_table
from tracker.database import open_engine, session
from tracker.queries import list_issues

MOST_PLACES = 200_000
"""Inputs that are counted beforehand; a bigger folder shows no time left rather than cost its listing twice."""
MOST_ISSUES = 20
"""Issues that are printed one by one; the rest are counted."""


class _JsonLines(logging.Handler):
    """Writes what the run has to say beside its counts as JSON Lines too."""

    def emit(self, record: logging.LogRecord) -> None:
        _print_event("notice", message=record.getMessage())


def _print_event(event: str, **facts: Any) -> None:
    """One line of JSON on stderr."""
    print(json.dumps({"event": event, **facts}, ensure_ascii=False), file=sys.stderr)


@dataclass
class Follower:
    """Shows how far a run has come: a bar on the terminal, or JSON Lines for a log."""

    as_json: bool
    bar: Progress
    task: TaskID
    places: dict[str, int] = field(default_factory=dict)
    """Input -> how many inputs are done when it is."""

    def show(self, standing: Standing) -> None:
        """Take note of how far the run is."""
        if self.as_json:
            _print_event("progress", **asdict(standing))
            return
        speed = standing.read / standing.seconds if standing.seconds else 0.0
        words = f"{standing.read:,} articles, {standing.claims:,} claims, {standing.issues:,} issues, {speed:,.0f}/s"
        done = self.places.get(standing.location.split("#")[0].rsplit(":", 1)[0]) or self.places.get(standing.location)
        self.bar.update(self.task, description=words, completed=done)

    def print_summary(self, summary: RunSummary, url: str) -> None:
        """The issues one by one on stderr, then what the run did on standard output."""
        engine = open_engine(url, read_only=True)
        with session(engine) as opened:
            issues = list_issues(opened, summary.run_key, MOST_ISSUES).records()
        engine.dispose()
        if self.as_json:
            for issue in issues:
                _print_event("issue", **issue)
            _print_event("finished", **asdict(summary))
            return
        for issue in issues:
            print(f"{issue['location'] or 'input'}: {issue['message']} ({issue['kind']})", file=sys.stderr)
        if summary.issues > len(issues):
            print(f"... and {summary.issues - len(issues)} more; tracker report issues counts them", file=sys.stderr)
        _print_table(summary)


@contextmanager
def follow_run(inputs: Sequence[str], as_json: bool) -> Iterator[Follower]:
    """A follower for the run inside the block; its bar leaves the terminal at the end."""
    listed = list(itertools.islice(expand_inputs(inputs), MOST_PLACES + 1))
    places = {item: number for number, item in enumerate(listed, start=1)} if len(listed) <= MOST_PLACES else {}
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, disable=as_json or not sys.stderr.isatty(),
    )  # fmt: skip
    notices, handler = logging.getLogger("tracker"), _JsonLines()
    if as_json:
        notices.addHandler(handler)
    with bar:
        yield Follower(as_json, bar, bar.add_task("reading", total=len(places) or None), places)
    notices.removeHandler(handler)


def _print_table(summary: RunSummary) -> None:
    """Counts that are not zero, in the order of the work."""
    table = plain_table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(style="dim", overflow="fold")
    speed = summary.read / summary.seconds if summary.seconds else 0.0
    for name, count, note in (
        ("articles read", summary.read, f"{summary.seconds:.1f} s, {speed:,.0f} a second"),
        ("new", summary.new, "nothing new: all of it was here already" if summary.read and not summary.new else ""),
        ("unchanged", summary.unchanged, ""),
        ("new versions", summary.superseding, "of articles that were here; the old ones are superseded"),
        ("copies", summary.copies, "articles that another one says too; their claims count once"),
        ("claims stored", summary.claims, ""),
        ("numbers set aside", sum(summary.screened.values()), _listed(summary.screened)),
        ("issues", summary.issues, _listed(summary.issues_by_kind)),
    ):
        if count or name in ("articles read", "new", "claims stored"):
            table.add_row(name, f"{count:,}", Text(note))
    console().print(table)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
