"""The sample articles from text to export: what each is there for is found, and nothing is invented."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from etl.pipeline import RunSummary, ingest
from tracker.database import open_database, session
from tracker.exports import export_rows
from tracker.model import Article, Claim, canonical_decimal
from tracker.queries import view_rows

SAMPLES = Path(__file__).resolve().parents[1] / "seeds" / "articles"

# article, the number as printed, low, high, unit, qualifier
FIGURES = [
    ("01-replenishment-loans", "$ 2.2 billion", "2200000000", "2200000000", "USD", "about"),
    ("01-replenishment-loans", "2.2 billion euros", "2200000000", "2200000000", "EUR", "exact"),
    ("01-replenishment-loans", "$ 700 million", "700000000", "700000000", "USD", "over"),
    ("01-replenishment-loans", "3 billion", "3000000000", "3000000000", "USD", "nearly"),
    ("02-achat-conjoint", "3,5 milliards d’euros", "3500000000", "3500000000", "EUR", "exact"),
    ("02-achat-conjoint", "524 000", "524000", "524000", "item", "exact"),
    ("03-plancher-depenses", "2 %", "2", "2", "percent", "at_least"),
    ("04-imported-arms", "38 %", "38", "38", "percent", "exact"),
    ("04-imported-arms", "Two thirds", "66.67", "66.67", "percent", "exact"),
    ("04-imported-arms", "$1.63 billion", "1630000000", "1630000000", "USD", "exact"),
    ("05-hundreds-of-tanks", "hundreds", "200", "999", "item", "vague"),
    ("05-hundreds-of-tanks", "$3.4bn", "3400000000", "3400000000", "USD", "about"),
    ("05-hundreds-of-tanks", "212", "212", "212", "item", "exact"),
    ("06-batteries-sol-air", "six", "6", "6", "item", "exact"),
    ("06-batteries-sol-air", "40", "40", "40", "item", "exact"),
    ("06-batteries-sol-air", "1,2 milliard de couronnes norvégiennes", "1200000000", "1200000000", "NOK", "exact"),
    ("07-deliveries-that-never-came", "84 million euros", "84000000", "84000000", "EUR", "exact"),
    ("07-deliveries-that-never-came", "30 tonnes", "30", "30", "metric_ton", "exact"),
    ("09-programming-law", "413.3 billion euros", "413300000000", "413300000000", "EUR", "exact"),
    ("09-programming-law", "3 and 4 billion euros", "3000000000", "4000000000", "EUR", "exact"),
    ("10-production-obus", "3 000", "3000", "3000", "item", "exact"),
    ("10-production-obus", "1,4 Md€", "1400000000", "1400000000", "EUR", "exact"),
    ("depeche-stockholm", "7.1 billion Swedish kronor", "7100000000", "7100000000", "SEK", "exact"),
    ("depeche-oslo", "cinq", "5", "5", "item", "exact"),
    ("depeche-londres", "£350m", "350000000", "350000000", "GBP", "exact"),
]
WITHOUT_CLAIMS = ["08-echange-de-vues", "11-stockpile-hearing"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that holds the samples."""
    folder = tmp_path_factory.mktemp("samples")
    address = f"sqlite:///{folder / 'tracker.sqlite3'}"
    summary: RunSummary = ingest(address, [str(SAMPLES)])
    assert (summary.read, summary.new) == (14, 14)
    assert not set(summary.issues_by_kind) & {"extraction_error", "missing", "unreadable"}
    return address


@pytest.fixture
def samples(url: str) -> Iterator[Session]:
    """A session on it."""
    engine = open_database(url, read_only=True)
    with session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize(("article", "quote", "low", "high", "unit", "qualifier"), FIGURES, ids=[f"{f[0]}:{f[1]}" for f in FIGURES])
def test_a_figure_of_the_samples_is_found(
    samples: Session, article: str, quote: str, low: str, high: str, unit: str, qualifier: str
) -> None:
    claims = samples.scalars(select(Claim).join(Article).where(Article.name == article, Claim.quote == quote)).all()
    found = [(str(c.low), str(c.high), c.unit, c.qualifier.value) for c in claims]
    assert (low, high, unit, qualifier) in found


@pytest.mark.parametrize("article", WITHOUT_CLAIMS)
def test_an_article_without_a_claim_gives_none(samples: Session, article: str) -> None:
    claims = samples.scalars(select(Claim).join(Article).where(Article.name == article)).all()
    assert [claim.quote for claim in claims] == []


def test_every_quote_stands_in_the_archived_text(samples: Session) -> None:
    claims = samples.scalars(select(Claim)).all()
    assert claims
    for claim in claims:
        text = claim.article.text
        assert text[claim.start_offset : claim.end_offset] == claim.quote
        assert text[: claim.start_offset].endswith(claim.prefix) and text[claim.end_offset :].startswith(claim.suffix)
        assert claim.quote in claim.sentence


def test_every_digit_of_a_value_comes_from_its_quote(samples: Session) -> None:
    for claim in samples.scalars(select(Claim)):
        printed = re.sub(r"\D", "", claim.quote)
        if printed:
            for value in (claim.low, claim.high):
                significant = canonical_decimal(abs(value)).replace(".", "").strip("0")
                assert significant in printed, (claim.quote, value)


def test_a_second_run_adds_nothing(url: str) -> None:
    engine = open_database(url, read_only=True)
    with session(engine) as opened:
        before = view_rows(opened, "claims").rows
        summary = ingest(url, [str(SAMPLES)])
        after = view_rows(opened, "claims").rows
    engine.dispose()
    assert (summary.new, summary.unchanged, summary.claims) == (0, 14, 0)
    assert before == after


def test_money_has_both_euros_and_dollars(samples: Session) -> None:
    for record in view_rows(samples, "claims").records():
        if record["kind"] == "money":
            assert None not in (record["low_eur"], record["high_eur"], record["low_usd"], record["high_usd"]), record["quote"]
            assert record["rate_rule"] in ("same_day", "previous_published"), record["quote"]


def test_a_restatement_is_not_counted_twice(samples: Session) -> None:
    by_quote = {record["quote"]: record for record in view_rows(samples, "claims").records()}
    dollars, euros = by_quote["$ 2.2 billion"], by_quote["2.2 billion euros"]
    assert euros["restates_key"] == dollars["claim_key"]
    assert (dollars["counts_once"], euros["counts_once"]) == (True, False)


def test_the_export_read_back_equals_the_store(samples: Session, tmp_path: Path) -> None:
    export_rows(view_rows(samples, "claims"), tmp_path / "claims.csv")
    back = pd.read_csv(tmp_path / "claims.csv", dtype=str, keep_default_na=False)
    stored = {claim.key: claim for claim in samples.scalars(select(Claim))}
    assert set(back["claim_key"]) == set(stored)
    for _, row in back.iterrows():
        claim = stored[row["claim_key"]]
        assert (Decimal(row["low"]), Decimal(row["high"])) == (claim.low, claim.high)
        assert row["quote"].removeprefix("'") == claim.quote.removeprefix("'")
