"""How a value is written in a text file, the same in every format."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

from tracker.model import canonical_decimal

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_cell(value: Any) -> str:
    """Plain digits, ISO dates, true and false, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return canonical_decimal(value)
    if isinstance(value, float):
        return "" if math.isnan(value) else canonical_decimal(Decimal(str(value)))
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def make_harmless(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
