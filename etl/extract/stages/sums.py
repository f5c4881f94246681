"""Whether a quantity is one flow, a sum of several, or what is held at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.readings import DateReading, StageReading
from etl.extract.stages.discourse import Seat, count_parts
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.passage import Passage, Placed, gap
from etl.records import Evidence, Quantity
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

_REACH = 50
_OPENING_REACH = 200
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_SEVERAL = 2
_CASUALTIES = 100
"""Losses above this are seldom those of one day."""
_OPENERS = frozenset(("total", "span"))
_FAR = 10_000
_BESIDE = 8
_WORTH_REACH = 60
_REACHED = 24
_REACHES = {"whole": 16, "span": 100, "done": 45}
_MEANING = {value.value: value for value in Aggregation}
_TIMES = frozenset(("span", "done"))
_UNSUMMED = frozenset(("propose", "need", "earn", "budget", "price", "measure", "make", "rate"))
_HELD = (None, Stage.CONTRACT)
"""Stages of what may be held at a time: plain facts and backlogs."""
_SUMMABLE = (Kind.MONEY, Kind.COUNT, None)
_NOTHING = (Aggregation.SINGLE, "none", None)

Sum = tuple[Aggregation, str, Placed | None]
"""Aggregation, the rule that found it, and the cue that it rests on."""


def aggregate(seats: Sequence[Seat], number: int, judgement: Judgement, topic: Topic) -> Sum:
    """The aggregation of the quantity of `seats[number]`, with its rule and cue."""
    quantity = seats[number].quantity
    if quantity.kind not in _SUMMABLE:
        return _NOTHING
    is_first = number == 0 or seats[number - 1].sentence != seats[number].sentence
    cue = _nearest(seats[number], judgement, is_first)
    if cue is not None:
        name = cue.cue.aggregate or ""
        return _MEANING.get(name, Aggregation.TOTAL), name, cue
    governing = judgement.cue
    if governing is not None and governing.cue.aggregate == "stock":
        return Aggregation.STOCK, "stock", governing
    if judgement.act == "hold":
        return Aggregation.STOCK, "hold", governing
    if count_parts(seats, number):
        return Aggregation.TOTAL, "sum", None
    if _is_staff(judgement, quantity):
        return Aggregation.STOCK, "staff", governing
    if topic is Topic.LOSSES and quantity.per is None and quantity.low > _CASUALTIES:
        return Aggregation.TOTAL, "losses", None
    return _NOTHING


def _is_summable(name: str, judgement: Judgement) -> bool:
    """Whether what has happened by now is a sum: of acts, and since a date also of pledges."""
    if judgement.act in _UNSUMMED:
        return False
    return judgement.modality is Modality.ASSERTED or (name == "span" and judgement.stage is Stage.PLEDGE)


def _nearest(seat: Seat, judgement: Judgement, is_first: bool) -> Placed | None:
    """The nearest cue within its own reach: a span of time governs far, but only what has happened."""
    quantity, _, passage, left, right = seat
    if not passage.aggregates:
        return None
    is_money = quantity.kind is Kind.MONEY
    best: Placed | None = None
    cost = _FAR
    values = passage.marks.get("value")
    is_worth = values is not None and any(0 <= left - placed.right <= _BESIDE for placed in values)
    for placed in passage.aggregates:
        name = placed.cue.aggregate
        distance = gap(left, right, placed)
        if distance >= cost or distance > _reach(passage, placed, left, is_worth, is_first):
            continue
        if name == "stock" and (judgement.stage not in _HELD or judgement.act == "make" or (is_money and placed.cue.act == "hold")):
            continue
        if name in _TIMES and not _is_summable(name, judgement):
            continue
        best, cost = placed, distance
    return best


def _reach(passage: Passage, placed: Placed, left: int, is_worth: bool, is_first: bool) -> int:
    """How far a cue governs: one that opens its sentence as far as the first quantity, a package whose worth is told a little."""
    name = placed.cue.aggregate or ""
    if name == "done" and placed.right > left:
        return _BESIDE
    if name == "reached":
        return _REACHED if placed.right <= left else -1
    if name == "whole" and placed.right <= left:
        return _WORTH_REACH if is_worth else _BESIDE
    is_opening = is_first and name in _OPENERS and placed.start - passage.sentence.start <= _BESIDE and placed.right <= left
    return _OPENING_REACH if is_opening else _REACHES.get(name, _REACH)


def _is_staff(judgement: Judgement, quantity: Quantity) -> bool:
    """Whether people are those that somebody employs now."""
    if judgement.act != "employ" or judgement.cue is None or quantity.unit != "person":
        return False
    return judgement.cue.cue.form == "present" and judgement.modality is Modality.ASSERTED


def sum_years(
    quantities: Sequence[Quantity], stages: list[StageReading], dates: Sequence[DateReading]
) -> list[StageReading]:
    """The readings, where money or things of several years together are a sum: `54 billion from 2022 to 2026`."""
    return [
        _over_years(reading, date) if _is_of_years(quantity, reading, date) else reading
        for quantity, reading, date in zip(quantities, stages, dates, strict=True)
    ]


def _is_of_years(quantity: Quantity, reading: StageReading, date: DateReading) -> bool:
    """Whether a figure that no word calls a sum or a part is dated by three years or more."""
    if date.date is None or reading.stage is None or reading.aggregation is not Aggregation.SINGLE:
        return False
    years = _YEARS.fullmatch(date.date)
    if not years or int(years[2]) - int(years[1]) < _SEVERAL:
        return False
    is_plain = any(e.field == "aggregation" and e.rule.endswith(".none") for e in reading.evidence)
    return is_plain and quantity.per is None and quantity.kind is Kind.MONEY


def _over_years(reading: StageReading, date: DateReading) -> StageReading:
    """The reading as a sum, resting on the words of its date."""
    when = date.evidence[0]
    evidence = tuple(
        Evidence(e.field, e.rule.removesuffix(".none") + ".years", when.start, when.end) if e.field == "aggregation" else e
        for e in reading.evidence
    )
    return reading._replace(aggregation=Aggregation.TOTAL, evidence=evidence)
