"""Dates as languages write them, below all stages: months by name, day-first and year-first digits, whole lines."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from etl.lexicon import DateWords, Pack
from etl.records import Interval

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years that four digits alone may mean."""

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[.,/-]\d)")
SPACE = "[ \u00a0\u202f\t]"
_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,4}(?=[./-]\d)")


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


class _Written(NamedTuple):
    """The compiled wording of a written-out date; `words` says which pack it was made from."""

    words: DateWords
    months: dict[str, int]
    pattern: re.Pattern[str]


_WRITTEN: dict[str, _Written] = {}


def _written(pack: Pack) -> _Written:
    known = _WRITTEN.get(pack.code)
    if known is None or known.words is not pack.dates:
        months = month_numbers(pack.dates)
        known = _WRITTEN[pack.code] = _Written(pack.dates, months, _written_pattern(pack.dates, months))
    return known


def _written_pattern(words: DateWords, months: dict[str, int]) -> re.Pattern[str]:
    """Matches a date with a month by name and a year, in the orders that the pack allows."""
    month = f"(?P<month%d>{alternation(list(months))})\\.?"
    ordinal = alternation(words.ordinal_endings)
    joint = f"{SPACE}*,?{SPACE}+(?:{alternation(words.day_links)}{SPACE}+)?"
    patterns = [f"(?:(?P<day0>\\d{{1,2}})(?:{ordinal})?\\.?{joint})?{month % 0}{joint}(?P<year0>\\d{{4}})"]
    if words.month_first:
        patterns.append(f"{month % 1}{joint}(?P<day1>\\d{{1,2}})(?:{ordinal})?{joint}(?P<year1>\\d{{4}})")
    return re.compile(f"(?<![\\w.,])(?:{'|'.join(patterns)})(?!\\w)", re.IGNORECASE)


def parse_date(text: str, pack: Pack) -> Interval | None:
    """The first date with a year that a short text names; None where it names none or no such day exists.

    `Publié le 22/10/2024`, `date 2022-10-05`, `June 5, 2023` and `5 juin 2023` give a day, `Oct. 2022` a month.
    """
    months, pattern = _written(pack)[1:]
    written = pattern.search(text)
    for run in _DIGITS.finditer(text, 0, written.start() if written else len(text)):
        found = read_numeric(text, run.start(), day_first=pack.dates.day_first)
        if found:
            return found[1]
    if not written:
        return None
    group = "0" if written["month0"] else "1"
    month = months[" ".join(written["month" + group].lower().split())]
    year, day = int(written["year" + group]), written["day" + group]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return day_interval(year, month, int(day)) if day else month_interval(year, month)
