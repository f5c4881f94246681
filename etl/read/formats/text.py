"""Plain text: one file is one article, and its archived text is the decoded file, character for character."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from etl.read.decoding import decode_bytes, is_binary
from etl.read.finish import finish_article
from etl.read.header import split_header
from etl.read.options import ReadOptions
from etl.read.resource import Resource
from etl.records import Article, Issue

EXTENSIONS = (".txt", ".text", ".md")
MEDIA_TYPES = ("text/plain", "text/markdown")
SIGNATURES = ()
WRAPPERS = ()


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The article of a text file, its id the file's stem; an issue where it is empty, binary or too large."""
    data = resource.read_all(options.limits.article)
    if isinstance(data, Issue):
        yield data
    elif is_binary(data):
        yield Issue("binary", "holds NUL bytes and no UTF-16 mark: not a text", resource.location)
    else:
        yield _read_text(data, resource, options)


def _read_text(data: bytes, resource: Resource, options: ReadOptions) -> Article | Issue:
    text, doubt = decode_bytes(data)
    if not text.strip():
        return Issue("empty", "no text in it", resource.location)
    header = split_header(text, resource.location)
    issues = (Issue("encoding", doubt, resource.location), *header.issues) if doubt else header.issues
    return finish_article(
        Article(
            id=resource.article_id,
            text=text,
            location=resource.location,
            title=header.values.get("title"),
            url=header.values.get("url") or resource.url,
            byline=header.values.get("byline"),
            language=header.values.get("language"),
            source_name=header.values.get("source"),
            original_sha256=hashlib.sha256(data).hexdigest(),
            retrieved_at=resource.retrieved_at,
            boilerplate=header.spans,
            issues=issues,
        ),
        options,
        published=header.values.get("published"),
        body_start=header.end,
    )
