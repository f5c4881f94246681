"""Dates that digits alone make: `05.06.2023`, `2012-13`, `the 1990s`, a bare `2024`, `FY24`, `17 h 42`."""

from __future__ import annotations

import re

from etl.dating import FIRST_YEAR, LAST_YEAR, full_year, read_numeric, year_interval
from etl.extract.dates.scan import BLANKS, DateMention, Scan, ends_or_follows, ends_with, start_of, words_before

_AMOUNT_SIGNS = frozenset("$€£¥₹₽₴%#№°@_\\+<>=~^&*")
_MONEY_SIGNS = frozenset("$€£¥₹₽₴№#")
_LINE_CLOCK = re.compile(r"\d{1,2}[.:][0-5]\d(?=[.:]\s|\s?(?:[-–—|]\s|\n|\Z))")
_LONGEST = 60
"""Years between the ends of a span such as `2024-30`."""
_EARLIEST = 1500
"""Before `FIRST_YEAR`, down to here, four digits are a year only where the words around say so."""


def read_digits(scan: Scan, start: int, end: int) -> DateMention | None:
    """The date or hour that the digits `text[start:end]` begin or are; None where they are some other number."""
    if end - start == 4:
        return _read_year(scan, start, end)
    text = scan.text
    before = text[start - 1 : start]
    if before.isalpha() or before in ("'", "’"):
        return _read_short_year(scan, start, end)
    if before and (before in "$€£¥₹#+/" or (before in ".,-–:" and text[start - 2 : start - 1].isalnum())):
        return None
    found = read_numeric(text, start, day_first=scan.lexicon.words.day_first) if text[end] in "./-" else None
    if found:
        return DateMention(start, found[0], found[1], "day", True)
    hour = _read_hour(scan, start, end) if int(text[start:end]) <= 24 else None
    return hour or _read_short_year(scan, start, end)


def _read_year(scan: Scan, start: int, end: int) -> DateMention | None:
    """Four digits that are a year, with a month and day in digits, a second year or a decade's ending."""
    text = scan.text
    year = int(text[start:end])
    following = text[end : end + 1]
    if not _EARLIEST <= year <= LAST_YEAR or not _may_begin(scan, start):
        return None
    if following and following in "-/.–":
        mention = _read_year_and_more(scan, start, end, year)
        if mention or text[end + 1 : end + 2].isdigit():
            return mention
    elif following.isalpha() or following in ("'", "’"):
        match = scan.lexicon.decade.match(text, end)
        if match and year % 10 == 0:
            return DateMention(start, match.end(), year_interval(year, year + 9), "decade", True)
        if following.isalpha():
            return None
    return None if _is_amount(scan, end) else _read_bare_year(scan, start, end, year)


def _may_begin(scan: Scan, start: int) -> bool:
    """Whether what stands before four digits lets them be a year: no sign of money, no letter, no other digits."""
    text = scan.text
    before, earlier = text[start - 1 : start], text[start - 2 : start - 1]
    if not before or before == "\n":
        return True
    if before.isalnum():
        return bool(_fiscal_words(scan, start))
    if before in ".,:":
        return not earlier.isdigit()
    if before in "-–/" and earlier.isalnum():
        return bool(ends_with(words_before(scan, start, 2), scan.lexicon.year_leads))
    if before in BLANKS:
        return earlier not in _MONEY_SIGNS
    return before not in _AMOUNT_SIGNS


def _is_amount(scan: Scan, end: int) -> bool:
    """Whether what follows four digits makes them a number: more digits, a sign, a word such as `million`."""
    text = scan.text
    following = text[end : end + 1]
    if following in _AMOUNT_SIGNS or (following in ",." and following and text[end + 1 : end + 2].isdigit()):
        return True
    if following and following in BLANKS and text[end + 1 : end + 4] == "000":
        return not text[end + 4 : end + 5].isdigit()
    return bool(scan.lexicon.amount.match(text, end))


def _read_year_and_more(scan: Scan, start: int, end: int, year: int) -> DateMention | None:
    found = read_numeric(scan.text, start, day_first=scan.lexicon.words.day_first)
    if found:
        return DateMention(start, found[0], found[1], "day" if found[1].first == found[1].last else "month", True)
    match = scan.lexicon.last_year.match(scan.text, end)
    if not match:
        return None
    last = int(match[1]) if len(match[1]) == 4 else year - year % 100 + int(match[1])
    if last < year and len(match[1]) == 2:
        last += 100
    if not year < last <= year + _LONGEST:
        return None
    return DateMention(start, match.end(), year_interval(year, last), "year", True)


