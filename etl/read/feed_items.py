"""RSS and Atom: the items that a feed carries, or the pages that it links to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from typing import Any

from etl.read.finish import domain_of, finish_article
from etl.read.fragment import fragment_text
from etl.read.options import ReadOptions
from etl.read.resource import Resource, one_line, require
from etl.records import Article, Interval, Issue

_PARSER_FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser lets escape where a feed is broken in a way that it does not foresee."""
_MARKS = (b"<rss", b"<feed", b"<rdf:rdf")


def looks_like_feed(head: bytes) -> bool:
    """Whether the first bytes are those of an RSS or Atom feed."""
    start = head[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<?xml", *_MARKS)) and any(mark in start for mark in _MARKS)


def read_feed(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The items of a feed as articles, or the linked pages where the options ask for them."""
    feedparser = require("feedparser")
    data = resource.read_all(options.limits.feed)
    if isinstance(data, Issue):
        yield data
        return
    headers = {"content-type": resource.media_type or "application/xml"}
    try:
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    except _PARSER_FAILURES as error:
        yield Issue("invalid_feed", one_line(error), resource.location)
        return
    if parsed.get("bozo") and not isinstance(parsed.get("bozo_exception"), _tolerated(feedparser)):
        fault = one_line(parsed.bozo_exception).removeprefix("<unknown>:")
        yield Issue("invalid_feed", f"line {fault}" if fault[:1].isdigit() else fault, resource.location)
    if not parsed.entries:
        yield Issue("empty", "no item in the feed", resource.location)
    digest = hashlib.sha256(data).hexdigest()
    for number, entry in enumerate(parsed.entries):
        article = _item_article(entry, parsed.feed, number, digest, resource)
        if options.linked_pages and article.url:
            yield from _linked_page(article, options)
        elif not article.text.strip():
            yield Issue("empty", "the item carries no text; its page may, with linked pages on", article.location)
        else:
            yield _finish_item(article, options)


def _tolerated(feedparser: Any) -> tuple[type[Exception], ...]:
    """Complaints that say nothing of the content: the encoding or media type was declared otherwise."""
    return (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


def _item_article(entry: Any, feed: Any, number: int, digest: str, resource: Resource) -> Article:
    link = entry.get("link") or None
    content = entry.get("content") or [{}]
    body = content[0].get("value") or entry.get("summary") or ""
    title = fragment_text(entry.get("title") or "")
    return Article(
        id=str(entry.get("id") or link or f"{resource.stem}:{number}"),
        text=fragment_text(body),
        location=f"{resource.location}#{number}",
        title=" ".join(title.split()) or None,
        url=link,
        byline=entry.get("author"),
        language=content[0].get("language") or entry.get("language") or feed.get("language"),
        published=_item_date(entry),
        source_name=feed.get("title"),
        source_domain=domain_of(link or feed.get("link")),
        media_type="application/xml",
        original_sha256=digest,
        retrieved_at=resource.retrieved_at,
    )


def _item_date(entry: Any) -> Interval | None:
    """The day of publishing as the feed states it; an updating date is not taken for one."""
    moment = entry.get("published_parsed")
    if not moment:
        return None
    try:
        day = dt.date(*moment[:3])
    except (ValueError, TypeError):
        return None
    return Interval(day, day)


def _finish_item(article: Article, options: ReadOptions) -> Article:
    finished = finish_article(article, options, is_templated=True)
    if finished.published is not None:
        return finished
    issue = Issue("no_date", "the feed gives no date of publishing for this item", article.location)
    return dataclasses.replace(finished, issues=(*finished.issues, issue))


def _linked_page(article: Article, options: ReadOptions) -> Iterator[Article | Issue]:
    from etl.read.web import read_url  # which reads pages, which may be feeds

    yield from read_url(article.url or "", options, known=article)
