"""Tar archives, plain or compressed, read from front to back; links and devices inside are refused."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator

from etl.read.options import ReadOptions
from etl.read.registry import read_resource
from etl.read.resource import Resource, one_line
from etl.read.unpacking import (
    Bomb,
    CountedStream,
    Meter,
    is_readable_member,
    is_unsafe_name,
    member_resource,
    refuse_depth,
)
from etl.records import Article, Issue

EXTENSIONS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
MEDIA_TYPES = ("application/x-tar", "application/x-gtar")
SIGNATURES = ()
WRAPPERS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")

_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError)


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The articles of the members in the archive's order; what is broken is an issue after what could be read."""
    refusal = refuse_depth(resource, options.limits)
    if refusal:
        yield refusal
        return
    packed = CountedStream(resource.stream)
    meter = Meter(options.limits, lambda: packed.size)
    try:
        archive = tarfile.open(fileobj=packed, mode="r|*")  # noqa: SIM115 - closed below, its opening fails otherwise
    except (*_BROKEN, TypeError) as error:  # TypeError: the standard library's answer to a cut gzip head
        yield Issue("invalid_archive", one_line(error), resource.location)
        return
    try:
        with archive:
            for member in archive:
                meter.add_member()
                yield from _read_member(archive, member, meter, resource, options)
    except Bomb as bomb:
        yield Issue("bomb", str(bomb), resource.location)
    except _BROKEN as error:
        yield Issue("invalid_archive", one_line(error), resource.location)


def _read_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, meter: Meter, resource: Resource, options: ReadOptions
) -> Iterator[Article | Issue]:
    location = f"{resource.location}#{member.name}"
    if is_unsafe_name(member.name):
        yield Issue("unsafe_name", "the member's name points out of the archive", location)
    elif member.isdir():
        return
    elif not member.isreg():
        yield Issue("unsafe_name", "a link or device, not a file", location)
    elif is_readable_member(member.name):
        stream = archive.extractfile(member)
        if stream is not None:
            yield from read_resource(member_resource(resource, member.name, stream, meter), options)
    elif member.size:
        _skip(member, meter)


def _skip(member: tarfile.TarInfo, meter: Meter) -> None:
    """Counts a member that is not read: getting past it unpacks it all the same."""
    meter.add(member.size)
