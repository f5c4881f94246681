"""What a text has said so far about when: the last date, the period of a topic, the year that heads a line or list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from etl.extract.dates.compared import mark_compared
from etl.extract.dates.mentions import find_dates
from etl.extract.dates.scan import DateMention, ends_with, holds, scan_document, words_before
from etl.extract.dates.ties import starts_line
from etl.extract.document import Document, fold_text
from etl.extract.readings import StageReading
from etl.records import Interval, Quantity, Span
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

_DIGIT = re.compile("[0-9]")
_ACCOUNT_DAYS = 250
"""Accounts are published no longer than this after the period that they are about."""
_ACCOUNTED = frozenset({Kind.MONEY, Kind.SHARE, Kind.CHANGE})
_MONTH = 31
"""Days of a month, the least precise date of an act."""
_RECENT = 10
"""Days before the article within which an act is what the article reports."""
_REPORT = 8
"""The period of a report is named in so many of its first sentences."""
_PERIOD = range(3, 6)
"""By how many years its last year may be later than its first."""
_LEAD = 1
"""What the article reports is told by this sentence, counted from 0."""
_FRESH = 4
_FIRST = 6
"""The period that a whole article is about is named in its first sentences."""
_HEAD = 400
"""The lines above an article's body reach no farther than this."""
PERIODIC = frozenset({Topic.BUDGET, Topic.INDUSTRY, Topic.TRADE})
"""Topics whose figures go on from one sentence to the next under one period."""
_FACTS = frozenset({None, Stage.APPROPRIATION, Stage.ALLOCATION, Stage.EXPENDITURE, Stage.PROPOSAL})
"""Stages of figures that belong to a period rather than to an act on one day."""
_ACCOUNTS = frozenset({None, Stage.CONTRACT})
"""Stages of the figures of a company's results: sales, and orders taken."""
_PARTS = ("year", "part", "month", "relative")


class FoundDate(NamedTuple):
    """A date with the rule that set it and the words it rests on."""

    interval: Interval | None
    rule: str
    mention: DateMention | None = None
    text: str | None = None
    """The ISO wording where it is not that of the interval."""


class _Last(NamedTuple):
    """What was last dated, and by which sentence."""

    sentence: int
    found: FoundDate
    stage: StageReading | None
    """Of the figure that had the date; None where a sentence without figures had it."""
    is_leading: bool
    """Whether the date opened its sentence and so speaks for what follows."""


