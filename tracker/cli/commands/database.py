"""`tracker database`: where the store is, and its schema."""

from typing import Annotated

import typer

from tracker.cli.options import Database, resolve_url
from tracker.errors import TrackerError

app = typer.Typer(name="database", help="The store: where it is, its schema, a copy of it.", no_args_is_help=True)
ORDER = 80
PANEL = "Look after the store"


@app.command()
def where(context: typer.Context, database: Database = None) -> None:
    """Print which database the commands use, without its password."""
    from tracker.database import open_engine
    from tracker.database import where as name_database

    engine = open_engine(resolve_url(context, database))
    typer.echo(name_database(engine))


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="URL or SQLite file to copy.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="URL or SQLite file of an empty store.")],
) -> None:
    """Copy a whole store into an empty one, of the same kind or the other, and compare counts and checksums.

    Example:

      tracker database copy tracker.sqlite3 postgresql://analyst@db.example/claims
    """
    from etl.transfer import copy_database
    from tracker.cli.display import print_values
    from tracker.database import database_url

    copies = copy_database(database_url(source), database_url(target))
    print_values(("table", "rows", "checksum"), copies)


@app.command()
def upgrade(context: typer.Context, database: Database = None) -> None:
    """Create the schema or bring it up to date. Every other command does so by itself."""
    from tracker.database import head_revision, open_database

    engine = open_database(resolve_url(context, database))
    engine.dispose()
    typer.echo(f"schema at {head_revision()}")


@app.command()
def check(context: typer.Context, database: Database = None) -> None:
    """Say whether schema and keys are what this version expects; exit code 1 where they differ."""
    from tracker.database import check as compare
    from tracker.database import current_revision, head_revision, open_engine
    from tracker.integrity import find_orphans

    engine = open_engine(resolve_url(context, database), read_only=True)
    try:
        standing = current_revision(engine)
        if standing != head_revision():
            raise TrackerError(f"schema at {standing}, expected {head_revision()}; run tracker database upgrade")
        differences = compare(engine) + find_orphans(engine)
    finally:
        engine.dispose()
    if differences:
        raise TrackerError("the store differs from what is expected: " + "; ".join(differences))
    typer.echo(f"schema at {standing}, as expected")
