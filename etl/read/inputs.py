"""From what the user names (files, folders, URLs, `-`) to open resources, in an order that never varies."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from etl.read.options import ReadOptions
from etl.read.registry import read_resource, readable_extensions
from etl.read.resource import Resource
from etl.records import Article, Issue

STDIN = "-"
_URL = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_OFFSET = re.compile(r"(.+)#(\d+)\Z", re.DOTALL)


def expand_inputs(inputs: Sequence[str]) -> Iterator[str]:
    """The single inputs that `inputs` stand for: folders are walked in sorted order, all else stays as it is.

    In a folder, files that have no reader, hidden ones and a README are passed over; a file named outright never is.
    """
    for item in inputs:
        if item == STDIN or _URL.match(item) or not _is_folder(item):
            yield item
        else:
            yield from _walk(Path(item))


def _is_folder(item: str) -> bool:
    try:
        return bool(item) and Path(item).is_dir()
    except OSError:  # a name that no file can have; opening it says so
        return False


def _walk(folder: Path) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield str(folder)  # reading it says why
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):  # a link to a folder above would never end
            yield from _walk(Path(entry.path))
        elif not _may_be_read(entry):
            continue
        elif entry.name.lower().endswith(readable_extensions()) and not entry.name.upper().startswith("README."):
            yield entry.path


def _may_be_read(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file, or a link that leads nowhere, which reading tells; a pipe would never end."""
    return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())


def read_input(item: str, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of one file or standard input; one that cannot be opened is an issue."""
    if item == STDIN:
        standard_input = cast("io.BufferedReader", sys.stdin.buffer)
        yield from read_resource(Resource(STDIN, "stdin", standard_input), options)
        return
    if _URL.match(item):
        from etl.read.web import read_url  # loads the network code, which most runs do without

        yield from read_url(item, options)
        return
    path, offset = _split_offset(item)
    if not item:
        yield Issue("missing", "an empty name", item)
        return
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        yield _missing(item)
        return
    except (OSError, ValueError) as error:
        yield Issue("unreadable", getattr(error, "strerror", None) or str(error), item)
        return
    with stream:
        yield from read_resource(Resource(str(path), path.name, stream, path=path, offset=offset), options)


def _missing(item: str) -> Issue:
    """What is said of an input that is no file: where it is an address of another sort, which one."""
    scheme = _SCHEME.match(item)
    if scheme:
        return Issue("unsupported", f"{scheme[0]} is not fetched; addresses begin with http:// or https://", item)
    return Issue("missing", "no such file or folder", item)


def _split_offset(item: str) -> tuple[Path, int]:
    """`crawl.warc.gz#1834` as path and offset, unless a file of that very name exists."""
    match = _OFFSET.match(item) if "#" in item else None
    if match is None or Path(item).exists():
        return Path(item), 0
    return Path(match[1]), int(match[2])
