"""`tracker export`: a view into a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import Database, Limit, claim_filters, open_session, with_options

if TYPE_CHECKING:
    from tracker.queries import ClaimFilters

app = typer.Typer()
ORDER = 40
PANEL = "Take claims along"


@app.command(rich_help_panel=PANEL)
@with_options(filters=claim_filters)
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write: .csv, .jsonl, .xlsx or .parquet.")],
    filters: "ClaimFilters",
    view: Annotated[str, typer.Option(metavar="NAME", help="The view to export.")] = "claims",
    limit: Limit = None,
    database: Database = None,
) -> None:
    """Write a view to a file; beside a CSV goes datapackage.json, which says what each column means.

    Numbers keep every digit, dates are ISO. Text that begins with = + - @ gets an apostrophe before it in a CSV.

    Examples:

      tracker export claims.csv

      tracker export pledges.xlsx --stage pledge --published-from 2024

      tracker export months.parquet --view money_by_stage_and_month
    """
    from tracker.exports import check_target, export_rows
    from tracker.queries import view_rows

    check_target(out)
    with open_session(context, database) as session:
        rows = view_rows(session, view, filters, limit)
    written = export_rows(rows, out)
    typer.echo(f"{len(rows.rows)} rows of {view} written to {' and '.join(str(path) for path in written)}", err=True)
