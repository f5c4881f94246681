"""A claim as the JSON object of the claim definition: these keys, in this order, for every claim."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etl.records import Article, Claim, Extraction, Screened


def write_decimal(value: Decimal) -> str:
    """Plain digits without exponent or idle zeros: `2200000000`, `66.67`, `-50`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def article_json(article: Article, extraction: Extraction) -> dict[str, Any]:
    """What `tracker extract` prints for one article."""
    return {
        "id": article.id,
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
        "low": write_decimal(claim.low),
        "high": write_decimal(claim.high),
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
