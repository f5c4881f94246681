"""The `[dates]` section of a language pack, compiled: one matcher for the words, anchored patterns for what is beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.dating import SPACE, alternation
from etl.extract.document import Matcher, fold_text
from etl.lexicon import DateWords, Pack, Words

YEARS_BESIDE = {"last": -1, "now": 0, "next": 1}
"""By how much the year of the groups of `year_beside` differs from that of the article."""
_NOTHING = re.compile("(?!)")


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
    for name, word in _numbered(words):
        yield name, word._replace(is_doubtful=name.lower() in doubtful)
    for kind, table in (("relative", words.relative), ("anaphoric", words.anaphoric)):
        for key, names in table.items():
            unit, _, shift = key.partition(" ")
            yield from ((name, Word(kind, int(shift), unit)) for name in names)
    units = {name: unit for unit, names in words.spans.items() for name in names}
    yield from ((name, Word("decade", unit=units.get(name, ""))) for name in words.decade_words)
    yield from ((name, Word("span", unit=unit)) for name, unit in units.items())
    for period, names in words.periods.items():
        how, _, months = period.partition(" ")
        yield from ((name, Word("period", int(months), how)) for name in names)
    for day, names in words.events.items():
        yield from ((name, Word("event", unit=day, surface=name.lower())) for name in names)


def _numbered(words: DateWords) -> Iterator[tuple[str, Word]]:
    """Months, weekdays, parts of a year and seasons."""
    for kind, table in (
        ("month", words.months),
        ("weekday", words.weekdays),
        ("half", words.halves),
        ("opening", words.openings),
        ("quarter", words.quarters),
        ("season", words.seasons),
    ):
        for number, names in table.items():
            yield from ((name, Word(kind, int(number))) for name in names)


def fold_phrase(phrase: str) -> str:
    """A phrase as it stands in folded text, single blanks between its words."""
    return " ".join(fold_text(phrase).split())


Phrases = dict[str, frozenset[str]]
"""Folded phrases by their last word, so that most looks to the left end after one word."""


def _phrases(words: Words) -> Phrases:
    table: dict[str, set[str]] = {}
    for phrase in map(fold_phrase, words):
        table.setdefault(phrase.rsplit(" ", 1)[-1], set()).add(phrase)
    return {last: frozenset(phrases) for last, phrases in table.items()}


def _singles(words: Words) -> frozenset[str]:
    return frozenset(map(fold_phrase, words))


class DateLexicon:
    """The words of time of one pack. Patterns begin where a word ends; sets of phrases are folded."""

    def __init__(self, pack: Pack) -> None:
        words = pack.dates
        self.words = words
        self.matcher: Matcher[Word] = Matcher(_words(words))
        self.followers = frozenset(word.lower() for word in words.followers)
        self.counts = {fold_phrase(name): int(n) for n, names in words.numbers.items() for name in names}
        self.shifts_before = {fold_phrase(w): int(n) for n, names in words.shift_before.items() for w in names}
        self.shifts_after = {fold_phrase(w): int(n) for n, names in words.shift_after.items() for w in names}
        self.month_leads = _phrases(words.month_leads)
        self.year_leads = _phrases(words.year_leads)
        self.range_leads = _phrases(words.range_leads)
        self.hour_leads = _phrases(words.hour_leads)
        self.decade_leads = _phrases(words.decade_leads)
        self.fiscal = _phrases(words.fiscal)
        self.span_leads = {
            fold_phrase(phrase): how
            for how, phrases in (
                ("over", words.period_leads),
                ("later", words.later_leads),
                ("next", words.next_leads),
                ("past", words.past_leads),
                ("ago", words.ago_before),
            )
            for phrase in phrases
        }
        self.span_phrases = _phrases(tuple(self.span_leads))
        self.since_leads = _phrases((*words.since_leads, *words.start_leads))
        self.start_leads = _phrases(words.start_leads)
        self.deadline_leads = _phrases(words.deadline_leads)
        self.stand_leads = _phrases(words.stand_leads)
        self.closings = {fold_phrase(phrase): int(months) for months, phrases in words.closings.items() for phrase in phrases}
        self.closing_phrases = _phrases(tuple(self.closings))
        self.comparison = _phrases(words.comparison)
        self.comparison_gap = _singles(words.comparison_gap)
        self.since = fold_phrase(words.since_leads[0]) if words.since_leads else ""
        """The plain word of those that begin a period."""
        self.superlatives = _phrases(words.superlatives)
        self.no_superlatives = _phrases(words.no_superlatives)
        self.change_leads = _phrases(words.change_leads)
        self.change_nouns, self.change_links = _singles(pack.changes.nouns), _singles(pack.changes.by)
        self.part_names = _phrases(words.part_names)
        self.so_far = _phrases(words.so_far)
        self.since_words, self.clause_words = _singles(words.since_leads), _singles(words.clause_words)
        self.campaigns = _singles(words.campaigns)
        self.respective = _singles(pack.roles.respective)
        self.relatives = _singles(pack.roles.open_relatives)
        self.articles = _singles(words.day_links)
        self.tenses = dict.fromkeys(_singles(words.past_words), True)
        self.tenses |= dict.fromkeys(_singles(words.present_words), False)
        self.perfect_words = _singles(words.perfect_words)
        cues = pack.roles.cues
        self.sayings = _singles((*cues.get("saying", ()), *cues.get("announcing", ())))
        self.future_words = _singles(words.future_words)
        self.auxiliaries = self.perfect_words | _singles(words.pluperfect_words)
        self.past_endings, self.perfect_endings = words.past_endings, words.perfect_endings
        self.future_endings = words.future_endings
        self.verb_endings = words.past_endings + words.future_endings + words.perfect_endings
        self._compile_days(words)
        self._compile_years(words)
        self._compile_hours(words)
        self.candidate = _candidate(words)
        self.year_named = _compile(f"{SPACE}+{alternation(words.relative.get('year 0', ()))}(?!\\w)")
        years = {name: [phrase for phrase in words.relative.get(key, ()) if " " in phrase] for name, key in (("last", "year -1"), ("now", "year 0"), ("next", "year +1"))}
        named = "|".join(f"(?P<{name}>{alternation(phrases)})" for name, phrases in years.items() if phrases)
        self.year_beside = _compile(f"(?:{SPACE}+{alternation(words.day_links)})?{SPACE}+(?:{named})(?!\\w)") if named else _NOTHING
        """`last year`, `de l'année dernière` behind a month or part of a year."""
        self.years_to = _compile(f"{SPACE}+{alternation(words.years_to)}{SPACE}+((?:19|20)[0-9]{{2}})(?![\\w/–-]|[.,][0-9])") if words.years_to else _NOTHING
        than = f"(?!{SPACE}+{alternation(words.than)}\\b)"
        self.earlier_after = _compile(f"{SPACE}+{alternation(words.earlier_after)}(?!\\w){than}")
        self.later_after = _compile(f"{SPACE}+{alternation(words.later_after)}(?!\\w){than}")
        self.ago_after = _compile(f"{SPACE}+{alternation(words.ago_after)}(?!\\w)")

    def _compile_days(self, words: DateWords) -> None:
        ordinal = f"(?:{alternation(words.ordinal_endings)})?"
        of = f"(?:{alternation(words.day_links)}{SPACE}+)*"
        ranges, lists = alternation(words.range_links), alternation(words.list_links)
        day = f"\\d{{1,2}}{ordinal}\\.?"
        between = f"{SPACE}*(?:{ranges}|{lists}|,){SPACE}*{of}"
        stop = f"(?![\\w%€$£°]|[.,:]\\d|{SPACE}*%)"
        self.days_before = _compile(f"(?<![\\w.,/$€£+-])(?:{day}{between})*{day}{SPACE}+{of}\\Z")
        self.day_after = _compile(f"\\.?{SPACE}+{of}(\\d{{1,2}}){ordinal}{stop}")
        self.more_days = _compile(f"{SPACE}*(?:(?P<range>{ranges})|{lists}){SPACE}*{of}(\\d{{1,2}}){ordinal}{stop}")
        self.more_number = _compile(f"{SPACE}*(?:(?P<range>{ranges})|{lists}){SPACE}*{of}(?P<end>\\d+)")
        self.join = _compile(
            f"{SPACE}*(?:(?P<range>{ranges})|{lists}){SPACE}*{of}(?:{alternation(words.month_leads + words.edge_words)}{SPACE}+)?"
        )
        self.linked = _compile(f"{SPACE}+{lists}(?!\\w)")
        self.gap = _compile(f"{SPACE}+{of}")

    def _compile_years(self, words: DateWords) -> None:
        of = f"(?:{alternation(words.day_links)}{SPACE}+)*"
        self.year_after = _compile(
            f"\\.?(?:,?{SPACE}+{of}|{SPACE}*[-/]{SPACE}*|{SPACE}*\\()(\\d{{4}})(?!\\w|[.,]\\d|{SPACE}\\d\\d\\d)"
        )
        self.short_year_after = re.compile(f"\\.?{SPACE}+['’](\\d\\d)(?!\\w)")
        self.last_year = re.compile(f"{SPACE}*[-–/]{SPACE}*(\\d{{4}}|\\d{{2}})(?![\\w%]|[.,]\\d)")
        self.decade = _compile(f"['’]?{alternation(words.decade_endings)}(?!\\w)")
        self.decade_after = _compile(f"{SPACE}+{of}(\\d{{3}}0|[2-9]0)(?!\\w)")
        self.amount = _compile(f"{SPACE}*{alternation(words.amount_words)}(?!\\w)")

    def _compile_hours(self, words: DateWords) -> None:
        marks, after = alternation(words.hour_marks), alternation(words.hour_words)
        self.clock = re.compile(
            f"(?P<hour>{SPACE}?{marks}(?:{SPACE}?[0-5]\\d)?(?!\\w)|:[0-5]\\d(?::[0-5]\\d)?(?!\\w))"
            f"|(?P<half>(?:[.:][0-5]\\d)?{SPACE}*{alternation(words.meridiem)}(?!\\w))"
            f"|(?P<word>{SPACE}+{after}(?:{SPACE}+[0-5]\\d)?(?!\\w))"
        )


def _candidate(words: DateWords) -> re.Pattern[str]:
    """Finds the digits that may begin or be a date: four of a year, two after letters, or before a sign of time."""
    marks = alternation(words.hour_marks + words.meridiem)
    signs = f"[.:/-][0-9]|{SPACE}?{marks}(?:{SPACE}?[0-9][0-9])?(?!\\w)|{SPACE}{alternation(words.hour_words)}(?!\\w)"
    decades = f"['’]?{alternation(words.decade_endings)}(?!\\w)"
    return re.compile(
        "[0-9](?<![0-9][0-9])(?:[0-9]{3}(?![0-9])(?<=1[5-9]..|20..|2100)"
        f"|[0-9]?(?![0-9])(?:(?={signs})|(?={decades}))|(?<=[^\\W\\d_].)[0-9](?![0-9]))"
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LEXICONS: dict[str, DateLexicon] = {}


def date_lexicon(pack: Pack) -> DateLexicon:
    """The compiled words of time of a pack, made once."""
    known = _LEXICONS.get(pack.code)
    if known is None or known.words is not pack.dates:
        known = _LEXICONS[pack.code] = DateLexicon(pack)
    return known
