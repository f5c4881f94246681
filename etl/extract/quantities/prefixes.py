"""What stands right before a number in digits: a sign, a currency, or letters that make it part of a name."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.extract.quantities.draft import BLANKS, DASHES, SIGN_CHARS, UNKNOWN_CURRENCY, Draft
from etl.extract.quantities.grammar import Grammar
from tracker.vocabulary import Reason

_NAME_END = re.compile(r"[\w.]*(?:[-/‑][\w.]*\w|\+[0-9]+)*")
_SIZE = re.compile(r"[0-9.]+x[0-9.]+(?:x[0-9.]+)?", re.IGNORECASE)  # `5.56x45`
_NEXT_WORD = re.compile(r"[ \u00a0\u202f-]?([^\W\d_]+)")
_BRIEF = 100
"""Below this a number glued to letters that name a thing as well as a currency is the name: `COP28`."""
_RANGE_START = re.compile(r"(?<![\w.,])([0-9]+)-([^\W\d_]+)-\Z")
_CELL_END = re.compile(r"[ \u00a0]{0,2}([^\W\d_]{0,4})(?=[\n)|]|\Z)")
_OPENERS = "([\n:|"
_CLOSERS = frozenset({"", ".", ",", ";", ")", "\n"})
_OPENING = 3
_BEFORE_MINUS = frozenset("([,;:")
_LONGEST_PREFIX = 8
_SHORT = 4
"""Characters of a number that may be part of a name."""
_LONGEST_CODE = 3
"""Characters of `kr.`; a longer word before a number is its currency only where nothing else can be."""


def read_left(draft: Draft, text: str, floor: int, grammar: Grammar) -> bool:
    """Reads sign, currency or letters right before the digits; true where the number is part of a name."""
    start = draft.start
    before = text[start - 1]
    if before in BLANKS:
        place = start - 2
        if place < floor:
            return False
        mark = text[place]
        if mark in SIGN_CHARS or mark.isalpha() or mark == ".":
            _read_prefix(draft, text, place, floor, grammar)
        elif mark in DASHES or mark == "+":
            _read_spaced_sign(draft, text, place, grammar)
        return False
    if before.isalpha() or before == "_":
        return _read_letters(draft, text, grammar)
    if before in DASHES or before in "+±~":
        return (start - 1 > floor or not floor) and _read_sign(draft, text, before, floor, grammar)
    if start > floor:
        _read_prefix(draft, text, start - 1, floor, grammar)
    return False


def _read_letters(draft: Draft, text: str, grammar: Grammar) -> bool:
    start = draft.start
    begin = start - 1
    while begin and start - begin < 8 and text[begin - 1].isalpha():
        begin -= 1
    letters = text[begin:start]
    signed = grammar.signs.get(text[begin - 1] + letters) if begin and text[begin - 1] in SIGN_CHARS else None
    if signed:  # `$US3bn`
        _set_prefix(draft, begin - 1, signed)
        return False
    code = grammar.codes.get(letters) or _read_initial(draft, text, begin, grammar)
    if code is None or (letters in grammar.designations and draft.low < _BRIEF and not _read_initial(draft, text, begin, grammar)):
        return set_name(draft, text, begin)
    _set_prefix(draft, begin, code)
    return False


def _is_scaled(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether a magnitude stands behind the number."""
    match = _NEXT_WORD.match(text, draft.end)
    return match is not None and (match[1].lower() in grammar.magnitude_words or match[1] in grammar.abbreviations)


def _read_initial(draft: Draft, text: str, begin: int, grammar: Grammar) -> str | None:
    """The currency of letters that are one only before a sum: `R10 billion`, `P28-billion`; XXX where none is known."""
    if begin and (text[begin - 1].isalnum() or text[begin - 1] in DASHES):
        return None
    match = _NEXT_WORD.match(text, draft.end)
    known = grammar.initials.get(text[begin : draft.start])
    if match is None:
        return None
    if match[1].lower() in grammar.magnitude_words:
        return known or UNKNOWN_CURRENCY
    return known if match[1] in grammar.abbreviations else None


def _read_sign(draft: Draft, text: str, sign: str, floor: int, grammar: Grammar) -> bool:
    start = draft.start
    left = text[start - 2] if start > 1 else " "
    if sign in "-‑" and left.isalpha():
        if _ends_range(draft, text, grammar):
            return False
        begin = start - 1
        while begin and start - begin < 40 and (text[begin - 1].isalnum() or text[begin - 1] in "-‑"):
            begin -= 1
        return set_name(draft, text, begin)
    if not left.isalnum() and left not in ")%" and sign in "-−+":
        if left in SIGN_CHARS:
            _read_prefix(draft, text, start - 2, floor, grammar)
        if sign == "+":
            draft.start, draft.rule = min(draft.start, start - 1), "signed"
        else:
            draft.negate(min(draft.start, start - 1))
    elif sign == "–" and _opens_part(draft, text, start, grammar):
        draft.negate(start - 1)
    return False


