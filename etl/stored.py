"""Stored articles as the records that they were when they were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from etl.records import Article as ReadArticle
from etl.records import Interval, Locator, Span
from etl.rows import ArticleIdentity
from tracker.model import Article, Source


def read_stored(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[ArticleIdentity, ReadArticle]]:
    """Stored articles with their keys, without the issues that reading them raised."""
    query = select(Article.__table__, Source.name.label("source_name"), Source.domain)
    joined = query.outerjoin(Source, Source.key == Article.source_key).where(Article.key.in_(keys)).order_by(Article.key)
    for row in connection.execute(joined):
        yield ArticleIdentity(row.key, row.item_key, row.text_sha256), _as_record(row)


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
