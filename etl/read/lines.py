"""Lines of a byte stream in bounded memory, whatever their length."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from etl.read.decoding import marked_encoding
from etl.read.resource import HEAD

_CHUNK = 1 << 20


def read_lines(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line that is not blank; None for a line of more than `limit` bytes.

    UTF-16 and UTF-32 streams are handed on as UTF-8.
    """
    number = 0
    reader = _as_utf8(stream)
    while line := reader.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(reader)
            yield number, None
        elif stripped := line.strip():
            yield number, stripped


def raw_lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes]:
    """Each line with its end, as UTF-8 where a mark names another encoding; a longer one than `limit` in pieces."""
    reader = _as_utf8(stream)
    while line := reader.readline(limit):
        yield line


def _skip_line(stream: io.BufferedIOBase) -> None:
    while chunk := stream.readline(_CHUNK):
        if chunk.endswith(b"\n"):
            return


def _as_utf8(stream: io.BufferedReader) -> io.BufferedIOBase:
    marked = marked_encoding(stream.peek(HEAD))
    if marked is None:
        return stream
    encoding, length = marked
    stream.read(length)
    if encoding == "utf-8":
        return stream
    return io.BufferedReader(_Transcoded(stream, encoding), _CHUNK)


class _Transcoded(io.RawIOBase):
    """A stream of one encoding as a stream of UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._rest:
            chunk = self._stream.read(_CHUNK // 4)
            self._rest = self._decoder.decode(chunk, final=not chunk).encode("utf-8", errors="replace")
            if not chunk:
                break
        taken = self._rest[: len(view)]
        view[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
