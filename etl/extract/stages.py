"""How firm a quantity is (stage), how it is asserted (modality), whether it is a sum, and what it is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.readings import StageReading
from etl.extract.stage_cues import TOPICS, Cue, cue_matcher
from etl.extract.stage_passage import FAR, Passage
from etl.records import Evidence, Quantity, Span
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic

# What an act says of a quantity when it is done, and when it is only meant to be done.
_DONE = {
    "need": Stage.NEED, "propose": Stage.PROPOSAL, "pledge": Stage.PLEDGE, "announce": Stage.PLEDGE,
    "vote": Stage.APPROPRIATION, "authorise": Stage.AUTHORISATION, "tender": Stage.TENDER, "award": Stage.AWARD,
    "order": Stage.CONTRACT, "allocate": Stage.ALLOCATION, "pay": Stage.DISBURSEMENT, "spend": Stage.EXPENDITURE,
    "deliver": Stage.DELIVERY,
}  # fmt: skip
_MEANT = {
    **_DONE, "vote": Stage.PROPOSAL, "award": Stage.PLEDGE, "order": Stage.PLEDGE, "allocate": Stage.PLEDGE,
    "pay": Stage.PLEDGE, "spend": Stage.PLEDGE, "deliver": Stage.PLEDGE,
}  # fmt: skip
_WEAKNESS = {"announce": 45, "budget": 35, "trade": 20, "earn": 10, "measure": 15, "make": 10, "propose": 5, "hold": 5}
_MOOD_REACH = 45
_ACT_REACH = 220


class _Judgement(NamedTuple):
    """What the cues of one sentence say of one quantity, before the discourse is asked."""

    stage: Stage | None
    modality: Modality
    act: Hit[Cue] | None
    cost: int
    mood: Hit[Cue] | None


def read_stages(document: Document, quantities: Sequence[Quantity]) -> list[StageReading]:
    """Stage, modality, aggregation and topic of each quantity, in order, with the words that they rest on."""
    if not quantities:
        return []
    hits = cue_matcher(document.pack).find(document.folded)
    starts = [hit[0] for hit in hits]
    prior = _topic_counts(hits)
    readings: list[StageReading] = []
    passage: Passage | None = None
    state: _Judgement | None = None
    for number, quantity in enumerate(quantities):
        sentence = document.sentence_at(quantity.start)
        if passage is None or passage.sentence != sentence:
            low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            passage = Passage(document.text, sentence, hits[low:high])
        judgement = _judge(passage, quantity)
        if judgement.act is None and state is not None:
            judgement = state._replace(mood=judgement.mood or state.mood)
        state = judgement
        readings.append(
            StageReading(
                judgement.stage,
                judgement.modality,
                _aggregation(passage, quantity),
                _topic(passage, quantity, prior, judgement),
                judgement.act.start if judgement.act and judgement.stage else None,
                judgement.act.end if judgement.act and judgement.stage else None,
                (),
            )
        )
    return readings


def _judge(passage: Passage, quantity: Quantity) -> _Judgement:
    best, cost = None, _ACT_REACH
    for hit in passage.acts:
        distance = passage.distance(quantity.start, quantity.end, hit)
        if distance < FAR:
            distance += _WEAKNESS.get(hit.value.act or "", 0)
            if distance < cost:
                best, cost = hit, distance
    mood_hit = _mood(passage, quantity, best)
    mood = mood_hit.value.mood if mood_hit else None
    act = best.value.act if best else None
    form = best.value.form if best else None
    if mood is None and best is not None:
        mood = {"future": "planned", "conditional": "would", "base": "planned"}.get(form or "")
    stage, modality = _resolve(act, mood)
    if passage.conditions:
        modality = Modality.CONDITIONAL
    if _denied(passage, quantity, best):
        modality = Modality.DENIED
        if act == "deliver":
            stage = Stage.DELIVERY
    return _Judgement(stage, modality, best, cost, mood_hit)


def _resolve(act: str | None, mood: str | None) -> tuple[Stage | None, Modality]:
    meant = mood in ("planned", "likely", "would", "forecast", "target", "conditional")
    stage = (_MEANT if meant else _DONE).get(act or "")
    if mood == "conditional":
        return stage, Modality.CONDITIONAL
    if mood == "forecast":
        return stage, Modality.FORECAST
    if mood == "target":
        return stage, Modality.TARGET
    if stage in (Stage.PLEDGE, Stage.PROPOSAL):
        return stage, Modality.PLANNED
    if stage is None:
        if mood == "planned":
            return None, Modality.PLANNED
        if mood == "likely":
            return None, Modality.FORECAST
        if mood == "would":
            return None, Modality.CONDITIONAL
    return stage, Modality.ASSERTED


def _mood(passage: Passage, quantity: Quantity, act: Hit[Cue] | None) -> Hit[Cue] | None:
    """The mood cue nearest to the governing act, or to the quantity where the act is no finite verb."""
    best, cost = None, _MOOD_REACH
    for hit in passage.moods:
        distance = FAR
        if act is not None:
            distance = 0 if hit == act else passage.distance(act.start, act.end, hit) + (20 if hit.start > act.end else 0)
        if act is None or act.value.form == "noun" or act.value.act not in _DONE:
            distance = min(distance, passage.distance(quantity.start, quantity.end, hit) + 5)
        if distance < cost:
            best, cost = hit, distance
    return best


def _denied(passage: Passage, quantity: Quantity, act: Hit[Cue] | None) -> bool:
    for hit in passage.nones:
        if 0 <= quantity.start - hit.end <= 2:
            return True
    if act is None or act.value.act not in _DONE or act.value.form == "noun":
        return False
    return any(0 <= act.start - hit.end <= 12 for hit in passage.negations)


def _aggregation(passage: Passage, quantity: Quantity) -> Aggregation:
    best, cost = None, 50
    for hit in passage.aggregates:
        distance = passage.distance(quantity.start, quantity.end, hit)
        if distance < cost:
            best, cost = hit.value.aggregate, distance
    return Aggregation(best) if best else Aggregation.SINGLE


def _topic_counts(hits: Sequence[Hit[Cue]]) -> list[float]:
    counts = [0.0] * len(TOPICS)
    for hit in hits:
        for topic in hit.value.topics:
            counts[topic] += 1
    total = sum(counts) or 1.0
    return [2.0 * count / total for count in counts]


def _topic(passage: Passage, quantity: Quantity, prior: list[float], judgement: _Judgement) -> Topic:
    scores = list(prior)
    for hit in passage.topics:
        distance = passage.distance(quantity.start, quantity.end, hit)
        if distance < FAR:
            weight = 1.0 / (1.0 + distance / 40)
            for topic in hit.value.topics:
                scores[topic] += weight
    return TOPICS[scores.index(max(scores))]
