"""Every date-like expression of a text, with its numbers: days, months, years, decades, hours and spans of time."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from etl.dating import FIRST_YEAR, LAST_YEAR, day_interval, full_year, month_interval, read_numeric, year_interval
from etl.extract.date_words import DateLexicon, Word, date_lexicon
from etl.extract.document import Document, Hit
from etl.records import Interval


class DateMention(NamedTuple):
    """A stretch of the text that says when; `kind` is what it names.

    Kinds: `day`, `month`, `year` (also several years and seasons), `part` (half-year, quarter), `decade`, `weekday`,
    `relative` (last year), `hour`; and two spans of time: `ago` (six months ago) and `period` (over five years).
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
    """Of a relative date or span its unit; of a period also how it lies: `past`, `next`, `later`, `over`."""


class _Scan(NamedTuple):
    """What every reader needs."""

    text: str
    lexicon: DateLexicon
    reference: Interval | None
    """When the article appeared."""


_DIGITS = re.compile(r"\d+")
_BLANKS = " \u00a0\u202f\t"
_AMOUNT_SIGNS = "$€£¥₹₽₴%#№°@_\\+<>=~^&*"
_LINE_CLOCK = re.compile(r"\d{1,2}[.:][0-5]\d(?=[.:]\s|\s?(?:[-–—|]\s|\n|\Z))")
_NEXT_WORD = re.compile("[ \u00a0\u202f]([^\\W\\d_]+)")
_LONGEST = 60
"""Years between the ends of a span such as `2024-30`."""
_NEAR = 48
"""How far before a word its numbers and prepositions are looked for, in characters."""


def find_dates(document: Document) -> list[DateMention]:
    """Every date-like expression of the text in order, without overlaps, its numbers included.

    A number that only looks like a year (`2000 shells`) is none, nor is a bare weekday's namesake.
    """
    lexicon = date_lexicon(document.pack)
    scan = _Scan(document.text, lexicon, document.published)
    mentions: list[DateMention] = []
    for hit in lexicon.matcher.find(document.folded):
        mention = _READERS[hit.value.kind](scan, hit)
        if mention:
            mentions.append(mention)
    mentions = _add_digits(scan, mentions)
    return _join(scan, mentions)


# --- words ------------------------------------------------------------------------------------------------------


