"""JSON Lines: one article object a line. A line that is none is an issue with its number, and the next is read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from etl.read.article_object import read_object
from etl.read.decoding import decode_bytes, is_binary
from etl.read.lines import read_lines
from etl.read.options import ReadOptions
from etl.read.resource import Resource, one_line
from etl.records import Article, Issue

EXTENSIONS = (".jsonl", ".ndjson")
MEDIA_TYPES = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines")
SIGNATURES = ()
WRAPPERS = ()


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The article of each line, its location the file with `:line`; blank lines are passed over."""
    if is_binary(resource.peek()):
        yield Issue("binary", "holds NUL bytes: not JSON Lines", resource.location)
        return
    count = 0
    for number, line in read_lines(resource.stream, options.limits.article):
        location = f"{resource.location}:{number}"
        count += 1
        if line is None:
            yield Issue("too_large", f"a line of more than {options.limits.article:,} bytes", location)
        else:
            yield _read_line(line, resource, location, f"{resource.stem}:{number}", options)
    if not count:
        yield Issue("empty", "no line in it", resource.location)


def _read_line(line: bytes, resource: Resource, location: str, default_id: str, options: ReadOptions) -> Article | Issue:
    text, doubt = decode_bytes(line)
    try:
        item = json.loads(text)
    except json.JSONDecodeError as error:
        fault = f"{error.msg} at character {error.colno}"
    except (ValueError, RecursionError) as error:
        fault = one_line(error)
    else:
        return read_object(item, line, location, default_id, options, doubt, resource.retrieved_at)
    return Issue("invalid_json", f"line {location.rpartition(':')[2]}: {fault}", location, quote=text[:80])
