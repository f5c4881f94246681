"""Many rows into one table at once: `executemany` on SQLite, COPY into a staging table on PostgreSQL."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from etl.rows import Row
from tracker.model import Base


def insert_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Add rows whose values are in the order of the table's columns; rows whose key is there already are let be."""
    if rows:
        _write(connection, table, rows, ())


def upsert_rows(connection: Connection, table: str, rows: Sequence[Row], keep: Iterable[str] = ()) -> None:
    """Add rows; where the key is there already, set its columns to the row's, except those to `keep`."""
    if rows:
        kept = set(keep)
        columns = _table(table).columns
        _write(connection, table, rows, tuple(c.name for c in columns if not c.primary_key and c.name not in kept))


def _write(connection: Connection, table: str, rows: Sequence[Row], updated: tuple[str, ...]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_sqlite_insert(table, updated), list(rows))
        return
    staging = f"staging_{table}"
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {staging} (LIKE {table}) ON COMMIT DELETE ROWS")
        with cursor.copy(f"COPY {staging} ({_column_list(table)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        columns = _column_list(table)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {staging} {_on_conflict(table, updated)}")
        cursor.execute(f"TRUNCATE {staging}")
    finally:
        cursor.close()


@functools.cache
def _table(name: str) -> Table:
    return Base.metadata.tables[name]


@functools.cache
def _column_list(table: str) -> str:
    return ", ".join(column.name for column in _table(table).columns)


@functools.cache
def _sqlite_insert(table: str, updated: tuple[str, ...]) -> str:
    marks = ", ".join("?" for _ in _table(table).columns)
    return f"INSERT INTO {table} ({_column_list(table)}) VALUES ({marks}) {_on_conflict(table, updated)}"


def _on_conflict(table: str, updated: tuple[str, ...]) -> str:
    if not updated:
        return "ON CONFLICT DO NOTHING"
    key = ", ".join(column.name for column in _table(table).primary_key)
    changes = ", ".join(f"{column} = excluded.{column}" for column in updated)
    return f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
