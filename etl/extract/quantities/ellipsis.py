"""Numbers whose unit is said with the number before: `53.9 billion pounds in 2024, 56.9 in 2025`, `67 per cent, down from 72`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.extract.document import BULLETS
from etl.extract.quantities.columns import Columns
from etl.extract.quantities.draft import CHANGE, MONEY, SHARE, Draft
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.memory import MONEY_ALWAYS, Memory

_MILLION = 1_000_000
_THOUSAND = 1000
_ALIKE = 20
"""How many times as large as one number of a series another may be."""
_WHOLE = 100
_FEWEST = Decimal(2)
_NAME_WORDS = 3
_PASSIVE = 4
"""How many words a verb group behind a number has at most."""
_YEAR = 4
_YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_BLANKS = (" ", "\u00a0", "\u202f")
_JOINED = ("-", "/", ":", "‑", "–", "°")


def take_after(draft: Draft, memory: Memory, text: str, grammar: Grammar) -> bool:
    """Gives a bare number the magnitude and unit of a share or sum of money before it in its sentence; false where it has none.

    A number with decimals counts no things, one behind `against` or a state is set beside the one before; of any other
    nobody can tell.
    """
    before = memory.before
    if before is None or draft.scale > 1 or draft.form not in ("digits", "word"):
        return False
    if before.sentence != draft.sentence and not (before.sentence == draft.sentence - 1 and is_amount(before) and _goes_on(draft, text, grammar)):
        return False
    if not _is_like(draft, before) or text[draft.end : draft.end + 1] in _JOINED:
        return False
    if before.kind is SHARE and any(word in grammar.tallies for word in draft.left):
        return False  # `96 % came from workshops, whose number has grown from seven`
    if not is_decimal(draft):
        if any(other is not None and other.sentence == draft.sentence and not is_amount(other) for other in (memory.count, memory.enumerated)):
            return False  # `18 allies spend at least 2 % of GDP, against 11 in 2023`
        is_part = is_amount(before) and _is_part_of_sum(draft, before, text, grammar)
        if not (is_part or grammar.contrasts.end(draft.left)[1] or _is_of_state(draft, text, grammar) or _is_of_year(draft, before, text, grammar)):
            return False
    take_unit(draft, before)
    return True


def _goes_on(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether a sentence goes on with the parts of the sum before: `268 iront à l'équipement`, `Suivent la Roumanie (16,7)`."""
    if not draft.left:
        return _is_destined(draft, text, grammar) or _is_next_item(draft, text, grammar)
    return is_decimal(draft) and text[draft.start - 1] == "(" and _is_of_state(draft, text, grammar)


