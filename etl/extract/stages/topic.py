"""What a quantity is about: the topic words near it, those of the whole article, and what its act and stage speak for."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.document import Hit
from etl.extract.stages.acts import ACTS
from etl.extract.stages.cues import TOPICS, Cue
from etl.extract.stages.discourse import Seat
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.passage import Passage
from etl.records import Quantity
from tracker.vocabulary import Kind, Stage, Topic

ARTICLE_WEIGHT = 2.5
LEAD_WEIGHT = 1.5
ACT_WEIGHT = 1.0
TELLING_WEIGHT = 2.5
STAGE_WEIGHT = 0.25
ACCOUNTS_WEIGHT = 0.7
"""How much of an article speaks of a company's results, for the orders in it to be those that the company booked."""
ACCOUNT_WEIGHT = 1.6
SOLDIER_WEIGHT = 0.3
"""What speaks for people being soldiers where nothing else tells."""
GIVEN_WEIGHT = 0.5
"""How much of an article speaks of aid, for people that are trained in it to be trained as aid."""
SAME_WEIGHT = 0.8
PART_WEIGHT = 1.8
"""What counts against a share or change that no deal stands behind being about procurement; a quarter of it against aid."""
HALVING = 80
"""Letters of distance at which a topic word counts half."""
LEAD = 300
"""Letters at the beginning whose topic words count more in the article's account."""
_TELLING = frozenset(("lose", "fire", "earn", "hold", "price", "trade"))
_BOOKED = frozenset(("order", "backlog"))
_INDEX = {topic: index for index, topic in enumerate(TOPICS)}
_INDUSTRY = _INDEX[Topic.INDUSTRY]
_TRADE, _AID = _INDEX[Topic.TRADE], _INDEX[Topic.AID]

# The topics that a stage usually has; a plain fact may have any.
_OF_STAGE: dict[Stage | None, tuple[Topic, ...]] = {
    Stage.NEED: (Topic.PROCUREMENT, Topic.AID),
    Stage.PROPOSAL: (Topic.BUDGET, Topic.AID, Topic.PROCUREMENT),
    Stage.PLEDGE: (Topic.AID, Topic.PROCUREMENT),
    Stage.APPROPRIATION: (Topic.BUDGET,),
    Stage.AUTHORISATION: (Topic.TRADE, Topic.PROCUREMENT),
    Stage.TENDER: (Topic.PROCUREMENT,),
    Stage.AWARD: (Topic.PROCUREMENT,),
    Stage.CONTRACT: (Topic.PROCUREMENT,),
    Stage.ALLOCATION: (Topic.AID,),
    Stage.DISBURSEMENT: (Topic.AID,),
    Stage.EXPENDITURE: (Topic.BUDGET,),
    Stage.DELIVERY: (Topic.AID,),
}
# The topics that a kind of quantity seldom has.
_NOT_OF_KIND: dict[Kind | None, tuple[tuple[Topic, float], ...]] = {
    Kind.COUNT: ((Topic.BUDGET, 1.0), (Topic.TRADE, 0.5)),
    Kind.MONEY: ((Topic.STOCKPILE, 0.7), (Topic.LOSSES, 0.7), (Topic.PERSONNEL, 1.0), (Topic.OTHER, 0.5)),
}
_PARTS = (Kind.SHARE, Kind.CHANGE)
_OF_PEOPLE = (Topic.AID, Topic.INDUSTRY, Topic.PERSONNEL, Topic.LOSSES)
_NOT_OF_PEOPLE = tuple(index for index, topic in enumerate(TOPICS) if topic not in _OF_PEOPLE)
_ONLY_OF_FACTS = (_INDEX[Topic.LOSSES], _INDEX[Topic.OTHER])
_ONLY_TOPICS = {
    Stage.AUTHORISATION: (Topic.PROCUREMENT, Topic.TRADE),
    Stage.TENDER: (Topic.PROCUREMENT,),
    Stage.AWARD: (Topic.PROCUREMENT, Topic.INDUSTRY),
}
_IMPOSSIBLE: dict[Stage | None, tuple[int, ...]] = {
    stage: tuple(index for index, topic in enumerate(TOPICS) if topic not in possible)
    for stage, possible in _ONLY_TOPICS.items()
}
_LENGTHS = frozenset(("meter", "kilometer", "mile", "nautical_mile", "foot", "centimeter", "millimeter"))


