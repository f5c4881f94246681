"""`tracker rates`: the reference rates, and what an amount was worth on a day."""

from typing import Annotated

import typer

from tracker.cli.options import AsCsv, Database, Limit, open_session, parse_interval, parse_number

app = typer.Typer(name="rates", help="Reference rates: those that conversions used, and any other.", no_args_is_help=True)
ORDER = 70
PANEL = "Look after the store"


@app.command("list")
def list_used(
    context: typer.Context,
    currency: Annotated[str | None, typer.Option(metavar="CODE", help="Only this currency.")] = None,
    limit: Limit = None,
    as_csv: AsCsv = False,
    database: Database = None,
) -> None:
    """List the stored rates: those that the conversions of this database rest on."""
    from tracker.cli.display import print_csv, print_rows
    from tracker.queries import list_rates

    with open_session(context, database) as session:
        rows = list_rates(session, currency, limit)
    (print_csv if as_csv else print_rows)(rows)


@app.command()
def convert(
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="Plain digits: 2200000000.")],
    currency: Annotated[str, typer.Argument(metavar="CODE", help="ISO 4217 code: USD.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day: 2024-03-05.")],
    to: Annotated[str, typer.Option(metavar="CODE", help="The other currency.")] = "EUR",
) -> None:
    """Convert an amount at the rate of a day, or of the last day before it with a rate, and say which.

    Example:

      tracker rates convert 2200000000 USD --on 2022-09-14
    """
    from tracker.errors import UsageError
    from tracker.exports.cells import write_cell
    from tracker.money import convert as convert_money

    value, days = parse_number("AMOUNT", amount), parse_interval("--on", on)
    if value is None or days is None or days.first != days.last:
        raise UsageError(f"--on: {on!r} is no single day; write 2024-03-05")
    found = convert_money(value, value, currency.upper(), to.upper(), days.first)
    if found.low is None:
        raise UsageError(f"{currency.upper()} to {to.upper()} on {days.first}: no rate ({found.reason})")
    typer.echo(f"{write_cell(found.low)} {found.unit}")
    rule = found.rule or "same currency"
    typer.echo(f"rate {write_cell(found.rate)} of {write_cell(found.rate_date)} ({rule}), {found.rate_source}", err=True)
