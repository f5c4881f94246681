"""Keeps what the checks of an article's figures found: as evidence on the claim, and as an issue where in doubt."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from etl.extract.checks import Check, check_claims
from etl.records import Claim, Evidence, Extraction
from tracker.money import find_rate


def audit_extraction(extraction: Extraction) -> Extraction:
    """`extraction` with the outcome of each check as evidence of the claim checked, and an issue for each doubt.

    No value is changed: `consistent` and `doubtful` are said of it, and an issue names both quotes and the factor.
    """
    claims = extraction.claims
    if not claims:
        return extraction
    checks = check_claims(claims, extraction.article.published, reference_rate)
    if not checks:
        return extraction
    outcomes: dict[int, list[Evidence]] = {}
    ends = {claim.start: claim.end for claim in claims}
    for check in checks:
        outcomes.setdefault(check.claims[0], []).append(_as_evidence(check, ends))
    doubts = tuple(check.issue(claims) for check in checks if check.outcome == "doubtful")
    return Extraction(
        extraction.article,
        tuple(_with_evidence(claim, outcomes.get(claim.start)) for claim in claims),
        extraction.screened,
        extraction.issues + doubts,
    )


def reference_rate(currency: str, day: dt.date) -> Decimal | None:
    """Units of the currency for one euro on that day by `tracker.money`, None where no rate serves."""
    rate = find_rate(currency, day)
    return None if isinstance(rate, str) else rate.per_eur


def _as_evidence(check: Check, ends: dict[int, int]) -> Evidence:
    """The check as evidence; its words are the other figure's, where there is one."""
    other = check.claims[1] if len(check.claims) > 1 else None
    return Evidence("check", f"{check.kind}.{check.outcome}", other, None if other is None else ends[other])


def _with_evidence(claim: Claim, outcomes: list[Evidence] | None) -> Claim:
    return claim._replace(evidence=(*claim.evidence, *outcomes)) if outcomes else claim
