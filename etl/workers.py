"""Worker processes: each does the tasks that it is given, and what they yield comes back to the process that asks.

Each worker has a pipe of its own and is given the next task when it has done the last, so a worker that dies holds
no lock that another waits for, and its death is seen at once.
"""

from __future__ import annotations

import itertools
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, NamedTuple

from sqlalchemy import Engine

from tracker.database import open_engine
from tracker.errors import TrackerError

Do = Callable[[Engine, Any], Iterable[object]]
"""What a worker does with a task: a function of the store and the task that can be sent to another process."""


class _Done(NamedTuple):
    """A worker's word that it has finished its task."""


class _Failed(NamedTuple):
    """A worker's last word: what it cannot go on with."""

    message: str


class _Worker(NamedTuple):
    process: SpawnProcess
    pipe: Connection[object, object]


def run_workers(database_url: str, jobs: int, tasks: Iterator[object], do: Do) -> Iterator[object]:
    """Do the tasks in `jobs` processes, each with an engine of its own: what they yield, as it comes."""
    first = list(itertools.islice(tasks, jobs))
    workers = [_start_worker(database_url, do) for _ in first]
    try:
        for worker, task in zip(workers, first, strict=True):
            worker.pipe.send(task)
        yield from _collect(workers, tasks)
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
            worker.process.join()


def _start_worker(database_url: str, do: Do) -> _Worker:
    context = multiprocessing.get_context("spawn")  # a fork would share open database files
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, database_url, do), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _collect(workers: list[_Worker], tasks: Iterator[object]) -> Iterator[object]:
    """Take what the workers send, and give each the next task when it has done one."""
    busy = {worker.pipe: worker for worker in workers}
    while busy:
        for pipe in wait(list(busy)):
            assert isinstance(pipe, Connection)
            message = _receive(busy[pipe])
            if not isinstance(message, _Done):
                yield message
                continue
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


def _serve(pipe: Connection[object, object], database_url: str, do: Do) -> None:
    """What a worker process does until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that deals out the work ends this one
    engine = open_engine(database_url)
    try:
        while True:
            for result in do(engine, pipe.recv()):
                pipe.send(result)
            pipe.send(_Done())
    except (EOFError, ConnectionError):  # the process that deals out the work has ended
        return
    except TrackerError as error:
        pipe.send(_Failed(str(error)))
    finally:
        engine.dispose()
