"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from etl.read import ReadOptions
    from etl.records import Interval

Database = Annotated[str | None, typer.Option("--database", metavar="URL", help="Database URL or SQLite file.")]
Language = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="Language of the articles, where they do not say it.")
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Publication date (2024-03-05, 2024-03 or 2024), likewise."),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="At most N rows.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Comma-separated values on standard output.")]


def resolve_url(context: typer.Context, option: str | None) -> str:
    """The database URL that holds: after the command, before it, the environment, else the file in this folder."""
    from tracker.database import database_url

    return database_url(option or (context.obj or {}).get("database"))


@contextmanager
def open_session(context: typer.Context, option: str | None) -> Iterator[Session]:
    """A session on the database of the command; the schema is created or upgraded first."""
    from tracker.database import open_engine, session

    engine = open_engine(resolve_url(context, option))
    try:
        with session(engine) as opened:
            yield opened
    finally:
        engine.dispose()


def read_options(language: str | None, published: str | None, source: str | None = None) -> ReadOptions:
    """What the user says about the articles, checked; UsageError where no such language or day exists."""
    from etl.lexicon import load_pack
    from etl.read import ReadOptions

    if language:
        load_pack(language)
    return ReadOptions(published=parse_interval("--published", published), source=source, language=language)


def parse_interval(option: str, value: str | None) -> Interval | None:
    """The days that a date option names; UsageError where there is no such day."""
    from etl.records import Interval
    from tracker.errors import UsageError

    if value is None:
        return None
    try:
        return Interval.parse(value)
    except ValueError as error:
        raise UsageError(f"{option}: {value!r} is no date ({error}); write 2024-03-05, 2024-03 or 2024") from error
