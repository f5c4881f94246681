"""Numbers in digits: where they stand and what they are worth, before any unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = re.compile(r"[0-9]+")
_DIGITS_AND_FRACTIONS = re.compile(r"[0-9]+|[¼½¾⅐-⅞]")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:,[0-9]{2})+,[0-9]{3})(?:\.[0-9]+)?(?![0-9]|,[0-9]{3})"  # 1,234.5 and 6,21,940
    r"|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![0-9])(?!\.[0-9])"  # 1.234.567,8
    r"|[0-9]{1,3}(?:([ \u00a0\u202f\u2009'’])[0-9]{3})(?:\1[0-9]{3})*(?![0-9])(?:[.,][0-9]+)?"  # 1 234 567,8
    r"|[0-9]+[.,·][0-9]+(?![0-9]*[.,][0-9])"
    r"|[0-9]+"
)
_NOT_DIGIT = re.compile(r"[^0-9]+")
_EXPONENT = re.compile(r"e([+-]?[0-9]{1,2})(?!\w)")
_SLASH = re.compile(r"[/⁄]([0-9]{1,4})(?![0-9/⁄])(?![.,-][0-9])")
_MIXED = re.compile(r"[ \u00a0\u202f-]{1,2}([1-9][0-9]?)[/⁄]([1-9][0-9]?)(?![0-9/⁄])")
VULGAR = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3,
    "⅛": Decimal("0.125"), "⅜": Decimal("0.375"), "⅝": Decimal("0.625"), "⅞": Decimal("0.875"), "⅕": Decimal("0.2"),
    "⅖": Decimal("0.4"), "⅗": Decimal("0.6"), "⅘": Decimal("0.8"), "⅙": Decimal(1) / 6, "⅚": Decimal(5) / 6,
    "⅐": Decimal(1) / 7, "⅑": Decimal(1) / 9, "⅒": Decimal("0.1"),
}  # fmt: skip
_MARKS = ",.' \u00a0\u202f\u2009’·"
_CONTINUED = " \u00a0\u202f-/⁄e"
LONGEST = 24
"""Digits that a number may have; a longer run is an identifier, whatever it looks like."""
_FRACTION_STEPS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64})
"""What the denominator of a mixed number may be: `10 1/2`."""


def number_runs(text: str, digits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs of digits of a text, with its signs for fractions where it has any."""
    has_fractions = not text.isascii() and ("½" in text or "¼" in text or "¾" in text or "⅓" in text or "⅔" in text)
    return [match.span() for match in _DIGITS_AND_FRACTIONS.finditer(text)] if has_fractions else digits


