"""The ingest and re-extraction commands: what they say, and that saying it twice changes nothing."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.front.conftest import Outcome

Tracker = Callable[..., Outcome]

ARTICLES = [
    {"id": "one", "language": "en", "published": "2024-03-05", "source": "The Ledger",
     "text": "Norland pledged 5 million euros for radars on Tuesday. It is the 2nd package."},
    {"id": "two", "language": "fr", "published": "2024-03-06", "source": "Le Courrier",
     "text": "La Pologne a commandé 30 chars à la Corée du Sud."},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an input of two articles."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(a) + "\n" for a in ARTICLES), encoding="utf-8")
    return tmp_path


def counts(out: str) -> dict[str, str]:
    """The summary as name and count."""
    found = re.findall(r"^(\w[\w ]*?)  +([\d,]+)\b", out, re.MULTILINE)
    return dict(found)


def test_a_second_run_adds_nothing_and_says_so(tracker: Tracker, folder: Path) -> None:
    first, second = tracker("ingest", "in.jsonl"), tracker("ingest", "in.jsonl")
    assert (first.code, second.code) == (0, 0)
    assert counts(first.out)["new"] == "2" and counts(first.out)["claims stored"] == "2"
    assert counts(second.out)["new"] == "0" and counts(second.out)["unchanged"] == "2"
    assert "nothing new: all of it was here already" in second.out
    assert tracker("claims", "--csv").out.count("\n") == 3


def test_a_changed_article_supersedes_its_old_version(tracker: Tracker, folder: Path) -> None:
    tracker("ingest", "in.jsonl")
    changed = [ARTICLES[0] | {"text": "Norland pledged 6 million euros for radars on Tuesday."}, ARTICLES[1]]
    (folder / "in.jsonl").write_text("".join(json.dumps(a) + "\n" for a in changed), encoding="utf-8")
    assert counts(tracker("ingest", "in.jsonl").out)["new versions"] == "1"
    rows = list(csv.DictReader(io.StringIO(tracker("claims", "--csv", "--kind", "money").out)))
    assert [row["low"] for row in rows] == ["6000000"]


def test_options_beat_what_an_article_says_of_itself(tracker: Tracker, folder: Path) -> None:
    (folder / "a.txt").write_text("2023-01-02\n\nNorland pledged $ 7 million.\n", encoding="utf-8")
    tracker("ingest", "a.txt", "--published", "2024-02", "--source", "Somebody", "--language", "en")
    (row,) = csv.DictReader(io.StringIO(tracker("claims", "--csv").out))
    assert (row["published_from"], row["published_to"], row["source"]) == ("2024-02-01", "2024-02-29", "Somebody")


def test_the_log_is_json_lines(tracker: Tracker, folder: Path) -> None:
    done = tracker("ingest", "in.jsonl", "nowhere.txt", "--log-json")
    assert (done.code, done.out) == (0, "")
    events = [json.loads(line) for line in done.err.splitlines()]
    assert {event["event"] for event in events} == {"progress", "issue", "finished"}
    (issue,) = [event for event in events if event["event"] == "issue"]
    assert (issue["location"], issue["kind"]) == ("nowhere.txt", "missing")
    assert (events[-1]["read"], events[-1]["claims"], events[-1]["issues_by_kind"]) == (2, 2, {"missing": 1})


def test_two_processes_store_what_one_does(tracker: Tracker, folder: Path) -> None:
    tracker("ingest", "in.jsonl", "--database", "one.sqlite3")
    tracker("ingest", "in.jsonl", "--jobs", "2", "--database", "two.sqlite3")
    ask = ("sql", "SELECT claim_key, quote, low, actor, date FROM claims ORDER BY 1", "--csv", "--database")
    assert tracker(*ask, "one.sqlite3").out == tracker(*ask, "two.sqlite3").out


def test_a_store_is_copied_with_equal_rows(tracker: Tracker, folder: Path) -> None:
    tracker("ingest", "in.jsonl")
    done = tracker("database", "copy", "tracker.sqlite3", "copy.sqlite3")
    assert done.code == 0 and "claim_link" in done.out
    assert tracker("claims", "--csv", "--database", "copy.sqlite3").out == tracker("claims", "--csv").out
    assert tracker("database", "copy", "tracker.sqlite3", "copy.sqlite3").code == 2


def test_a_store_that_is_not_there_is_not_copied(tracker: Tracker, folder: Path) -> None:
    before = sorted(folder.iterdir())
    done = tracker("database", "copy", "nothere.sqlite3", "copy.sqlite3")
    assert done.code == 2 and done.err.count("\n") == 1
    assert "nothere.sqlite3: no such file" in done.err
    assert sorted(folder.iterdir()) == before


def test_reextraction_with_the_same_rules_changes_nothing(tracker: Tracker, folder: Path) -> None:
    tracker("ingest", "in.jsonl")
    before = tracker("claims", "--csv").out
    assert tracker("reextract").out == "nothing to do: today's rules have read every article already\n"
    again = tracker("reextract", "--all", "--diff").out
    assert "2 articles read again" in again and "2 claims as before, 0 changed, 0 new, 0 withdrawn" in again
    without_run = [[row[:-1] for row in csv.reader(io.StringIO(text))] for text in (before, tracker("claims", "--csv").out)]
    assert without_run[0] == without_run[1]


def test_extract_prints_exactly_the_fields_of_a_claim(tracker: Tracker, folder: Path) -> None:
    lines = [json.loads(line) for line in tracker("extract", "in.jsonl").out.splitlines()]
    assert [set(line) for line in lines] == [{"id", "claims", "screened"}] * 2
    claim = lines[0]["claims"][0]
    assert list(claim) == [
        "start", "end", "quote", "kind", "low", "high", "qualifier", "unit", "per", "base", "object", "actor",
        "counterparty", "speaker", "stage", "modality", "aggregation", "topic", "date", "restates", "totals",
    ]  # fmt: skip
    assert (claim["quote"], claim["low"], claim["per"], claim["totals"]) == ("5 million euros", "5000000", None, [])
    assert "ordinal" in {item["reason"] for item in lines[0]["screened"]}
    assert not (folder / "tracker.sqlite3").exists()


def test_evaluate_scores_a_gold_file(tracker: Tracker, folder: Path) -> None:
    text = str(ARTICLES[1]["text"])
    start = text.index("30")
    claim = {"start": start, "end": start + 2, "quote": "30", "kind": "count", "low": "30", "high": "30", "unit": "item",
             "per": None, "qualifier": "exact", "stage": "contract", "modality": "asserted", "aggregation": "stock",
             "topic": "procurement", "date": "2024-03-06", "restates": None, "totals": [], "base": [], "object": ["chars"],
             "actor": ["Pologne"], "counterparty": ["Corée du Sud"], "speaker": []}  # fmt: skip
    (folder / "gold.json").write_text(json.dumps([ARTICLES[1] | {"claims": [claim], "optional": []}]), encoding="utf-8")
    scores = json.loads(tracker("evaluate", "gold.json", "--json").out)
    assert (scores["quantity"]["f1"], scores["aggregation"]["accuracy"]) == (100.0, 0.0)
    shown = tracker("evaluate", "gold.json", "--misses", "3", "--field", "aggregation").out
    assert "stock read as single" in shown and "Misses of aggregation" in shown
    assert tracker("evaluate", "gold.json", "--misses", "3", "--field", "nothing").code == 2
