"""Several processes store what one would, nothing twice, and a worker that dies is told."""

import json
import multiprocessing
from pathlib import Path

import pytest

from etl.parallel import deal_tasks
from etl.pipeline import IngestSettings, ingest
from etl.read import ReadOptions
from etl.work import Shard, Work, deal_shards
from tests.store.builders import dump_store, write_news
from tracker.database import open_database


def dump(url: str) -> dict[str, list[tuple[str, ...]]]:
    """What a store holds."""
    engine = open_database(url)
    try:
        return dump_store(engine)
    finally:
        engine.dispose()


def test_two_jobs_store_what_one_does(database_url: str, tmp_path: Path) -> None:
    news = tmp_path / "news"
    write_news(news, 30)
    (news / "broken.json").write_text("[", encoding="utf-8")
    alone = f"sqlite:///{tmp_path / 'alone.sqlite3'}"
    one = ingest(alone, [str(news)])
    two = ingest(database_url, [str(news)], IngestSettings(jobs=2))
    assert (two.read, two.new, two.claims, two.screened, two.issues_by_kind) == (
        one.read,
        one.new,
        one.claims,
        one.screened,
        one.issues_by_kind,
    )
    again = ingest(database_url, [str(news)], IngestSettings(jobs=2))
    assert (again.new, again.unchanged) == (0, 30)
    stored = dump(database_url)
    if database_url.startswith("sqlite"):
        assert stored == dump(alone)
    assert len(stored["article"]) == 30


def test_a_large_file_is_dealt_out_by_article(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    story = "Norland pledged $ 20 million to Ukraine on Monday. " * 200
    with path.open("w", encoding="utf-8") as out:
        for number in range(500):
            out.write(json.dumps({"id": str(number), "language": "en", "text": f"{number} {story}"}) + "\n")
    work = Work("sqlite://", "run", ReadOptions(), 500)
    tasks = list(deal_tasks([str(path)], work))
    assert [len(task) for task in tasks if not isinstance(task, Shard)] == [200, 200, 100]


def test_small_files_are_dealt_in_shards(tmp_path: Path) -> None:
    write_news(tmp_path / "news", 450, 1)
    shards = list(deal_shards([*map(str, sorted((tmp_path / "news").iterdir())), "https://example.org/a", "-"]))
    assert [len(shard.inputs) for shard in shards if not shard.is_splittable] == [100, 100, 100, 100, 50]
    assert [shard.inputs for shard in shards if shard.is_splittable] == [("https://example.org/a",), ("-",)]


def _ingest(url: str, folder: str) -> None:
    ingest(url, [folder], IngestSettings(batch=7))


@pytest.mark.parametrize("same", [True, False], ids=["same input", "overlapping input"])
def test_two_ingests_at_the_same_time(database_url: str, tmp_path: Path, same: bool) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write_news(one, 40)
    write_news(other, 60)
    if not same:
        for path in sorted(one.iterdir())[:10]:
            path.unlink()
    for path in one.iterdir():  # what both hold lies in one place, as a second look at it would
        (other / path.name).unlink()
    context = multiprocessing.get_context("spawn")
    folders = [str(one), str(one)] if same else [str(tmp_path), str(one)]
    processes = [context.Process(target=_ingest, args=(database_url, folder)) for folder in folders]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    alone = f"sqlite:///{tmp_path / 'alone.sqlite3'}"
    ingest(alone, folders)
    assert {name: len(rows) for name, rows in dump(database_url).items()} == {
        name: len(rows) for name, rows in dump(alone).items()
    }
    stored = {row[0] for row in dump(database_url)["claim"]}
    assert stored == {row[0] for row in dump(alone)["claim"]}
