"""Numbers with their units, in every language: one table a language in `tests/corpus/`, then laws that hold for all."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import extract_quantities
from etl.extract import open_document, read_quantities
from etl.records import Quantity

CORPUS = Path(__file__).parent.parent / "corpus"
CASES = [
    pytest.param(path.stem.split("_")[1], case["text"], case["want"], id=f"{path.stem}:{number}")
    for path in sorted(CORPUS.glob("quantities_*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1)
]


def describe(quantity: Quantity) -> str:
    """A quantity in one line: `$2.2bn: money 2200000000 USD about a year`, `page 3: not identifier`."""
    if quantity.reason is not None:
        return f"{quantity.quote}: not {quantity.reason}"
    number = f"{quantity.low:f}" if quantity.low == quantity.high else f"{quantity.low:f}..{quantity.high:f}"
    words = [quantity.kind or "bare", number, quantity.unit or ""]
    words += [quantity.qualifier] if quantity.qualifier != "exact" else []
    words += [f"per {quantity.per}"] if quantity.per else []
    words += [f"or {quantity.other_low:f}"] if quantity.other_low is not None else []
    return f"{quantity.quote}: {' '.join(word for word in words if word)}"


@pytest.mark.parametrize(("language", "text", "want"), CASES)
def test_quantities_of_a_text(language: str, text: str, want: list[str]) -> None:
    assert [describe(quantity) for quantity in read_quantities(open_document(text, language))] == want


@pytest.mark.parametrize(
    "text",
    [
        "😀 $5m 😀 €7m",
        "cafe\u0301 5 km, nai\u0308f 7 km",
        "line one: 5 tanks\r\nline two: 7 tanks\r\n",
        "\u200b12\u200b tanks, \ufeff30 guns",
        "\u202b40 tanks\u202c",
        "İstanbul: 5 tanks, İzmir: 7 tanks",
    ],
    ids=["emoji", "combining", "crlf", "zero-width", "right-to-left", "growing-capitals"],
)
def test_offsets_hold_in_any_text(text: str) -> None:
    quantities = extract_quantities(text, language="en")
    assert quantities
    assert all(text[q.start : q.end] == q.quote for q in quantities)


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_keep_their_value(number: int) -> None:
    quantities = extract_quantities(f"They made {number:,} shells.", language="en")
    kept = [q for q in quantities if q.kind == "count"]
    assert [q.low for q in kept] == [Decimal(number)] or 1900 <= number <= 2100


@given(st.decimals(min_value=0, max_value=999, places=2), st.sampled_from(["million", "billion", "trillion"]))
def test_magnitudes_multiply_exactly(number: Decimal, word: str) -> None:
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}[word]
    [quantity] = extract_quantities(f"It cost ${number} {word} in all.", language="en")
    assert quantity.low == quantity.high == number * factor
    assert quantity.unit == "USD"


@given(st.integers(min_value=21, max_value=999))
def test_digits_of_the_value_stand_in_the_quote(number: int) -> None:
    for language, text in (("en", f"{number} tanks"), ("fr", f"{number} chars")):
        for quantity in extract_quantities(text, language=language):
            assert str(quantity.low) in quantity.quote
