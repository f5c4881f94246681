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
    end = text.find(":\n")
    while end >= 0:  # `other buyers, in million euros:`
        begin = max(text.rfind("\n", 0, end) + 1, end - _LONGEST)
        words = text[begin:end].split()
        if any(word in grammar.column_leads for word in words):
            columns = _read_head(words, folded[begin + 1 : end + 1].split(), end + 1, grammar)
            found += [columns] if columns is not None else []
        end = text.find(":\n", end + 1)
    found.sort()
    return found


def _read_head(words: list[str], folded: list[str], end: int, grammar: Grammar) -> Columns | None:
    """The magnitude and currency that the words in brackets are, behind a preposition if any."""
    words, folded = _behind_lead([word.lower() for word in words], words, grammar), _behind_lead(folded, folded, grammar)
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


def _behind_lead(lower: list[str], words: list[str], grammar: Grammar) -> list[str]:
    """The words behind the last that may lead to a magnitude, all where none does."""
    place = max((place for place, word in enumerate(lower) if word in grammar.column_leads), default=-1)
    return words[place + 1 :]


def _read_scale(word: str, grammar: Grammar) -> int:
    """What a word multiplies by, 0 where it is no magnitude."""
    if word in grammar.abbreviations:
        return grammar.abbreviations[word]
    token = grammar.suffixes.get(word.lower())
    return int(token.value) if token is not None and token.tag == "scale" else 0
