"""Reads the dates of one document sentence by sentence, with what was last dated in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.extract.date_mentions import find_dates
from etl.extract.date_periods import mention_text, moved_interval, period_interval, since_text
from etl.extract.date_scan import DateMention, Scan, ends_with, holds, words_before
from etl.extract.date_tense import read_tense
from etl.extract.date_ties import Scene, Tie, find_tie, lead_of, make_scene, starts_line
from etl.extract.date_words import date_lexicon
from etl.extract.document import Document, fold_text
from etl.extract.readings import StageReading
from etl.records import Interval, Quantity, Span
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

_ACCOUNT_DAYS = 250
"""Accounts are published no longer than this after the period that they are about."""
_ACCOUNTED = frozenset({Kind.MONEY, Kind.SHARE, Kind.CHANGE})
_MONTH = 31
"""Days of a month, the least precise date of an act."""
_RECENT = 10
"""Days before the article within which an act is what the article reports."""
_FIRST = 6
"""The period that a whole article is about is named in its first sentences."""
_NEAR = 50
"""How far from a sum words such as `to date` are looked for."""
_OPENING = 30
"""A date that begins no farther than this into its sentence opens it."""
_HEAD = 400
"""The lines above an article's body reach no farther than this."""
_PERIODIC = frozenset({Topic.BUDGET, Topic.INDUSTRY, Topic.TRADE})
"""Topics whose figures go on from one sentence to the next under one period."""
_FACTS = frozenset({None, Stage.APPROPRIATION, Stage.ALLOCATION, Stage.EXPENDITURE, Stage.PROPOSAL})
"""Stages of figures that belong to a period rather than to an act on one day."""
_BOUND = frozenset({Stage.PLEDGE, Stage.APPROPRIATION, Stage.ALLOCATION, Stage.CONTRACT, Stage.EXPENDITURE})
"""Stages at which a number of years has begun to run."""


class FoundDate(NamedTuple):
    """A date with the rule that set it and the words it rests on."""

    interval: Interval | None
    rule: str
    mention: DateMention | None = None
    text: str | None = None
    """The ISO wording where it is not that of the interval."""


UNKNOWN = FoundDate(None, "date.unknown")


class _Context(NamedTuple):
    """What was last dated, and by which sentence."""

    sentence: int
    interval: Interval
    mention: DateMention | None
    stage: StageReading | None
    """Of the figure that had the date; None where a sentence without figures had it."""
    text: str | None
    is_leading: bool
    """Whether the date opened its sentence and so speaks for what follows."""


