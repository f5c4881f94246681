"""Bounds, the day of the rate, and what a sum may add."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise import choose_rate_day, imply_bounds, normalise, tell_what_counts
from etl.records import Claim, Extraction, Interval
from tests.store.builders import make_article, make_claim, make_extraction
from tracker.vocabulary import Kind, Modality, Qualifier, Stage

WHOLE = st.integers(-(10**12), 10**12).map(Decimal)


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "bounds"),
    [
        pytest.param(Qualifier.EXACT, "5", "7", ("5", "7"), id="exact"),
        pytest.param(Qualifier.VAGUE, "200", "999", ("200", "999"), id="vague"),
        pytest.param(Qualifier.OVER, "5", "5", ("5", None), id="over"),
        pytest.param(Qualifier.AT_LEAST, "2", "2", ("2", None), id="at least"),
        pytest.param(Qualifier.UNDER, "5", "5", (None, "5"), id="under"),
        pytest.param(Qualifier.UP_TO, "5", "5", (None, "5"), id="up to"),
        pytest.param(Qualifier.ABOUT, "10", "10", ("9.0", "11.0"), id="about"),
        pytest.param(Qualifier.NEARLY, "10", "10", ("9.0", "10"), id="nearly"),
        pytest.param(Qualifier.OVER, "-5", "-5", (None, "-5"), id="a fall of more than"),
        pytest.param(Qualifier.UP_TO, "-5", "-5", ("-5", None), id="a fall of at most"),
    ],
)
def test_imply_bounds(qualifier: Qualifier, low: str, high: str, bounds: tuple[str | None, str | None]) -> None:
    wanted = tuple(None if bound is None else Decimal(bound) for bound in bounds)
    assert imply_bounds(Decimal(low), Decimal(high), qualifier) == wanted


@given(WHOLE, WHOLE, st.sampled_from(Qualifier))
def test_bounds_hold_the_value(one: Decimal, other: Decimal, qualifier: Qualifier) -> None:
    low, high = sorted((one, other))
    lower, upper = imply_bounds(low, high, qualifier)
    assert lower is not None or upper is not None
    if low >= 0 or high <= 0:
        assert lower is None or lower <= high
        assert upper is None or upper >= low


@pytest.mark.parametrize(
    ("date", "published", "day"),
    [
        pytest.param(None, "2022-12-05", "2022-12-05", id="publication"),
        pytest.param("2022-11-28", "2022-12-05", "2022-11-28", id="a past day"),
        pytest.param("2022-12-05", "2022-12-05", "2022-12-05", id="the same day"),
        pytest.param("2022-10", "2022-12-05", "2022-10-31", id="a past month"),
        pytest.param("2022-12", "2022-12-05", "2022-12-05", id="the running month"),
        pytest.param("2030-01-01", "2022-12-05", "2022-12-05", id="the future"),
        pytest.param("2019", "2022-12-05", "2022-12-05", id="a past year"),
        pytest.param("2024/2030", "2022-12-05", "2022-12-05", id="a span of years"),
        pytest.param(None, "2022-10", "2022-10-31", id="published in a month"),
        pytest.param(None, "2022", None, id="published in a year"),
        pytest.param("2021-03-03", None, "2021-03-03", id="only the event has a day"),
        pytest.param(None, None, None, id="nothing known"),
    ],
)
def test_choose_rate_day(date: str | None, published: str | None, day: str | None) -> None:
    intervals = [Interval.parse(text) if text else None for text in (date, published)]
    assert choose_rate_day(*intervals) == (dt.date.fromisoformat(day) if day else None)


def counted(*claims: Claim) -> list[bool]:
    """Which of the claims a sum may add."""
    kept = tell_what_counts(claims)[2]
    return [index in kept for index in range(len(claims))]


TEXT = "abcdefghijklmnop"


def claim(letter: str, value: str, unit: str = "USD", kind: Kind = Kind.MONEY, **fields: Any) -> Claim:
    """A claim at the place of a letter."""
    return make_claim(TEXT, letter, value, kind, unit, **fields)


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        pytest.param([claim("a", "5"), claim("b", "6", "EUR", restates=0)], [True, False], id="restated in euros"),
        pytest.param([claim("a", "5"), claim("b", "6"), claim("c", "11", totals=(0, 1))], [True, True, False], id="total and parts"),
        pytest.param([claim("a", "5"), claim("c", "30", totals=(0,))], [False, True], id="only some of the parts"),
        pytest.param([claim("a", "5", "EUR"), claim("c", "30", totals=(0,))], [True, False], id="parts in another currency"),
        pytest.param([claim("a", "5"), claim("b", "5", stage=Stage.PLEDGE)], [False, True], id="headline and body"),
        pytest.param([claim("a", "5", actor="X"), claim("b", "5", actor="Y")], [True, True], id="two actors"),
        pytest.param(
            [claim("a", "2", "item", Kind.COUNT, object="big tanks"), claim("b", "2", "item", Kind.COUNT, object="guns")],
            [True, True],
            id="two things",
        ),
        pytest.param([claim("a", "5", stage=Stage.PLEDGE), claim("b", "5", stage=Stage.DELIVERY)], [True, True], id="two stages"),
        pytest.param([claim("a", "5", modality=Modality.DENIED)], [False], id="denied"),
        pytest.param([claim("a", "5", restates=9)], [True], id="restates what is no claim"),
    ],
)
def test_what_a_sum_may_add(claims: list[Claim], wanted: list[bool]) -> None:
    assert counted(*claims) == wanted


def test_money_is_given_in_both_currencies() -> None:
    normalised = normalise(make_extraction())
    units = [[conversion.unit for conversion in item.conversions] for item in normalised.claims]
    assert units == [["EUR"], ["USD"], [], ["metric_ton"]]
    assert normalised.claims[3].conversions[0].low == Decimal("12.5") * Decimal("0.00045359237")


def test_no_claims_no_rows() -> None:
    assert normalise(Extraction(make_article("Nothing here."), (), ())).claims == ()
