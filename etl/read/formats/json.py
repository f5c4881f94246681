"""JSON: one article object or a list of them, decoded piece by piece so that a list of any length fits in memory."""

from __future__ import annotations

from collections.abc import Iterator

from etl.read.article_object import read_object
from etl.read.decoding import is_binary
from etl.read.json_stream import JsonFault, JsonStream
from etl.read.options import ReadOptions
from etl.read.resource import Resource
from etl.records import Article, Issue

EXTENSIONS = (".json",)
MEDIA_TYPES = ("application/json", "text/json")
SIGNATURES = ()
WRAPPERS = ()


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of a list, or the one of an object; broken JSON is an issue with its line, after what stood before."""
    if is_binary(resource.peek()):
        yield Issue("binary", "holds NUL bytes: not JSON", resource.location)
        return
    stream = JsonStream(resource.stream, options.limits.article)
    try:
        yield from _read_values(stream, resource, options)
    except JsonFault as fault:
        yield Issue("invalid_json", f"line {fault.line}: {fault.reason}", f"{resource.location}:{fault.line}", quote=fault.quote)


def _read_values(stream: JsonStream, resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    count = 0
    for item, source in stream.values():
        place = f"{resource.location}#{count}" if stream.is_list else resource.location
        default_id = f"{resource.stem}:{count}" if stream.is_list else resource.stem
        yield read_object(item, source, place, default_id, options, stream.take_doubt(), resource.retrieved_at)
        count += 1
    if not count:
        yield Issue("empty", "no article in it", resource.location)
