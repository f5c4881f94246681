"""The only writer of claims: one transaction a batch, keyed by content, so that what is there is never added again."""

from __future__ import annotations

import datetime as dt
import os
import socket
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, select, update
from sqlalchemy.orm import Session

from etl.bulk import append_rows, insert_rows, select_in
from etl.records import Issue
from etl.reposts import Reposts, find_copies
from etl.rows import ArticleRows, issue_row, moment_text, rate_row
from tracker.database import session, writing
from tracker.model import Article, ArticleSketch, Base, Claim, Run
from tracker.vocabulary import RunKind, RunStatus

_ARTICLE = [column.name for column in Base.metadata.tables["article"].columns]
_URL, _NAME, _LOCATION = _ARTICLE.index("url"), _ARTICLE.index("name"), _ARTICLE.index("location")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one batch brought into the store."""

    new: int = 0
    """Articles stored; those that supersede an older version are among them."""
    unchanged: int = 0
    """Articles that another writer had stored meanwhile."""
    superseding: int = 0
    copies: int = 0
    """Articles that turned out to copy another: new ones, and stored ones whose original came only now."""
    claims: int = 0
    new_keys: frozenset[str] = frozenset()
    namesakes: int = 0
    """Articles that another of the same file is called like; each is an issue."""


def now_text() -> str:
    """This moment as the rows word it."""
    return moment_text(dt.datetime.now(dt.UTC))


def start_run(engine: Engine, kind: RunKind, version: str, packs_hash: str, settings: Mapping[str, Any]) -> str:
    """Open a run; its key begins with its time, so that runs sort by it."""
    started = dt.datetime.now(dt.UTC)
    machine, process = socket.gethostname(), os.getpid()
    key = f"{started:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
    with session(engine, writes=True) as opened:
        _close_dead_runs(opened, machine)
        opened.add(
            Run(
                key=key,
                kind=kind,
                status=RunStatus.RUNNING,
                started_at=started,
                version=version,
                packs_hash=packs_hash,
                settings={**settings, "machine": machine, "process": process},
                counts={},
            )
        )
    return key


def _close_dead_runs(opened: Session, machine: str) -> None:
    """Set runs of this machine whose process is gone to failed; when they ended nobody knows."""
    for run in opened.scalars(select(Run).where(Run.status == RunStatus.RUNNING)):
        if run.settings.get("machine") == machine and not _is_alive(run.settings.get("process")):
            run.status = RunStatus.FAILED


def _is_alive(process: object) -> bool:
    """Whether there is a process of this number; unknown counts as alive."""
    if not isinstance(process, int) or os.name != "posix":  # elsewhere the question would be a signal
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is there, and another's
        return True
    return True


def finish_run(engine: Engine, key: str, status: RunStatus, counts: Mapping[str, Any]) -> None:
    """Close a run with what it did."""
    with session(engine, writes=True) as opened:
        run = opened.get_one(Run, key)
        run.status, run.finished_at, run.counts = status, dt.datetime.now(dt.UTC), dict(counts)
        opened.flush()
        _take_statistics(opened.connection())


def _take_statistics(connection: Connection) -> None:
    """Lets SQLite look at some hundred rows of each index, or it walks a wrong one where the store is large.

    PostgreSQL does so by itself.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 400")
        connection.exec_driver_sql("ANALYZE")


