"""How firm a quantity is (stage), how it is asserted (modality), whether it is a sum, and what it is about."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Sequence

from etl.extract.document import Document, Hit
from etl.extract.readings import StageReading
from etl.extract.stage_acts import BINDING, NOMINAL
from etl.extract.stage_clause import Judgement
from etl.extract.stage_cues import Cue, cue_matcher
from etl.extract.stage_discourse import Discourse, Seat
from etl.extract.stage_sums import Sum, aggregate
from etl.extract.stage_topic import choose_topic, count_topics
from etl.records import Evidence, Quantity
from tracker.vocabulary import Kind, Modality, Stage, Topic

_SHARES = (Kind.SHARE, Kind.CHANGE)
_TRADED = frozenset(("order", "deliver", "pay"))
_MADE = (Topic.PRODUCTION, Topic.INDUSTRY)
_USUAL = frozenset(("present", "base"))
_INHERITED = frozenset(("carried", "heading"))
_OF_STAFF = (Topic.PERSONNEL, Topic.INDUSTRY)
_OF_GOODS = frozenset((Stage.ALLOCATION, Stage.CONTRACT, Stage.AWARD, Stage.DISBURSEMENT, Stage.EXPENDITURE, Stage.APPROPRIATION))
"""Stages that people do not have."""
_MEANT = frozenset(("pledge", "announce", "propose"))
_UNBOUND = BINDING | {"need", "propose"}
"""Rulers that say themselves how firm it is to make or deliver what hangs on them."""
_DRAFT_REACH = 1500
_OPEN = frozenset((None, "budget", "outlay"))
_BUDGETED = _OPEN | {"announce", "pledge", "vote", "invest", "allocate"}
_FIRM = frozenset(("vote", "pledge"))
_TO_COME = frozenset(("planned", "later", "likely", "would"))
_SUPPOSED = frozenset(("would", "conditional"))
_DRAFTED = _TO_COME | {"forecast"}


def read_stages(document: Document, quantities: Sequence[Quantity]) -> list[StageReading]:
    """Stage, modality, aggregation and topic of each quantity, in order, with the words that they rest on."""
    if not quantities:
        return []
    hits: list[Hit[Cue]] = cue_matcher(document.pack).find(document.folded)
    discourse = Discourse(document, hits)
    seats = [discourse.seat(quantity) for quantity in quantities]
    article = count_topics(hits)
    drafts = [hit[0] for hit in hits if "draft" in hit[2].marks]
    readings: list[StageReading] = []
    seen: set[Stage | None] = set()
    total = None
    for number, judgement in enumerate(discourse.judge_all(seats)):
        seat = seats[number]
        beside = number > 0 and (seats[number - 1].sentence == seat.sentence or judgement.rule in _INHERITED)
        topic = choose_topic(seat, article, judgement.act, judgement.stage, readings[-1].topic if beside else None)
        if readings and readings[-1].stage is Stage.AUTHORISATION and _is_of_sale(judgement, seat.quantity):
            judgement = judgement._replace(stage=Stage.AUTHORISATION, modality=Modality.ASSERTED, rule="sale")
        elif readings and readings[-1].stage is Stage.CONTRACT and _is_of_contract(judgement, seat.quantity):
            judgement = judgement._replace(stage=Stage.CONTRACT, rule="price")
        judgement = _settle_by_topic(judgement, seat, topic, seen)
        if drafts and topic is Topic.BUDGET:
            judgement = _in_draft(judgement, seat, drafts)
        seen.add(judgement.stage)
        if total is None or judgement.rule != "restated" or seat.quantity.kind in _SHARES:
            total = aggregate(seats, number, judgement, topic)
        readings.append(_reading(judgement, total, topic, document.pack.code))
    return readings


def _settle_by_topic(judgement: Judgement, seat: Seat, topic: Topic, seen: set[Stage | None]) -> Judgement:
    """The judgement where the topic bears on it, or the stages that the article has told of."""
    if topic is Topic.TRADE and seat.quantity.kind in _SHARES and judgement.act in _TRADED:
        return judgement._replace(stage=None)
    if seat.quantity.kind in _SHARES and _is_share_of_flow(judgement, topic):
        return judgement._replace(stage=None)
    if topic in _MADE and judgement.act in _MEANT and _is_rate(seat.quantity, judgement):
        return judgement._replace(stage=None)
    if seat.quantity.unit == "person" and topic in _OF_STAFF and judgement.stage is Stage.PLEDGE and judgement.inner != "deliver":
        return judgement._replace(stage=None)
    if topic is Topic.LOSSES and judgement.modality is Modality.FORECAST:
        return judgement._replace(modality=Modality.ASSERTED)
    if judgement.act == "present" and topic is not Topic.BUDGET:
        return _as_presented(judgement, topic)
    if seat.quantity.unit == "person" and judgement.stage in _OF_GOODS:
        return judgement._replace(stage=None)
    if judgement.act == "authorise" and _is_granted(judgement, seat.quantity, seen):
        return judgement._replace(stage=Stage.APPROPRIATION)
    if judgement.act == "sell" and Stage.AUTHORISATION in seen:
        return judgement._replace(stage=Stage.AUTHORISATION, modality=Modality.ASSERTED)
    if topic is Topic.AID and judgement.act == "vote" and _is_by_cabinet(judgement, seat):
        return judgement._replace(stage=Stage.PLEDGE, modality=Modality.PLANNED, rule="aid")
    if topic is Topic.BUDGET and judgement.stage is Stage.DISBURSEMENT and Stage.APPROPRIATION in seen:
        return judgement._replace(stage=Stage.APPROPRIATION)
    act = judgement.inner or judgement.act
    if judgement.act not in _UNBOUND and (judgement.mood in _TO_COME or judgement.inner) and act in ("make", "deliver"):
        judgement = judgement._replace(act=act)
        return _under_contract(judgement, topic, seen)
    return judgement


def _in_draft(judgement: Judgement, seat: Seat, drafts: Sequence[int]) -> Judgement:
    """The judgement of a sum of a budget where a draft was told of before: proposed, if it is yet to come."""
    start = seat.quantity.start
    before = bisect_right(drafts, start)
    if judgement.act not in _BUDGETED or not before or start - drafts[before - 1] > _DRAFT_REACH:
        return judgement
    is_named = "draft" in seat.passage.marks
    if judgement.act in _OPEN and not is_named and judgement.mood not in _DRAFTED:
        return judgement
    if judgement.cue is not None and judgement.act in _FIRM and judgement.cue.cue.form not in ("noun", "present"):
        return judgement
    if judgement.modality in (Modality.DENIED, Modality.TARGET) or judgement.rule == "compared":
        return judgement
    return judgement._replace(stage=Stage.PROPOSAL, modality=Modality.PLANNED)


def _is_of_contract(judgement: Judgement, quantity: Quantity) -> bool:
    """Whether money is the price of what was just told to be under contract."""
    if judgement.act != "price" or judgement.modality is not Modality.ASSERTED:
        return False
    return quantity.kind is Kind.MONEY and quantity.per is None


def _is_of_sale(judgement: Judgement, quantity: Quantity) -> bool:
    """Whether a figure goes on with the sale just permitted: its cost, what the deal has in it, what the buyer would get."""
    if judgement.modality is Modality.DENIED:
        return False
    if judgement.act == "price":
        return quantity.kind is Kind.MONEY and quantity.per is None
    if judgement.act == "order" and judgement.cue is not None:
        return judgement.cue.cue.form in NOMINAL
    return judgement.act == "deliver" and judgement.mood in _SUPPOSED


def _as_presented(judgement: Judgement, topic: Topic) -> Judgement:
    """What is presented, where it is no budget: aid is promised, anything else a plain fact."""
    if topic is Topic.AID:
        return judgement._replace(stage=Stage.PLEDGE, modality=Modality.PLANNED)
    return judgement._replace(stage=None, modality=Modality.ASSERTED)


def _is_granted(judgement: Judgement, quantity: Quantity, seen: set[Stage | None]) -> bool:
    """Whether money is authorised by a law on spending: such as the article has told of, and no sale."""
    if quantity.kind is not Kind.MONEY or judgement.cue is None or judgement.cue.cue.form in NOMINAL:
        return False
    return Stage.APPROPRIATION in seen and Stage.AUTHORISATION not in seen


def _is_by_cabinet(judgement: Judgement, seat: Seat) -> bool:
    """Whether aid is approved by a government and not by those who vote money."""
    if judgement.stage is not Stage.APPROPRIATION or judgement.cue is None or "legislature" in seat.passage.marks:
        return False
    return judgement.cue.cue.form not in NOMINAL


def _is_rate(quantity: Quantity, judgement: Judgement) -> bool:
    """Whether the quantity is a change, a rate or an output: what is meant of it is a plan and no promise."""
    return quantity.kind is Kind.CHANGE or quantity.per is not None or judgement.inner == "make"


def _is_share_of_flow(judgement: Judgement, topic: Topic) -> bool:
    """Whether a share or change is of what is spent, or of what somebody usually buys: a plain fact."""
    if judgement.stage is Stage.EXPENDITURE:
        return True
    if topic is Topic.INDUSTRY or judgement.inner:
        return False
    return judgement.act == "order" and judgement.cue is not None and judgement.cue.cue.form in _USUAL


def _under_contract(judgement: Judgement, topic: Topic, seen: set[Stage | None]) -> Judgement:
    """What is to be built or handed over is under contract where the article told of one, else promised."""
    if judgement.stage is Stage.AWARD:
        return judgement
    if topic is not Topic.PROCUREMENT and not (topic is Topic.INDUSTRY and judgement.act == "deliver"):
        return judgement
    if judgement.rule == "part":
        return judgement._replace(stage=Stage.CONTRACT, modality=Modality.ASSERTED)
    stage = Stage.PLEDGE
    if Stage.CONTRACT in seen or topic is Topic.INDUSTRY:
        stage = Stage.CONTRACT
    elif Stage.AWARD in seen:
        stage = Stage.AWARD
    if judgement.modality in (Modality.DENIED, Modality.CONDITIONAL):
        return judgement._replace(stage=stage)
    return judgement._replace(stage=stage, modality=Modality.PLANNED)


def _reading(judgement: Judgement, total: Sum, topic: Topic, code: str) -> StageReading:
    """The reading with its evidence: a rule a field, and the words that it rests on."""
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
