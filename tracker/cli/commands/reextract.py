"""`tracker reextract`: newer rules over stored articles."""

from typing import Annotated

import typer

from tracker.cli.options import Database, resolve_url

app = typer.Typer()
ORDER = 25
PANEL = "Read articles"


@app.command(rich_help_panel=PANEL)
def reextract(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also articles that the rules of today have read.")] = False,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read and extract.")] = 1,
    diff: Annotated[bool, typer.Option("--diff", help="List every claim that changed, with its fields.")] = False,
    database: Database = None,
) -> None:
    """Read the stored articles again after the rules changed: claims are updated, added or withdrawn, never deleted.

    Articles that the rules of today have read already are passed over, so a second run changes nothing and is quick.

    Example:

      tracker reextract --diff
    """
    from etl.reextract import reextract as run_reextract
    from tracker.cli.changes import follow_articles, print_change, print_result

    with follow_articles() as progress:
        summary = run_reextract(
            resolve_url(context, database),
            everything=everything,
            jobs=jobs,
            report=print_change if diff else None,
            progress=progress,
        )
    print_result(summary)
