"""Several processes that read and extract; this one deals out the work and, for SQLite, is the only writer.

Each worker has a pipe of its own and is given the next task when it has done the last, so a worker that dies holds
no lock that another waits for, and its death is seen at once.
"""

from __future__ import annotations

import itertools
import multiprocessing
import signal
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from sqlalchemy import Engine

from etl.batches import Batch, Prepared, batch_articles, prepare_batch, store_batch
from etl.counting import Tally
from etl.read import expand_inputs, read_articles
from etl.work import Shard, Work, deal_shards
from tracker.database import open_engine
from tracker.errors import TrackerError

DEALT_ARTICLES = 200
"""Articles of a large file that a worker is given at a time."""

Task = Shard | Batch


class _Done(NamedTuple):
    """A worker's word that it has finished its task."""


class _Failed(NamedTuple):
    """A worker's last word: what it cannot go on with."""

    message: str


class _Worker(NamedTuple):
    process: SpawnProcess
    pipe: Connection[object, object]


def run_jobs(engine: Engine, inputs: Sequence[str], jobs: int, work: Work) -> Iterator[Tally]:
    """Do a run's work in `jobs` processes: what each stored batch came to."""
    tasks = deal_tasks(inputs, work)
    first = list(itertools.islice(tasks, jobs))
    workers = [_start_worker(work, writes=engine.dialect.name != "sqlite") for _ in first]
    try:
        for worker, task in zip(workers, first, strict=True):
            worker.pipe.send(task)
        yield from _collect(engine, workers, tasks, work)
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
            worker.process.join()


def deal_tasks(inputs: Iterable[str], work: Work) -> Iterator[Task]:
    """The tasks of a run: shards of files that a worker reads, and batches of articles that were read here."""
    for shard in deal_shards(expand_inputs(tuple(inputs))):
        if shard.is_splittable:
            yield from batch_articles(read_articles(shard.inputs, work.read), min(work.batch, DEALT_ARTICLES))
        else:
            yield shard


def _start_worker(work: Work, *, writes: bool) -> _Worker:
    context = multiprocessing.get_context("spawn")  # a fork would share open database files
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, work, writes), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _collect(engine: Engine, workers: list[_Worker], tasks: Iterator[Task], work: Work) -> Iterator[Tally]:
    """Take what the workers send, and give each the next task when it has done one."""
    busy = {worker.pipe: worker for worker in workers}
    while busy:
        for pipe in wait(list(busy)):
            assert isinstance(pipe, Connection)
            message = _receive(busy[pipe])
            if isinstance(message, Prepared):
                yield store_batch(engine, message, work.run_key)
            elif isinstance(message, Tally):
                yield message
            else:
                task = next(tasks, None)
                if task is None:
                    del busy[pipe]
                else:
                    pipe.send(task)


def _receive(worker: _Worker) -> object:
    try:
        message = worker.pipe.recv()
    except EOFError:
        worker.process.join()
        raise TrackerError(
            f"a worker process ended ({_exit_reason(worker.process.exitcode)}); what was stored is kept, run again to go on"
        ) from None
    if isinstance(message, _Failed):
        raise TrackerError(message.message)
    return message


def _exit_reason(code: int | None) -> str:
    """What an exit code says: the signal that killed the process, or the code itself."""
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def _serve(pipe: Connection[object, object], work: Work, writes: bool) -> None:
    """What a worker process does until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that deals out the work ends this one
    engine = open_engine(work.database_url)
    try:
        while True:
            _do_task(engine, pipe, pipe.recv(), work, writes)
            pipe.send(_Done())
    except EOFError:
        return
    except TrackerError as error:
        pipe.send(_Failed(str(error)))
    finally:
        engine.dispose()


def _do_task(engine: Engine, pipe: Connection[object, object], task: object, work: Work, writes: bool) -> None:
    batches = (
        batch_articles(read_articles(task.inputs, work.read), work.batch) if isinstance(task, Shard) else iter([task])
    )
    for batch in batches:
        prepared = prepare_batch(engine, batch, work.run_key)  # type: ignore[arg-type]
        pipe.send(store_batch(engine, prepared, work.run_key) if writes else prepared)