class DateReader:
    """The state of reading one document."""

    def __init__(self, document: Document, mentions: list[DateMention]) -> None:
        self.document = document
        self.scan = Scan(document.text, document.folded, date_lexicon(document.pack), document.published)
        self.mentions = [m for m in mentions if m.kind not in ("hour", "decade") and not self._is_dateline(m)]
        self.by_sentence: dict[int, list[DateMention]] = {}
        for mention in self.mentions:
            self.by_sentence.setdefault(document.sentence_index(mention.start), []).append(mention)
        self.context: _Context | None = None
        self.section: _Context | None = None
        self.heading = self._heading()
        self.stand = self._stand()
        self.periods: dict[Topic, _Context] = {}
        self.line: FoundDate | None = None
        self.span: Interval | None = None
        self.account: Interval | None = None
        self.at = 0

    def read(self, sentence: int, quantities: list[Quantity], stages: Sequence[StageReading]) -> list[FoundDate]:
        """The dates of the quantities of one sentence."""
        self._pass_over(sentence)
        span = self.document.sentences[sentence]
        mentions = [m for m in self._mentions_of(sentence) if m.kind != "period" or not _is_counted(m, quantities)]
        scene = make_scene(self.scan, span, mentions, quantities)
        self._note_line(span, mentions)
        found: list[FoundDate] = []
        context: _Context | None = None
        for index, stage in enumerate(stages):
            date = self._read_one(sentence, scene, index, stage, found)
            found.append(date)
            if context is None and date.interval and date.rule != "date.article":
                is_leading = date.mention is not None and date.mention.start < quantities[0].start
                context = _Context(sentence, date.interval, date.mention, stage, date.text, is_leading)
                self._keep_period(context, stage)
        self.context = context or self.context
        return found

    def _keep_period(self, context: _Context, stage: StageReading) -> None:
        """Keep in mind the period that the facts of a topic are about."""
        if stage.topic in _PERIODIC and stage.stage in _FACTS and context.interval.last > context.interval.first:
            self.periods[stage.topic] = context

    def _read_one(
        self, sentence: int, scene: Scene, index: int, stage: StageReading, found: list[FoundDate]
    ) -> FoundDate:
        quantity = scene.quantities[index]
        if _is_timeless(quantity):
            return UNKNOWN
        tie = find_tie(scene, index, stage) if scene.mentions else None
        if _is_norm(quantity, stage) and not (tie and self._is_deadline(tie, scene, quantity)):
            return UNKNOWN
        if (stage.aggregation is Aggregation.TOTAL or stage.modality is Modality.DENIED) and self._is_so_far(scene, quantity):
            return self._article(stage)
        date = self._from_tie(tie, scene, quantity, stage, found) if tie else None
        return date or self._without_tie(sentence, scene, quantity, stage, found)

    def _is_deadline(self, tie: Tie, scene: Scene, quantity: Quantity) -> bool:
        """Whether a norm is to be reached by a date that follows it or opens the sentence."""
        first = min(scene.sentence.start + _OPENING, quantity.start)
        is_placed = tie.mention.start >= quantity.end or tie.mention.start < first
        return is_placed and lead_of(self.scan, tie) == "deadline"

    def _is_so_far(self, scene: Scene, quantity: Quantity) -> bool:
        """Whether words such as `to date` stand near a sum."""
        low, high = max(scene.sentence.start, quantity.start - _NEAR), min(scene.sentence.end, quantity.end + _NEAR)
        return holds(self.scan.folded[low + 1 : high + 1].split(), self.scan.lexicon.so_far)

    # --- a date of the sentence ---

    def _from_tie(
        self, tie: Tie, scene: Scene, quantity: Quantity, stage: StageReading, found: list[FoundDate]
    ) -> FoundDate | None:
        mention, published = tie.mention, self.document.published
        if found and mention.kind == "year" and _is_base(mention, found[-1].mention):
            return found[-1]._replace(rule="date.same_sentence")
        interval, rule = self._mention_interval(mention, stage), f"date.{mention.kind}"
        if mention.kind == "period":
            return self._from_period(mention, scene, quantity, stage)
        if mention.kind == "anaphoric":
            base = self._base(scene, found)
            interval = moved_interval(base, mention.unit, mention.number) if base else None
        if interval is None:
            return None
        if stage.aggregation is Aggregation.TOTAL and published and lead_of(self.scan, tie) == "since":
            text = since_text(mention, published)
            if text:
                return FoundDate(Interval.parse(text), "date.since", mention, text)
        return FoundDate(interval, rule, mention, mention_text(mention))

    def _mention_interval(self, mention: DateMention, stage: StageReading) -> Interval | None:
        """The interval of a date; a month or day without its year lies behind where something is asserted."""
        interval, published = mention.interval, self.document.published
        if interval is None or published is None or mention.is_dated or mention.kind not in ("month", "day"):
            return interval
        if stage.modality is Modality.ASSERTED and interval.first > published.last:
            return moved_interval(interval, "year", -1)
        return interval

    def _from_period(
        self, mention: DateMention, scene: Scene, quantity: Quantity, stage: StageReading
    ) -> FoundDate | None:
        named = next((m.interval for m in scene.mentions if m.kind == "year" and m.is_dated), None)
        how = mention.unit
        if how == "over" and quantity.kind is Kind.CHANGE and stage.modality is Modality.ASSERTED:
            how = "past"
        if not named and how not in ("next", "past") and stage.stage not in _BOUND:
            return None
        interval = period_interval(mention, how, named, self.document.published)
        return FoundDate(interval, f"date.{how}", mention) if interval else None

    def _base(self, scene: Scene, found: list[FoundDate]) -> Interval | None:
        """The date that `a year earlier` counts from: of the figure before, of the sentence, of the text so far."""
        if found and found[-1].interval:
            return found[-1].interval
        named = next((m.interval for m in scene.mentions if m.interval and m.kind != "weekday"), None)
        return named or self.heading or (self.context.interval if self.context else None) or self.document.published

    # --- no date in the sentence ---

    def _without_tie(
        self, sentence: int, scene: Scene, quantity: Quantity, stage: StageReading, found: list[FoundDate]
    ) -> FoundDate:
        is_free = stage.modality is not Modality.DENIED and found and found[-1].rule != "date.anaphoric"
        if is_free and found[-1].interval and self._is_joined(scene, len(found)):
            return found[-1]._replace(rule="date.same_sentence")
        if self._is_on_line(quantity):
            return self.line._replace(rule="date.line") if self.line else UNKNOWN
        is_sum = stage.aggregation is Aggregation.TOTAL and stage.modality is Modality.ASSERTED
        if is_sum and stage.stage is None and stage.topic not in _PERIODIC:
            return self._article(stage)
        for context in (self.context, self.section):
            if context and self._reaches(context, sentence) and _shares(context, stage):
                return FoundDate(context.interval, "date.context", context.mention, context.text)
        if stage.topic in _PERIODIC and stage.modality is not Modality.TARGET:
            period = self.periods.get(stage.topic)
            if self.heading:
                return FoundDate(self.heading, "date.heading")
            if period and stage.stage in _FACTS and stage.aggregation is not Aggregation.STOCK:
                return FoundDate(period.interval, "date.topic", period.mention, period.text)
            if self.span and stage.stage in _FACTS:
                return FoundDate(self.span, "date.span")
            if self.account and stage.topic is Topic.INDUSTRY and quantity.kind in _ACCOUNTED:
                return FoundDate(self.account, "date.account")
        return self._by_tense(scene, quantity, stage)

    def _is_joined(self, scene: Scene, index: int) -> bool:
        """Whether no strong cut parts a quantity from the one before it."""
        one, two = scene.quantities[index - 1], scene.quantities[index]
        return ";" not in self.scan.text[one.end : two.start] and two.start - one.end < 60

    def _is_on_line(self, quantity: Quantity) -> bool:
        """Whether a date heads the line that holds the quantity."""
        mention = self.line.mention if self.line else None
        return mention is not None and "\n" not in self.scan.text[mention.end : quantity.start]

    def _reaches(self, context: _Context, sentence: int) -> bool:
        if sentence - context.sentence <= 1:
            return True
        return context.stage is None and self._is_item(sentence)

    def _is_item(self, sentence: int) -> bool:
        """Whether a sentence is a line of a list under a heading."""
        sentences = self.document.sentences
        start = sentences[sentence].start
        return sentence > 0 and "\n" in self.scan.text[sentences[sentence - 1].end : start]

    def _by_tense(self, scene: Scene, quantity: Quantity, stage: StageReading) -> FoundDate:
        """The date of the article for what holds or is promised now, none for what is past or open."""
        article = self._article(stage)
        if stage.aggregation is Aggregation.STOCK or (
            stage.aggregation is Aggregation.TOTAL and stage.modality is Modality.ASSERTED
        ):
            return article
        if stage.modality in (Modality.CONDITIONAL, Modality.TARGET):
            return article if stage.stage is not None else UNKNOWN
        if stage.stage is None and stage.modality is Modality.PLANNED:
            return UNKNOWN
        if stage.stage is Stage.DELIVERY and self._is_listed(scene):
            return article
        return UNKNOWN if read_tense(self.scan, scene.sentence, quantity) else article

    def _article(self, stage: StageReading) -> FoundDate:
        """The date of the article, or the day that it gives for its data where a sum or stock is concerned."""
        is_sum = stage.aggregation is not Aggregation.SINGLE
        interval = self.stand if self.stand and is_sum else self.document.published
        return FoundDate(interval, "date.article") if interval else UNKNOWN

    def _is_listed(self, scene: Scene) -> bool:
        """Whether the sentence is a line without a full stop."""
        return self.scan.text[scene.sentence.end - 1] not in ".!?…”»\""

    # --- the rest of the text ---

    def _mentions_of(self, sentence: int) -> list[DateMention]:
        return self.by_sentence.get(sentence, [])

    def _pass_over(self, sentence: int) -> None:
        """Take note of the dates of the sentences without figures before `sentence`."""
        for passed in [index for index in self.by_sentence if self.at <= index < sentence]:
            for mention in self._mentions_of(passed):
                if not mention.interval:
                    continue
                span = self.document.sentences[passed]
                self._note_line(span, [mention])
                if passed < _FIRST:
                    self._note_period(mention, mention.interval)
                is_head = self.scan.text[span.end - 1] == ":"
                if is_head and mention.kind in ("year", "part", "month", "relative"):
                    self.section = _Context(passed, mention.interval, mention, None, None, True)
                elif self._is_recent(mention):
                    self.context = _Context(passed, mention.interval, mention, None, None, False)
        self.at = sentence + 1

    def _note_line(self, span: Span, mentions: list[DateMention]) -> None:
        if mentions and mentions[0].interval and starts_line(self.scan, span, mentions[0]):
            self.line = FoundDate(mentions[0].interval, "date.line", mentions[0])

    def _note_period(self, mention: DateMention, interval: Interval) -> None:
        """Note the years that a comparison is about, or the year or part of a year of the accounts just published."""
        published = self.document.published
        if mention.kind == "year" and _is_span(interval):
            self.span = self.span or interval
        elif mention.kind in ("year", "part") and mention.is_dated and published and interval.last < published.first:
            if (published.first - interval.last).days < _ACCOUNT_DAYS:
                self.account = self.account or interval

    def _is_recent(self, mention: DateMention) -> bool:
        published = self.document.published
        if mention.kind != "day" or published is None or mention.interval is None:
            return False
        return 0 < (published.last - mention.interval.last).days <= _RECENT

    def _is_dateline(self, mention: DateMention) -> bool:
        """Whether the mention is the article's own date above or before its first sentence."""
        if mention.kind != "day" or mention.start > _HEAD or mention.interval != self.document.published:
            return False
        after = self.scan.text[mention.end : mention.end + 20].lstrip()
        return not after or after[0] in "(-–—|•·:[" or "\n" in self.scan.text[mention.end : mention.end + 20]

    def _heading(self) -> Interval | None:
        """The period that the title names, which the figures of the article then speak of."""
        title = self.document.title
        if not title or not any(character.isdigit() for character in title):
            return None
        head = replace(self.document, text=title, folded=fold_text(title))
        found = [m for m in find_dates(head) if m.kind in ("year", "part") and m.is_dated]
        return found[0].interval if len(found) == 1 else None

    def _stand(self) -> Interval | None:
        """The day up to which the lines above the article say that its data reach."""
        leads = self.scan.lexicon.stand_leads
        for mention in self.mentions:
            if mention.start > _HEAD:
                return None
            if mention.kind == "day" and ends_with(words_before(self.scan, mention.start, 4), leads):
                return mention.interval
        return None


