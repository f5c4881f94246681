"""Every date-like expression of a text, with its numbers: days, months, years, decades, hours and spans of time."""

from __future__ import annotations

import datetime as dt

from etl.dating import FIRST_YEAR, LAST_YEAR, month_interval
from etl.extract.dates.digits import read_digits
from etl.extract.dates.named import read_named
from etl.extract.dates.periods import moved_interval
from etl.extract.dates.scan import DateMention, Scan, ends_with, words_before
from etl.extract.dates.words import Word, date_lexicon
from etl.extract.document import Document, Hit, digit_runs
from etl.records import Interval

NIGHT = "night"
"""The unit of a night from one day to the next."""
_SPANS = frozenset({("day", "day"), ("month", "month"), ("year", "year"), ("part", "part"), ("month", "day"), ("month", "year")})
"""Kinds of two dates that may make one span of time."""
_RESPECTIVE = 120
"""How far behind two dates the word may stand that sets them apart, in characters."""
_MOVES = frozenset({"year", "month"})
_FAR = 16
"""Two mentions farther apart than this many characters are never one span of time."""

_YEAR = 12
"""Months after which the same month comes again."""
_SPAN_OF_YEARS = 2
"""The years of a fiscal year differ by less."""


def find_dates(
    document: Document, hits: list[Hit[Word]] | None = None, digits: list[tuple[int, int]] | None = None
) -> list[DateMention]:
    """Every date-like expression of the text in order, without overlaps, its numbers included.

    A number that only looks like a year (`2000 shells`) is none, nor is a word that only looks like a month. `hits`
    are the words of time of the text and `digits` its runs of digits, where the caller has found them already.
    """
    lexicon = date_lexicon(document.pack)
    published = document.published
    is_likely = published is not None and FIRST_YEAR < published.first.year < LAST_YEAR
    scan = Scan(document.text, document.folded, lexicon, published if is_likely else None)
    hits = lexicon.matcher.find(document.folded) if hits is None else hits
    digits = digit_runs(document.text) if digits is None else digits
    named = [read_named(scan, hit) for hit in hits]
    mentions = _join(scan, _add_digits(scan, [mention for mention in named if mention], digits))
    mentions = [_in_year_named(document, mentions, place) for place in range(len(mentions))]
    counted = [_count_from(document, mentions, place) if _is_counted(mention) else mention for place, mention in enumerate(mentions)]
    return [mention for mention in counted if mention]


def _in_year_named(document: Document, mentions: list[DateMention], place: int) -> DateMention:
    """A day or month without its year in the year before a colon of its sentence: `2018: In February`, `for 2016: 6,785 between 1 January and`."""
    mention = mentions[place]
    if mention.is_dated or mention.kind not in ("day", "month") or mention.interval is None or not place:
        return mention
    sentence = document.sentences[document.sentence_index(mention.start)]
    headed = (base.interval for base in reversed(mentions[:place]) if base.start >= sentence.start and _heads(document.text, base))
    named = next(headed, None)
    if named is None or named.first.year != named.last.year:
        return mention
    interval = moved_interval(mention.interval, "year", named.first.year - mention.interval.last.year)
    return mention._replace(interval=interval, is_dated=True) if interval else mention


def _heads(text: str, mention: DateMention) -> bool:
    """Whether a colon stands behind a year."""
    return mention.kind == "year" and mention.is_dated and text[mention.end : mention.end + 2].lstrip()[:1] == ":"


def _is_counted(mention: DateMention) -> bool:
    """`two years earlier`, `three months later`; `a year earlier` is left to the reader of its sentence."""
    return mention.unit in _MOVES and (mention.number < 0 if mention.kind == "ago" else mention.kind == "anaphoric" and abs(mention.number) > 1)


def _count_from(document: Document, mentions: list[DateMention], place: int) -> DateMention | None:
    """Such a mention counted from the dated one before it in its sentence; without one, earlier is earlier than the article.

    `It would have arrived two years later`, without a date to count from, tells a delay: None.
    """
    mention = mentions[place]
    sentence = document.sentences[document.sentence_index(mention.start)]
    for base in reversed(mentions[:place]):
        if base.start < sentence.start:
            break
        if base.interval and base.is_dated:
            years, months = divmod(mention.number, _YEAR) if mention.unit == "month" else (mention.number, 0)
            interval = moved_interval(base.interval, "month", mention.number) if months else moved_interval(base.interval, "year", years)
            return mention._replace(kind="ago", interval=interval, is_dated=True) if interval else None
    return mention if mention.interval else None


def _add_digits(scan: Scan, named: list[DateMention], digits: list[tuple[int, int]]) -> list[DateMention]:
    """The mentions that words begin and those that digits alone make, in order."""
    found: list[DateMention] = []
    done, index = 0, 0
    is_candidate = scan.lexicon.candidate.match
    for start, end in digits:
        if not is_candidate(scan.text, start):
            continue
        while index < len(named) and named[index].start <= start:
            _append(found, named[index])
            done = max(done, named[index].end)
            index += 1
        if start >= done:
            mention = read_digits(scan, start, end)
            if mention:
                _append(found, mention)
                done = mention.end
    for mention in named[index:]:
        _append(found, mention)
    return found


def _append(found: list[DateMention], mention: DateMention) -> None:
    """Add a mention; of two that overlap the one with more text stays."""
    if found and found[-1].end > mention.start:
        if found[-1].end - found[-1].start >= mention.end - mention.start:
            return
        found.pop()
        if found and found[-1].end > mention.start:
            return
    found.append(mention)


