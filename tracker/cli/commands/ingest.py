"""`tracker ingest`: the main job."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import Database, read_options, resolve_url, with_options

if TYPE_CHECKING:
    from etl.read import ReadOptions

app = typer.Typer()
ORDER = 10
PANEL = "Read articles"


@app.command(rich_help_panel=PANEL)
@with_options(reading=read_options)
def ingest(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, URLs, or - for standard input.")],
    reading: "ReadOptions",
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read and extract.")] = 1,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers do it; PostgreSQL only.")
    ] = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="Progress and issues as JSON Lines on stderr.")] = False,
    database: Database = None,
) -> None:
    """Read articles, extract their claims, convert units and money, and store it all.

    A second run over the same input adds nothing and says so. What cannot be read becomes an issue; the rest goes on.

    Examples:

      tracker ingest seeds/articles

      tracker ingest --source "Harbour Post" --published 2024-03 clippings/*.txt

      curl -s https://ledger.example/feed.jsonl | tracker ingest -
    """
    from etl.pipeline import IngestSettings
    from etl.pipeline import ingest as run_ingest
    from tracker.cli.progress import follow_run
    from tracker.cli.refusal import nothing_read

    settings = IngestSettings(read=reading, jobs=jobs, scheduler=scheduler)
    url = resolve_url(context, database)
    with follow_run(inputs, log_json) as follower:
        summary = run_ingest(url, inputs, settings, follower.show)
    follower.print_summary(summary, url)
    if summary.issues and not summary.read:
        raise nothing_read(summary.issues_by_kind)
