"""What the words around a number do to it: qualifiers and rates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.document import Document
from etl.extract.quantities.draft import CHANGE, COUNT, EXACT, MEASURE, MONEY, SHARE, Draft
from etl.extract.quantities.grammar import Grammar
from tracker.vocabulary import Qualifier

_CLOSERS = ")]»”\""
_RATE_MARKS = " \u00a0\u202f/,\n-‑"
_PRICE_MARKS = frozenset(" \u00a0\u202f-‑")
_OVER = re.compile(r"/[ \u00a0]?([^\W\d_]+[²³23]?)(?![\w^])")
_CLAUSE = 90
"""How far from a number its rate may stand, in characters."""
_CLAUSE_END = re.compile(r"[.;:!?,()\n\d]")
_CLAUSE_START = re.compile(r"[.;:!?()\n]|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
_DEAREST_SHARE = 100_000
"""No share of a company costs as much."""
_NO_UNIT_PRICE = 10**9
"""Sums from here on are no price of one thing; `each` is then each of the parties."""
_COMPARING = frozenset({Qualifier.OVER, Qualifier.UNDER, Qualifier.ABOUT})
"""Qualifiers that before `the` compare with a known figure: `above the $6 billion that it had aimed at`."""


def words_left(folded: str, start: int, floor: int, width: int = 64) -> list[str]:
    """The folded words before text offset `start`, not further back than `floor`."""
    return folded[max(floor, start - width) + 1 : start + 1].split()


def words_right(folded: str, end: int, width: int = 48) -> list[str]:
    """The folded words behind text offset `end`."""
    return folded[end + 1 : end + 1 + width].split()


def read_qualifier(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets the qualifier that stands before or behind the number; vague plurals and `une centaine` bring their own."""
    folded, start, end = document.folded, draft.start, draft.end
    words = words_left(folded, start, floor)
    draft.qualifier_start = start
    draft.left = draft.words = words
    draft.right = words_right(folded, end)
    if draft.form == "vague":
        draft.qualifier = Qualifier.VAGUE
        return
    if draft.form == "about":
        draft.qualifier = Qualifier.ABOUT
    if words and words[-1] in grammar.before_tails and _read_qualifier_before(draft, words, folded, grammar, floor):
        return
    if draft.right and draft.right[0] in grammar.after.heads and draft.form != "about":
        read_qualifier_behind(draft, document, grammar, end)
    text, signs = document.text, grammar.qualifier_signs
    if text[start - 2 : start - 1] in signs or text[start - 1 : start] in signs:
        _read_sign_before(draft, text, start, grammar)


def _read_sign_before(draft: Draft, text: str, start: int, grammar: Grammar) -> None:
    """`~40`, `> 100`: a sign that is no part of an arrow says how exact the number is."""
    sign = text[max(0, start - 3) : start].strip()
    if sign and draft.qualifier is EXACT and sign[-1] in grammar.qualifier_signs and sign[-2:-1] not in ("-", "=", "–"):
        draft.qualifier = grammar.qualifier_signs[sign[-1]]


def _read_qualifier_before(draft: Draft, words: list[str], folded: str, grammar: Grammar, floor: int) -> bool:
    """Sets the qualifier that ends the words, or stands before an article at their end; false where none does."""
    is_definite = False
    for _ in range(3):
        found, count = grammar.before.end(words)
        if found is not None:
            if is_definite and found in _COMPARING and draft.form != "fraction":
                return False
            draft.qualifier = found
            draft.qualifier_start = step_back(folded, draft.start, " ".join(words[-count:]), floor)
            draft.left = words[:-count]
            return True
        dropped = grammar.skip.end(words)[1]
        if not dropped:
            return False
        is_definite = is_definite or words[-1] in grammar.definites
        words = words[:-dropped]
    return False


def step_back(folded: str, start: int, phrase: str, floor: int) -> int:
    """Where the phrase right before text offset `start` begins; `start` where it does not stand there."""
    place = folded.rfind(phrase, floor + 1, start + 1)
    return place - 1 if place > 0 else start


def read_qualifier_behind(draft: Draft, document: Document, grammar: Grammar, end: int) -> None:
    """Sets a qualifier such as `environ` or `or more` that stands right behind `end`."""
    if document.text[end : end + 1] not in (" ", "\u00a0", "\u202f") or document.text[end + 1 : end + 2] == "(":
        return
    found, _ = grammar.after.begin(words_right(document.folded, end))
    if found is not None:
        draft.qualifier = found


def read_rate(draft: Draft, document: Document, grammar: Grammar) -> None:
    """Sets what the number is a rate over, from the words behind it, behind its noun phrase or base, or before it."""
    heads, right = grammar.per_heads, draft.right
    others = grammar.others.begin(right)[1] if right and draft.kind is COUNT and right[0] in grammar.others.heads else 0
    if others and len(right) > others and right[others] in heads:
        per, _ = grammar.per.begin(right[others:])
        if per is not None and per != "none":
            draft.per = per
            return
    if document.text[draft.end : draft.end + 1] == "/" and _read_slash(draft, document.text, grammar, draft.end):
        return
    is_wide = draft.kind is SHARE or (draft.kind is MEASURE and bool(right) and right[0] in grammar.count_linkers)
    if right and (right[0] in heads or is_wide) and _read_rate_behind(draft, right, draft.end, document, grammar):
        return
    if draft.kind is MONEY and right and right[0] in grammar.per_prices.heads and _read_price_of_unit(draft, document, grammar):
        return
    if draft.noun is not None:
        end = draft.noun[1]
        if document.text[end : end + 1] == "/" and _read_slash(draft, document.text, grammar, end):
            return
        following = document.folded[end + 1 : end + 24].split(None, 1)
        found = following and following[0] in heads
        if found and _read_rate_behind(draft, words_right(document.folded, end), end, document, grammar):
            return
    if draft.left and draft.kind is not SHARE and draft.kind is not CHANGE:
        _read_rate_before(draft, grammar)


