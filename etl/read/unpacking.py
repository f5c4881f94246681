"""What all archive readers share: safe member names, and a meter that stops a bomb."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from etl.read.options import Limits
from etl.read.registry import readable_extensions
from etl.read.resource import Resource, buffered
from etl.records import Issue


class Bomb(Exception):
    """An archive that unpacks to more than it may."""


class Meter:
    """Counts what an archive unpacks to, over all its members."""

    def __init__(self, limits: Limits, packed_size: Callable[[], int]) -> None:
        self._limits = limits
        self._packed_size = packed_size
        self._unpacked = 0
        self.members = 0

    def add_member(self) -> None:
        """Counts a member; Bomb past the most that an archive may hold."""
        self.members += 1
        if self.members > self._limits.members:
            raise Bomb(f"more than {self._limits.members:,} files in one archive")

    def add(self, size: int) -> None:
        """Counts unpacked bytes; Bomb past the most that the archive may grow to."""
        self._unpacked += size
        limits = self._limits
        if self._unpacked > limits.unpacked:
            raise Bomb(f"unpacks to more than {limits.unpacked:,} bytes")
        if self._unpacked > limits.ratio_floor and self._unpacked > limits.ratio * max(self._packed_size(), 1):
            raise Bomb(f"unpacks to more than {limits.ratio} times its size")


class CountedStream(io.RawIOBase):
    """A stream that knows how many bytes were taken from it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.size = 0

    def readable(self) -> bool:
        """True: it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads into `buffer`, and counts."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        self._count(len(data))
        view[: len(data)] = data
        return len(data)

    def _count(self, size: int) -> None:
        self.size += size


class MeteredStream(CountedStream):
    """An unpacking stream whose bytes are held against the limits as they are read."""

    def __init__(self, stream: Any, meter: Meter) -> None:
        super().__init__(stream)
        self._meter = meter

    def _count(self, size: int) -> None:
        self._meter.add(size)


def refuse_depth(resource: Resource, limits: Limits) -> Issue | None:
    """An issue where archives are nested deeper than they may be."""
    if resource.depth < limits.depth:
        return None
    return Issue("too_deep", f"archives inside archives more than {limits.depth} deep", resource.location)


def is_unsafe_name(name: str) -> bool:
    """Whether a member's name points out of the archive: an absolute path, a drive, a step up."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":") or "\0" in name


def is_readable_member(name: str) -> bool:
    """Whether a member is one that a folder walk would read: it has a reader and is neither hidden nor a README."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and not parts[-1].upper().startswith("README.") and name.lower().endswith(readable_extensions())


def member_resource(archive: Resource, name: str, stream: Any, meter: Meter) -> Resource:
    """A member of an archive as a resource of its own."""
    return Resource(
        location=f"{archive.location}#{name}",
        name=name,
        stream=buffered(MeteredStream(stream, meter)),
        url=None,
        retrieved_at=archive.retrieved_at,
        depth=archive.depth + 1,
    )
