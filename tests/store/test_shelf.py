"""A store where nothing may be written (a colleague's folder, a CD, a snapshot) can be asked all the same."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.load import load_batch, start_run
from etl.transfer import copy_database
from tests.store.builders import make_rows
from tests.store.conftest import Shelve
from tracker import database
from tracker.cli import main
from tracker.errors import TrackerError
from tracker.vocabulary import RunKind


def write_store(path: Path) -> None:
    """A store of one article with four claims."""
    engine = database.open_database(str(path))
    run_key = start_run(engine, RunKind.INGEST, "1", "packs", {})
    load_batch(engine, [make_rows(run_key)], [], run_key)
    engine.dispose()


@contextmanager
def another_writer(path: Path) -> Iterator[None]:
    """Somebody who has written to the store's log and goes on."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA wal_autocheckpoint = 0")
    other.execute("UPDATE claim SET actor = 'Ostmark' WHERE actor = 'Norland'")
    try:
        yield
    finally:
        other.close()


def ask(path: Path, question: str) -> list[str]:
    """The first column of what a store answers that is only read."""
    engine = database.open_database(str(path), read_only=True)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(question)).scalars())
    finally:
        engine.dispose()


def actors(path: Path) -> set[str]:
    """The actors of the claims."""
    return set(ask(path, "SELECT actor FROM claims WHERE actor IS NOT NULL"))


def claim_keys(path: Path) -> list[str]:
    """The keys of the claims in the order of the text."""
    return ask(path, "SELECT claim_key FROM claims ORDER BY start_offset")


def test_a_store_that_nobody_has_open(tmp_path: Path, shelve: Shelve) -> None:
    write_store(tmp_path / "a.sqlite3")
    folder = shelve(tmp_path / "a.sqlite3")
    assert actors(folder / "a.sqlite3") == {"Norland"}
    assert [path.name for path in folder.iterdir()] == ["a.sqlite3"]


def test_a_store_that_another_is_writing_to(tmp_path: Path, shelve: Shelve) -> None:
    path = tmp_path / "a.sqlite3"
    write_store(path)
    with another_writer(path):
        folder = shelve(*tmp_path.glob("a.sqlite3*"))
    assert len(list(folder.iterdir())) == 3
    assert actors(folder / "a.sqlite3") == {"Ostmark"}


def test_a_log_that_cannot_be_followed_is_told(tmp_path: Path, shelve: Shelve) -> None:
    path = tmp_path / "a.sqlite3"
    write_store(path)
    with another_writer(path):
        folder = shelve(path, tmp_path / "a.sqlite3-wal")
    with pytest.raises(TrackerError, match="cannot be opened; see that its folder exists and may be written to"):
        actors(folder / "a.sqlite3")


def test_writing_there_is_told(tmp_path: Path, shelve: Shelve) -> None:
    write_store(tmp_path / "a.sqlite3")
    engine = database.open_engine(str(shelve(tmp_path / "a.sqlite3") / "a.sqlite3"))
    with pytest.raises(TrackerError, match="written"), database.writing(engine) as connection:
        connection.execute(text("DELETE FROM conversion"))
    engine.dispose()


def test_a_store_of_an_older_tracker_is_told(tmp_path: Path, shelve: Shelve) -> None:
    path = tmp_path / "a.sqlite3"
    write_store(path)
    engine = database.open_engine(str(path))
    database.downgrade(engine, "de9ebef83ab3")
    engine.dispose()
    folder = shelve(path)
    with pytest.raises(TrackerError, match="older than this tracker's"):
        actors(folder / "a.sqlite3")


COMMANDS = (
    ["claims"],
    ["report"],
    ["report", "pledges-by-actor"],
    ["sql", "SELECT COUNT(*) FROM claims"],
    ["runs"],
    ["sources", "list"],
    ["rates", "list"],
    ["database", "where"],
    ["database", "check"],
)


COMMANDS = (
    ["claims"],
    ["show", "KEY"],
    ["export", "OUT"],
    ["report"],
    ["report", "pledges-by-actor"],
    ["sql", "SELECT COUNT(*) FROM claims"],
    ["runs"],
    ["sources", "list"],
    ["rates", "list"],
    ["database", "check"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_answer_as_elsewhere(
    command: list[str], tmp_path: Path, shelve: Shelve, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_store(tmp_path / "a.sqlite3")
    known = {"KEY": claim_keys(tmp_path / "a.sqlite3")[0], "OUT": "claims.csv"}
    given = [known.get(word, word) for word in command]

    def answer(path: Path) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["--database", str(path), *given])
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    elsewhere = answer(tmp_path / "a.sqlite3")
    folder = shelve(tmp_path / "a.sqlite3")
    with tempfile.TemporaryDirectory() as mine:
        monkeypatch.chdir(mine)
        assert answer(folder / "a.sqlite3") == elsewhere
    assert not elsewhere[0]
    assert [path.name for path in folder.iterdir()] == ["a.sqlite3"]


def test_it_can_be_copied(tmp_path: Path, shelve: Shelve) -> None:
    write_store(tmp_path / "a.sqlite3")
    copy_database(str(tmp_path / "a.sqlite3"), str(tmp_path / "b.sqlite3"))
    folder = shelve(tmp_path / "a.sqlite3")
    with tempfile.TemporaryDirectory() as mine:
        copies = copy_database(str(folder / "a.sqlite3"), f"{mine}/c.sqlite3")
    assert {copy.table: copy.rows for copy in copies}["claim"] == 4
