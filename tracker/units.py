"""Physical and counted units: the only pint registry, with exact factors. Article text never reaches pint.

The language packs map words to unit names; this module says which names exist and what each is in the canonical
unit of its dimension, so that a report can add nautical miles to kilometres.
"""

from __future__ import annotations

import functools
from decimal import Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import ConfigurationError
from tracker.resources import PACKAGE

if TYPE_CHECKING:
    from pint import UnitRegistry

COUNTED = ("item", "person", "percent", "percentage_point")
"""Units of counts and shares, which convert into nothing."""
CANONICAL = (
    "metric_ton",
    "kilometer",
    "month",
    "square_kilometer",
    "cubic_meter",
    "kilometer_per_hour",
    "megawatt",
    "megawatt_hour",
)
"""The unit of each dimension that values are converted to."""

_FACTOR_DIGITS = Context(prec=15)
_VALUE_DIGITS = Context(prec=28)


class Factor(NamedTuple):
    """What one of a unit is in the canonical unit of its dimension."""

    unit: str
    factor: Decimal


@functools.cache
def registry() -> UnitRegistry[Decimal]:
    """The registry with the units of the field; made at first use, as pint takes a quarter of a second."""
    import pint

    units: UnitRegistry[Decimal] = pint.UnitRegistry(non_int_type=Decimal, on_redefinition="ignore")
    try:
        units.load_definitions(str(PACKAGE / "units.txt"))
    except (ValueError, pint.PintError) as error:
        raise ConfigurationError(f"units.txt: {error}") from error
    return units


def is_unit(name: str) -> bool:
    """Whether a language pack may map words to this unit name."""
    return name in COUNTED or name in registry()


@functools.cache
def canonical_factor(unit: str) -> Factor | None:
    """The canonical unit of a unit's dimension and the factor into it; None where there is none.

    Counts have none, nor have temperatures and angles, and a canonical unit is not converted into itself.

    >>> canonical_factor("nautical_mile")
    Factor(unit='kilometer', factor=Decimal('1.852'))
    """
    if unit in COUNTED or unit in CANONICAL or not is_unit(unit):
        return None
    units = registry()
    dimension = units.get_dimensionality(unit)
    for canonical in CANONICAL:
        if dimension == units.get_dimensionality(canonical):
            factor = units.convert(Decimal(1), unit, canonical)
            return Factor(canonical, _FACTOR_DIGITS.create_decimal(factor).normalize())
    return None


def convert_unit(value: Decimal, factor: Factor) -> Decimal:
    """The value in the canonical unit, to 28 digits."""
    return _VALUE_DIGITS.multiply(value, factor.factor)
