"""The published extractors that the benchmark runs beside ours, each behind the same small interface.

A peer that is not installed (the `bench` extra brings them) is named with the reason and left out.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

TIME_ZONES = Path("/usr/share/zoneinfo")
_REFERENCE_TIME = 1_700_000_000
"""Duckling resolves dates against a moment; any fixed one keeps the runs alike."""


class Found(NamedTuple):
    """One quantity as an extractor reports it: code-point span, ends of the range, the unit in its own words."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str | None
    per: str | None = None
    """What it is a rate over, where the extractor tells that apart from the unit."""


Extract = Callable[[str, str], list[Found]]
"""Text and language code in, quantities out."""


class Peer(NamedTuple):
    """An extractor that is ready to run."""

    name: str
    languages: tuple[str, ...]
    extract: Extract


class Missing(NamedTuple):
    """An extractor that cannot run here, and why."""

    name: str
    reason: str


def load_peers() -> list[Peer | Missing]:
    """Every known peer, ready or missing."""
    return [_load(*entry) for entry in _PEERS]


def load_tracker() -> Peer:
    """Our own extractor behind the peers' interface."""
    from etl import extract_quantities

    def extract(text: str, language: str) -> list[Found]:
        quantities = extract_quantities(text, language=language)
        return [Found(one.start, one.end, one.low, one.high, one.unit, one.per) for one in quantities]

    return Peer("tracker", ("en", "fr"), extract)


def _load(package: str, languages: tuple[str, ...], build: Callable[[], Extract]) -> Peer | Missing:
    try:
        name = f"{package} {version(package)}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the peers' own import-time notes are not ours to mend
            return Peer(name, languages, build())
    except PackageNotFoundError:
        return Missing(package, "not installed; pip install '.[bench]'")
    except (ImportError, OSError) as error:
        return Missing(package, f"installed but not usable: {error}")


def _quantulum() -> Extract:
    from quantulum3 import parser  # type: ignore[import-not-found, unused-ignore]

    def extract(text: str, language: str) -> list[Found]:
        return [_from_quantulum(quantity) for quantity in parser.parse(text, lang="en_US")]

    return extract


def _from_quantulum(quantity: Any) -> Found:
    """Quantulum gives a range as its middle and half its width."""
    middle, half = Decimal(repr(float(quantity.value))), Decimal(repr(float(quantity.uncertainty or 0)))
    start, end = quantity.span
    return Found(start, end, middle - half, middle + half, quantity.unit.name)


def _recognizers() -> Extract:
    from ms_recognizers_number import NumberRecognizer  # type: ignore[import-not-found, unused-ignore]
    from ms_recognizers_number_with_unit import (  # type: ignore[import-not-found, unused-ignore]
        NumberWithUnitRecognizer,
    )
    from ms_recognizers_text import Culture  # type: ignore[import-not-found, unused-ignore]

    models = {}
    for language, culture in (("en", Culture.English), ("fr", Culture.French)):
        numbers, units = NumberRecognizer(culture), NumberWithUnitRecognizer(culture)
        models[language] = [
            units.get_currency_model(),
            units.get_dimension_model(),
            units.get_age_model(),
            numbers.get_percentage_model(),
            numbers.get_number_model(),
        ]

    def extract(text: str, language: str) -> list[Found]:
        found: list[Found] = []
        for model in models[language]:
            # The models know nothing of each other: the bare number inside an amount is the amount's.
            fresh = [quantity for result in model.parse(text) for quantity in _from_recognizers(result, language)]
            found += [quantity for quantity in fresh if not _overlaps(quantity, found)]
        return sorted(found)

    return extract


def _from_recognizers(result: Any, language: str) -> Iterator[Found]:
    resolution = result.resolution or {}
    unit = "percent" if result.type_name == "percentage" else resolution.get("isoCurrency") or resolution.get("unit")
    value = _decimal(str(resolution.get("value", "")).removesuffix("%"), language)
    if value is not None:
        yield Found(result.start, result.end + 1, value, value, unit)


def _decimal(text: str, language: str) -> Decimal | None:
    """The number of a resolution; French ones are written with a decimal comma."""
    try:
        return Decimal(text.replace(",", ".") if language == "fr" else text.replace(",", ""))
    except InvalidOperation:
        return None


def _overlaps(quantity: Found, others: list[Found]) -> bool:
    return any(quantity.start < other.end and other.start < quantity.end for other in others)


_DIMENSIONS = ["number", "amount-of-money", "distance", "volume", "quantity", "temperature", "duration"]


def _duckling() -> Extract:
    import duckling  # type: ignore[import-not-found, unused-ignore]

    if not TIME_ZONES.is_dir():
        raise OSError(f"{TIME_ZONES} is missing; install the system's tzdata")
    zones = duckling.load_time_zones(str(TIME_ZONES))
    moment = duckling.parse_ref_time(zones, "UTC", _REFERENCE_TIME)
    dimensions = duckling.parse_dimensions(_DIMENSIONS)
    contexts = {}
    for language in ("en", "fr"):
        locale = duckling.default_locale_lang(duckling.parse_lang(language.upper()))
        contexts[language] = duckling.Context(moment, duckling.parse_locale(language.upper(), locale))

    def extract(text: str, language: str) -> list[Found]:
        results = duckling.parse(text, contexts[language], dimensions)
        found: list[Found] = []
        for quantity in sorted(map(_from_duckling, results), key=lambda one: (one.start, -one.end)):
            if not _overlaps(quantity, found):
                found.append(quantity)
        return found

    return extract


def _from_duckling(result: dict[str, Any]) -> Found:
    value = result["value"]
    low, high = (value, value) if "value" in value else (value.get("from"), value.get("to"))
    low, high = low or high, high or low  # "up to 40" has one end only
    unit = low.get("unit") or (result["dim"] if result["dim"] != "number" else None)
    return Found(result["start"], result["end"], Decimal(str(low["value"])), Decimal(str(high["value"])), unit)


_PEERS: tuple[tuple[str, tuple[str, ...], Callable[[], Extract]], ...] = (
    ("quantulum3", ("en",), _quantulum),
    ("ms-recognizers-text-suite", ("en", "fr"), _recognizers),
    ("pyduckling-native-phihos", ("en", "fr"), _duckling),
)
