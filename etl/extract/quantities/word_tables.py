"""What the words of a pack mean to a number, and the tables of phrases made from patterns of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from etl.extract.phrases import Phrases, fold_phrase, spellings
from etl.lexicon import Pack


class Token(NamedTuple):
    """What a word or sign means to a number: a `tag` and its value."""

    tag: str
    """`scale`, `currency`, `percent`, `points`, `unit`, `time`, `rate`, `other` for none of these, or for number words `unit_number`, `hundred`, ..."""
    value: Any
    """The unit; of percent and points how many make one, of a rate its unit and what it is a rate over."""


class Symbol(NamedTuple):
    """A run of letters and signs right after a number, such as `Md€`: a factor and a unit."""

    scale: int
    token: Token | None


def add_vague_magnitudes(entries: dict[str, Token], pack: Pack) -> None:
    """Adds `tens of millions` and `several hundred thousand`: each vague plural before each magnitude."""
    words = pack.numbers
    for phrase, (low, high) in words.vague.items():
        for linker in words.magnitude_linkers:
            for plural in words.magnitude_plurals:
                key = f"{fold_phrase(phrase)} {linker} {fold_phrase(plural)}"
                scale = words.magnitudes[plural]
                entries.setdefault(key, Token("vague", (low * scale, (high + 1) * scale - 1)))
        for word, scale in words.magnitudes.items():
            key = f"{fold_phrase(phrase)} {fold_phrase(word)}"
            entries.setdefault(key, Token("vague", (low * scale, (high + 1) * scale - 1)))


def add_one_and_parts(entries: dict[str, Token], pack: Pack) -> None:
    """Adds `un et demi`, `un et un quart`: an article that is a number only because a part follows."""
    words = pack.numbers
    if 1 in words.cardinals.values():
        return
    for one in words.ones:
        for joiner in words.joiners:
            for part, below in words.denominators.items():
                token = Token("exact", str(1 + Decimal(1) / below))
                phrases = [f"{one} {joiner} {article} {part}" for article in words.ones]
                phrases += [f"{one} {joiner} {part}"] if part in words.parts else []
                for folded in {s for phrase in phrases for s in spellings(phrase)}:
                    entries.setdefault(folded, token)


def second_names(denominators: Mapping[str, int]) -> frozenset[str]:
    """Denominators for which the language has a better word, so that alone they are ordinals: `fourth`, not `quarter`."""
    first = {value: word for word, value in reversed(list(denominators.items()))}
    return frozenset(s for word, value in denominators.items() if first[value] != word for s in spellings(word))


def with_powers(pack: Pack, common: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The names of the physical units, those of the areas and volumes of each length added."""
    units = pack.units.physical
    table = dict(units)
    for length in common["lengths"]["units"]:
        names = units.get(length, ())
        for power, patterns in (("square", pack.units.areas), ("cubic", pack.units.volumes)):
            made = tuple(pattern.replace("{}", name) for pattern in patterns for name in names)
            if made:
                table[f"{power}_{length}"] = table.get(f"{power}_{length}", ()) + made
    return table


def fill_rates(patterns: Iterable[str], names: Mapping[str, tuple[str, ...]], common: dict[str, Any]) -> list[tuple[str, str]]:
    """The units that other things are a rate over, each with the phrases that the patterns make of its names."""
    units = common["rates"]["units"]
    return [(unit, pattern.replace("{}", name)) for pattern in patterns for unit in units for name in names.get(unit, ())]


def first_meanings(pairs: Iterable[tuple[str, str]]) -> Phrases[str]:
    """A table of phrases from pairs of meaning and phrase; the first meaning of a phrase stands."""
    table: dict[str, str] = {}
    for meaning, phrase in pairs:
        for folded in spellings(phrase):
            table.setdefault(folded, meaning)
    return Phrases(table)
