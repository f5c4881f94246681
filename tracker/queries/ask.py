"""One SQL statement of the user's own, which can read and never write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from tracker.database import explained
from tracker.errors import UsageError

READING_WORDS = ("select", "with", "values", "explain")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")


@dataclass(frozen=True)
class Answer:
    """Column names and rows, as the database gives them."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run_statement(engine: Engine, statement: str) -> Answer:
    """The rows of one reading statement; UsageError where it is none or the database does not understand it.

    The engine is read-only already; the word that a statement begins with is checked so that the answer is a clear line
    and not the database's, and so that nobody can switch the protection off. The statement goes through the extended
    protocol of PostgreSQL, which refuses a second statement behind a semicolon.
    """
    word = _FIRST_WORD.match(_COMMENT.sub(" ", statement))
    if word is None or word[1].lower() not in READING_WORDS:
        raise UsageError(f"sql: only statements that read are run, beginning with {', '.join(READING_WORDS)}")
    with explained(engine), engine.connect() as connection:
        try:
            return _fetch(connection, statement)
        except SQLAlchemyError:
            raise
        except Exception as error:
            if not _is_database_error(connection, error):
                raise
            raise UsageError(f"sql: {str(error).strip().splitlines()[0]}") from error


def _fetch(connection: Connection, statement: str) -> Answer:
    driver = connection.connection.driver_connection
    if driver is None:
        raise UsageError("sql: the connection to the database was lost; run again")
    connection.begin()
    cursor = driver.cursor()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        cursor.execute(statement, prepare=True)
    else:
        cursor.execute(statement)
    names = tuple(column[0] for column in cursor.description or ())
    return Answer(names, [tuple(row) for row in cursor.fetchall()] if names else [])


def _is_database_error(connection: Connection, error: Exception) -> bool:
    module = connection.dialect.loaded_dbapi
    return isinstance(error, (module.Error, module.Warning))
