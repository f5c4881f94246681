"""A second opinion on dates: a small network chooses among the dates that the text gives near a quantity, and its own date.

The rules decide first; the network overrules them where it holds another date, or none, for more likely by a margin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from etl.extract.dates.compared import says_other
from etl.extract.dates.periods import mention_text
from etl.extract.dates.scan import DateMention, scan_document
from etl.extract.document import Document
from etl.extract.network import Looked
from etl.extract.ranking import Margin, Mark, Pattern, Ranker, answer
from etl.extract.readings import DateReading, StageReading, name_nature
from etl.records import Evidence, Quantity
from tracker.resources import resource_path

MODEL: Final = resource_path("etl", "extract", "dates", "models") / "date.npz"
MARGIN: Final = Margin(sure=0.1, likely=0.4, unlikely=0.1)
LEARNED: Final = "date.learned"
_BESIDE: Final = 3
"""How many dates on each side of a quantity in its sentence, and before the sentence, are candidates."""
_FAR: Final = (20, 60)
"""Where distances in characters are parted."""
_SENTENCES: Final = 4
"""From how many sentences back on it no longer counts how many."""
_MANY: Final = 4
_STEM: Final = 6
_REACH: Final = 14
_FIRST: Final = 4
"""Within so many characters of its sentence's beginning a date opens it."""
_YEAR: Final = 4
_DAY: Final = 10
"""Characters of a year and of a day as ISO writes them."""
_PLACE: Final = Pattern(
    "place", ((0, 1), (0, 1, 2), (0, 3), (0, 4), (4,), (0, 2, 3), (0, 5), (2,), (0, 6), (0, 7), (0, 8), (9,))
)
_EARLIER: Final = Pattern("earlier", ((0,), (0, 1), (2,), (1, 2)))
_AGAIN: Final = Pattern("again", ((0,),))
_RULED: Final = Pattern("ruled", ((0, 1),))
_TIME: Final = Pattern("time", ((0,), (1,), (2,)))
_ROLE: Final = Pattern("role", ((0,), (0, 1), (0, 1, 2), (0, 3), (0, 4), (0, 5), (0, 6)))
_ROLES: Final = Pattern("roles", ((0,),))


class Option(NamedTuple):
    """A date that a quantity may have."""

    date: str
    mention: DateMention | None
    """Where the text says so; None for the article's own date and year."""
    marks: list[Mark]
    roles: list[str]
    """What the date is to the quantity: the nearest before it, the article's, that of the rules."""


class Choice(NamedTuple):
    """What the date of one quantity is chosen from, and what the rules chose of it."""

    options: list[Option]
    own: Option | None


def hear_dates(
    document: Document,
    quantities: Sequence[Quantity],
    stages: Sequence[StageReading],
    looked: Looked[Ranker],
    ruled: Sequence[DateReading],
    mentions: Sequence[DateMention],
) -> list[DateReading]:
    """The dates of the rules, with another one or none where the network is sure to know better."""
    choices = list_options(document, quantities, stages, ruled, mentions)
    dates: list[DateReading] = []
    for reading, choice, chosen in zip(ruled, choices, answer_dates(choices, looked), strict=True):
        if chosen is choice.own:
            dates.append(reading)
        elif chosen is None:
            dates.append(DateReading(None, (Evidence("date", LEARNED),)))
        else:
            mention = chosen.mention
            start, end = (mention.start, mention.end) if mention else (None, None)
            dates.append(DateReading(chosen.date, (Evidence("date", LEARNED, start, end),)))
    return dates


def answer_dates(choices: Sequence[Choice], looked: Looked[Ranker]) -> list[Option | None]:
    """The option that stands for each quantity."""
    return answer(looked, MARGIN, [choice.options for choice in choices], [choice.own for choice in choices])


def list_options(
    document: Document,
    quantities: Sequence[Quantity],
    stages: Sequence[StageReading],
    ruled: Sequence[DateReading],
    mentions: Sequence[DateMention],
) -> list[Choice]:
    """What the date of each quantity may be, in order; `ruled` are the dates of the rules."""
    finder = _OptionFinder(document, mentions)
    return [finder.find(*known) for known in zip(quantities, stages, ruled, strict=True)]


