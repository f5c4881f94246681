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
    warc = require("fastwarc.warc")
    if resource.offset:
        resource.stream.seek(resource.offset)
    count = 0
    try:
        for record in warc.ArchiveIterator(resource.stream, parse_http=False):
            count += 1
            if record.record_type == warc.WarcRecordType.response:
                yield from _read_record(record, resource, options)
            elif record.headers.get("WARC-Type") is None:
                location = f"{resource.location}#{record.stream_pos}"
                yield Issue("invalid_warc", "a record that does not say what it is", location)
    except (OSError, ValueError, RuntimeError) as error:
        yield Issue("invalid_warc", f"after {count} records: {one_line(error)}", resource.location)
    else:
        if not count:
            yield Issue("invalid_warc", "no record in it", resource.location)


def _read_record(record: Any, resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    location = f"{resource.location}#{record.stream_pos}"
    payload = _payload(record, location, options.limits.page)
    if isinstance(payload, Issue):
        yield payload
    elif payload is not None:
        url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
        charset = record.http_charset
        media_type = str(record.http_content_type)
        inner = Resource(
            location=location,
            name=PurePosixPath(unquote(urlsplit(url or "").path)).name,
            stream=buffered(io.BytesIO(payload)),
            url=url,
            media_type=f"{media_type}; charset={charset}" if charset else media_type,
            retrieved_at=_record_date(record),
            depth=resource.depth,
        )
        yield from read_resource(inner, options)


def _payload(record: Any, location: str, limit: int) -> bytes | Issue | None:
    """The body of an answer that is worth reading, None for another, an issue where it is too large or cut off."""
    stated = str(record.headers.get("Content-Length", ""))
    length = int(stated) if stated.isdigit() else 0
    too_large = Issue("too_large", f"an answer of more than {limit:,} bytes", location)
    if length > 2 * limit:
        record.parse_http()
        return too_large if _is_wanted(record) else None
    record.freeze()  # reads the whole record, which shows whether it is all there
    if not stated.isdigit():
        return Issue("invalid_warc", "the record does not say how long it is", location)
    if record.content_length < length:
        return Issue("invalid_warc", f"the record is cut off: {record.content_length:,} of {length:,} bytes", location)
    record.parse_http(auto_decode="all")
    if not _is_wanted(record):
        return None
    body: bytes = record.reader.read(limit + 1)
    return body if len(body) <= limit else too_large


def _is_wanted(record: Any) -> bool:
    """Whether an answer is a whole one and of a type that has a reader."""
    headers = record.http_headers
    return headers is not None and headers.status_code == 200 and record.http_content_type in _READ


def _record_date(record: Any) -> dt.datetime | None:
    moment = record.record_date
    if not isinstance(moment, dt.datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
