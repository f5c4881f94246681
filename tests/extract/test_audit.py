"""The self-audit end to end: what an article's own figures say of each other."""

from __future__ import annotations

import pytest

from etl.audit import audit_extraction
from etl.extract import extract_article
from etl.records import Article, Extraction, Interval


def audited(text: str, language: str = "en") -> Extraction:
    article = Article("a", text, language=language, published=Interval.parse("2024-06-12"))
    return audit_extraction(extract_article(article))


@pytest.mark.parametrize(
    ("text", "outcome", "issues"),
    [
        ("Norway paid £350m (415 million euros) for minehunters.", "currency_rate.consistent", 0),
        ("Norway paid £350m (415 billion euros) for minehunters.", "currency_rate.doubtful", 1),
    ],
    ids=["agrees with the reference rate", "a scale word is wrong"],
)
def test_bracketed_conversion(text: str, outcome: str, issues: int) -> None:
    extraction = audited(text)
    found = [item.rule for claim in extraction.claims for item in claim.evidence if item.field == "check"]
    assert found == [outcome]
    assert len(extraction.issues) == issues
    assert [claim.low for claim in extraction.claims] == [claim.low for claim in extract_article(extraction.article).claims]


def test_doubt_names_both_quotes_and_the_factor() -> None:
    [issue] = audited("Norway paid £350m (415 billion euros) for minehunters.").issues
    assert issue.kind == "check_currency_rate"
    assert issue.quote == "415 billion euros | £350m"
    assert "factor of 1,000" in issue.message


def test_article_without_claims_is_untouched() -> None:
    extraction = audited("Nothing was said of numbers.")
    assert not extraction.claims
    assert not extraction.issues
