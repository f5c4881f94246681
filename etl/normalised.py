"""What `normalise` hands to `load`: a claim with its bounds, its days and its values in other units."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from etl.records import Claim, Extraction
from tracker.money import Conversion


class NormalisedClaim(NamedTuple):
    """A claim and what follows from it without touching the text."""

    claim: Claim
    lower_bound: Decimal | None
    """The least that the wording admits, None where it sets no floor."""
    upper_bound: Decimal | None
    date_from: dt.date | None
    date_to: dt.date | None
    conversions: tuple[Conversion, ...]
    is_restatement: bool
    """It says another claim of the article again, in another unit or in the same."""
    is_summed: bool
    """It adds up other claims of the article."""
    counts_once: bool
    """A sum over the article's claims may add it."""


class NormalisedArticle(NamedTuple):
    """One article with its claims, ready to be stored."""

    extraction: Extraction
    claims: tuple[NormalisedClaim, ...]