class _OptionFinder:
    """Lists the dates near each quantity, in text order."""

    def __init__(self, document: Document, mentions: Sequence[DateMention]) -> None:
        self._document = document
        self._scan = scan_document(document)
        self._mentions = [m for m in mentions if m.kind != "hour" and m.interval is not None]
        self._starts = [m.start for m in self._mentions]
        self._published = document.published.isoformat() if document.published is not None else None
        self._last: tuple[str | None, int] = None, -1
        """The date of the quantity before by the rules, and where its sentence starts."""

    def find(self, quantity: Quantity, stage: StageReading, ruled: DateReading) -> Choice:
        """The options of the next quantity."""
        number = self._document.sentence_index(quantity.start)
        span = self._document.sentences[number]
        options: dict[str, Option] = {}
        published = self._published
        if published is not None:
            _add(options, published, None, None, "article")
            _add(options, published[:_YEAR], None, None, "year")
        first, end = bisect_right(self._starts, span.start - 1), bisect_right(self._starts, span.end - 1)
        inside = [
            m
            for m in self._mentions[first:end]
            if (m.end <= quantity.start or m.start >= quantity.end) and not says_other(self._scan, m, quantity)
        ]
        self._add_beside(options, quantity, inside, span.start)
        for rank, mention in enumerate(reversed(self._mentions[max(0, first - _BESIDE) : first])):
            back = min(number - self._document.sentence_index(mention.start), _SENTENCES)
            _add(options, _word(mention), mention, _EARLIER[rank, mention.kind, back], "" if rank else "earlier")
        date, sentence = self._last
        if date is not None:
            _add(options, date, None, _AGAIN[sentence == span.start,], "last")
        rule = ruled.evidence[0].rule
        if ruled.date is not None:
            _add(options, ruled.date, None, None, "ruled " + rule)
        self._last = ruled.date, span.start
        self._add_wholes(options, quantity, stage, ruled.date, rule, has_inside=bool(inside))
        return Choice(list(options.values()), options.get(ruled.date) if ruled.date is not None else None)

    def _add_beside(self, options: dict[str, Option], quantity: Quantity, inside: Sequence[DateMention], begin: int) -> None:
        """Adds the dates of the quantity's sentence, which begins at `begin`."""
        folded = self._document.folded
        count = min(len(inside), _MANY)
        before = [m for m in reversed(inside) if m.end <= quantity.start]
        after = [m for m in inside if m.start >= quantity.end]
        for side, several in (("before", before), ("after", after)):
            for rank, mention in enumerate(several[:_BESIDE]):
                if side == "before":
                    gap, between = quantity.start - mention.end, folded[mention.end + 1 : quantity.start + 1]
                else:
                    gap, between = mention.start - quantity.end, folded[quantity.end + 1 : mention.start + 1]
                lead = folded[max(0, mention.start - _REACH) + 1 : mention.start + 1].split()[-1:]
                following = folded[mention.end + 1 : mention.end + 1 + _REACH].split()[:1]
                mark = _PLACE[
                    side,
                    rank,
                    mention.kind,
                    bisect_right(_FAR, gap),
                    lead[0] if lead else "",
                    count,
                    following[0][:_STEM] if following else "",
                    "," in between,
                    mention.start - begin < _FIRST,
                    mention.is_dated,
                ]
                _add(options, _word(mention), mention, mark, "" if rank else side)

    def _add_wholes(
        self,
        options: Mapping[str, Option],
        quantity: Quantity,
        stage: StageReading,
        own: str | None,
        rule: str,
        *,
        has_inside: bool,
    ) -> None:
        """Adds what holds for each date as a whole."""
        nature = name_nature(quantity)
        published = self._published
        deal = (str(stage.stage), str(stage.modality), str(stage.aggregation), str(stage.topic), nature, has_inside)
        for date, _, marks, roles in options.values():
            marks.append(_RULED[rule, date == own])
            grain = f"{date.find('/') if '/' in date else len(date)}{'/' in date}"
            roles.append("grain " + grain)
            if published is not None:
                year = _compare(date[:_YEAR], published)
                marks.append(_TIME[year, _compare(date[:_DAY].split("/")[0], published), grain])
                roles.append("time " + year)
            marks.append(_ROLES[" ".join(sorted(roles)),])
            marks.extend([_ROLE[role, *deal] for role in roles])


def _compare(date: str, published: str) -> str:
    """Whether a date is before, at or after the article's, as far as it goes."""
    same = published[: len(date)]
    return "past" if date < same else "now" if date == same else "future"


def _word(mention: DateMention) -> str:
    """The date as ISO writes it."""
    return mention_text(mention) or (mention.interval.isoformat() if mention.interval else "")


def _add(options: dict[str, Option], date: str, mention: DateMention | None, mark: Mark | None, role: str) -> None:
    option = options.get(date)
    if option is None:
        option = options[date] = Option(date, mention, [], [])
    elif option.mention is None and mention is not None:
        option = options[date] = option._replace(mention=mention)
    if mark is not None:
        option.marks.append(mark)
    if role:
        option.roles.append(role)
