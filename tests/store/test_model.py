"""Decimals come back digit for digit from both databases, and words are stored as words."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select

from tracker.database import open_engine, writing
from tracker.model import ExactDecimal, canonical_decimal

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e25"), max_value=Decimal("1e25"), places=9)
SCRATCH = Table("scratch", MetaData(), Column("value", ExactDecimal()))


@given(st.lists(DECIMALS, min_size=1, max_size=20))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decimals_come_back(database_url: str, values: list[Decimal]) -> None:
    engine = open_engine(database_url)
    with writing(engine) as connection:
        SCRATCH.create(connection)
        connection.execute(insert(SCRATCH), [{"value": value} for value in values])
        assert sorted(connection.execute(select(SCRATCH.c.value)).scalars()) == sorted(values)
        SCRATCH.drop(connection)
    engine.dispose()


@given(DECIMALS)
def test_canonical_decimal(value: Decimal) -> None:
    text = canonical_decimal(value)
    assert Decimal(text) == value
    assert "E" not in text and not text.startswith("+") and text != "-0"
    assert "." not in text or text[-1] not in "0."


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.2E+9", "2200000000"), ("66.670", "66.67"), ("-0.0", "0"), ("-50", "-50"), ("1E-7", "0.0000001"), ("100", "100")],
)
def test_one_spelling(value: str, text: str) -> None:
    assert canonical_decimal(Decimal(value)) == text
