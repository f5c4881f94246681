"""Many rows into one table at once: `executemany` on SQLite, COPY into a staging table on PostgreSQL."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from etl.rows import Row
from tracker.model import Base

_COPY_ROWS = 100


def append_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Add rows that cannot be there yet, values in the order of the table's columns: the fastest way in."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_sqlite_insert(table, ()), list(rows))
        return
    cursor: Any = connection.connection.cursor()
    try:
        _copy(cursor, table, _column_list(table), rows)
    finally:
        cursor.close()


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
        columns = _column_list(table)
        _copy(cursor, staging, columns, rows)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {staging} {_on_conflict(table, updated)}")
        cursor.execute(f"TRUNCATE {staging}")
    finally:
        cursor.close()


def _copy(cursor: Any, table: str, columns: str, rows: Sequence[Row]) -> None:
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for start in range(0, len(rows), _COPY_ROWS):  # the server takes in one part while the next is worded
            copy.write("".join([copy_line(row) for row in rows[start : start + _COPY_ROWS]]))


def copy_line(row: Row) -> str:
    """A row as a line of PostgreSQL's COPY text format.

    >>> copy_line(("a", None, 2))
    'a\\t\\\\N\\t2\\n'
    """
    line = "\t".join([value if type(value) is str else "\\N" if value is None else str(value) for value in row])
    # Most rows hold nothing to escape; then the only backslashes are those of the nulls.
    if line.count("\\") == row.count(None) and line.count("\t") == len(row) - 1 and "\n" not in line and "\r" not in line:
        return line + "\n"
    return "\t".join([_escape(value) for value in row]) + "\n"


def _escape(value: Any) -> str:
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def select_in(connection: Connection, columns: str, table: str, where: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a table whose column `where` is one of many values."""
    if connection.dialect.name == "sqlite":
        sql = f"SELECT {columns} FROM {table} WHERE {where} IN (SELECT value FROM json_each(?))"
        return list(connection.exec_driver_sql(sql, (json.dumps(values),)))
    return list(connection.exec_driver_sql(f"SELECT {columns} FROM {table} WHERE {where} = ANY(%s)", (list(values),)))


def delete_in(connection: Connection, table: str, where: str, values: Sequence[Any]) -> None:
    """Delete the rows of a table whose column `where` is one of many values."""
    if connection.dialect.name == "sqlite":
        sql = f"DELETE FROM {table} WHERE {where} IN (SELECT value FROM json_each(?))"
        connection.exec_driver_sql(sql, (json.dumps(values),))
    else:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where} = ANY(%s)", (list(values),))


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