def _read_month(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    text, lexicon = scan.text, scan.lexicon
    if lexicon.words.capital_months and not text[hit.start].isupper():
        return None
    month, start, end = hit.value.number, hit.start, hit.end
    start, days = _days_before(scan, start)
    if not days and lexicon.words.month_first:
        end, days = _days_after(scan, hit)
    year, end = _year_after(scan, end)
    shift, start, end = (None, start, end) if days or year else _shift(scan, start, end)
    if not (days or year or shift is not None) and hit.value.is_doubtful and not _has_lead(scan, hit):
        return None
    if not days and end == hit.end and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return None  # a compound such as a double name
    if year is None:
        year = _guess_year(scan.reference, month, days[0] if days else None, shift)
    interval = None
    if year is not None:
        interval = day_interval(year, month, days[0], days[-1]) if days else month_interval(year, month)
        interval = interval or month_interval(year, month)
    return DateMention(start, end, interval, "day" if days else "month", end > hit.end and year is not None and _says_year(text, hit.end, end), month)


def _says_year(text: str, start: int, end: int) -> bool:
    digits = _DIGITS.findall(text, start, end)
    return bool(digits) and (len(digits[-1]) == 4 or "'" in text[start:end] or "’" in text[start:end])


def _has_lead(scan: _Scan, hit: Hit[Word]) -> bool:
    """Whether a preposition stands before a month or weekday that is another word too, written as a name."""
    text, lexicon, low = scan.text, scan.lexicon, max(0, hit.start - _NEAR)
    return text[hit.start].isupper() and any(
        lead.search(text, low, hit.start) for lead in (lexicon.month_lead, lexicon.year_lead, lexicon.range_lead)
    )


def _days_before(scan: _Scan, start: int) -> tuple[int, list[int]]:
    """Where the days before a month begin, and the days: `27 to 29 September`, `1er mars`."""
    low = max(0, start - 12)
    if not _DIGITS.search(scan.text, low, start):
        return start, []
    match = scan.lexicon.days_before.search(scan.text, max(0, start - _NEAR), start)
    if not match:
        return start, []
    runs = list(_DIGITS.finditer(scan.text, match.start(), start))
    days = [int(run.group()) for run in runs]
    while days and not all(1 <= day <= 31 for day in days):
        days, runs = days[1:], runs[1:]
    if not days:
        return start, []
    if len(days) > 1 and days[0] >= days[-1]:  # no span: only the last is a day
        days, runs = days[-1:], runs[-1:]
    return runs[0].start(), days


def _days_after(scan: _Scan, hit: Hit[Word]) -> tuple[int, list[int]]:
    """Where the days after a month end, and the days: `September 27 to 29`."""
    text, lexicon = scan.text, scan.lexicon
    match = lexicon.day_after.match(text, hit.end)
    if not match or not 1 <= int(match[1]) <= 31 or lexicon.amount.match(text, match.end()):
        return hit.end, []
    if lexicon.month_lead.search(text, max(0, hit.start - _NEAR), hit.start) and not lexicon.year_after.match(text, match.end()):
        return hit.end, []
    more = lexicon.more_days.match(text, match.end())
    if more and int(match[1]) < int(more[2]) <= 31 and not lexicon.amount.match(text, more.end()):
        between = lexicon.range_lead.search(text, max(0, hit.start - _NEAR), hit.start)
        if more["range"] or between or _ends_or_follows(scan, more.end()):
            return more.end(), [int(match[1]), int(more[2])]
    return match.end(), [int(match[1])]


def _year_after(scan: _Scan, end: int) -> tuple[int | None, int]:
    """The year that follows a day, month, season or part of a year, and where it ends."""
    text, lexicon = scan.text, scan.lexicon
    match = lexicon.year_after.match(text, end)
    if match:
        year = int(match[1])
        if not FIRST_YEAR <= year <= LAST_YEAR or lexicon.amount.match(text, match.end()):
            return None, end
        if year % 100 == 0 and not _ends_or_follows(scan, match.end()):
            return None, end
        return year, match.end()
    match = lexicon.short_year_after.match(text, end)
    return (full_year(match[1]), match.end()) if match else (None, end)


def _ends_or_follows(scan: _Scan, end: int) -> bool:
    """Whether punctuation or a function word follows, so that a number before it counts nothing."""
    match = _NEXT_WORD.match(scan.text, end)
    return not match or match[1].lower() in scan.lexicon.followers


def _shift(scan: _Scan, start: int, end: int) -> tuple[int | None, int, int]:
    """How a word beside a month or weekday moves it (`last May`: -1), with the span widened by the word."""
    lexicon = scan.lexicon
    folded = scan.text[max(0, start - 12) : start].lower().rstrip(_BLANKS)
    for word, number in lexicon.shifts_before.items():
        if folded.endswith(word) and not folded[: -len(word)][-1:].isalpha():
            return number, scan.text.lower().rfind(word, 0, start), end
    following = _NEXT_WORD.match(scan.text, end)
    if following and following[1].lower() in lexicon.shifts_after:
        return lexicon.shifts_after[following[1].lower()], start, following.end()
    return None, start, end


def _guess_year(reference: Interval | None, month: int, day: int | None, shift: int | None) -> int | None:
    """The year of a month that the text gives without one: the next if it is near, else the last."""
    if reference is None:
        return None
    first = reference.first
    ahead = (month - first.month) % 12
    if shift == 1:
        return first.year + (1 if month <= first.month else 0)
    if shift == -1:
        return first.year - (1 if month >= first.month and not (day is None and month == first.month) else 0)
    if ahead == 0:
        return first.year
    if ahead <= _MONTHS_AHEAD:
        return first.year + (1 if month < first.month else 0)
    return first.year - (1 if month > first.month else 0)


_MONTHS_AHEAD = 3
"""A month without its year lies ahead if it is nearer than this, behind otherwise."""


def _read_weekday(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    text = scan.text
    if scan.lexicon.words.capital_months and not text[hit.start].isupper():
        return None
    if hit.value.is_doubtful and not _has_lead(scan, hit):
        return None
    shift, start, end = _shift(scan, hit.start, hit.end)
    interval = None
    if scan.reference and scan.reference.first == scan.reference.last:
        day = scan.reference.first
        back = (day.isoweekday() - hit.value.number) % 7
        moved = day - dt.timedelta(days=back) if shift != 1 else day + dt.timedelta(days=(7 - back))
        if shift == -1 and back == 0:
            moved -= dt.timedelta(days=7)
        interval = Interval(moved, moved)
    return DateMention(start, end, interval, "weekday")


def _read_part(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    """A half-year or quarter, with its year where the text gives it."""
    months = 6 if hit.value.kind == "half" else 3
    first = (hit.value.number - 1) * months + 1
    year, end = _year_after(scan, hit.end)
    if year is None and hit.value.is_doubtful:
        return DateMention(hit.start, hit.end, None, "part", False, hit.value.number, hit.value.kind)
    is_dated = year is not None
    if year is None and scan.reference:
        year = scan.reference.first.year - (first > scan.reference.first.month + _MONTHS_AHEAD)
    interval = month_interval(year, first, first + months - 1) if year is not None else None
    return DateMention(hit.start, end, interval, "part", is_dated, hit.value.number, hit.value.kind)


def _read_season(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    year, end = _year_after(scan, hit.end)
    shift, start, end = (None, hit.start, end) if year else _shift(scan, hit.start, end)
    if year is None and shift is None and hit.value.is_doubtful:
        return None
    is_dated = year is not None
    if year is None and scan.reference:
        year = scan.reference.first.year + (shift or 0)
    return DateMention(start, end, year_interval(year) if year is not None else None, "year", is_dated)


def _read_relative(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    interval = shifted_interval(scan.reference, hit.value.unit, hit.value.number)
    return DateMention(hit.start, hit.end, interval, "relative", False, hit.value.number, hit.value.unit)


def shifted_interval(reference: Interval | None, unit: str, number: int) -> Interval | None:
    """The day, week, month or year that lies `number` units from the date of the article."""
    if reference is None:
        return None
    day = reference.first
    try:
        if unit == "year":
            return year_interval(day.year + number)
        if unit == "decade":
            return year_interval(day.year + 10 * number)
        if unit == "month":
            months = day.year * 12 + day.month - 1 + number
            return month_interval(months // 12, months % 12 + 1)
        if reference.first != reference.last:
            return None
        if unit == "week":
            monday = day - dt.timedelta(days=day.weekday() - 7 * number)
            return Interval(monday, monday + dt.timedelta(days=6))
        day += dt.timedelta(days=number)
    except (ValueError, OverflowError):
        return None
    return Interval(day, day)


_MONTHS = {"decade": 120, "year": 12, "month": 1}


def _read_span(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    """`six months ago`, `over the next five years`; nothing where the span of time is no date or period."""
    text, lexicon = scan.text, scan.lexicon
    match = lexicon.count_before.search(text, max(0, hit.start - 32), hit.start)
    if not match:
        return None
    count = int(match["count"]) if match["count"].isdigit() else lexicon.counts[" ".join(match["count"].lower().split())]
    unit = hit.value.unit
    lead = lexicon.span_lead.search(text, max(0, match.start() - _NEAR), match.start())
    start = lead.start() if lead else match.start()
    after = lexicon.ago_after.match(text, hit.end)
    if after or (lead and lead["ago"]):
        interval = _long_ago(scan.reference, unit, count)
        return DateMention(start, after.end() if after else hit.end, interval, "ago", False, count, unit)
    if not lead:
        return None
    how = lead.lastgroup or ""
    if match["shift"]:
        how = "past" if lexicon.shifts_before[match["shift"].lower()] < 0 else "next"
    return DateMention(start, hit.end, None, "period", False, count * _MONTHS.get(unit, 0), how)


def _long_ago(reference: Interval | None, unit: str, count: int) -> Interval | None:
    """The time `count` units before the article, as precise as such a wording is: weeks give a month."""
    if reference and unit == "week" and reference.first == reference.last:
        day = reference.first - dt.timedelta(weeks=min(count, 5000))
        return month_interval(day.year, day.month)
    return shifted_interval(reference, unit, -count)


def _read_decade(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    match = scan.lexicon.decade_after.match(scan.text, hit.end)
    if not match:
        return _read_span(scan, hit) if hit.value.unit else None
    year = full_year(match[1])
    return DateMention(hit.start, match.end(), year_interval(year, year + 9), "decade", True)


def _read_event(scan: _Scan, hit: Hit[Word]) -> DateMention | None:
    if scan.text[hit.start : hit.end].lower() != hit.value.surface:
        return None
    return DateMention(hit.start, hit.end, Interval.parse(hit.value.unit), "day", True)


_READERS = {
    "month": _read_month,
    "weekday": _read_weekday,
    "half": _read_part,
    "quarter": _read_part,
    "season": _read_season,
    "relative": _read_relative,
    "span": _read_span,
    "decade": _read_decade,
    "event": _read_event,
}


# --- digits -----------------------------------------------------------------------------------------------------


def _add_digits(scan: _Scan, words: list[DateMention]) -> list[DateMention]:
    """The mentions found by words and those that digits alone make, in order."""
    found: list[DateMention] = []
    done, index = 0, 0
    for run in scan.lexicon.candidate.finditer(scan.text):
        start, end = run.span()
        length = end - start
        while index < len(words) and words[index].start <= start:
            _append(found, words[index])
            done = max(done, words[index].end)
            index += 1
        if start < done:
            continue
        mention = _read_year(scan, start, end) if length == 4 else _read_short(scan, start, end)
        if mention:
            _append(found, mention)
            done = mention.end
    for mention in words[index:]:
        _append(found, mention)
    return found


def _append(found: list[DateMention], mention: DateMention) -> None:
    """Add a mention; of two that overlap the one with more text stays."""
    if found and found[-1].end > mention.start:
        if found[-1].end - found[-1].start >= mention.end - mention.start:
            return
        found.pop()
    found.append(mention)


def _read_year(scan: _Scan, start: int, end: int) -> DateMention | None:
    """Four digits that are a year, with a month and day in digits, a second year or a decade's ending."""
    text, lexicon = scan.text, scan.lexicon
    year = int(text[start:end])
    if not 1500 <= year <= LAST_YEAR or not _may_begin(scan, start):
        return None
    following = text[end : end + 1]
    if following and following in "-/.–":
        mention = _read_year_and_more(scan, start, end, year)
        if mention:
            return mention
        if text[end + 1 : end + 2].isdigit():
            return None
    elif following.isalpha() or following in ("'", "’"):
        match = lexicon.decade.match(text, end)
        if match and year % 10 == 0:
            return DateMention(start, match.end(), year_interval(year, year + 9), "decade", True)
        if following.isalpha():
            return None
    elif following == "," and text[end + 1 : end + 2].isdigit():
        return None
    if following and following in _AMOUNT_SIGNS or lexicon.amount.match(text, end):
        return None
    return _read_bare_year(scan, start, end, year)


def _may_begin(scan: _Scan, start: int) -> bool:
    """Whether what stands before four digits lets them be a year: no sign of money, no letter, no other digits."""
    text = scan.text
    before = text[start - 1 : start]
    if not before or before == "\n":
        return True
    if before.isalnum():
        return bool(scan.lexicon.fiscal_before.search(text, max(0, start - _NEAR), start))
    if before in ".,:" and text[start - 2 : start - 1].isdigit():
        return False
    if before in "-–/" and text[start - 2 : start - 1].isalnum():
        return bool(scan.lexicon.year_lead.search(text, max(0, start - _NEAR), start))
    if before in _BLANKS and text[start - 2 : start - 1] in tuple("$€£¥₹₽₴№#"):
        return False
    return before not in _AMOUNT_SIGNS


def _read_year_and_more(scan: _Scan, start: int, end: int, year: int) -> DateMention | None:
    found = read_numeric(scan.text, start, day_first=scan.lexicon.words.day_first)
    if found:
        return DateMention(start, found[0], found[1], "day" if found[1].first == found[1].last else "month", True)
    match = scan.lexicon.last_year.match(scan.text, end)
    if not match or scan.text[end] == ".":
        return None
    last = int(match[1]) if len(match[1]) == 4 else year - year % 100 + int(match[1])
    if last < year:
        last += 100 if len(match[1]) == 2 else 0
    if not year < last <= year + _LONGEST:
        return None
    return DateMention(start, match.end(), year_interval(year, last), "year", True)


def _read_bare_year(scan: _Scan, start: int, end: int, year: int) -> DateMention | None:
    """A year that stands alone. The rounder the number, the more the words around it must speak for a year."""
    text, lexicon = scan.text, scan.lexicon
    fiscal = lexicon.fiscal_before.search(text, max(0, start - _NEAR), start)
    if year < FIRST_YEAR or year % 50 == 0:
        is_led = bool(fiscal or lexicon.year_lead.search(text, max(0, start - _NEAR), start))
        follows = _ends_or_follows(scan, end)
        if not (is_led and follows) and (year % 100 == 0 or year < FIRST_YEAR or not (is_led or follows)):
            return None
    if text[end : end + 1] in tuple(_BLANKS) and text[end + 1 : end + 4].isdigit() and not text[end + 4 : end + 5].isdigit():
        return None
    return DateMention(fiscal.start() if fiscal else start, end, year_interval(year), "year", True)


def _read_short(scan: _Scan, start: int, end: int) -> DateMention | None:
    """One or two digits that begin a date in digits or an hour, or end a decade or accounting year."""
    text, lexicon = scan.text, scan.lexicon
    before, following = text[start - 1 : start], text[end : end + 1]
    if before.isalpha() or before in ("'", "’"):
        return _read_short_year(scan, start, end)
    if before and (before in "$€£¥₹#+/" or (before in ".,-–:" and text[start - 2 : start - 1].isalnum())):
        return None
    if following and following in "./-":
        found = read_numeric(text, start, day_first=lexicon.words.day_first)
        if found:
            return DateMention(start, found[0], found[1], "day", True)
    if int(text[start:end]) <= 24:
        clock = _read_hour(scan, start, end)
        if clock:
            return clock
    return _read_short_year(scan, start, end) if end - start == 2 else None


def _read_hour(scan: _Scan, start: int, end: int) -> DateMention | None:
    text, lexicon = scan.text, scan.lexicon
    clock = lexicon.clock.match(text, end)
    if clock and (not clock["word"] or lexicon.hour_lead.search(text, max(0, start - _NEAR), start)):
        return DateMention(start, clock.end(), None, "hour")
    if start == 0 or text[start - 1] == "\n":
        line = _LINE_CLOCK.match(text, start)
        if line:
            return DateMention(start, line.end(), None, "hour")
    return None


def _read_short_year(scan: _Scan, start: int, end: int) -> DateMention | None:
    """`FY24`, `the '90s`, `années 90`."""
    text, lexicon = scan.text, scan.lexicon
    if end - start != 2:
        return None
    year = full_year(text[start:end])
    if text[start - 1 : start].isalpha():
        fiscal = lexicon.fiscal_before.search(text, max(0, start - _NEAR), start)
        return _read_fiscal(scan, fiscal.start(), end, year) if fiscal else None
    after = lexicon.decade.match(text, end)
    if not after or year % 10:
        return None
    if text[start - 1 : start] not in ("'", "’") and not lexicon.decade_lead.search(text, max(0, start - 12), start):
        return None
    return DateMention(start, after.end(), year_interval(year, year + 9), "decade", True)


def _read_fiscal(scan: _Scan, start: int, end: int, year: int) -> DateMention:
    """An accounting year of two digits, with the second year of `FY24-25`."""
    more = scan.lexicon.last_year.match(scan.text, end)
    last = full_year(more[1]) if more and len(more[1]) == 2 else year
    if more and year < last <= year + _LONGEST:
        return DateMention(start, more.end(), year_interval(year, last), "year", True)
    return DateMention(start, end, year_interval(year), "year", True)


# --- neighbours -------------------------------------------------------------------------------------------------


def _join(scan: _Scan, mentions: list[DateMention]) -> list[DateMention]:
    """Mentions that stand side by side as one span of time: `in July and August`, `from 2024 to 2030`, `H1 of last year`."""
    joined: list[DateMention] = []
    for mention in mentions:
        if joined and mention.start - joined[-1].end <= 16:
            both = _join_two(scan, joined[-1], mention)
            if both:
                joined[-1] = both
                continue
        joined.append(mention)
    return [m for m in joined if m.kind != "part" or m.interval or not scan.reference]


def _join_two(scan: _Scan, one: DateMention, two: DateMention) -> DateMention | None:
    text, lexicon = scan.text, scan.lexicon
    gap = lexicon.gap.fullmatch(text, one.end, two.start)
    if gap and one.kind in ("month", "day", "part") and not one.is_dated and two.unit == "year" and two.kind == "relative":
        return _with_year(one, two)
    joint = lexicon.join.fullmatch(text, one.end, two.start)
    if one.kind != two.kind or one.kind not in ("day", "month", "year", "part") or not joint:
        return None
    if not joint["range"] and not _are_next(one, two):
        return None
    first, last = one.interval, two.interval
    if first and last and two.is_dated and not one.is_dated:
        first = _in_year(one, last.first.year)
        if first and first.first > last.first:
            first = _in_year(one, last.first.year - 1)
    if first and last and first.first > last.last:
        return None
    interval = Interval(first.first, last.last) if first and last else None
    return DateMention(one.start, two.end, interval, one.kind, two.is_dated, one.number)


def _are_next(one: DateMention, two: DateMention) -> bool:
    """Whether two dates joined by a mere `and` follow one another: `in July and August`, `2023 and 2024`."""
    if one.kind == "month":
        return two.number - one.number in (1, 2, -11)
    if one.kind == "year" and one.interval and two.interval:
        return two.interval.first.year - one.interval.last.year == 1
    return False


def _with_year(part: DateMention, year: DateMention) -> DateMention:
    interval = _in_year(part, year.interval.first.year) if year.interval else None
    return part._replace(end=year.end, interval=interval, is_dated=True)


def _in_year(mention: DateMention, year: int) -> Interval | None:
    """The same months or days in another year."""
    if mention.kind == "part":
        months = 6 if mention.unit == "half" else 3
        return month_interval(year, (mention.number - 1) * months + 1, mention.number * months)
    if mention.interval is None:
        return None
    first, last = mention.interval
    try:
        return Interval(first.replace(year=year), last.replace(year=year + last.year - first.year))
    except ValueError:
        return None
