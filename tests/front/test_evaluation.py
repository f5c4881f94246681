"""The scores: each figure on a case small enough to count by hand, and against the reference scorer where it is there."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracker.errors import UsageError
from tracker.evaluation import content_words, load_gold, same_wording, score_claims

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"

RIGHT: dict[str, Any] = {
    "start": 10, "end": 20, "quote": "$ 2 billio", "kind": "money", "low": "2000000000", "high": "2000000000",
    "qualifier": "about", "unit": "USD", "per": None, "stage": "pledge", "modality": "planned", "aggregation": "single",
    "topic": "aid", "date": "2022-09-08", "restates": None, "totals": [],
}  # fmt: skip
ROLES = {"object": ["tanks"], "base": [], "actor": ["Norland", "the Norlanders"], "counterparty": [], "speaker": []}
SAID = {"object": "the tanks", "base": None, "actor": "Norland", "counterparty": None, "speaker": None}


def article(*claims: dict[str, Any], optional: tuple[tuple[int, int], ...] = ()) -> dict[str, Any]:
    return {"id": "a", "claims": list(claims), "optional": [list(span) for span in optional]}


def test_a_right_claim_scores_full_marks() -> None:
    result = score_claims([article(RIGHT | SAID)], [article(RIGHT | ROLES)])
    assert result.misses == []
    for name in ("found", "quantity", "bound", "object", "actor"):
        assert result.scores[name]["f1"] == 100.0, name
    for name in ("qualifier", "stage", "modality", "date", "year"):
        assert result.scores[name]["accuracy"] == 100.0, name


CASES: list[tuple[str, dict[str, Any], str, str, float]] = [
    ("another stage", {"stage": "delivery"}, "stage", "accuracy", 0.0),
    ("another stage is not bound", {"stage": "delivery"}, "bound", "f1", 0.0),
    ("a number within half a percent", {"low": "2009000000", "high": "2009000000"}, "quantity", "f1", 100.0),
    ("a number beyond", {"low": "2020000000", "high": "2020000000"}, "quantity", "f1", 0.0),
    ("no number", {"low": "many"}, "quantity", "f1", 0.0),
    ("a span that overlaps by half", {"start": 15}, "found", "f1", 100.0),
    ("a span that overlaps by less", {"start": 16}, "found", "f1", 0.0),
    ("the year of a wrong day", {"date": "2022"}, "year", "accuracy", 100.0),
    ("a wrong day", {"date": "2022"}, "date", "accuracy", 0.0),
    ("a speaker made up", {"speaker": "Somebody"}, "speaker", "precision", 0.0),
    ("an actor left out", {"actor": None}, "actor", "recall", 0.0),
    ("a link made up", {"restates": 3}, "links", "precision", 0.0),
]


@pytest.mark.parametrize(("change", "figure", "measure", "value"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_change_costs_what_it_should(change: dict[str, Any], figure: str, measure: str, value: float) -> None:
    result = score_claims([article(RIGHT | SAID | change)], [article(RIGHT | ROLES)])
    assert result.scores[figure][measure] == value


def test_a_claim_in_an_optional_span_counts_for_nothing() -> None:
    extra = RIGHT | SAID | {"start": 50, "end": 55}
    with_span = score_claims([article(RIGHT | SAID, extra)], [article(RIGHT | ROLES, optional=((48, 60),))])
    without = score_claims([article(RIGHT | SAID, extra)], [article(RIGHT | ROLES)])
    assert with_span.scores["found"]["precision"] == 100.0
    assert without.scores["found"]["precision"] == 50.0
    assert [(miss.field, miss.kind) for miss in without.misses] == [("extra", "made up")]


def test_an_article_without_prediction_is_missed() -> None:
    result = score_claims([], [article(RIGHT | ROLES)])
    assert [(miss.field, miss.kind) for miss in result.misses] == [("missed", "left out")]


def test_wordings_compare_by_their_content_words() -> None:
    assert content_words("Les chars de l'armée") == {"char", "armee"}
    assert same_wording("K2 tanks", ["the tanks"])
    assert not same_wording("tanks", ["hundreds of new armoured vehicles"])
    assert not same_wording(None, ["tanks"])


BAD_GOLD = [
    ("missing.json", None, "cannot be read"),
    ("broken.json", b'[{"id": 1,\n"claims"', "line 2"),
    ("object.json", b"{}", "list of articles"),
    ("keys.json", b'[{"id": 1}]', "article 0 lacks"),
    ("latin.json", b'["\xe9"]', "no UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD_GOLD, ids=[name for name, _, _ in BAD_GOLD])
def test_a_bad_gold_file_is_named(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=f"{name}.*{said}"):
        load_gold(tmp_path / name)


def _reference() -> ModuleType:
    path = SHARED / "score.py"
    if not path.is_file():
        pytest.skip("the reference scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _spoil(claim: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A gold claim as a prediction, with some fields wrong at random."""
    roles = {role: chance.choice([None, (claim[role] or ["made up"])[0], "something else"]) for role in ROLES}
    shift = chance.choice([0, 0, 1, 4])
    changes: dict[str, Any] = {"start": claim["start"] + shift, "end": claim["end"] + shift}
    for field, value in (("stage", "need"), ("modality", "forecast"), ("date", "2024"), ("low", "7"), ("per", "month")):
        if chance.random() < 0.2:
            changes[field] = value
    return claim | roles | changes


@pytest.mark.parametrize("name", ["seeds", "dev", "dev2"])
def test_the_figures_are_those_of_the_reference_scorer(name: str) -> None:
    reference = _reference()
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    chance = random.Random(7)
    predictions = [
        {"id": a["id"], "claims": [_spoil(claim, chance) for claim in a["claims"] if chance.random() < 0.9]
         + [_spoil(a["claims"][0], chance) | {"start": s, "end": e} for s, e in a["optional"] if a["claims"]]}
        for a in gold
    ]  # fmt: skip
    theirs, misses = reference.score(predictions, gold)
    ours = score_claims(predictions, gold)
    assert ours.scores == theirs
    assert len([miss for miss in ours.misses if miss.field != "links"]) == len(misses)
