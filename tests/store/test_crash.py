"""Killed at any instant, the next run completes the work: nothing twice, nothing lost, nothing half-written."""

import multiprocessing
import random
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.extract import extract_article
from etl.pipeline import IngestSettings, ingest
from etl.records import Article, Extraction, Issue
from etl.reextract import reextract
from tests.store.builders import dump_store, write_news
from tracker.database import open_database
from tracker.vocabulary import Stage

KILLS = 20


def with_older_rules(article: Article) -> Extraction:
    """Rules that misread the stage, take part of a number for a claim, miss some numbers and doubt others."""
    found = extract_article(article)
    number = int(article.id)
    claims = [claim._replace(stage=Stage.NEED) for claim in found.claims if number % 3]
    if number % 5 == 0:
        claims = [claim._replace(end=claim.end - 3, quote=claim.quote[:-3]) for claim in claims]
    doubts = (Issue("doubt_of_old", "no longer raised", None, 0, 4, article.text[:4]),) if number % 2 else ()
    return Extraction(article, tuple(claims), found.screened, doubts)


def _store_with_older_rules(url: str, folder: Path) -> None:
    """Ingest a folder, its articles read as rules of the past would have."""
    ingest(url, [str(folder)])
    reextract(url, everything=True, extract=with_older_rules)
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET extracted_with = 'older'"))
    engine.dispose()


def _contents(url: str) -> dict[str, list[tuple[str, ...]]]:
    """What a store holds; of a withdrawn claim that it is, not when."""
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            withdrawn = connection.execute(text("SELECT key FROM claim WHERE withdrawn_at IS NOT NULL ORDER BY key"))
            keys = [(key,) for key in withdrawn.scalars()]
        with engine.begin() as connection:
            connection.execute(text("UPDATE claim SET withdrawn_at = NULL"))
        return dump_store(engine) | {"withdrawn": keys}
    finally:
        engine.dispose()


def _ingest(url: str, folder: str, jobs: int) -> None:
    ingest(url, [folder], IngestSettings(batch=10, jobs=jobs))


@pytest.mark.timeout(600)
def test_killed_twenty_times(database_url: str, tmp_path: Path) -> None:
    news = tmp_path / "news"
    write_news(news, 500)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.pipeline", "etl.read"])
    chance = random.Random(20)
    finished = 0
    for number in range(KILLS):
        jobs = 2 if number % 5 == 4 else 1
        process = context.Process(target=_ingest, args=(database_url, str(news), jobs))
        process.start()
        time.sleep(chance.uniform(0.1, 0.9) * jobs)  # workers take a while to start
        process.kill()
        process.join()
        finished += process.exitcode == 0
    assert finished < KILLS, "every run was over before it was killed"
    summary = ingest(database_url, [str(news)])
    assert summary.new + summary.unchanged == 500
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.sqlite3'}"
    ingest(undisturbed, [str(news)])
    dumps = []
    for url in (database_url, undisturbed):
        engine = open_database(url)
        dumps.append(dump_store(engine))
        with engine.connect() as connection:
            orphans = "SELECT COUNT(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.article_key = a.key)"
            assert connection.execute(text(orphans)).scalar() == 0
        engine.dispose()
    assert {table: len(rows) for table, rows in dumps[0].items()} == {table: len(rows) for table, rows in dumps[1].items()}
    assert [row[0] for row in dumps[0]["claim"]] == [row[0] for row in dumps[1]["claim"]]
    if database_url.startswith("sqlite"):
        assert dumps[0] == dumps[1]


def _reextract(url: str, jobs: int, begun: Event) -> None:
    reextract(url, jobs=jobs, batch=3, progress=lambda _done, _all: begun.set())


def _count_outdated(url: str) -> int:
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT COUNT(*) FROM article WHERE extracted_with = 'older'")).scalar_one()
    finally:
        engine.dispose()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("jobs", [1, 2], ids=["alone", "two jobs"])
def test_reextraction_killed_again_and_again(database_url: str, tmp_path: Path, jobs: int) -> None:
    news = tmp_path / "news"
    write_news(news, 200)
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.sqlite3'}"
    for url in (database_url, undisturbed):
        _store_with_older_rules(url, news)
    reextract(undisturbed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.reextract"])
    chance = random.Random(5)
    left = [200]
    while left[-1] and len(left) <= KILLS / jobs**2 / 2:
        begun = context.Event()
        process = context.Process(target=_reextract, args=(database_url, jobs, begun))
        process.start()
        begun.wait(60 if len(left) % 3 else 0.2)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.join()
        left.append(_count_outdated(database_url))
    assert set(left) - {0, 200}, "no run was killed at its work"
    reextract(database_url, jobs=jobs)
    assert reextract(database_url).articles == 0
    stored, expected = _contents(database_url), _contents(undisturbed)
    assert {table: [row[0] for row in rows] for table, rows in stored.items()} == {
        table: [row[0] for row in rows] for table, rows in expected.items()
    }
    assert len(stored["claim"]) > 200 and stored["withdrawn"] and not any("doubt_of_old" in row for row in stored["issue"])
    if database_url.startswith("sqlite"):
        assert stored == expected