def find_stored(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the article keys that the store has."""
    return set(find_versions(connection, keys))


def find_versions(connection: Connection, keys: Iterable[str]) -> dict[str, str | None]:
    """Those of the article keys that the store has, each with the version that has taken its place."""
    return dict(select_in(connection, "key, superseded_by", "article", "key", list(keys)))


def load_batch(engine: Engine, articles: Sequence[ArticleRows], issues: Sequence[Issue], run_key: str) -> Loaded:
    """Store articles with their claims, and issues of inputs that gave no article, in one transaction."""
    if not articles and not issues:
        return Loaded()
    with writing(engine, wait_for_disk=False) as connection:
        return _load(connection, articles, issues, run_key)


def _load(connection: Connection, articles: Sequence[ArticleRows], issues: Sequence[Issue], run_key: str) -> Loaded:
    stored = find_stored(connection, [item.identity.key for item in articles])
    new = {item.identity.key: item for item in articles if item.identity.key not in stored}
    superseded, namesakes = _find_superseded(connection, list(new.values()), run_key)
    reposts = find_copies(connection, list(new.values()))
    _insert(connection, list(new.values()))
    append_rows(connection, "article_sketch", reposts.sketches)
    now = now_text()
    insert_rows(connection, "issue", [issue_row(issue, None, "", run_key, now) for issue in issues])
    alike = [issue_row(_namesake_issue(item), item.identity.key, "", run_key, now) for item in namesakes]
    insert_rows(connection, "issue", alike)
    _mark(connection, "superseded_by", superseded)
    _mark(connection, "copy_of", reposts.copies | reposts.demoted)
    _follow_demoted(connection, reposts)
    _stop_counting(connection, [*superseded, *reposts.copies, *reposts.demoted])
    return Loaded(
        new=len(new),
        unchanged=len(articles) - len(new),
        superseding=len(superseded),
        copies=len(reposts.copies) + len(reposts.demoted),
        claims=sum(len(item.claims) for item in new.values()),
        new_keys=frozenset(new),
        namesakes=len(namesakes),
    )


def _insert(connection: Connection, new: Sequence[ArticleRows]) -> None:
    """Add all rows, parents before children. What hangs on a new article cannot be there yet."""
    sources = {item.source[0]: item.source for item in new if item.source}
    insert_rows(connection, "source", list(sources.values()))
    insert_rows(connection, "article", [item.article for item in new])
    insert_rows(connection, "issue", [row for item in new for row in item.issues])
    append_rows(connection, "claim", [row for item in new for row in item.claims])
    append_rows(connection, "claim_party", [row for item in new for row in item.parties])
    append_rows(connection, "claim_link", [row for item in new for row in item.links])
    append_rows(connection, "conversion", [row for item in new for row in item.conversions])
    rates = {rate for item in new for rate in item.rates}
    insert_rows(connection, "exchange_rate", [rate_row(rate) for rate in sorted(rates)])


def _find_superseded(
    connection: Connection, new: Sequence[ArticleRows], run_key: str
) -> tuple[dict[str, str], list[ArticleRows]]:
    """Older version -> the new version of the same item that takes its place; and the articles whose name is taken.

    A URL that answers otherwise has changed. But two texts of one name in one file, met in one run, are two articles
    that somebody named alike: both are kept.
    """
    items = [item.identity.item_key for item in new]
    found = select_in(connection, "item_key, key, run_key, superseded_by", "article", "item_key", items)
    current = {item_key: (key, run) for item_key, key, run, superseded_by in found if superseded_by is None}
    superseded: dict[str, str] = {}
    namesakes = []
    for item in new:
        older, run = current.get(item.identity.item_key, (None, None))
        if older is not None and run == run_key and item.article[_URL] is None:
            namesakes.append(item)
        elif older is not None:
            superseded[older] = item.identity.key
        current[item.identity.item_key] = item.identity.key, run_key
    return superseded, namesakes


def _namesake_issue(item: ArticleRows) -> Issue:
    message = f"another article of this file is called {item.article[_NAME]!r} too; both are kept"
    return Issue("same_name", message, item.article[_LOCATION])


def _mark(connection: Connection, column: str, marks: Mapping[str, str]) -> None:
    if marks:
        statement = update(Article).where(Article.key == bindparam("marked")).values({column: bindparam("target")})
        connection.execute(statement, [{"marked": key, "target": target} for key, target in marks.items()])


def _follow_demoted(connection: Connection, reposts: Reposts) -> None:
    """What copied an article that is a copy itself copies the original; nothing is looked up by it any more."""
    for key, original in reposts.demoted.items():
        connection.execute(update(Article).where(Article.copy_of == key).values(copy_of=original))
    for part, key in reposts.forgotten:
        sketch = delete(ArticleSketch).where(ArticleSketch.sentence_hash == part, ArticleSketch.article_key == key)
        connection.execute(sketch)


def _stop_counting(connection: Connection, article_keys: Sequence[str]) -> None:
    """The claims of superseded articles and of copies stay, and no sum adds them."""
    statement = update(Claim).where(Claim.article_key == bindparam("stopped")).values(counts_once=False)
    if article_keys:
        connection.execute(statement, [{"stopped": key} for key in article_keys])
