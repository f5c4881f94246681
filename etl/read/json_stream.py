"""The values of a JSON text one at a time: the items of a top-level list, or the one value that is there."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from etl.read.decoding import MIXED, marked_encoding
from etl.read.resource import HEAD

_CHUNK = 1 << 18
_BLANK = re.compile(r"[ \t\r\n]*")
_EDGE = 16
"""An error this near to the end of what was read may be a value that goes on in the next chunk."""


class JsonFault(Exception):
    """JSON that cannot be read on from some line."""

    def __init__(self, line: int, reason: str, quote: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.quote = quote


class JsonStream:
    """Decodes a byte stream value by value. `limit` is the most characters that one value may have."""

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        encoding, skip = marked_encoding(stream.peek(HEAD)) or ("utf-8", 0)
        stream.read(skip)
        self._stream = stream
        self._encoding = encoding
        self._bytes = codecs.getincrementaldecoder(encoding)(errors="strict")
        self._limit = limit
        self._buffer = ""
        self._position = 0
        self._line = 1
        self._at_end = False
        self._decoder = json.JSONDecoder()
        self._doubt: str | None = None
        self.is_list = False

    def values(self) -> Iterator[tuple[Any, bytes]]:
        """Each value with its source as UTF-8 bytes; JsonFault where the text is no JSON."""
        first = self._next_character()
        if not first:
            return
        if first != "[":
            yield self._decode_value()
            self._expect_end()
            return
        self.is_list = True
        self._position += 1
        if self._next_character() == "]":
            self._position += 1
            self._expect_end()
            return
        while True:
            yield self._decode_value()
            mark = self._next_character()
            self._position += 1
            if mark == "]":
                break
            if mark != ",":
                self._position -= 1
                raise self._fault("a comma or the end of the list is missing" if mark else "the list does not end")
            self._next_character()
        self._expect_end()

    def take_doubt(self) -> str | None:
        """What had to be assumed about the encoding since the last call."""
        doubt, self._doubt = self._doubt, None
        return doubt

    def _expect_end(self) -> None:
        if self._next_character():
            raise self._fault("something stands after the end")

    def _next_character(self) -> str:
        """The next character that is no blank, an empty string at the end."""
        while True:
            match = _BLANK.match(self._buffer, self._position)
            self._position = match.end() if match else self._position
            if self._position < len(self._buffer):
                return self._buffer[self._position]
            if self._at_end:
                return ""
            self._read_more()

    def _decode_value(self) -> tuple[Any, bytes]:
        while True:
            start = self._position
            try:
                value, end = self._decoder.raw_decode(self._buffer, start)
            except json.JSONDecodeError as error:
                goes_on = error.pos >= len(self._buffer) - _EDGE or error.msg.startswith("Unterminated")
                if self._at_end or not goes_on:
                    self._position = min(error.pos, len(self._buffer))
                    raise self._fault(error.msg) from error
            except RecursionError as error:
                raise self._fault("nested too deeply") from error
            else:
                self._position = end
                return value, self._buffer[start:end].encode("utf-8", errors="surrogatepass")
            if len(self._buffer) - start > self._limit:
                raise self._fault(f"one article of more than {self._limit:,} characters")
            self._read_more()

    def _read_more(self) -> None:
        """Drops what was decoded and doubles what is held, so that a long value is not decoded too many times."""
        self._line += self._buffer.count("\n", 0, self._position)
        held = self._buffer[self._position :]
        raw = self._stream.read(max(_CHUNK, len(held)))
        self._at_end = not raw
        self._buffer = held + self._decode_bytes(raw)
        self._position = 0

    def _decode_bytes(self, raw: bytes) -> str:
        state = self._bytes.getstate()
        try:
            return self._bytes.decode(raw, final=not raw)
        except UnicodeDecodeError:
            errors = MIXED if self._encoding == "utf-8" else "replace"
            self._doubt = f"not {self._encoding.upper()} throughout: other bytes read as Windows-1252"
            self._bytes = codecs.getincrementaldecoder(self._encoding)(errors=errors)
            self._bytes.setstate(state)
            return self._bytes.decode(raw, final=not raw)

    def _fault(self, reason: str) -> JsonFault:
        line = self._line + self._buffer.count("\n", 0, self._position)
        return JsonFault(line, reason, self._buffer[self._position : self._position + 80])
