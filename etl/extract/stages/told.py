"""What the topic of a quantity, and what its article told before, have to say of its stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from etl.extract.stages.acts import BINDING, NOMINAL
from etl.extract.stages.discourse import Seat
from etl.extract.stages.judgement import Judgement
from etl.records import Quantity
from tracker.vocabulary import Kind, Modality, Stage, Topic

_SHARES = (Kind.SHARE, Kind.CHANGE)
_TRADED = frozenset(("order", "deliver", "pay"))
_MADE = (Topic.PRODUCTION, Topic.INDUSTRY)
_USUAL = frozenset(("present", "base"))
_OF_STAFF = (Topic.PERSONNEL, Topic.INDUSTRY)
_OF_GOODS = frozenset((Stage.ALLOCATION, Stage.CONTRACT, Stage.AWARD, Stage.DISBURSEMENT, Stage.EXPENDITURE, Stage.APPROPRIATION))
"""Stages that people do not have."""
_MEANT = frozenset(("pledge", "announce", "propose"))
_UNBOUND = BINDING | {"need", "propose", "authorise", "vote"}
"""Rulers that say themselves how firm it is to make or deliver what hangs on them."""
_DRAFT_REACH = 1500
_PROVIDED_REACH = 60
_OPEN = frozenset((None, "budget", "outlay"))
_BUDGETED = _OPEN | {"announce", "pledge", "vote", "invest", "allocate"}
_FIRM = frozenset(("vote", "pledge"))
_TO_COME = frozenset(("planned", "later", "likely", "would"))
_GONE_ON = frozenset(("sale", "price", "aid", "booked"))
_SUPPOSED = frozenset(("would", "conditional"))
_DRAFTED = _TO_COME | {"forecast"}


class Told:
    """The stages that an article has told of so far, and where it spoke of drafts of budgets."""

    __slots__ = ("_drafts", "_last", "_seen")

    def __init__(self, drafts: Sequence[int]) -> None:
        self._drafts = drafts
        self._last: Stage | None = None
        self._seen: set[Stage | None] = set()

    def settle(self, judgement: Judgement, seat: Seat, topic: Topic) -> Judgement:
        """The judgement once the topic and what went before have been looked at; it counts as told from then on."""
        judgement = self._go_on(judgement, seat.quantity, topic)
        if judgement.rule not in _GONE_ON:
            judgement = _settle_by_topic(judgement, seat, topic, self._seen)
        if self._drafts and topic is Topic.BUDGET:
            judgement = _in_draft(judgement, seat, self._drafts)
        self._last = judgement.stage
        self._seen.add(judgement.stage)
        return judgement

    def _go_on(self, judgement: Judgement, quantity: Quantity, topic: Topic) -> Judgement:
        """The judgement of what goes on with the sale or contract of the figure before, or is an order that a company won."""
        if self._last is Stage.AUTHORISATION and _is_of_sale(judgement, quantity):
            return judgement._replace(stage=Stage.AUTHORISATION, modality=Modality.ASSERTED, rule="sale")
        if self._last is Stage.CONTRACT and _is_of_contract(judgement, quantity):
            return judgement._replace(stage=Stage.CONTRACT, rule="price")
        if topic is Topic.INDUSTRY and quantity.kind is Kind.MONEY and judgement.stage is Stage.AWARD:
            return judgement._replace(stage=Stage.CONTRACT, rule="booked")
        if self._last is Stage.PLEDGE and judgement.act == "vote" and judgement.rule == "carried":
            return judgement._replace(stage=Stage.PLEDGE, modality=Modality.PLANNED, rule="aid")
        return judgement


def _settle_by_topic(judgement: Judgement, seat: Seat, topic: Topic, seen: set[Stage | None]) -> Judgement:
    """The judgement where the topic bears on it, or the stages that the article has told of."""
    if _is_plain(judgement, seat.quantity, topic):
        return judgement._replace(stage=None)
    if topic is Topic.LOSSES and judgement.modality is Modality.FORECAST:
        return judgement._replace(modality=Modality.ASSERTED)
    if judgement.act == "present" and topic is not Topic.BUDGET:
        return _as_presented(judgement, seat.quantity, topic)
    if judgement.act == "sell" and Stage.AUTHORISATION in seen:
        return judgement._replace(stage=Stage.AUTHORISATION, modality=Modality.ASSERTED)
    if topic is Topic.AID and judgement.act == "vote" and _is_by_cabinet(judgement, seat):
        return judgement._replace(stage=Stage.PLEDGE, modality=Modality.PLANNED, rule="aid")
    if _is_granted(judgement, seat.quantity, topic, seen):
        return judgement._replace(stage=Stage.APPROPRIATION)
    act = judgement.inner or judgement.act
    if judgement.act not in _UNBOUND and (judgement.mood in _TO_COME or judgement.inner) and act in ("make", "deliver"):
        judgement = judgement._replace(act=act)
        return _under_contract(judgement, topic, seen)
    return judgement


def _is_plain(judgement: Judgement, quantity: Quantity, topic: Topic) -> bool:
    """Whether a figure is a plain fact whatever its act says: shares of flows, plans of output, people but those sent or trained."""
    if quantity.kind in _SHARES:
        if topic is Topic.TRADE and judgement.act in _TRADED:
            return True
        if _is_share_of_flow(judgement, topic):
            return True
    if topic in _MADE and judgement.act in _MEANT and _is_rate(quantity, judgement):
        return True
    return quantity.unit == "person" and _is_of_people(judgement, topic)


def _is_of_people(judgement: Judgement, topic: Topic) -> bool:
    """Whether the stage is one that people do not have."""
    if judgement.stage in _OF_GOODS and judgement.act != "present":
        return True
    return topic in _OF_STAFF and judgement.stage is Stage.PLEDGE and judgement.inner != "deliver"


def _in_draft(judgement: Judgement, seat: Seat, drafts: Sequence[int]) -> Judgement:
    """The judgement of a sum of a budget where a draft was told of before: proposed, if it is yet to come."""
    start = seat.quantity.start
    before = bisect_right(drafts, start)
    if judgement.act not in _BUDGETED or not before or start - drafts[before - 1] > _DRAFT_REACH:
        return judgement
    is_named = "draft" in seat.passage.marks
    if judgement.act in _OPEN and not is_named and judgement.mood not in _DRAFTED and not _is_provided(seat):
        return judgement
    if judgement.cue is not None and judgement.act in _FIRM and judgement.cue.cue.form not in ("noun", "present"):
        return judgement
    if judgement.modality in (Modality.DENIED, Modality.TARGET) or judgement.rule == "compared":
        return judgement
    return judgement._replace(stage=Stage.PROPOSAL, modality=Modality.PLANNED)


def _is_provided(seat: Seat) -> bool:
    """Whether a verb such as `provides for` stands right before a sum, so that the draft told of before sets it."""
    return any(
        placed.cue.act == "announce" and placed.cue.form == "present" and 0 <= seat.left - placed.right <= _PROVIDED_REACH
        for placed in seat.passage.acts
    )


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


def _as_presented(judgement: Judgement, quantity: Quantity, topic: Topic) -> Judgement:
    """What is presented, where it is no budget: aid and money are promised, anything else is a plain fact."""
    if topic is Topic.AID or quantity.kind is Kind.MONEY:
        return judgement._replace(stage=Stage.PLEDGE, modality=Modality.PLANNED)
    return judgement._replace(stage=None, modality=Modality.ASSERTED)


def _is_granted(judgement: Judgement, quantity: Quantity, topic: Topic, seen: set[Stage | None]) -> bool:
    """Whether money or goods are granted by a law on spending that the article has told of: authorised, or paid out of the budget."""
    if Stage.APPROPRIATION not in seen:
        return False
    if topic is Topic.BUDGET and judgement.stage is Stage.DISBURSEMENT:
        return True
    if judgement.act != "authorise" or quantity.kind in _SHARES or judgement.cue is None:
        return False
    return judgement.cue.cue.form not in NOMINAL and Stage.AUTHORISATION not in seen


def _is_by_cabinet(judgement: Judgement, seat: Seat) -> bool:
    """Whether aid is approved by a government and not by those who vote money."""
    if judgement.rule == "carried" or judgement.stage is not Stage.APPROPRIATION or judgement.cue is None:
        return False
    if "legislature" in seat.passage.marks:
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