class DateContext:
    """The dates of one document as they are come upon, sentence by sentence."""

    def __init__(self, document: Document, mentions: list[DateMention]) -> None:
        self.document = document
        self.scan = scan_document(document)
        self.by_sentence: dict[int, list[DateMention]] = {}
        kept = [m for m in mentions if m.kind not in ("hour", "decade") and not self._is_dateline(m)]
        for mention in kept:
            self.by_sentence.setdefault(document.sentence_index(mention.start), []).append(mention)
        self.heading = self._read_heading()
        self.stand = self._read_stand(kept)
        self.lead_day = self._read_lead_day(kept)
        self._reported = self._read_reported(kept)
        self._last: _Last | None = None
        self._section: _Last | None = None
        self._periods: dict[Topic, FoundDate] = {}
        self._line: DateMention | None = None
        self._span: Interval | None = None
        self._account: Interval | None = None
        self._part: FoundDate | None = None
        self._next = 0
        self._days: dict[Stage, FoundDate] = {}

    def day_of_act(self, stage: Stage) -> FoundDate | None:
        """The day, shortly before the article, on which the article says that a first such act was done; None where it says none."""
        return self._days.get(stage)

    def note_day(self, found: FoundDate, stage: StageReading) -> None:
        """Keep in mind the day of the first act of a stage, if it is what the article reports."""
        if stage.stage is None or stage.stage in self._days or found.mention is None or found.interval is None:
            return
        if found.interval.first == found.interval.last and self._is_news(found.interval):
            self._days[stage.stage] = found

    def last_interval(self) -> Interval | None:
        """The date last spoken of, if any."""
        return self._last.found.interval if self._last else None

    def enter(self, sentence: int) -> list[DateMention]:
        """The dates of a sentence with figures; those of the sentences before it are taken note of."""
        for passed in [index for index in self.by_sentence if self._next <= index < sentence]:
            self._note_part(self.by_sentence[passed])
            for mention in self.by_sentence[passed]:
                if mention.interval:
                    self._pass_over(passed, mention, mention.interval)
        self._next = sentence + 1
        mentions = self.by_sentence.get(sentence, [])
        self._note_part(mentions)
        if mentions:
            self._note_line(self.document.sentences[sentence], mentions[0])
        return mentions

    def note(self, sentence: int, found: FoundDate, stage: StageReading, first: Quantity) -> None:
        """Keep in mind the date of a sentence's first dated figure."""
        is_leading = found.mention is not None and found.mention.start < first.start
        self._last = _Last(sentence, found, stage, is_leading)
        interval = found.interval
        is_period = interval and stage.topic in PERIODIC and stage.stage in _FACTS and interval.last > interval.first
        if interval and is_period and not self._is_older(interval, self._periods.get(stage.topic)):
            self._periods[stage.topic] = found

    def inherit(self, sentence: int, quantity: Quantity, stage: StageReading) -> FoundDate | None:
        """The date that a figure without one of its own takes from what was said before; None where it takes none."""
        part = self._part_again(sentence, stage)
        if part:
            return part
        for last in (self._last, self._section):
            if last and self._reaches(last, sentence) and _shares(last, stage) and not self._is_left(last, sentence, stage.topic):
                return last.found._replace(rule="date.context")
        return self._of_topic(quantity, stage)

    def _of_topic(self, quantity: Quantity, stage: StageReading) -> FoundDate | None:
        """The period that the article gives for the figures of a topic."""
        if stage.topic not in PERIODIC or stage.modality is Modality.TARGET:
            return None
        if self._reported and stage.topic is Topic.TRADE and stage.stage is None and stage.modality is Modality.ASSERTED:
            return self._reported
        if self.heading:
            return FoundDate(self.heading, "date.heading")
        if stage.stage in _FACTS:
            period = self._periods.get(stage.topic)
            if period and stage.aggregation is not Aggregation.STOCK:
                return period._replace(rule="date.topic")
            if self._span:
                return FoundDate(self._span, "date.span")
        if self._account and stage.topic is Topic.INDUSTRY and quantity.kind in _ACCOUNTED:
            return FoundDate(self._account, "date.account")
        return None

    def _part_again(self, sentence: int, stage: StageReading) -> FoundDate | None:
        """The quarter or the like that was named before, where a sentence on a company's results says `in the quarter`."""
        if self._part is None or stage.topic is not Topic.INDUSTRY:
            return None
        start, end = self.document.sentences[sentence]
        return self._part if holds(self.scan.folded[start + 1 : end + 1].split(), self.scan.lexicon.part_names) else None

    @staticmethod
    def _is_older(interval: Interval, period: FoundDate | None) -> bool:
        """Whether several years lie before those that the article's figures of a topic are about."""
        if period is None or period.interval is None:
            return False
        is_span = interval.last.year > interval.first.year and period.interval.last.year > period.interval.first.year
        return is_span and interval.last < period.interval.last

    def _read_reported(self, mentions: list[DateMention]) -> FoundDate | None:
        """The last of the periods of several years that a report on the arms trade names at its beginning."""
        published, found = self.document.published, None
        for mention in mentions:
            interval = mention.interval
            if self.document.sentence_index(mention.start) >= _REPORT:
                break
            if interval is None or mention.kind != "year" or mention.is_compared or interval.last.year - interval.first.year not in _PERIOD:
                continue
            is_past = published is None or interval.last < published.last
            if is_past and (found is None or found.interval is None or interval.last > found.interval.last):
                found = FoundDate(interval, "date.report", mention)
        return found

    def _is_left(self, last: _Last, sentence: int, topic: Topic) -> bool:
        """Whether the article, in a new paragraph, is back from an older period to that which it is about."""
        interval, spans = last.found.interval, self.document.sentences
        if interval is None or not self._is_older(interval, self._periods.get(topic)):
            return False
        return "\n" in self.scan.text[spans[last.sentence].end : spans[sentence].start]

    def line_date(self, quantity: Quantity) -> FoundDate | None:
        """The date that heads the line that holds the quantity."""
        mention = self._line
        if mention is None or "\n" in self.scan.text[mention.end : quantity.start]:
            return None
        return FoundDate(mention.interval, "date.line", mention)

    # --- what a sentence leaves behind ---

    def _pass_over(self, sentence: int, mention: DateMention, interval: Interval) -> None:
        """Take note of a date of a sentence without figures."""
        span = self.document.sentences[sentence]
        self._note_line(span, mention)
        if sentence < _FIRST:
            self._note_period(mention, interval)
        found = FoundDate(interval, "date.context", mention)
        if self.scan.text[span.end - 1] == ":" and mention.kind in _PARTS:
            self._section = _Last(sentence, found, None, True)
        elif self._is_recent(mention, interval):
            self._last = _Last(sentence, found, None, False)

    def _note_part(self, mentions: list[DateMention]) -> None:
        """Keep in mind the last quarter, half-year or run of months that is named and not only compared with."""
        for mention in mentions:
            if mention.interval and not mention.is_compared and (mention.kind == "part" or _is_months(mention)):
                self._part = FoundDate(mention.interval, "date.part_again", mention)

    def _note_line(self, span: Span, mention: DateMention) -> None:
        if mention.interval and starts_line(self.scan, span, mention):
            self._line = mention

    def _note_period(self, mention: DateMention, interval: Interval) -> None:
        """Note the years that a comparison is about, or the year or part of a year of the accounts just published."""
        published = self.document.published
        is_last_year = mention.kind == "relative" and mention.unit == "year" and mention.number == -1
        if is_last_year or (mention.kind == "year" and interval.first.year != interval.last.year):
            self._span = self._span or interval
            return
        age = (published.first - interval.last).days if published else 0
        if mention.kind in ("year", "part") and mention.is_dated and 0 < age < _ACCOUNT_DAYS:
            self._account = self._account or interval

    def _is_recent(self, mention: DateMention, interval: Interval) -> bool:
        return mention.kind == "day" and self._is_news(interval)

    def _is_news(self, interval: Interval) -> bool:
        """Whether a day lies so shortly before the article that what was done on it is news."""
        published = self.document.published
        return published is not None and 0 < (published.last - interval.last).days <= _RECENT

    def _reaches(self, last: _Last, sentence: int) -> bool:
        """Whether a date reaches as far as a sentence: to the next one, or down the list that it heads."""
        if sentence - last.sentence <= 1:
            return True
        sentences = self.document.sentences
        return last.stage is None and "\n" in self.scan.text[sentences[sentence - 1].end : sentences[sentence].start]

    # --- title and lines above the text ---

    def _is_dateline(self, mention: DateMention) -> bool:
        """Whether the mention is the article's own date above or before its first sentence."""
        if mention.kind != "day" or mention.start > _HEAD or mention.interval != self.document.published:
            return False
        after = self.scan.text[mention.end : mention.end + 20]
        after = after.lstrip(". ")
        return not after.strip() or after[0] in "(-–—|•·:[" or "\n" in after

    def _read_heading(self) -> Interval | None:
        """The period that the title names, which the figures of the article then speak of."""
        title = self.document.title
        if not title or not _DIGIT.search(title):
            return None
        head = replace(self.document, text=title, folded=fold_text(title))
        found = [m for m in mark_compared(head, find_dates(head), ()) if not m.is_compared and m.is_dated and (m.kind in ("year", "part") or _is_months(m))]
        return found[0].interval if len(found) == 1 else None

    def _read_lead_day(self, mentions: list[DateMention]) -> FoundDate | None:
        """The day, shortly before the article, that its first sentences give for what it reports."""
        published = self.document.published
        for mention in mentions:
            if self.document.sentence_index(mention.start) > _LEAD or published is None:
                return None
            if mention.kind == "weekday" and mention.interval and 0 <= (published.last - mention.interval.last).days <= _FRESH:
                return FoundDate(mention.interval, "date.act", mention)
        return None

    def _read_stand(self, mentions: list[DateMention]) -> Interval | None:
        """The day up to which the lines above the article say that its data reach."""
        leads = self.scan.lexicon.stand_leads
        for mention in mentions:
            if mention.start > _HEAD:
                return None
            if mention.kind == "day" and ends_with(words_before(self.scan, mention.start, 4), leads):
                return mention.interval
        return None


