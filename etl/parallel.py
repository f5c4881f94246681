"""An ingest by several processes that read and extract; for SQLite, this one is the only writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from sqlalchemy import Engine

from etl.batches import Batch, Prepared, batch_articles, prepare_batch, store_batch
from etl.counting import Tally
from etl.read import expand_inputs, read_articles
from etl.work import Shard, Work, deal_shards
from etl.workers import run_workers

DEALT_ARTICLES = 200
"""Articles of a large file that a worker is given at a time."""

Task = Shard | Batch


def run_jobs(engine: Engine, inputs: Sequence[str], jobs: int, work: Work) -> Iterator[Tally]:
    """Do a run's work in `jobs` processes: what each stored batch came to."""
    do = partial(do_task, work=work, writes=engine.dialect.name != "sqlite")
    for result in run_workers(work.database_url, jobs, deal_tasks(inputs, work), do):
        if isinstance(result, Prepared):
            yield store_batch(engine, result, work.run_key)
        elif isinstance(result, Tally):
            yield result


def deal_tasks(inputs: Iterable[str], work: Work) -> Iterator[Task]:
    """The tasks of a run: shards of files that a worker reads, and batches of articles that were read here."""
    for shard in deal_shards(expand_inputs(tuple(inputs))):
        if shard.is_splittable:
            yield from batch_articles(read_articles(shard.inputs, work.read), min(work.batch, DEALT_ARTICLES))
        else:
            yield shard


def do_task(engine: Engine, task: Task, work: Work, writes: bool) -> Iterator[Prepared | Tally]:
    """The batches of a task, prepared; where this worker `writes`, stored too, and what each came to."""
    batches = batch_articles(read_articles(task.inputs, work.read), work.batch) if isinstance(task, Shard) else iter([task])
    for batch in batches:
        prepared = prepare_batch(engine, batch, work.run_key)
        yield store_batch(engine, prepared, work.run_key) if writes else prepared
