"""The date of each quantity: when the thing happened or holds."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from etl.extract.dates.compared import mark_compared
from etl.extract.dates.context import FoundDate
from etl.extract.dates.mentions import find_dates
from etl.extract.dates.reader import UNKNOWN, DateReader
from etl.extract.dates.scan import DateMention
from etl.extract.document import Document
from etl.extract.readings import DateReading, StageReading
from etl.records import Evidence, Interval, Quantity

__all__ = ["DateMention", "find_dates", "read_dates"]

_UNDATED = DateReading(None, (Evidence("date", UNKNOWN.rule),))
_HEADLINE = 200
"""A headline stands within this many characters of the beginning."""
_NEXT_FIGURES = 300
"""How many figures on the body's telling of a headline's figure is looked for."""


def read_dates(
    document: Document,
    quantities: Sequence[Quantity],
    stages: Sequence[StageReading],
    mentions: list[DateMention] | None = None,
) -> list[DateReading]:
    """The date of each quantity, None where the text gives none; `mentions` are those of `mark_compared`, if at hand."""
    if mentions is None:
        mentions = mark_compared(document, find_dates(document), quantities)
    reader = DateReader(document, mentions)
    found: list[FoundDate] = []
    for sentence, first, last in _by_sentence(document, quantities):
        found.extend(reader.read(sentence, list(quantities[first:last]), stages[first:last]))
    return [_reading(date) for date in _date_headline(document, quantities, found)]


def _by_sentence(document: Document, quantities: Sequence[Quantity]) -> list[tuple[int, int, int]]:
    """Sentences that hold quantities, each with the first quantity and the one after the last."""
    groups: list[tuple[int, int, int]] = []
    sentence, end = -1, -1
    for index, quantity in enumerate(quantities):
        if quantity.start < end:
            groups[-1] = (sentence, groups[-1][1], index + 1)
            continue
        sentence = document.sentence_index(quantity.start)
        end = document.sentences[sentence].end
        groups.append((sentence, index, index + 1))
    return groups


def _date_headline(document: Document, quantities: Sequence[Quantity], found: list[FoundDate]) -> list[FoundDate]:
    """The dates, with the figures of a headline dated as the same figures of the body."""
    result = list(found)
    for index, quantity in enumerate(quantities):
        span = document.sentence_at(quantity.start)
        if span.start > _HEADLINE or document.text[span.end - 1] in ".:;":
            return result
        if found[index].mention is None:
            later = _find_same(quantity, quantities, index + 1, span.end)
            if later is not None:
                result[index] = found[later]._replace(rule="date.same_figure")
    return result


def _find_same(quantity: Quantity, quantities: Sequence[Quantity], first: int, body: int) -> int | None:
    """The index of the same figure told again in the body, among the next few hundred."""
    said = (quantity.kind, quantity.low, quantity.high, quantity.unit, quantity.per)
    for later in range(first, min(first + _NEXT_FIGURES, len(quantities))):
        other = quantities[later]
        if other.start >= body and (other.kind, other.low, other.high, other.unit, other.per) == said:
            return later
    return None


@functools.lru_cache(maxsize=4096)
def _iso(interval: Interval) -> str:
    return interval.isoformat()


def _reading(found: FoundDate) -> DateReading:
    if found.interval is None:
        return _UNDATED
    mention = found.mention
    evidence = Evidence("date", found.rule, mention.start if mention else None, mention.end if mention else None)
    return DateReading(found.text or _iso(found.interval), (evidence,))
