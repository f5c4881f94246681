"""Which currency a name or sign means that several countries share."""

from __future__ import annotations

from collections import Counter

from etl.extract.document import Document
from etl.extract.grammar import Grammar
from etl.extract.quantities import Draft

_LEAD = 160
"""Characters of an article's beginning in which its dateline and first subject stand."""


def resolve_currencies(drafts: list[Draft], document: Document, grammar: Grammar) -> None:
    """Replaces shared names such as `$`, `dollars`, `couronnes` by ISO codes; XXX where the article leaves it open.

    The first code that the language pack lists is the usual one. Another wins where the article is at home in its
    country: its words stand in title or first lines, and no rarer in the article than those of the usual one.
    """
    chosen: dict[str, str] = {}
    counts: Counter[str] | None = None
    for draft in drafts:
        unit = draft.unit
        if (draft.tag != "currency" and not draft.inherited) or unit is None or unit not in grammar.ambiguous:
            continue
        if unit not in chosen:
            counts = _count_homes(document, grammar) if counts is None else counts
            chosen[unit] = _choose(grammar.ambiguous[unit], counts)
        draft.unit = chosen[unit]


def _count_homes(document: Document, grammar: Grammar) -> Counter[str]:
    """How often each country's words stand in the text; those of title and first lines count five times."""
    counts: Counter[str] = Counter()
    for hit in grammar.home.find(document.folded):
        counts[hit.value] += 5 if hit.start < _LEAD else 1
    return counts


def _choose(codes: tuple[str, ...], counts: Counter[str]) -> str:
    usual = codes[0]
    best = max(codes[1:], key=lambda code: counts[code], default=usual)
    if usual == "XXX":
        return best if counts[best] else usual
    return best if counts[best] >= 5 and counts[best] > counts[usual] else usual
