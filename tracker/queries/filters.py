"""The filters that claims, exports and reports share, as one frozen record and its WHERE clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy import ColumnElement, Float, FromClause, and_, cast, func, or_

from tracker.errors import UsageError
from tracker.vocabulary import Aggregation, Kind, Modality, Stage, Topic


@dataclass(frozen=True)
class ClaimFilters:
    """Which claims are wanted. An empty field lets all through; several words in one field mean any of them."""

    kind: tuple[Kind, ...] = ()
    stage: tuple[Stage, ...] = ()
    modality: tuple[Modality, ...] = ()
    aggregation: tuple[Aggregation, ...] = ()
    topic: tuple[Topic, ...] = ()
    actor: str | None = None
    counterparty: str | None = None
    speaker: str | None = None
    object: str | None = None
    unit: str | None = None
    language: str | None = None
    source: str | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    min_eur: Decimal | None = None
    max_eur: Decimal | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        for words, vocabulary in ((self.kind, Kind), (self.stage, Stage), (self.modality, Modality),
                                  (self.aggregation, Aggregation), (self.topic, Topic)):  # fmt: skip
            for word in words:
                if word not in set(vocabulary):
                    known = ", ".join(vocabulary)
                    raise UsageError(f"{vocabulary.__name__.lower()}: {word!r} is unknown; use one of {known}")

    def is_empty(self) -> bool:
        """Whether every claim passes."""
        return all(getattr(self, item.name) in ((), None) for item in fields(self))

    def ask_the_article(self) -> bool:
        """Whether one of them speaks of the article and not of the claim."""
        return any((self.language, self.source, self.published_from, self.published_to))


_EQUAL = ("kind", "stage", "modality", "aggregation", "topic")
_PARTIES = ("actor", "counterparty", "speaker")


def where_clause(filters: ClaimFilters, view: FromClause) -> ColumnElement[bool]:
    """The condition on the `claims` view, or on a part of it that has the columns concerned, that the filters mean."""
    return and_(True, *_conditions(filters, view))


def _conditions(filters: ClaimFilters, view: FromClause) -> Iterator[ColumnElement[bool]]:
    c = view.c
    for name in _EQUAL:
        if words := getattr(filters, name):
            yield c[name].in_([str(word) for word in words])
    for name in _PARTIES:
        if wording := getattr(filters, name):
            yield or_(_contains(c[name], wording), func.lower(c[f"{name}_party"]) == wording.lower())
    if filters.object:
        yield _contains(c.object, filters.object)
    if filters.unit:
        yield func.lower(c.unit) == filters.unit.lower()
    if filters.language:
        yield c.language == filters.language.lower()
    if filters.source:
        yield _contains(c.source, filters.source)
    if filters.text:
        yield or_(_contains(c.sentence, filters.text), _contains(c.quote, filters.text))
    yield from _limits(filters, view)


def _limits(filters: ClaimFilters, view: FromClause) -> Iterator[ColumnElement[bool]]:
    """Bounds of time and value; an interval passes where it overlaps, an unknown date or value does not."""
    c = view.c
    if filters.published_from:
        yield c.published_to >= filters.published_from
    if filters.published_to:
        yield c.published_from <= filters.published_to
    if filters.date_from:
        yield c.date_to >= filters.date_from
    if filters.date_to:
        yield c.date_from <= filters.date_to
    if filters.min_eur is not None:
        yield cast(c.high_eur, Float) >= float(filters.min_eur)
    if filters.max_eur is not None:
        yield cast(c.low_eur, Float) <= float(filters.max_eur)


def _contains(column: ColumnElement[str], wording: str) -> ColumnElement[bool]:
    return column.icontains(wording, autoescape=True)
