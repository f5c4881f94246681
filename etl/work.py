"""How a run's inputs are dealt out: small files in shards, and what a worker must know to do one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from etl.read import ReadOptions

SHARD_FILES = 100
SHARD_BYTES = 1_000_000
"""Ten pages or some hundred texts: a tenth of a second or so, so that all workers end together."""
LARGE_FILE_BYTES = 4_000_000


class Work(NamedTuple):
    """What every worker of a run must know."""

    database_url: str
    run_key: str
    read: ReadOptions
    batch: int
    """Articles that one transaction stores."""


class Shard(NamedTuple):
    """Inputs that one worker reads."""

    inputs: tuple[str, ...]
    size: int
    """Their size in bytes; 0 for URLs and standard input, which are no files."""

    @property
    def is_splittable(self) -> bool:
        """Whether it is better read in one place and dealt out by article.

        One large file holds more than a worker's share. URLs and standard input have one reader only, as a host
        is asked politely and a stream is read once.
        """
        return self.size == 0 or (len(self.inputs) == 1 and self.size > LARGE_FILE_BYTES)


def deal_shards(inputs: Iterable[str]) -> Iterator[Shard]:
    """The single inputs in shards: some hundred small files, or one large file, or what is no file."""
    files: list[str] = []
    total = 0
    for item in inputs:
        size = _file_size(item)
        if size == 0 or size > LARGE_FILE_BYTES:
            yield Shard((item,), size)
            continue
        files.append(item)
        total += size
        if len(files) >= SHARD_FILES or total >= SHARD_BYTES:
            yield Shard(tuple(files), total)
            files, total = [], 0
    if files:
        yield Shard(tuple(files), total)


def _file_size(item: str) -> int:
    """The bytes of a file, at least 1; 0 for what is none."""
    try:
        return max(Path(item).stat().st_size, 1)
    except (OSError, ValueError):
        return 0
