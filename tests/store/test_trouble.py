"""The world's faults: a full disk, a lost connection, a dead worker. One clear line, and nothing half-written."""

import multiprocessing
import os
import resource
import signal
import threading
import time
from multiprocessing.queues import Queue
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.pipeline import IngestSettings, Progress, ingest
from etl.read import ReadOptions
from tests.store.builders import dump_store, write_news
from tracker.database import open_database
from tracker.errors import TrackerError


def _ingest_on_a_small_disk(url: str, folder: str, room: int, said: "Queue[str]") -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        ingest(url, [folder], IngestSettings(ReadOptions(language="en"), batch=20))
        said.put("no complaint")
    except TrackerError as error:
        said.put(str(error))


def dump(url: str) -> dict[str, list[tuple[str, ...]]]:
    """What a store holds."""
    engine = open_database(url)
    try:
        return dump_store(engine)
    finally:
        engine.dispose()


def test_the_disk_fills_up(tmp_path: Path) -> None:
    news = tmp_path / "news"
    write_news(news, 300, 30)
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    open_database(url).dispose()
    room = 700_000  # of each file; the log that a batch is written to first grows past it
    context = multiprocessing.get_context("spawn")
    said = context.Queue()
    process = context.Process(target=_ingest_on_a_small_disk, args=(url, str(news), room, said))
    process.start()
    message = said.get(timeout=120)
    process.join()
    assert "a.sqlite3: " in message and "nothing of the last batch was stored" in message
    half = dump(url)
    assert 0 < len(half["article"]) < 300
    assert len(half["article"]) == len(half["claim"])
    settings = IngestSettings(ReadOptions(language="en"))
    ingest(url, [str(news)], settings)
    alone = f"sqlite:///{tmp_path / 'alone.sqlite3'}"
    ingest(alone, [str(news)], settings)
    assert dump(url) == dump(alone)


def test_the_connection_is_lost(postgres_url: str, tmp_path: Path) -> None:
    news = tmp_path / "news"
    write_news(news, 200)
    engine = open_database(postgres_url)

    def hang_up() -> None:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while not stop.is_set():
            with engine.connect() as connection:
                connection.execute(text(others))
            time.sleep(0.003)

    stop = threading.Event()
    begun: list[Progress] = []
    nuisance = threading.Thread(target=hang_up)

    def follow(progress: Progress) -> None:
        begun.append(progress)
        if not nuisance.is_alive():
            nuisance.start()

    try:
        with pytest.raises(TrackerError, match="postgresql"):
            ingest(postgres_url, [str(news)], IngestSettings(batch=5), follow)
    finally:
        stop.set()
        nuisance.join()
        engine.dispose()
    assert begun
    half = dump(postgres_url)
    assert len(half["article"]) == len(half["claim"])
    summary = ingest(postgres_url, [str(news)])
    assert summary.new + summary.unchanged == 200
    assert len(dump(postgres_url)["claim"]) == 200


def test_a_worker_dies(tmp_path: Path) -> None:
    news = tmp_path / "news"
    write_news(news, 600)

    def kill_one(_: Progress) -> None:
        children = multiprocessing.active_children()
        if children and children[0].pid:
            os.kill(children[0].pid, signal.SIGKILL)

    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    with pytest.raises(TrackerError, match=r"a worker process ended \(SIGKILL\)"):
        ingest(url, [str(news)], IngestSettings(jobs=2, batch=10), kill_one)
    assert multiprocessing.active_children() == []
    half = dump(url)
    assert len(half["article"]) == len(half["claim"]) < 600
    assert ingest(url, [str(news)]).new == 600 - len(half["article"])
