"""Reads the dates of one document sentence by sentence: from the sentence, from what was said before, from the tense."""

from __future__ import annotations

from collections.abc import Sequence

from etl.dating import year_interval
from etl.extract.dates.context import PERIODIC, DateContext, FoundDate
from etl.extract.dates.mentions import NIGHT
from etl.extract.dates.periods import mention_text, moved_interval, period_interval, since_text
from etl.extract.dates.scan import DateMention, ends_with, holds
from etl.extract.dates.tense import read_tense
from etl.extract.dates.ties import Scene, Tie, find_tie, lead_of, make_scene
from etl.extract.document import Document
from etl.extract.readings import StageReading
from etl.records import Interval, Quantity, Span
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

_LEAD = 30
"""How far apart the words may stand that join two levels, in characters."""
_NEAR = 50
"""How far from a sum words such as `to date` are looked for."""
_JOINED = 60
"""A figure goes with the one before it in its sentence no farther than this."""
_SEASON = 2
"""Months from the first of a season to its last."""
_SPAN = 2
"""By how many years the ends of a span lie apart at least that a change may run over."""
_YEAR = 12
"""Months of the shortest period that is told by its length."""
_RIGHT_BEFORE = 12
_OPENING = 30
"""A date that begins no farther than this into its sentence opens it."""
_ALIGNED = frozenset({"year", "month", "part"})
"""Kinds of dates of which a sentence may give one for each of its figures."""
_AHEAD = frozenset({Modality.PLANNED, Modality.FORECAST, Modality.CONDITIONAL})
_TO_COME = frozenset({*_AHEAD, Modality.TARGET})
_BOUND = frozenset({Stage.PLEDGE, Stage.APPROPRIATION, Stage.ALLOCATION, Stage.CONTRACT, Stage.EXPENDITURE})
"""Stages at which a number of years has begun to run."""
_DELIVER = ".stage.deliver"
"""How the rules end that read a stage from a verb of delivery."""

UNKNOWN = FoundDate(None, "date.unknown")


