"""The only writer of claims: one transaction a batch, keyed by content, so that what is there is never added again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select, update

from etl.bulk import insert_rows
from etl.records import Issue
from etl.rows import ArticleIdentity, ArticleRows, Row, issue_row, moment_text, rate_row
from tracker.database import session, writing
from tracker.model import Article, Claim, Run
from tracker.vocabulary import RunKind, RunStatus

_SOME = 500
"""How many keys one query asks for: SQLite takes only so many parameters."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one batch brought into the store."""

    new: int = 0
    """Articles stored; those that supersede an older version, and copies of others, are among them."""
    unchanged: int = 0
    """Articles that another writer had stored meanwhile."""
    superseding: int = 0
    copies: int = 0
    claims: int = 0
    new_keys: frozenset[str] = frozenset()


def now_text() -> str:
    """This moment as the rows word it."""
    return moment_text(dt.datetime.now(dt.UTC))


def start_run(engine: Engine, kind: RunKind, version: str, packs_hash: str, settings: Mapping[str, Any]) -> str:
    """Open a run; its key begins with its time, so that runs sort by it."""
    started = dt.datetime.now(dt.UTC)
    key = f"{started:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
    with session(engine) as opened:
        opened.add(
            Run(
                key=key,
                kind=kind,
                status=RunStatus.RUNNING,
                started_at=started,
                version=version,
                packs_hash=packs_hash,
                settings=dict(settings),
                counts={},
            )
        )
    return key


def finish_run(engine: Engine, key: str, status: RunStatus, counts: Mapping[str, Any]) -> None:
    """Close a run with what it did."""
    with session(engine) as opened:
        run = opened.get_one(Run, key)
        run.status, run.finished_at, run.counts = status, dt.datetime.now(dt.UTC), dict(counts)


def find_stored(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the article keys that the store has."""
    found: set[str] = set()
    for some in _slices(list(keys)):
        found.update(connection.execute(select(Article.key).where(Article.key.in_(some))).scalars())
    return found


def _slices(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), _SOME):
        yield items[start : start + _SOME]


def load_batch(engine: Engine, articles: Sequence[ArticleRows], issues: Sequence[Issue], run_key: str) -> Loaded:
    """Store articles with their claims, and issues of inputs that gave no article, in one transaction."""
    if not articles and not issues:
        return Loaded()
    with writing(engine) as connection:
        return _load(connection, articles, issues, run_key)


def _load(connection: Connection, articles: Sequence[ArticleRows], issues: Sequence[Issue], run_key: str) -> Loaded:
    stored = find_stored(connection, [item.identity.key for item in articles])
    new = {item.identity.key: item for item in articles if item.identity.key not in stored}
    superseded = _find_superseded(connection, list(new.values()))
    copies = _find_copies(connection, [item.identity for item in new.values()])
    _insert(connection, list(new.values()))
    now = now_text()
    insert_rows(connection, "issue", [issue_row(issue, None, "", run_key, now) for issue in issues])
    _mark(connection, "superseded_by", superseded)
    _mark(connection, "copy_of", copies)
    _stop_counting(connection, [*superseded, *copies])
    return Loaded(
        new=len(new),
        unchanged=len(articles) - len(new),
        superseding=len(superseded),
        copies=len(copies),
        claims=sum(len(item.claims) for item in new.values()),
        new_keys=frozenset(new),
    )


def _insert(connection: Connection, new: Sequence[ArticleRows]) -> None:
    """Add all rows, parents before children."""
    sources = {item.source[0]: item.source for item in new if item.source}
    insert_rows(connection, "source", list(sources.values()))
    insert_rows(connection, "article", [item.article for item in new])
    insert_rows(connection, "issue", [row for item in new for row in item.issues])
    insert_rows(connection, "claim", [row for item in new for row in item.claims])
    insert_rows(connection, "claim_party", [row for item in new for row in item.parties])
    insert_rows(connection, "claim_link", [row for item in new for row in item.links])
    insert_rows(connection, "conversion", [row for item in new for row in item.conversions])
    rates = {rate for item in new for rate in item.rates}
    insert_rows(connection, "exchange_rate", [rate_row(rate) for rate in sorted(rates)])


def _find_superseded(connection: Connection, new: Sequence[ArticleRows]) -> dict[str, str]:
    """Older version -> the new version of the same item that takes its place, in the order of the batch."""
    current: dict[str, str] = {}
    for some in _slices([item.identity.item_key for item in new]):
        query = select(Article.item_key, Article.key).where(Article.item_key.in_(some), Article.superseded_by.is_(None))
        current.update((item_key, key) for item_key, key in connection.execute(query))
    superseded = {}
    for item in new:
        older = current.get(item.identity.item_key)
        if older is not None:
            superseded[older] = item.identity.key
        current[item.identity.item_key] = item.identity.key
    return superseded


def _find_copies(connection: Connection, new: Sequence[ArticleIdentity]) -> dict[str, str]:
    """New article -> the article of another item that has the same text and came first."""
    first: dict[str, tuple[str, str]] = {}
    columns = (Article.text_sha256, Article.key, Article.item_key, Article.copy_of)
    for some in _slices([item.text_sha256 for item in new]):
        query = select(*columns).where(Article.text_sha256.in_(some)).order_by(Article.run_key, Article.key)
        for text_sha256, key, item_key, copy_of in connection.execute(query):
            if copy_of is None:
                first.setdefault(text_sha256, (key, item_key))
    copies = {}
    for item in new:
        key, item_key = first.setdefault(item.text_sha256, (item.key, item.item_key))
        if item_key != item.item_key:
            copies[item.key] = key
    return copies


def _mark(connection: Connection, column: str, marks: Mapping[str, str]) -> None:
    if marks:
        table = Article.__table__
        statement = update(Article).where(table.c.key == bindparam("marked")).values({column: bindparam("target")})
        connection.execute(statement, [{"marked": key, "target": target} for key, target in marks.items()])


def _stop_counting(connection: Connection, article_keys: Sequence[str]) -> None:
    """The claims of superseded articles and of copies stay, and no sum adds them."""
    for some in _slices(article_keys):
        connection.execute(update(Claim).where(Claim.article_key.in_(some)).values(counts_once=False))


__all__ = ["Loaded", "Row", "find_stored", "finish_run", "load_batch", "now_text", "start_run"]
