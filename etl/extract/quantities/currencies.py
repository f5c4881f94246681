"""Which currency a name or sign means that several countries share."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from etl.extract.document import Document, Hit
from etl.extract.quantities.draft import UNKNOWN_CURRENCY, Draft
from etl.extract.quantities.grammar import Grammar

_AT_HOME = 5
"""An article is at home in a country whose words count as much."""
_WORLDWIDE = frozenset({"USD", "GBP"})
"""Currencies that articles of any country count in."""
_HOME = 120
"""How far before a sum its country may be named, in characters."""
_OWNER = 24
"""How long the name of a country in brackets may be, in characters."""
_HEAVIEST = 10_000
_SHORTEST_ARTICLE = 400
"""Characters below which a text has no dateline."""
_LEAD = 160
"""Characters of an article's beginning in which its dateline and first subject stand."""


def resolve_currencies(drafts: list[Draft], document: Document, grammar: Grammar, homes: Sequence[Hit[str]]) -> None:
    """Replaces shared names such as `$`, `dollars`, `couronnes` by ISO codes; XXX where the article leaves it open.

    The first code that the language pack lists is the usual one. Another wins where the article is at home in its
    country: its words stand in title or first lines, and no rarer in the article than those of the usual one, unless the
    article writes its sums with a sign or code of their own (`A$10 billion`, `AUD 10 billion`). `homes` are the words of all such countries in
    the text.
    """
    chosen: dict[str, str] = {}
    counts: Counter[str] | None = None
    before: Draft | None = None
    for index, draft in enumerate(drafts):
        unit, last, before = draft.unit, before, draft
        if draft.tag != "currency" or unit is None or unit not in grammar.ambiguous:
            continue
        codes = grammar.ambiguous[unit]
        if last is not None and last.unit in codes[1:] and document.text[last.end : draft.start].strip() == "(":
            draft.unit = codes[0]  # `10.5 million Australian dollars ($7.5 million)`
            continue
        named = _read_owner(draft, unit, document, grammar)
        if named is not None:
            draft.unit = named
            continue
        counts = _count_homes(document, homes) if counts is None else counts
        if _is_glossed(draft, drafts, index, codes[0], document.text):
            draft.unit = _choose_other(draft, unit, document, counts, grammar)
            continue
        if unit not in chosen:
            chosen[unit] = codes[0] if _has_own_sign(unit, codes, drafts, document.text) or _is_set_apart(unit, codes, drafts, document.text) else _choose(codes, counts)
        weight = grammar.weights.get(unit)
        if weight and _is_weight(draft, drafts, codes, counts):
            draft.tag, draft.unit = weight
        else:
            is_open = codes[0] == UNKNOWN_CURRENCY and counts[chosen[unit]] < _AT_HOME
            draft.unit = (is_open and _nearest_home(draft, document, codes, grammar)) or chosen[unit]


def _read_owner(draft: Draft, sign: str, document: Document, grammar: Grammar) -> str | None:
    """`$45 million (Canadian)`: the currency that brackets behind the sum name by its country alone."""
    if document.text[draft.end : draft.end + 2].lstrip(" \u00a0")[:1] != "(":
        return None
    start = document.text.index("(", draft.end) + 1
    end = document.text.find(")", start, start + _OWNER)
    return grammar.owners.get((sign, document.folded[start + 1 : end + 1].strip())) if end > 0 else None


def _has_own_sign(sign: str, codes: tuple[str, ...], drafts: Sequence[Draft], text: str) -> bool:
    """Whether sums in a currency that the sign rarely means are written with a longer one or a code: `A$10 billion`, `AUD 2m`."""
    if sign.isalpha():
        return False
    return any(d.unit in codes[1:] and (sign in text[d.start : d.end] or d.unit in text[d.start : d.end]) for d in drafts)


def _is_set_apart(sign: str, codes: tuple[str, ...], drafts: Sequence[Draft], text: str) -> bool:
    """Whether brackets convert a sum in a currency that the name rarely means: `1.5 billion Australian dollars (993 million dollars)`."""
    return any(
        one.unit in codes[1:] and two.unit == sign and text[one.end : two.start].strip() == "("
        for one, two in itertools.pairwise(drafts)
    )


def _is_glossed(draft: Draft, drafts: Sequence[Draft], index: int, usual: str, text: str) -> bool:
    """`$249 million (US$168 million)`: a sum that brackets give in the usual currency is in another."""
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    return following is not None and following.unit == usual and text[draft.end : following.start].strip() == "("


def _choose_other(draft: Draft, sign: str, document: Document, counts: Counter[str], grammar: Grammar) -> str:
    """The currency of the country named last before the sum, or most at home in the article, but for the usual one; XXX for none.

    All currencies count whose own sign ends with the shared one.
    """
    codes = grammar.ambiguous[sign]
    longer = {code for name, code in grammar.signs.items() if name.endswith(sign) and len(code) == len(UNKNOWN_CURRENCY)}
    others = tuple(sorted({*codes, *longer} - {codes[0]}))
    best = max(others, key=lambda code: counts[code], default=UNKNOWN_CURRENCY)
    return _nearest_home(draft, document, others, grammar) or (best if counts[best] else UNKNOWN_CURRENCY)


def _nearest_home(draft: Draft, document: Document, codes: tuple[str, ...], grammar: Grammar) -> str | None:
    """The currency of the last country of one of the `codes` that the sentence names before the sum."""
    start = max(document.sentence_at(draft.start).start, draft.start - _HOME)
    homes = [hit.value for hit in grammar.home.find(document.folded[start : draft.start + 1]) if hit.value in codes]
    return homes[-1] if homes else None


def _is_weight(draft: Draft, drafts: list[Draft], codes: tuple[str, ...], counts: Counter[str]) -> bool:
    """Whether a name of money and of a weight is the weight: a small number, and no country of that money in sight."""
    if draft.scale > 1 or draft.low >= _HEAVIEST or any(counts[code] for code in codes):
        return False
    return all(other.unit not in codes for other in drafts)


def _count_homes(document: Document, homes: Sequence[Hit[str]]) -> Counter[str]:
    """How often each country's words stand in the text; those of title and first lines count five times."""
    counts: Counter[str] = Counter()
    lead = _LEAD if len(document.text) >= _SHORTEST_ARTICLE else 0
    for hit in homes:
        counts[hit.value] += 5 if hit.start < lead else 1
    return counts


def _choose(codes: tuple[str, ...], counts: Counter[str]) -> str:
    usual = codes[0]
    best = max(codes[1:], key=lambda code: counts[code], default=usual)
    if usual == UNKNOWN_CURRENCY:
        return best if counts[best] else usual
    if not counts[usual]:  # the usual country is not in sight
        return best if counts[best] >= (_AT_HOME if usual in _WORLDWIDE else 1) else usual
    return best if counts[best] >= _AT_HOME and counts[best] > counts[usual] else usual