def _is_span(interval: Interval) -> bool:
    return interval.first.year != interval.last.year


def _is_base(mention: DateMention, last: DateMention | None) -> bool:
    """Whether the date only says from when the years of the figure before run."""
    return last is not None and last.kind == "period" and mention.start < last.start


def _shares(context: _Context, stage: StageReading) -> bool:
    """Whether a figure without a date goes on with the last one's."""
    if stage.modality is Modality.TARGET:
        return False
    if context.stage is None:
        is_act = context.interval.first == context.interval.last
        return stage.stage is not None if is_act else stage.stage in _FACTS
    if context.stage.topic is not stage.topic:
        return False
    if (context.interval.last - context.interval.first).days < _MONTH:
        if stage.aggregation is Aggregation.STOCK:
            return context.stage.aggregation is Aggregation.STOCK
        return stage.stage is not None and stage.stage is context.stage.stage
    if stage.stage not in _FACTS or context.stage.stage not in _FACTS:
        return stage.stage is context.stage.stage and context.is_leading
    return stage.topic in _PERIODIC or context.is_leading


def _is_timeless(quantity: Quantity) -> bool:
    """Whether the figure is a property or a price of one thing, which has no date."""
    return quantity.kind is Kind.MEASURE or (quantity.kind is Kind.MONEY and quantity.per == "item")


def _is_norm(quantity: Quantity, stage: StageReading) -> bool:
    """Whether the figure is a share to be reached, which has a date only where the text sets one."""
    return stage.modality is Modality.TARGET and quantity.kind is Kind.SHARE


def _is_counted(mention: DateMention, quantities: list[Quantity]) -> bool:
    """Whether the mention is itself a claim, such as a contract of ten years."""
    return any(mention.start < quantity.end and quantity.start < mention.end for quantity in quantities)
