"""The date of each quantity: when the thing happened or holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from etl.dating import year_interval
from etl.extract.date_mentions import find_dates
from etl.extract.date_scan import DateMention, Scan, ends_with, shifted_interval, words_before
from etl.extract.date_tense import Tense, read_tense
from etl.extract.date_ties import Tie, find_tie
from etl.extract.date_words import date_lexicon
from etl.extract.document import Document
from etl.extract.readings import DateReading, StageReading
from etl.records import Evidence, Interval, Quantity, Span
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

__all__ = ["DateMention", "find_dates", "read_dates"]

_RECENT = 10
"""Days before the article within which an act is what the article reports."""
_PERIOD_TOPICS = frozenset({Topic.BUDGET, Topic.INDUSTRY, Topic.TRADE, Topic.PRODUCTION})
_BUDGET_STAGES = frozenset({Stage.APPROPRIATION, Stage.ALLOCATION, Stage.EXPENDITURE, Stage.PROPOSAL})


class _Found(NamedTuple):
    """A date with the rule that set it and the words it rests on."""

    interval: Interval | None
    rule: str
    mention: DateMention | None = None


_UNKNOWN = _Found(None, "date.unknown")


class _Context(NamedTuple):
    """What was last dated: the sentence, the date, the topic and whether the date was a period."""

    sentence: int
    found: _Found
    stage: StageReading


class _Dater:
    """Reads the dates of one document, sentence by sentence, with the last date in mind."""

    def __init__(self, document: Document, mentions: list[DateMention]) -> None:
        self.document = document
        lexicon = date_lexicon(document.pack)
        self.scan = Scan(document.text, document.folded, lexicon, document.published)
        self.mentions = [m for m in mentions if m.kind not in ("hour", "decade")]
        self.context: _Context | None = None
        self.heading = self._heading_period()

    def read(self, sentence: int, quantities: list[Quantity], stages: Sequence[StageReading]) -> list[_Found]:
        """The dates of the quantities of one sentence."""
        span = self.document.sentences[sentence]
        mentions = [m for m in self.mentions if span.start <= m.start < span.end and not _is_counted(m, quantities)]
        found = []
        for index, stage in enumerate(stages):
            date = self._read_one(sentence, span, mentions, quantities, index, stage)
            found.append(date)
            if date.interval:
                self.context = _Context(sentence, date, stage)
        return found

    def _read_one(
        self,
        sentence: int,
        span: Span,
        mentions: list[DateMention],
        quantities: list[Quantity],
        index: int,
        stage: StageReading,
    ) -> _Found:
        quantity = quantities[index]
        if _is_timeless(quantity):
            return _UNKNOWN
        tie = find_tie(self.scan, span, mentions, quantities, index) if mentions else None
        if stage.modality is Modality.TARGET and quantity.kind is Kind.SHARE and (tie is None or tie.lead != "deadline"):
            return _UNKNOWN
        if tie and not self._is_undated(quantity, tie):
            date = self._from_tie(tie, mentions, stage)
            if date:
                return date
        return self._without_tie(sentence, span, quantity, stage)

    # --- a date of the sentence ---

    def _from_tie(self, tie: Tie, mentions: list[DateMention], stage: StageReading) -> _Found | None:
        mention = tie.mention
        if mention.kind == "period":
            interval = self._period(mention, mentions)
            return _Found(interval, f"date.{mention.unit}", mention) if interval else None
        if mention.kind == "anaphoric":
            return _Found(self._shifted(mention, mentions), "date.anaphoric", mention)
        interval = mention.interval
        if interval is None:
            return None
        published = self.document.published
        if tie.lead == "since" and stage.aggregation is Aggregation.TOTAL and published and interval.first < published.first:
            return _Found(_since(mention, published), "date.since", mention)
        return _Found(interval, f"date.{mention.kind}", mention)

    def _period(self, mention: DateMention, mentions: list[DateMention]) -> Interval | None:
        """The years that a number of years makes, counted from a year of the sentence or from the article."""
        years = mention.number // 12
        named = next((m.interval for m in mentions if m.kind in ("year", "month", "day") and m.is_dated), None)
        base = named or self.document.published
        if base is None or years < 1:
            return None
        year = base.first.year
        try:
            if mention.unit == "past":
                return year_interval(base.last.year - years, base.last.year)
            if mention.unit == "later":
                return year_interval(year + years)
            return year_interval(year, year + years - (mention.unit != "next" or bool(named)))
        except ValueError:
            return None

    def _shifted(self, mention: DateMention, mentions: list[DateMention]) -> Interval | None:
        """The date that lies a year or month from the one last spoken of."""
        other = next((m.interval for m in mentions if m.interval and m.kind != "weekday"), None)
        base = other or (self.context.found.interval if self.context else None) or self.heading or self.document.published
        if base is None:
            return None
        if mention.unit != "year":
            return shifted_interval(base, mention.unit, mention.number)
        try:
            return Interval(*(_move_years(day, mention.number) for day in base))
        except ValueError:
            return None

    def _is_undated(self, quantity: Quantity, tie: Tie) -> bool:
        """Whether an event without a date, such as `before the war`, stands nearer to the quantity than the date."""
        return False

    # --- no date in the sentence ---

    def _without_tie(self, sentence: int, span: Span, quantity: Quantity, stage: StageReading) -> _Found:
        context = self.context
        is_near = context is not None and sentence - context.sentence <= 1
        if context and is_near and self._shares(context, stage):
            return _Found(context.found.interval, "date.context", context.found.mention)
        if self.heading and stage.topic in _PERIOD_TOPICS and stage.modality is not Modality.TARGET:
            return _Found(self.heading, "date.heading")
        return self._by_tense(span, quantity, stage)

    def _shares(self, context: _Context, stage: StageReading) -> bool:
        """Whether a figure without a date goes on with the last one's."""
        if context.stage.topic is not stage.topic or stage.modality is Modality.TARGET:
            return False
        if stage.stage is not context.stage.stage and stage.modality is not context.stage.modality:
            return False
        interval = context.found.interval
        if interval is None or context.found.rule in ("date.article", "date.anaphoric"):
            return False
        if interval.first == interval.last:
            return stage.stage is not None and stage.stage is context.stage.stage
        return True

    def _by_tense(self, span: Span, quantity: Quantity, stage: StageReading) -> _Found:
        """The date of the article for what holds or is promised now, none for what is past or open."""
        published = self.document.published
        article = _Found(published, "date.article")
        if published is None:
            return _UNKNOWN
        if stage.aggregation is Aggregation.STOCK:
            return article
        tense = read_tense(self.scan, span, quantity)
        if stage.stage is Stage.DELIVERY and stage.modality is not Modality.CONDITIONAL:
            return article
        if stage.modality in (Modality.CONDITIONAL, Modality.FORECAST, Modality.TARGET):
            return article if stage.stage is not None else _UNKNOWN
        if stage.stage is None and stage.modality is Modality.PLANNED:
            return _UNKNOWN
        return _UNKNOWN if tense is Tense.PAST else article

    def _heading_period(self) -> Interval | None:
        """The period that the title names, which the figures of the article then speak of."""
        title = self.document.title
        if not title:
            return None
        head = self.document.sentences[0].end if self.document.sentences else 0
        for mention in self.mentions:
            if mention.start > max(head, len(title) + 1):
                break
            if mention.kind in ("year", "part") and mention.is_dated:
                return mention.interval
        return None


