"""Bad input gets a clear line and costs nothing else: each row is an input, what is said of it, and what is stored."""

import contextlib
import json
import os
import random
import resource
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.front.conftest import Outcome
from tracker.errors import TrackerError
from tracker.exports import export_rows, format_names
from tracker.queries import Column, Rows

Tracker = Callable[..., Outcome]

GOOD = "Norland pledged 5 million euros for radars on Tuesday.\n"
FRENCH = "La Norlande a promis 5 millions d’euros, a déclaré le ministère de la Défense à l’été 2023.\n"


def good_line(name: str) -> str:
    return json.dumps({"id": name, "text": GOOD, "language": "en", "published": "2024-03-05"})


def endless_line() -> bytes:
    """50 MB without a line break, a number here and there."""
    return (("some words of no meaning " * 160 + "12 345 ") * 12_500).encode()


# name of the file, its bytes (None: it is not made), what is said of it (None: nothing), articles stored besides the good one
CASES: dict[str, tuple[str, bytes | None, str | None, int]] = {
    "missing file": ("nowhere.txt", None, "no such file", 0),
    "empty file": ("empty.txt", b"", "empty", 0),
    "blank file": ("blank.txt", b" \n\t\n", "empty", 0),
    "binary file": ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "not a text", 0),
    "UTF-16": ("wide.txt", ("\ufeff" + FRENCH).encode("utf-16-le"), None, 1),
    "Latin-1": ("old.txt", FRENCH.replace("’", "'").encode("latin-1"), "encoding", 1),
    "cut UTF-8": ("cut.txt", FRENCH.encode()[:-1] + b"\xc3", "encoding", 1),
    "invalid JSON at line 2": ("lines.jsonl", f"{good_line('a')}\n{{\"id\": \n{good_line('b')}\n".encode(), "lines.jsonl:2", 2),
    "a line that is no article": ("list.jsonl", f'{good_line("a")}\n[1, 2]\n'.encode(), "list.jsonl:2", 1),
    "an article without text": ("none.jsonl", f'{good_line("a")}\n{{"id": "x"}}\n'.encode(), "none.jsonl:2", 1),
    "cut JSON": ("cut.json", f"[{good_line('a')}, {{".encode(), "cut.json", 1),
    "a date that does not exist": (
        "february.jsonl", json.dumps({"id": "x", "text": GOOD, "published": "2024-02-30"}).encode(), "2024-02-30", 1,
    ),
    "a language without a pack": (
        "klingon.jsonl", json.dumps({"id": "x", "text": GOOD, "language": "tlh"}).encode(), "tlh", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_is_named_and_the_rest_is_stored(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    name, content, said, stored = CASES[case]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = tracker("ingest", name, "good.txt", "--language", "en") if case != "a language without a pack" else tracker(
        "ingest", name, "good.txt"
    )  # fmt: skip
    assert done.code == 0, done.err
    lines = [line for line in done.err.splitlines() if name.split(".")[0] in line]
    if said is None:
        assert lines == []
    else:
        assert len(lines) == 1 and said in lines[0], done.err
    counted = tracker("sql", "SELECT COUNT(*) AS n FROM article", "--csv").out.split()[1]
    assert int(counted) == stored + 1
    issues = tracker("sql", "SELECT COUNT(*) AS n FROM issue", "--csv").out.split()[1]
    assert int(issues) >= (said is not None)


@pytest.mark.parametrize("case", ["missing file", "empty file", "binary file"])
def test_extract_names_a_bad_input_and_goes_on(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    name, content, said, _ = CASES[case]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = tracker("extract", name, "good.txt")
    assert done.code == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["good"]
    assert done.err.startswith(f"{name}: ") and str(said) in done.err
    alone = tracker("extract", name)
    assert (alone.code, alone.out) == (1, "")
    assert alone.err.splitlines()[-1].startswith("error: nothing could be read")


@pytest.mark.parametrize("command", ["ingest", "extract"])
def test_a_missing_extra_is_an_issue_and_an_error_only_where_nothing_is_read(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    mend = "install the extra with: pip install 'defense-claims-tracker[sources]'"
    for name in ("report.pdf", "annex.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4\n")
    both = tracker(command, "report.pdf", "good.txt", "nowhere.txt", "--language", "en")
    assert both.code == 0 and "error" not in both.err
    assert f"report.pdf: pypdfium2 is not installed; {mend}" in both.err
    alone = tracker(command, "annex.pdf", "--language", "en")
    assert alone.code == 2 and f"annex.pdf: pypdfium2 is not installed; {mend}" in alone.err
    errors = [line for line in alone.err.splitlines() if line.startswith("error: ")]
    assert errors == [f"error: nothing could be read, for want of a reader; {mend}"]


@pytest.mark.parametrize("text", [FRENCH, FRENCH.replace("’", "'")])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_give_the_same_claim(tracker: Tracker, tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    done = tracker("extract", str(tmp_path / "a.txt"), "--language", "fr")
    claim = json.loads(done.out)["claims"][0]
    assert (claim["low"], claim["unit"], claim["quote"]) == ("5000000", "EUR", text[text.index("5"):text.index(",")])  # fmt: skip


def test_a_line_of_50_megabytes_is_read_or_refused_and_the_rest_is_stored(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "endless.txt").write_bytes(endless_line())
    done = tracker("ingest", "endless.txt", "good.txt", "--language", "en")
    assert done.code == 0
    counted = tracker("sql", "SELECT COUNT(*) AS n FROM article WHERE name = 'good'", "--csv").out.split()[1]
    assert counted == "1"


WRONG_OPTIONS: list[tuple[list[str], str]] = [
    (["--language", "xx"], "--language: 'xx' has no language pack; use one of"),
    (["--published", "2024-02-30"], "--published: '2024-02-30' is no date"),
    (["--published", "yesterday"], "--published: 'yesterday' is no date"),
]


@pytest.mark.parametrize("command", ["ingest", "extract"])
@pytest.mark.parametrize(("options", "said"), WRONG_OPTIONS, ids=[" ".join(options) for options, _ in WRONG_OPTIONS])
def test_a_wrong_option_is_refused_before_anything_is_read(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = tracker(command, "good.txt", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {said}") and done.err.count("\n") == 1


def one_error(done: Outcome, *codes: int) -> str:
    """The line of an outcome that is one error and nothing else."""
    assert done.code in (codes or (1, 2)) and done.out == ""
    assert done.err.startswith("error: ") and done.err.count("\n") == 1, done.err
    return done.err


def test_a_locked_database_is_named(tracker: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    assert tracker("ingest", str(tmp_path / "good.txt"), "--database", str(path)).code == 0
    (tmp_path / "new.txt").write_text("Ostmark bought 30 tanks.\n", encoding="utf-8")
    with sqlite3.connect(path, isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")
        line = one_error(tracker("ingest", str(tmp_path / "new.txt"), "--database", f"sqlite:///{path}?timeout=0.2"))
        holder.execute("ROLLBACK")
    holder.close()
    assert str(path) in line and "another program is writing" in line
    again = tracker("ingest", str(tmp_path / "new.txt"), "--database", str(path))
    assert again.code == 0


def test_a_newer_schema_is_named(tracker: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"
    assert tracker("database", "upgrade", "--database", str(path)).code == 0
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffff00000000'")
    connection.close()
    for command in (["claims"], ["database", "upgrade"], ["sql", "SELECT 1"]):
        line = one_error(tracker(*command, "--database", str(path)))
        assert str(path) in line and "newer" in line, command


@pytest.mark.parametrize("content", [b"this is a letter, not a database\n" * 50, b"PK\x03\x04" + b"\0" * 2000])
def test_a_file_that_is_no_database_is_named(tracker: Tracker, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    line = one_error(tracker("claims", "--database", str(path)), 2)
    assert str(path) in line and "no SQLite database" in line
    assert path.read_bytes() == content


def test_a_folder_that_does_not_exist_is_named(tracker: Tracker, tmp_path: Path) -> None:
    line = one_error(tracker("claims", "--database", str(tmp_path / "nowhere" / "tracker.sqlite3")), 2)
    assert "nowhere" in line and "cannot be opened" in line


ONE_ROW = Rows("claims", (Column("claim_key", "text", ""),), [("a",)])


@pytest.fixture
def read_only_folder(tracker: Tracker, tmp_path: Path) -> Iterator[Path]:
    """A folder that may be read and not written; where the tests run as root, they go on as an ordinary user.

    Modules that are imported when first needed are imported before: that user may not read where Python lies.
    """
    assert tracker("claims", "--database", str(tmp_path / "before.sqlite3")).code == 0
    export_rows(ONE_ROW, tmp_path / "before.csv")
    folder = Path(tempfile.mkdtemp(prefix="tracker-shelf-"))
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield folder
    if is_root:
        os.seteuid(0)
    folder.chmod(0o755)
    folder.rmdir()


def test_a_read_only_folder_is_named(tracker: Tracker, read_only_folder: Path) -> None:
    line = one_error(tracker("claims", "--database", str(read_only_folder / "tracker.sqlite3")))
    assert str(read_only_folder) in line and "cannot be" in line


def test_an_export_into_a_read_only_folder_is_named(read_only_folder: Path) -> None:
    with pytest.raises(TrackerError, match=r"claims\.csv: cannot be written"):
        export_rows(ONE_ROW, read_only_folder / "claims.csv")


@contextlib.contextmanager
def small_files(room: int) -> Iterator[None]:
    """No file grows past so many bytes."""
    signal_before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, signal_before)


@pytest.mark.parametrize("suffix", format_names())
def test_an_export_onto_a_full_disk_is_one_line_and_leaves_the_old_file(
    suffix: str, tmp_path: Path
) -> None:
    rows = Rows("claims", (Column("claim_key", "text", ""),), [(random.Random(i).randbytes(450).hex(),) for i in range(8)])
    export_rows(rows, tmp_path / f"claims.{suffix}")
    before = (tmp_path / f"claims.{suffix}").read_bytes()
    room = 8000 if suffix == "xlsx" else 16  # a workbook goes through smaller files elsewhere first
    line = rf"claims\.{suffix}: cannot be written \(File too large\)"
    with small_files(room), pytest.raises(TrackerError, match=line):
        export_rows(rows, tmp_path / f"claims.{suffix}")
    assert (tmp_path / f"claims.{suffix}").read_bytes() == before
    assert not list(tmp_path.glob(".claims*")) and not list(tmp_path.glob("tmp_*"))
