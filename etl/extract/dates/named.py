"""Dates that a word of time begins: months with their days and years, weekdays, parts of a year, spans of time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from etl.dating import day_interval, full_year, month_interval, year_interval
from etl.extract.dates.scan import (
    FISCAL,
    NEXT_WORD,
    DateMention,
    Scan,
    ends_or_follows,
    ends_with,
    shift_beside,
    shifted_interval,
    start_of,
    words_before,
    year_after,
)
from etl.extract.dates.words import Word
from etl.extract.document import Hit
from etl.records import Interval

_DIGITS = re.compile("[0-9]+")
_END_WORDS = 7
_MOST_YEARS = 40
_YEAR = 12
"""Months of one."""
_NEAR = 48
"""How far before a month its days are looked for, in characters."""
_CLAUSE = 110
"""How far from a weekday its verb is looked for, in characters."""
_OPENING = 3
"""So many words before a weekday leave it the opening of its clause."""
_MONTHS_AHEAD = 3
"""A month without its year lies ahead if it is no farther than this, behind otherwise."""
_SPAN_MONTHS = {"decade": 120, "year": 12, "month": 1}


def read_named(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    """The date or span of time at a word of time; None where the word means something else there."""
    return _READERS[hit.value.kind](scan, hit)


def _read_month(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    text, lexicon, word = scan.text, scan.lexicon, hit.value
    if lexicon.words.capital_months and not text[hit.start].isupper():
        return None
    end = hit.end
    start, days = _days_before(scan, hit.start)
    if not days and lexicon.words.month_first:
        end, days = _days_after(scan, hit)
    year, end = year_after(scan, end)
    shift = None
    if not days and year is None:
        shift, start, end = shift_beside(scan, start, end)
        if shift is None and not _stands_alone(scan, hit):
            return None
    is_dated = year is not None
    if year is None:
        year = _guess_year(scan.reference, word.number, shift)
    lead = words_before(scan, start, _END_WORDS)
    closing = ends_with(lead, scan.lexicon.closing_phrases) if lead and lead[-1] in scan.lexicon.closing_phrases else 0
    if closing and shift is None:  # `the year to 31 March`
        interval = _last_months(year, word.number, scan.lexicon.closings[" ".join(lead[-closing:])])
        return DateMention(start_of(scan, start, closing), end, interval, "month", is_dated, word.number)
    return DateMention(
        start, end, _month_days(year, word.number, days), "day" if days else "month", is_dated, word.number
    )


def _last_months(year: int | None, month: int, count: int) -> Interval | None:
    """So many months, of which a month is the last."""
    if year is None:
        return None
    before, index = divmod(month - count, _YEAR)
    first, last = month_interval(year + before, index + 1), month_interval(year, month)
    return Interval(first.first, last.last) if first and last else None


def _stands_alone(scan: Scan, hit: Hit[Word]) -> bool:
    """Whether a month without day and year is one: no part of a compound, and led in if it is another word too."""
    text = scan.text
    if text[hit.end : hit.end + 1] == "-" and text[hit.end + 1 : hit.end + 2].isalpha():
        return False
    return not hit.value.is_doubtful or _has_lead(scan, hit)


def _month_days(year: int | None, month: int, days: list[int]) -> Interval | None:
    if year is None:
        return None
    return (day_interval(year, month, days[0], days[-1]) if days else None) or month_interval(year, month)


def _has_lead(scan: Scan, hit: Hit[Word]) -> bool:
    """Whether a preposition stands before a month or weekday that is another word too, written as a name."""
    if not scan.text[hit.start].isupper():
        return False
    words, lexicon = words_before(scan, hit.start, 3), scan.lexicon
    return any(ends_with(words, leads) for leads in (lexicon.month_leads, lexicon.year_leads, lexicon.range_leads))


def _days_before(scan: Scan, start: int) -> tuple[int, list[int]]:
    """Where the days before a month begin, and the days: `27 to 29 September`, `1er mars`."""
    text = scan.text
    if not _DIGITS.search(text, max(0, start - 8), start):
        return start, []
    match = scan.lexicon.days_before.search(text, max(0, start - _NEAR), start)
    if not match:
        return start, []
    runs = list(_DIGITS.finditer(text, match.start(), start))
    days = [int(run.group()) for run in runs]
    first = next((i for i in range(len(days)) if all(1 <= day <= 31 for day in days[i:])), None)
    if first is None:
        return start, []
    if days[first] >= days[-1]:  # no span: only the last is a day
        first = len(days) - 1
    return runs[first].start(), days[first:]


def _days_after(scan: Scan, hit: Hit[Word]) -> tuple[int, list[int]]:
    """Where the days after a month end, and the days: `September 27 to 29`."""
    text, lexicon = scan.text, scan.lexicon
    match = lexicon.day_after.match(text, hit.end)
    if not match or not 1 <= int(match[1]) <= 31 or lexicon.amount.match(text, match.end()):
        return hit.end, []
    before = words_before(scan, hit.start, 2)
    is_month = ends_with(before, lexicon.month_leads) and not ends_or_follows(scan, match.end())
    if is_month and not lexicon.year_after.match(text, match.end()):
        return hit.end, []  # `in April 24 tanks arrived`
    more = lexicon.more_days.match(text, match.end())
    if more and int(match[1]) < int(more[2]) <= 31 and not lexicon.amount.match(text, more.end()):
        is_span = more["range"] or ends_with(before, lexicon.range_leads) or ends_or_follows(scan, more.end())
        if is_span:
            return more.end(), [int(match[1]), int(more[2])]
    return match.end(), [int(match[1])]


def _guess_year(reference: Interval | None, month: int, shift: int | None) -> int | None:
    """The year of a month that the text gives without one: the next such month if it is near, else the last."""
    if reference is None:
        return None
    year, now = reference.first.year, reference.first.month
    if shift == 1:
        return year + (month <= now)
    if shift == -1:
        return year - (month >= now)
    if (month - now) % 12 <= _MONTHS_AHEAD:
        return year + (month < now)
    return year - (month > now)


def _read_weekday(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    if scan.lexicon.words.capital_months and not scan.text[hit.start].isupper():
        return None
    if hit.value.is_doubtful and not _has_lead(scan, hit):
        return None
    shift, start, end = shift_beside(scan, hit.start, hit.end)
    interval = None
    if scan.reference and scan.reference.first == scan.reference.last:
        day = scan.reference.first
        back = (day.isoweekday() - hit.value.number) % 7
        if shift == 1:
            back -= 7
        elif shift == -1 and back == 0:
            back = 7
        elif shift is None and back and _is_ahead(scan, start, end):
            back -= 7
        day -= dt.timedelta(days=back)
        interval = Interval(day, day)
    return DateMention(start, end, interval, "weekday")


def _is_ahead(scan: Scan, start: int, end: int) -> bool:
    """Whether a verb in the future governs a weekday: `will sign it on Friday`, `On Friday it will sign`, not `said on Friday that it will`."""
    text = scan.text
    begin = max(text.rfind(mark, max(0, start - _CLAUSE), start) for mark in ".;:\n") + 1
    before = scan.folded[begin + 1 : start + 1].split()
    found = _first_future(scan, before[::-1])
    if found is not None or len(before) > _OPENING:
        return bool(found)
    stops = [place for place in (text.find(mark, end, end + _CLAUSE) for mark in ".;:\n") if place >= 0]
    return bool(_first_future(scan, scan.folded[end + 1 : min(stops, default=end + _CLAUSE) + 1].split()))


def _first_future(scan: Scan, words: Sequence[str]) -> bool | None:
    """Whether the first verb of the words is in the future; None without a verb that tells."""
    lexicon = scan.lexicon
    for word in words:
        if word in lexicon.future_words or (lexicon.future_endings and word.endswith(lexicon.future_endings)):
            return True
        if word in lexicon.sayings or lexicon.tenses.get(word) or word in lexicon.auxiliaries or word.endswith(lexicon.past_endings):
            return False
    return None


def _read_part(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    """A half-year or quarter, with its year where the text gives it."""
    if hit.end - hit.start == 2 and scan.text[hit.start : hit.end].islower():  # `2h` are hours
        return None
    word = hit.value
    months = 6 if word.kind == "half" else 3
    first = (word.number - 1) * months + 1
    year, end = year_after(scan, hit.end)
    is_dated = year is not None
    if year is None and scan.reference and (not word.is_doubtful or _is_led_in(scan, hit)) and not _is_of_other(scan, end):
        year = scan.reference.first.year - (first > scan.reference.first.month + _MONTHS_AHEAD)
    interval = month_interval(year, first, first + months - 1) if year is not None else None
    return DateMention(hit.start, end, interval, "part", is_dated, word.number, word.kind)


def _is_of_other(scan: Scan, end: int) -> bool:
    """Whether a part of a year is one of what follows, which is no year: `the first six months of the war`."""
    following = NEXT_WORD.match(scan.text, end)
    if not following or following[1].lower() not in scan.lexicon.articles or scan.lexicon.year_named.match(scan.text, end):
        return False
    words = scan.folded[following.end() + 1 : following.end() + _NEAR].split()[:3]
    return any(word in scan.lexicon.campaigns for word in words)


def _read_opening(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    """`the first nine months`, of a year that stands behind, or of the article's as far as they are over."""
    months = hit.value.number
    year, end = year_after(scan, hit.end)
    is_dated = year is not None
    if year is None:
        named = scan.lexicon.year_named.match(scan.text, hit.end)
        following = NEXT_WORD.match(scan.text, hit.end)
        if not scan.reference or (not named and following and following[1].lower() in scan.lexicon.articles):
            return None  # `the first nine months of the war`
        year, end = scan.reference.first.year - (not named and months > scan.reference.last.month), named.end() if named else end
    return DateMention(hit.start, end, month_interval(year, 1, months), "part", is_dated, 1, "opening")