def _read_price_of_unit(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`$3 a litre`, `80 dollars le baril`; a comma between begins something else."""
    per, count = grammar.per_prices.begin(draft.right)
    if per is None or document.text[draft.end : draft.end + 1] not in _PRICE_MARKS:
        return False
    _set_rate(draft, per, draft.end + 1 + len(" ".join(draft.right[:count])), document, grammar)
    return True


def _read_slash(draft: Draft, text: str, grammar: Grammar, end: int) -> bool:
    """`450 €/t`, `$15/hour`, `8 rounds/min`: what the word behind a slash says; false for any other word."""
    match = _OVER.match(text, end)
    per = grammar.slash.get(match[1]) if match else None
    if match is None or per is None or draft.kind is SHARE:
        return False
    _set_rate(draft, per, match.end(), document=None, grammar=grammar)
    return True


def _read_rate_behind(draft: Draft, words: Sequence[str], end: int, document: Document, grammar: Grammar) -> bool:
    """Reads a rate at the beginning of the words that stand behind `end`; a share may have its base before it."""
    heads = grammar.per_heads
    steps = 5 if draft.kind is SHARE else 4 if draft.kind is MEASURE and draft.noun is None and words and words[0] in grammar.count_linkers else 1
    if not words or (words[0] not in heads and (steps == 1 or heads.isdisjoint(words[1:6]))):
        return False
    text = document.text
    while text[end : end + 1] and text[end] in _CLOSERS:
        end += 1
    after = text[end : end + 1]
    if after not in _RATE_MARKS or not after:
        return False
    words = words[grammar.after.begin(words)[1] :]
    for step in range(min(steps if after != "," else 1, len(words))):
        per, count = grammar.per.begin(words[step:])
        if step and count == 1:
            continue  # `0.25 percent of the yearly output`
        if per is not None and not (after == "," and per == "item" and words[0] in grammar.ones):  # `$2bn, a missile ...`
            _set_rate(draft, per, end + 1 + len(" ".join(words[: step + count])), document, grammar)
            return True
    return False


def _set_rate(draft: Draft, per: str, stop: int, document: Document | None, grammar: Grammar) -> None:
    if per == "none" or (per == "item" and (draft.kind is SHARE or draft.scale >= _NO_UNIT_PRICE)):
        return
    speed = grammar.speeds.get((draft.unit or "", per)) if draft.kind is MEASURE else None
    if speed:
        draft.unit, draft.end = speed, stop
        return
    if draft.kind is SHARE and per in grammar.per_units:
        return
    draft.per = per
    if draft.qualifier is EXACT and document is not None:
        read_qualifier_behind(draft, document, grammar, stop)


def _read_rate_before(draft: Draft, grammar: Grammar) -> None:
    """`the price of one shell leapt from 2,000 euros`, `une production annuelle de 900 obus`."""
    words = draft.left
    if draft.kind is MONEY and draft.scale < _NO_UNIT_PRICE and _is_price_of_each(draft, grammar):
        draft.per = "item"
        return
    if draft.kind is MONEY and draft.scale < _NO_UNIT_PRICE:
        for place, word in enumerate(words):
            per = grammar.per_before.begin(words[place:])[0] if word in grammar.per_before.heads else None
            if per is not None:
                draft.per = per
                return
    if draft.kind in (COUNT, MEASURE):
        for word in words[-9:]:
            if word in grammar.rates:
                draft.per = grammar.rates[word]


def _is_price_of_each(draft: Draft, grammar: Grammar) -> bool:
    """`each was supposed to cost $118 million`, `chaque exemplaire vaudrait 20 millions`, `shares rose 2% to $467`."""
    words = draft.left
    if draft.scale == 1 and draft.low < _DEAREST_SHARE and words and words[-1] in grammar.to:
        return any(word in grammar.shares for word in words)
    return any(word in grammar.costs for word in words[-3:]) and any(word in grammar.each for word in words[-8:-1])


def read_rate_apart(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets a rate that stands apart in the clause: `5,000 soldiers leave the army every year`, `chaque jour, 30 obus`."""
    text, folded, end = document.text, document.folded, draft.end
    stop = _CLAUSE_END.search(text, end, end + _CLAUSE)
    words = folded[end + 1 : (stop.start() if stop else end + _CLAUSE) + 1].split()
    start = max(floor, draft.qualifier_start - _CLAUSE)
    breaks = list(_CLAUSE_START.finditer(text, start, draft.qualifier_start))
    if breaks or start > floor:  # another number stands before it: only its own part of the sentence
        start = max(start, text.rfind(",", start, draft.qualifier_start) + 1, breaks[-1].end() if breaks else 0)
    left = folded[start + 1 : draft.qualifier_start + 1] if not breaks or start > breaks[-1].end() or not breaks[-1][0].isdigit() else ""
    words = words[: next((place for place, word in enumerate(words) if word in grammar.clause_starts and (place or word not in grammar.relatives)), None)]
    for near in (words, left.split()):
        for place, word in enumerate(near):
            per = grammar.apart.begin(near[place:])[0] if word in grammar.apart.heads else None
            if per is not None:
                draft.per = per
                return
