"""What is known of the parties to a quantity once its stage is settled: who acts in a pledge or a purchase, and who stands
on the other side, hangs on which it is.

For the model of those who act these are features of the quantity, for that of the other side further marks of each party.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final

from etl.extract.document import fold_text
from etl.extract.ranking import Mark, Pattern
from etl.extract.readings import StageReading, name_nature
from etl.extract.roles.reader import Place, Reader
from etl.extract.roles.sides import Side, list_topics
from tracker.vocabulary import Aggregation, Modality, Stage, Topic

_STEM: Final = 6
_PAIR: Final = Pattern(
    "pair",
    ((0, 1, 4), (0, 1, 3, 4), (0, 2, 3, 4), (2, 3, 4, 5, 6), (0, 4, 8), (0, 1, 2, 4), (0, 3, 7), (2, 3, 4)),
)
_AGAIN: Final = Pattern("again", ((0, 1, 2, 3), (0, 2, 3, 4)))
_STANDING: Final = Pattern("standing", ((0, 1, 2, 3, 4),))
_THING: Final = Pattern("thing", ((0, 2), (1, 2)))
_NOBODY: Final = "nobody"
_ANYBODY: Final = "anybody"


def describe_stage(reading: StageReading) -> list[str]:
    """The features of a quantity's settled stage."""
    return _name_stage(reading.stage, reading.modality, reading.topic, reading.aggregation)


@functools.cache
def _name_stage(stage: Stage | None, modality: Modality, topic: Topic, total: Aggregation) -> list[str]:
    return [
        f"settled={stage}", f"settled_mood={modality}", f"settled_step={stage} {modality}", f"settled_topic={topic}",
        f"settled_deal={stage} {topic}", f"settled_total={total}",
    ]  # fmt: skip


class PairFinder:
    """Describes for each quantity, in text order, the parties that may stand on the other side."""

    def __init__(self, reader: Reader) -> None:
        relations: dict[str, str] = {}
        for name, key, _ in list_topics(reader):
            relations[key] = f"{relations[key]} {name}" if key in relations else name
        self._relations: Mapping[str, str] = relations
        """What each party that the article is about is to it."""
        self._last: tuple[str | None, str | None] = None, None
        """Who acted in the quantity before, and who stood on its other side by the rules."""

    def describe(
        self, place: Place, stage: StageReading, thing: str | None, acting: Side | None, others: Sequence[Side], own: Side | None
    ) -> list[Side]:
        """The other parties with all their marks; `thing` is the object, `own` whom the rules chose."""
        quantity, span = place.quantity, place.sentence.line.span
        step, topic, mood = str(stage.stage), str(stage.topic), str(stage.modality)
        nature = name_nature(quantity)
        relations = self._relations
        actor = relations.get(acting.key, _ANYBODY) if acting is not None else _NOBODY
        sort = acting.mentions[-1].kind if acting is not None else _NOBODY
        is_same = (acting.key if acting is not None else None) == self._last[0]
        things = [word[:_STEM] for word in fold_text(thing or "-").split()]
        is_deal = len(others) + (acting is not None) > 1
        described: list[Side] = []
        for side in others:
            relation = relations.get(side.key, _ANYBODY)
            near = any(span.start <= mention.start < span.end for mention in side.mentions)
            is_last = side.key == self._last[1]
            marks: list[Mark] = [
                _PAIR[relation, actor, near, step, topic, side.mentions[0].kind, sort, mood, nature],
                _AGAIN[is_last, is_same, near, topic, step],
                _STANDING[is_deal, own is side, own is not None, topic, step],
            ]
            marks += [_THING[relation, near, word] for word in things]
            described.append(tuple.__new__(Side, (side.key, side.mentions, side.marks + marks)))
        self._last = acting.key if acting is not None else None, own.key if own is not None else None
        return described
