"""The self-audit: figures against each other, against reference rates and against what is possible."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from etl.extract import plausibility
from etl.extract.checks import Check, check_claims
from etl.records import Claim, Evidence, Interval, Span
from tracker.errors import ConfigurationError
from tracker.vocabulary import Kind, Modality, Qualifier

PUBLISHED = Interval.parse("2022-09-26")
SENTENCE = Span(0, 100)


def rates(currency: str, day: dt.date) -> Decimal | None:
    """A dollar to the euro until 2023, then 1.10; nothing for other currencies."""
    if currency != "USD":
        return None
    return Decimal(1) if day < dt.date(2023, 1, 1) else Decimal("1.10")


def money(start: int, quote: str, value: str, unit: str = "EUR", **fields: object) -> Claim:
    return make(start, quote, Kind.MONEY, value, unit, **fields)


def make(start: int, quote: str, kind: Kind, value: str, unit: str, **fields: object) -> Claim:
    values = {"sentence": SENTENCE, **fields}
    return Claim(start, start + len(quote), quote, kind, Decimal(value), Decimal(value), Qualifier.EXACT, unit, **values)  # type: ignore[arg-type]


def outcomes(claims: list[Claim]) -> list[str]:
    return [f"{check.kind} {check.outcome}" for check in check_claims(claims, PUBLISHED, rates)]


CASES = {
    "conversion agrees": (
        [money(1, "$2.2bn", "2200000000", "USD"), money(20, "2.29 billion euros", "2290000000", restates=1)],
        ["currency_rate consistent"],
    ),
    "conversion is wrong": (
        [money(1, "$2.2bn", "2200000000", "USD"), money(20, "3.1 billion euros", "3100000000", restates=1)],
        ["currency_rate doubtful"],
    ),
    "rate of the day of the event": (
        [money(1, "$400m", "400000000", "USD"), money(20, "€364m", "364000000", restates=1, date="2022-09-08")],
        ["currency_rate consistent"],
    ),
    "currency without a rate": (
        [money(1, "NOK 2bn", "2000000000", "NOK"), money(20, "€3m", "3000000", restates=1)],
        [],
    ),
    "vague amounts are not compared": (
        [
            money(1, "hundreds of millions of dollars", "200000000", "USD")._replace(qualifier=Qualifier.VAGUE),
            money(50, "tens of millions of euros", "20000000", restates=1),
        ],
        [],
    ),
    "parts add up": (
        [money(1, "€5m", "5000000"), money(9, "€4m", "4000000"), money(20, "€9m", "9000000", totals=(1, 9))],
        ["parts_sum consistent"],
    ),
    "parts do not add up": (
        [money(1, "€5m", "5000000"), money(9, "€4m", "4000000"), money(20, "€12m", "12000000", totals=(1, 9))],
        ["parts_sum doubtful"],
    ),
    "count at a price makes the total": (
        [
            make(1, "30", Kind.COUNT, "30", "item"),
            money(9, "€80m", "80000000", per="item"),
            money(20, "€2.4bn", "2400000000"),
        ],
        ["unit_price consistent"],
    ),
    "count at a price makes another total": (
        [
            make(1, "30", Kind.COUNT, "30", "item"),
            money(9, "€80m", "80000000", per="item"),
            money(20, "€2.4 million", "2400000"),
        ],
        ["unit_price doubtful"],
    ),
    "share of a base": (
        [
            make(1, "12%", Kind.SHARE, "12", "percent"),
            money(9, "€6bn", "6000000000"),
            money(20, "€50bn", "50000000000"),
        ],
        ["share_of_base consistent"],
    ),
    "change between two values": (
        [
            make(1, "25%", Kind.CHANGE, "25", "percent"),
            money(9, "€40bn", "40000000000"),
            money(20, "€50bn", "50000000000"),
        ],
        ["change consistent"],
    ),
    "values that do not belong to a share": (
        [
            make(1, "12%", Kind.SHARE, "12", "percent"),
            money(9, "€31bn", "31000000000"),
            money(20, "€50bn", "50000000000"),
        ],
        [],
    ),
    "figures of other sentences": (
        [
            make(1, "30", Kind.COUNT, "30", "item"),
            money(9, "€80m", "80000000", per="item"),
            money(120, "€9m", "9000000", sentence=Span(101, 150)),
        ],
        [],
    ),
    "denied figures": (
        [
            make(1, "30", Kind.COUNT, "30", "item", modality=Modality.DENIED),
            money(9, "€80m", "80000000", per="item"),
            money(20, "€9m", "9000000"),
        ],
        [],
    ),
    "shell at a million apiece": (
        [money(1, "$1 million", "1000000", "USD", per="item", object="155 mm shells")],
        ["plausibility doubtful"],
    ),
    "shell at its price": ([money(1, "€4,000", "4000", per="item", object="155 mm shells")], []),
    "tanks above any army's": (
        [make(1, "2 million", Kind.COUNT, "2000000", "item", object="tanks")],
        ["plausibility doubtful"],
    ),
    "tanks": ([make(1, "250", Kind.COUNT, "250", "item", object="Leopard 2 tanks")], []),
    "share above the whole": ([make(1, "164 %", Kind.SHARE, "164", "percent")], ["plausibility doubtful"]),
    "share of output": ([make(1, "70 %", Kind.SHARE, "70", "percent", base="GDP")], ["plausibility doubtful"]),
    "fall below nothing": ([make(1, "150 %", Kind.CHANGE, "-150", "percent")], ["plausibility doubtful"]),
}


@pytest.mark.parametrize(("claims", "want"), CASES.values(), ids=CASES.keys())
def test_checks(claims: list[Claim], want: list[str]) -> None:
    assert outcomes(claims) == want


def test_a_factor_of_a_thousand_names_the_scale_word() -> None:
    claims = [money(1, "$2.2 billion", "2200000000", "USD"), money(20, "2.29 million euros", "2290000", restates=1)]
    (check,) = check_claims(claims, PUBLISHED, rates)
    assert check.factor is not None and 900 < check.factor < 1100
    assert "the scale word of '2.29 million euros' is suspect" in check.message


def test_an_issue_has_both_quotes_and_the_span_of_the_first() -> None:
    claims = [money(1, "$2.2bn", "2200000000", "USD"), money(20, "3.1 billion euros", "3100000000", restates=1)]
    (check,) = check_claims(claims, PUBLISHED, rates)
    issue = check.issue(claims)
    assert (issue.kind, issue.start, issue.end) == ("check_currency_rate", 20, 37)
    assert issue.quote == "3.1 billion euros | $2.2bn"
    assert "a factor of 1.41" in issue.message


def test_a_check_is_evidence_of_the_checked_claim() -> None:
    claims = [money(1, "$2.2bn", "2200000000", "USD"), money(20, "2.29 billion euros", "2290000000", restates=1)]
    (check,) = check_claims(claims, PUBLISHED, rates)
    assert check.evidence(claims) == (Evidence("check", "check.currency_rate.consistent", 1, 7),)
    (flag,) = check_claims([make(1, "164 %", Kind.SHARE, "164", "percent")], PUBLISHED, rates)
    assert flag.evidence([]) == (Evidence("check", "check.plausibility.doubtful"),)


def test_nothing_is_compared_on_an_unknown_day() -> None:
    claims = [money(1, "$2.2bn", "2200000000", "USD"), money(20, "9 euros", "9", restates=1)]
    assert check_claims(claims, None, rates) == []


def test_claims_are_never_changed() -> None:
    claims = [make(1, "164 %", Kind.SHARE, "164", "percent")]
    before = list(claims)
    assert isinstance(check_claims(claims, PUBLISHED, rates)[0], Check)
    assert claims == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[bound]]\nname = "a"\nkind = "share"\nwhy = ""\n', "needs `low` or `high`"),
        ('[[bound]]\nname = "a"\nkind = "price"\nhigh = "1"\nwhy = ""\n', "price"),
        ('[[bound]]\nname = "a"\nkind = "share"\nhigh = "1"\nmax = "2"\nwhy = ""\n', "unknown key 'max'"),
        ("bound = [", "plausibility.toml"),
    ],
    ids=["no-limit", "unknown-kind", "unknown-key", "no-toml"],
)
def test_wrong_bounds_are_told(tmp_path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "plausibility.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(plausibility, "resource_path", lambda *parts: path)
    with pytest.raises(ConfigurationError, match=message):
        plausibility.load_bounds.__wrapped__()
