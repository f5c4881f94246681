"""One thing to read: an open stream with all that is known of it from outside."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import ModuleType

from etl.records import Article, Issue
from tracker.errors import UsageError

HEAD = 4096
MISSING_EXTRA = "missing_extra"
"""The kind of the issue that an input becomes whose reader is not installed."""
INSTALL = "install the extra with: pip install 'defense-claims-tracker[sources]'"
"""How to get the readers that are optional."""


class MissingExtraError(UsageError):
    """An input is of a kind whose optional extra is not installed; the message says how to get it."""


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
    known: Article | None = None
    """What a feed said of the page that it links to; the page's own word goes first."""
    offset: int = 0
    """Where to resume in an archive of records."""

    @property
    def stem(self) -> str:
        """The file name without folder and extension: the id of a plain-text article."""
        return PurePosixPath(self.name.replace("\\", "/")).stem

    def peek(self, size: int = HEAD) -> bytes:
        """Up to `size` bytes from the start, without taking them."""
        return self.stream.peek(size)[:size]

    @property
    def article_id(self) -> str:
        """The id of the one article that it holds: its URL, else the file's stem."""
        return self.url or self.stem

    def read_all(self, limit: int) -> bytes | Issue:
        """All bytes, or an issue where there are more than `limit`."""
        if self.path is not None and os.fstat(self.stream.fileno()).st_size > limit:
            return self._too_large(limit)
        data = self.stream.read(limit + 1)
        if len(data) <= limit:
            return data
        return self._too_large(limit)

    def _too_large(self, limit: int) -> Issue:
        return Issue("too_large", f"more than {limit:,} bytes in one article; split it", self.location)


def buffered(stream: io.RawIOBase | io.BufferedIOBase) -> io.BufferedReader:
    """`stream` as one that can be peeked into."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, HEAD * 16)


def one_line(error: BaseException) -> str:
    """What an exception says, on one line."""
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split())[:300] or type(error).__name__


def require(module: str) -> ModuleType:
    """A module of the optional readers, loaded; MissingExtraError where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingExtraError(f"{package} is not installed; {INSTALL}") from error