def _fiscal_words(scan: Scan, start: int) -> int:
    """How many words before a year, one of them perhaps stuck to it, say that it is an accounting year."""
    return ends_with(words_before(scan, start, 3), scan.lexicon.fiscal)


def _read_bare_year(scan: Scan, start: int, end: int, year: int) -> DateMention | None:
    """A year that stands alone. The rounder the number, the more the words around it must speak for a year."""
    fiscal = _fiscal_words(scan, start)
    if not fiscal and (_is_range_of_amounts(scan, start, end) or not _is_worded_as_year(scan, start, end, year)):
        return None
    return DateMention(start_of(scan, start, fiscal) if fiscal else start, end, year_interval(year), "year", True)


def _is_worded_as_year(scan: Scan, start: int, end: int, year: int) -> bool:
    """Whether the words around a round or early number say that it is a year; any other number needs none."""
    if year >= FIRST_YEAR and year % 50:
        return True
    lexicon, words = scan.lexicon, words_before(scan, start, 2)
    follows = ends_or_follows(scan, end)
    if year % 100 == 0 or year < FIRST_YEAR:
        return follows and bool(ends_with(words, lexicon.year_leads))
    return follows or bool(ends_with(words, lexicon.month_leads) or ends_with(words, lexicon.deadline_leads))


def _is_range_of_amounts(scan: Scan, start: int, end: int) -> bool:
    """Whether the number opens a range that ends with a number that is no year: `from 2000 to 2500 shells`."""
    more = scan.lexicon.more_number.match(scan.text, end)
    if not more:
        return False
    is_range = more["range"] and (more["range"].isalpha() or " " not in more.group())  # a dash between blanks is none
    if not is_range and not ends_with(words_before(scan, start, 2), scan.lexicon.range_leads):
        return False
    last = words_before(scan, start, 1)
    if ends_with(last, scan.lexicon.year_leads) and not ends_with(last, scan.lexicon.range_leads):
        return False  # `from 160 in 2020 to 300`
    is_year = len(more["end"]) == 4 and FIRST_YEAR <= int(more["end"]) <= LAST_YEAR
    return len(more["end"]) > 2 and (not is_year or bool(scan.lexicon.amount.match(scan.text, more.end())))


def _read_hour(scan: Scan, start: int, end: int) -> DateMention | None:
    text, lexicon = scan.text, scan.lexicon
    is_line_start = start == 0 or text[start - 1] == "\n"
    clock = lexicon.clock.match(text, end)
    if clock and clock["word"] and not ends_with(words_before(scan, start, 2), lexicon.hour_leads):
        after = text[clock.end() : clock.end() + 2].strip()
        clock = clock if is_line_start and after[:1] in (":", ".", "–", "—") else None
    if clock:
        return DateMention(start, clock.end(), None, "hour")
    line = _LINE_CLOCK.match(text, start) if is_line_start else None
    return DateMention(start, line.end(), None, "hour") if line else None


def _read_short_year(scan: Scan, start: int, end: int) -> DateMention | None:
    """`FY24`, `FY24-25`, `the '90s`."""
    text, lexicon = scan.text, scan.lexicon
    if end - start != 2:
        return None
    year, before = full_year(text[start:end]), text[start - 1 : start]
    if before.isalpha():
        fiscal = _fiscal_words(scan, start)
        return _read_fiscal(scan, start_of(scan, start, fiscal), end, year) if fiscal else None
    after = lexicon.decade.match(text, end)
    if not after or year % 10:
        return None
    if before not in ("'", "’") and not ends_with(words_before(scan, start, 1), lexicon.decade_leads):
        return None
    return DateMention(start, after.end(), year_interval(year, year + 9), "decade", True)


def _read_fiscal(scan: Scan, start: int, end: int, year: int) -> DateMention:
    more = scan.lexicon.last_year.match(scan.text, end)
    last = full_year(more[1]) if more and len(more[1]) == 2 else year
    if more and year < last <= year + _LONGEST:
        return DateMention(start, more.end(), year_interval(year, last), "year", True)
    return DateMention(start, end, year_interval(year), "year", True)
