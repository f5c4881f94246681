"""Publication dates as files and pages write them: ISO, numbers, and month names from the language packs.

The wordings here name a day or month of a known year. Words of time inside the article ("last week") are the
extractor's, which reads them against the date found here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import re
from dataclasses import dataclass
from typing import NamedTuple

from etl.records import Interval

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:(?=[T ]?\d\d[:h])|(?!\d))")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_WORD = r"([^\W\d_]{3,12})\.?"
_SUFFIX = r"(?:[^\W\d_]{1,3}|[.º°])?"
_FILLER = r"(?:[^\W\d_]{1,3}[\s’']+)?"
_DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SUFFIX}[\s-]+{_FILLER}{_WORD},?[\s-]+{_FILLER}(\d{{4}})(?!\d)")
_MONTH_DAY_YEAR = re.compile(rf"{_WORD}\s+(\d{{1,2}}){_SUFFIX},?\s+(\d{{4}})(?!\d)")
_MONTH_YEAR = re.compile(rf"{_WORD},?\s+{_FILLER}(\d{{4}})(?!\d)")
_PIVOT = 70
_YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What reading a date needs of a language."""

    months: dict[str, int]
    """Month names and abbreviations in lower case, without a stop -> 1 to 12."""
    day_first: bool = False
    """Whether 03/04/2024 is the third of April; False where the language does not settle it."""
    published: tuple[str, ...] = ()
    """Words before a date that say it is the article's, in lower case."""
    updated: tuple[str, ...] = ()
    """Words before the date of a later change."""


class Dated(NamedTuple):
    """A date as read: the interval it names, or what is wrong with it, or both where a doubt remains."""

    interval: Interval | None
    doubt: str | None = None
    kind: str = "bad_date"
    """The kind of issue that the doubt is."""


def parse_date(wording: str, calendar: Calendar) -> Dated:
    """The date that a metadata value names; a doubt and no interval where it names none."""
    cleaned = wording.strip()
    if compact := _COMPACT.match(cleaned):
        return _from_numbers(cleaned, *compact.groups())
    if found := match_date(cleaned, 0, calendar):
        return found[0]
    with contextlib.suppress(ValueError):  # it may be a date of e-mail and feeds
        return _whole(cleaned, Interval.parse(cleaned))
    try:
        day = email.utils.parsedate_to_datetime(cleaned).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return Dated(None, f"{cleaned[:60]!r} is not a date that exists, such as 2022-10-05 or 2022-10")
    return _whole(cleaned, Interval(day, day))


def match_date(text: str, start: int, calendar: Calendar) -> tuple[Dated, int] | None:
    """The date written at `text[start:]` with the offset where it ends; None where none begins there."""
    if match := _ISO.match(text, start):
        return _from_numbers(match[0], match[1], match[3], match[4]), match.end()
    if match := _NUMERIC.match(text, start):
        return _from_numeric(match, calendar), match.end()
    if text[start : start + 1].isdigit():
        match = _DAY_MONTH_YEAR.match(text, start)
        day, month, year = (match[1], match[2], match[3]) if match else (None, "", "")
    elif match := _MONTH_DAY_YEAR.match(text, start):
        day, month, year = match[2], match[1], match[3]
    elif match := _MONTH_YEAR.match(text, start):
        day, month, year = None, match[1], match[2]
    number = calendar.months.get(month.lower()) if match else None
    if match is None or number is None:
        return None
    return _from_numbers(match[0], year, str(number), day), match.end()


def _from_numbers(wording: str, year: str, month: str, day: str | None) -> Dated:
    iso = f"{int(year):04}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    try:
        return _whole(wording, Interval.parse(iso))
    except ValueError:
        return Dated(None, f"{wording!r} is a date that does not exist")


def _whole(wording: str, interval: Interval) -> Dated:
    if interval.first.year in _YEARS and interval.last.year in _YEARS:
        return Dated(interval)
    return Dated(None, f"{wording!r} is a date out of reach")


def _from_numeric(match: re.Match[str], calendar: Calendar) -> Dated:
    """The date of `05.06.2023` or `10/22/2024`; dots put the day first in every language, slashes do not."""
    first, mark, second, year = match.groups()
    if len(year) == 2:
        year = f"{'20' if int(year) < _PIVOT else '19'}{year}"
    day_first = _from_numbers(match[0], year, second, first)
    month_first = _from_numbers(match[0], year, first, second)
    if mark == "." or calendar.day_first or month_first.interval is None or first == second:
        return day_first if day_first.interval or mark == "." else month_first
    if day_first.interval is None:
        return month_first
    both = sorted((day_first.interval.first, month_first.interval.first))
    doubt = f"{match[0]!r} may be {both[0].isoformat()} or {both[1].isoformat()}: the interval holds both"
    return Dated(Interval(both[0], both[1]), doubt, "ambiguous_date")


def day_interval(day: dt.date) -> Interval:
    """The interval of one day."""
    return Interval(day, day)
