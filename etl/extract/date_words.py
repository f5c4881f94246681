"""The `[dates]` section of a language pack, compiled: one matcher for the words, anchored patterns for what is beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.dating import SPACE, alternation
from etl.extract.document import Matcher
from etl.lexicon import DateWords, Pack


class Word(NamedTuple):
    """What a word of time means: its class, a number or distance, and the unit of a distance."""

    kind: str
    number: int = 0
    unit: str = ""
    is_doubtful: bool = False
    surface: str = ""


def _words(words: DateWords) -> Iterator[tuple[str, Word]]:
    """All words of time that the matcher looks for; of two meanings of one word the first stays."""
    doubtful = {word.lower() for word in words.doubtful}
    for kind, table in (
        ("month", words.months), ("weekday", words.weekdays), ("half", words.halves), ("quarter", words.quarters),
    ):  # fmt: skip
        for number, names in table.items():
            for name in names:
                yield name, Word(kind, int(number), is_doubtful=name.lower() in doubtful)
    for name in words.seasons:
        yield name, Word("season", is_doubtful=name.lower() in doubtful)
    for key, names in words.relative.items():
        unit, _, shift = key.partition(" ")
        for name in names:
            yield name, Word("relative", int(shift), unit)
    units = {name: unit for unit, names in words.spans.items() for name in names}
    for name in words.decade_words:
        yield name, Word("decade", unit=units.get(name, ""))
    for unit, names in words.spans.items():
        for name in names:
            yield name, Word("span", unit=unit)
    for day, names in words.events.items():
        for name in names:
            yield name, Word("event", unit=day, surface=name.lower())


class DateLexicon:
    """The words of time of one pack. Patterns named `..._before` end where a word begins, the others begin at its end."""

    def __init__(self, pack: Pack) -> None:
        words = pack.dates
        self.words = words
        self.matcher: Matcher[Word] = Matcher(_words(words))
        self.followers = frozenset(word.lower() for word in words.followers)
        self.counts = {name.lower(): int(number) for number, names in words.numbers.items() for name in names}
        self._compile_days(words)
        self._compile_years(words)
        self._compile_hours(words)
        self._compile_spans(words)
        self.candidate = self._candidate(words)

    def _candidate(self, words: DateWords) -> re.Pattern[str]:
        """Finds the digits that may begin or be a date: four of a year, two after letters, or before a sign of time."""
        marks = alternation(words.hour_marks + words.meridiem)
        signs = f"[.:/-][0-9]|{SPACE}?{marks}(?:{SPACE}?[0-9][0-9])?(?!\\w)|{SPACE}{alternation(words.hour_words)}(?!\\w)"
        decades = f"['’]?{alternation(words.decade_endings)}(?!\\w)"
        return re.compile(
            "[0-9](?<![0-9][0-9])(?:[0-9]{3}(?![0-9])(?<=1[5-9]..|20..|2100)"
            f"|[0-9]?(?![0-9])(?:(?={signs})|(?={decades}))|(?<=[^\\W\\d_].)[0-9](?![0-9]))"
        )

    def _compile_days(self, words: DateWords) -> None:
        ordinal = f"(?:{alternation(words.ordinal_endings)})?"
        of = f"(?:{alternation(words.day_links)}{SPACE}+)*"
        links = alternation(words.range_links + words.list_links)
        day = f"\\d{{1,2}}{ordinal}\\.?"
        between = f"{SPACE}*(?:{links}|,){SPACE}*{of}"
        stop = f"(?![\\w%€$£°]|[.,:]\\d|{SPACE}*%)"
        self.days_before = _compile(f"(?<![\\w.,/$€£+-])(?:{day}{between})*{day}{SPACE}+{of}\\Z")
        self.day_after = _compile(f"\\.?{SPACE}+{of}(\\d{{1,2}}){ordinal}{stop}")
        self.more_days = _compile(
            f"{SPACE}*(?:(?P<range>{alternation(words.range_links)})|{alternation(words.list_links)}){SPACE}*{of}"
            f"(\\d{{1,2}}){ordinal}{stop}"
        )
        self.month_lead = _compile(f"(?<!\\w){alternation(words.month_leads)}[ \u00a0-]+\\Z")
        self.range_lead = _compile(f"(?<!\\w){alternation(words.range_leads)}{SPACE}+\\Z")
        self.join = _compile(
            f"{SPACE}*(?:(?P<range>{alternation(words.range_links)})|{alternation(words.list_links)}){SPACE}*{of}"
            f"(?:{alternation(words.month_leads)}{SPACE}+)?"
        )
        self.gap = _compile(f"{SPACE}*,?{SPACE}*{of}")

    def _compile_years(self, words: DateWords) -> None:
        of = f"(?:{alternation(words.day_links)}{SPACE}+)*"
        self.year_after = _compile(
            f"\\.?(?:,?{SPACE}+{of}|{SPACE}*[-/]{SPACE}*|{SPACE}*\\()(\\d{{4}})(?!\\w|[.,]\\d|{SPACE}\\d\\d\\d)"
        )
        self.short_year_after = re.compile(f"\\.?{SPACE}+['’](\\d\\d)(?!\\w)")
        self.last_year = re.compile(f"{SPACE}*[-–/]{SPACE}*(\\d{{4}}|\\d{{2}})(?![\\w%]|[.,]\\d)")
        self.decade = _compile(f"['’]?{alternation(words.decade_endings)}(?!\\w)")
        self.decade_after = _compile(f"{SPACE}+{of}(\\d{{3}}0|[2-9]0)(?!\\w)")
        self.decade_lead = _compile(f"(?<!\\w){alternation(words.decade_leads)}{SPACE}+\\Z")
        self.fiscal_before = _compile(f"(?<!\\w){alternation(words.fiscal)}{SPACE}*['’]?\\Z")
        self.year_lead = _compile(f"(?<!\\w){alternation(words.year_leads)}(?:{SPACE}+|-)?\\Z")
        self.amount = _compile(f"{SPACE}*{alternation(words.amount_words)}(?!\\w)")

    def _compile_hours(self, words: DateWords) -> None:
        marks, after = alternation(words.hour_marks), alternation(words.hour_words)
        self.clock = re.compile(
            f"(?P<hour>{SPACE}?{marks}(?:{SPACE}?[0-5]\\d)?(?!\\w)|:[0-5]\\d(?::[0-5]\\d)?(?!\\w))"
            f"|(?P<half>(?:[.:][0-5]\\d)?{SPACE}*{alternation(words.meridiem)}(?!\\w))"
            f"|(?P<word>{SPACE}+{after}(?:{SPACE}+[0-5]\\d)?(?!\\w))"
        )
        self.hour_lead = _compile(f"(?<!\\w){alternation(words.hour_leads)}{SPACE}+\\Z")

    def _compile_spans(self, words: DateWords) -> None:
        counts = alternation(list(self.counts))
        shifts = alternation([word for names in words.shift_before.values() for word in names])
        self.shifts_before = {w.lower(): int(n) for n, names in words.shift_before.items() for w in names}
        self.shifts_after = {w.lower(): int(n) for n, names in words.shift_after.items() for w in names}
        self.count_before = _compile(
            f"(?<![\\w.,])(?P<count>\\d{{1,3}}|{counts})[ \u00a0\u202f-](?:(?P<shift>{shifts}){SPACE}+)?\\Z"
        )
        self.span_lead = _compile(
            f"(?<!\\w)(?:(?P<ago>{alternation(words.ago_before)})|(?P<past>{alternation(words.past_leads)})"
            f"|(?P<next>{alternation(words.next_leads)})|(?P<later>{alternation(words.later_leads)})"
            f"|(?P<over>{alternation(words.period_leads)})){SPACE}+\\Z"
        )
        self.ago_after = _compile(f"{SPACE}+{alternation(words.ago_after)}(?!\\w)")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LEXICONS: dict[str, DateLexicon] = {}


def date_lexicon(pack: Pack) -> DateLexicon:
    """The compiled words of time of a pack, made once."""
    known = _LEXICONS.get(pack.code)
    if known is None or known.words is not pack.dates:
        known = _LEXICONS[pack.code] = DateLexicon(pack)
    return known
