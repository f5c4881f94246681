"""Unit names and their factors into the canonical unit of each dimension."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from etl.lexicon import LANGUAGES
from tracker import units


@pytest.mark.parametrize(
    ("unit", "canonical", "factor"),
    [
        ("nautical_mile", "kilometer", "1.852"),
        ("pound", "metric_ton", "0.00045359237"),
        ("kiloton", "metric_ton", "1000"),
        ("year", "month", "12"),
        ("hectare", "square_kilometer", "0.01"),
        ("oil_barrel", "cubic_meter", "0.158987294928"),
        ("knot", "kilometer_per_hour", "1.852"),
        ("gigawatt", "megawatt", "1000"),
    ],
)
def test_factor(unit: str, canonical: str, factor: str) -> None:
    assert units.canonical_factor(unit) == (canonical, Decimal(factor))


@pytest.mark.parametrize("unit", ["item", "person", "percent", "metric_ton", "degree_Celsius", "flight_hour", "no_such_unit"])
def test_converts_into_nothing(unit: str) -> None:
    assert units.canonical_factor(unit) is None


def test_conversion_keeps_all_digits() -> None:
    factor = units.canonical_factor("mile")
    assert factor is not None
    assert units.convert_unit(Decimal("1000000.001"), factor) == Decimal("1609344.001609344")


@pytest.mark.parametrize("path", sorted(LANGUAGES.glob("*.toml")), ids=lambda path: path.stem)
def test_units_of_the_packs_exist(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8")).get("units", {})
    names = {*table.get("physical", {}), *table.get("time", {}), *table.get("per", {})} - {"none"}
    assert {name for name in names if not units.is_unit(name)} == set()
