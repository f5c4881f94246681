"""CSV: one article a row, the columns named by the first row as the keys of a JSON article are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

from etl.read.article_object import read_object
from etl.read.decoding import decode_bytes, is_binary
from etl.read.lines import raw_lines
from etl.read.options import ReadOptions
from etl.read.resource import HEAD, Resource
from etl.records import Article, Issue

EXTENSIONS = (".csv", ".tsv")
MEDIA_TYPES = ("text/csv", "text/tab-separated-values")
SIGNATURES = ()
WRAPPERS = ()

_DELIMITERS = ",;\t|"


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The article of each row; a row without a text is an issue with its line."""
    if is_binary(resource.peek(HEAD)):
        yield Issue("binary", "holds NUL bytes: not CSV", resource.location)
        return
    source = _Source(resource, options.limits.article)
    first = next(source, "")
    delimiter = max(_DELIMITERS, key=first.count)
    columns = _columns(first, delimiter)
    if "text" not in columns:
        found = ", ".join(columns)[:120]
        yield Issue("invalid_csv", f"the first line has no column 'text'; it has {found!r}", resource.location)
        return
    csv.field_size_limit(options.limits.article)
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    yield from _read_rows(rows, columns, source, resource, options)


class _Source:
    """The lines of the file as text, with what had to be assumed to decode them."""

    def __init__(self, resource: Resource, limit: int) -> None:
        self._lines = raw_lines(resource.stream, limit)
        self._doubt: str | None = None
        self.line = 0

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        text, doubt = decode_bytes(next(self._lines))
        self._doubt = self._doubt or doubt
        self.line += 1
        return text

    def take_doubt(self) -> str | None:
        """What had to be assumed about the encoding since the last call."""
        doubt, self._doubt = self._doubt, None
        return doubt


def _read_rows(
    rows: Iterator[list[str]], columns: list[str], source: _Source, resource: Resource, options: ReadOptions
) -> Iterator[Article | Issue]:
    count = 0
    while True:
        line = source.line + 1
        location = f"{resource.location}:{line}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            count += 1
            yield Issue("invalid_csv", f"the row at line {line}: {error}", location)
            continue
        if row is None:
            break
        if any(row):
            count += 1
            item = dict(zip(columns, row, strict=False))
            original = json.dumps(item, ensure_ascii=False).encode("utf-8", errors="surrogatepass")
            default_id = f"{resource.stem}:{line}"
            yield read_object(item, original, location, default_id, options, source.take_doubt(), resource.retrieved_at)
    if not count:
        yield Issue("empty", "no row below the column names", resource.location)


def _columns(first_line: str, delimiter: str) -> list[str]:
    """The names in the first line, in lower case."""
    try:
        names = next(csv.reader([first_line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in names]
