"""Killed at any instant, the next run completes the work: nothing twice, nothing lost, nothing half-written."""

import multiprocessing
import random
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.pipeline import IngestSettings, ingest
from tests.store.builders import dump_store, write_news
from tracker.database import open_database

KILLS = 20


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
    for _ in range(KILLS):
        process = context.Process(target=_ingest, args=(database_url, str(news), 1))
        process.start()
        time.sleep(chance.uniform(0.1, 0.9))
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
