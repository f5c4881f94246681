"""The quantity sections of a language pack, compiled once into look-up tables."""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from etl.extract.document import Matcher, fold_text
from etl.lexicon import Pack, load_pack
from tracker.vocabulary import Qualifier

V = TypeVar("V")

COMMON = Path(__file__).resolve().parent.parent / "common.toml"


class Token(NamedTuple):
    """What a word or sign means to a number: a `tag` and its value."""

    tag: str
    """`scale`, `currency`, `percent`, `points`, `unit`, `time`, or for number words `unit_number`, `hundred`, ..."""
    value: Any


class Symbol(NamedTuple):
    """A run of letters and signs right after a number, such as `Md€`: a factor and a unit."""

    scale: int
    token: Token | None


def fold_phrase(phrase: str) -> str:
    """A lexicon phrase as it stands in folded text, without blanks at its ends."""
    return " ".join(fold_text(phrase).split())


def spellings(phrase: str) -> set[str]:
    """A lexicon phrase as folded text has it, with its accents and without them."""
    folded = fold_phrase(phrase)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return {folded, plain}


def _second_names(denominators: Mapping[str, int]) -> frozenset[str]:
    """Denominators for which the language has a better word, so that alone they are ordinals: `fourth`, not `quarter`."""
    first = {value: word for word, value in reversed(denominators.items())}
    return frozenset(s for word, value in denominators.items() if first[value] != word for s in spellings(word))


def _with_powers(pack: Pack, common: dict[str, Any]) -> dict[str, tuple[str, ...]]:
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


