"""A second opinion on stages with their modalities, and on topics: small models, heard where they are sure.

The rules decide; a model, trained on texts of this project, overrules them only where it holds another label for far more
likely than theirs. What it looks at is listed in `describe`: what the rules found, the kind of the quantity, the words around it, the acts and moods of
its sentence. Linear-chain models (CRFsuite) read the quantities of an article in order. `make train` makes them anew.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from operator import add
from pathlib import Path

import pycrfsuite

from etl.extract.document import Document, fold_text
from etl.extract.readings import StageReading
from etl.extract.stages.acts import BINDING
from etl.extract.stages.discourse import Seat
from etl.extract.stages.judgement import Judgement
from etl.records import Evidence, Quantity
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Stage, Topic

MODELS = Path(__file__).with_name("models")
NO_STAGE = "none"
SURE = {"stage": 0.4, "topic": 0.2}
"""By how much more likely than that of the rules a label must be; found on texts that the model was not trained on."""
_WORDS = 12
"""Words on each side of a quantity that count wherever they stand."""
_STEM = 6
"""Letters of a word that count: its endings say little in most languages."""
_LEFT = ("l0=", "l1=", "l2=", "l3=")
_RIGHT = ("r0=", "r1=", "r2=", "r3=")
"""What the nearest words are called, whose places count as well."""
_LONG = 4
"""Letters of the shortest word of a title that counts."""
_REACH = 90
_BULLETS = "•·-–—*▪"
_QUOTES = frozenset("“«\"„")
_NATURES = (Kind.COUNT, Kind.SHARE, Kind.CHANGE)
_NAMES: dict[object, str] = {None: NO_STAGE} | {
    member: member.value for names in (Stage, Modality, Aggregation, Topic, Kind, Qualifier) for member in names
}
"""What each label is called in a feature; a look-up costs a tenth of formatting a member."""
_TOLD = frozenset({Modality.CONDITIONAL, Modality.DENIED, Modality.TARGET})
"""Modalities that words of their own tell, together with what they are said of: no opinion is asked for."""


def hear_opinion(
    document: Document, seats: Sequence[Seat], judgements: Sequence[Judgement], ruled: Sequence[StageReading]
) -> list[StageReading]:
    """The readings of the rules, with another stage, modality or topic where the models are sure to know better."""
    readings = list(ruled)
    items = pycrfsuite.ItemSequence(describe(document, seats, judgements, readings))
    code = document.pack.code
    for index, label in _overruled("stage", items, [label_of("stage", reading) for reading in readings]):
        if readings[index].modality not in _TOLD and not _is_named(judgements[index]):
            readings[index] = _restage(readings[index], label, code)
    for index, label in _overruled("topic", items, [label_of("topic", reading) for reading in readings]):
        evidence = [*readings[index].evidence[:3], Evidence("topic", f"{code}.topic.learned")]
        readings[index] = readings[index]._replace(topic=Topic(label), evidence=tuple(evidence))
    return readings


def label_of(field: str, reading: StageReading) -> str:
    """What a model of the field calls a reading: `delivery/planned`, `aid`."""
    return _NAMES[reading.topic] if field == "topic" else name_stage(reading.stage, reading.modality)


@functools.cache
def name_stage(stage: str | None, modality: str) -> str:
    """The label of a stage with its modality."""
    return f"{stage or NO_STAGE}/{modality}"


def _is_named(judgement: Judgement) -> bool:
    """Whether the words leave no doubt: an option, a whole of which nothing came, an order that may or may not follow."""
    if judgement.modality is Modality.CONDITIONAL and judgement.act in BINDING:
        return True
    return judgement.cost == 0 and judgement.modality in (Modality.CONDITIONAL, Modality.DENIED)


def _overruled(
    field: str, items: pycrfsuite.ItemSequence, own: Sequence[str]
) -> list[tuple[int, str]]:
    """The places where a model is sure of another label than the rules', with its label."""
    tagger = load_model(field)
    tagger.set(items)
    return [
        (index, label)
        for index, label in enumerate(tagger.tag())
        if label != own[index] and lead_of(tagger, label, own[index], index) > SURE[field]
    ]


def lead_of(tagger: pycrfsuite.Tagger, label: str, own: str, index: int) -> float:
    """By how much more likely the model holds a label than another, which it may not know."""
    chance = tagger.marginal(own, index) if own in _labels(tagger) else 0.0
    return float(tagger.marginal(label, index) - chance)


def _restage(reading: StageReading, label: str, code: str) -> StageReading:
    name, _, mood = label.partition("/")
    stage, modality = None if name == NO_STAGE else Stage(name), Modality(mood)
    of_stage, of_mood, *others = reading.evidence
    if stage is not reading.stage:
        of_stage = Evidence("stage", f"{code}.stage.learned", reading.cue_start, reading.cue_end)
    if modality is not reading.modality:
        of_mood = Evidence("modality", f"{code}.modality.learned")
    return reading._replace(stage=stage, modality=modality, evidence=(of_stage, of_mood, *others))