def _is_next_item(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether an item of a list begins with a number and its purpose: `• 500 M€ pour les drones\n• 300 pour la guerre électronique`."""
    line = text.rfind("\n", 0, draft.start) + 1
    return line > 0 and text[line : draft.start].strip() in BULLETS and bool(draft.right) and draft.right[0] in grammar.purposes


def _is_part_of_sum(draft: Draft, before: Draft, text: str, grammar: Grammar) -> bool:
    """Whether the words beside a number make it a part of the sum before: `dont 61 pour l'Ukraine`, `of which 18 have been spent`."""
    if draft.left and draft.left[-1] in grammar.payments:
        return True
    right = draft.right
    if not right or text[draft.end : draft.end + 1] not in _BLANKS or draft.low < _FEWEST:
        return False
    if right[0] in grammar.purposes or _is_destined(draft, text, grammar):
        return True
    if grammar.relatives.end(draft.left)[1] and right[0].endswith(grammar.verb_endings):
        return right[0] not in grammar.handled  # `61 millions, dont 20 remonteront à l'État`
    if before.inherited and right[0] in grammar.to and draft.left and draft.left[-1] in grammar.joiners:
        return True
    return right[0] in grammar.auxiliaries and any(word in grammar.payments for word in right[1:_PASSIVE])


def _is_destined(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether a verb behind a number says what that money goes to: `268 iront à l'équipement`."""
    return text[draft.end : draft.end + 1] in _BLANKS and grammar.destined.begin(draft.right)[1] > 0


def _is_of_year(draft: Draft, before: Draft, text: str, grammar: Grammar) -> bool:
    """`4 milliards d'euros en 2025 et 9 en 2026`: a number that only its year tells from the one before."""
    right = draft.right
    if len(right) < len(("in", "2026")) or text[draft.end : draft.end + 1] not in _BLANKS or draft.low < _FEWEST:
        return False
    is_dated = right[0] in grammar.date_leads and len(right[1]) == _YEAR and right[1].isdecimal()
    between = text[before.end : draft.start]
    left = draft.left[:-1] if draft.left and draft.left[-1] in grammar.by else draft.left
    return is_dated and bool(left) and (left[-1] in grammar.joiners or left[-1] in grammar.shared or between.rstrip()[-1:] == ",") and _YEAR_BEFORE.search(between) is not None


def _is_of_state(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`Germany 7`, `Varsovie plus de 4`: whether the name of a state or its capital stands right before a number or its qualifier."""
    if draft.qualifier_start < draft.start:
        begin = draft.qualifier_start
        return text[begin - 1] in _BLANKS and text[begin - 2 : begin - 1].isalpha() and ends_with_state(draft.left, grammar)
    return follows_state(draft, text, grammar, draft.start - (text[draft.start - 1] == "("))


def is_amount(draft: Draft) -> bool:
    """Whether a number is a sum of money, or one of billions of nothing, which are money of a currency still to be found."""
    return draft.kind is MONEY or (draft.rule == "count.lone" and draft.scale >= MONEY_ALWAYS)


def is_decimal(draft: Draft) -> bool:
    """Whether a number in figures is no whole one, or written as none: `2.00`."""
    exponent = draft.low.as_tuple().exponent
    return draft.form == "digits" and draft.scale == 1 and isinstance(exponent, int) and exponent < 0


def take_unit(draft: Draft, before: Draft) -> None:
    """Makes a bare number one of the magnitude and unit of another."""
    draft.kind, draft.unit, draft.inherited = before.kind, before.unit, True
    if before.kind is SHARE or before.kind is CHANGE:
        draft.rule = "percent.inherited"
    else:
        draft.low, draft.high, draft.scale = draft.low * before.scale, draft.high * before.scale, before.scale
        draft.rule = "money.inherited" if before.kind is MONEY else before.rule


def take_columns(draft: Draft, columns: Columns) -> None:
    """Makes a bare number of a table a sum in the magnitude and currency that its head names."""
    draft.kind, draft.unit, draft.inherited, draft.rule = MONEY, columns.unit, True, "money.inherited"
    draft.low, draft.high, draft.scale = draft.low * columns.scale, draft.high * columns.scale, columns.scale


def is_sum_like(draft: Draft, before: Draft | None) -> bool:
    """Whether a sum in millions before a bare number of its sentence is of the same size."""
    return before is not None and is_amount(before) and before.sentence == draft.sentence and draft.scale == 1 and _is_like(draft, before)


def _is_like(draft: Draft, before: Draft) -> bool:
    if before.kind is SHARE or (before.kind is CHANGE and is_decimal(draft)):
        is_percent = before.unit == "percent" and (before.tag == "percent" or before.rule.startswith("percent"))
        return is_percent and draft.high <= _WHOLE and (draft.low >= _FEWEST or is_decimal(draft))
    is_price = before.scale == 1 and is_decimal(before) and is_decimal(draft)  # `2.40 crowns a share, after 2.00`
    is_price = is_price or (before.scale == 1 and min(before.low, draft.low) >= _THOUSAND)  # `le Liban (681'000 francs), le Qatar (311'000)`
    if not is_amount(before) or before.low <= 0 or not (before.scale >= _MILLION or is_price):
        return False
    size = before.low / before.scale
    return size / _ALIKE <= draft.low <= size * _ALIKE


def follows_state(draft: Draft, text: str, grammar: Grammar, start: int) -> bool:
    """`Germany 7`, `le Royaume-Uni 2`: whether the name of a state or its capital stands right before a number, whose bracket begins at `start`."""
    if text[start - 1] not in _BLANKS or not text[start - 2 : start - 1].isalpha():
        return False
    return ends_with_state(draft.words, grammar)


def ends_with_state(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the last words name a state or its capital."""
    return any(" ".join(words[-count:]) in grammar.states for count in range(1, min(_NAME_WORDS, len(words)) + 1))
