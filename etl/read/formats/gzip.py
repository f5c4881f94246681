"""Gzip: one compressed file, read as what its name without `.gz` says."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

from etl.read.options import ReadOptions
from etl.read.registry import read_resource
from etl.read.resource import Resource, buffered, one_line
from etl.read.unpacking import Bomb, CountedStream, Meter, MeteredStream, refuse_depth
from etl.records import Article, Issue

EXTENSIONS = (".gz",)
MEDIA_TYPES = ("application/gzip", "application/x-gzip")
SIGNATURES = (b"\x1f\x8b",)
WRAPPERS = ()


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of the file inside; an issue where it is broken or grows without measure."""
    refusal = refuse_depth(resource, options.limits)
    if refusal:
        yield refusal
        return
    packed = CountedStream(resource.stream)
    try:
        with gzip.GzipFile(fileobj=packed) as unpacked:
            meter = Meter(options.limits, lambda: packed.size)
            name = resource.name[: -len(".gz")] if resource.name.lower().endswith(".gz") else resource.name
            inner = Resource(
                location=resource.location,
                name=name,
                stream=buffered(MeteredStream(unpacked, meter)),
                url=resource.url,
                retrieved_at=resource.retrieved_at,
                depth=resource.depth + 1,
            )
            yield from read_resource(inner, options)
    except Bomb as bomb:
        yield Issue("bomb", str(bomb), resource.location)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Issue("invalid_archive", one_line(error), resource.location)
