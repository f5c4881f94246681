"""Self-audit: where an article gives the means to check a figure, does it add up? Flags claims, never changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from etl.extract.plausibility import Bound, find_bounds
from etl.records import Claim, Evidence, Interval, Issue
from tracker.vocabulary import Kind, Modality, Qualifier

Rates = Callable[[str, dt.date], Decimal | None]
"""`rates(currency, day)`: units of the currency for one euro on that day, None where no rate is known."""

_EURO = "EUR"
_SLACK = Decimal("0.1")
"""What a rate of another day, a rounding bank or a fee may make of a conversion."""
_TIGHT = Decimal("0.02")
"""What rounding may make of a sum, beyond the digits that the text drops."""
_LOOSE_WORDS = frozenset(
    {Qualifier.ABOUT, Qualifier.NEARLY, Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.UNDER, Qualifier.UP_TO}
)
_LOOSE = Decimal("0.1")
_SCALE_STEPS = (Decimal(1000), Decimal(1000000))
"""The factors by which a wrong scale word (million for billion) is wrong."""
_NEAR_SCALE = Decimal("1.6")
_SHORT_DAYS = 31


class Check(NamedTuple):
    """One thing that an article lets one check, and what came of it."""

    kind: str
    """`currency_rate`, `unit_price`, `parts_sum`, `share_of_base`, `change` or `plausibility`."""
    outcome: Literal["consistent", "doubtful"]
    claims: tuple[int, ...]
    """`start`s of the claims concerned, the checked one first."""
    message: str
    factor: Decimal | None = None
    """By how much the figures differ, at least 1."""

    def issue(self, claims: Sequence[Claim]) -> Issue:
        """The check as a row of the issues: at the claim that is checked, with the quotes of all."""
        concerned = [claim for start in self.claims for claim in claims if claim.start == start]
        quote = " | ".join(claim.quote for claim in concerned)
        return Issue(f"check_{self.kind}", self.message, None, concerned[0].start, concerned[0].end, quote)

    def evidence(self, claims: Sequence[Claim]) -> tuple[Evidence, ...]:
        """The check as evidence of the checked claim, consistent or not: one row for each claim that it rests on."""
        rule = f"check.{self.kind}.{self.outcome}"
        others = [claim for start in self.claims[1:] for claim in claims if claim.start == start]
        if not others:
            return (Evidence("check", rule),)
        return tuple(Evidence("check", rule, other.start, other.end) for other in others)


def check_claims(claims: Sequence[Claim], published: Interval | None, rates: Rates) -> list[Check]:
    """What the claims of one article say about each other and about what is possible, in text order."""
    checks: list[Check] = []
    by_start = {claim.start: claim for claim in claims}
    for claim in claims:
        other = by_start.get(claim.restates) if claim.restates is not None else None
        if other and claim.kind is Kind.MONEY:
            checks += _check_rate(claim, other, published, rates)
        parts = [by_start[start] for start in claim.totals if start in by_start]
        if len(parts) > 1:
            checks.append(_check_sum(claim, parts))
        checks += [check for bound in find_bounds(claim) for check in _check_bound(claim, bound, published, rates)]
    for group in _by_sentence(claims):
        checks += _check_unit_price(group) + _check_shares(group)
    return checks


# --- one amount in two currencies ---


def _check_rate(claim: Claim, other: Claim, published: Interval | None, rates: Rates) -> list[Check]:
    """Whether a conversion in the text agrees with the reference rate of its day."""
    day = _rate_day(claim, published)
    if claim.unit == other.unit or Qualifier.VAGUE in (claim.qualifier, other.qualifier) or day is None:
        return []
    mine, theirs = _per_euro(claim.unit, day, rates), _per_euro(other.unit, day, rates)
    if mine is None or theirs is None or claim.low <= 0 or other.low <= 0:
        return []
    expected = other.low / theirs * mine
    slack = _SLACK + _dropped(claim) + _dropped(other)
    return [
        _judge(
            "currency_rate",
            (claim, other),
            claim.low,
            expected,
            slack,
            f"{claim.quote!r} for {other.quote!r}; at the reference rate of {day.isoformat()} it is "
            f"{_plain(expected)} {claim.unit}",
        )
    ]


def _rate_day(claim: Claim, published: Interval | None) -> dt.date | None:
    """The day whose rate a claim's money is compared at: of the event where it is near and past, else of the article."""
    appeared = published.last if published and (published.last - published.first).days < _SHORT_DAYS else None
    date = Interval.parse(claim.date) if claim.date else None
    if date and (date.last - date.first).days < _SHORT_DAYS and (appeared is None or date.last <= appeared):
        return date.last
    return appeared


def _per_euro(currency: str, day: dt.date, rates: Rates) -> Decimal | None:
    return Decimal(1) if currency == _EURO else rates(currency, day)


# --- sums ---


def _check_sum(claim: Claim, parts: list[Claim]) -> Check:
    """Whether the parts of a total add up to it."""
    added = sum((part.low for part in parts), Decimal(0))
    slack = _TIGHT + _dropped(claim) + (_LOOSE if any(_is_loose(c) for c in (claim, *parts)) else Decimal(0))
    message = f"{claim.quote!r} is the sum of {', '.join(repr(p.quote) for p in parts)}, which is {_plain(added)}"
    return _judge("parts_sum", (claim, *parts), claim.low, added, slack, message)


# --- a count, a price and a total; a part, a whole and a share ---


