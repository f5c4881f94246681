"""`tracker extract`: articles in, JSON Lines out, no database."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from tracker.cli.options import Language, Published

app = typer.Typer()
ORDER = 20


@app.command(rich_help_panel="Read articles")
def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Articles, folders, .json, .jsonl, or -.")],
    language: Language = None,
    published: Published = None,
) -> None:
    """Print the claims of articles as JSON Lines, one object per article, without a database.

    Keys: id, claims (start, end, quote, kind, low, high, qualifier, unit, ...), screened (numbers that are no claims).

    Examples:

      tracker extract seeds/articles/*.txt

      tracker extract --language fr --published 2024-03 page.txt | jq '.claims[].quote'
    """
    from etl.extract import extract_article
    from etl.read import read_articles
    from etl.records import Issue
    from tracker.cli.claim_json import article_json
    from tracker.cli.options import read_options
    from tracker.errors import TrackerError

    read = failed = 0
    for item in read_articles(paths, read_options(language, published)):
        if isinstance(item, Issue):
            failed += 1
            print(f"{item.location or 'input'}: {item.message}", file=sys.stderr)
            continue
        sys.stdout.write(json.dumps(article_json(item, extract_article(item)), ensure_ascii=False) + "\n")
        read += 1
    if failed and not read:
        raise TrackerError("nothing could be read; the lines above say why")
