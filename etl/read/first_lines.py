"""The publication date that an article carries in its own first lines.

Taken are a line or a part of one (`By the desk | 14 December 2023 | 3 min read`) that is nothing but a date, with at
most a word of publishing or a place before it and a time after it, and `date 2022-10` at the start of a line. A date
inside a sentence of the body is never taken.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from etl.read.dates import Calendar, Dated, match_date

_LINES = 8
_LAST_LINES = 3
_REACH = 1_500
_LONGEST_LINE = 220
_LONGEST_CUE = 60
_MAYBE = re.compile(r"\d{4}|\d[./-]\d")
"""What every date with its year holds."""
_PARTS = re.compile(r"\s*[|·•●]\s*|\s+[-–—]+\s+")
_TAIL = re.compile(
    r"[\s,]*(?:\(?\w{1,3}\.?\s+|T)?(?:\d{1,2}\s?(?:[:h.]\s?\d{2}(?::\d{2})?|h)\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?\)?)?"
    r"\s*(?:\([^)]{1,30}\))?[\s.,:;–—-]*\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[^\W\d_][\w.'’ -]{1,30},\s*(?:[^\W\d_]{1,3}\s+)?")
_WEEKDAY = re.compile(r"[^\W\d_]{3,10}\.?,?\s+")


def find_published(text: str, start: int, calendar: Calendar) -> Dated | None:
    """The publication date in the first lines after `start`, or in the last lines where a word of publishing says so.

    A date of publishing beats a bare one, and a bare one beats a date of updating; None where there is none.
    """
    bare: Dated | None = None
    updated: Dated | None = None
    for line in _first_lines(text, start):
        for part in _PARTS.split(line):
            rank, found = _read_part(part, calendar)
            if rank == "published":
                return found
            bare = bare or (found if rank == "bare" else None)
            updated = updated or (found if rank == "updated" else None)
    return bare or _last_lines_date(text, start, calendar) or updated


def without_date(line: str, calendar: Calendar) -> str:
    """`line` without the date that it begins with; empty where it is a date line and no more."""
    cue = _cue_pattern(calendar.published).match(line) if calendar.published else None
    begin = cue.end() if cue else 0
    at = match_date(line, begin, calendar) if line else None
    if at and (cue or _TAIL.match(line, at[1])):
        return line[at[1] :].strip(" \t|·-–—:")
    return "" if _read_part(line, calendar)[0] else line


def _first_lines(text: str, start: int) -> list[str]:
    """The first lines that may hold a date; of a long first line, which may be the whole article, its beginning."""
    lines = (line.strip() for line in text[start : start + _REACH].splitlines())
    full = list(itertools.islice((line for line in lines if line), _LINES))
    short = [line for line in full if len(line) <= _LONGEST_LINE]
    if full and len(full[0]) > _LONGEST_LINE:
        short.insert(0, full[0][:_LONGEST_CUE])
    return [line for line in short if _MAYBE.search(line)]


def _last_lines_date(text: str, start: int, calendar: Calendar) -> Dated | None:
    lines = text[max(start, len(text) - _REACH // 2) :].splitlines()[-_LAST_LINES:]
    for line in lines:
        if len(line) > _LONGEST_LINE or not _MAYBE.search(line):
            continue
        for part in _PARTS.split(line.strip()):
            rank, found = _read_part(part, calendar)
            if rank == "published":
                return found
    return None


def _read_part(part: str, calendar: Calendar) -> tuple[str | None, Dated | None]:
    """How a part of a line gives a date (`published`, `updated`, `bare`; None: not at all), and the date."""
    if not _MAYBE.search(part):
        return None, None
    for rank, words in (("published", calendar.published), ("updated", calendar.updated)):
        cue = _cue_pattern(words).match(part) if words else None
        if cue and (found := _date_after_cue(part, cue.end(), calendar)):
            return rank, found
    for start in _openings(part):
        at = match_date(part, start, calendar)
        if at and _TAIL.match(part, at[1]):
            return "bare", at[0]
    return None, None


def _openings(part: str) -> Iterator[int]:
    """Where the date of a date line may begin: at once, after a place or after a weekday."""
    yield 0
    for opening in (_PLACE, _WEEKDAY):
        if match := opening.match(part):
            yield match.end()


def _date_after_cue(part: str, start: int, calendar: Calendar) -> Dated | None:
    at = match_date(part, start, calendar)
    if at is None and (weekday := _WEEKDAY.match(part, start)):
        at = match_date(part, weekday.end(), calendar)
    return at[0] if at else None


@functools.cache
def _cue_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(re.escape(word) for word in longest_first)})\s*:?\s+", re.IGNORECASE)
