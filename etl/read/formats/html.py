"""Web pages: the article's text by trafilatura, or by resiliparse where speed counts more than a clean cut."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from etl.read.decoding import Decoded, decode_bytes, is_binary
from etl.read.feed_items import looks_like_feed, read_feed
from etl.read.finish import finish_article
from etl.read.options import ReadOptions
from etl.read.page_facts import read_facts, scan_elements
from etl.read.page_text import article_text, is_tangled, quick_text
from etl.read.resource import HEAD, Resource, one_line
from etl.records import Article, Issue

EXTENSIONS = (".html", ".htm", ".xhtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
SIGNATURES = ()
WRAPPERS = ()

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)|<\?xml[^>]{0,80}encoding=["']([\w.-]+)""", re.I)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_SHORTEST = 30
"""Characters below which what is left of a page is a label of its navigation."""
_MOST_TAGS = 60_000
"""Tags of a page that trafilatura gets through in a few seconds; its time grows with their square."""


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The article of a page; an issue where the page holds none or is too large."""
    if looks_like_feed(resource.peek()):  # a server that calls its feed a page
        yield from read_feed(resource, options)
        return
    data = resource.read_all(options.limits.page)
    if isinstance(data, Issue):
        yield data
    elif not data.strip():
        yield Issue("empty", "no text in it", resource.location)
    elif is_binary(data[:HEAD]):
        yield Issue("binary", "holds NUL bytes: not a page", resource.location)
    else:
        yield _read_page(data, resource, options)


def _read_page(data: bytes, resource: Resource, options: ReadOptions) -> Article | Issue:
    decoded = _decode_page(data, resource.media_type)
    try:
        fast = options.fast_html and not is_tangled(decoded.text)
        if not fast and decoded.text.count("<") > _MOST_TAGS:
            message = f"more than {_MOST_TAGS:,} tags, which would take minutes to tell apart"
            return Issue("too_large", message, resource.location)
        text = quick_text(decoded.text) if fast else article_text(decoded.text, resource.url)
    except (ValueError, RecursionError, RuntimeError) as error:
        return Issue("invalid_html", one_line(error), resource.location)
    if len(text.strip()) < _SHORTEST:
        return Issue("no_text", "no article found in the page", resource.location)
    facts = read_facts(scan_elements(decoded.text), resource.url)
    known = resource.known or Article(id="", text="")
    published = facts.published
    return finish_article(
        Article(
            id=resource.article_id,
            text=text,
            location=resource.location,
            title=facts.title or known.title,
            url=facts.url or resource.url,
            byline=facts.byline or known.byline,
            language=facts.language or known.language,
            published=None if published else known.published,
            source_name=facts.site or known.source_name,
            media_type=MEDIA_TYPES[0],
            original_sha256=hashlib.sha256(data).hexdigest(),
            retrieved_at=resource.retrieved_at,
            issues=(Issue("encoding", decoded.doubt, resource.location),) if decoded.doubt else (),
        ),
        options,
        published=published,
        is_templated=True,
    )


def _decode_page(data: bytes, media_type: str | None) -> Decoded:
    """The page's text; the server's word on the encoding goes before the page's own."""
    declared = _HEADER_CHARSET.search(media_type or "")
    if declared:
        return decode_bytes(data, declared[1])
    stated = _CHARSET.search(data, 0, HEAD)
    return decode_bytes(data, (stated[1] or stated[2]).decode("ascii", "replace") if stated else None)
