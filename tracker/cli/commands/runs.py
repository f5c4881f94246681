"""`tracker runs`: what was done to the store, and when."""

import typer

from tracker.cli.options import AsCsv, Database, open_session

app = typer.Typer()
ORDER = 60
PANEL = "Look after the store"


@app.command(rich_help_panel=PANEL)
def runs(context: typer.Context, limit: int = 20, as_csv: AsCsv = False, database: Database = None) -> None:
    """List the latest runs: when, with which version, what they read and stored.

    Example:

      tracker runs --limit 5
    """
    from tracker.cli.display import print_csv, print_rows
    from tracker.queries import list_runs

    with open_session(context, database) as session:
        rows = list_runs(session, limit)
    (print_csv if as_csv else print_rows)(rows)
