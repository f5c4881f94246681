"""Copies a whole store into an empty one, of the same kind or the other, and proves that both hold the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Table, bindparam, delete, func, select, update

from etl.bulk import append_rows
from etl.rows import Row, plain_row
from tracker.database import explained, open_database, open_engine, where, writing
from tracker.errors import TrackerError, UsageError
from tracker.model import Article, Base, Party, PartyName, Run

_CHUNK = 2000
_SELF_REFERENCES = ("superseded_by", "copy_of")


class TableCopy(NamedTuple):
    """What one table came to, the same in both stores."""

    table: str
    rows: int
    checksum: str
    """Sum of the hashes of all rows, whatever their order."""


def copy_database(
    source_url: str, target_url: str, progress: Callable[[str, int], None] | None = None
) -> list[TableCopy]:
    """Copy all tables; all or nothing. `progress` is told table and rows so far.

    UsageError where there is no source, or the target is not empty or is the source itself.
    """
    _require_source(source_url)
    source = open_database(source_url, read_only=True)
    try:
        target = open_database(target_url)
        try:
            return _copy(source, target, progress)
        finally:
            target.dispose()
    finally:
        source.dispose()


def _require_source(url: str) -> None:
    """Any other store is made on first use; an empty copy of a mistyped name would pass for a copy."""
    parsed = open_engine(url, read_only=True).url
    if parsed.get_backend_name() != "sqlite" or (parsed.database or "").startswith("file:"):
        return
    if not parsed.database or not Path(parsed.database).is_file():
        raise UsageError(f"FROM: {parsed.database or ':memory:'}: no such file; name the store to copy")


def _copy(source: Engine, target: Engine, progress: Callable[[str, int], None] | None) -> list[TableCopy]:
    if source.url == target.url:
        raise UsageError(f"{where(target)}: a store cannot be copied onto itself; name another target")
    snapshot = {"isolation_level": "REPEATABLE READ"} if source.dialect.name == "postgresql" else {}
    with explained(source), source.connect().execution_options(**snapshot) as reading, writing(target) as connection:
        if any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (Article, Run)):
            raise UsageError(f"{where(target)}: holds articles or runs already; copy into an empty store")
        for seeded in (PartyName, Party):
            connection.execute(delete(seeded))
        copies = [_copy_table(reading, connection, table, progress) for table in Base.metadata.sorted_tables]
        _copy_self_references(reading, connection)
        for copy in copies:
            _compare(connection, copy)
    return copies


def _copy_table(
    reading: Connection, target: Connection, table: Table, progress: Callable[[str, int], None] | None
) -> TableCopy:
    count, total = 0, 0
    loose = [index for index, column in enumerate(table.columns) if table.name == "article" and column.name in _SELF_REFERENCES]
    for rows in _read_rows(reading, table):
        count, total = count + len(rows), total + _add_hashes(rows)
        if loose:  # an article may name one that comes later
            rows = [tuple(None if index in loose else value for index, value in enumerate(row)) for row in rows]
        append_rows(target, table.name, rows)
        if progress:
            progress(table.name, count)
    return TableCopy(table.name, count, f"{total % 2**64:016x}")


def _read_rows(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """The rows of a table, some thousand at a time."""
    result = connection.execution_options(yield_per=_CHUNK).execute(select(table))
    for partition in result.partitions(_CHUNK):
        yield [plain_row(row) for row in partition]


def _add_hashes(rows: Sequence[Row]) -> int:
    return sum(int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest(), "big") for row in rows)


def _copy_self_references(reading: Connection, target: Connection) -> None:
    for name in _SELF_REFERENCES:
        column = Article.__table__.c[name]
        found = reading.execute(select(Article.key, column).where(column.is_not(None))).all()
        marks = [{"marked": key, "target": other} for key, other in found]
        if marks:
            target.execute(update(Article).where(Article.key == bindparam("marked")).values({name: bindparam("target")}), marks)


def _compare(connection: Connection, copy: TableCopy) -> None:
    """TrackerError where the target does not hold what was read from the source."""
    count, total = 0, 0
    for rows in _read_rows(connection, Base.metadata.tables[copy.table]):
        count, total = count + len(rows), total + _add_hashes(rows)
    if (count, f"{total % 2**64:016x}") != (copy.rows, copy.checksum):
        raise TrackerError(f"{copy.table}: {copy.rows} rows were read and {count} arrived, or they differ; nothing was kept")
