"""Finds the reader of an input: each module in `etl/read/formats/` is one, found by name and never listed.

A reader module holds `EXTENSIONS` (`(".txt",)`), `MEDIA_TYPES`, `SIGNATURES` (first bytes that give the format away)
and `read(resource, options)`, which yields articles and issues.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from etl.read import formats
from etl.read.options import ReadOptions
from etl.read.resource import Resource
from etl.records import Article, Issue

_TEXT = "text"
_TEXT_SNIFF = ((b"[", "json"), (b"{", "jsonl"), (b"<", "html"))


class Reader(Protocol):
    """What a module in `etl/read/formats/` offers."""

    EXTENSIONS: tuple[str, ...]
    MEDIA_TYPES: tuple[str, ...]
    SIGNATURES: tuple[bytes, ...]

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
    """The reader of a resource: by its first bytes, else its extension, else its media type, else a guess at text."""
    head = resource.peek()
    for mark, reader in _by_signature():
        if head.startswith(mark):
            return reader
    name = resource.name.lower()
    for extension in readable_extensions():
        if name.endswith(extension):
            return _by_extension()[extension]
    media_type = (resource.media_type or "").partition(";")[0].strip().lower()
    if media_type in _by_media_type():
        return _by_media_type()[media_type]
    if "." in name.lstrip("."):
        return None
    return _guess_reader(head)


def _guess_reader(head: bytes) -> Reader:
    """The reader of something without a name, such as standard input."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, name in _TEXT_SNIFF:
        if start.startswith(mark) and name in readers():
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
    except (OSError, EOFError) as error:
        yield Issue("unreadable", _reason(error), resource.location)


def _reason(error: BaseException) -> str:
    """One line that says what went wrong."""
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split()) or type(error).__name__
