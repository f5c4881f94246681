"""`tracker report` and `tracker sql`: the named reports, and any other question."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import AsCsv, Database, Limit, claim_filters, open_session, resolve_url, with_options

if TYPE_CHECKING:
    from tracker.queries import ClaimFilters

app = typer.Typer()
ORDER = 50
PANEL = "Ask questions"


@app.command(rich_help_panel=PANEL)
@with_options(filters=claim_filters)
def report(
    context: typer.Context,
    filters: "ClaimFilters",
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The report; without it, the list.")] = None,
    limit: Limit = None,
    as_csv: AsCsv = False,
    database: Database = None,
) -> None:
    """Answer a standing question; without a name, list the reports.

    Examples:

      tracker report

      tracker report pledges-by-actor --published-from 2023 --csv
    """
    from tracker.cli.display import print_csv, print_rows
    from tracker.queries import list_reports, run_report

    if name is None:
        print_rows(list_reports())
        return
    with open_session(context, database) as session:
        rows = run_report(session, name, filters, limit)
    if as_csv:
        print_csv(rows)
    else:
        print_rows(rows)


@app.command(rich_help_panel=PANEL)
def sql(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(metavar="SELECT", help="One statement that reads.")],
    as_csv: AsCsv = False,
    database: Database = None,
) -> None:
    """Run one SQL statement that only reads, over the views claims, shares, money_by_stage_and_month, issues_by_source.

    Example:

      tracker sql "SELECT actor, sum(low_eur) FROM claims WHERE stage = 'pledge' AND counts_once GROUP BY actor"
    """
    from tracker.cli.display import print_values, write_csv
    from tracker.database import open_database
    from tracker.queries.ask import run_statement

    engine = open_database(resolve_url(context, database), read_only=True)
    try:
        answer = run_statement(engine, statement)
    finally:
        engine.dispose()
    if as_csv:
        write_csv(answer.names, answer.rows)
    else:
        print_values(answer.names, answer.rows)
