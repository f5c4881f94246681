"""The same work on a Dask cluster, with a ledger of finished shards in the store.

Tasks carry the names of inputs, never texts: each worker reads its shard and writes to PostgreSQL itself. A shard
that a lost worker had begun is done again by another; what it had stored is found there and not stored twice.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from etl.batches import batch_articles, extractor_hash, prepare_batch, store_batch
from etl.counting import Tally
from etl.read import expand_inputs, read_articles
from etl.rows import content_key
from etl.work import Shard, Work, deal_shards
from tracker.database import explained, open_engine, session, where
from tracker.errors import TrackerError, UsageError
from tracker.model import Article, Claim
from tracker.model import Shard as FinishedShard

_ANSWER_SECONDS = 20
_ATTEMPTS = 3


def run_cluster(engine: Engine, inputs: Sequence[str], scheduler: str, work: Work) -> Iterator[Tally]:
    """Do a run's work on the workers of a scheduler: what each shard came to, then what its lost workers had done."""
    if engine.dialect.name == "sqlite":
        raise UsageError(
            f"--scheduler: the store {where(engine)} is a file of this machine; name a PostgreSQL store with --database"
        )
    shards = {name_shard(shard, work): shard for shard in deal_files(inputs)}
    total = Tally()
    with _connect(scheduler) as client:
        for tally in _collect(engine, client, shards, work):
            total.add(tally)
            yield tally
    yield _count_lost(engine, total, work.run_key)


def deal_files(inputs: Sequence[str]) -> Iterator[Shard]:
    """The inputs in shards that any worker can read: absolute paths, and all URLs together, as hosts are asked politely."""
    urls: list[str] = []
    for shard in deal_shards(expand_inputs(inputs)):
        if shard.size:
            yield Shard(tuple(str(Path(path).absolute()) for path in shard.inputs), shard.size)
        elif shard.inputs == ("-",):
            raise UsageError("--scheduler: standard input cannot be read by the workers of a cluster; name files")
        else:
            urls.extend(shard.inputs)
    if urls:
        yield Shard(tuple(urls), 0)


def name_shard(shard: Shard, work: Work) -> str:
    """The shard's key in the ledger: its inputs as they are now, the options and the rules.

    URLs may answer otherwise next time, so their key is of this run.
    """
    if not shard.size:
        return content_key(work.run_key, *shard.inputs)
    states = [f"{path} {_state(path)}" for path in shard.inputs]
    return content_key(repr(work.read), extractor_hash(), *states)


def _state(path: str) -> str:
    try:
        status = Path(path).stat()
    except OSError:
        return "absent"
    return f"{status.st_size} {status.st_mtime_ns}"


def do_shard(key: str, shard: Shard, work: Work) -> dict[str, Any]:
    """Read, extract and store one shard, and enter it in the ledger; the counts. Runs on a worker."""
    engine = open_engine(work.database_url)
    try:
        finished = _read_ledger(engine, [key])
        if key in finished:
            return finished[key]
        tally = Tally()
        for batch in batch_articles(read_articles(shard.inputs, work.read), work.batch):
            tally.add(store_batch(engine, prepare_batch(engine, batch, work.run_key), work.run_key))
        with session(engine) as opened:
            now = dt.datetime.now(dt.UTC)
            opened.merge(FinishedShard(key=key, run_key=work.run_key, counts=tally.as_counts(), finished_at=now))
        return tally.as_counts()
    finally:
        engine.dispose()


def _read_ledger(engine: Engine, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Finished shard -> its counts."""
    with session(engine) as opened:
        query = select(FinishedShard).where(FinishedShard.key.in_(list(keys)))
        return {shard.key: shard.counts for shard in opened.scalars(query)}


def _import_distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        raise UsageError("--scheduler: needs Dask; pip install 'defense-claims-tracker[scale]'") from error


def _connect(scheduler: str) -> Any:
    """A client of the scheduler."""
    distributed = _import_distributed()
    try:
        return distributed.Client(scheduler, timeout=_ANSWER_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"--scheduler: nothing answers at {scheduler!r} ({error}); start it with `dask scheduler`") from error


def _collect(engine: Engine, client: Any, shards: dict[str, Shard], work: Work) -> Iterator[Tally]:
    """Hand out the shards that the ledger does not have, and take what they came to."""
    distributed = _import_distributed()
    finished = _read_ledger(engine, shards)
    for counts in finished.values():
        done = Tally()
        done.counts.update(read=counts["read"], unchanged=counts["read"])
        yield done
    waiting = [
        client.submit(do_shard, key, shard, work, key=f"shard-{work.run_key}-{key}", retries=_ATTEMPTS)
        for key, shard in shards.items()
        if key not in finished
    ]
    try:
        for future in distributed.as_completed(waiting, loop=client.loop):
            yield Tally.from_counts(future.result())
    except distributed.KilledWorker as error:
        raise TrackerError(f"a shard ended several workers, one after the other ({error}); see their logs") from error


def _count_lost(engine: Engine, total: Tally, run_key: str) -> Tally:
    """What lost workers had stored before others found it there: it is new in this run, not unchanged."""
    with explained(engine), engine.connect() as connection:
        articles = connection.execute(select(func.count()).where(Article.run_key == run_key)).scalar_one()
        claims = connection.execute(select(func.count()).where(Claim.first_run == run_key)).scalar_one()
    lost = articles - total.counts["new"]
    correction = Tally()
    correction.counts.update(new=lost, unchanged=-lost, claims=claims - total.counts["claims"])
    return correction
