"""The frozen records that travel between the stages. No stage changes one; it makes the next."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Reason, Stage, Topic

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


class Interval(NamedTuple):
    """The days from `first` to `last`, both included. A month-only date is the whole month."""

    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, text: str) -> Interval:
        """The interval that `2023`, `2022-10`, `2022-10-05` or `2024/2030` names; ValueError where no such day exists."""
        first, _, last = text.strip().partition("/")
        return cls(_bound(first, last=False), _bound(last or first, last=True))

    def isoformat(self) -> str:
        """The shortest ISO wording of the interval: `2022-10-05`, `2022-10`, `2023`, `2024/2030`, `2024-01/2024-06`."""
        first, last = self
        if first == last:
            return first.isoformat()
        whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if whole_months and first.month == 1 and last.month == 12:
            years = f"{first.year:04}", f"{last.year:04}"
            return years[0] if first.year == last.year else "/".join(years)
        if whole_months:
            months = f"{first:%Y-%m}", f"{last:%Y-%m}"
            return months[0] if months[0] == months[1] else "/".join(months)
        return f"{first.isoformat()}/{last.isoformat()}"


def _bound(text: str, *, last: bool) -> dt.date:
    match = _PARTIAL_DATE.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a date such as 2023, 2022-10 or 2022-10-05")
    year, month, day = int(match[1]), match[2], match[3]
    if day:
        return dt.date(year, int(month), int(day))
    if month:
        return dt.date(year, int(month), calendar.monthrange(year, int(month))[1] if last else 1)
    return dt.date(year, 12, 31) if last else dt.date(year, 1, 1)


class Span(NamedTuple):
    """Code-point offsets into the article text, end excluded."""

    start: int
    end: int


class Locator(NamedTuple):
    """Where a stretch of the text stood in the original: `Locator(0, 1834, "page 1")`."""

    start: int
    end: int
    label: str


class Issue(NamedTuple):
    """A data problem that is kept as a row: what was wrong, where, and the passage concerned."""

    kind: str
    message: str
    location: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one published item, as it was read."""

    id: str
    """The name that the input gives it: a file's stem, the `id` key of a JSON article, a URL."""
    text: str
    """The archived text; every offset refers to it."""
    location: str = ""
    """Where it was read: path or URL, with `:line` for JSON Lines or `#member` inside an archive."""
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    published: Interval | None = None
    source_name: str | None = None
    source_domain: str | None = None
    media_type: str = "text/plain"
    original_sha256: str = ""
    """SHA-256 (hex) of the bytes that were read."""
    retrieved_at: dt.datetime | None = None
    boilerplate: tuple[Span, ...] = ()
    """Stretches that belong to the page and not to the article: numbers inside are screened."""
    locators: tuple[Locator, ...] = ()
    issues: tuple[Issue, ...] = ()


class Quantity(NamedTuple):
    """A number with its unit at a span, before anybody asks whether it is a claim.

    `start`, `end` are code-point offsets and `text[start:end] == quote`. `low` and `high` are exact and equal for
    a single value. `kind` is None for a bare number that counts nothing. `unit` is an ISO 4217 code, `percent`,
    `percentage_point`, `item`, `person` or a pint unit name; None where the text gives none.
    """

    start: int
    end: int
    quote: str
    kind: Kind | None
    low: Decimal
    high: Decimal
    qualifier: Qualifier
    unit: str | None
    per: str | None
    rule: str
    """The name of the rule that read it, such as `money.symbol_before`."""
    reason: Reason | None = None
    """Why it is no claim, None for a claim."""
    noun: Span | None = None
    """The words of the thing counted, where the quantity is a count."""
    other_low: Decimal | None = None
    """The other reading of the number where two stand (French `billion`, `1.500`), else None."""
    other_high: Decimal | None = None


class Screened(NamedTuple):
    """A number that is no claim, with the reason."""

    start: int
    end: int
    quote: str
    reason: Reason


class Evidence(NamedTuple):
    """Why one field of a claim has its value: the rule that fired and the words it rests on (None: no words)."""

    field: str
    rule: str
    start: int | None = None
    end: int | None = None


class Claim(NamedTuple):
    """One article's assertion that ties a number to something; the fields of the claim definition, then provenance."""

    start: int
    end: int
    quote: str
    kind: Kind
    low: Decimal
    high: Decimal
    qualifier: Qualifier
    unit: str
    per: str | None = None
    base: str | None = None
    object: str | None = None
    actor: str | None = None
    counterparty: str | None = None
    speaker: str | None = None
    stage: Stage | None = None
    modality: Modality = Modality.ASSERTED
    aggregation: Aggregation = Aggregation.SINGLE
    topic: Topic = Topic.OTHER
    date: str | None = None
    """ISO date, month, year or `first/last` interval."""
    restates: int | None = None
    """`start` of the claim that this one says again."""
    totals: tuple[int, ...] = ()
    """`start`s of the claims that this one adds up."""
    sentence: Span = Span(0, 0)
    stage_as_reported: str | None = None
    """The words that the stage rests on, verbatim."""
    actor_party: str | None = None
    """Identifier of the party in `seeds/parties.csv`, None where unknown or ambiguous; likewise below."""
    counterparty_party: str | None = None
    speaker_party: str | None = None
    rule: str = ""
    """The rule that read the quantity."""
    confidence: float = 1.0
    other_low: Decimal | None = None
    other_high: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article yields: its claims and screened numbers in text order, and the doubts found on the way."""

    article: Article
    claims: tuple[Claim, ...]
    screened: tuple[Screened, ...]
    issues: tuple[Issue, ...] = field(default=())
