"""The main job: read, extract, normalise, load. Owns the run: its row, its counts, who does the work.

What is wrong with an input or an article becomes an issue, and the next one is taken. What is wrong with the
store ends the run; all batches before it are stored, and the next run goes on where this one stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from etl.batches import BATCH_ARTICLES, Prepared, batch_articles, prepare_batch, store_batch
from etl.counting import Progress, RunSummary, Tally
from etl.lexicon import packs_hash
from etl.load import finish_run, start_run
from etl.parallel import run_jobs
from etl.read import ReadOptions, read_articles
from etl.work import Work
from tracker import __version__
from tracker.database import open_database, writing
from tracker.errors import TrackerError
from tracker.parties import sync_parties
from tracker.vocabulary import RunKind, RunStatus

__all__ = ["IngestSettings", "Progress", "RunSummary", "ingest"]


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """What a user may say about an ingest."""

    read: ReadOptions = field(default_factory=ReadOptions)
    jobs: int = 1
    """Processes that read and extract."""
    scheduler: str | None = None
    """Address of a Dask scheduler whose workers do it instead."""
    batch: int = BATCH_ARTICLES
    """Articles that one transaction stores."""


def ingest(
    database_url: str | None,
    inputs: Sequence[str],
    settings: IngestSettings | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RunSummary:
    """Take the articles of files, folders and URLs into the store and say what was new; a second time, nothing is."""
    chosen = settings or IngestSettings()
    read_articles((), chosen.read)  # a wrong option is told before anything is stored
    engine = open_database(database_url)
    try:
        return _run(engine, inputs, chosen, progress)
    finally:
        engine.dispose()


def _run(
    engine: Engine, inputs: Sequence[str], settings: IngestSettings, progress: Callable[[Progress], None] | None
) -> RunSummary:
    with writing(engine) as connection:
        sync_parties(connection)
    run_key = start_run(engine, RunKind.INGEST, __version__, packs_hash(), _describe(inputs, settings))
    work = Work(engine.url.render_as_string(hide_password=False), run_key, settings.read, settings.batch)
    tally = Tally()
    try:
        for part in _do(engine, inputs, settings, work):
            tally.add(part)
            if progress:
                progress(tally.progress())
    except BaseException:
        with suppress(TrackerError):  # where the store is the trouble, what it said first is what counts
            finish_run(engine, run_key, RunStatus.FAILED, tally.as_counts())
        raise
    finish_run(engine, run_key, RunStatus.FINISHED, tally.as_counts())
    return tally.summary(run_key)


def _do(engine: Engine, inputs: Sequence[str], settings: IngestSettings, work: Work) -> Iterator[Tally]:
    """The work, by this process, by several, or by a cluster: what each stored batch came to."""
    if settings.scheduler:
        from etl.cluster import run_cluster

        return run_cluster(engine, inputs, settings.scheduler, work)
    if settings.jobs > 1:
        return run_jobs(engine, inputs, settings.jobs, work)
    return _run_here(engine, inputs, work)


def _run_here(engine: Engine, inputs: Sequence[str], work: Work) -> Iterator[Tally]:
    prepared = (
        prepare_batch(engine, batch, work.run_key)
        for batch in batch_articles(read_articles(inputs, work.read), work.batch)
    )
    if engine.dialect.name == "sqlite":
        return (store_batch(engine, batch, work.run_key) for batch in prepared)
    return _store_beside(engine, prepared, work)


def _store_beside(engine: Engine, batches: Iterator[Prepared], work: Work) -> Iterator[Tally]:
    """Store each batch while the next is prepared, as the server has its own processor to work with.

    Not for SQLite: it works in this process, and would hand the interpreter back and forth with every row.
    """
    with ThreadPoolExecutor(1, "writer") as writer:
        storing: Future[Tally] | None = None
        for batch in batches:
            if storing:
                yield storing.result()
            storing = writer.submit(store_batch, engine, batch, work.run_key)
        if storing:
            yield storing.result()


def _describe(inputs: Sequence[str], settings: IngestSettings) -> dict[str, Any]:
    """The settings that the run's row keeps."""
    read = settings.read
    return {
        "inputs": list(inputs[:20]),
        "published": read.published.isoformat() if read.published else None,
        "source": read.source,
        "language": read.language,
        "jobs": settings.jobs,
        "scheduler": settings.scheduler,
    }
