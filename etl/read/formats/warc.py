"""WARC archives of the web: the answers with status 200 that hold a page, a feed, a PDF or a text.

An article's location is `file#offset`, the offset of its record; the same `file#offset` as an input resumes there.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from etl.read.options import ReadOptions
from etl.read.registry import read_resource
from etl.read.resource import Resource, buffered, one_line, require
from etl.records import Article, Issue

EXTENSIONS = (".warc", ".warc.gz", ".warc.zst")
MEDIA_TYPES = ("application/warc",)
SIGNATURES = (b"WARC/",)
WRAPPERS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")

_READ = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/rss+xml", "application/atom+xml")


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of the archived answers; a broken archive is an issue after what stood before the break."""
    warc = require("fastwarc.warc", "sources")
    if resource.offset:
        resource.stream.seek(resource.offset)
    count = 0
    try:
        for record in warc.ArchiveIterator(
            resource.stream, record_types=warc.WarcRecordType.response, parse_http=True, auto_decode="all"
        ):
            count += 1
            yield from _read_record(record, resource, options)
    except (OSError, ValueError, RuntimeError) as error:
        yield Issue("invalid_warc", f"after {count} records: {one_line(error)}", resource.location)


def _read_record(record: Any, resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    headers = record.http_headers
    media_type = record.http_content_type
    if headers is None or headers.status_code != 200 or media_type not in _READ:
        return
    url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
    charset = record.http_charset
    location = f"{resource.location}#{resource.offset + record.stream_pos}"
    data = record.reader.read(options.limits.page + 1)
    if len(data) > options.limits.page:
        yield Issue("too_large", f"an answer of more than {options.limits.page:,} bytes", location)
        return
    yield from read_resource(
        Resource(
            location=location,
            name=PurePosixPath(unquote(urlsplit(url or "").path)).name,
            stream=buffered(io.BytesIO(data)),
            url=url,
            media_type=f"{media_type}; charset={charset}" if charset else media_type,
            retrieved_at=_record_date(record),
            depth=resource.depth,
        ),
        options,
    )


def _record_date(record: Any) -> dt.datetime | None:
    moment = record.record_date
    if not isinstance(moment, dt.datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
