"""One claim with everything that is known of it: passage, reasons, parties, conversions, links, checks, history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.errors import UsageError
from tracker.model import Article, Claim, ClaimLink, ClaimParty, Conversion, Issue, Party, Run
from tracker.queries.keys import matches_key, short_key
from tracker.vocabulary import LinkKind

MARGIN = 400
"""How many characters of the paragraph are shown on either side of the number."""


class Reason(NamedTuple):
    """Why a field has its value: the rule and the words it rests on, with their place in the article."""

    field: str
    rule: str
    start: int | None
    end: int | None
    words: str | None


class PartyRole(NamedTuple):
    """A party in a role, as the text words it; `party` and `name` are None where it was not resolved."""

    role: str
    wording: str
    party: str | None
    name: str | None


class Converted(NamedTuple):
    """The value in another unit, or the reason why there is none."""

    unit: str
    low: Decimal | None
    high: Decimal | None
    rate: Decimal | None
    rate_date: dt.date | None
    rate_source: str | None
    rule: str | None
    reason: str | None


class Linked(NamedTuple):
    """A claim of the same article that this one says again or adds up, or that does so with this one."""

    relation: str
    """`restates`, `restated by`, `totals` or `totalled by`."""
    key: str
    quote: str


class Doubt(NamedTuple):
    """An issue that concerns the passage of the claim."""

    kind: str
    message: str
    quote: str | None


class Step(NamedTuple):
    """Something that happened to the claim or its article."""

    at: dt.datetime | None
    what: str


@dataclass(frozen=True)
class ClaimDetail:
    """A claim and all that explains it. Offsets refer to the archived text of the article."""

    claim: Claim
    article: Article
    passage: str
    passage_start: int
    reasons: tuple[Reason, ...]
    parties: tuple[PartyRole, ...]
    conversions: tuple[Converted, ...]
    links: tuple[Linked, ...]
    doubts: tuple[Doubt, ...]
    history: tuple[Step, ...]


def claim_detail(session: Session, key: str) -> ClaimDetail:
    """The claim that `key` names, whole, by its beginning or in short; UsageError where not exactly one is named."""
    claim = _find_claim(session, key)
    article = claim.article
    start, end = _passage(article.text, claim.start_offset, claim.end_offset)
    return ClaimDetail(
        claim=claim,
        article=article,
        passage=article.text[start:end],
        passage_start=start,
        reasons=tuple(_reasons(claim, article.text)),
        parties=tuple(_parties(session, claim)),
        conversions=tuple(_conversions(session, claim)),
        links=tuple(_links(session, claim)),
        doubts=tuple(_doubts(session, claim)),
        history=tuple(_history(session, claim, article)),
    )


def _find_claim(session: Session, key: str) -> Claim:
    found = session.scalars(select(Claim).where(matches_key(key)).order_by(Claim.key).limit(4)).all()
    if not key.strip() or not found:
        raise UsageError(f"claim: no claim has the key {key!r}; tracker claims lists the keys")
    if len(found) > 1:
        some = ", ".join(short_key(claim.key) for claim in found[:3])
        raise UsageError(f"claim: {key!r} begins the keys of several claims ({some}, ...); give more of it")
    return found[0]


def _passage(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph that holds a span, cut to some hundred characters on either side."""
    first = max(text.rfind("\n", 0, start) + 1, start - MARGIN)
    newline = text.find("\n", end)
    return first, min(newline if newline >= 0 else len(text), end + MARGIN)


def _reasons(claim: Claim, text: str) -> Iterator[Reason]:
    for field, rule, start, end in claim.evidence:
        words = text[start:end] if start is not None and end is not None else None
        yield Reason(field, rule, start, end, words)


def _parties(session: Session, claim: Claim) -> Iterator[PartyRole]:
    rows = session.execute(
        select(ClaimParty, Party.name)
        .outerjoin(Party, Party.id == ClaimParty.party_id)
        .where(ClaimParty.claim_key == claim.key)
        .order_by(ClaimParty.role)
    )
    for link, name in rows:
        yield PartyRole(link.role.value, link.wording, link.party_id, name)


def _conversions(session: Session, claim: Claim) -> Iterator[Converted]:
    for row in session.scalars(
        select(Conversion).where(Conversion.claim_key == claim.key).order_by(Conversion.unit)
    ):
        rule = row.rule.value if row.rule else None
        yield Converted(row.unit, row.low, row.high, row.rate, row.rate_date, row.rate_source, rule, row.reason)


_RELATIONS = {
    (LinkKind.RESTATES, True): "restates",
    (LinkKind.RESTATES, False): "restated by",
    (LinkKind.TOTALS, True): "totals",
    (LinkKind.TOTALS, False): "totalled by",
}


def _links(session: Session, claim: Claim) -> Iterator[Linked]:
    rows = session.scalars(
        select(ClaimLink)
        .where(or_(ClaimLink.claim_key == claim.key, ClaimLink.target_key == claim.key))
        .order_by(ClaimLink.kind, ClaimLink.claim_key, ClaimLink.target_key)
    )
    for link in rows:
        outward = link.claim_key == claim.key
        other = session.get(Claim, link.target_key if outward else link.claim_key)
        if other is not None:
            yield Linked(_RELATIONS[link.kind, outward], other.key, other.quote)


def _doubts(session: Session, claim: Claim) -> Iterator[Doubt]:
    touching = and_(Issue.start_offset < claim.end_offset, Issue.end_offset > claim.start_offset)
    rows = session.scalars(
        select(Issue).where(Issue.article_key == claim.article_key, touching).order_by(Issue.start_offset, Issue.key)
    )
    for issue in rows:
        yield Doubt(issue.kind, issue.message, issue.quote)


def _history(session: Session, claim: Claim, article: Article) -> Iterator[Step]:
    for run_key, what in ((claim.first_run, "first read"), (claim.last_run, "read last")):
        run = session.get(Run, run_key)
        if run is not None:
            yield Step(run.started_at, f"{what} by {run.kind.value} {run.key}, tracker {run.version}")
        if claim.first_run == claim.last_run:
            break
    if claim.withdrawn_at:
        yield Step(claim.withdrawn_at, "withdrawn: newer rules no longer find it")
    if article.superseded_by:
        yield Step(None, f"the article was superseded by version {article.superseded_by}")
    if article.copy_of:
        yield Step(None, f"the article is a copy of {article.copy_of}, so its claims are not counted again")