class Phrases(dict[str, V]):
    """A table of folded phrases that knows their first and last words, so that most look-ups end at once."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        super().__init__(entries)
        self.heads = frozenset(phrase.split(" ", 1)[0] for phrase in entries)
        self.tails = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in entries)
        self.longest = max((phrase.count(" ") + 1 for phrase in entries), default=0)

    def begin(self, words: Sequence[str]) -> tuple[V | None, int]:
        """The value of the longest entry that begins the words, and how many words it has."""
        if not words or words[0] not in self.heads:
            return None, 0
        for count in range(min(self.longest, len(words)), 1, -1):
            value = self.get(" ".join(words[:count]))
            if value is not None:
                return value, count
        value = self.get(words[0])
        return value, value is not None

    def end(self, words: Sequence[str]) -> tuple[V | None, int]:
        """The value of the longest entry that ends the words, and how many words it has."""
        if not words or words[-1] not in self.tails:
            return None, 0
        for count in range(min(self.longest, len(words)), 1, -1):
            value = self.get(" ".join(words[-count:]))
            if value is not None:
                return value, count
        value = self.get(words[-1])
        return value, value is not None


class Grammar:
    """All tables that the quantity stages look words up in, for one language."""

    def __init__(self, pack: Pack) -> None:
        common = load_common()
        self.pack = pack
        self.head_last = pack.counting.head == "last"
        self.decimal = pack.numbers.decimal
        self._build_numbers(pack)
        self._build_units(pack, common)
        self._build_context(pack, common)

    def _build_numbers(self, pack: Pack) -> None:
        words = pack.numbers
        entries: dict[str, Token] = {}
        tables: list[tuple[str, dict[str, Any]]] = [
            ("number", words.cardinals),
            ("scale", words.magnitudes),
            ("vague", words.vague),
            ("exact", words.collectives),
            ("about", words.rounded),
            ("fraction", words.fractions),
            ("multiple", words.multiples),
        ]
        for tag, table in tables:
            for phrase, value in table.items():
                for folded in spellings(phrase):
                    entries[folded] = Token(tag, value)
        for phrase in words.hundreds:
            entries[fold_phrase(phrase)] = Token("hundred", 100)
        for table in (words.denominators, words.denominator_plurals):
            for phrase, value in table.items():
                for folded in spellings(phrase):
                    entries.setdefault(folded, Token("denominator", value))
        for phrase in pack.screen.ordinals:
            for folded in spellings(phrase):
                entries.setdefault(folded, Token("ordinal", None))
        for phrase in words.vague:
            for linker in words.magnitude_linkers:
                for plural in words.magnitude_plurals:
                    key = f"{fold_phrase(phrase)} {linker} {fold_phrase(plural)}"
                    scale = words.magnitudes[plural]
                    low, high = words.vague[phrase]
                    entries.setdefault(key, Token("vague", (low * scale, (high + 1) * scale - 1)))
        self._entries = entries
        self.joiners = frozenset(fold_phrase(w) for w in words.joiners)
        self.ones = frozenset(fold_phrase(w) for w in words.ones)
        self.denominator_plurals = {s: v for k, v in words.denominator_plurals.items() for s in spellings(k)}
        self.denominators = {s: v for k, v in words.denominators.items() for s in spellings(k)} | self.denominator_plurals
        self.second_names = _second_names(words.denominators)
        self.part_words = frozenset(s for word in words.parts for s in spellings(word))
        self.part_leads = self.ones | frozenset(fold_phrase(w) for w in words.part_leads)
        self.point_words = frozenset(fold_phrase(w) for w in words.decimal_words)
        self.minus = frozenset(fold_phrase(w) for w in words.minus)
        self.cardinals = {s: v for k, v in words.cardinals.items() for s in spellings(k)}
        self.magnitude_words = frozenset(fold_phrase(w) for w in words.magnitudes)
        self.one = Decimal(1)
        self.doubtful = {fold_phrase(k): v[1] // v[0] for k, v in words.doubtful.items()}
        self.plurals = frozenset(fold_phrase(w) for w in words.magnitude_plurals)
        self.halves = _phrases(words.fraction_multipliers)
        self.adjectives = _phrases(words.multiple_adjectives)
        self.fold = _phrases(words.fold)
        self.multiplied = _phrases(words.multiplied)
        self.one_in = frozenset(fold_phrase(w) for w in words.one_in)

    def _build_units(self, pack: Pack, common: dict[str, Any]) -> None:
        suffixes: dict[str, Token] = {}
        for word, scale in pack.numbers.magnitudes.items():
            suffixes[fold_phrase(word)] = Token("scale", scale)
        for word, factor in pack.numbers.groups.items():
            suffixes.update({folded: Token("group", factor) for folded in spellings(word)})
        for tag, table in (("unit", _with_powers(pack, common)), ("time", pack.units.time)):
            for unit, names in table.items():
                suffixes.update({folded: Token(tag, unit) for name in names for folded in spellings(name)})
        self.weights = {name: token for name, token in suffixes.items() if token.tag == "unit"}
        for linker in pack.counting.others:
            for unit, names in pack.units.time.items():
                suffixes.update({fold_phrase(f"{linker} {name}"): Token("time", unit) for name in names})
        for tag, names in (("percent", pack.units.percent), ("points", pack.units.points)):
            suffixes.update({fold_phrase(name): Token(tag, None) for name in names})
        self.ambiguous = {fold_phrase(k) if k.isalpha() and k.islower() else k: v for k, v in pack.currencies.ambiguous.items()}
        suffixes.update({name: Token("currency", name) for name in self.ambiguous if name.islower()})
        for code, names in pack.currencies.names.items():
            suffixes.update({folded: Token("currency", code) for name in names for folded in spellings(name)})
        for code, names in pack.currencies.subunits.items():
            suffixes.update({fold_phrase(name): Token("subunit", code) for name in names})
        for word in pack.numbers.hundreds:
            suffixes.setdefault(fold_phrase(word), Token("group", 100))
        spaced = {" ".join(fold_text(n).strip().split(" ")): suffixes[fold_phrase(n)] for n in pack.units.percent}
        suffixes.update(spaced)  # `p. 100` keeps two blanks when folded
        self.suffixes = Phrases(suffixes)
        self._add_lone_units(pack)
        self.linkers = frozenset(fold_phrase(w) for w in pack.currencies.linkers)
        currencies = common["currencies"]
        self.signs: dict[str, str] = dict(currencies["signs"])
        self.signs.update({sign: sign for sign in self.ambiguous if not sign.isalpha()})
        self.codes = {code: code for code in currencies["codes"]} | dict(currencies["abbreviations"])
        self.codes.update({name: name for name in self.ambiguous if name.isupper()})
        self.abbreviations = dict(pack.numbers.abbreviations)
        self.unit_symbols = {symbol: unit for unit, symbols in common["units"].items() for symbol in symbols}
        self.percent_signs = frozenset(common["signs"]["percent"])
        self.subunit_signs: dict[str, str] = dict(common["currencies"]["subunits"])
        self.word_symbols = frozenset(common["signs"]["words"])
        self.per = _phrases_of(pack.units.per)
        self.per_before = _phrases_of(pack.units.per_before)
        self._symbols: dict[str, Symbol | None] = {}
        self._plain_words: dict[str, bool] = {}

    def _add_lone_units(self, pack: Pack) -> None:
        """Makes `a mile`, `un kilogramme`, `an hour` number words: one of the unit."""
        tags = ("unit", "time", "currency")
        starts = {word[:length] for word in self._entries for length in range(1, len(word))}
        units = [n for n, token in self.suffixes.items() if token.tag in tags and n[:1].isalpha() and n not in starts]
        for one in self.ones - set(self.cardinals):
            token = Token("one_unit", len(one))
            for name in units:
                self._entries.setdefault(f"{one} {name}", token)
        self.number_words = Matcher(self._entries)
        del self._entries

    def _build_context(self, pack: Pack, common: dict[str, Any]) -> None:
        self.before = Phrases({k: Qualifier(v) for k, v in _phrases_of(pack.qualifiers.before).items()})
        self.after = Phrases({k: Qualifier(v) for k, v in _phrases_of(pack.qualifiers.after).items()})
        self.skip = _phrases(pack.qualifiers.skip)
        self.range_pairs = tuple((fold_phrase(a), fold_phrase(b)) for a, b in pack.ranges.pairs)
        self.range_joints = frozenset(joint for _, joint in self.range_pairs)
        self.range_openings = frozenset(opening for opening, _ in self.range_pairs)
        self.connectors = frozenset(w if not w[0].isalpha() else fold_phrase(w) for w in pack.ranges.connectors)
        self.shared = _phrases(pack.ranges.shared)
        self.rates = _phrases_of(pack.units.rates)
        self.parallels = _phrases(pack.counting.parallels)
        self.rise = _phrases(pack.changes.rise)
        self.fall = _phrases(pack.changes.fall)
        self.moves = Phrases({**self.rise, **self.fall})
        self.by = _phrases(pack.changes.by)
        self.to = _phrases(pack.changes.to)
        self.more = _phrases(pack.changes.more)
        self.less = _phrases(pack.changes.less)
        self.count_linkers = _phrases(pack.counting.linkers)
        self.stops = _phrases(pack.counting.stops)
        self.goods = _phrases(pack.counting.goods)
        self.persons = _phrases(pack.counting.persons)
        self.bodies = _phrases(pack.counting.bodies)
        self.enumerations = _phrases(pack.counting.enumerations)
        self.rhetorical = _phrases(pack.counting.rhetorical)
        self.others = _phrases(pack.counting.others)
        self.ordinals = _phrases(pack.screen.ordinals)
        self.ordinal_suffixes = frozenset(pack.screen.ordinal_suffixes)
        self.identifiers = _phrases(pack.screen.identifiers)
        self.ages = _phrases(pack.screen.ages)
        self.age_units = _phrases(pack.screen.age_units)
        self.properties = _phrases(pack.units.properties)
        self.deal_times = _phrases(pack.units.deal_times)
        self.composites = {
            (large, small): Decimal(table[large]) / Decimal(table[small])
            for table in common["composites"].values()
            for large in table
            for small in table
            if Decimal(table[large]) > Decimal(table[small])
        }
        """How many of the smaller unit make one of the larger."""
        self.calibres = frozenset(common["calibres"]["units"])
        self.designations = frozenset(common["designations"]["names"])
        self.home = Matcher((word, code) for code, words in pack.currencies.home.items() for word in words)

    def is_plain_word(self, word: str) -> bool:
        """Whether letters behind a number are an ordinary word: neither symbol, magnitude, unit nor a linker to one."""
        try:
            return self._plain_words[word]
        except KeyError:
            folded = word.lower()
            plain = word.isalpha() and folded not in self.suffixes.heads and folded not in self.linkers
            plain = plain and self.read_symbol(word) is None
            if len(self._plain_words) < 50_000:
                self._plain_words[word] = plain
            return plain

    def read_symbol(self, run: str) -> Symbol | None:
        """What a run of letters and signs after a number means (`bn`, `Md€`, `MUSD`, `km`, `%`), None where nothing."""
        try:
            return self._symbols[run]
        except KeyError:
            symbol = self._parse_symbol(run)
            if len(self._symbols) < 10_000:
                self._symbols[run] = symbol
            return symbol

    def _parse_symbol(self, run: str) -> Symbol | None:
        unit = self._parse_unit(run)
        if unit:
            return Symbol(1, unit)
        if run in self.abbreviations:
            return Symbol(1, None)
        for length in range(min(4, len(run) - 1), 0, -1):
            scale, unit = self.abbreviations.get(run[:length]), self._parse_unit(run[length:])
            if scale and unit and unit.tag == "currency":
                return Symbol(scale, unit)
        return None

    def _parse_unit(self, run: str) -> Token | None:
        if run in self.percent_signs:
            return Token("percent", None)
        currency = self.signs.get(run) or self.codes.get(run)
        if currency:
            return Token("currency", currency)
        subunit = self.subunit_signs.get(run)
        if subunit:
            return Token("subunit", subunit)
        unit = self.unit_symbols.get(run)
        return Token("unit", unit) if unit else None


def _phrases(words: Iterable[str]) -> Phrases[int]:
    """A set of phrases, as a table so that the same look-ups serve sets and tables."""
    return Phrases(dict.fromkeys((fold_phrase(word) for word in words), 1))


def _phrases_of(table: Mapping[str, tuple[str, ...]]) -> Phrases[str]:
    return Phrases({fold_phrase(word): meaning for meaning, words in table.items() for word in words})


@functools.cache
def load_common() -> dict[str, Any]:
    """The tables of `etl/common.toml`, which all languages share."""
    return tomllib.loads(COMMON.read_text(encoding="utf-8"))


@functools.cache
def load_grammar(code: str) -> Grammar:
    """The compiled quantity grammar of a language; UsageError where it has no pack."""
    return Grammar(load_pack(code))
