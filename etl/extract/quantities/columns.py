"""Tables whose head says in brackets what their numbers are in: `(in € million)`, `(en M€)`."""

from __future__ import annotations

from typing import NamedTuple

from etl.extract.quantities.grammar import Grammar

_LONGEST = 36
"""Characters between the brackets of a head at most."""


class Columns(NamedTuple):
    """What the numbers below the head of a table are in."""

    end: int
    """Where the head ends."""
    scale: int
    unit: str


def read_columns(text: str, folded: str, grammar: Grammar) -> list[Columns]:
    """The heads of the text in order; empty for running text."""
    found: list[Columns] = []
    start = text.find("(")
    while start >= 0:
        end = text.find(")", start + 2, start + _LONGEST)
        if end >= 0 and not text[end - 1].isdigit():
            columns = _read_head(text[start + 1 : end].split(), folded[start + 2 : end + 1].split(), end + 1, grammar)
            if columns is not None:
                found.append(columns)
        start = text.find("(", start + 1)
    return found


def _read_head(words: list[str], folded: list[str], end: int, grammar: Grammar) -> Columns | None:
    """The magnitude and currency that the words in brackets are, behind a preposition if any."""
    place = max((place for place, word in enumerate(folded) if word in grammar.column_leads), default=-1)
    if place >= 0:
        words, folded = words[place + 1 :], folded[place + 1 :]
    if not words:
        return None
    if len(words) == 1:
        symbol = grammar.read_symbol(words[0])
        is_sum = symbol is not None and symbol.scale > 1 and symbol.token is not None and symbol.token.tag == "currency"
        return Columns(end, symbol.scale, symbol.token.value) if is_sum and symbol is not None and symbol.token is not None else None
    unit = grammar.signs.get(words[0]) or grammar.prefixes.get(words[0])
    if unit is not None:
        scale = _read_scale(words[1], grammar)
        return Columns(end, scale, unit) if scale and len(words) == len(("EUR", "m")) else None
    scale = _read_scale(words[0], grammar)
    rest = folded[2:] if folded[1:2] and folded[1] in grammar.linkers else folded[1:]
    token, count = grammar.suffixes.begin(rest)
    if token is None and len(words) == len(("m", "EUR")):
        code = grammar.signs.get(words[1]) or grammar.codes.get(words[1])
        return Columns(end, scale, code) if scale and code else None
    is_sum = token is not None and token.tag == "currency" and count == len(rest)
    return Columns(end, scale, token.value) if scale and is_sum and token is not None else None


def _read_scale(word: str, grammar: Grammar) -> int:
    """What a word multiplies by, 0 where it is no magnitude."""
    if word in grammar.abbreviations:
        return grammar.abbreviations[word]
    token = grammar.suffixes.get(word.lower())
    return int(token.value) if token is not None and token.tag == "scale" else 0
