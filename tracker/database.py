"""The database: which one, open it, bring its schema up to date, and say in one line what is wrong with it."""

from __future__ import annotations

import functools
import io
import logging
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from tracker.errors import TrackerError, UsageError
from tracker.parties import sync_parties
from tracker.resources import PACKAGE, resource_path

DEFAULT_FILE = "tracker.sqlite3"
VARIABLE = "TRACKER_DATABASE_URL"
LOCK_SECONDS = 60
"""How long a writer waits for another one before it gives up."""
SILENT_SECONDS = 3
"""How long it waits without a word."""
WRITE_LOCK = 0x5472616B
"""Key of the advisory lock under which a batch is written to PostgreSQL."""

_SWITCH_TRIES, _SWITCH_PAUSE = 40, 0.05

_REVISION = re.compile(r'^(down_revision|revision)\b[^=]*=\s*(?:"(\w+)"|None)', re.MULTILINE)


def database_url(option: str | None = None) -> str:
    """The URL of the store: the option, else the environment variable, else a SQLite file in the working directory.

    A plain path stands for a SQLite file, `postgres://` and `postgresql://` for the psycopg driver.
    """
    given = option or os.environ.get(VARIABLE) or DEFAULT_FILE
    if "://" not in given:
        return f"sqlite:///{given}"
    scheme, rest = given.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else given


def open_engine(url: str, *, read_only: bool = False) -> Engine:
    """An engine for the store; nothing is read or created yet. A read-only one refuses every change."""
    parsed = _parse(database_url(url))
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, read_only)
    if parsed.get_backend_name() != "postgresql":
        raise UsageError(f"--database: {url!r} is neither a SQLite file nor a postgresql:// URL")
    options = {"postgresql_readonly": True} if read_only else {}
    arguments = {} if "options" in parsed.query else {"options": "-c timezone=utc -c work_mem=64MB"}
    try:
        return create_engine(parsed, execution_options=options, connect_args=arguments, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--database: {url!r} needs the psycopg driver; pip install 'defense-claims-tracker[postgres]'"
        ) from error


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UsageError(
            f"--database: {url!r} is no database URL; use a file name or postgresql://user@host/name"
        ) from error


def _open_sqlite(url: URL, read_only: bool) -> Engine:
    arguments: dict[str, Any] = {} if "timeout" in url.query else {"timeout": LOCK_SECONDS}
    path = Path(url.database or "")
    is_shelved = read_only and _lies_where_nobody_writes(path)
    creator = {"creator": functools.partial(_open_shelved, path)} if is_shelved else {}
    engine = create_engine(url, connect_args=arguments, **creator)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would commit before each change of the schema
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        elif url.database:
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 16384")  # every 64 MB, not after each batch

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: to ask for it after having read fails where another has written since.
        if not connection.get_execution_options().get("tracker_writes", False):
            connection.exec_driver_sql("BEGIN")
        elif arguments:
            _begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _begin_writing(connection: Connection) -> None:
    """Takes the lock of a SQLite file, and says so where another program keeps it waiting."""
    try:
        _begin_within(connection, SILENT_SECONDS)
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        said = "%s: another program is writing to it; waiting for up to %d seconds"
        logging.getLogger(__name__).warning(said, where(connection.engine), LOCK_SECONDS)
        _begin_within(connection, LOCK_SECONDS)


def _begin_within(connection: Connection, seconds: int) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {seconds * 1000}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")


def _lies_where_nobody_writes(path: Path) -> bool:
    """Whether a store is there, in a folder where SQLite cannot lay the files that even its readers make."""
    effective = os.access in os.supports_effective_ids
    return path.is_file() and not os.access(path.absolute().parent, os.W_OK, effective_ids=effective)


def _open_shelved(path: Path) -> sqlite3.Connection:
    """A connection that makes no file. Where a log lies beside the store, another may be writing, so it is heeded."""
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=LOCK_SECONDS, check_same_thread=False)


def _use_write_ahead_log(connection: Any) -> None:
    """Let readers go on while one writes. The switch does not wait for locks by itself, as all else does."""
    for _ in range(_SWITCH_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(_SWITCH_PAUSE)
        else:
            return


@contextmanager
def session(engine: Engine, *, writes: bool = False) -> Iterator[Session]:
    """A session that commits at the end of the block, or rolls back and says in one line what went wrong.

    One that `writes` waits its turn at once: SQLite refuses to write after reading what another has changed since.
    """
    bound = engine.execution_options(tracker_writes=True) if writes else engine
    with explained(engine), Session(bound) as opened, opened.begin():
        yield opened


@contextmanager
def writing(engine: Engine, *, wait_for_disk: bool = True) -> Iterator[Connection]:
    """A connection in one transaction that writes alone; committed at the end of the block, else undone whole.

    Writers wait for one another here, so that each sees what the one before has stored; reading goes on meanwhile.
    Without `wait_for_disk`, PostgreSQL answers before the commit is on disk; the next commit that waits takes it
    along, and a server that crashes in between has lost whole transactions, never parts of one.
    """
    with explained(engine), engine.connect().execution_options(tracker_writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})
            if not wait_for_disk:
                connection.execute(text("SET LOCAL synchronous_commit = off"))
        yield connection


def open_database(url: str | None = None, *, read_only: bool = False) -> Engine:
    """The store, created and brought up to date where needed; TrackerError where that cannot be.

    A read-only one may lie where nothing can be written, as long as it is up to date.
    """
    engine = open_engine(database_url(url), read_only=read_only)
    try:
        standing = _known_revision(engine)
        if standing != head_revision():
            _bring_up_to_date(database_url(url), standing)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _known_revision(engine: Engine) -> str | None:
    """The revision that the store stands at; TrackerError where this tracker does not know it."""
    current = current_revision(engine)
    if current is not None and current not in _revisions():
        raise TrackerError(
            f"{where(engine)}: its schema {current!r} is newer than this tracker's {head_revision()!r}; update the tracker"
        )
    return current


