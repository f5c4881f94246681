"""Reads the stored articles again with newer rules: claims are updated, added and withdrawn, never deleted.

An article that the rules of today have read already is passed over, so that a second run changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Engine, bindparam, select, update

from etl.batches import BATCH_ARTICLES, BATCH_CHARACTERS, extractor_hash, prepare_article
from etl.bulk import append_rows, delete_in, insert_rows, select_in, upsert_rows
from etl.extract import extract_article
from etl.lexicon import packs_hash
from etl.load import finish_run, now_text, start_run
from etl.records import Article as ReadArticle
from etl.records import Extraction
from etl.rows import ArticleRows, plain_row, rate_row
from etl.rows import Row as Values
from etl.stored import read_stored
from etl.workers import Do, run_workers
from tracker import __version__
from tracker.database import explained, open_database, writing
from tracker.errors import TrackerError
from tracker.model import Article, Base, Claim
from tracker.parties import sync_parties
from tracker.vocabulary import RunKind, RunStatus

_COLUMNS = [column.name for column in Base.metadata.tables["claim"].columns]
_COUNTS_ONCE, _WITHDRAWN_AT = _COLUMNS.index("counts_once"), _COLUMNS.index("withdrawn_at")
_EXTRACTED_WITH = [column.name for column in Base.metadata.tables["article"].columns].index("extracted_with")
_KEPT = {"first_run", "last_run", "withdrawn_at"}
"""Columns in which a claim may differ without having changed."""
_DEALT_ARTICLES = 100
"""Articles that one of several processes is given at a time."""

Extract = Callable[[ReadArticle], Extraction]


class ClaimChange(NamedTuple):
    """What a re-extraction did to one claim."""

    kind: str
    """`new`, `changed`, `withdrawn` or `restored`."""
    claim_key: str
    location: str
    quote: str
    fields: dict[str, tuple[Any, Any]]
    """Field -> its value before and after, where the claim changed."""


@dataclass(frozen=True, slots=True)
class ReextractSummary:
    """What a re-extraction did."""

    run_key: str
    articles: int
    """Articles read again; the others had been read with these rules."""
    unchanged: int
    changed: int
    new: int
    withdrawn: int
    restored: int
    issues: int
    """Issues that the older rules had not raised."""
    settled: int
    """Issues of the older rules that stand no more."""
    seconds: float


@dataclass(slots=True)
class _Course:
    """What a re-extraction needs to know, and what it has done."""

    run_key: str
    report: Callable[[ClaimChange], None] | None
    counts: Counter[str] = field(default_factory=Counter)


def reextract(
    database_url: str | None,
    *,
    everything: bool = False,
    jobs: int = 1,
    batch: int = BATCH_ARTICLES,
    report: Callable[[ClaimChange], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    extract: Extract = extract_article,
) -> ReextractSummary:
    """Read again the current articles whose claims older rules read, or `everything`, in `jobs` processes.

    A transaction stores `batch` articles at most. `report` is told each change, `progress` how many of how many
    articles are done.
    """
    engine = open_database(database_url)
    started = dt.datetime.now(dt.UTC)
    try:
        with writing(engine) as connection:
            sync_parties(connection)
        settings = {"everything": everything, "jobs": jobs}
        course = _Course(start_run(engine, RunKind.REEXTRACTION, __version__, packs_hash(), settings), report)
        try:
            keys = _find_outdated(engine, everything)
            read = partial(read_again, run_key=course.run_key, extract=extract)
            size = batch if jobs == 1 else min(batch, _DEALT_ARTICLES)
            tasks = (keys[start : start + size] for start in range(0, len(keys), size))
            for lot in _do(engine, tasks, jobs, read):
                with writing(engine, wait_for_disk=False) as connection:
                    _store(connection, lot, course)
                if progress:
                    progress(course.counts["articles"], len(keys))
        except BaseException:
            with suppress(TrackerError):  # where the store is the trouble, what it said first is what counts
                finish_run(engine, course.run_key, RunStatus.FAILED, dict(course.counts))
            raise
        seconds = (dt.datetime.now(dt.UTC) - started).total_seconds()
        finish_run(engine, course.run_key, RunStatus.FINISHED, {**course.counts, "seconds": round(seconds, 3)})
        return _summary(course, seconds)
    finally:
        engine.dispose()


def _do(engine: Engine, tasks: Iterator[Sequence[str]], jobs: int, read: Do) -> Iterator[list[ArticleRows]]:
    """What reading the articles of each task again gives, here or in other processes."""
    lots: Iterator[object] = chain.from_iterable(read(engine, task) for task in tasks)
    if jobs > 1:
        lots = run_workers(engine.url.render_as_string(hide_password=False), jobs, tasks, read)
    return cast("Iterator[list[ArticleRows]]", lots)


def _summary(course: _Course, seconds: float) -> ReextractSummary:
    names = ("articles", "unchanged", "changed", "new", "withdrawn", "restored", "issues", "settled")
    return ReextractSummary(course.run_key, seconds=seconds, **{name: course.counts[name] for name in names})


def _find_outdated(engine: Engine, everything: bool) -> list[str]:
    """The keys of the articles to read again, in the order in which they were stored."""
    query = select(Article.key).where(Article.superseded_by.is_(None)).order_by(Article.run_key, Article.key)
    if not everything:
        query = query.where(Article.extracted_with != extractor_hash())
    with explained(engine), engine.connect() as connection:
        return list(connection.execute(query).scalars())


def read_again(engine: Engine, keys: Sequence[str], run_key: str, extract: Extract) -> Iterator[list[ArticleRows]]:
    """The rows that stored articles give now, in lots that one transaction stores."""
    lot: list[ArticleRows] = []
    characters = 0
    with explained(engine), engine.connect() as connection:
        for identity, article in read_stored(connection, keys):
            lot.append(prepare_article(article, identity, run_key, now_text(), extract)[0])
            characters += len(article.text)
            if characters >= BATCH_CHARACTERS:
                yield lot
                lot, characters = [], 0
    if lot:
        yield lot


def _with_value(row: Values, index: int, value: Any) -> Values:
    return (*row[:index], value, *row[index + 1 :])


def _store(connection: Connection, renewed: Sequence[ArticleRows], course: _Course) -> None:
    """Set the claims of the articles to what was read now; where the rules failed, they stay as they are."""
    keys = [item.identity.key for item in renewed]
    stored, aside = _read_claims(connection, keys), _find_aside(connection, keys)
    written: list[Values] = []
    understood = [item for item in renewed if item.article[_EXTRACTED_WITH]]
    for item in understood:
        before = stored.get(item.identity.key, {})
        written += _compare(_uncounted(item) if item.identity.key in aside else item, before, course)
    course.counts["articles"] += len(renewed)
    upsert_rows(connection, "claim", written, keep=("first_run",))
    _replace_children(connection, understood)
    _replace_issues(connection, renewed, course)
    rates = {rate for item in renewed for rate in item.rates}
    insert_rows(connection, "exchange_rate", [rate_row(rate) for rate in sorted(rates)])
    read_with = [{"read": item.identity.key, "rules": item.article[_EXTRACTED_WITH]} for item in renewed]
    statement = update(Article).where(Article.key == bindparam("read")).values(extracted_with=bindparam("rules"))
    connection.execute(statement, read_with)


def _read_claims(connection: Connection, article_keys: Sequence[str]) -> dict[str, dict[str, Values]]:
    """Article -> claim -> the stored row, worded like the rows to be written."""
    claims: dict[str, dict[str, Values]] = {}
    for row in connection.execute(select(Claim.__table__).where(Claim.article_key.in_(article_keys))):
        claims.setdefault(row.article_key, {})[row.key] = plain_row(row)
    return claims


def _find_aside(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of the articles whose claims no sum adds, as things stand now: copies, and what was superseded meanwhile."""
    found = select_in(connection, "key, copy_of, superseded_by", "article", "key", keys)
    return {key for key, copy_of, superseded_by in found if copy_of or superseded_by}


