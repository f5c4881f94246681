"""Bounds, days and conversions of claims. Pure: records in, records out; the text is never touched."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from decimal import Decimal

from etl.normalised import NormalisedArticle, NormalisedClaim
from etl.records import Claim, Extraction, Interval
from tracker.money import TARGETS, Conversion, convert
from tracker.units import canonical_factor, convert_unit
from tracker.vocabulary import Kind, Modality, Qualifier

_NEAR_LOW, _NEAR_HIGH = Decimal("0.9"), Decimal("1.1")
_COMPLETE = Decimal("0.95")
_LONGEST_DATE_DAYS = 31

Bounds = tuple[Decimal | None, Decimal | None]


def normalise(extraction: Extraction) -> NormalisedArticle:
    """The claims of an article with bounds, days, conversions, and whether a sum may add each."""
    claims = extraction.claims
    published = extraction.article.published
    repeats, summed, counted = tell_what_counts(claims)
    rows = []
    for index, claim in enumerate(claims):
        date = _parse_date(claim.date)
        lower, upper = imply_bounds(claim.low, claim.high, claim.qualifier)
        rows.append(
            NormalisedClaim(
                claim,
                lower,
                upper,
                date.first if date else None,
                date.last if date else None,
                convert_claim(claim, choose_rate_day(date, published)),
                index in repeats,
                index in summed,
                index in counted,
            )
        )
    return NormalisedArticle(extraction, tuple(rows))


@functools.lru_cache(maxsize=4096)
def _parse_date(date: str | None) -> Interval | None:
    return Interval.parse(date) if date else None


def imply_bounds(low: Decimal, high: Decimal, qualifier: Qualifier) -> Bounds:
    """The least and the most that the wording admits; None where it sets no limit on that side.

    `exact` and `vague` are bound by their own ends; `over` and `at_least` have no top, `under` and `up_to` no floor;
    `about` admits a tenth more or less, `nearly` a tenth less. A fall (a negative number) is read by its size:
    "fell by more than 5" is at most -5.
    """
    if low < 0 and high <= 0:
        least, most = imply_bounds(-high, -low, qualifier)
        return (None if most is None else -most), (None if least is None else -least)
    if qualifier in (Qualifier.OVER, Qualifier.AT_LEAST):
        return low, None
    if qualifier in (Qualifier.UNDER, Qualifier.UP_TO):
        return None, high
    if qualifier is Qualifier.ABOUT:
        return low * _NEAR_LOW, high * _NEAR_HIGH
    if qualifier is Qualifier.NEARLY:
        return low * _NEAR_LOW, high
    return low, high


def choose_rate_day(date: Interval | None, published: Interval | None) -> dt.date | None:
    """The day whose rate a claim's money is converted at, None where neither date says.

    The day of the event where the text gives it to the month and it had passed when the article appeared, else the
    day of publication. A month stands for its last day. A longer span (a year, "2024/2030") names no day.
    """
    appeared = published.last if published and _is_short(published) else None
    if date is not None and _is_short(date) and (appeared is None or date.last <= appeared):
        return date.last
    return appeared


def _is_short(interval: Interval) -> bool:
    return (interval.last - interval.first).days < _LONGEST_DATE_DAYS


def convert_claim(claim: Claim, day: dt.date | None) -> tuple[Conversion, ...]:
    """Euros and dollars for money, the canonical unit for a physical unit, nothing for the rest."""
    if claim.kind is Kind.MONEY:
        return tuple([convert(claim.low, claim.high, claim.unit, unit, day) for unit in TARGETS if unit != claim.unit])
    if claim.kind not in (Kind.MEASURE, Kind.DURATION):
        return ()
    factor = canonical_factor(claim.unit)
    if factor is None:
        return ()
    low, high = convert_unit(claim.low, factor), convert_unit(claim.high, factor)
    return (Conversion(factor.unit, low, high, factor.factor, rate_source="unit definition"),)


def tell_what_counts(claims: Sequence[Claim]) -> tuple[set[int], set[int], set[int]]:
    """Indices of the claims that say another again, of those that add others up, and of those that a sum may add.

    Of a total and its parts one side counts: the parts where they reach the total (within 5 %), else the total.
    A claim that repeats another's value, about the same parties as far as both say, counts once: the one that says
    more of its stage and parties. What is denied never counts.
    """
    index_of = {claim.start: index for index, claim in enumerate(claims)}
    repeats = {i for i, claim in enumerate(claims) if claim.restates in index_of} | _find_repeats(claims)
    summed = {i for i, claim in enumerate(claims) if claim.totals}
    left_out = set(repeats)
    for total in summed:
        parts = [index_of[start] for start in claims[total].totals if start in index_of]
        left_out |= {total} if _add_up(claims, total, parts) else set(parts)
    denied = {i for i, claim in enumerate(claims) if claim.modality is Modality.DENIED}
    return repeats, summed, set(range(len(claims))) - left_out - denied


def _add_up(claims: Sequence[Claim], total: int, parts: Sequence[int]) -> bool:
    """Whether the parts make up the total, or cannot be compared with it because their units differ."""
    if any(claims[part].unit != claims[total].unit for part in parts):
        return True
    return sum((claims[part].high for part in parts), Decimal(0)) >= claims[total].low * _COMPLETE


def _find_repeats(claims: Sequence[Claim]) -> set[int]:
    """The claims that say the value of another claim of the article again, in the same unit."""
    same_value: dict[tuple[object, ...], list[int]] = {}
    for index, claim in enumerate(claims):
        same_value.setdefault((claim.kind, claim.unit, claim.low, claim.high, claim.per), []).append(index)
    repeats = set()
    for indices in same_value.values():
        kept: list[int] = []
        for index in sorted(indices, key=lambda i: (-_boundness(claims[i]), i)) if len(indices) > 1 else ():
            if any(_may_be_same(claims[index], claims[other]) for other in kept):
                repeats.add(index)
            else:
                kept.append(index)
    return repeats


def _boundness(claim: Claim) -> int:
    """How much a claim says of its stage and parties."""
    return sum(field is not None for field in (claim.stage, claim.actor, claim.counterparty, claim.object, claim.base))


def _may_be_same(one: Claim, other: Claim) -> bool:
    """Whether nothing that both claims say sets them apart."""
    if one.start in other.totals or other.start in one.totals:
        return False
    return (
        _agree(one.stage, other.stage)
        and _agree(one.actor_party or one.actor, other.actor_party or other.actor)
        and _agree(one.counterparty_party or one.counterparty, other.counterparty_party or other.counterparty)
        and _share_words(one.object, other.object)
        and _share_words(one.base, other.base)
        and _agree(one.date, other.date)
    )


def _agree(one: object | None, other: object | None) -> bool:
    return one is None or other is None or one == other


def _share_words(one: str | None, other: str | None) -> bool:
    """Whether two wordings have a word in common, as far as both are given."""
    if one is None or other is None:
        return True
    return not set(one.casefold().split()).isdisjoint(other.casefold().split())
