"""A real scheduler with two workers: the same store as alone, also where one of them is killed in the middle."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.cluster import deal_files
from etl.pipeline import IngestSettings, ingest
from tests.store.builders import dump_store, write_news
from tracker.database import open_database
from tracker.errors import UsageError

pytest.importorskip("distributed")
FILES = 900


class Cluster:
    """A scheduler and two workers as processes."""

    def __init__(self, folder: Path) -> None:
        self.log = (folder / "cluster.log").open("w")
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file))
        while not self.file.exists():
            assert self.scheduler.poll() is None, (folder / "cluster.log").read_text()
            time.sleep(0.05)
        options = ("--scheduler-file", str(self.file), "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers = [self._start("worker", *options) for _ in range(2)]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments]
        return subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        address: str = json.loads(self.file.read_text())["address"]
        return address

    def stop(self) -> None:
        """End all processes."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()
        self.log.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Two workers that wait for work."""
    started = Cluster(tmp_path)
    yield started
    started.stop()


@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("ignore")
def test_a_worker_is_killed_in_the_middle(postgres_url: str, tmp_path: Path, cluster: Cluster) -> None:
    news = tmp_path / "news"
    write_news(news, FILES)
    open_database(postgres_url).dispose()
    watcher = threading.Thread(target=kill_in_the_middle, args=(postgres_url, cluster))
    watcher.start()
    settings = IngestSettings(scheduler=cluster.address, batch=20)
    summary = ingest(postgres_url, [str(news)], settings)
    watcher.join()
    assert cluster.workers[0].poll() is not None
    assert (summary.read, summary.new, summary.unchanged, summary.claims) == (FILES, FILES, 0, FILES)
    again = ingest(postgres_url, [str(news)], settings)
    assert (again.read, again.new, again.unchanged) == (FILES, 0, FILES)
    alone = f"sqlite:///{tmp_path / 'alone.sqlite3'}"
    ingest(alone, [str(news)])
    dumps = []
    for url in (postgres_url, alone):
        engine = open_database(url)
        dumps.append(dump_store(engine))
        engine.dispose()
    assert [row[0] for row in dumps[0]["claim"]] == [row[0] for row in dumps[1]["claim"]]
    assert {table: len(rows) for table, rows in dumps[0].items()} == {table: len(rows) for table, rows in dumps[1].items()}


def kill_in_the_middle(url: str, cluster: Cluster) -> None:
    """Kill the first worker once some articles are stored, and not all."""
    engine = open_database(url)
    count = 0
    while count < 40:
        time.sleep(0.02)
        with engine.connect() as connection:
            count = connection.execute(text("SELECT COUNT(*) FROM article")).scalar_one()
    cluster.workers[0].kill()
    engine.dispose()


def test_the_store_must_be_shared(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="PostgreSQL store"):
        ingest(str(tmp_path / "a.sqlite3"), [str(tmp_path)], IngestSettings(scheduler="tcp://127.0.0.1:1"))


@pytest.mark.filterwarnings("ignore")
def test_nothing_answers(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.cluster._ANSWER_SECONDS", 0.3)
    write_news(tmp_path / "news", 1)
    with pytest.raises(UsageError, match="nothing answers"):
        ingest(postgres_url, [str(tmp_path / "news")], IngestSettings(scheduler="tcp://127.0.0.1:1"))


def test_shards_are_named_for_any_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_news(tmp_path / "news", 3)
    monkeypatch.chdir(tmp_path)
    shards = list(deal_files(["https://example.org/a", "news", "https://example.org/b"]))
    assert all(Path(item).is_absolute() for item in shards[0].inputs)
    assert shards[1].inputs == ("https://example.org/a", "https://example.org/b")
    with pytest.raises(UsageError, match="standard input"):
        list(deal_files(["-"]))