def _uncounted(rows: ArticleRows) -> ArticleRows:
    """The rows of an article whose claims no sum adds."""
    return rows._replace(claims=[_with_value(row, _COUNTS_ONCE, False) for row in rows.claims])


def _compare(item: ArticleRows, before: dict[str, Values], course: _Course) -> list[Values]:
    """The claim rows to write: those read now, and those read before and no more, withdrawn."""
    now_read = {row[0]: row for row in item.claims}
    location = str(item.article[4])
    for key, row in now_read.items():
        kind, fields = _tell_change(before.get(key), row)
        _note(course, ClaimChange(kind, key, location, row[4], fields))
    written = list(now_read.values())
    for key, row in before.items():
        if key not in now_read and row[_WITHDRAWN_AT] is None:
            gone = _with_value(_with_value(row, _WITHDRAWN_AT, now_text()), _COUNTS_ONCE, False)
            written.append(gone)
            _note(course, ClaimChange("withdrawn", key, location, row[4], {}))
    return written


def _tell_change(before: Values | None, after: Values) -> tuple[str, dict[str, tuple[Any, Any]]]:
    if before is None:
        return "new", {}
    fields = {
        name: (old, new)
        for name, old, new in zip(_COLUMNS, before, after, strict=True)
        if old != new and name not in _KEPT
    }
    if before[_WITHDRAWN_AT] is not None:
        return "restored", fields
    return ("changed" if fields else "unchanged"), fields


def _note(course: _Course, change: ClaimChange) -> None:
    course.counts[change.kind] += 1
    if course.report and change.kind != "unchanged":
        course.report(change)


def _replace_children(connection: Connection, renewed: Sequence[ArticleRows]) -> None:
    """Parties, links and conversions of the claims as they were read now; withdrawn claims keep theirs."""
    keys = [row[0] for item in renewed for row in item.claims]
    for table in ("claim_party", "claim_link", "conversion"):
        delete_in(connection, table, "claim_key", keys)
    append_rows(connection, "claim_party", [row for item in renewed for row in item.parties])
    append_rows(connection, "claim_link", [row for item in renewed for row in item.links])
    append_rows(connection, "conversion", [row for item in renewed for row in item.conversions])


def _replace_issues(connection: Connection, renewed: Sequence[ArticleRows], course: _Course) -> None:
    """The issues that the rules raise now, in place of those that older ones raised.

    What reading found stays, and so do those of an article that the rules failed on.
    """
    found = {row[0]: row for item in renewed for row in item.issues}
    keys = [item.identity.key for item in renewed if item.article[_EXTRACTED_WITH]]
    raised = select_in(connection, "key, extracted_with", "issue", "article_key", keys)
    known = {key for key, extracted_with in raised if extracted_with is not None}
    settled = sorted(known - found.keys())
    delete_in(connection, "issue", "key", settled)
    upsert_rows(connection, "issue", list(found.values()), keep=("run_key", "created_at"))
    course.counts.update(issues=len(found.keys() - known), settled=len(settled))
