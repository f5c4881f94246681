"""From articles to claims. `extract_claims` is the front door, `extract_quantities` the ground below it."""

from __future__ import annotations

import datetime as dt

from etl.compiled import prefer_compiled
from etl.records import Claim, Interval, Quantity

__all__ = ["extract_claims", "extract_quantities"]

prefer_compiled()


def extract_claims(
    text: str, *, language: str | None = None, published: str | dt.date | Interval | None = None
) -> list[Claim]:
    """The claims of a text in order, each with `text[claim.start:claim.end] == claim.quote`.

    `language` is an ISO 639-1 code that has a pack (UsageError otherwise), detected where it is None. `published` is
    the article's date (`2024-03-27`, `2024-03`), against which "on Tuesday" is resolved; without it such dates stay
    unknown.

    >>> extract_claims("Estonia will send Ukraine 30 howitzers.", language="en")[0].unit
    'item'
    """
    from etl.extract.claims import extract_document, open_document

    return extract_document(open_document(text, language or _detect(text), _interval(published)))[0]


def extract_quantities(text: str, *, language: str | None = None) -> list[Quantity]:
    """Every number of a text with its unit in order, without overlaps, claims or not.

    Durations, specifications and bare numbers are there too, `kind` None for a number that counts nothing; dates,
    designations, ordinals and labels are not, for they are no quantities.
    """
    from etl.extract.claims import measured_quantities, open_document

    return measured_quantities(open_document(text, language or _detect(text), boilerplate=None))


def _detect(text: str) -> str:
    from etl.read.language import detect_language

    return detect_language(text)


def _interval(published: str | dt.date | Interval | None) -> Interval | None:
    if published is None or isinstance(published, Interval):
        return published
    if isinstance(published, str):
        return Interval.parse(published)
    return Interval(published, published)
