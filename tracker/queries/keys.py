"""Short names of claims for people: `aca4.9163` for `aca488bda0581f27de3916361a817396`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func

from tracker.model import Claim

ARTICLE_DIGITS = 20
"""A claim's key begins with so many digits of its article's key; the rest tells the claims of one article apart."""
SHORT_DIGITS = 4


def short_key(key: str) -> str:
    """Some digits of the article and some of the claim: enough to tell claims apart, short enough to type."""
    return f"{key[:SHORT_DIGITS]}.{key[ARTICLE_DIGITS:][:SHORT_DIGITS]}"


def matches_key(wanted: str) -> ColumnElement[bool]:
    """Whether a claim's key begins with `wanted`, or its two parts with the two parts of a short name."""
    article, point, rest = wanted.strip().lower().partition(".")
    of_article = Claim.key.startswith(article, autoescape=True)
    if not point:
        return of_article
    return and_(of_article, func.substr(Claim.key, ARTICLE_DIGITS + 1).startswith(rest, autoescape=True))
