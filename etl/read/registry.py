"""Finds the reader of an input: each module in `etl/read/formats/` is one, found by name and never listed.

A reader module holds `EXTENSIONS` (`(".txt",)`), `MEDIA_TYPES`, `SIGNATURES` (first bytes that give the format away),
`WRAPPERS` (first bytes of another format that it unpacks itself) and `read(resource, options)`, which yields articles
and issues.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from etl.read import formats
from etl.read.options import ReadOptions
from etl.read.resource import MISSING_EXTRA, MissingExtraError, Resource, one_line
from etl.records import Article, Issue


class Reader(Protocol):
    """What a module in `etl/read/formats/` offers."""

    EXTENSIONS: tuple[str, ...]
    MEDIA_TYPES: tuple[str, ...]
    SIGNATURES: tuple[bytes, ...]
    WRAPPERS: tuple[bytes, ...]

    def read(self, resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
        """The articles of a resource, and what was wrong with it."""


@functools.cache
def readers() -> dict[str, Reader]:
    """All readers by module name."""
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    return {name: cast("Reader", importlib.import_module(f"{formats.__name__}.{name}")) for name in names}


@functools.cache
def readable_extensions() -> tuple[str, ...]:
    """Every file extension that has a reader, longest first."""
    found = {extension for reader in readers().values() for extension in reader.EXTENSIONS}
    return tuple(sorted(found, key=lambda extension: (-len(extension), extension)))


@functools.cache
def _by_extension() -> dict[str, Reader]:
    return {extension: reader for reader in readers().values() for extension in reader.EXTENSIONS}


@functools.cache
def _by_media_type() -> dict[str, Reader]:
    return {media_type: reader for reader in readers().values() for media_type in reader.MEDIA_TYPES}


@functools.cache
def _by_signature() -> tuple[tuple[bytes, Reader], ...]:
    return tuple((mark, reader) for reader in readers().values() for mark in reader.SIGNATURES)


def find_reader(resource: Resource) -> Reader | None:
    """The reader of a resource: by its first bytes where they give it away, else by its name or media type.

    A page from the web is what its media type says before what its address looks like. What has neither a known name
    nor a known type is looked into; None for a file whose extension has no reader.
    """
    head = resource.peek()
    named = _named_reader(resource)
    marks = named.WRAPPERS + named.SIGNATURES if named else ()
    if not head.startswith(marks):
        shown = _reader_by_bytes(head, marks)
        if shown:
            return shown
    if named is None and (resource.url or "." not in resource.name.lstrip(".")):
        return _guess_reader(head)
    return named


def _reader_by_bytes(head: bytes, marks: tuple[bytes, ...]) -> Reader | None:
    """The reader that first bytes give away; `marks` are those that an input of its name or type would begin with.

    A page in place of a document that has a mark is what a server answers where it has no such document to give.
    """
    for mark, reader in _by_signature():
        if head.startswith(mark):
            return reader
    start = head.removeprefix(_BYTE_ORDER_MARK).lstrip().lower()
    is_page = start.startswith(b"<") and any(mark in start for mark in _PAGE_MARKS)
    return readers()[_PAGE] if is_page and marks and not any(mark in head for mark in marks) else None


def _named_reader(resource: Resource) -> Reader | None:
    media_type = resource.media_type
    by_type = _by_media_type().get(media_type.partition(";")[0].strip().lower()) if media_type else None
    return by_type or _reader_of_name(resource.name.lower())


def _reader_of_name(name: str) -> Reader | None:
    """The reader of the longest extension that a file name ends in: `.tar.gz` goes before `.gz`."""
    rest, _, last = name.rpartition(".")
    double = f".{rest.rpartition('.')[2]}.{last}"
    return _by_extension().get(double) or _by_extension().get(f".{last}")


_TEXT = "text"
_PAGE = "html"
_BEGINNINGS = ((b"[", "json"), (b"{", "jsonl"), (b"<", _PAGE))
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PAGE_MARKS = (b"<!doctype html", b"<html")


def _guess_reader(head: bytes) -> Reader:
    """The reader of something without a name, such as standard input."""
    start = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
    for mark, name in _BEGINNINGS:
        if start.startswith(mark):
            return readers()[name]
    return readers()[_TEXT]


def read_resource(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of one open input; what cannot be read is an issue with its reason."""
    try:
        reader = find_reader(resource)
        if reader is None:
            yield Issue("unsupported", f"no reader for {resource.name!r}", resource.location)
            return
        yield from reader.read(resource, options)
    except MissingExtraError as error:
        yield Issue(MISSING_EXTRA, str(error), resource.location)
    except (OSError, EOFError) as error:
        yield Issue("unreadable", one_line(error), resource.location)