@functools.cache
def load_model(field: str) -> pycrfsuite.Tagger:
    """The model of a field, read once."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODELS / f"{field}.crfsuite"))
    return tagger


@functools.cache
def _labels(tagger: pycrfsuite.Tagger) -> frozenset[str]:
    return frozenset(tagger.labels())


def describe(
    document: Document, seats: Sequence[Seat], judgements: Sequence[Judgement], readings: Sequence[StageReading]
) -> list[list[str]]:
    """What the models look at, a list of features a quantity, in order."""
    described: list[list[str]] = []
    titled = []
    if document.title:
        titled = ["title:" + stem for stem in sorted({w[:_STEM] for w in fold_text(document.title).split() if len(w) >= _LONG})]
    before: tuple[str, ...] = ()
    sentence = -1
    for seat, judgement, reading in zip(seats, judgements, readings, strict=True):
        stage, modality = _NAMES[reading.stage], _NAMES[reading.modality]
        features = _of_rules(seat, judgement, reading, stage, modality)
        _add_quantity(features, seat.quantity, stage)
        _add_words(features, document, seat)
        _add_cues(features, seat)
        features += before
        features += titled
        features.append("same" if seat.sentence == sentence else "new")
        described.append(features)
        before, sentence = ("before=" + stage, "before_mood=" + modality), seat.sentence
    return described


def _of_rules(seat: Seat, judgement: Judgement, reading: StageReading, stage: str, modality: str) -> list[str]:
    total, topic = _NAMES[reading.aggregation], _NAMES[reading.topic]
    features = [
        "s=" + stage,
        "m=" + modality,
        "sm=" + stage + modality,
        "t=" + topic,
        "st=" + stage + topic,
        "total=" + total,
        f"act={judgement.act}",
        f"mood={judgement.mood}",
        "rule=" + judgement.rule,
    ]
    cue = judgement.cue
    if cue is not None:
        features.append("cue=" + seat.passage.text[cue.start : cue.end].lower())
        features.append("cue<" if cue.start < seat.quantity.start else "cue>")
    return features


def _add_quantity(features: list[str], quantity: Quantity, stage: str) -> None:
    kind = _NAMES[quantity.kind]
    nature = quantity.unit if quantity.kind in _NATURES else kind
    features += (f"n={nature}", "k=" + kind, "q=" + _NAMES[quantity.qualifier], "sk=" + stage + kind)
    features.append("per" if quantity.per else "no_per")


def _add_words(features: list[str], document: Document, seat: Seat) -> None:
    start, end = seat.quantity.start, seat.quantity.end
    span, folded = seat.passage.sentence, document.folded
    left = folded[max(span.start, start - _REACH) + 1 : start + 1].split()[-_WORDS:]
    right = folded[end + 1 : min(span.end, end + _REACH) + 1].split()[:_WORDS]
    stems, following = [word[:_STEM] for word in left], [word[:_STEM] for word in right]
    features += ["l:" + stem for stem in dict.fromkeys(stems)]  # a set has another order every run
    features += ["r:" + stem for stem in dict.fromkeys(following)]
    features += map(add, _LEFT, reversed(stems))
    features += map(add, _RIGHT, following)
    if len(left) > 1:
        features.append("ll=" + left[-2] + "_" + left[-1])
    if len(right) > 1:
        features.append("rr=" + right[0] + "_" + right[1])
    before = document.text[span.start : start]
    features.append("item" if document.text[span.start] in _BULLETS else "first" if span.start < _STEM else "inside")
    if not _QUOTES.isdisjoint(before):
        features.append("quoted")


def _add_cues(features: list[str], seat: Seat) -> None:
    passage, start = seat.passage, seat.quantity.start
    nearest_left = nearest_right = None
    for _, _, cue, begin, _ in passage.acts:
        act, form = cue[0] or "", cue[1] or ""
        if begin < start:
            features += ("a<" + act, "f<" + act + form)
            nearest_left = act
        else:
            features += ("a>" + act, "f>" + act + form)
            nearest_right = nearest_right or act
    features += [("m<" if begin < start else "m>") + (cue[2] or "") for _, _, cue, begin, _ in passage.moods]
    for mark, cues in sorted(passage.marks.items()) if passage.marks else ():
        features += [("k<" if placed[3] < start else "k>") + mark for placed in cues]
    if nearest_left:
        features.append("na<" + nearest_left)
    if nearest_right:
        features.append("na>" + nearest_right)
