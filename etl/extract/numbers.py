"""Numbers in digits and in words: where they stand and what they are worth, before any unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from etl.extract.document import Hit
from etl.extract.grammar import Grammar, Token

FIRST_DIGIT = re.compile(r"[0-9]")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:,[0-9]{2})+,[0-9]{3})(?:\.[0-9]+)?(?![0-9]|,[0-9]{3})"  # 1,234.5 and 6,21,940
    r"|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![0-9])(?!\.[0-9])"  # 1.234.567,8
    r"|[0-9]{1,3}(?:([ \u00a0\u202f\u2009'’])[0-9]{3})(?:\1[0-9]{3})*(?![0-9])(?:[.,][0-9]+)?"  # 1 234 567,8
    r"|[0-9]+[.,·][0-9]+(?![0-9]*[.,][0-9])"
    r"|[0-9]+"
)
_NOT_DIGIT = re.compile(r"[^0-9]+")
_SLASH = re.compile(r"([1-9])/([2-9]|10)(?=[ \u00a0])")
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
LONGEST = 24
"""Digits that a number may have; a longer run is an identifier, whatever it looks like."""


class Number(NamedTuple):
    """A number at `text[start:end]` without its unit. `low` and `high` differ for vague plurals only."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    form: str
    """`digits`, `word`, `exact` and `about` (collectives), `vague`, `fraction`, `multiple`, `ordinal`."""
    other: Decimal | None = None
    """The second reading, where two stand."""
    scale: int = 1
    """The magnitude that was said with the number, 1 for none."""


def read_slash(text: str, folded: str, start: int, grammar: Grammar) -> Number | None:
    """`1/3 of the troops` is a share in percent; None for any other use of the slash."""
    match = _SLASH.match(text, start)
    if match is None or int(match[1]) >= int(match[2]):
        return None
    following = folded[match.end() + 2 : match.end() + 12].split(" ", 1)[0]
    if following not in grammar.count_linkers:
        return None
    share = (100 * Decimal(match[1]) / Decimal(match[2])).quantize(Decimal("0.01"))
    share = Decimal(int(share)) if share == int(share) else share
    return Number(start, match.end(), share, share, "fraction")


def read_digits(text: str, start: int, grammar: Grammar) -> Number:
    """The number whose first digit stands at `start`, by the longest form of grouping that fits."""
    match = _GROUPED.match(text, start)
    assert match is not None  # the caller found a digit here
    raw = match.group()
    end = match.end()
    if text[end : end + 1] in VULGAR and raw.isdigit() and len(raw) < LONGEST:
        value = Decimal(raw) + VULGAR[text[end]]
        return Number(start, end + 1, value, value, "digits")
    if raw.isdigit():
        if len(raw) > LONGEST:
            return Number(start, end, Decimal(0), Decimal(0), "run")
        value = Decimal(raw)
        return Number(start, end, value, value, "digits")
    if len(raw) > 2 * LONGEST:
        return Number(start, end, Decimal(0), Decimal(0), "run")
    value, other = _read_marks(raw, grammar.decimal)
    return Number(start, end, value, value, "digits", other)


def _read_marks(raw: str, decimal: str) -> tuple[Decimal, Decimal | None]:
    """The value of a number with marks in it, and its other reading where the marks leave a doubt.

    A single `.` or `,` before exactly three digits groups thousands unless it is the language's decimal mark; the
    language's own mark before `000` groups too, for nobody writes three idle decimals. The other reading is kept.
    """
    pieces = _NOT_DIGIT.split(raw)
    marks = [c for c in raw if not c.isdigit()]
    if len(marks) == 1 and marks[0] in ".,·":
        grouped, fraction = Decimal("".join(pieces)), Decimal(".".join(pieces))
        if len(pieces[1]) != 3 or len(pieces[0]) > 3 or pieces[0] == "0":
            return fraction, None
        if marks[0] != decimal:
            return grouped, (None if marks[0] == "," else fraction)
        return (grouped, fraction) if pieces[1] == "000" else (fraction, grouped)
    if marks[-1] != marks[0] or (len(marks) > 1 and marks[-1] in ".," and len(pieces[-1]) != 3):
        return Decimal("".join(pieces[:-1]) + "." + pieces[-1]), None
    return Decimal("".join(pieces)), None


