"""`tracker extract`: articles in, JSON Lines out, no database."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import read_options, with_options

if TYPE_CHECKING:
    from etl.read import ReadOptions

app = typer.Typer()
ORDER = 20
PANEL = "Read articles"


@app.command(rich_help_panel=PANEL)
@with_options(reading=read_options)
def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, URLs, or - for standard input.")],
    reading: "ReadOptions",
) -> None:
    """Print the claims of articles as JSON Lines, one object per article, without a database.

    Keys: id, claims (start, end, quote, kind, low, high, unit, stage, actor ...), screened (numbers that are no claims).

    Examples:

      tracker extract seeds/articles/*.txt

      tracker extract --language fr --published 2024-03 page.txt | jq '.claims[].quote'
    """
    from etl.extract import extract_article
    from etl.parts import extract_in_parts
    from etl.read import read_articles
    from etl.records import Issue
    from tracker.cli.claim_json import article_json
    from tracker.cli.refusal import nothing_read

    read = 0
    failed: set[str] = set()
    for item in read_articles(inputs, reading):
        if isinstance(item, Issue):
            failed.add(item.kind)
            print(f"{item.location or 'input'}: {item.message}", file=sys.stderr)
            continue
        for issue in item.issues:
            print(f"{issue.location or item.location}: {issue.message}", file=sys.stderr)
        sys.stdout.write(json.dumps(article_json(extract_in_parts(item, extract_article)), ensure_ascii=False) + "\n")
        read += 1
    if failed and not read:
        raise nothing_read(failed)
