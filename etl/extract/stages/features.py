"""What the models look at: a list of features for each quantity of an article.

What the rules found; the kind of the quantity and the words around it; the acts and moods of its sentence; which years
stand there; the words of the title; what acts the first sentences tell of, and those around; what the rules found for
the quantities before and behind; and, once they are bound, who and what is in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from operator import add
from typing import Final

from etl.extract.document import BULLETS, Document, fold_text
from etl.extract.readings import RoleReading, StageReading, name_nature
from etl.extract.stages.discourse import Seat
from etl.extract.stages.judgement import Judgement
from etl.extract.stages.reading import Judged
from etl.records import Quantity
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Stage, Topic

NO_STAGE: Final = "none"
_WORDS = 12
"""Words on each side of a quantity that count wherever they stand."""
_STEM = 6
"""Letters of a word that count: its endings say little in most languages."""
_LEFT = ("l0=", "l1=", "l2=", "l3=")
_RIGHT = ("r0=", "r1=", "r2=", "r3=")
"""What the nearest words are called, whose places count as well."""
_LONG = 4
"""Letters of the shortest word of a title that counts."""
_LEAD = (0, 1)
"""The sentences that say what the article is about."""
_NEARBY = (("before:", -1), ("before2:", -2), ("behind:", 1))
"""What the acts of the sentences around are called, and how far away those are."""
_REACH = 90
_ACTOR_WORDS = 3
"""Last words of an actor that count."""
_LATE = 4
"""From which sentence on it no longer counts which one it is."""
_YEAR = re.compile(r"(?<![\d.,])20[0-4]\d(?![\d.,]*\d)")
_QUOTES = frozenset("“«\"„")
NAMES: Final[dict[object, str]] = {None: NO_STAGE} | {
    member: member.value for names in (Stage, Modality, Aggregation, Topic, Kind, Qualifier) for member in names
}
"""What each label is called in a feature; a look-up costs a tenth of formatting a member."""


def describe(document: Document, judged: Judged) -> list[list[str]]:
    """A list of features a quantity, in order, of all but its roles."""
    described: list[list[str]] = []
    ahead = _of_head(document, judged.acts)
    before: tuple[str, ...] = ()
    shown: list[list[str]] = []
    sentence = -1
    for seat, judgement, reading in zip(judged.seats, judged.judgements, judged.readings, strict=True):
        stage, modality = NAMES[reading.stage], NAMES[reading.modality]
        features = _of_rules(seat, judgement, reading, stage, modality)
        _add_quantity(features, document, seat.quantity, stage)
        _add_years(features, document, seat)
        _add_words(features, document, seat)
        _add_cues(features, seat)
        features += before
        features += ahead
        _add_nearby(features, judged.acts, seat.sentence)
        features.append("same" if seat.sentence == sentence else "new")
        features.append(f"pos={min(_LATE, seat.sentence)}")
        described.append(features)
        shown.append([
            "sm=" + stage + modality, f"act={judgement.act}", f"k={reading.topic}{seat.quantity.kind}",
            "same" if seat.sentence == sentence else "new",
        ])  # fmt: skip
        before, sentence = ("before=" + stage, "before_mood=" + modality), seat.sentence
    _add_neighbours(described, shown)
    return described


def _of_head(document: Document, acts: Mapping[int, Sequence[str]]) -> list[str]:
    """The words of the title, and what acts the first sentences tell of."""
    features = []
    if document.title:
        features = ["title:" + stem for stem in sorted({w[:_STEM] for w in fold_text(document.title).split() if len(w) >= _LONG})]
    features += ["lead:" + act for act in dict.fromkeys(act for index in _LEAD for act in acts.get(index, ()))]
    return features


def _add_nearby(features: list[str], acts: Mapping[int, Sequence[str]], sentence: int) -> None:
    """What the sentences around tell of."""
    for name, distance in _NEARBY:
        told = acts.get(sentence + distance)
        if told:
            features += [name + act for act in told]


def _add_neighbours(described: Sequence[list[str]], shown: Sequence[list[str]]) -> None:
    """What is shown of the quantities before and behind each."""
    last = len(described) - 1
    for index, features in enumerate(described):
        features += ["nx:" + one for one in shown[index + 1]] if index < last else ["nx:-"]
        features += ["pv:" + one for one in shown[index - 1]] if index else ["pv:-"]


def _of_rules(seat: Seat, judgement: Judgement, reading: StageReading, stage: str, modality: str) -> list[str]:
    total, topic = NAMES[reading.aggregation], NAMES[reading.topic]
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


def _add_quantity(features: list[str], document: Document, quantity: Quantity, stage: str) -> None:
    kind = NAMES[quantity.kind]
    features += (f"n={name_nature(quantity)}", "k=" + kind, "q=" + NAMES[quantity.qualifier], "sk=" + stage + kind)
    features += ("per" if quantity.per else "no_per", f"unit={quantity.unit}")
    if quantity.noun is not None:
        features.append("noun=" + document.folded[quantity.noun[0] + 1 : quantity.noun[1] + 1].split()[-1][:_STEM])


def describe_role(role: RoleReading) -> list[str]:
    """The features of a quantity's roles."""
    features = ["o:" + word[:_STEM] for word in fold_text(role.object or "-").split()]
    if role.actor:
        features += ["ac:" + word[:_STEM] for word in fold_text(role.actor).split()[-_ACTOR_WORDS:]]
    if role.base:
        features += ["b:" + word[:_STEM] for word in fold_text(role.base).split()]
    actor = "party" if role.actor_party else "other" if role.actor else "none"
    features += ("ap=" + actor, f"apid={role.actor_party}", f"cp={bool(role.counterparty)}", f"sp={bool(role.speaker)}")
    features += ["rule:" + item.rule for item in role.evidence]
    return features


