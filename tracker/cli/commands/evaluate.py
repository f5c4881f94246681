"""`tracker evaluate`: how well the extractor does on articles whose claims a person wrote down."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()
ORDER = 90
PANEL = "Look after the extractor"


@app.command(rich_help_panel=PANEL)
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.json", help="Articles with the right claims.")],
    misses: Annotated[int, typer.Option(min=0, metavar="N", help="Also list N misses of each field.")] = 0,
    field: Annotated[str | None, typer.Option(metavar="NAME", help="Only misses of this field: actor, date ...")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
) -> None:
    """Extract the articles of a gold file and compare: found, quantity, labels, roles, bound claims, links.

    Examples:

      tracker evaluate gold.json

      tracker evaluate gold.json --misses 20 --field stage
    """
    from etl.extract import extract_article
    from etl.read import read_articles
    from etl.records import Article
    from tracker.cli.claim_json import article_json
    from tracker.cli.score_page import print_misses, print_scores
    from tracker.evaluation import load_gold, score_claims

    wanted = load_gold(gold)
    read = [item for item in read_articles([str(gold)]) if isinstance(item, Article)]
    result = score_claims([article_json(extract_article(article)) for article in read], wanted)
    if as_json:
        typer.echo(json.dumps(result.scores))
    else:
        print_scores(result)
    if misses:
        print_misses(result, misses, field)
