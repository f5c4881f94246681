"""Arithmetic of periods: five years from a date, a year earlier, since a day."""

from __future__ import annotations

import datetime as dt

from etl.dating import year_interval
from etl.extract.dates.scan import DateMention, shifted_interval
from etl.records import Interval

_YEAR = 12
"""Months of a year."""


def period_interval(
    mention: DateMention, how: str, named: Interval | None, published: Interval | None
) -> Interval | None:
    """The years that a number of years makes, from or to a year that the sentence names or else the article's; a month for some months on."""
    years, base = mention.number // 12, named or published
    if how == "later" and 0 < mention.number < _YEAR and published is not None:
        return shifted_interval(published, "month", mention.number)
    if how == "past" and mention.number % _YEAR and named is None and published is not None:  # `in the past six months`
        first, last = (shifted_interval(published, "month", -number) for number in (mention.number, 0))
        return Interval(first.first, last.last) if first and last else None
    if base is None or years < 1:
        return None
    year = base.first.year
    try:
        if how == "past":
            return year_interval(base.last.year - years, base.last.year)
        if how == "later":
            return year_interval(year + years)
        return year_interval(year, year + years - (0 if how == "next" and not named else 1))
    except ValueError:
        return None


def moved_interval(base: Interval, unit: str, number: int) -> Interval | None:
    """The date that lies `number` years, months or days from another: the same half of the year before."""
    if unit != "year":
        return shifted_interval(base, unit, number)
    try:
        return Interval(*(_move_years(day, number) for day in base))
    except ValueError:
        return None


def since_text(mention: DateMention, published: Interval, *, is_start: bool = False) -> str | None:
    """From a day, month or year to the day of the article; each end as precise as it is said.

    `is_start` says that a year is named by its beginning, hence its first month.
    """
    if mention.interval is None or mention.interval.first >= published.first:
        return None
    first = mention.interval.first
    if mention.kind in ("day", "weekday"):
        return f"{first.isoformat()}/{published.last.isoformat()}"
    if mention.kind == "month" or is_start:
        return f"{first:%Y-%m}/{published.last.isoformat()}"
    return f"{first.year:04}/{published.last.isoformat()}"


def mention_text(mention: DateMention) -> str | None:
    """The ISO wording of a span from a month to a day, which keeps both precisions; None for any other date."""
    if mention.unit != "since" or mention.interval is None:
        return None
    return f"{mention.interval.first:%Y-%m}/{mention.interval.last.isoformat()}"


def _move_years(day: dt.date, years: int) -> dt.date:
    """The same day in another year; the last of February where the 29th is missing."""
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
