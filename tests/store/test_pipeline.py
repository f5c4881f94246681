"""From files to rows: the whole way, twice, and with inputs that are no articles."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select, text

from etl.batches import batch_articles, prepare_article
from etl.pipeline import IngestSettings, ingest
from etl.read import ReadOptions
from etl.records import Article as ReadArticle
from etl.records import Extraction, Interval, Issue
from etl.rows import identify_article
from tests.store.builders import make_article
from tracker.database import open_database, session
from tracker.model import Article, Claim, Run
from tracker.model import Issue as StoredIssue

PLEDGE = "12.03.2024\nNorland pledged $ {} million to Ukraine on Monday, its defence minister said.\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of five articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(PLEDGE.format(number + 20), encoding="utf-8")
    return folder


def test_ingest_twice(database_url: str, news: Path) -> None:
    seen = []
    first = ingest(database_url, [str(news)], progress=seen.append)
    assert (first.read, first.new, first.claims, first.issues) == (5, 5, 5, 0)
    assert seen[-1].claims == 5
    again = ingest(database_url, [str(news)])
    assert (again.read, again.new, again.unchanged, again.claims) == (5, 0, 5, 0)
    engine = open_database(database_url)
    with session(engine) as opened:
        runs = opened.scalars(select(Run).order_by(Run.key)).all()
        assert [run.counts["new"] for run in runs] == [5, 0]
        assert {claim.date_from for claim in opened.scalars(select(Claim))} <= {None, dt.date(2024, 3, 11), dt.date(2024, 3, 12)}
    engine.dispose()


def test_bad_inputs_become_issues(database_url: str, news: Path) -> None:
    (news / "6.txt").write_bytes(b"")
    (news / "7.json").write_text("[{", encoding="utf-8")
    summary = ingest(database_url, [str(news), str(news / "absent.txt")])
    assert (summary.new, summary.issues) == (5, 3)
    engine = open_database(database_url)
    with session(engine) as opened:
        places = {Path(str(place)).name.split(":")[0] for place in opened.scalars(select(StoredIssue.location))}
        assert places == {"6.txt", "7.json", "absent.txt"}
    engine.dispose()
    assert ingest(database_url, [str(news)]).issues == 2
    engine = open_database(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM issue")).scalar() == 3
    engine.dispose()


def test_a_changed_file_supersedes(database_url: str, news: Path) -> None:
    ingest(database_url, [str(news)])
    (news / "3.txt").write_text(PLEDGE.format(99), encoding="utf-8")
    summary = ingest(database_url, [str(news)])
    assert (summary.new, summary.superseding, summary.unchanged) == (1, 1, 4)
    engine = open_database(database_url)
    with engine.connect() as connection:
        quotes = set(connection.execute(text("SELECT quote FROM claims")).scalars())
        assert quotes == {f"$ {number} million" for number in (20, 21, 22, 99, 24)}
    engine.dispose()


def test_an_older_version_read_again_is_named_and_the_later_one_stays(database_url: str, news: Path) -> None:
    page = news / "0.txt"
    first, second = (f"URL: https://post.example/a\n{PLEDGE.format(amount)}" for amount in (26, 28))
    for text_, told in ((first, {}), (second, {}), (first, {"older_version": 1}), (second, {})):
        page.write_text(text_, encoding="utf-8")
        summary = ingest(database_url, [str(page)])
        assert (summary.read, summary.issues_by_kind) == (1, told)
    assert summary.unchanged == 1
    engine = open_database(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT low FROM claims WHERE counts_once")).scalars().all() == [28_000_000]
    engine.dispose()


def test_flags_beat_the_text(database_url: str, news: Path) -> None:
    settings = IngestSettings(ReadOptions(published=Interval.parse("2023-05"), source="The Post"))
    ingest(database_url, [str(news / "0.txt")], settings)
    engine = open_database(database_url)
    with session(engine) as opened:
        article = opened.scalars(select(Article)).one()
        assert (article.published_from, article.published_to) == (dt.date(2023, 5, 1), dt.date(2023, 5, 31))
        assert article.source is not None and article.source.name == "The Post"
    engine.dispose()


def test_every_quote_is_in_the_archived_text(database_url: str) -> None:
    ingest(database_url, ["seeds/articles"])
    engine = open_database(database_url)
    with session(engine) as opened:
        claims = opened.scalars(select(Claim)).all()
        assert len(claims) > 20
        for claim in claims:
            archived = claim.article.text
            assert archived[claim.start_offset : claim.end_offset] == claim.quote
            assert claim.prefix + claim.quote + claim.suffix in archived
            assert claim.quote in claim.sentence
    engine.dispose()


def test_an_article_that_the_extractor_fails_on_is_kept() -> None:
    article = make_article()

    def fail(_: ReadArticle) -> Extraction:
        raise RecursionError("too deep")

    rows, screened = prepare_article(article, identify_article(article), "run", "2024-01-01 00:00:00.000000", fail)
    assert [(row[4], row[5]) for row in rows.issues] == [("extraction_error", "RecursionError: too deep")]
    assert (rows.claims, screened.total()) == ([], 0)
    assert rows.article[18] == "", "no rules have read it, so that re-extraction tries again"


def test_batches_hold_everything_in_order() -> None:
    items = [make_article(id=str(number)) if number % 3 else Issue("x", str(number)) for number in range(25)]
    batches = list(batch_articles(items, 10))
    assert [len(batch) for batch in batches] == [10, 10, 5]
    assert [item for batch in batches for item in batch] == items