def _join(scan: Scan, mentions: list[DateMention]) -> list[DateMention]:
    """Neighbours that are one span of time as one mention: `in July and August`, `from 2024 to 2030`."""
    joined: list[DateMention] = []
    for mention in mentions:
        if joined and mention.start - joined[-1].end <= _FAR:
            both = _join_two(scan, joined[-1], mention) or _in_same_year(joined, mention)
            if both:
                joined[-1] = both
                continue
        joined.append(mention)
    return [mention for mention in joined if mention.kind != "part" or mention.interval or not scan.reference]


def _join_two(scan: Scan, one: DateMention, two: DateMention) -> DateMention | None:
    text, lexicon = scan.text, scan.lexicon
    if two.kind == "relative" and one.kind == "year" and two.unit == "year" and one.interval and two.interval:
        joint = lexicon.join.fullmatch(text, one.end, two.start)
        if joint and (joint["range"] or _is_led(scan, one)) and one.interval.first < two.interval.first:
            return DateMention(one.start, two.end, Interval(one.interval.first, two.interval.last), "year", True, one.number)
        return None
    if two.kind == "relative":
        is_of = two.unit == "year" and one.kind in ("month", "day", "part") and not one.is_dated
        return _with_year(one, two) if is_of and lexicon.gap.fullmatch(text, one.end, two.start) else None
    if one.kind == two.kind == "weekday":
        return _one_night(scan, one, two)
    if (one.kind, two.kind) not in _SPANS:
        return None
    joint = lexicon.join.fullmatch(text, one.end, two.start)
    if not joint or not (joint["range"] or (_are_next(one, two) and not _are_apart(scan, one, two)) or _is_led(scan, one)):
        return None
    return _one_span(one, two)


def _one_night(scan: Scan, one: DateMention, two: DateMention) -> DateMention | None:
    """`dans la nuit de samedi à dimanche`: a weekday and the next."""
    joint = scan.lexicon.join.fullmatch(scan.text, one.end, two.start)
    if not joint or not joint["range"] or not one.interval or not two.interval:
        return None
    day = two.interval.last - dt.timedelta(days=1)
    if day.isoweekday() != one.interval.first.isoweekday():
        return None
    return DateMention(one.start, two.end, Interval(day, two.interval.last), "day", False, day.month, NIGHT)


def _one_span(one: DateMention, two: DateMention) -> DateMention | None:
    """The span of time that two dates make, None where the second is before the first."""
    if one.interval is None or two.interval is None:
        return DateMention(one.start, two.end, None, one.kind, two.is_dated, one.number)
    if _is_span(one.interval) and _is_span(two.interval):
        return two._replace(start=one.start)  # `between 2014-18 and 2019-23` compares two periods: the later is spoken of
    first = one.interval
    if two.is_dated and not one.is_dated:
        year = two.interval.first.year
        first = _in_year(one, year if one.number <= two.number else year - 1) or first
    if first.first > two.interval.last:
        first = _in_year(one, first.first.year - 1) or first
    if first.first > two.interval.last or (one.is_dated and first is not one.interval):
        return None
    unit = "since" if two.kind == "day" != one.kind else ""
    return DateMention(
        one.start, two.end, Interval(first.first, two.interval.last), one.kind, two.is_dated, one.number, unit
    )


def _is_span(interval: Interval) -> bool:
    """Whether an interval has several years, and is no fiscal year that two years name."""
    return interval.last.year - interval.first.year >= _SPAN_OF_YEARS


def _in_same_year(joined: list[DateMention], two: DateMention) -> DateMention | None:
    """`in June of the same year`: a month in the year of the date before it."""
    part = joined[-1]
    if (two.kind, two.unit, two.number) != ("anaphoric", "year", 0) or part.is_dated or part.kind not in ("month", "day", "part"):
        return None
    base = next((mention.interval for mention in reversed(joined[:-1]) if mention.interval), None)
    interval = _in_year(part, base.first.year) if base else None
    return part._replace(end=two.end, interval=interval, is_dated=True) if interval else None


def _is_led(scan: Scan, one: DateMention) -> bool:
    """Whether a word such as `between` opens a span of time."""
    return bool(ends_with(words_before(scan, one.start, 2), scan.lexicon.range_leads))


def _are_next(one: DateMention, two: DateMention) -> bool:
    """Whether two dates joined by a mere `and` follow one another: `in July and August`, `2023 and 2024`."""
    if one.kind == "month":
        return two.number - one.number in (1, 2, -11)
    if one.kind == "year" and one.interval and two.interval:
        return two.interval.first.year - one.interval.last.year == 1
    return False


def _are_apart(scan: Scan, one: DateMention, two: DateMention) -> bool:
    """Whether a word tells that two dates each have a figure: `in 2023 and 2024 came to 52bn and 57bn respectively`."""
    words = scan.folded[one.start + 1 : two.end + _RESPECTIVE].split()
    return not scan.lexicon.respective.isdisjoint(words)


def _with_year(part: DateMention, year: DateMention) -> DateMention:
    interval = _in_year(part, year.interval.first.year) if year.interval else None
    return part._replace(end=year.end, interval=interval, is_dated=True)


def _in_year(mention: DateMention, year: int) -> Interval | None:
    """The same days, months or part in another year."""
    if mention.kind == "part":
        months = 6 if mention.unit == "half" else 3
        return month_interval(year, (mention.number - 1) * months + 1, mention.number * months)
    if mention.kind == "month":
        return month_interval(year, mention.number)
    if mention.interval is None:
        return None
    try:
        return Interval(*(day.replace(year=year) for day in mention.interval))
    except ValueError:
        return None
