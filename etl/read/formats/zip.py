"""Zip archives: each member that has a reader is read; none is ever written to disk under its own name."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from etl.read.options import ReadOptions
from etl.read.registry import read_resource
from etl.read.resource import Resource, one_line
from etl.read.unpacking import Bomb, Meter, is_readable_member, is_unsafe_name, member_resource, refuse_depth
from etl.records import Article, Issue

EXTENSIONS = (".zip",)
MEDIA_TYPES = ("application/zip", "application/x-zip-compressed")
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
WRAPPERS = ()

_IN_MEMORY = 16_000_000
_CHUNK = 1 << 20
_OFFICE = ("[Content_Types].xml", "mimetype")


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of the members in the order of their names; a bad member is an issue and the next is read."""
    refusal = refuse_depth(resource, options.limits)
    if refusal:
        yield refusal
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        try:
            file = _seekable(resource, spool, options.limits.download)
            with zipfile.ZipFile(file) as archive:
                yield from _read_members(archive, file, resource, options)
        except Bomb as bomb:
            yield Issue("bomb", str(bomb), resource.location)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            yield Issue("invalid_archive", one_line(error), resource.location)


def _seekable(resource: Resource, spool: IO[bytes], limit: int) -> IO[bytes]:
    """The archive as a file that can be searched; a stream that cannot, such as standard input, is copied first."""
    if resource.stream.seekable():
        return resource.stream
    size = 0
    while chunk := resource.stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise Bomb(f"an archive of more than {limit:,} bytes that is no file of its own")
        spool.write(chunk)
    spool.seek(0)
    return spool


def _read_members(
    archive: zipfile.ZipFile, file: IO[bytes], resource: Resource, options: ReadOptions
) -> Iterator[Article | Issue]:
    names = archive.namelist()
    if any(name in _OFFICE for name in names):
        yield Issue("unsupported", "an office document; save it as PDF or text", resource.location)
        return
    packed = file.seek(0, 2)
    meter = Meter(options.limits, lambda: packed)
    for member in sorted(archive.infolist(), key=lambda each: each.filename):
        meter.add_member()
        location = f"{resource.location}#{member.filename}"
        if is_unsafe_name(member.orig_filename) or is_unsafe_name(member.filename):
            yield Issue("unsafe_name", "the member's name points out of the archive", location)
        elif not member.is_dir() and is_readable_member(member.filename):
            yield from _read_member(archive, member, meter, resource, options)


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, meter: Meter, resource: Resource, options: ReadOptions
) -> Iterator[Article | Issue]:
    location = f"{resource.location}#{member.filename}"
    try:
        stream = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:  # RuntimeError: it is locked
        yield Issue("invalid_archive", one_line(error), location)
        return
    try:
        with stream:
            yield from read_resource(member_resource(resource, member.filename, stream, meter), options)
    except (zipfile.BadZipFile, zlib.error) as error:
        yield Issue("invalid_archive", one_line(error), location)
