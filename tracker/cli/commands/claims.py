"""`tracker claims` and `tracker show`: the claims of the store, as a table and one at a time."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import AsCsv, Database, Limit, claim_filters, open_session, with_options

if TYPE_CHECKING:
    from tracker.queries import ClaimFilters

app = typer.Typer()
ORDER = 30
PANEL = "Look at claims"
MOST_LINES = 1000
"""Of a table, unless a limit is given."""


@app.command(rich_help_panel=PANEL)
@with_options(filters=claim_filters)
def claims(
    context: typer.Context, filters: "ClaimFilters", limit: Limit = None, as_csv: AsCsv = False, database: Database = None
) -> None:
    """List claims as a table, oldest article first.

    Examples:

      tracker claims --stage pledge --actor Sweden

      tracker claims --kind money --min-eur 1000000000 --published-from 2024
    """
    from tracker.cli.claim_table import print_claims
    from tracker.cli.display import print_csv
    from tracker.queries import view_rows

    with open_session(context, database) as session:
        rows = view_rows(session, "claims", filters, limit or (None if as_csv else MOST_LINES))
    if as_csv:
        print_csv(rows)
    else:
        print_claims(rows, is_filtered=not filters.is_empty())
        if limit is None and len(rows.rows) == MOST_LINES:
            typer.echo(f"only the first {MOST_LINES} are shown; filter, or set --limit", err=True)


@app.command(rich_help_panel=PANEL)
def show(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Key of the claim, or enough of its beginning.")],
    database: Database = None,
) -> None:
    """Explain one claim: its passage, the rule behind each field, conversions, links, checks and history.

    Example:

      tracker show 3f9c2a1b
    """
    from tracker.cli.claim_page import print_claim
    from tracker.queries import claim_detail

    with open_session(context, database) as session:
        print_claim(claim_detail(session, claim))
