"""`tracker sources`: the publishers and how near they stand to the facts."""

from typing import Annotated

import typer

from tracker.cli.options import AsCsv, Database, open_session
from tracker.vocabulary import SourceKind

app = typer.Typer(name="sources", help="Publishers: list them, set kind, tier and country.", no_args_is_help=True)
ORDER = 65
PANEL = "Look after the store"


@app.command("list")
def list_all(context: typer.Context, as_csv: AsCsv = False, database: Database = None) -> None:
    """List the publishers with their kind, tier and number of articles and claims."""
    from tracker.cli.display import print_csv, print_rows
    from tracker.queries import list_sources

    with open_session(context, database) as session:
        rows = list_sources(session)
    (print_csv if as_csv else print_rows)(rows)


@app.command("set")
def set_facts(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name or domain of the publisher.")],
    kind: Annotated[SourceKind | None, typer.Option(help="What it is.")] = None,
    tier: Annotated[
        int | None, typer.Option(min=1, max=3, help="1 official primary, 2 quotes a primary, 3 other.")
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="ISO 3166 code of its country.")] = None,
    database: Database = None,
) -> None:
    """Set what the tracker cannot know of a publisher.

    Example:

      tracker sources set "Harbour Post" --kind newspaper --tier 2 --country GB
    """
    from tracker.sources import describe_source

    with open_session(context, database, writes=True) as session:
        changed = describe_source(session, name, kind=kind, tier=tier, country=country)
    typer.echo(f"{changed.name}: kind {changed.kind}, tier {changed.tier}, country {changed.country or 'unknown'}")
