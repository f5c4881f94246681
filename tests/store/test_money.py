"""Rates by day and rule, and conversions that are exact to the cent."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import money
from tracker.vocabulary import RateRule

DAYS = st.dates(dt.date(1999, 1, 4), dt.date(2026, 10, 30))
VALUES = st.decimals(min_value=0, max_value=10**15, places=2)


@pytest.mark.parametrize(
    ("currency", "day", "per_eur", "published"),
    [
        pytest.param("USD", "2022-12-01", "1.0454", "2022-12-01", id="same day"),
        pytest.param("USD", "2022-12-04", "1.0538", "2022-12-02", id="Sunday"),
        pytest.param("EUR", "1990-01-01", "1", "1990-01-01", id="the euro itself"),
        pytest.param("DEM", "2005-05-05", "1.95583", "2005-05-05", id="legal factor"),
        pytest.param("BGN", "2026-03-01", "1.95583", "2026-03-01", id="legal factor after the published rates end"),
        pytest.param("SAR", "2022-12-01", "3.92025", "2022-12-01", id="peg to the dollar"),
        pytest.param("UAH", "2023-03-01", "39.06989224", "2023-03-01", id="rate fixed for a time"),
        pytest.param("RUB", "2022-03-08", "117.201", "2022-03-01", id="seven days after the last"),
    ],
)
def test_find_rate(currency: str, day: str, per_eur: str, published: str) -> None:
    rate = money.find_rate(currency, dt.date.fromisoformat(day))
    assert isinstance(rate, money.Rate)
    assert (rate.per_eur, rate.day.isoformat()) == (Decimal(per_eur), published)


@pytest.mark.parametrize(
    ("currency", "day", "reason"),
    [
        pytest.param("RUB", "2022-03-09", "rate_too_old", id="eight days after the last"),
        pytest.param("USD", "2026-12-24", "rate_too_old", id="the future"),
        pytest.param("USD", "1998-12-31", "missing_rate", id="before the first"),
        pytest.param("UAH", "2021-01-01", "missing_rate", id="outside the fixed time"),
        pytest.param("KPW", "2022-12-01", "currency_not_published", id="never published"),
        pytest.param("SAR", "1990-01-01", "missing_rate", id="peg before its anchor"),
        pytest.param("USD", None, "unknown_date", id="no day"),
    ],
)
def test_no_conversion_says_why(currency: str, day: str | None, reason: str) -> None:
    date = dt.date.fromisoformat(day) if day else None
    converted = money.convert(Decimal(5), Decimal(5), currency, "EUR", date)
    assert converted == money.Conversion("EUR", rule="none", reason=reason)


def test_a_number_past_all_money_is_not_converted() -> None:
    huge = Decimal("9e40")
    assert money.convert(huge, huge, "USD", "EUR", dt.date(2022, 12, 1)).reason == "out_of_range"


@given(VALUES, DAYS, st.sampled_from(["USD", "GBP", "JPY", "SEK"]), st.sampled_from(money.TARGETS))
def test_conversion_is_exact(value: Decimal, day: dt.date, currency: str, target: str) -> None:
    converted = money.convert(value, value, currency, target, day)
    assert converted.low is not None and converted.rate_date is not None and converted.rate is not None
    assert 0 <= (day - converted.rate_date).days <= money.OLDEST_DAYS
    assert (converted.rule == RateRule.SAME_DAY) == (converted.rate_date == day)
    per_eur = {rate.currency: rate.per_eur for rate in converted.rates} | {"EUR": Decimal(1)}
    exact = value * per_eur[target] / per_eur[currency]
    assert abs(converted.low - exact) <= Decimal("0.0051") + exact * Decimal("1e-20")
    assert all(rate.day == converted.rate_date for rate in converted.rates)


@given(VALUES, VALUES, DAYS)
def test_conversion_keeps_order(one: Decimal, other: Decimal, day: dt.date) -> None:
    low, high = sorted((one, other))
    converted = money.convert(low, high, "USD", "EUR", day)
    assert converted.low is not None and converted.high is not None
    assert converted.low <= converted.high


def test_all_published_rates() -> None:
    rates = list(money.published_rates("USD"))
    assert rates[0] == money.Rate("USD", dt.date(1999, 1, 4), Decimal("1.1789"), money.ECB)
    assert [rate.day for rate in rates] == sorted({rate.day for rate in rates})
    assert rates[-1].day == money.last_published()
    assert {"EUR", "USD", "SAR", "DEM"} <= set(money.list_currencies())
