"""The read side on both databases: what each filter lets through, what each report answers."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tracker.errors import UsageError
from tracker.queries import (
    ClaimFilters,
    claim_detail,
    list_rates,
    list_runs,
    list_sources,
    load_reports,
    load_views,
    run_report,
    view_rows,
)
from tracker.vocabulary import Kind, Modality, Stage

FILTERS: list[tuple[dict[str, Any], str]] = [
    ({}, "aa01 aa02 ab03 ac04 ad05 ae06"),
    ({"kind": (Kind.COUNT, Kind.SHARE)}, "ab03 ac04 ad05"),
    ({"stage": (Stage.DELIVERY,)}, "ac04 ad05"),
    ({"modality": (Modality.DENIED,)}, "ad05"),
    ({"actor": "orland"}, "aa01 aa02 ab03 ad05"),
    ({"actor": "norland", "kind": (Kind.MONEY,)}, "aa01 aa02"),
    ({"counterparty": "OSTMARK"}, "ac04"),
    ({"speaker": "nobody"}, ""),
    ({"object": "truck"}, "ac04"),
    ({"object": "%"}, ""),
    ({"unit": "usd"}, "aa01"),
    ({"language": "fr"}, ""),
    ({"source": "ledger"}, "aa01 aa02 ab03 ac04 ad05 ae06"),
    ({"text": "some $"}, "aa01 aa02 ab03 ac04 ad05 ae06"),
    ({"published_from": dt.date(2024, 5, 2)}, "ae06"),
    ({"published_to": dt.date(2024, 5, 31)}, "aa01 aa02 ab03 ac04 ad05"),
    ({"date_from": dt.date(2024, 5, 1)}, "aa01"),
    ({"date_to": dt.date(2024, 4, 30)}, ""),
    ({"min_eur": Decimal("2000000001")}, "aa01"),
    ({"max_eur": Decimal(1)}, "ae06"),
]


def test_each_filter_lets_through_exactly_these_claims(store: Session) -> None:
    found = {}
    for fields, _ in FILTERS:
        rows = view_rows(store, "claims", ClaimFilters(**fields))
        found[str(fields)] = " ".join(sorted(record["claim_key"] for record in rows.records()))
    assert found == {str(fields): keys for fields, keys in FILTERS}


def test_a_number_keeps_every_digit(store: Session) -> None:
    rows = view_rows(store, "claims", ClaimFilters(actor="ostmark"))
    assert [record["high"] for record in rows.records()] == [Decimal("0.3000000000000000000004")]


def test_an_unknown_word_in_a_filter_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="stage: 'pledged' is unknown; use one of need"):
        ClaimFilters(stage=("pledged",))  # type: ignore[arg-type]


REPORTS: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("pledges-by-actor", [
        ("Ostmark", "2024-06", 1, 1, Decimal("0.1"), Decimal("0.3")),
        ("Kingdom of Norland", "2024-05", 1, 1, Decimal("2052238805.97"), Decimal("2052238805.97")),
    ]),
    ("money-by-stage", [
        ("pledge", "2024-05", 1, 1, Decimal("2052238805.97"), Decimal("2052238805.97")),
        ("pledge", "2024-06", 1, 1, Decimal("0.1"), Decimal("0.3")),
    ]),
    ("totals-by-recipient", []),
    ("objects-counted", [("trucks", "delivery", 1, 1, Decimal(40), Decimal(40))]),
    ("shares", [("Norland", Decimal(50), Decimal(50), "exact", "the fleet", None, "asserted", None, "The Ledger",
                 "ab03")]),
    ("issues", [("The Ledger", "rate_differs", 1, 1, dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC))]),
]  # fmt: skip


def test_each_report_answers_with_these_rows(store: Session) -> None:
    found = {name: sorted(run_report(store, name).rows, key=str) for name in load_reports()}
    assert found == {name: sorted(rows, key=str) for name, rows in REPORTS}


def test_a_filter_narrows_a_report(store: Session) -> None:
    rows = run_report(store, "pledges-by-actor", ClaimFilters(actor="ostmark")).rows
    with pytest.raises(UsageError, match="takes no filters"):
        run_report(store, "issues", ClaimFilters(actor="ostmark"))
    assert [row[0] for row in rows] == ["Ostmark"]


def test_every_view_has_the_columns_that_are_documented(store: Session) -> None:
    for view in load_views().values():
        cursor = store.connection().exec_driver_sql(f"SELECT * FROM {view.name}")
        assert list(cursor.keys()) == [column.name for column in view.columns], view.name


def test_every_view_can_be_read_through_its_types(store: Session) -> None:
    sizes = {name: len(view_rows(store, name).rows) for name in load_views()}
    assert sizes == {"claims": 6, "shares": 1, "money_by_stage_and_month": 2, "issues_by_source": 1}


def test_a_claim_in_detail_knows_its_reasons_links_checks_and_history(store: Session) -> None:
    detail = claim_detail(store, "aa02")
    assert detail.passage.startswith("Norland pledged") and "\n" not in detail.passage
    assert [(reason.field, reason.words) for reason in detail.reasons] == [("stage", "pledged")]
    assert [(link.relation, link.key) for link in detail.links] == [("restates", "aa01")]
    assert [(party.role, party.name) for party in detail.parties] == [("actor", "Kingdom of Norland")]
    assert [doubt.kind for doubt in detail.doubts] == ["rate_differs"]
    assert "first read by ingest run1" in detail.history[0].what
    back = claim_detail(store, "aa01")
    assert [(link.relation, link.key) for link in back.links] == [("restated by", "aa02")]
    assert [str(item.rate_date) for item in back.conversions] == ["2024-04-30", "2024-04-30"]


@pytest.mark.parametrize(("key", "said"), [("zz", "no claim"), ("a", "several claims"), ("", "no claim"), ("a%", "no claim"), ("aa.zz", "no claim")])
def test_a_key_that_names_no_single_claim_is_refused(store: Session, key: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        claim_detail(store, key)


def test_the_short_lists(store: Session) -> None:
    assert [row[0] for row in list_runs(store).rows] == ["run1"]
    assert list_sources(store).rows == [("The Ledger", "ledger.example", "GB", "newspaper", 2, 2, 6)]
    assert [row[2] for row in list_rates(store, "usd").rows] == [Decimal("1.072")]
    assert list_rates(store, "chf").rows == []
