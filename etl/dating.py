"""What dates in any language share, below all stages: intervals of the calendar, dates in digits, names of months."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from etl.lexicon import DateWords
from etl.records import Interval

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years that four digits alone may mean."""

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[.,/-]\d)")
SPACE = "[ \u00a0\u202f\t]"


def day_interval(year: int, month: int, day: int, last_day: int | None = None) -> Interval | None:
    """The one day, or the days up to `last_day` of the same month; None where no such day exists."""
    try:
        return Interval(dt.date(year, month, day), dt.date(year, month, last_day or day))
    except ValueError:
        return None


def month_interval(year: int, month: int, last_month: int | None = None) -> Interval:
    """The whole month, or all months up to `last_month` of the same year."""
    end = last_month or month
    return Interval(dt.date(year, month, 1), dt.date(year, end, calendar.monthrange(year, end)[1]))


def year_interval(first: int, last: int | None = None) -> Interval:
    """The whole year, or all years up to `last`."""
    return Interval(dt.date(first, 1, 1), dt.date(last or first, 12, 31))


def full_year(digits: str) -> int:
    """The year that two or four digits mean: `24` is 2024, `96` is 1996."""
    value = int(digits)
    if len(digits) > 2:
        return value
    return value + (2000 if value < 70 else 1900)


def read_numeric(text: str, start: int, *, day_first: bool) -> tuple[int, Interval] | None:
    """End and day of a date in digits at `start`, such as `05.06.2023` or `2023-06-05`, or month of `2022-10`."""
    match = _ISO.match(text, start)
    if match:
        return _read_iso(match)
    match = _NUMERIC.match(text, start)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), full_year(match[4])
    day, month = (first, second) if day_first else (second, first)
    interval = day_interval(year, month, day) or day_interval(year, day, month)
    return (match.end(), interval) if interval else None


def _read_iso(match: re.Match[str]) -> tuple[int, Interval] | None:
    year, month = int(match[1]), int(match[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if match[4]:
        interval = day_interval(year, month, int(match[4]))
        return (match.end(), interval) if interval else None
    # `2012-13` and `2009-10` are two years; `2022-10` can only be a month
    if match[2] == "." or len(match[3]) != 2 or not 1 <= month <= 12 or month > year % 100:
        return None
    return match.end(), month_interval(year, month)


def month_numbers(words: DateWords) -> dict[str, int]:
    """Month names and abbreviations in lower case, with their numbers."""
    return {name.lower(): int(number) for number, names in words.months.items() for name in names}


def alternation(words: tuple[str, ...] | list[str]) -> str:
    """A pattern that matches any of the words, longest first, any white space between their parts; never empty."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", f"{SPACE}+") for w in ordered) + ")" if ordered else "(?!)"