def _opens_part(draft: Draft, text: str, start: int, grammar: Grammar) -> bool:
    """Whether a dash before a number of points or percent is its minus: `(8,6 %, –2,4 points)`."""
    opening = text[:start - 1][-_OPENING:].rstrip(BLANKS)[-1:]
    following = text[draft.end : draft.end + 2].strip(BLANKS)[:1]
    match = _NEXT_WORD.match(text, draft.end)
    is_part = following in grammar.percent_signs or (match is not None and match[1].lower() in grammar.percent_words)
    return is_part and opening in _BEFORE_MINUS


def _ends_range(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether the number is the upper end of `0-to-60-mph`, `5-to-10-year`; `3-to-1` is a ratio."""
    match = _RANGE_START.search(text, max(0, draft.start - _LONGEST_PREFIX), draft.start)
    return match is not None and match[2].lower() in grammar.connectors and Decimal(match[1]) < draft.low


def _read_spaced_sign(draft: Draft, text: str, place: int, grammar: Grammar) -> None:
    """`(+ 12 %)`; `- 1,200,000` alone on its line or in its cell is a negative number, and no item of a list."""
    left = text[place - 1] if place else "\n"
    end = draft.end
    is_percent = text[end : end + 2].strip(BLANKS)[:1] in grammar.percent_signs
    if text[place] == "+":
        if is_percent and (left in _OPENERS or left in BLANKS):
            draft.start, draft.rule = place, "signed"
    elif (is_percent and left in "([") or (left in _OPENERS and text[place] in "-−" and _ends_cell(text, end, grammar)):
        draft.negate(place)


def _ends_cell(text: str, end: int, grammar: Grammar) -> bool:
    """Whether line or cell end behind the number, or behind its magnitude in letters: `- 10 k`."""
    match = _CELL_END.match(text, end)
    return match is not None and (not match[1] or match[1] in grammar.abbreviations)


def _read_prefix(draft: Draft, text: str, place: int, floor: int, grammar: Grammar) -> None:
    """Reads a currency sign or code that ends at `place`, the last character before the number and its blank."""
    mark = text[place]
    if mark in SIGN_CHARS:
        _read_prefix_sign(draft, text, place, grammar)
    elif mark in grammar.code_ends:
        begin = place
        while begin > floor and place - begin < _LONGEST_PREFIX and text[begin - 1].isalpha():
            begin -= 1
        word = text[begin : place + 1]
        code = grammar.prefixes.get(word)
        if code is None or (begin and text[begin - 1].isalnum()):
            return
        if word in grammar.codes or len(word) <= _LONGEST_CODE or _is_sum(draft, word, text, grammar):
            _set_prefix(draft, begin, code)


def _is_sum(draft: Draft, word: str, text: str, grammar: Grammar) -> bool:
    """Whether a number behind a currency's name can be nothing but a sum of it: `euros 42 million`, but not `Euro 6`."""
    if _is_scaled(draft, text, grammar):
        return True
    is_large = draft.end - draft.core > _SHORT
    return text[draft.end : draft.end + 1] in _CLOSERS and (is_large or word not in grammar.designations)


def _read_prefix_sign(draft: Draft, text: str, place: int, grammar: Grammar) -> None:
    left = text[place - 1 : place]
    lengths = (5, 4, 3, 2, 1) if left.isalpha() or left in (" ", "\u00a0", ".") else (1,)
    for length in lengths:
        begin = place + 1 - length
        currency = grammar.signs.get(text[begin : place + 1]) if begin >= 0 else None
        if currency is None or (begin and length > 1 and text[begin - 1].isalnum()):
            continue
        _set_prefix(draft, begin, currency)
        sign = text[begin - 1 : begin]
        if sign in DASHES and sign and (begin < 2 or text[begin - 2] in BLANKS or text[begin - 2] in _OPENERS):
            draft.negate(begin - 1)
        return


def _set_prefix(draft: Draft, begin: int, currency: str) -> None:
    draft.start = begin
    draft.tag, draft.unit, draft.prefixed = "currency", currency, True


def set_name(draft: Draft, text: str, begin: int) -> bool:
    """The number is part of a name such as F-16 or 2A6: the draft covers the whole name."""
    match = _NAME_END.match(text, draft.end)
    end = match.end() if match else draft.end
    while end > draft.end and text[end - 1] in ".-/":
        end -= 1
    draft.start, draft.end = begin, end
    is_size = _SIZE.fullmatch(text, begin, end)
    draft.reason, draft.rule = (Reason.SPECIFICATION, "size") if is_size else (Reason.DESIGNATION, "name")
    return True


def read_minus_word(draft: Draft, folded: str, floor: int, grammar: Grammar) -> None:
    """`minus five percent`, `moins 5 %`: a word for the minus right before the number, where it is no part of `at least`."""
    words = folded[max(floor, draft.start - 24) + 1 : draft.start + 1].split(" ")
    if len(words) > 1 and not words[-1] and words[-2] in grammar.minus and grammar.not_minus.isdisjoint(words[-3:-2]) and not grammar.before.end(words[:-1])[1]:
        draft.negate(draft.start - 1 - len(words[-2]))
