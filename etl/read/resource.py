"""One thing to read: an open stream with all that is known of it from outside."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.records import Issue

HEAD = 4096
_CHUNK = 1 << 20


@dataclass(slots=True)
class Resource:
    """An open input. Readers take the stream to its end or leave it; who opened it closes it."""

    location: str
    """Path or URL, with `#member` inside an archive; it goes into articles and issues."""
    name: str
    """File name whose extension names the reader."""
    stream: io.BufferedReader
    path: Path | None = None
    """The file on disk, where the stream is one."""
    url: str | None = None
    media_type: str | None = None
    retrieved_at: dt.datetime | None = None
    depth: int = 0
    """How many archives lie around it."""
    offset: int = 0
    """Where to resume in an archive of records."""

    @property
    def stem(self) -> str:
        """The file name without folder and extension: the id of a plain-text article."""
        return PurePosixPath(self.name.replace("\\", "/")).stem

    def peek(self, size: int = HEAD) -> bytes:
        """Up to `size` bytes from the start, without taking them."""
        return self.stream.peek(size)[:size]

    def read_all(self, limit: int) -> bytes | Issue:
        """All bytes, or an issue where there are more than `limit`."""
        data = self.stream.read(limit + 1)
        if len(data) <= limit:
            return data
        return Issue("too_large", f"more than {limit:,} bytes in one article; split it", self.location)

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces of a megabyte."""
        while chunk := self.stream.read(_CHUNK):
            yield chunk


def buffered(stream: io.RawIOBase | io.BufferedIOBase) -> io.BufferedReader:
    """`stream` as one that can be peeked into."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, HEAD * 16)
