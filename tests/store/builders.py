"""Records built by hand, so that the store is tested without the extractor."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from etl.normalise import normalise
from etl.records import Article, Claim, Evidence, Extraction, Interval, Issue, Span
from etl.rows import ArticleRows, article_rows, identify_article
from tracker.model import Base
from tracker.vocabulary import Kind, Qualifier, Stage

AID = "Norland pledges 2.5 million dollars (2.4 million euros) and 30 trucks to Sudland. Some 12.5 tons follow."


def make_article(text: str = AID, **fields: Any) -> Article:
    """An article that was published on 1 December 2022 and lies in a file named by its text."""
    name = fields.pop("id", hashlib.sha256(text.encode()).hexdigest()[:8])
    known = {
        "location": f"/news/{name}.txt",
        "title": "Aid",
        "language": "en",
        "published": Interval.parse("2022-12-01"),
        "source_name": "The Norland Post",
        "original_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Article(name, text, **{**known, **fields})


def make_claim(text: str, quote: str, value: str, kind: Kind = Kind.MONEY, unit: str = "USD", **fields: Any) -> Claim:
    """A claim on the first place of `quote` in `text`."""
    start = text.index(quote)
    low, high = Decimal(value), Decimal(fields.pop("high", value))
    known = {"qualifier": Qualifier.EXACT, "sentence": Span(0, len(text)), "rule": "en.test"}
    return Claim(start, start + len(quote), quote, kind, low, high, unit=unit, **{**known, **fields})


def make_extraction(article: Article | None = None, issues: tuple[Issue, ...] = ()) -> Extraction:
    """The four claims of `AID`: dollars, the same in euros, trucks, tons."""
    article = article or make_article()
    text = article.text
    dollars = make_claim(
        text,
        "2.5 million dollars",
        "2500000",
        actor="Norland",
        counterparty="Sudland",
        counterparty_party="ua",
        stage=Stage.PLEDGE,
        stage_as_reported="pledges",
        date="2022-11-28",
        evidence=(Evidence("stage", "en.stage.pledge", 8, 15),),
    )
    euros = make_claim(text, "2.4 million euros", "2400000", unit="EUR", restates=dollars.start, stage=Stage.PLEDGE)
    trucks = make_claim(text, "30", "30", Kind.COUNT, "item", object="trucks", stage=Stage.PLEDGE)
    tons = make_claim(text, "12.5 tons", "12.5", Kind.MEASURE, "pound", qualifier=Qualifier.ABOUT)
    return Extraction(article, (dollars, euros, trucks, tons), (), issues)


def make_rows(run_key: str, extraction: Extraction | None = None, extractor: str = "rules-1") -> ArticleRows:
    """The rows of an extraction."""
    extraction = extraction or make_extraction()
    identity = identify_article(extraction.article)
    return article_rows(normalise(extraction), identity, run_key, extractor, "2022-12-02 10:00:00.000000")


def make_story(seed: str, sentences: int = 12) -> str:
    """A text of sentences that no other seed has."""
    return " ".join(f"The {seed} committee heard witness number {i} speak about the {seed} harbour at length." for i in range(sentences))


VOLATILE = {"run_key", "first_run", "last_run", "created_at", "retrieved_at"}
CONTENT = ("source", "article", "claim", "claim_party", "claim_link", "conversion", "exchange_rate", "issue", "article_sketch")


def dump_store(engine: Engine) -> dict[str, list[tuple[str, ...]]]:
    """Table -> its rows as text in order, without what differs from run to run."""
    dumped = {}
    with engine.connect() as connection:
        for name in CONTENT:
            table = Base.metadata.tables[name]
            columns = [column for column in table.columns if column.name not in VOLATILE]
            rows = connection.execute(select(*columns))
            dumped[name] = sorted(tuple(map(str, row)) for row in rows)
    return dumped


def write_news(folder: Path, count: int, sentences: int = 3) -> None:
    """A folder of articles that each state one pledge."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        body = f"12.03.2024\nNorland pledged $ {number + 20} million to Ukraine on Monday, its minister said.\n"
        (folder / f"{number:04}.txt").write_text(body + make_story(f"port{number}", sentences), encoding="utf-8")
