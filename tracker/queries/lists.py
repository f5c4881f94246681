"""Short lists about the store itself: runs, publishers, rates."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.model import Article, Claim, ExchangeRate, Issue, Run, Source
from tracker.queries.columns import Column
from tracker.queries.rows import Rows

RUN_COLUMNS = (
    Column("run", "text", "Key of the run"),
    Column("kind", "text", "ingest or reextraction"),
    Column("status", "text", "How it stands"),
    Column("started_at", "datetime", "UTC"),
    Column("finished_at", "datetime", "UTC, empty while it runs"),
    Column("version", "text", "Of the tracker"),
    Column("counts", "text", "What it read and stored"),
)


def list_runs(session: Session, limit: int | None = 20) -> Rows:
    """The latest runs, newest first."""
    statement = select(Run).order_by(Run.started_at.desc(), Run.key).limit(limit)
    rows = [
        (run.key, run.kind.value, run.status.value, run.started_at, run.finished_at, run.version, run.counts)
        for run in session.scalars(statement)
    ]
    return Rows("runs", RUN_COLUMNS, rows)


SOURCE_COLUMNS = (
    Column("name", "text", "Publisher"),
    Column("domain", "text", "Domain of its pages"),
    Column("country", "text", "ISO 3166 code of its country"),
    Column("kind", "text", "What the publisher is"),
    Column("tier", "integer", "1 official primary, 2 quotes a primary, 3 other"),
    Column("articles", "integer", "Current articles"),
    Column("claims", "integer", "Current claims"),
)


def list_sources(session: Session) -> Rows:
    """All publishers with the number of their current articles and claims."""
    current = Article.superseded_by.is_(None)
    articles = select(Article.source_key, func.count()).where(current).group_by(Article.source_key)
    claims = (
        select(Article.source_key, func.count())
        .join(Claim, Claim.article_key == Article.key)
        .where(current, Claim.withdrawn_at.is_(None))
        .group_by(Article.source_key)
    )
    read = {row[0]: row[1] for row in session.execute(articles)}
    stated = {row[0]: row[1] for row in session.execute(claims)}
    rows = [
        (s.name, s.domain, s.country, s.kind.value, s.tier, read.get(s.key, 0), stated.get(s.key, 0))
        for s in session.scalars(select(Source).order_by(Source.name, Source.key))
    ]
    return Rows("sources", SOURCE_COLUMNS, rows)


RATE_COLUMNS = (
    Column("currency", "text", "ISO 4217 code"),
    Column("rate_date", "date", "Day of publication"),
    Column("per_eur", "number", "How many of the currency one euro is"),
    Column("source", "text", "Who published the rate"),
)


def list_rates(session: Session, currency: str | None = None, limit: int | None = None) -> Rows:
    """The rates that conversions in this store used, newest first."""
    statement = select(ExchangeRate).order_by(ExchangeRate.currency, ExchangeRate.rate_date.desc()).limit(limit)
    if currency:
        statement = statement.where(ExchangeRate.currency == currency.upper())
    rows = [(rate.currency, rate.rate_date, rate.per_eur, rate.source) for rate in session.scalars(statement)]
    return Rows("rates", RATE_COLUMNS, rows)


ISSUE_COLUMNS = (
    Column("location", "text", "Where it was found"),
    Column("kind", "text", "What was wrong"),
    Column("message", "text", "The same in words"),
    Column("quote", "text", "The passage concerned"),
)


def list_issues(session: Session, run_key: str, limit: int | None = None) -> Rows:
    """The issues that a run found, those of unread inputs first."""
    statement = (
        select(Issue)
        .where(Issue.run_key == run_key)
        .order_by(Issue.article_key.is_not(None), Issue.location, Issue.start_offset, Issue.key)
        .limit(limit)
    )
    rows = [(issue.location, issue.kind, issue.message, issue.quote) for issue in session.scalars(statement)]
    return Rows("issues", ISSUE_COLUMNS, rows)