def read_words(text: str, folded: str, hits: list[Hit[Token]], index: int, grammar: Grammar) -> tuple[Number | None, int]:
    """The number that begins with the word hit at `index`, and the index of the first hit after it.

    None where the word alone is no number, such as a magnitude with nothing before it and no article.
    """
    hit = hits[index]
    tag, value = hit.value
    if tag in ("number", "hundred", "scale"):
        return _add_up(text, folded, hits, index, grammar)
    if tag == "lone_fraction":
        return _lone_fraction(text, folded, hit, grammar), index + 1
    if tag == "vague":
        low, high = value
        return Number(hit.start, hit.end, Decimal(low), Decimal(high), "vague"), index + 1
    if tag == "ordinal":
        return Number(hit.start, hit.end, Decimal(0), Decimal(0), "ordinal"), index + 1
    amount = Decimal(value)
    if tag in ("exact", "about"):
        return _scale_collective(text, hits, index, amount, tag)
    return Number(hit.start, hit.end, amount, amount, tag), index + 1


def _scale_collective(
    text: str, hits: list[Hit[Token]], index: int, amount: Decimal, tag: str
) -> tuple[Number, int]:
    hit = hits[index]
    if index + 1 < len(hits):
        following = hits[index + 1]
        if following.value.tag == "scale" and text[hit.end : following.start].strip(" -‑\u00a0\u202f") in ("", "de"):
            total = amount * following.value.value
            return Number(hit.start, following.end, total, total, tag, None, following.value.value), index + 2
    return Number(hit.start, hit.end, amount, amount, tag), index + 1


def _lone_fraction(text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> Number:
    """A fraction word alone is a share before `of` or at the end of a phrase, else an ordinal (`third ship`)."""
    amount = Decimal(hit.value.value)
    after = text[hit.end : hit.end + 1]
    following = folded[hit.end + 1 : hit.end + 12].split(maxsplit=1)
    is_share = after in ("", ".", ",", ";", ":", ")") or (bool(following) and following[0] in grammar.stops)
    return Number(hit.start, hit.end, amount, amount, "fraction" if is_share else "ordinal")


def _add_up(text: str, folded: str, hits: list[Hit[Token]], index: int, grammar: Grammar) -> tuple[Number | None, int]:
    """Cardinals, hundreds and magnitudes in a row, added up as they are spoken."""
    total, current, spoken, first = 0, 0, 0, index
    scale, last = 1, 10**19
    start = end = hits[index].start
    while index < len(hits):
        hit = hits[index]
        tag, value = hit.value
        if end > start and not _is_joined(text, folded, end, hit.start, grammar):
            break
        if tag == "number":
            if current and not (current % 100 == 0 or (20 <= current % 100 <= 90 and value < 20 and value > 0 and spoken >= 20)):
                break
            current, spoken = current + value, value
        elif tag == "hundred":
            if current >= 100:
                break
            current = (current or 1) * 100
        elif tag == "scale" and value < last:
            total += (current or 1) * value
            current, scale, last = 0, value, value
        else:
            break
        end = hit.end
        index += 1
    if end == start:
        return None, index + 1
    leads = hits[first].value.tag in ("hundred", "scale")
    start, end, amount = _widen(folded, start, end, Decimal(total + current), scale if leads else 0, scale, grammar)
    return Number(start, end, amount, amount, "word", None, scale), index


def _is_joined(text: str, folded: str, end: int, start: int, grammar: Grammar) -> bool:
    gap = text[end:start]
    if gap in (" ", "-", "\u00a0", "\u202f", "‑"):
        return True
    return start - end <= 6 and "\n" not in gap and folded[end + 1 : start + 1].strip() in grammar.joiners


def _widen(
    folded: str, start: int, end: int, amount: Decimal, lead: int, scale: int, grammar: Grammar
) -> tuple[int, int, Decimal]:
    """Takes in the article or `half a` before a bare magnitude or hundred, and the `and a half` after a magnitude.

    `lead` is the magnitude where the number begins with one, 1 where it begins with a hundred, else 0.
    """
    if lead:
        before = folded[max(0, start - 16) : start + 1].split()
        found, count = grammar.halves.end(before)
        if found and amount == scale:
            start, amount = folded.rfind(" ".join(before[-count:]), 0, start) - 1, amount / 2
        elif before and before[-1] in grammar.ones:
            start = max(0, start - 1 - len(before[-1]))
    if scale > 1:
        for tail, part in grammar.tails.items():
            if folded.startswith(" " + tail, end + 1) and not folded[end + 2 + len(tail) : end + 3 + len(tail)].isalnum():
                return start, end + 1 + len(tail), amount + part * scale
    return start, end, amount


def add_magnitudes(number: Number, scale: int, end: int, other_factor: int = 1) -> Number:
    """`number` multiplied by a magnitude that ends at `end`; the other reading kept where there is one."""
    other = number.other * scale if number.other is not None else None
    if other_factor > 1:
        other = number.low * scale * other_factor
    return Number(number.start, end, number.low * scale, number.high * scale, number.form, other, scale)
