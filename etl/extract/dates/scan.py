"""What the readers of dates share: the mention that they make, the text that they look at, looks to left and right."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from etl.dating import FIRST_YEAR, LAST_YEAR, full_year, month_interval, year_interval
from etl.extract.dates.words import YEARS_BESIDE, DateLexicon, Phrases, date_lexicon
from etl.extract.document import Document
from etl.records import Interval

FISCAL = "fiscal"
"""The unit of a fiscal year that is named by where it lies: `the current fiscal year`."""
_APRIL, _JULY = 4, 7
"""In which months fiscal years begin that are not those of the calendar."""


class DateMention(NamedTuple):
    """A stretch of the text that says when; `kind` is what it names.

    Kinds: `day`, `month`, `year` (also several years and seasons), `part` (half-year, quarter), `decade`, `weekday`,
    `relative` (last year), `anaphoric` (the year before), `hour`; and two spans of time: `ago` (six months ago) and `period` (over five years).
    """

    start: int
    end: int
    interval: Interval | None
    """None where neither the text nor the date of the article tells it, and for hours."""
    kind: str
    is_dated: bool = False
    """Whether the text itself gives the year."""
    number: int = 0
    """Of a month or part its number in the year, of a period its length in months."""
    unit: str = ""
    """Of a relative date or span its unit; of a period how it lies: `past`, `next`, `later`, `over`; `since` of a span
    from a month to a day."""
    is_compared: bool = False
    """Whether it only says what a figure is compared with: `more than in 2022`."""


class Scan(NamedTuple):
    """The text that the readers look at."""

    text: str
    folded: str
    """The folded text: `folded[i + 1]` is `text[i]`."""
    lexicon: DateLexicon
    reference: Interval | None
    """When the article appeared."""


def scan_document(document: Document) -> Scan:
    """The whole of a document, counted from its own date."""
    return Scan(document.text, document.folded, date_lexicon(document.pack), document.published)


BLANKS = " \u00a0\u202f\t"
NEXT_WORD = re.compile("[ \u00a0\u202f]([^\\W\\d_]+)")


def words_before(scan: Scan, start: int, count: int) -> list[str]:
    """Up to `count` folded words that stand before `start`, the last of them last."""
    low = start + 1 - 16 * count
    words = scan.folded[max(low, 0) : start + 1].split()
    if low > 0 and not scan.folded[low - 1].isspace():
        words = words[1:]
    return words[-count:]


def ends_with(words: list[str], phrases: Phrases) -> int:
    """How many of the last words make the longest of `phrases`; 0 where none does."""
    known = phrases.get(words[-1]) if words else None
    if known is None:
        return 0
    for count in range(len(words), 1, -1):
        if " ".join(words[-count:]) in known:
            return count
    return 1 if words[-1] in known else 0


def holds(words: list[str], phrases: Phrases) -> bool:
    """Whether one of `phrases` stands anywhere among the words."""
    for index, word in enumerate(words):
        if word in phrases and ends_with(words[max(0, index - 5) : index + 1], phrases):
            return True
    return False


def start_of(scan: Scan, start: int, count: int) -> int:
    """Where the last `count` folded words before `start` begin."""
    position = start + 1
    for _ in range(count):
        while scan.folded[position - 1] == " ":
            position -= 1
        position = scan.folded.rfind(" ", 0, position) + 1
    return position - 1


def ends_or_follows(scan: Scan, end: int) -> bool:
    """Whether punctuation or a function word follows, so that a number before it counts nothing."""
    match = NEXT_WORD.match(scan.text, end)
    return not match or match[1].lower() in scan.lexicon.followers


def year_after(scan: Scan, end: int) -> tuple[int | None, int]:
    """The year that follows a day, month, season or part of a year, and where it ends."""
    text, lexicon = scan.text, scan.lexicon
    match = lexicon.year_after.match(text, end)
    if match:
        year = int(match[1])
        if not FIRST_YEAR <= year <= LAST_YEAR or lexicon.amount.match(text, match.end()):
            return None, end
        if year % 100 == 0 and not ends_or_follows(scan, match.end()):
            return None, end
        return year, match.end()
    match = lexicon.short_year_after.match(text, end)
    if match:
        return full_year(match[1]), match.end()
    match = lexicon.year_beside.match(text, end) if scan.reference else None
    if match and scan.reference:
        return scan.reference.first.year + YEARS_BESIDE[match.lastgroup or ""], match.end()
    return None, end


def shift_beside(scan: Scan, start: int, end: int) -> tuple[int | None, int, int]:
    """How a word beside a month, weekday or season moves it (`last May`: -1), with the span widened by the word."""
    lexicon = scan.lexicon
    before = words_before(scan, start, 1)
    if before and before[0] in lexicon.shifts_before:
        return lexicon.shifts_before[before[0]], start_of(scan, start, 1), end
    if lexicon.shifts_after:
        following = NEXT_WORD.match(scan.text, end)
        if following and following[1].lower() in lexicon.shifts_after:
            return lexicon.shifts_after[following[1].lower()], start, following.end()
    return None, start, end


def _fiscal_years(day: dt.date, number: int) -> Interval:
    """The two years of a fiscal year that begins in April or July; the next one is that which begins next."""
    first = day.year + number - (day.month < _APRIL)
    if number > 0 and _APRIL <= day.month < _JULY:
        first -= 1
    return year_interval(first, first + 1)


def shifted_interval(reference: Interval | None, unit: str, number: int) -> Interval | None:
    """The day, week, month, year or decade that lies `number` units from the date of the article."""
    if reference is None:
        return None
    day = reference.first
    try:
        if unit == "close":  # the end of the decade, which its last year opens
            return year_interval((day.year + 9) // 10 * 10 + 10 * number)
        if unit == FISCAL:
            return _fiscal_years(day, number)
        if unit in ("year", "decade"):
            return year_interval(day.year + number * (10 if unit == "decade" else 1))
        if unit == "month":
            months = day.year * 12 + day.month - 1 + number
            return month_interval(months // 12, months % 12 + 1)
        if reference.first != reference.last or unit not in ("week", "day"):
            return None
        if unit == "week":
            monday = day - dt.timedelta(days=day.weekday() - 7 * number)
            return Interval(monday, monday + dt.timedelta(days=6))
        day += dt.timedelta(days=number)
    except (ValueError, OverflowError):
        return None
    return Interval(day, day)
