"""What the words around a number do to it: ranges, qualifiers, rates, and whether a percentage is a change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.extract.document import Document
from etl.extract.draft import CHANGE, COUNT, EXACT, MEASURE, MONEY, SHARE, Draft
from etl.extract.grammar import Grammar
from tracker.vocabulary import Qualifier

_CLOSERS = ")]»”\""
_RATE_MARKS = " \u00a0\u202f/,\n-‑"
_BLANKS = " \u00a0\u202f"
_PRICE_MARKS = frozenset(" \u00a0\u202f-‑")
_OVER = re.compile(r"/[ \u00a0]?([^\W\d_]+[²³23]?)(?![\w^])")
_CLAUSE = 90
"""How far from a number its rate may stand, in characters."""
_CLAUSE_END = re.compile(r"[.;:!?,()\n\d]")
_CLAUSE_START = re.compile(r"[.;:!?()\n]|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
_DEAREST_SHARE = 100_000
"""No share of a company costs as much."""
_SIZE = 8
"""How many words may stand between the name of a change and its size."""
_NO_UNIT_PRICE = 10**9
"""Sums from here on are no price of one thing; `each` is then each of the parties."""
_APART = 5
"""How many words may stand between a percentage and what makes it a change."""
_HUNDRED = Decimal(100)
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
            draft.qualifier_start = _back(folded, draft.start, " ".join(words[-count:]), floor)
            draft.left = words[:-count]
            return True
        dropped = grammar.skip.end(words)[1]
        if not dropped:
            return False
        is_definite = is_definite or words[-1] in grammar.definites
        words = words[:-dropped]
    return False


def _back(folded: str, start: int, phrase: str, floor: int) -> int:
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


def read_change(draft: Draft, document: Document, grammar: Grammar, before: Draft | None) -> None:
    """Tells whether a percentage or a number of points is a `change` or a `share`, and gives a fall its minus."""
    words = draft.left
    sign = _direction(words, grammar, whole=bool(words) and words[-1] in grammar.by and words[-1] not in grammar.count_linkers)
    if draft.tag == "points":
        draft.kind, draft.unit = CHANGE, "percentage_point"
        _set_sign(draft, -1 if sign < 0 else 1)
        return
    draft.unit = "percent"
    draft.kind = SHARE
    if draft.rule == "signed":
        draft.kind = CHANGE
        return
    if document.text[draft.start - 1 : draft.start] == "(" and before is not None and _follows_change(before, draft, sign):
        draft.kind = CHANGE
        _set_sign(draft, -1 if before.low < 0 and before.kind is CHANGE else sign or 1)
        return
    behind = draft.right
    if document.text[draft.end : draft.end + 1] in (" ", "\u00a0", "\u202f"):
        if grammar.more.begin(behind)[0]:
            draft.kind = CHANGE
            return
        if grammar.less.begin(behind)[0]:
            draft.kind = CHANGE
            _set_sign(draft, -1)
            return
    if _is_apart_change(draft, grammar) or _is_size(draft, grammar):
        return
    if _ends_as_change(words, grammar):
        draft.kind = CHANGE
        _set_sign(draft, sign or 1)
    elif before is not None and before.kind is CHANGE and before.sentence == draft.sentence and words and words[-1] in grammar.by and words[-1] not in grammar.count_linkers:
        draft.kind = CHANGE  # `by 12 per cent rather than by 10`
        _set_sign(draft, -1 if before.low < 0 else 1)


def _is_size(draft: Draft, grammar: Grammar) -> bool:
    """`the fall was steeper still, at 57 percent`, `la hausse atteint 5 %`: the size of a change just named; sets it."""
    words = draft.left
    if not words or words[-1] not in grammar.sizes:
        return False
    for place in range(len(words) - 2, max(-1, len(words) - _SIZE), -1):
        if words[place] in grammar.change_nouns and place and words[place - 1] in grammar.skip:
            draft.kind = CHANGE
            _set_sign(draft, -1 if words[place] in grammar.fall else 1)
            return True
    return False


def _is_apart_change(draft: Draft, grammar: Grammar) -> bool:
    """`30 % de crédits en plus`: the words that say the change stand behind the noun; sets it where they do."""
    for place in range(1, min(_APART, len(draft.right))):
        words = draft.right[place:]
        if words[0] in grammar.clause_starts:
            return False
        for table, sign in ((grammar.more_apart, 1), (grammar.less_apart, -1)):
            if table.begin(words)[1]:
                draft.kind = CHANGE
                _set_sign(draft, sign)
                return True
    return False


def _follows_change(before: Draft, draft: Draft, sign: int) -> bool:
    """`climbed by £65.7bn (27%)`: a percentage in brackets behind a rise in money is the rise again."""
    return draft.start - before.end <= 3 and (sign != 0 or before.in_change)


def _direction(words: Sequence[str], grammar: Grammar, *, whole: bool = False) -> int:
    """1 where the nearest verb or noun of change says a rise, -1 a fall, 0 where there is none near (or at all)."""
    for word in reversed(words if whole else words[-7:]):
        if word in grammar.fall:
            return -1
        if word in grammar.rise:
            return 1
    return 0


def _ends_as_change(words: Sequence[str], grammar: Grammar) -> bool:
    """`grew by`, `en hausse de`, `rose`: the last words before the number bring the size of a change."""
    if not words:
        return False
    moves, last = grammar.moves, words[-1]
    if last in moves:
        return not grammar.not_moves.end(words)[1]
    near = words[-5:-1] if last in grammar.count_linkers else words[:-1]
    if grammar.not_moves.end(words[:-1])[1]:
        return False
    return last in grammar.by and any(word in moves for word in near)


def read_change_by_part(draft: Draft, document: Document, grammar: Grammar) -> None:
    """`fell by half`, `en hausse d'un tiers`: a fraction that is the size of a change."""
    following = document.text[draft.end : draft.end + 2]
    behind = draft.right if following[:1] in _BLANKS and following[1:].isalpha() else []
    if grammar.more.begin(behind)[0] or grammar.less.begin(behind)[0]:
        draft.kind = CHANGE
        _set_sign(draft, -1 if grammar.less.begin(behind)[0] else 1)
    elif behind and behind[0] in grammar.count_linkers:
        is_counted = any(word in grammar.goods or word in grammar.persons for word in behind[1:6])
        if draft.left and draft.left[-1] in grammar.fall and not is_counted:
            draft.kind = CHANGE  # `lost a fifth of their strength`
            _set_sign(draft, -1)
    elif draft.left and draft.left[-1] in grammar.by and _ends_as_change(draft.left, grammar):
        draft.kind = CHANGE
        _set_sign(draft, _direction(draft.left, grammar) or 1)


def _set_sign(draft: Draft, sign: int) -> None:
    if sign < 0 and draft.low > 0:
        draft.low, draft.high = -draft.high, -draft.low


def read_multiple(draft: Draft, document: Document, grammar: Grammar) -> None:
    """`six-fold`, `100 times as much`, `multiplié par cinq`: a change of the number less one, in percent."""
    behind = draft.right
    words = draft.words
    if behind and behind[0] in grammar.fold.heads and grammar.fold.begin(behind)[0]:
        reach = document.folded.find(behind[0], draft.end + 1)
        draft.end = reach - 1 + len(behind[0])
    else:
        count = grammar.multiplied.end(words)[1]
        if not count:
            return
        draft.start = _back(document.folded, draft.start, " ".join(words[-count:]), max(0, draft.start - 64))
    draft.kind, draft.unit, draft.tag = CHANGE, "percent", "change"
    draft.low, draft.high = (draft.low - 1) * _HUNDRED, (draft.high - 1) * _HUNDRED
    draft.rule = "multiple"