def count_topics(hits: Sequence[Hit[Cue]]) -> list[float]:
    """How much of the article's topic words speak for each topic, in the order of `TOPICS`; the lead counts more."""
    counts = [0.0] * len(TOPICS)
    for start, _, cue in hits:
        if cue[4]:
            for topic, weight in cue[4]:
                counts[topic] += weight * LEAD_WEIGHT if start < LEAD else weight
    counts[_INDEX[Topic.OTHER]] = 0.0
    scale = ARTICLE_WEIGHT / (sum(counts) or 1.0)
    return [count * scale for count in counts]


def choose_topic(
    seat: Seat, article: Sequence[float], judgement: Judgement, before: Topic | None
) -> Topic:
    """The topic with the most weight for a quantity; `before` is that of the number before it in the sentence."""
    quantity, _, passage, left, right = seat
    act, stage, cue = judgement.act, judgement.stage, judgement.cue
    scores = list(article)
    for cue_left, cue_right, word, _, _ in passage.topics:
        distance = left - cue_right if cue_right <= left else cue_left - right
        nearness = HALVING / (HALVING + distance) if distance > 0 else 1.0
        for topic, weight in word[4]:
            scores[topic] += weight * nearness
    spoken = ACTS[act].topic if act is not None else None
    if spoken is not None and (act != "hold" or quantity.kind is Kind.COUNT):
        scores[_INDEX[spoken]] += TELLING_WEIGHT if act in _TELLING else ACT_WEIGHT
    _weigh_stage(scores, quantity, stage, passage)
    if quantity.unit == "person" and act == "deliver" and article[_AID] >= GIVEN_WEIGHT:
        scores[_AID] += ACT_WEIGHT
    if act in _BOOKED and cue is not None and cue.cue.form == "noun" and article[_INDUSTRY] >= ACCOUNTS_WEIGHT:
        scores[_INDUSTRY] += ACCOUNT_WEIGHT
    if before is not None:
        scores[_INDEX[before]] += SAME_WEIGHT
    return _best(scores, quantity, stage)


def _weigh_stage(scores: list[float], quantity: Quantity, stage: Stage | None, passage: Passage) -> None:
    """Adds what stage and kind speak for and against."""
    for usual in _OF_STAGE.get(stage, ()):
        scores[_INDEX[usual]] += STAGE_WEIGHT
    for unusual, weight in _NOT_OF_KIND.get(quantity.kind, ()):
        scores[_INDEX[unusual]] -= weight
    if stage is Stage.AUTHORISATION and "licence" not in passage.marks and scores[_TRADE] > scores[_AID]:
        scores[_INDEX[Topic.PROCUREMENT]] += ACT_WEIGHT
    if stage is Stage.DELIVERY and quantity.unit == "person":
        scores[_INDEX[Topic.AID]] += ACT_WEIGHT
    if stage is None and quantity.kind in _PARTS:
        scores[_INDEX[Topic.PROCUREMENT]] -= PART_WEIGHT
        scores[_INDEX[Topic.AID]] -= PART_WEIGHT / 4
    if "norm" in passage.marks and quantity.kind is Kind.SHARE:
        scores[_INDEX[Topic.BUDGET]] += TELLING_WEIGHT


def _best(scores: list[float], quantity: Quantity, stage: Stage | None) -> Topic:
    if quantity.unit in _LENGTHS and stage is None:
        return Topic.OTHER
    if quantity.unit == "person":
        for index in _NOT_OF_PEOPLE:
            scores[index] = -1.0
        scores[_INDEX[Topic.PERSONNEL]] += SOLDIER_WEIGHT
    for index in _IMPOSSIBLE.get(stage, _ONLY_OF_FACTS if stage is not None else ()):
        scores[index] = -1.0
    return TOPICS[scores.index(max(scores))]