def _bring_up_to_date(url: str, standing: str | None) -> None:
    engine = open_engine(url)
    try:
        upgrade(engine)
    except TrackerError as error:
        if standing is None:
            raise
        raise TrackerError(f"schema {standing!r} is older than this tracker's, and {error}") from error
    finally:
        engine.dispose()


def where(engine: Engine) -> str:
    """What to call the store in messages: the file of SQLite, the URL without its password of PostgreSQL."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


@functools.cache
def _revisions() -> dict[str, str | None]:
    """Revision -> the one before, read off the migration files (importing Alembic takes longer than most commands)."""
    chain = {}
    for path in sorted(resource_path("migrations", "versions").glob("*.py")):
        found = {name: value or None for name, value in _REVISION.findall(path.read_text(encoding="utf-8"))}
        chain[str(found["revision"])] = found["down_revision"]
    return chain


def head_revision() -> str:
    """The newest revision of the schema that this tracker knows."""
    chain = _revisions()
    return next(iter(set(chain) - set(chain.values())))


def current_revision(engine: Engine) -> str | None:
    """The revision that the store stands at, None where it has no schema yet."""
    with explained(engine), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision, the newest unless told; two at the same time wait for each other."""
    _migrate(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to an older revision; `base` removes it."""
    _migrate(engine, "downgrade", revision)


def check(engine: Engine) -> list[str]:
    """What differs between the store's schema and the model, one line each; empty where nothing does."""
    from alembic import command
    from alembic.util import CommandError

    with explained(engine), engine.connect() as connection:
        try:
            command.check(_alembic_config(connection))
        except CommandError as error:
            return str(error).splitlines()
    return []


def _migrate(engine: Engine, direction: str, revision: str) -> None:
    from alembic import command

    with writing(engine) as connection:
        drop_views(connection)
        getattr(command, direction)(_alembic_config(connection), revision)
        standing = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if standing == head_revision():
            create_views(connection)
            sync_parties(connection)


def write_revision(engine: Engine, message: str) -> None:
    """Write the migration file that brings a store at the newest revision to the model; for developers."""
    from alembic import command

    with writing(engine) as connection:
        command.revision(_alembic_config(connection), message, autogenerate=True)


def _alembic_config(connection: Connection) -> Any:
    """Alembic's configuration without a file: where the migrations lie and the connection to use."""
    from alembic.config import Config

    config = Config(stdout=io.StringIO(), attributes={"connection": connection})
    config.set_main_option("script_location", str(resource_path("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.set_main_option("truncate_slug_length", "60")
    config.set_main_option("timezone", "UTC")
    return config


def create_views(connection: Connection) -> None:
    """Make the views of `tracker/views/`, one file each, named like the view."""
    for path in sorted((PACKAGE / "views").glob("*.sql")):
        connection.exec_driver_sql(f"CREATE VIEW {path.stem} AS\n{path.read_text(encoding='utf-8').rstrip().rstrip(';')}")


def drop_views(connection: Connection) -> None:
    """Drop all views of the store, so that the tables under them can change."""
    for name in inspect(connection).get_view_names():
        connection.exec_driver_sql(f"DROP VIEW {name}")


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turns what the database raises inside the block into one line that a user can act on."""
    try:
        yield
    except Exception as error:
        known = explain(error, where(engine))
        if known is None:
            raise
        raise known from error


_SQLITE_MISTAKES = (
    ("unable to open database file", "cannot be opened; see that its folder exists and may be written to"),
    ("file is not a database", "is no SQLite database; name another file with --database"),
)
"""What the user can mend by naming another store."""
_SQLITE_LINES = (
    ("database is locked", "another program is writing to it; wait for it to end and run again"),
    ("attempt to write a readonly database", "cannot be written; see the permissions of the file and its folder"),
    ("database disk image is malformed", "is damaged; restore it from a copy"),
    ("database or disk is full", "no space left on the disk; nothing of the last batch was stored; free some and run again"),
    ("disk i/o error", "the disk cannot be read or written; nothing of the last batch was stored"),
)


def explain(error: Exception, place: str) -> TrackerError | None:
    """The one line for what the database said, None where it is a bug and not the world's fault."""
    said_by = error.orig if isinstance(error, DBAPIError) else error  # bulk loading speaks to the driver itself
    said = str(said_by).strip()
    if isinstance(said_by, sqlite3.Error):
        return _explain_sqlite(said.lower(), place)
    if not hasattr(said_by, "sqlstate"):
        return None
    if getattr(error, "connection_invalidated", False) or _is_outside_cause(said_by):
        return TrackerError(f"{place}: {said.splitlines()[0] if said else 'the connection was lost'}")
    return None


def _explain_sqlite(said: str, place: str) -> TrackerError | None:
    for kind, lines in ((UsageError, _SQLITE_MISTAKES), (TrackerError, _SQLITE_LINES)):
        for sign, line in lines:
            if sign in said:
                return kind(f"{place}: {line}")
    return None


def _is_outside_cause(error: BaseException | None) -> bool:
    """The server refused, vanished, or ran out of something: SQLSTATE classes 08, 28, 3D, 40, 42501, 53, 55, 57, 58."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        return type(error).__name__ == "OperationalError"
    return state == "42501" or state[:2] in ("08", "25", "28", "3D", "40", "53", "55", "57", "58")
