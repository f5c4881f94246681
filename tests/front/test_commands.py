"""The commands over a known store: what they print, what they write, and that reading commands only read."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.front.conftest import Outcome
from tracker.cli.display import short_value
from tracker.queries import short_key

Tracker = Callable[..., Outcome]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_claims_fit_a_hundred_columns(tracker: Tracker, filled_url: str) -> None:
    done = tracker("claims", "--database", filled_url)
    assert done.code == 0
    assert max(len(line) for line in done.out.splitlines()) <= 100
    assert "~$2.2 bn" in done.out and "€2.05 bn" in done.out
    assert "6 claims from 2 articles; 2 dim" in done.out


def test_claims_as_csv_have_exact_digits(tracker: Tracker, filled_url: str) -> None:
    rows = table(tracker("claims", "--csv", "--unit", "USD", "--database", filled_url).out)
    assert [(row["claim_key"], row["low"], row["low_eur"]) for row in rows] == [("aa01", "2200000000", "2052238805.97")]


def test_the_database_may_stand_before_the_command_or_in_the_environment(
    tracker: Tracker, filled_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = tracker("claims", "--csv", "--database", filled_url).out
    assert tracker("--database", filled_url, "claims", "--csv").out == after
    monkeypatch.setenv("TRACKER_DATABASE_URL", filled_url)
    assert tracker("claims", "--csv").out == after


def test_show_explains_each_field(tracker: Tracker, filled_url: str) -> None:
    done = tracker("show", "aa02", "--database", filled_url)
    assert done.code == 0
    for words in ("€2 bn", "test.pledge", "pledged", "restates", "rate differs", "Kingdom of Norland", "ingest run1"):
        assert words.replace("rate differs", "rate_differs") in done.out, words


def test_reports_are_listed_and_run(tracker: Tracker, filled_url: str) -> None:
    assert "pledges-by-actor" in tracker("report").out
    rows = table(tracker("report", "pledges-by-actor", "--csv", "--database", filled_url).out)
    assert {(row["actor"], row["month"], row["low_eur"]) for row in rows} == {
        ("Kingdom of Norland", "2024-05", "2052238805.97"),
        ("Ostmark", "2024-06", "0.1"),
    }
    shown = tracker("report", "pledges-by-actor", "--database", filled_url).out
    assert "2,052,238,805.97" in shown


def test_export_writes_the_view_and_says_how_many_rows(tracker: Tracker, filled_url: str, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    done = tracker("export", str(out), "--kind", "money", "--database", filled_url)
    assert (done.code, done.out) == (0, "")
    assert "3 rows of claims written to" in done.err
    assert len(table(out.read_text(encoding="utf-8"))) == 3
    assert (tmp_path / "datapackage.json").is_file()
    months = tmp_path / "months.jsonl"
    assert tracker("export", str(months), "--view", "money_by_stage_and_month", "--database", filled_url).code == 0
    assert [json.loads(line)["month"] for line in months.read_text(encoding="utf-8").splitlines()] == ["2024-05", "2024-06"]


PLEDGES = """SELECT COALESCE(actor_party, actor) AS who, SUBSTR(CAST(COALESCE(date_from, published_from) AS TEXT), 1, 7) AS m,
SUM(low_eur) AS eur FROM claims WHERE kind = 'money' AND stage = 'pledge' AND counts_once GROUP BY 1, 2 ORDER BY 3"""


def test_sql_answers_who_pledged_how_much_by_month(tracker: Tracker, filled_url: str) -> None:
    rows = table(tracker("sql", PLEDGES, "--csv", "--database", filled_url).out)
    assert [(row["who"], row["m"], row["eur"]) for row in rows] == [
        ("Ostmark", "2024-06", "0.1"),
        ("norland", "2024-05", "2052238805.97"),
    ]


WRITING = [
    "DELETE FROM claim",
    "UPDATE claim SET quote = 'x'",
    "DROP TABLE claim",
    "PRAGMA query_only = OFF",
    "SET TRANSACTION READ WRITE",
    "ATTACH 'other.sqlite3' AS other",
    "COPY claim TO STDOUT",
    "\n-- SELECT\nDELETE FROM claim",
    "/* SELECT */ DELETE FROM claim",
    "WITH gone AS (DELETE FROM claim RETURNING 1) SELECT * FROM gone",
    "SELECT 1; DELETE FROM claim",
    "SELECT 1; COMMIT; DELETE FROM claim",
    "EXPLAIN ANALYZE DELETE FROM claim",
    "SELECT * FROM nowhere",
    "SELEC 1",
    "",
]


def test_sql_only_reads(tracker: Tracker, filled_url: str) -> None:
    for statement in WRITING:
        done = tracker("sql", statement, "--database", filled_url)
        assert (done.code, done.out) == (2, ""), statement
        assert done.err.startswith("error: sql: ") and done.err.count("\n") == 1, statement
    assert table(tracker("sql", "SELECT COUNT(*) AS n FROM claim", "--csv", "--database", filled_url).out) == [{"n": "7"}]


def test_sql_takes_a_percent_sign_and_a_final_semicolon(tracker: Tracker, filled_url: str) -> None:
    done = tracker("sql", "SELECT count(*) AS n FROM claims WHERE quote LIKE '%euros%';", "--csv", "--database", filled_url)
    assert table(done.out) == [{"n": "2"}]


def test_sql_makes_text_harmless_and_leaves_numbers(tracker: Tracker, filled_url: str) -> None:
    done = tracker("sql", "SELECT object, -1 AS n FROM claims WHERE claim_key = 'ae06'", "--csv", "--database", filled_url)
    assert table(done.out) == [{"object": "'=1+1", "n": "-1"}]


def test_sources_are_listed_and_set(tracker: Tracker, filled_url: str) -> None:
    done = tracker("sources", "set", "ledger.example", "--kind", "government", "--tier", "1", "--country", "de",
                   "--database", filled_url)  # fmt: skip
    assert done.out == "The Ledger: kind government, tier 1, country DE\n"
    rows = table(tracker("sources", "list", "--csv", "--database", filled_url).out)
    assert [(row["kind"], row["tier"], row["country"]) for row in rows] == [("government", "1", "DE")]
    assert tracker("sources", "set", "nobody", "--tier", "1", "--database", filled_url).code == 2


def test_runs_and_rates_are_listed(tracker: Tracker, filled_url: str) -> None:
    assert [row["run"] for row in table(tracker("runs", "--csv", "--database", filled_url).out)] == ["run1"]
    assert [row["per_eur"] for row in table(tracker("rates", "list", "--csv", "--database", filled_url).out)] == ["1.072"]
    done = tracker("rates", "convert", "100", "USD", "--on", "2022-12-01")
    assert done.out == "95.66 EUR\n" and "2022-12-01 (same_day), ECB" in done.err


def test_the_schema_can_be_checked(tracker: Tracker, filled_url: str) -> None:
    assert tracker("database", "check", "--database", filled_url).code == 0
    assert tracker("database", "upgrade", "--database", filled_url).code == 0
    assert "schema at" in tracker("database", "upgrade", "--database", filled_url).out


def test_where_does_not_show_the_password(tracker: Tracker) -> None:
    done = tracker("database", "where", "--database", "postgresql://me:secret@db.example/claims")
    assert "db.example/claims" in done.out and "secret" not in done.out
    assert tracker("database", "where").out == "tracker.sqlite3\n"


WRONG: list[tuple[list[str], str]] = [
    (["claims", "--stage", "pledged"], "--stage"),
    (["claims", "--published-from", "2024-02-30"], "--published-from: '2024-02-30' is no date"),
    (["claims", "--min-eur", "many"], "--min-eur: 'many' is no number"),
    (["claims", "--min-eur", "nan"], "--min-eur: 'nan' is no number"),
    (["claims", "--min-eur", "5", "--max-eur", "2"], "--min-eur 5 lies behind --max-eur 2; exchange the two"),
    (["claims", "--published-from", "2025", "--published-to", "2024"], "--published-from 2025-01-01 lies behind --published-to 2024-12-31"),
    (["claims", "--actor", ""], "--actor: '' is empty"),
    (["ingest", "--source", " ", "x"], "--source: ' ' is empty"),
    (["claims", "--database", ""], "--database: '' is empty"),
    (["ingest", "--jobs", "0", "x"], "Invalid value '0' for '--jobs'"),
    (["claims", "--limit=many"], "Invalid value 'many' for '--limit'"),
    (["claims", "--kind", "mony"], "'--kind': 'mony' is not one of 'money'"),
    (["claims", "--database", "mysql://x/y"], "mysql"),
    (["show", "zzzz"], "no claim has the key 'zzzz'"),
    (["report", "nothing"], "report: 'nothing' does not exist; use one of"),
    (["export", "claims.doc"], "claims.doc: the suffix '.doc' is no export format"),
    (["export", "claims.csv", "--view", "nothing"], "view: 'nothing' does not exist; use one of claims"),
    (["export", "x.csv", "--view", "shares", "--actor", "me"], "view: 'shares' takes no filters"),
    (["rates", "convert", "1", "USD", "--on", "2024"], "--on: '2024' is no single day"),
    (["rates", "convert", "1", "UAH", "--on", "2024-01-02"], "UAH to EUR on 2024-01-02: no rate"),
    (["evaluate", "nowhere.json"], "nowhere.json: cannot be read"),
    (["nothing"], "nothing"),
    (["claims", "--nothing"], "--nothing"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_request_is_one_line_and_exit_code_two(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = tracker(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ") and done.err.count("\n") == 1
    assert said in done.err


def test_debug_shows_the_traceback_wherever_it_stands(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["--debug", "show", "zz"], ["show", "zz", "--debug"]):
        done = tracker(*arguments)
        assert done.code == 2
        assert "Traceback" in done.err and done.err.rstrip().endswith("tracker claims lists the keys")


def test_an_empty_store_says_what_to_do(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = tracker("claims")
    assert done.code == 0 and "tracker ingest" in done.out
    assert (tmp_path / "tracker.sqlite3").is_file()


def test_filters_that_match_nothing_say_so(tracker: Tracker, filled_url: str) -> None:
    assert tracker("claims", "--actor", "Nobody", "--database", filled_url).out == "no claim matches the filters\n"


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_keys_and_sums_are_whole_however_narrow_the_terminal(
    tracker: Tracker, filled_url: str, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    exact = table(tracker("claims", "--csv", "--database", filled_url).out)
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in (["claims"], ["report", "shares"], ["runs"]):
        lines = tracker(*arguments, "--database", filled_url).out.splitlines()
        assert lines and all(len(line) <= width for line in lines)
    shown = tracker("claims", "--database", filled_url).out
    for row in exact:
        low, high, unit, per = Decimal(row["low"]), Decimal(row["high"]), row["unit"], row["per"] or None
        assert short_key(row["claim_key"]) in shown
        assert short_value(low, high, unit, per, row["qualifier"]) in shown


def run_process(*arguments: str, stdin: str = "", folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line as a program of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "TRACKER_DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-c", "from tracker.cli import main; main()", *arguments],
        input=stdin, capture_output=True, text=True, cwd=folder, env=environment, check=False, encoding="utf-8",
    )  # fmt: skip


def test_help_lists_every_command_and_loads_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from tracker.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as left: code = left.code\n"
        "print('LOADED', code, *sorted({'pandas', 'sqlalchemy', 'pint', 'etl', 'trafilatura', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED 0"
    for name in ("ingest", "extract", "claims", "show", "export", "report", "sql", "evaluate", "rates", "database"):
        assert f" {name} " in done.stdout, name


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": "Norland pledged 5 million euros. " * 40, "language": "en"}) + "\n"
    (tmp_path / "many.jsonl").write_text(line * 200, encoding="utf-8")
    pipeline = f'"{sys.executable}" -c "from tracker.cli import main; main()" extract many.jsonl | head -c 100'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", pipeline], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert len(done.stdout) == 100
    assert done.stderr == ""