def _by_sentence(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims that stand in one sentence, three or more; one amount said twice counts once."""
    groups: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        if claim.restates is None and claim.low == claim.high > 0 and claim.modality is not Modality.DENIED:
            groups.setdefault(claim.sentence, []).append(claim)
    return [group for group in groups.values() if len(group) > 2]


def _check_unit_price(group: list[Claim]) -> list[Check]:
    """Whether a count at a price apiece makes the total, where the sentence holds one of each."""
    prices = [c for c in group if c.kind is Kind.MONEY and c.per == "item"]
    counts = [c for c in group if c.kind is Kind.COUNT and c.per is None]
    totals = [c for c in group if c.kind is Kind.MONEY and c.per is None]
    if not (len(prices) == len(counts) == len(totals) == 1) or prices[0].unit != totals[0].unit:
        return []
    price, count, total = prices[0], counts[0], totals[0]
    expected = count.low * price.low
    slack = _TIGHT + _dropped(price) + _dropped(total) + _dropped(count)
    slack += _LOOSE if any(_is_loose(c) for c in (price, count, total)) else Decimal(0)
    message = f"{count.quote!r} at {price.quote!r} apiece make {_plain(expected)} {total.unit}, the text says {total.quote!r}"
    return [_judge("unit_price", (total, count, price), total.low, expected, slack, message)]


def _check_shares(group: list[Claim]) -> list[Check]:
    """Whether a share is that of a part in a whole, or a change that from one value to another.

    Two values and a percentage in a sentence need not belong together: an agreement says something, a disagreement
    only between two sums of money that stand alone and where a scale word explains it.
    """
    checks: list[Check] = []
    rates = [c for c in group if c.unit == "percent" and c.kind in (Kind.SHARE, Kind.CHANGE)]
    values = [c for c in group if c.kind in (Kind.MONEY, Kind.COUNT) and c.per is None]
    is_alone = len(rates) == 1 and len(values) == 2 and all(value.kind is Kind.MONEY for value in values)
    for claim in rates:
        pairs = [(one, two) for one in values for two in values if one.unit == two.unit and one.low < two.low]
        found = [_check_share(claim, one, two) for one, two in pairs]
        telling = [c for c in found if c.outcome == "consistent" or (is_alone and c.factor and _scale_of(c.factor))]
        checks += telling[:1]
    return checks


def _check_share(claim: Claim, part: Claim, whole: Claim) -> Check:
    is_share = claim.kind is Kind.SHARE
    expected = part.low / whole.low * 100 if is_share else (whole.low - part.low) / part.low * 100
    slack = _TIGHT + min(_dropped(claim), _TIGHT) + (_LOOSE if _is_loose(claim) else Decimal(0))
    message = f"{claim.quote!r}; {part.quote!r} and {whole.quote!r} give {_plain(expected)} %"
    kind = "share_of_base" if is_share else "change"
    return _judge(kind, (claim, part, whole), claim.low, expected, slack, message)


# --- bounds ---


def _check_bound(claim: Claim, bound: Bound, published: Interval | None, rates: Rates) -> list[Check]:
    """A flag where the claim lies beyond what the bound holds possible."""
    low, high = claim.low, claim.high
    if claim.kind is Kind.MONEY:
        day = _rate_day(claim, published)
        rate = _per_euro(claim.unit, day, rates) if day else None
        if rate is None:
            return []
        low, high = low / rate, high / rate
    limit = bound.high if bound.high is not None and high > bound.high else None
    if limit is None and bound.low is not None and low < bound.low:
        limit = bound.low
    if limit is None:
        return []
    value = high if limit is bound.high else low
    factor = abs(_ratio(value, limit)) if value and limit else None
    return [Check("plausibility", "doubtful", (claim.start,), f"{claim.quote!r}: {bound.why}", factor)]


# --- judging ---


def _judge(
    kind: str, claims: tuple[Claim, ...], said: Decimal, expected: Decimal, slack: Decimal, message: str
) -> Check:
    """The outcome of comparing a figure with what it should be; a factor near a thousand points at a scale word."""
    starts = tuple(claim.start for claim in claims)
    factor = _ratio(said, expected)
    if factor <= 1 + slack:
        return Check(kind, "consistent", starts, message, factor)
    message += f": a factor of {_plain(factor)}"
    scale = _scale_of(factor)
    if scale:
        message += f", so the scale word of {claims[0].quote!r} is suspect"
    return Check(kind, "doubtful", starts, message, factor)


def _ratio(one: Decimal, two: Decimal) -> Decimal:
    """By how much two figures differ, at least 1."""
    if not one or not two:
        return Decimal(1) if one == two else _SCALE_STEPS[-1]
    factor = abs(one / two)
    return factor if factor >= 1 else 1 / factor


def _scale_of(factor: Decimal) -> Decimal | None:
    """The step between scale words that a factor is near to."""
    return next((step for step in _SCALE_STEPS if step / _NEAR_SCALE < factor < step * _NEAR_SCALE), None)


def _dropped(claim: Claim) -> Decimal:
    """The relative size of what the printed digits leave out: `4 billion` may be 3.5 to 4.5."""
    digits = claim.low.normalize().as_tuple()
    size = len(digits.digits)
    return Decimal(1) / (2 * Decimal("".join(map(str, digits.digits)))) if size < 4 else Decimal(0)


def _is_loose(claim: Claim) -> bool:
    return claim.qualifier in _LOOSE_WORDS


def _plain(value: Decimal) -> str:
    """A number for a message: three significant digits, or whole."""
    rounded = Decimal(f"{value:.3g}")
    return format(rounded if abs(value) < 1000 else value.quantize(Decimal(1)), ",f")
