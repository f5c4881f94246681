"""Arithmetic of periods: five years from a date, a year earlier, since a day."""

from __future__ import annotations

import datetime as dt

from etl.dating import year_interval
from etl.extract.date_scan import DateMention, shifted_interval
from etl.records import Interval


def period_interval(mention: DateMention, named: Interval | None, published: Interval | None) -> Interval | None:
    """The years that a number of years makes, from a year that the sentence names or else from the article's."""
    years, base = mention.number // 12, named or published
    if base is None or years < 1:
        return None
    year = base.first.year
    try:
        if mention.unit == "past":
            return year_interval(base.last.year - years, base.last.year)
        if mention.unit == "later":
            return year_interval(year + years)
        return year_interval(year, year + years - (0 if mention.unit == "next" and not named else 1))
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


def since_interval(mention: DateMention, published: Interval) -> Interval | None:
    """From a day to the day of the article; from a month or year to the article's year."""
    if mention.interval is None:
        return None
    first = mention.interval.first
    if mention.kind in ("day", "weekday"):
        return Interval(first, published.last)
    if mention.kind == "month":
        return Interval(first, shifted_interval(published, "month", 0).last)  # type: ignore[union-attr]
    return Interval(first, dt.date(published.last.year, 12, 31))


def _move_years(day: dt.date, years: int) -> dt.date:
    """The same day in another year; the last of February where the 29th is missing."""
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