def _read_period(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    """`over the next decade`."""
    if scan.lexicon.ago_after.match(scan.text, hit.end):
        return None  # `over a decade ago`
    return DateMention(hit.start, hit.end, None, "period", False, hit.value.number, hit.value.unit)


def _is_led_in(scan: Scan, hit: Hit[Word]) -> bool:
    """Whether a part of a year that may be one of something else is led in as a time: `in the first half`, but no `of` after it."""
    following = NEXT_WORD.match(scan.text, hit.end)
    if following and following[1].lower() in scan.lexicon.articles:
        return False
    words = words_before(scan, hit.start, 2)
    if len(words) < len(("in", "the")) or words[1] not in scan.lexicon.articles:
        return False
    return bool(ends_with(words[:1], scan.lexicon.month_leads) or ends_with(words[:1], scan.lexicon.deadline_leads))


def _read_season(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    year, end = year_after(scan, hit.end)
    if year is not None:
        last = scan.lexicon.last_year.match(scan.text, end)
        if last and full_year(last[1]) == year + 1:  # a winter
            return DateMention(hit.start, last.end(), year_interval(year, year + 1), "year", True)
        return DateMention(hit.start, end, year_interval(year), "year", True)
    before = words_before(scan, hit.start, 1)
    if before and before[0] in scan.lexicon.auxiliaries:
        return None  # `a été passée`
    shift, start, end = shift_beside(scan, hit.start, end)
    if shift is None and hit.value.is_doubtful and not (_is_led_in(scan, hit) and ends_or_follows(scan, end)):
        return None
    month = hit.value.number if shift is None else 0
    return DateMention(start, end, shifted_interval(scan.reference, "year", shift or 0), "year", False, month, "season")


def _read_relative(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    if hit.value.unit in ("year", FISCAL) and year_after(scan, hit.end)[0] is not None:
        return None  # `de l'année 2024`: the year says it
    if hit.value.unit == "week":
        interval = _long_ago(scan.reference, "week", -hit.value.number)
    else:
        interval = shifted_interval(scan.reference, hit.value.unit, hit.value.number)
    return DateMention(hit.start, hit.end, interval, "relative", False, hit.value.number, hit.value.unit)


def _read_anaphoric(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    """`a year earlier`: from the date last spoken of, so without an interval of its own."""
    return DateMention(hit.start, hit.end, None, "anaphoric", False, hit.value.number, hit.value.unit)


def _read_span(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    """`six months ago`, `over the next five years`; nothing where the span of time is no date or period."""
    lexicon, unit = scan.lexicon, hit.value.unit
    words = words_before(scan, hit.start, 7)
    shift = lexicon.shifts_before.get(words[-1]) if words else None
    used = 1 if shift is not None else 0
    if len(words) <= used:
        return None
    number = words[-1 - used]
    count = int(number) if number.isdecimal() and len(number) < 4 else lexicon.counts.get(number)
    if count is None:
        return None
    used += 1
    to = lexicon.years_to.match(scan.text, hit.end) if unit == "year" else None
    if to and count <= _MOST_YEARS:
        return DateMention(start_of(scan, hit.start, used), to.end(), year_interval(int(to[1]) - count + 1, int(to[1])), "year", True)
    later = lexicon.later_after.match(scan.text, hit.end) if unit in _COUNTED else None
    if later:
        return DateMention(start_of(scan, hit.start, used), later.end(), None, "anaphoric", False, count, unit)
    after = lexicon.ago_after.match(scan.text, hit.end)
    lead = ends_with(words[:-used], lexicon.span_phrases)
    if not lead and not after:
        return None
    how = lexicon.span_leads[" ".join(words[-used - lead : -used])] if lead else ""
    start = start_of(scan, hit.start, used + (lead if how == "ago" or not after else 0))
    if after or how == "ago":
        interval = _long_ago(scan.reference, unit, count)
        is_earlier = unit in _COUNTED and lexicon.earlier_after.match(scan.text, hit.end) is not None
        return DateMention(start, after.end() if after else hit.end, interval, "ago", False, -count if is_earlier else count, unit)
    if shift:
        how = "past" if shift < 0 else "next"
    return DateMention(start, hit.end, None, "period", False, count * _SPAN_MONTHS.get(unit, 0), how)


def _long_ago(reference: Interval | None, unit: str, count: int) -> Interval | None:
    """The time `count` units before the article, as precise as such a wording is: weeks give a month."""
    if reference and unit == "week" and reference.first == reference.last:
        day = reference.first - dt.timedelta(weeks=count)
        return month_interval(day.year, day.month)
    return shifted_interval(reference, unit, -count)


def _read_decade(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    match = scan.lexicon.decade_after.match(scan.text, hit.end)
    if not match:
        return _read_span(scan, hit) if hit.value.unit else None
    year = full_year(match[1])
    return DateMention(hit.start, match.end(), year_interval(year, year + 9), "decade", True)


def _read_event(scan: Scan, hit: Hit[Word]) -> DateMention | None:
    if scan.text[hit.start : hit.end].lower() != hit.value.surface:
        return None
    return DateMention(hit.start, hit.end, Interval.parse(hit.value.unit), "day", True)


_COUNTED = ("year", "month")
_READERS: dict[str, Callable[[Scan, Hit[Word]], DateMention | None]] = {
    "month": _read_month,
    "weekday": _read_weekday,
    "half": _read_part,
    "quarter": _read_part,
    "opening": _read_opening,
    "period": _read_period,
    "season": _read_season,
    "relative": _read_relative,
    "anaphoric": _read_anaphoric,
    "span": _read_span,
    "decade": _read_decade,
    "event": _read_event,
}