def _add_years(features: list[str], document: Document, seat: Seat) -> None:
    """Whether the years of the sentence, and the nearest of them, are before, at or after that of the article."""
    if document.published is None:
        return
    now, (start, end) = document.published.first.year, seat.passage.sentence
    nearest, least = "none", end
    for found in _YEAR.finditer(document.text, start, end):
        year = int(found[0])
        time = "past" if year < now else "now" if year == now else "future"
        features.append("yr=" + time)
        distance = min(abs(found.start() - seat.quantity.end), abs(seat.quantity.start - found.end()))
        if distance < least:
            nearest, least = time, distance
    features.append("nyr=" + nearest)


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
    features += ["l:" + first + " " + second for first, second in itertools.pairwise(stems)]
    features += ["r:" + first + " " + second for first, second in itertools.pairwise(following)]
    if len(left) > 1:
        features.append("ll=" + left[-2] + "_" + left[-1])
    if len(right) > 1:
        features.append("rr=" + right[0] + "_" + right[1])
    before = document.text[span.start : start]
    features.append("item" if document.text[span.start] in BULLETS else "first" if span.start < _STEM else "inside")
    if not _QUOTES.isdisjoint(before):
        features.append("quoted")


def _add_cues(features: list[str], seat: Seat) -> None:
    passage, start = seat.passage, seat.quantity.start
    nearest_left = nearest_right = None
    for _, _, cue, begin, _ in passage.acts:
        act, form = cue.act or "", cue.form or ""
        if begin < start:
            features += ("a<" + act, "f<" + act + form)
            nearest_left = act
        else:
            features += ("a>" + act, "f>" + act + form)
            nearest_right = nearest_right or act
    features += [("m<" if begin < start else "m>") + (cue.mood or "") for _, _, cue, begin, _ in passage.moods]
    for mark, cues in sorted(passage.marks.items()) if passage.marks else ():
        features += [("k<" if placed.start < start else "k>") + mark for placed in cues]
    if nearest_left:
        features.append("na<" + nearest_left)
    if nearest_right:
        features.append("na>" + nearest_right)