class DateReader:
    """The state of reading one document."""

    def __init__(self, document: Document, mentions: list[DateMention]) -> None:
        self.document = document
        self.context = DateContext(document, mentions)
        self.scan = self.context.scan
        self._joints = frozenset(joint for _, joint in document.pack.ranges.pairs)

    def read(self, sentence: int, quantities: list[Quantity], stages: Sequence[StageReading]) -> list[FoundDate]:
        """The dates of the quantities of one sentence."""
        mentions = self.context.enter(sentence)
        if mentions:
            mentions = [m for m in mentions if m.kind != "period" or not _is_counted(m, quantities)]
        scene = make_scene(self.scan, self.document.sentences[sentence], mentions, quantities)
        found: list[FoundDate] = []
        for index, stage in enumerate(stages):
            found.append(self._read_one(sentence, scene, index, stage, found))
        for index in range(1, len(found)):
            self._part_levels(scene.sentence, quantities, found, index)
            if self._is_end_level(quantities[index - 1], quantities[index], found, index):
                found[index] = self._at_end(found[index])
            if self._has_first_level(quantities[index - 1], quantities[index], found[index]):
                found[index] = self._by_tense(scene, quantities[index], stages[index])
        if mentions:
            self._align(scene, found)
            for date, stage in zip(found, stages, strict=True):
                self.context.note_day(date, stage)
        for date, stage in zip(found, stages, strict=True):
            if date.interval and date.rule != "date.article":
                self.context.note(sentence, _without_evening(date), stage, quantities[0])
                break
        return found

    def _part_levels(self, sentence: Span, quantities: list[Quantity], found: list[FoundDate], index: int) -> None:
        """Dates the first of two levels by the beginning of a span of years, the second by its end: `from 2009 to 2017 ... from 412 to 645`."""
        one, two = quantities[index - 1 : index + 1]
        date = found[index]
        span, mention = date.interval, date.mention
        if one.kind is not two.kind or span is None or mention is None or found[index - 1].interval != span or one.kind is Kind.CHANGE:
            return
        if mention.start < sentence.start or span.last.year == span.first.year or not self._are_levels(one, two):
            return
        ends = date.text.split("/") if date.text else [f"{span.first.year:04}", f"{span.last.year:04}"]
        for place, end in zip((index - 1, index), (ends[0], ends[-1]), strict=True):
            found[place] = found[place]._replace(interval=Interval.parse(end), text=None)

    def _has_first_level(self, one: Quantity, two: Quantity, date: FoundDate) -> bool:
        """Whether a date is that of the first of two levels alone: `fell from $44,000 in 2018 to $33,600`."""
        mention, folded = date.mention, self.scan.folded
        if mention is None or not one.end <= mention.start < mention.end <= two.start or two.start - one.end > 2 * _LEAD or one.kind is not two.kind:
            return False
        before, joint = folded[max(0, one.start - _LEAD) + 1 : one.start + 1].split()[-1:], folded[mention.end + 1 : two.start + 1].split()[:1]
        return bool(before and joint) and (before[0], joint[0]) in self.document.pack.ranges.pairs

    def _is_end_level(self, change: Quantity, level: Quantity, found: list[FoundDate], index: int) -> bool:
        """Whether a figure is the level to which a change over a span has led: `has doubled since 2019, to just under $4m`."""
        date = found[index]
        span, mention = date.interval, date.mention
        if change.kind is not Kind.CHANGE or level.kind is Kind.CHANGE or span is None or mention is None or span != found[index - 1].interval:
            return False
        if mention.start >= level.start or level.start - mention.end > 2 * _LEAD or (date.rule != "date.since" and span.last.year - span.first.year < _SPAN):
            return False
        words = self.scan.folded[max(change.end, mention.end) + 1 : level.start + 1].split()
        joint = next((place for place, word in enumerate(words) if word in self._joints), -1)
        return 0 <= joint <= 1 and mention.start > change.start - _OPENING

    def _at_end(self, found: FoundDate) -> FoundDate:
        """The end of a span: the date of the article where the span leads up to it, else its last year."""
        assert found.interval is not None  # a span was found
        published = self.document.published
        if published is not None and found.rule == "date.since":
            return FoundDate(published, "date.article")
        return found._replace(interval=year_interval(found.interval.last.year), text=None)

    def _align(self, scene: Scene, found: list[FoundDate]) -> None:
        """Gives each of several figures its own of as many dates: `in 2023, 2024 and 2025 came to £52bn, £57bn and £60bn respectively`."""
        quantities, sentence = scene.quantities, scene.sentence
        words = self.scan.folded[sentence.start + 1 : sentence.end + 1].split()
        if self.scan.lexicon.respective.isdisjoint(words):
            return
        dates = [mention for mention in scene.mentions if mention.interval is not None and mention.kind in _ALIGNED]
        alike = [place for place, other in enumerate(quantities) if (other.kind, other.unit) == (quantities[0].kind, quantities[0].unit)]
        if len(alike) != len(dates) or len(dates) < len(("one", "two")) or len({mention.kind for mention in dates}) > 1:
            return
        if dates[-1].end <= quantities[alike[0]].start or dates[0].start >= quantities[alike[-1]].end:
            for place, mention in zip(alike, dates, strict=True):
                found[place] = FoundDate(mention.interval, f"date.{mention.kind}", mention)

    def _are_levels(self, one: Quantity, two: Quantity) -> bool:
        """Whether a pair such as `from ... to` joins two figures as levels."""
        folded = self.scan.folded
        before, joint = folded[max(0, one.start - _LEAD) + 1 : one.start + 1].split()[-1:], folded[one.end + 1 : two.start + 1].split()[:1]
        return bool(before and joint) and two.start - one.end <= _LEAD and (before[0], joint[0]) in self.document.pack.ranges.pairs

    def _read_one(
        self, sentence: int, scene: Scene, index: int, stage: StageReading, found: list[FoundDate]
    ) -> FoundDate:
        quantity = scene.quantities[index]
        if _is_timeless(quantity):
            return UNKNOWN
        tie = find_tie(scene, index, stage) if scene.mentions else None
        if _is_norm(quantity, stage) and not (tie and self._is_deadline(tie, scene, quantity)):
            return UNKNOWN
        is_open = stage.aggregation is Aggregation.TOTAL or stage.modality is Modality.DENIED or stage.stage is Stage.DELIVERY
        if is_open and self._is_so_far(scene, quantity):
            return self._article(stage)
        date = self._from_tie(tie, scene, quantity, stage, found) if tie else None
        return date or self._without_tie(sentence, scene, quantity, stage, found)

    def _is_deadline(self, tie: Tie, scene: Scene, quantity: Quantity) -> bool:
        """Whether a norm is to be reached by a date that follows it or opens the sentence."""
        first = min(scene.sentence.start + _OPENING, quantity.start)
        is_placed = tie.mention.start >= quantity.end or tie.mention.start < first
        is_placed = is_placed or quantity.start - tie.mention.end <= _RIGHT_BEFORE
        return is_placed and (lead_of(self.scan, tie) == "deadline" or self._is_ahead(tie.mention, quantity))

    def _is_ahead(self, mention: DateMention, quantity: Quantity) -> bool:
        """Whether a year to come follows shortly, as in `1 % of GDP in 2032`."""
        published, interval = self.document.published, mention.interval
        if published is None or interval is None or mention.kind != "year" or not mention.is_dated:
            return False
        return interval.first > published.last and 0 <= mention.start - quantity.end <= _NEAR

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
        interval, rule = self._mention_interval(tie, stage), f"date.{mention.kind}"
        if mention.kind == "period":
            return self._from_period(mention, scene, quantity, stage)
        if mention.kind == "anaphoric":
            base = self._base(scene, found)
            interval = _anaphoric_interval(base, mention) if base else None
        if interval is None:
            return None
        if (stage.aggregation is not Aggregation.SINGLE or stage.stage is None) and published and lead_of(self.scan, tie) == "since":
            is_start = mention.unit == "year" and mention.kind == "relative" and ends_with(tie.words, self.scan.lexicon.start_leads) > 0
            text = since_text(mention, published, is_start=is_start)
            if text:
                return FoundDate(Interval.parse(text), "date.since", mention, text)
        return FoundDate(interval, rule, mention, mention_text(mention))

    def _mention_interval(self, tie: Tie, stage: StageReading) -> Interval | None:
        """The interval of a date; without its year it lies behind where something is asserted, but for a deadline."""
        mention, published = tie.mention, self.document.published
        interval = mention.interval
        if interval is None or published is None or mention.is_dated:
            return interval
        lead = lead_of(self.scan, tie)
        is_behind = lead == "since" or (stage.modality is Modality.ASSERTED and lead != "deadline")
        if mention.unit == "season" and is_behind and mention.number > published.last.month:
            return moved_interval(interval, "year", -1)
        is_past = mention.kind == "month" and interval.last < published.first
        if mention.unit == "season" and mention.number:
            is_past = mention.number + _SEASON < published.last.month
        if is_past and lead == "deadline" and stage.modality in _TO_COME:  # `before May`, said in December
            return moved_interval(interval, "year", 1)
        if mention.kind not in ("month", "day"):
            return interval
        return moved_interval(interval, "year", -1) if is_behind and interval.first > published.last else interval

    def _from_period(
        self, mention: DateMention, scene: Scene, quantity: Quantity, stage: StageReading
    ) -> FoundDate | None:
        how = mention.unit
        named = next((t.mention.interval for t in scene.ties if t.mention.kind == "year" and t.mention.is_dated and self._is_from(t, mention)), None)
        if how == "over" and mention.number <= _YEAR:
            return None
        if how in ("over", "later") and quantity.kind is Kind.CHANGE and stage.modality is Modality.ASSERTED:
            how = "past"  # `fell by 20 percent in six years`
        is_ahead = how == "later" and stage.modality in _TO_COME
        if not named and how not in ("next", "past") and stage.stage not in _BOUND and not is_ahead:
            return None
        interval = period_interval(mention, how, named, self.document.published)
        return FoundDate(interval, f"date.{how}", mention) if interval else None

    def _is_from(self, tie: Tie, period: DateMention) -> bool:
        """Whether the years of a period may run from a year of its sentence, which is no deadline behind it."""
        return tie.mention.start < period.start or lead_of(self.scan, tie) != "deadline"

    def _base(self, scene: Scene, found: list[FoundDate]) -> Interval | None:
        """The date that `a year earlier` counts from: of the figure before, of the sentence, of the text so far."""
        if found and found[-1].interval:
            return found[-1].interval
        named = next((m.interval for m in scene.mentions if m.interval and m.kind != "weekday"), None)
        return named or self.context.heading or self.context.last_interval() or self.document.published

    # --- no date in the sentence ---

    def _without_tie(
        self, sentence: int, scene: Scene, quantity: Quantity, stage: StageReading, found: list[FoundDate]
    ) -> FoundDate:
        if stage.modality is Modality.DENIED and stage.stage is not Stage.CONTRACT:  # when an order was taken back is an act like others
            return self._article(stage)
        is_free = found and found[-1].rule != "date.anaphoric"
        is_joined = is_free and (self._is_joined(scene, len(found)) or _is_periodic(stage))
        if is_joined and found[-1].interval and not self._is_over(found[-1].interval, stage):
            return found[-1]._replace(rule="date.same_sentence")
        line = self.context.line_date(quantity)
        if line:
            return line
        is_sum = stage.aggregation is Aggregation.TOTAL and stage.modality is Modality.ASSERTED
        if is_sum and stage.stage is None and stage.topic not in PERIODIC:
            return self._article(stage)
        return self.context.inherit(sentence, quantity, stage) or self._by_tense(scene, quantity, stage)

    def _is_over(self, interval: Interval, stage: StageReading) -> bool:
        """Whether a date is behind the article, which what is planned cannot be."""
        published = self.document.published
        return stage.modality in _AHEAD and published is not None and interval.last < published.first

    def _is_joined(self, scene: Scene, index: int) -> bool:
        """Whether no strong cut parts a quantity from the one before it."""
        one, two = scene.quantities[index - 1], scene.quantities[index]
        return ";" not in self.scan.text[one.end : two.start] and two.start - one.end < _JOINED

    def _by_tense(self, scene: Scene, quantity: Quantity, stage: StageReading) -> FoundDate:
        """The date of the article for what holds or is promised now, none for what is past or open."""
        article = self._article(stage)
        if stage.aggregation is Aggregation.STOCK or (
            stage.aggregation is Aggregation.TOTAL and stage.modality is Modality.ASSERTED
        ):
            return article
        if stage.modality is Modality.TARGET:
            return article if stage.stage is not None else UNKNOWN
        if stage.modality is Modality.CONDITIONAL:
            return article
        if stage.stage is None and stage.modality is Modality.PLANNED:
            return UNKNOWN
        if stage.stage is Stage.DELIVERY and self._is_listed(scene):
            return article
        if _is_pending(stage):
            return article
        if not read_tense(self.scan, scene.sentence, quantity):
            return article
        return article if article.rule == "date.act" else UNKNOWN

    def _article(self, stage: StageReading) -> FoundDate:
        """The date of the article, the day of the act that it reports, or that of its data where a sum or stock is concerned."""
        day = self.context.day_of_act(stage.stage) if stage.stage is not None else None
        if day is not None and stage.aggregation is Aggregation.SINGLE and stage.modality is not Modality.DENIED:
            return day._replace(rule="date.act")
        is_event = stage.stage is not None or stage.topic is Topic.LOSSES
        if is_event and self.context.lead_day and stage.aggregation is Aggregation.SINGLE and stage.modality is not Modality.DENIED:
            return self.context.lead_day
        is_sum = stage.aggregation is not Aggregation.SINGLE
        interval = self.context.stand if self.context.stand and is_sum else self.document.published
        return FoundDate(interval, "date.article") if interval else UNKNOWN

    def _is_listed(self, scene: Scene) -> bool:
        """Whether the sentence is a line without a full stop."""
        return self.scan.text[scene.sentence.end - 1] not in ".!?…”»\""


