"""Bytes to text: byte-order marks, UTF-8, and Windows-1252 where UTF-8 does not hold."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096
_ENOUGH = 16
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Decoded(NamedTuple):
    """The text of some bytes, and what had to be assumed to get it (None: nothing)."""

    text: str
    doubt: str | None = None


def marked_encoding(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte-order mark names, with the mark's length; a length of 0 for UTF-16 without a mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    seen = head[:_LOOKED_AT]
    guess = _unmarked_encoding(seen) if b"\0" in seen else None
    return (guess, 0) if guess else None


def _unmarked_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark, which text in Latin letters shows: every other byte is a NUL, and only those."""
    low, high = head[0::2].count(0), head[1::2].count(0)
    for name, nulls, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if not others and nulls > 0.4 * len(head) / 2 and len(head) >= _ENOUGH:
            return name
    return None


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding read here: they hold a NUL and are neither UTF-16 nor UTF-32."""
    marked = marked_encoding(head)
    return b"\0" in head and (marked is None or marked[0] == "utf-8")


def decode_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data` without its byte-order mark; no line end is changed and nothing stripped.

    Bytes that are no UTF-8 are read as Windows-1252, each where it stands, so that a file which mixes both keeps
    what is right. A `declared` encoding (an HTTP header, a `<meta>`) is tried first unless a mark contradicts it.
    """
    marked = marked_encoding(data)
    if marked:
        encoding, skip = marked
        decoded = _decode_marked(data[skip:], encoding)
        return decoded if skip else Decoded(decoded.text, f"{encoding.upper()} without a mark, by its look")
    if declared and (text := _decode_declared(data, declared)) is not None:
        return Decoded(text)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        doubt = f"not UTF-8 from byte {error.start}: read as Windows-1252 there"
        return Decoded(data.decode("utf-8", errors=MIXED), doubt)


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return Decoded(data.decode(encoding, errors=MIXED), f"not UTF-8 from byte {error.start} in spite of its mark")
        return Decoded(data.decode(encoding, errors="replace"), f"broken {encoding.upper()} from byte {error.start}")


def _decode_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
        if name in ("iso8859-1", "ascii"):  # the web says Latin-1 and means Windows-1252
            name = "utf-8" if _is_utf8(data) else "cp1252"
        return data.decode(name)
    except (LookupError, UnicodeError):
        return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def storable_text(text: str) -> Decoded:
    """`text` with what no database stores (NUL, lone surrogates) replaced one for one, so that offsets hold."""
    if "\0" not in text and _is_encodable(text):
        return Decoded(text)
    cleaned, count = _UNSTORABLE.subn("\ufffd", text)
    return Decoded(cleaned, f"{count} characters that cannot be stored were replaced")


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _decode_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Error handler of `bytes.decode`: the bytes concerned as Windows-1252, holes of that table as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(_CP1252[byte] for byte in broken), error.end


_CP1252 = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]
MIXED = "etl.mixed"
codecs.register_error(MIXED, _decode_cp1252)