def _is_timeless(quantity: Quantity) -> bool:
    """Whether the figure is a property or a price of one thing, which has no date."""
    return quantity.kind in (Kind.MEASURE,) or (quantity.kind is Kind.MONEY and quantity.per == "item")


def _is_counted(mention: DateMention, quantities: list[Quantity]) -> bool:
    """Whether the mention is itself a claim, such as a contract of ten years."""
    return any(mention.start < q.end and q.start < mention.end for q in quantities)


def _since(mention: DateMention, published: Interval) -> Interval:
    """From a day to the day of the article; from a year to its year."""
    assert mention.interval
    first = mention.interval.first
    if mention.kind in ("day", "weekday"):
        return Interval(first, published.last)
    return Interval(first, dt.date(published.last.year, 12, 31))


def _move_years(day: dt.date, years: int) -> dt.date:
    """The same day in another year; the last of February where the 29th is missing."""
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def read_dates(
    document: Document,
    quantities: Sequence[Quantity],
    stages: Sequence[StageReading],
    mentions: list[DateMention] | None = None,
) -> list[DateReading]:
    """The date of each quantity, None where the text gives none; `mentions` are those of `find_dates`, if at hand."""
    dater = _Dater(document, find_dates(document) if mentions is None else mentions)
    found: list[_Found] = []
    for sentence, first, last in _by_sentence(document, quantities):
        found.extend(dater.read(sentence, list(quantities[first:last]), stages[first:last]))
    return [_reading(date) for date in _agree(quantities, found)]


def _by_sentence(document: Document, quantities: Sequence[Quantity]) -> list[tuple[int, int, int]]:
    """Sentences that hold quantities, each with the first quantity and the one after the last."""
    groups: list[tuple[int, int, int]] = []
    for index, quantity in enumerate(quantities):
        sentence = document.sentence_index(quantity.start)
        if groups and groups[-1][0] == sentence:
            groups[-1] = (sentence, groups[-1][1], index + 1)
        else:
            groups.append((sentence, index, index + 1))
    return groups


def _agree(quantities: Sequence[Quantity], found: list[_Found]) -> list[_Found]:
    """The dates, with a headline's figure dated as the same figure of the body."""
    result = list(found)
    dated = {
        (q.kind, q.low, q.high, q.unit): date
        for q, date in reversed(list(zip(quantities, found, strict=True)))
        if date.mention
    }
    for index, (quantity, date) in enumerate(zip(quantities, found, strict=True)):
        if date.mention is None and index < len(quantities):
            twin = dated.get((quantity.kind, quantity.low, quantity.high, quantity.unit))
            if twin:
                result[index] = twin._replace(rule="date.same_figure")
    return result


def _reading(found: _Found) -> DateReading:
    if found.interval is None:
        return DateReading(None, (Evidence("date", found.rule),))
    mention = found.mention
    evidence = Evidence("date", found.rule, mention.start if mention else None, mention.end if mention else None)
    return DateReading(found.interval.isoformat(), (evidence,))