def _is_months(mention: DateMention) -> bool:
    """Whether a date is several months, such as a quarter: `July to September 2024`."""
    interval = mention.interval
    return mention.kind == "month" and interval is not None and (interval.last - interval.first).days > _MONTH


def _shares(last: _Last, stage: StageReading) -> bool:
    """Whether a figure without a date goes on with the last one's."""
    interval = last.found.interval
    if stage.modality is Modality.TARGET or interval is None:
        return False
    is_act = stage.stage is not None or stage.topic is Topic.LOSSES
    if last.stage is None:
        return is_act if interval.first == interval.last else stage.stage in _FACTS
    if last.stage.topic is not stage.topic:
        return False
    is_same = stage.stage is last.stage.stage
    if stage.topic is Topic.INDUSTRY and {stage.stage, last.stage.stage} <= _ACCOUNTS and stage.aggregation is Aggregation.SINGLE:
        return (interval.last - interval.first).days >= _MONTH
    if (interval.last - interval.first).days < _MONTH:
        if stage.aggregation is Aggregation.STOCK:
            return last.stage.aggregation is Aggregation.STOCK
        return is_act and is_same
    if stage.stage not in _FACTS or last.stage.stage not in _FACTS:
        return is_same and last.is_leading
    return stage.topic in PERIODIC or last.is_leading
