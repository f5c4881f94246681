"""Numbers whose unit is said with the number before: `53.9 billion pounds in 2024, 56.9 in 2025`, `67 per cent, down from 72`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.extract.quantities.draft import MONEY, SHARE, Draft
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.memory import Memory

_MILLION = 1_000_000
_THOUSAND = 1000
_ALIKE = 20
"""How many times as large as one number of a series another may be."""
_WHOLE = 100
_FEWEST = Decimal(2)
_NAME_WORDS = 3
_JOINED = ("-", "/", ":", "‑", "–", "°")


def take_after(draft: Draft, memory: Memory, text: str, grammar: Grammar) -> bool:
    """Gives a bare number the magnitude and unit of a share or sum of money before it in its sentence; false where it has none.

    A number with decimals counts no things, one behind `against` or a state is set beside the one before; of any other
    nobody can tell.
    """
    before = memory.before
    if before is None or before.sentence != draft.sentence or draft.scale > 1 or draft.form not in ("digits", "word"):
        return False
    if not _is_like(draft, before) or text[draft.end : draft.end + 1] in _JOINED:
        return False
    if not is_decimal(draft):
        if any(other is not None and other.sentence == draft.sentence for other in (memory.count, memory.enumerated)):
            return False  # `18 allies spend at least 2 % of GDP, against 11 in 2023`
        is_paid = before.kind is MONEY and bool(draft.left) and draft.left[-1] in grammar.payments
        is_paid = is_paid or (before.kind is MONEY and _is_destined(draft, text, grammar))
        if not (is_paid or grammar.contrasts.end(draft.left)[1] or follows_state(draft, text, grammar, draft.start - (text[draft.start - 1] == "("))):
            return False
    take_unit(draft, before)
    return True


def _is_destined(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether a number is a part of a sum by the words beside it: `dont 61 pour l'Ukraine, 26 pour Israël`."""
    is_beside = text[draft.end : draft.end + 1] in (" ", "\u00a0", "\u202f")
    return is_beside and bool(draft.right) and draft.right[0] in grammar.purposes and draft.low >= _FEWEST


def is_decimal(draft: Draft) -> bool:
    """Whether a number in figures is no whole one, or written as none: `2.00`."""
    exponent = draft.low.as_tuple().exponent
    return draft.form == "digits" and draft.scale == 1 and isinstance(exponent, int) and exponent < 0


def take_unit(draft: Draft, before: Draft) -> None:
    """Makes a bare number one of the magnitude and unit of another."""
    draft.kind, draft.unit, draft.inherited = before.kind, before.unit, True
    if before.kind is SHARE:
        draft.rule = "percent.inherited"
    else:
        draft.low, draft.high, draft.scale = draft.low * before.scale, draft.high * before.scale, before.scale
        draft.rule = "money.inherited"


def is_sum_like(draft: Draft, before: Draft | None) -> bool:
    """Whether a sum in millions before a bare number of its sentence is of the same size."""
    return before is not None and before.kind is MONEY and before.sentence == draft.sentence and draft.scale == 1 and _is_like(draft, before)


def _is_like(draft: Draft, before: Draft) -> bool:
    if before.kind is SHARE:
        is_percent = before.unit == "percent" and (before.tag == "percent" or before.rule.startswith("percent"))
        return is_percent and draft.high <= _WHOLE and (draft.low >= _FEWEST or is_decimal(draft))
    is_price = before.scale == 1 and is_decimal(before) and is_decimal(draft)  # `2.40 crowns a share, after 2.00`
    is_price = is_price or (before.scale == 1 and min(before.low, draft.low) >= _THOUSAND)  # `le Liban (681'000 francs), le Qatar (311'000)`
    if before.kind is not MONEY or before.low <= 0 or not (before.scale >= _MILLION or is_price):
        return False
    size = before.low / before.scale
    return size / _ALIKE <= draft.low <= size * _ALIKE


def follows_state(draft: Draft, text: str, grammar: Grammar, start: int) -> bool:
    """`Germany 7`, `le Royaume-Uni 2`: whether the name of a state or its capital stands right before a number, whose bracket begins at `start`."""
    if text[start - 1] not in " \u00a0\u202f" or not text[start - 2 : start - 1].isalpha():
        return False
    return ends_with_state(draft.words, grammar)


def ends_with_state(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the last words name a state or its capital."""
    return any(" ".join(words[-count:]) in grammar.states for count in range(1, min(_NAME_WORDS, len(words)) + 1))
