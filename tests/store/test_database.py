"""Schema and migrations on both databases, and what a user reads when the database is the problem."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from etl.load import load_batch, start_run
from tests.store.builders import make_rows
from tracker import database
from tracker.errors import TrackerError, UsageError
from tracker.model import Base
from tracker.vocabulary import RunKind

VIEWS = {"claims", "shares", "money_by_stage_and_month", "issues_by_source"}


def test_up_check_down(database_url: str) -> None:
    engine = database.open_engine(database_url)
    database.upgrade(engine)
    assert database.check(engine) == []
    assert set(inspect(engine).get_view_names()) == VIEWS
    database.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert inspect(engine).get_view_names() == []
    database.upgrade(engine)
    assert set(Base.metadata.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


ISSUES_BEFORE = (
    ("1", True, "encoding", None),
    ("2", True, "unclear_number", 4),
    ("3", True, "extraction_error", None),
    ("4", False, "missing", None),
)


def test_issues_of_an_older_store_are_told_apart(database_url: str) -> None:
    engine = database.open_database(database_url)
    run_key = start_run(engine, RunKind.INGEST, "1", "packs", {})
    rows = make_rows(run_key)
    load_batch(engine, [rows], [], run_key)
    database.downgrade(engine, "de9ebef83ab3")
    columns = "INSERT INTO issue (key, article_key, kind, start_offset, run_key, message, created_at)"
    with database.writing(engine) as connection:
        for row in ISSUES_BEFORE:
            key, has_article, kind, start = row
            of = rows.identity.key if has_article else None
            values = {"key": key, "of": of, "kind": kind, "start": start, "run": run_key}
            connection.execute(text(f"{columns} VALUES (:key, :of, :kind, :start, :run, 'm', '2026-01-02')"), values)
    database.upgrade(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT key, extracted_with FROM issue ORDER BY key")).all()
    assert [tuple(row) for row in found] == [("1", None), ("2", "rules-1"), ("3", "rules-1"), ("4", None)]
    engine.dispose()


def test_check_names_a_difference(database_url: str) -> None:
    engine = database.open_database(database_url)
    with database.writing(engine) as connection:
        connection.execute(text("DROP INDEX ix_source_domain"))
    assert "ix_source_domain" in "\n".join(database.check(engine))
    engine.dispose()


def test_views_have_the_same_columns_on_both(postgres_url: str, tmp_path: Path) -> None:
    columns = []
    for url in (postgres_url, f"sqlite:///{tmp_path / 'a.sqlite3'}"):
        engine = database.open_database(url)
        columns.append({view: [c["name"] for c in inspect(engine).get_columns(view)] for view in VIEWS})
        engine.dispose()
    assert columns[0] == columns[1]
    assert len(columns[0]["claims"]) == 52


@pytest.mark.parametrize(
    ("given", "url"),
    [
        pytest.param("a.sqlite3", "sqlite:///a.sqlite3", id="path"),
        pytest.param("sqlite:///b.db", "sqlite:///b.db", id="sqlite"),
        pytest.param("postgres://u@h/d", "postgresql+psycopg://u@h/d", id="postgres"),
        pytest.param("postgresql://u@h/d", "postgresql+psycopg://u@h/d", id="postgresql"),
        pytest.param(None, "sqlite:///tracker.sqlite3", id="default"),
    ],
)
def test_database_url(given: str | None, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(database.VARIABLE, raising=False)
    assert database.database_url(given) == url


def test_variable_names_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(database.VARIABLE, "sqlite:///elsewhere.db")
    assert database.database_url() == "sqlite:///elsewhere.db"
    assert database.database_url("here.db") == "sqlite:///here.db"


@pytest.mark.parametrize("url", ["mysql://h/d", "://", "nonsense://x y"])
def test_url_of_no_known_kind(url: str) -> None:
    with pytest.raises(UsageError, match="--database"):
        database.open_engine(url)


def test_newer_schema(database_url: str) -> None:
    engine = database.open_database(database_url)
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'f00dfeed0001'"))
    engine.dispose()
    with pytest.raises(TrackerError, match="newer than this tracker's"):
        database.open_database(database_url)


def test_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    database.open_database(str(path)).dispose()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    engine = database.open_engine(f"sqlite:///{path}?timeout=0.05")
    with pytest.raises(TrackerError, match=r"a\.sqlite3: another program is writing"), database.writing(engine):
        pytest.fail("the lock was not seen")
    other.close()
    with database.writing(engine) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claim")).scalar() == 0
    engine.dispose()


def test_waiting_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0)
    engine = database.open_database(str(tmp_path / "a.sqlite3"))
    with database.writing(engine):
        assert not caplog.messages
    other = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.rollback)
    release.start()
    with database.writing(engine) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claim")).scalar() == 0
    release.join()
    other.close()
    engine.dispose()
    assert caplog.messages == [f"{tmp_path / 'a.sqlite3'}: another program is writing to it; waiting for up to 60 seconds"]


def test_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("No database at all, only a note that is long enough. " * 40)
    with pytest.raises(TrackerError, match=r"notes\.txt: is no SQLite database"):
        database.open_database(str(path))
    assert path.read_text().startswith("No database")


def test_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="cannot be opened"):
        database.open_database(str(tmp_path / "absent" / "a.sqlite3"))


def test_read_only_folder(read_only_folder: Path) -> None:
    with pytest.raises(TrackerError, match="cannot be opened"):
        database.open_database(str(read_only_folder / "a.sqlite3"))


def test_server_is_absent() -> None:
    with pytest.raises(TrackerError, match=r"127\.0\.0\.1"):
        database.open_database("postgresql://nobody:secret@127.0.0.1:1/none?connect_timeout=2")


def test_password_is_not_shown() -> None:
    with pytest.raises(TrackerError) as caught:
        database.open_database("postgresql://nobody:secret@127.0.0.1:1/none?connect_timeout=2")
    assert "secret" not in str(caught.value)


def test_read_only_engine_refuses_changes(database_url: str) -> None:
    engine = database.open_database(database_url, read_only=True)
    with engine.connect() as connection, pytest.raises(Exception, match=r"read-?only"):
        connection.execute(text("DELETE FROM claim"))
    engine.dispose()


def test_a_file_that_may_only_be_read_can_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    database.open_database(str(path)).dispose()
    path.chmod(0o444)
    engine = database.open_database(str(path), read_only=True)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claims")).scalar() == 0
    engine.dispose()


def test_asking_makes_a_store_where_there_is_none(database_url: str) -> None:
    engine = database.open_database(database_url, read_only=True)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claims")).scalar() == 0
    engine.dispose()


def test_a_session_that_writes_waits_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    first = database.open_database(str(path))
    second = database.open_engine(f"sqlite:///{path}?timeout=0.05")
    question = text("SELECT COUNT(*) FROM run")
    with database.session(first, writes=True) as writer:
        assert writer.execute(question).scalar() == 0
        with database.session(second) as reader:
            assert reader.execute(question).scalar() == 0
        with pytest.raises(TrackerError, match="another program is writing"), database.session(second, writes=True) as other:
            other.execute(question)
    first.dispose()
    second.dispose()
