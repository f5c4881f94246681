"""Reads the stored articles again with newer rules: claims are updated, added and withdrawn, never deleted.

An article that the rules of today have read already is passed over, so that a second run changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, bindparam, select, update

from etl.batches import BATCH_ARTICLES, extractor_hash, prepare_article
from etl.bulk import append_rows, delete_in, insert_rows, upsert_rows
from etl.extract import extract_article
from etl.lexicon import packs_hash
from etl.load import finish_run, now_text, start_run
from etl.records import Article as ReadArticle
from etl.records import Extraction, Interval, Locator, Span
from etl.rows import ArticleIdentity, ArticleRows, plain_row, rate_row
from etl.rows import Row as Values
from tracker import __version__
from tracker.database import explained, open_database, writing
from tracker.errors import TrackerError
from tracker.model import Article, Base, Claim, Source
from tracker.parties import sync_parties
from tracker.vocabulary import RunKind, RunStatus

_COLUMNS = [column.name for column in Base.metadata.tables["claim"].columns]
_COUNTS_ONCE, _WITHDRAWN_AT = _COLUMNS.index("counts_once"), _COLUMNS.index("withdrawn_at")
_EXTRACTED_WITH = [column.name for column in Base.metadata.tables["article"].columns].index("extracted_with")
_KEPT = {"first_run", "last_run", "withdrawn_at"}
"""Columns in which a claim may differ without having changed."""

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
    seconds: float


@dataclass(slots=True)
class _Course:
    """What a re-extraction needs to know, and what it has done."""

    run_key: str
    extract: Extract
    report: Callable[[ClaimChange], None] | None
    counts: Counter[str] = field(default_factory=Counter)


def reextract(
    database_url: str | None,
    *,
    everything: bool = False,
    report: Callable[[ClaimChange], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    extract: Extract = extract_article,
) -> ReextractSummary:
    """Read again the current articles whose claims older rules read, or `everything`.

    `report` is told each change, `progress` how many of how many articles are done.
    """
    engine = open_database(database_url)
    try:
        return _run(engine, everything, report, progress, extract)
    finally:
        engine.dispose()


def _run(
    engine: Engine,
    everything: bool,
    report: Callable[[ClaimChange], None] | None,
    progress: Callable[[int, int], None] | None,
    extract: Extract,
) -> ReextractSummary:
    started = dt.datetime.now(dt.UTC)
    with writing(engine) as connection:
        sync_parties(connection)
    run_key = start_run(engine, RunKind.REEXTRACTION, __version__, packs_hash(), {"everything": everything})
    course = _Course(run_key, extract, report)
    try:
        keys = _find_outdated(engine, everything)
        for start in range(0, len(keys), BATCH_ARTICLES):
            _renew(engine, keys[start : start + BATCH_ARTICLES], course)
            if progress:
                progress(min(start + BATCH_ARTICLES, len(keys)), len(keys))
    except BaseException:
        with suppress(TrackerError):  # where the store is the trouble, what it said first is what counts
            finish_run(engine, run_key, RunStatus.FAILED, dict(course.counts))
        raise
    seconds = (dt.datetime.now(dt.UTC) - started).total_seconds()
    finish_run(engine, run_key, RunStatus.FINISHED, {**course.counts, "seconds": round(seconds, 3)})
    done = course.counts
    return ReextractSummary(
        run_key,
        done["articles"],
        done["unchanged"],
        done["changed"],
        done["new"],
        done["withdrawn"],
        done["restored"],
        seconds,
    )


def _find_outdated(engine: Engine, everything: bool) -> list[str]:
    """The keys of the articles to read again, in the order in which they were stored."""
    query = select(Article.key).where(Article.superseded_by.is_(None)).order_by(Article.run_key, Article.key)
    if not everything:
        query = query.where(Article.extracted_with != extractor_hash())
    with explained(engine), engine.connect() as connection:
        return list(connection.execute(query).scalars())


def _renew(engine: Engine, keys: Sequence[str], course: _Course) -> None:
    """Read some articles again and store what changed, in one transaction."""
    with explained(engine), engine.connect() as connection:
        articles = list(_read_articles(connection, keys))
    now = now_text()
    renewed = []
    for identity, article, copy_of in articles:
        rows, _ = prepare_article(article, identity, course.run_key, now, course.extract)
        renewed.append(_uncounted(rows) if copy_of else rows)
    with writing(engine, wait_for_disk=False) as connection:
        _store(connection, renewed, course)


def _read_articles(
    connection: Connection, keys: Sequence[str]
) -> Iterator[tuple[ArticleIdentity, ReadArticle, str | None]]:
    """Stored articles as records, with their keys and whom they copy."""
    query = select(Article.__table__, Source.name.label("source_name"), Source.domain)
    joined = query.outerjoin(Source, Source.key == Article.source_key).where(Article.key.in_(keys)).order_by(Article.key)
    for row in connection.execute(joined):
        yield ArticleIdentity(row.key, row.item_key, row.text_sha256), _as_record(row), row.copy_of


def _as_record(row: Row[Any]) -> ReadArticle:
    published = Interval(row.published_from, row.published_to) if row.published_from else None
    return ReadArticle(
        id=row.name,
        text=row.text,
        location=row.location,
        title=row.title,
        url=row.url,
        byline=row.byline,
        language=row.language,
        published=published,
        source_name=row.source_name,
        source_domain=row.domain,
        media_type=row.media_type,
        original_sha256=row.original_sha256,
        retrieved_at=row.retrieved_at,
        boilerplate=tuple(Span(*span) for span in row.boilerplate),
        locators=tuple(Locator(*locator) for locator in row.locators),
    )


def _uncounted(rows: ArticleRows) -> ArticleRows:
    """The rows of a copy, whose claims no sum adds."""
    return rows._replace(claims=[_with_value(row, _COUNTS_ONCE, False) for row in rows.claims])


def _with_value(row: Values, index: int, value: Any) -> Values:
    return (*row[:index], value, *row[index + 1 :])


def _store(connection: Connection, renewed: Sequence[ArticleRows], course: _Course) -> None:
    """Set the claims of the articles to what was read now."""
    stored = _read_claims(connection, [item.identity.key for item in renewed])
    written: list[Values] = []
    for item in renewed:
        before = stored.get(item.identity.key, {})
        written += _compare(item, before, course)
    course.counts["articles"] += len(renewed)
    upsert_rows(connection, "claim", written, keep=("first_run",))
    _replace_children(connection, renewed)
    insert_rows(connection, "issue", [row for item in renewed for row in item.issues])
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
