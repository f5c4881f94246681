"""Exports: the same rows in every format, no digit lost, nothing that a spreadsheet would run."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from sqlalchemy.orm import Session

from tracker.errors import TrackerError, UsageError
from tracker.exports import claims_frame, export_rows, format_names, replaced_file
from tracker.exports.cells import make_harmless, write_cell
from tracker.queries import Column, Rows, load_views, view_rows

CELLS = [
    (Decimal("2E+9"), "2000000000"),
    (Decimal("66.670"), "66.67"),
    (Decimal("-50"), "-50"),
    (Decimal("123456789012345678901234567890.123"), "123456789012345678901234567890.123"),
    (0.9, "0.9"),
    (True, "true"),
    (None, ""),
    (dt.date(2024, 3, 5), "2024-03-05"),
    (dt.datetime(2024, 3, 5, 13, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))), "2024-03-05T12:30:00Z"),
    ("2 Md€", "2 Md€"),
]


@pytest.mark.parametrize(("value", "text"), CELLS, ids=[text or "none" for _, text in CELLS])
def test_a_value_is_written_one_way(value: Any, text: str) -> None:
    assert write_cell(value) == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"], ids=repr)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(sign: str) -> None:
    assert make_harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert make_harmless(f"1{sign}1") == f"1{sign}1"


def test_a_csv_read_back_has_the_stored_decimals(store: Session, tmp_path: Path) -> None:
    rows = view_rows(store, "claims")
    path = tmp_path / "claims.csv"
    assert export_rows(rows, path) == [path, tmp_path / "datapackage.json"]
    back = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert list(back.columns) == [column.name for column in load_views()["claims"].columns]
    for column in ("low", "high", "low_eur", "high_eur", "low_usd", "lower_bound"):
        stored = [record[column] for record in rows.records()]
        assert [Decimal(text) if text else None for text in back[column]] == stored, column
    assert not back["low"].str.contains("[eE]").any()


def test_a_csv_holds_the_same_bytes_each_time_and_no_formula(store: Session, tmp_path: Path) -> None:
    rows = view_rows(store, "claims")
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    export_rows(rows, first)
    export_rows(rows, second)
    assert first.read_bytes() == second.read_bytes()
    objects = pd.read_csv(first, dtype=str, keep_default_na=False)["object"]
    assert "'=1+1" in set(objects) and "=1+1" not in set(objects)


def test_booleans_and_dates_of_a_csv_are_typed_by_pandas(store: Session, tmp_path: Path) -> None:
    export_rows(view_rows(store, "claims"), tmp_path / "claims.csv")
    back = pd.read_csv(tmp_path / "claims.csv", parse_dates=["published_from"])
    assert back["counts_once"].dtype == bool
    assert str(back["published_from"].iloc[0].date()) == "2024-05-01"


def test_the_data_package_describes_every_column(store: Session, tmp_path: Path) -> None:
    export_rows(view_rows(store, "claims"), tmp_path / "out.csv")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    resource = package["resources"][0]
    assert resource["path"] == "out.csv"
    header = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert list(fields) == header
    assert all(field["description"] for field in fields.values())
    assert fields["low"]["type"] == "number" and fields["counts_once"]["type"] == "boolean"
    assert "pledge" in fields["stage"]["constraints"]["enum"]
    assert resource["schema"]["primaryKey"] == ["claim_key"]


def test_json_lines_keep_digits_as_text(store: Session, tmp_path: Path) -> None:
    export_rows(view_rows(store, "claims"), tmp_path / "claims.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    by_key = {line["claim_key"]: line for line in lines}
    assert by_key["aa01"]["low_eur"] == "2052238805.97"
    assert by_key["aa01"]["counts_once"] is True
    assert by_key["aa01"]["base"] is None
    assert by_key["ae06"]["object"] == "=1+1"


def test_parquet_holds_decimals(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    export_rows(view_rows(store, "claims"), path)
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            f"SELECT low, low_eur, counts_once, published_from, base FROM '{path}' WHERE claim_key = 'aa01'"
        ).fetchone()
    assert found == (Decimal(2200000000), Decimal("2052238805.97"), True, dt.date(2024, 5, 1), None)


def test_parquet_keeps_as_text_what_no_decimal_holds(tmp_path: Path) -> None:
    huge = Decimal("1" * 30 + "." + "2" * 20)
    rows = Rows("claims", (Column("low", "number", ""),), [(huge,), (Decimal(1),)])
    export_rows(rows, tmp_path / "huge.parquet")
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(f"SELECT low FROM '{tmp_path / 'huge.parquet'}'").fetchall()
    assert found == [(str(huge),), ("1",)]


def test_excel_has_typed_cells_and_no_formula(store: Session, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "claims.xlsx"
    export_rows(view_rows(store, "claims"), path)
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "2052238805.97" in sheet
    assert "=1+1" in sheet


def test_an_empty_result_still_has_its_header(store: Session, tmp_path: Path) -> None:
    rows = Rows("claims", load_views()["claims"].columns, [])
    for name in format_names():
        export_rows(rows, tmp_path / f"none.{name}")
    assert (tmp_path / "none.csv").read_text(encoding="utf-8").startswith("claim_key,")


def test_the_frame_keeps_decimals_and_takes_filters(store: Session) -> None:
    frame = claims_frame(store, stage="pledge", unit="USD")
    assert list(frame["claim_key"]) == ["aa01"]
    assert frame["low_eur"].iloc[0] == Decimal("2052238805.97")


BAD_TARGETS = [
    ("claims.txt", "no export format; use one of .csv"),
    ("nowhere/claims.csv", "does not exist"),
    ("folder.csv", "is a folder"),
]


@pytest.mark.parametrize(("name", "said"), BAD_TARGETS, ids=[name for name, _ in BAD_TARGETS])
def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError, match=said):
        export_rows(Rows("claims", (), []), tmp_path / name)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("old", encoding="utf-8")

    def fail(temporary: Path) -> None:
        temporary.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(TrackerError, match="No space left"), replaced_file(path) as temporary:
        fail(temporary)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