def _anaphoric_interval(base: Interval, mention: DateMention) -> Interval | None:
    """`the year before`, `that year`, `the preceding period`: counted from the date spoken of."""
    if mention.unit == "year" and mention.number == 0:
        return year_interval(base.first.year)
    if mention.unit == "period":
        years = base.last.year - base.first.year + 1
        return moved_interval(base, "year", mention.number * years) if years > 1 else None
    return moved_interval(base, mention.unit, mention.number)


def _is_periodic(stage: StageReading) -> bool:
    """Whether a plain figure is one of a period, such as of a budget, so that it shares the period of its sentence."""
    return stage.topic in PERIODIC and stage.stage is None and stage.modality is Modality.ASSERTED


def _is_base(mention: DateMention, last: DateMention | None) -> bool:
    """Whether the date only says from when the years of the figure before run."""
    return last is not None and last.kind == "period" and mention.start < last.start


def _is_pending(stage: StageReading) -> bool:
    """Whether goods are promised by a verb of delivery: what is still to come of a batch, whenever the rest came."""
    return stage.stage is Stage.PLEDGE and any(e.field == "stage" and e.rule.endswith(_DELIVER) for e in stage.evidence)


def _without_evening(found: FoundDate) -> FoundDate:
    """What goes on from a night belongs to its second day."""
    if found.interval is None or found.mention is None or found.mention.unit != NIGHT:
        return found
    return found._replace(interval=Interval(found.interval.last, found.interval.last))


def _is_timeless(quantity: Quantity) -> bool:
    """Whether the figure is a property or a price of one thing, which has no date."""
    return quantity.kind is Kind.MEASURE or (quantity.kind is Kind.MONEY and quantity.per == "item")


def _is_norm(quantity: Quantity, stage: StageReading) -> bool:
    """Whether the figure is a share to be reached, which has a date only where the text sets one."""
    return stage.modality is Modality.TARGET and quantity.kind is Kind.SHARE


def _is_counted(mention: DateMention, quantities: list[Quantity]) -> bool:
    """Whether the mention is itself a claim, such as a contract of ten years."""
    return any(mention.start < quantity.end and quantity.start < mention.end for quantity in quantities)
