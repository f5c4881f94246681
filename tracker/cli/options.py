"""Options that several commands share. A group of options is a function that takes them and gives one record."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.errors import UsageError
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from etl.read import ReadOptions
    from etl.records import Interval
    from tracker.queries import ClaimFilters

Command = Callable[..., Any]

Database = Annotated[str | None, typer.Option("--database", metavar="URL", help="Database URL or SQLite file.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="At most N rows.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Comma-separated values on standard output.")]

READING = "How to read"
FILTERS = "Filters"


def with_options(**groups: Callable[..., Any]) -> Callable[[Command], Command]:
    """Gives a command the options of each group; the command gets the record that the group makes of them.

    `@with_options(filters=claim_filters)` takes the place of nineteen parameters by one named `filters`.
    """

    def decorate(command: Command) -> Command:
        own = [item for item in inspect.signature(command).parameters.values() if item.name not in groups]
        taken = {name: list(inspect.signature(group).parameters.values()) for name, group in groups.items()}

        @functools.wraps(command)
        def call(**values: Any) -> Any:
            for name, group in groups.items():
                values[name] = group(**{item.name: values.pop(item.name) for item in taken[name]})
            return command(**values)

        shown = [*own, *(item for group in taken.values() for item in group)]
        call.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
        call.__annotations__ = {item.name: item.annotation for item in shown}
        return call

    return decorate


def resolve_url(context: typer.Context, option: str | None) -> str:
    """The database URL that holds: after the command, before it, the environment, else the file in this folder."""
    from tracker.database import database_url

    for given in (option, (context.obj or {}).get("database")):
        if given is not None and not given.strip():
            raise UsageError(f"--database: {given!r} is empty; name a SQLite file or a URL, or leave the option out")
    return database_url(option or (context.obj or {}).get("database"))


@contextmanager
def open_session(context: typer.Context, option: str | None, *, writes: bool = False) -> "Iterator[Session]":
    """A session on the database of the command, which only reads unless it says that it `writes`.

    The schema is created or upgraded first.
    """
    from tracker.database import open_database, session

    engine = open_database(resolve_url(context, option), read_only=not writes)
    try:
        with session(engine, writes=writes) as opened:
            yield opened
    finally:
        engine.dispose()


def read_options(
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date: 2024-03-05, 2024-03, 2024.", rich_help_panel=READING),
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Publisher.", rich_help_panel=READING)] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of the articles.", rich_help_panel=READING)
    ] = None,
    fast_html: Annotated[
        bool, typer.Option("--fast-html", help="Read pages quicker and less carefully.", rich_help_panel=READING)
    ] = False,
    linked_pages: Annotated[
        bool, typer.Option("--linked-pages", help="Fetch the pages that a feed links to.", rich_help_panel=READING)
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private addresses too.", rich_help_panel=READING)
    ] = False,
) -> "ReadOptions":
    """What the user says about the articles; it beats what they say of themselves."""
    from etl.read import ReadOptions

    _need_words(source=source, language=language)
    return ReadOptions(
        published=parse_interval("--published", published),
        source=source,
        language=language,
        fast_html=fast_html,
        linked_pages=linked_pages,
        allow_private=allow_private,
    )



def _any_of(help_text: str) -> Any:
    return typer.Option(help=f"{help_text} Repeat it for several.", rich_help_panel=FILTERS)


def _text(help_text: str, metavar: str = "TEXT") -> Any:
    return typer.Option(metavar=metavar, help=help_text, rich_help_panel=FILTERS)


def claim_filters(
    kind: Annotated[list[Kind] | None, _any_of("Kind of quantity.")] = None,
    stage: Annotated[list[Stage] | None, _any_of("Stage of the transaction.")] = None,
    modality: Annotated[list[Modality] | None, _any_of("How the text asserts it.")] = None,
    aggregation: Annotated[list[Aggregation] | None, _any_of("Flow, sum or stock.")] = None,
    topic: Annotated[list[Topic] | None, _any_of("What it is about.")] = None,
    actor: Annotated[str | None, _text("Part of the actor's wording, or its party.")] = None,
    counterparty: Annotated[str | None, _text("Likewise, of the recipient or supplier.")] = None,
    speaker: Annotated[str | None, _text("Likewise, of whom the figure is credited to.")] = None,
    object: Annotated[str | None, _text("Part of what is counted, bought or paid for.")] = None,
    unit: Annotated[str | None, _text("Unit or currency: EUR, percent, item ...", "UNIT")] = None,
    language: Annotated[str | None, _text("Language of the article.", "CODE")] = None,
    source: Annotated[str | None, _text("Part of the publisher's name.")] = None,
    text: Annotated[str | None, _text("Part of the sentence.")] = None,
    published_from: Annotated[str | None, _text("Published on or after.", "DATE")] = None,
    published_to: Annotated[str | None, _text("Published on or before.", "DATE")] = None,
    date_from: Annotated[str | None, _text("Happened or holds on or after.", "DATE")] = None,
    date_to: Annotated[str | None, _text("Happened or holds on or before.", "DATE")] = None,
    min_eur: Annotated[str | None, _text("Worth at least, in euros.", "NUMBER")] = None,
    max_eur: Annotated[str | None, _text("Worth at most, in euros.", "NUMBER")] = None,
) -> "ClaimFilters":
    """The claims that the user asks for."""
    from tracker.queries import ClaimFilters

    _need_words(actor=actor, counterparty=counterparty, speaker=speaker, object=object, unit=unit, language=language, source=source, text=text)
    filters = ClaimFilters(
        kind=tuple(kind or ()),
        stage=tuple(stage or ()),
        modality=tuple(modality or ()),
        aggregation=tuple(aggregation or ()),
        topic=tuple(topic or ()),
        actor=actor,
        counterparty=counterparty,
        speaker=speaker,
        object=object,
        unit=unit,
        language=language,
        source=source,
        text=text,
        published_from=first_day("--published-from", published_from),
        published_to=last_day("--published-to", published_to),
        date_from=first_day("--date-from", date_from),
        date_to=last_day("--date-to", date_to),
        min_eur=parse_number("--min-eur", min_eur),
        max_eur=parse_number("--max-eur", max_eur),
    )
    _need_order("--published-from", filters.published_from, "--published-to", filters.published_to)
    _need_order("--date-from", filters.date_from, "--date-to", filters.date_to)
    _need_order("--min-eur", filters.min_eur, "--max-eur", filters.max_eur)
    return filters


def _need_words(**given: str | None) -> None:
    for name, value in given.items():
        if value is not None and not value.strip():
            raise UsageError(f"--{name}: {value!r} is empty; name some text, or leave the option out")


def _need_order(lower: str, low: Any, upper: str, high: Any) -> None:
    if low is not None and high is not None and low > high:
        raise UsageError(f"{lower} {low} lies behind {upper} {high}; exchange the two")


def parse_interval(option: str, value: str | None) -> "Interval | None":
    """The days that a date option names; UsageError where there is no such day."""
    from etl.records import Interval

    if value is None:
        return None
    try:
        return Interval.parse(value)
    except ValueError as error:
        raise UsageError(f"{option}: {value!r} is no date ({error}); write 2024-03-05, 2024-03 or 2024") from error


def first_day(option: str, value: str | None) -> Any:
    """The first of the days that a date option names."""
    days = parse_interval(option, value)
    return days.first if days else None


def last_day(option: str, value: str | None) -> Any:
    """The last of the days that a date option names."""
    days = parse_interval(option, value)
    return days.last if days else None


def parse_number(option: str, value: str | None) -> Decimal | None:
    """The number of an option such as `--min-eur 2500000`; UsageError where it is none."""
    if value is None:
        return None
    try:
        number = Decimal(value.replace("_", ""))
    except InvalidOperation as error:
        raise UsageError(f"{option}: {value!r} is no number; write plain digits such as 2500000") from error
    if not number.is_finite():
        raise UsageError(f"{option}: {value!r} is no number; write plain digits such as 2500000")
    return number
