"""How firm a quantity is (stage), how it is asserted (modality), whether it is a sum, and what it is about."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.readings import StageReading
from etl.extract.stages.cues import Cue, cue_matcher
from etl.extract.stages.discourse import Discourse, Seat
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.sums import Sum, aggregate
from etl.extract.stages.told import Told
from etl.extract.stages.topic import choose_topic, count_topics
from etl.records import Evidence, Quantity
from tracker.vocabulary import Kind, Stage, Topic

_SHARES = (Kind.SHARE, Kind.CHANGE)
_OF_GOODS = frozenset(Stage) - {Stage.PLEDGE, Stage.APPROPRIATION, Stage.EXPENDITURE}
"""Stages that people do not go through."""
_FOREIGN = {
    Topic.PERSONNEL: frozenset({Stage.CONTRACT, Stage.DELIVERY, Stage.PROPOSAL, Stage.TENDER, Stage.AWARD}),
    Topic.TRADE: frozenset({Stage.CONTRACT, Stage.PLEDGE}),
    Topic.LOSSES: frozenset(Stage),
    Topic.OTHER: frozenset(Stage),
}
"""Stages that a topic does not know."""
_INHERITED = frozenset(("carried", "heading"))


class Judged(NamedTuple):
    """What the rules say of the quantities of an article, in order, and what that rests on."""

    seats: list[Seat]
    judgements: list[Judgement]
    readings: list[StageReading]
    acts: Mapping[int, Sequence[str]]
    """The acts and moods that words tell of in a sentence, each once, by the index of the sentence."""


def judge_quantities(document: Document, quantities: Sequence[Quantity]) -> Judged:
    """What the rules say of each quantity, with the words that it rests on, and what `hear_opinion` wants besides."""
    if not quantities:
        return Judged([], [], [], {})
    hits: list[Hit[Cue]] = cue_matcher(document.pack).find(document.folded)
    discourse = Discourse(document, hits)
    seats = [discourse.seat(quantity) for quantity in quantities]
    article = count_topics(hits)
    told = Told([hit[0] for hit in hits if hit[2][5] and "draft" in hit[2][5]])
    judgements: list[Judgement] = []
    readings: list[StageReading] = []
    total = None
    for number, judgement in enumerate(discourse.judge_all(seats)):
        seat = seats[number]
        beside = number > 0 and (seats[number - 1].sentence == seat.sentence or judgement.rule in _INHERITED)
        topic = choose_topic(seat, article, judgement, readings[-1].topic if beside else None)
        judgement = _without_deal(told.settle(judgement, seat, topic), seat.quantity, topic)
        if total is None or judgement.rule != "restated" or seat.quantity.kind in _SHARES:
            total = aggregate(seats, number, judgement, topic)
        judgements.append(judgement)
        readings.append(_reading(judgement, total, topic, document.pack.code))
    return Judged(seats, judgements, readings, _list_acts(document, hits))


def _list_acts(document: Document, hits: Sequence[Hit[Cue]]) -> dict[int, list[str]]:
    acts: dict[int, dict[str, None]] = {}
    for start, _, cue in hits:
        told = [name for name in (cue[0], cue[2]) if name]
        if told:
            acts.setdefault(document.sentence_index(start), {}).update(dict.fromkeys(told))
    return {index: list(told) for index, told in acts.items()}


def _without_deal(judgement: Judgement, quantity: Quantity, topic: Topic) -> Judgement:
    """The judgement without its stage where the subject knows no such: people are not bought, trade is no one order."""
    stage = judgement.stage
    if quantity.unit == "person":
        is_foreign = stage in _OF_GOODS and topic is not Topic.AID
    else:
        is_foreign = stage in _FOREIGN.get(topic, ())
    return judgement._replace(stage=None) if is_foreign else judgement


def _reading(judgement: Judgement, total: Sum, topic: Topic, code: str) -> StageReading:
    """The reading with its evidence: a rule a field, and the words that it rests on."""
    stage: Stage | None
    stage, modality, act, cue, _, mood, mood_cue, how, _ = judgement
    aggregation, total_rule, total_cue = total
    of_stage, of_mood, of_total, of_topic = _rules(code, act, how, mood or modality, total_rule, topic)
    if mood_cue is not None:
        of_mood = Evidence("modality", of_mood[1], mood_cue[3], mood_cue[4])
    if total_cue is not None:
        of_total = Evidence("aggregation", of_total[1], total_cue[3], total_cue[4])
    if cue is None:
        return StageReading(stage, modality, aggregation, topic, None, None, (of_stage, of_mood, of_total, of_topic))
    start, end = cue[3], cue[4]
    evidence = (Evidence("stage", of_stage[1], start, end), of_mood, of_total, of_topic)
    if stage is None:
        return StageReading(stage, modality, aggregation, topic, None, None, evidence)
    return StageReading(stage, modality, aggregation, topic, start, end, evidence)


@functools.cache
def _rules(
    code: str, act: str | None, how: str, mood: str, total: str, topic: Topic
) -> tuple[Evidence, Evidence, Evidence, Evidence]:
    """Evidence of the four fields without words: the names of the rules, such as `en.stage.deliver`; made once each."""
    suffix = "" if how in ("cue", "none", "part") else f".{how}"
    return (
        Evidence("stage", f"{code}.stage.{act or 'none'}{suffix}"),
        Evidence("modality", f"{code}.modality.{mood}"),
        Evidence("aggregation", f"{code}.aggregation.{total}"),
        Evidence("topic", f"{code}.topic.{topic}"),
    )
