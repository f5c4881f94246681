"""A claim as the JSON object of the claim definition: these keys, in this order, for every claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model import canonical_decimal

if TYPE_CHECKING:
    from etl.records import Claim, Extraction, Screened


def article_json(extraction: Extraction) -> dict[str, Any]:
    """What `tracker extract` prints for one article."""
    return {
        "id": extraction.article.id,
        "claims": [claim_json(claim) for claim in extraction.claims],
        "screened": [screened_json(item) for item in extraction.screened],
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """The fields of the claim definition; null where the text gives none."""
    return {
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "low": canonical_decimal(claim.low),
        "high": canonical_decimal(claim.high),
        "qualifier": claim.qualifier.value,
        "unit": claim.unit,
        "per": claim.per,
        "base": claim.base,
        "object": claim.object,
        "actor": claim.actor,
        "counterparty": claim.counterparty,
        "speaker": claim.speaker,
        "stage": claim.stage.value if claim.stage else None,
        "modality": claim.modality.value,
        "aggregation": claim.aggregation.value,
        "topic": claim.topic.value,
        "date": claim.date,
        "restates": claim.restates,
        "totals": list(claim.totals),
    }


def screened_json(item: Screened) -> dict[str, Any]:
    """A number that is no claim, with its reason."""
    return {"start": item.start, "end": item.end, "quote": item.quote, "reason": item.reason.value}
