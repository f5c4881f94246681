"""A list of web addresses, one a line; blank lines and lines that begin with `#` are passed over."""

from __future__ import annotations

from collections.abc import Iterator

from etl.read.decoding import decode_bytes
from etl.read.lines import read_lines
from etl.read.options import ReadOptions
from etl.read.resource import Resource
from etl.records import Article, Issue

EXTENSIONS = (".urls",)
MEDIA_TYPES = ("text/uri-list",)
SIGNATURES = ()
WRAPPERS = ()

_LONGEST = 8_000


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of the pages that the list names."""
    from etl.read.web import is_url, read_url  # loads the network code, which most runs do without

    for number, line in read_lines(resource.stream, _LONGEST):
        address = decode_bytes(line).text.strip() if line is not None else ""
        if address.startswith("#"):
            continue
        if not is_url(address):
            yield Issue("invalid_url", f"line {number}: {address[:80]!r} is no web address", f"{resource.location}:{number}")
        else:
            yield from read_url(address, options)
