"""Loading on both databases: every field comes back, nothing is added twice, a changed article supersedes."""

import dataclasses
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from etl.load import finish_run, load_batch, start_run
from etl.records import Evidence, Interval, Issue
from etl.rows import evidence_text
from tests.store.builders import AID, make_article, make_extraction, make_rows
from tracker.database import open_database, session
from tracker.model import Article, Base, Claim, ClaimLink, Conversion, ExchangeRate, Party, Run
from tracker.vocabulary import Kind, LinkKind, RateRule, RunKind, RunStatus, Stage


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A store with its schema."""
    opened = open_database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def run_key(engine: Engine) -> str:
    """A run that has begun."""
    return start_run(engine, RunKind.INGEST, "1.0", "hash", {"inputs": ["a.txt"]})


def count_rows(engine: Engine) -> dict[str, int]:
    """Table -> how many rows it has."""
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar_one()
            for name in sorted(Base.metadata.tables)
        }


def view_rows(engine: Engine, sql: str) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(sql)).mappings()]


def test_every_field_comes_back(engine: Engine, run_key: str) -> None:
    load_batch(engine, [make_rows(run_key)], [], run_key)
    with session(engine) as opened:
        claim = opened.scalars(select(Claim).where(Claim.quote == "2.5 million dollars")).one()
        assert (claim.kind, claim.stage, claim.low, claim.high) == (Kind.MONEY, Stage.PLEDGE, 2500000, 2500000)
        assert claim.article.text[claim.start_offset : claim.end_offset] == claim.quote
        assert (claim.prefix, claim.suffix) == ("Norland pledges ", " (2.4 million euros) and 30 trucks to Su")
        assert claim.evidence == [["stage", "en.stage.pledge", 8, 15]]
        assert claim.date_from == claim.date_to == dt.date(2022, 11, 28)
        assert {p.role: (p.wording, p.party_id) for p in claim.parties} == {
            "actor": ("Norland", None),
            "counterparty": ("Sudland", "ua"),
        }
        conversion = claim.conversions[0]
        assert (conversion.unit, conversion.rule, conversion.rate_date) == ("EUR", RateRule.SAME_DAY, dt.date(2022, 11, 28))
        article = claim.article
        assert (article.published_from, article.language) == (dt.date(2022, 12, 1), "en")
        assert article.source is not None and article.source.name == "The Norland Post"
        link = opened.scalars(select(ClaimLink)).one()
        assert (link.kind, link.target_key) == (LinkKind.RESTATES, claim.key)
        rate = opened.scalars(select(ExchangeRate).where(ExchangeRate.rate_date == dt.date(2022, 11, 28))).one()
        assert (rate.currency, rate.per_eur) == ("USD", Decimal("1.0463"))


def test_views(engine: Engine, run_key: str) -> None:
    load_batch(engine, [make_rows(run_key)], [], run_key)
    rows = {row["quote"]: row for row in view_rows(engine, "SELECT * FROM claims")}
    dollars, euros = rows["2.5 million dollars"], rows["2.4 million euros"]
    assert float(dollars["low_eur"]) == 2389372.07
    assert float(euros["low_eur"]) == 2400000
    assert euros["restates_key"] == dollars["claim_key"]
    assert [bool(rows[quote]["counts_once"]) for quote in rows] == [quote != "2.4 million euros" for quote in rows]
    assert (dollars["counterparty_party"], dollars["actor_party"]) == ("ua", None)
    months = view_rows(engine, "SELECT * FROM money_by_stage_and_month")
    assert [(row["month"], row["stage"], row["claims"], row["articles"]) for row in months] == [("2022-11", "pledge", 1, 1)]
    assert float(months[0]["total_usd"]) == 2500000


def test_numbers_of_the_view_compare_as_numbers(engine: Engine, run_key: str) -> None:
    load_batch(engine, [make_rows(run_key)], [], run_key)
    assert len(view_rows(engine, "SELECT * FROM claims WHERE low > 29 AND low_eur IS NULL")) == 1
    assert len(view_rows(engine, "SELECT * FROM claims WHERE low_eur > 2390000")) == 1


def test_same_batch_twice_adds_nothing(engine: Engine, run_key: str) -> None:
    issue = Issue("unreadable", "it is a picture", "/news/b.txt")
    first = load_batch(engine, [make_rows(run_key)], [issue], run_key)
    before = count_rows(engine)
    again = load_batch(engine, [make_rows(run_key), make_rows(run_key)], [issue], run_key)
    assert (first.new, first.claims, first.unchanged) == (1, 4, 0)
    assert (again.new, again.claims, again.unchanged) == (0, 0, 2)
    assert count_rows(engine) == before


@pytest.mark.parametrize(
    ("apart", "url"),
    [
        pytest.param(True, None, id="a file in two runs"),
        pytest.param(True, "https://x.example/a", id="a page in two runs"),
        pytest.param(False, "https://x.example/a", id="a page twice in one batch"),
    ],
)
def test_changed_article_supersedes(engine: Engine, run_key: str, apart: bool, url: str | None) -> None:
    old = make_article(id="a", url=url)
    new = make_article(AID + " Corrected.", id="a", url=url)
    later = start_run(engine, RunKind.INGEST, "1.0", "hash", {}) if apart else run_key
    rows = [make_rows(key, make_extraction(item)) for key, item in ((run_key, old), (later, new))]
    for key, batch in [(run_key, rows[:1]), (later, rows[1:])] if apart else [(run_key, rows)]:
        loaded = load_batch(engine, batch, [], key)
    assert (loaded.superseding, loaded.namesakes) == (1, 0)
    with session(engine) as opened:
        versions = {article.key: article.superseded_by for article in opened.scalars(select(Article))}
    assert versions == {rows[0].identity.key: rows[1].identity.key, rows[1].identity.key: None}
    assert {row["article_key"] for row in view_rows(engine, "SELECT * FROM claims")} == {rows[1].identity.key}
    assert view_rows(engine, "SELECT claims FROM money_by_stage_and_month") == [{"claims": 1}]
    assert count_rows(engine)["claim"] == 8


def test_two_texts_of_one_name_in_one_file_are_both_kept(engine: Engine, run_key: str) -> None:
    texts = (AID, AID + " Another one.")
    rows = [make_rows(run_key, make_extraction(make_article(item, id="7", location="/a.jsonl"))) for item in texts]
    loaded = load_batch(engine, rows, [], run_key)
    assert (loaded.new, loaded.superseding, loaded.namesakes) == (2, 0, 1)
    assert len(view_rows(engine, "SELECT * FROM claims")) == 8
    assert [row["kind"] for row in view_rows(engine, "SELECT kind FROM issue")] == ["same_name"]


def test_an_old_version_seen_again_stays_old(engine: Engine, run_key: str) -> None:
    url = "https://x.example/a"
    old, new = (make_rows(run_key, make_extraction(make_article(AID + end, url=url))) for end in ("", " More."))
    for rows in (old, new, old, new):
        loaded = load_batch(engine, [rows], [], run_key)
    assert (loaded.new, loaded.superseding) == (0, 0)
    assert {row["article_key"] for row in view_rows(engine, "SELECT * FROM claims")} == {new.identity.key}


def test_metadata_make_a_version_and_the_place_does_not() -> None:
    article = make_article(id="a")
    moved = dataclasses.replace(article, location="/elsewhere/a.txt")
    redated = dataclasses.replace(article, published=Interval.parse("2022-12-02"))
    keys = [make_rows("r", make_extraction(item)).identity for item in (article, moved, redated)]
    assert keys[0].key == keys[1].key
    assert keys[0].key != keys[2].key
    assert keys[0].item_key == keys[2].item_key


def test_same_text_elsewhere_is_a_copy(engine: Engine, run_key: str) -> None:
    days = {"a": "2022-11-30", "b": "2022-12-01", "c": "2022-12-02"}
    first, second, third = (
        make_rows(run_key, make_extraction(make_article(id=name, published=Interval.parse(day))))
        for name, day in days.items()
    )
    load_batch(engine, [first, second], [], run_key)
    assert load_batch(engine, [third], [], run_key).copies == 1
    with session(engine) as opened:
        assert {a.name: a.copy_of for a in opened.scalars(select(Article))} == {
            "a": None,
            "b": first.identity.key,
            "c": first.identity.key,
        }
    assert len(view_rows(engine, "SELECT * FROM claims")) == 12
    assert view_rows(engine, "SELECT claims, articles FROM money_by_stage_and_month") == [{"claims": 1, "articles": 1}]


def test_run_keeps_its_counts(engine: Engine, run_key: str) -> None:
    finish_run(engine, run_key, RunStatus.FINISHED, {"new": 3, "issues": {"unreadable": 1}})
    with session(engine) as opened:
        run = opened.get_one(Run, run_key)
        assert (run.status, run.counts["new"], run.settings["inputs"]) == (RunStatus.FINISHED, 3, ["a.txt"])
        assert run.finished_at is not None and run.finished_at >= run.started_at


def test_a_run_whose_process_is_gone_is_failed_once_the_next_begins(engine: Engine, run_key: str) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    settings = {"alive": {}, "gone": {"process": gone.pid}, "elsewhere": {"process": gone.pid, "machine": "another"}, "unknown": {"process": None}}
    keys = {name: start_run(engine, RunKind.INGEST, "1.0", "hash", {}) for name in settings}
    with session(engine, writes=True) as opened:
        for name, changed in settings.items():
            run = opened.get_one(Run, keys[name])
            run.settings = run.settings | changed
    start_run(engine, RunKind.REEXTRACTION, "1.0", "hash", {})
    with session(engine) as opened:
        stand = {name: opened.get_one(Run, key).status for name, key in keys.items()}
        assert stand == dict.fromkeys(settings, RunStatus.RUNNING) | {"gone": RunStatus.FAILED}
        assert opened.get_one(Run, keys["gone"]).finished_at is None


def test_issues_by_source(engine: Engine, run_key: str) -> None:
    doubt = Issue("conflict", "two amounts differ", start=3, end=9, quote="2.5")
    load_batch(engine, [make_rows(run_key, make_extraction(issues=(doubt,)))], [Issue("unreadable", "no text", "b")], run_key)
    rows = view_rows(engine, "SELECT source, kind, issues, articles FROM issues_by_source ORDER BY kind")
    assert rows == [
        {"source": "The Norland Post", "kind": "conflict", "issues": 1, "articles": 1},
        {"source": None, "kind": "unreadable", "issues": 1, "articles": 1},
    ]


def test_names_that_no_database_takes(engine: Engine, run_key: str) -> None:
    article = make_article(id="caf\udce9\x00", location="/news/caf\udce9.txt")
    load_batch(engine, [make_rows(run_key, make_extraction(article))], [Issue("x", "\x00", "\udcff")], run_key)
    with session(engine) as opened:
        assert opened.scalars(select(Article.name)).one() == "caf\ufffd\ufffd"


def test_parties_are_there_from_the_start(engine: Engine) -> None:
    with session(engine) as opened:
        france = opened.get_one(Party, "fr")
        assert {name.language for name in france.names} >= {"en", "fr"}


def test_conversions_say_why_there_is_none(engine: Engine, run_key: str) -> None:
    article = make_article(published=None)
    extraction = make_extraction(article)
    undated = dataclasses.replace(extraction, claims=tuple(c._replace(date=None) for c in extraction.claims))
    load_batch(engine, [make_rows(run_key, undated)], [], run_key)
    with session(engine) as opened:
        found = opened.scalars(select(Conversion).where(Conversion.rule == RateRule.NONE)).all()
        assert {(c.unit, c.low, c.reason) for c in found} == {("EUR", None, "unknown_date"), ("USD", None, "unknown_date")}
    assert len(view_rows(engine, "SELECT * FROM claims")) == 4


def test_a_wording_too_long_for_the_column_is_cut_in_sight(engine: Engine, run_key: str) -> None:
    extraction = make_extraction()
    endless = tuple(c._replace(object="ü" * 9000, actor="é" * 5000, counterparty="€" * 170) for c in extraction.claims)
    load_batch(engine, [make_rows(run_key, dataclasses.replace(extraction, claims=endless))], [], run_key)
    with session(engine) as opened:
        assert {claim.object for claim in opened.scalars(select(Claim))} == {"ü" * 159 + "…"}


RULES = st.text(max_size=8) | st.sampled_from(["en.stage.pledge", 'a "quoted" rule', "back\\slash", "line\nbreak"])
SPOTS = st.tuples(st.integers(0, 99), st.integers(0, 99)) | st.just((None, None))


@given(st.lists(st.builds(lambda field, rule, spot: Evidence(field, rule, *spot), RULES, RULES, SPOTS), max_size=4))
def test_evidence_is_json(evidence: list[Evidence]) -> None:
    assert json.loads(evidence_text(evidence)) == [list(item) for item in evidence]
