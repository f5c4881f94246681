"""The five seed articles against their gold claims, where they lie beside the checkout."""

import json
from pathlib import Path
from typing import Any

import pytest

from etl.extract import extract_article
from etl.read import read_articles
from etl.records import Article
from tracker.cli.claim_json import article_json
from tracker.evaluation import pair_claims, score_claims

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
REASONS = {"64.29%": "boilerplate", "155 mm": "specification", "UE-27": "designation", "-32": "boilerplate",
           "2014": "date", "05.06.2023": "date"}  # fmt: skip

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the seed articles are not beside this checkout")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads((SHARED / "gold" / "seeds.json").read_text(encoding="utf-8"))
    return articles


@pytest.fixture(scope="module")
def predicted() -> list[dict[str, Any]]:
    paths = sorted(str(path) for path in (SHARED / "seeds").glob("*.txt"))
    read = list(read_articles(paths))
    assert all(isinstance(item, Article) for item in read)
    return [article_json(extract_article(item)) for item in read if isinstance(item, Article)]


def test_all_nine_claims_are_found_with_the_right_quantity_and_no_other(
    predicted: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> None:
    scores = score_claims(predicted, gold).scores
    assert (scores["quantity"]["f1"], scores["quantity"]["n"]) == (100.0, 9)
    assert scores["found"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0, "n": 9}


def test_both_links_are_drawn(predicted: list[dict[str, Any]], gold: list[dict[str, Any]]) -> None:
    assert score_claims(predicted, gold).scores["links"]["f1"] == 100.0


@pytest.mark.parametrize("field", ["actor", "object", "stage"])
def test_the_binding_is_right_for_six_of_nine(
    predicted: list[dict[str, Any]], gold: list[dict[str, Any]], field: str
) -> None:
    result = score_claims(predicted, gold)
    assert 9 - sum(miss.field == field for miss in result.misses) >= 6


def test_the_share_has_its_base_and_the_guideline_is_a_target(
    predicted: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> None:
    pairs = [pair for mine, wanted in zip(predicted, gold, strict=True) for pair in pair_claims(mine["claims"], wanted["claims"])]
    by_quote = {wanted["quote"]: mine for mine, wanted in pairs}
    assert by_quote["60 %"]["base"] == "EU acquisitions"
    guideline = by_quote["2%"]
    assert (guideline["qualifier"], guideline["modality"]) == ("at_least", "target")
    assert guideline["base"].endswith("PIB")
    assert by_quote["3 billion"]["unit"] == "USD"


def test_what_is_no_claim_is_listed_with_its_reason(predicted: list[dict[str, Any]]) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (SHARED / "seeds").glob("*.txt")}
    for quote, reason in REASONS.items():
        article = next(name for name, text in texts.items() if quote in text)
        start = texts[article].index(quote)
        screened = next(item["screened"] for item in predicted if item["id"] == article)
        over = [item for item in screened if item["start"] < start + len(quote) and item["end"] > start]
        assert {item["reason"] for item in over} == {reason}, quote