class Number(NamedTuple):
    """A number at `text[start:end]` without its unit. `low` and `high` differ for vague plurals only."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    form: str
    """`digits`, `word`, `exact` and `about` (collectives), `vague`, `fraction` (a part of one), `multiple`, `ordinal`."""
    other: Decimal | None = None
    """The second reading, where two stand."""
    scale: int = 1
    """The magnitude that was said with the number, 1 for none."""


def read_digits(text: str, start: int, end: int, decimal: str) -> Number:
    """The number whose first run of digits is `text[start:end]`, by the longest form of grouping that fits."""
    after = text[end : end + 1]
    if after in _MARKS and after and text[end + 1 : end + 2].isdigit():
        match = _GROUPED.match(text, start)
        if match is not None and match.end() > end:
            return _read_grouped(text, match.group(), start, match.end(), decimal)
    raw = text[start:end]
    if raw in VULGAR:
        return Number(start, end, VULGAR[raw], VULGAR[raw], "fraction")
    if end - start > LONGEST:
        return Number(start, end, Decimal(0), Decimal(0), "run")
    if after in VULGAR:
        value = Decimal(raw) + VULGAR[after]
        return Number(start, end + 1, value, value, "digits")
    value = Decimal(raw)
    if after in _CONTINUED and after:
        return _read_whole(text, start, end, value, after)
    return Number(start, end, value, value, "digits")


def _read_grouped(text: str, raw: str, start: int, end: int, decimal: str) -> Number:
    after = text[end : end + 1]
    if len(raw) > 2 * LONGEST:
        return Number(start, end, Decimal(0), Decimal(0), "run")
    value, other = _read_marks(raw, decimal)
    if after == "e":
        return _raise_power(text, Number(start, end, value, value, "digits", None))._replace(other=other)
    return Number(start, end, value, value, "digits", other)


def _read_whole(text: str, start: int, end: int, value: Decimal, after: str) -> Number:
    """A whole number, with the fraction or power behind it: `10 1/2`, `3/4`, `1e10`."""
    number = Number(start, end, value, value, "digits")
    if after in " \u00a0\u202f-":
        if not text[end + 1 : end + 2].isdigit() and text[end + 1 : end + 2] != " ":
            return number
        mixed = _MIXED.match(text, end)
        if mixed and int(mixed[1]) < int(mixed[2]) and int(mixed[2]) in _FRACTION_STEPS:
            value += Decimal(mixed[1]) / Decimal(mixed[2])
            return Number(start, mixed.end(), value, value, "digits")
    elif after in "/⁄" and after:
        return _read_slash(text, number)
    elif after == "e":
        return _raise_power(text, number)
    return number


def _read_slash(text: str, number: Number) -> Number:
    """`1/3` is a part of one; a year, a date or a score with a slash in it keeps its first number."""
    before = text[number.start - 1 : number.start]
    match = _SLASH.match(text, number.end)
    if match is None or _is_joined(text, number.start, before) or (len(match[1]) == 2 and match[1][0] == "0"):
        return number
    below = int(match[1])
    if not 0 < number.low < below or (below % 10 and below not in _FRACTION_STEPS and below != 15):
        return number
    value = number.low / below
    return Number(number.start, match.end(), value, value, "fraction")


def _is_joined(text: str, start: int, before: str) -> bool:
    """Whether the digits at `start` go on with digits or letters before them."""
    if before in "-‑" and before:
        return text[start - 2 : start - 1].isalnum()
    return before != "" and before in "/⁄.,"


def _raise_power(text: str, number: Number) -> Number:
    match = _EXPONENT.match(text, number.end)
    if match is None:
        return number
    value = number.low.scaleb(int(match[1]))
    value = Decimal(f"{value:f}")
    return Number(number.start, match.end(), value, value, "digits")


def read_leading_point(text: str, start: int, number: Number, decimal: str) -> Number:
    """`.500` and `,08`: digits right behind a decimal mark that no digit or letter stands before."""
    mark = start - 1
    is_mark = mark >= 0 and (text[mark] == "." or text[mark] == decimal)
    if not is_mark or (mark and (text[mark - 1].isalnum() or text[mark - 1] in ".,…)]")):
        return number
    raw = text[start : number.end]
    if not raw.isdigit() or number.form != "digits":
        return number
    value = Decimal("0." + raw)
    return Number(mark, number.end, value, value, "digits")


def _read_marks(raw: str, decimal: str) -> tuple[Decimal, Decimal | None]:
    """The value of a number with marks in it, and its other reading where the marks leave a doubt.

    A single `.` or `,` before exactly three digits groups thousands unless it is the language's decimal mark; the
    language's own mark before `000` groups too, for nobody writes three idle decimals. The other reading is kept.
    """
    pieces = _NOT_DIGIT.split(raw)
    if len(pieces) == 2 and not raw[len(pieces[0])].isspace() and raw[len(pieces[0])] in ".,·":
        mark = raw[len(pieces[0])]
        fraction = Decimal(pieces[0] + "." + pieces[1])
        if len(pieces[1]) != 3 or len(pieces[0]) > 3 or pieces[0] == "0":
            return fraction, None
        grouped = Decimal(pieces[0] + pieces[1])
        if mark != decimal:
            return grouped, (None if mark == "," else fraction)
        return (grouped, fraction) if pieces[1] == "000" else (fraction, grouped)
    marks = [c for c in raw if not c.isdigit()]
    if marks[-1] != marks[0] or (len(marks) > 1 and marks[-1] in ".," and len(pieces[-1]) != 3):
        return Decimal("".join(pieces[:-1]) + "." + pieces[-1]), None
    return Decimal("".join(pieces)), None
