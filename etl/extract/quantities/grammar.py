"""The quantity sections of a language pack, compiled once into look-up tables."""

from __future__ import annotations

import functools
import tomllib
from decimal import Decimal
from typing import Any

from etl.extract.document import Matcher
from etl.extract.parties import people_names, state_names, state_words
from etl.extract.phrases import Phrases, fold_phrase, phrase_set, phrase_table, spellings, verb_forms
from etl.extract.quantities.word_tables import (
    Symbol,
    Token,
    add_one_and_parts,
    add_vague_magnitudes,
    fill_rates,
    first_meanings,
    second_names,
    with_powers,
)
from etl.lexicon import Pack, load_pack
from tracker.resources import resource_path
from tracker.vocabulary import Qualifier

__all__ = ["COMMON", "Grammar", "Symbol", "Token", "load_common", "load_grammar"]

COMMON = resource_path("etl", "common.toml")


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

    def _build_entries(self, pack: Pack) -> dict[str, Token]:
        """The number words, each with what it means."""
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
                entries.update(dict.fromkeys(spellings(phrase), Token(tag, value)))
        for phrase in words.hundreds:
            entries[fold_phrase(phrase)] = Token("hundred", 100)
        divisors = [*words.denominators.items(), *words.denominator_plurals.items()]
        late = {phrase: Token("denominator", value) for phrase, value in reversed(divisors)}
        late = {phrase: Token("ordinal", None) for phrase in pack.screen.ordinals} | late
        entries = {folded: token for phrase, token in late.items() for folded in spellings(phrase)} | entries
        add_vague_magnitudes(entries, pack)
        add_one_and_parts(entries, pack)
        return entries

    def _build_numbers(self, pack: Pack) -> None:
        words = pack.numbers
        self._entries = self._build_entries(pack)
        self.joiners = frozenset(fold_phrase(w) for w in words.joiners)
        self.joiner_starts = tuple(f" {fold_phrase(word)} " for word in words.joiners)
        self.ones = frozenset(fold_phrase(w) for w in words.ones)
        self.denominator_plurals = {s: v for k, v in words.denominator_plurals.items() for s in spellings(k)}
        self.denominators = {s: v for k, v in words.denominators.items() for s in spellings(k)} | self.denominator_plurals
        self.second_names = second_names(words.denominators)
        self.part_words = frozenset(s for word in words.parts for s in spellings(word))
        self.only_parts = self.part_words | frozenset(self.denominator_plurals)
        """Denominators that are never ordinals."""
        self.part_leads = self.ones | frozenset(fold_phrase(w) for w in words.part_leads)
        self.point_words = frozenset(fold_phrase(w) for w in words.decimal_words)
        self.minus = frozenset(fold_phrase(w) for w in words.minus)
        self.not_minus = frozenset(fold_phrase(w) for w in words.not_minus)
        self.minus_ends = frozenset(word[-1] for word in self.minus)
        self.cardinals = {s: v for k, v in words.cardinals.items() for s in spellings(k)}
        self.magnitude_words = frozenset(fold_phrase(w) for w in words.magnitudes)
        self.one = Decimal(1)
        self.articles = self.ones - set(self.cardinals) if 1 in words.cardinals.values() else frozenset()
        """Those of the `ones` that are articles only, in a language with another word for the number."""
        self.lone_ones = frozenset[str]() if 1 in words.cardinals.values() else self.ones
        """The `ones` in a language whose number one is its article: French `un`."""
        self.doubtful = {fold_phrase(k): v[1] // v[0] for k, v in words.doubtful.items()}
        self.plurals = frozenset(fold_phrase(w) for w in words.magnitude_plurals)
        self.halves = phrase_set(words.fraction_multipliers)
        self.adjectives = phrase_set(words.multiple_adjectives)
        self.fold, self.fold_less = phrase_set((*words.fold, *words.fold_less)), phrase_set(words.fold_less)
        self.divided = phrase_set(words.divided)
        self.multiplied = phrase_set((*words.multiplied, *words.divided))
        self.one_in = frozenset(fold_phrase(w) for w in words.one_in)
        self.homonyms = frozenset(words.homonyms)
        self.homonym_leads = frozenset(words.homonym_leads)
        self.rest_on = frozenset(words.rest_on)
        self.one_in_phrases = phrase_set(words.one_in)
        self.magnitude_adjectives = frozenset(words.magnitude_adjectives)
        self.column_leads = frozenset(fold_phrase(w) for w in words.column_leads)
        self.one_leads = phrase_set(words.one_leads)

    def _build_suffixes(self, pack: Pack, common: dict[str, Any]) -> dict[str, Token]:
        """The magnitudes and units that stand behind numbers, each with what it means."""
        suffixes: dict[str, Token] = {}
        for word, scale in pack.numbers.magnitudes.items():
            suffixes[fold_phrase(word)] = Token("scale", scale)
        for word, factor in pack.numbers.groups.items():
            suffixes.update({folded: Token("group", factor) for folded in spellings(word)})
        for tag, table in (("unit", with_powers(pack, common)), ("time", pack.units.time)):
            for unit, names in table.items():
                suffixes.update({folded: Token(tag, unit) for name in names for folded in spellings(name)})
        self.weights = {name: token for name, token in suffixes.items() if token.tag == "unit"}
        others = [(f"{linker} {name}", unit) for linker in pack.counting.others for unit, names in pack.units.time.items() for name in names]
        suffixes.update({fold_phrase(phrase): Token("time", unit) for phrase, unit in others})
        for tag, names in (("percent", pack.units.percent), ("points", pack.units.points)):
            suffixes.update({folded: Token(tag, None) for name in names for folded in spellings(name)})
        for tag, names, parts in (("percent", pack.units.permille, 10), ("points", pack.units.basis_points, 100)):
            suffixes.update({fold_phrase(name): Token(tag, parts) for name in names})
        suffixes.update({folded: Token("other", None) for name in pack.units.no_units for folded in spellings(name)})
        self.percents = frozenset(word for name in pack.units.percent for word in name.lower().split()[:1])
        """The first words of the names of percent."""
        self.percent_before = phrase_set(pack.units.percent_before)
        self._add_currencies(suffixes, pack)
        return suffixes

    def _add_currencies(self, suffixes: dict[str, Token], pack: Pack) -> None:
        self.ambiguous = {fold_phrase(k) if k.isalpha() and k.islower() else k: v for k, v in pack.currencies.ambiguous.items()}
        self.ambiguous.update({name: tuple(codes) for name, codes in load_common()["currencies"]["shared"].items()})
        suffixes.update({name: Token("currency", name) for name in self.ambiguous if name.islower()})
        for code, names in pack.currencies.names.items():
            suffixes.update({folded: Token("currency", code) for name in names for folded in spellings(name)})
        self.magnitude_homes = {fold_phrase(word): code for code, words in pack.currencies.magnitudes.items() for word in words}
        """Magnitude -> the currency whose sums it is told of."""
        self.owners = self._read_owners(pack)
        """(Shared name or sign, whose it is) -> currency: `$` and `canadian` are `CAD`."""
        for code, names in pack.currencies.subunits.items():
            suffixes.update({folded: Token("subunit", code) for name in names for folded in spellings(name)})
        for word in pack.numbers.hundreds:
            suffixes.setdefault(fold_phrase(word), Token("group", 100))

    def _read_owners(self, pack: Pack) -> dict[tuple[str, str], str]:
        owners: dict[tuple[str, str], str] = {}
        for shared, codes in self.ambiguous.items():
            alike = {name for name, others in self.ambiguous.items() if others == codes}
            for code in codes:
                words = [fold_phrase(name).split() for name in pack.currencies.names.get(code, ())]
                rests = {" ".join(word for word in name if word not in alike) for name in words if not alike.isdisjoint(name)}
                owners.update({(shared, rest): code for rest in {*rests, fold_phrase(code)} if rest})
        return owners

    def _build_units(self, pack: Pack, common: dict[str, Any]) -> None:
        self.suffixes = Phrases(self._build_suffixes(pack, common))
        self._add_lone_units()
        self.linkers = frozenset(fold_phrase(w) for w in pack.currencies.linkers)
        currencies = common["currencies"]
        self.signs: dict[str, str] = dict(currencies["signs"])
        self.signs.update({sign: sign for sign in self.ambiguous if not sign.isalpha()})
        self.codes = {code: code for code in currencies["codes"]} | dict(currencies["abbreviations"])
        self.codes.update({name: name for name in self.ambiguous if name.isupper()})
        words = [(word, currency) for currency, names in pack.currencies.prefixes.items() for word in names]
        self.prefixes = {**self.codes, **dict(words)}
        """The codes and words that may stand before a number."""
        self.initials: dict[str, str] = dict(currencies["initials"])
        """Letters that are a currency only before a sum with a magnitude."""
        self.code_ends = frozenset(code[-1] for code in self.prefixes)
        self.abbreviations = dict(pack.numbers.abbreviations)
        self.unit_symbols = {symbol: unit for unit, symbols in common["units"].items() for symbol in symbols}
        self.time_symbols = {symbol: unit for unit, symbols in common["times"].items() for symbol in symbols}
        self.percent_signs = {sign: Token("percent", None) for sign in common["signs"]["percent"]}
        self.percent_signs.update({sign: Token("percent", 10) for sign in common["signs"]["permille"]})
        self.subunit_signs = {**common["currencies"]["subunits"], **pack.currencies.subunit_signs}
        self.no_compounds = frozenset(load_common()["currencies"]["no_compounds"])
        self.compounds = {run: code for code, runs in pack.currencies.compounds.items() for run in runs}
        self.word_symbols = frozenset(common["signs"]["words"])
        self._build_rates(pack, common)
        self.per_before = phrase_table(pack.units.per_before)
        self._symbols: dict[str, Symbol | None] = {}
        self._words: dict[str, Token | bool] = {}
        self._single = self._find_single()

    def _build_rates(self, pack: Pack, common: dict[str, Any]) -> None:
        names = with_powers(pack, common)
        rates = [("none", phrase) for phrase in pack.units.not_per]
        rates += [(unit, phrase) for unit, phrases in pack.units.per.items() for phrase in phrases]
        rates += fill_rates(pack.units.per_unit, names, common)
        self.per = first_meanings(rates)
        self.per_prices = first_meanings(fill_rates(pack.units.per_unit_price, names, common))
        """What only sums of money are a rate over: `$3 a litre`."""
        self.per_units = frozenset(common["rates"]["units"])
        self.slash = {**common["rates"]["symbols"], **{s: u for s, u in self.unit_symbols.items() if u in self.per_units}}
        over = {**pack.units.time, **{unit: words for unit, words in names.items() if unit in self.per_units}}
        self.slash.update({name: unit for unit, words in over.items() for name in words})
        """What a number is a rate over, by the word behind a slash: `€/t`, `$15/hour`."""
        self.speeds = {tuple(unit.split("_per_")): unit for unit in common["rates"]["speeds"]}
        """The units that a length and what it is a rate over make."""
        self.rate_letters = {letters: Token("rate", (unit, per)) for letters, (unit, per) in common["rates"]["letters"].items()}

    def _add_lone_units(self) -> None:
        """Makes `a mile`, `un kilogramme`, `an hour` number words: one of the unit."""
        tags = {"unit", "time", "currency", "subunit"}
        phrases = () if self.ones & set(self.cardinals) else ("percent", "points")  # `un pour cent`, but not `un point`
        starts = {word[:length] for word in self._entries for length in range(1, len(word))}
        units = {n: t.tag for n, t in self.suffixes.items() if (t.tag in tags or (t.tag in phrases and " " in n)) and n[:1].isalpha() and n not in starts}
        for one in self.ones - set(self.cardinals):
            for name, tag in units.items():
                self._entries.setdefault(f"{one} {name}", Token("one_unit", (len(one), tag)))
        self.number_words = Matcher(self._entries)
        self._entries = {}  # read into the matcher, needed no more

    def _build_context(self, pack: Pack, common: dict[str, Any]) -> None:
        self.before = Phrases({k: Qualifier(v) for k, v in phrase_table(pack.qualifiers.before).items()})
        self.after = Phrases({k: Qualifier(v) for k, v in phrase_table(pack.qualifiers.after).items()})
        self.skip = phrase_set(pack.qualifiers.skip)
        self.stuck = {word: Qualifier(meaning) for word, meaning in phrase_table(pack.qualifiers.stuck).items()}
        self.qualifier_signs = {sign: Qualifier(meaning) for sign, meaning in common["signs"]["qualifiers"].items()}
        self.definites = phrase_set(pack.qualifiers.definites)
        self.before_tails = frozenset((*self.before.tails, *self.skip.tails, *pack.qualifiers.adverbs))
        self.sign_marks = frozenset(self.qualifier_signs)
        self.per_heads = frozenset(self.per.heads | self.after.heads)
        self.range_pairs = tuple((fold_phrase(a), fold_phrase(b)) for a, b in pack.ranges.pairs)
        self.range_joints = frozenset(joint for _, joint in self.range_pairs)
        self.range_openings = frozenset(opening for opening, _ in self.range_pairs)
        self.connectors = frozenset(w if not w[0].isalpha() else fold_phrase(w) for w in pack.ranges.connectors)
        self.shared = phrase_set(pack.ranges.shared)
        self.hedges = frozenset(pack.ranges.hedges)
        self.rates = phrase_table(pack.units.rates)
        self.shares = phrase_set(pack.units.shares)
        self.each = phrase_set(pack.units.each)
        self.costs = phrase_set(verb_forms(pack.units.costs))
        self.holding = phrase_set(verb_forms(pack.units.holding))
        self.worths = frozenset(pack.units.worths)
        self.apart = phrase_table(pack.units.apart)
        self.open_relatives = phrase_set(pack.roles.open_relatives)
        self.clause_starts = phrase_set((*pack.roles.open_relatives, *pack.roles.conjunctions))
        self.apart_words = Matcher({max(phrase.split(" "), key=len): 1 for phrase in self.apart})
        """The longest word of each, the rarest: without any of them no rate is looked for."""
        self.rate_words = frozenset({*self.shares, *self.costs, *self.holding, *self.per_before.heads, *self.rates})
        """The words of which one stands before a number that is a rate by what stands before it."""
        self.headcounts = phrase_set(pack.counting.headcounts)
        self.payments = phrase_set(verb_forms(pack.counting.payments))
        self.adverbs = frozenset(pack.qualifiers.adverbs)
        self.barely = phrase_set(pack.qualifiers.barely)
        self.tallies = frozenset(pack.counting.tallies)
        self.sum_adjectives = frozenset(pack.counting.sum_adjectives)
        self.singulars = phrase_set(pack.counting.singulars)
        self.sayings = phrase_set(phrase for phrase in pack.roles.cues.get("saying", ()) if " " not in phrase)
        self.list_joints = frozenset(fold_phrase(w).split(" ")[-1] for w in pack.counting.list_joints)
        self.monies = phrase_set(pack.counting.monies)
        self.focus = phrase_set(pack.counting.focus)
        self.myriads = phrase_set(pack.counting.myriads)
        self.formations = phrase_set(pack.counting.formations)
        self.numbers_of = tuple(f" {fold_phrase(phrase)} " for phrase in pack.counting.numbers_of)
        self.versus = frozenset(pack.counting.versus)
        self.parallels = phrase_set(pack.counting.parallels)
        self.rise = phrase_set((*pack.changes.rise, *pack.changes.excesses, *verb_forms(pack.changes.rise_verbs)))
        self.fall = phrase_set((*pack.changes.fall, *verb_forms(pack.changes.fall_verbs)))
        self.level_verbs = phrase_set(verb_forms(pack.changes.level_verbs))
        self.moves = Phrases({**self.rise, **self.fall})
        self.by = phrase_set(pack.changes.by)
        self.to = phrase_set(pack.changes.to)
        self.restating = phrase_set(pack.changes.restating)
        self.by_parts = frozenset(pack.changes.by_parts)
        self.levels = frozenset(pack.changes.levels)
        self.pronouns = frozenset(pack.roles.pronouns)
        self.determiners = frozenset((*pack.roles.determiners, *pack.roles.definites, *pack.qualifiers.definites))
        self.into = frozenset(pack.changes.into)
        self.excesses = frozenset(pack.changes.excesses)
        self.change_nouns = phrase_set((*pack.changes.nouns, *pack.changes.excesses))
        self.growths = frozenset(pack.changes.growths)
        self.exceeding = frozenset(pack.changes.exceeding)
        self.sizes = phrase_set(pack.changes.sizes)
        self.not_moves = phrase_set(pack.changes.not_moves)
        self.only = phrase_set(pack.qualifiers.only)
        self.nots = frozenset(pack.qualifiers.nots)
        self.part_more, self.part_less = phrase_set(pack.changes.part_more), phrase_set(pack.changes.part_less)
        self.percent_words = frozenset(fold_phrase(name).split()[0] for name in (*pack.units.points, *pack.units.percent) if name[:1].isalpha())
        spans = (name for names in pack.dates.spans.values() for name in names)
        self.spans_of_time = frozenset(fold_phrase(name) for name in spans)
        self.ballots = frozenset(fold_phrase(phrase).split()[0] for phrase in pack.stages.ballots)
        self.destined = phrase_set(pack.counting.destined)
        self.date_leads = frozenset((*pack.roles.prepositions.get("place", ()), *pack.roles.prepositions.get("purpose", ())))
        self.verb_endings = tuple(pack.counting.verb_endings)
        self.purposes = frozenset(pack.roles.prepositions.get("purpose", ()))
        self.not_more_or_less = phrase_set(pack.changes.not_more_or_less)
        self.more_apart = phrase_set(pack.changes.more_apart)
        self.less_apart = phrase_set(pack.changes.less_apart)
        self.more_or_less_apart = frozenset(self.more_apart.heads | self.less_apart.heads)
        self.more = phrase_set(pack.changes.more)
        self.less = phrase_set(pack.changes.less)
        self.more_or_less = frozenset(self.more.heads | self.less.heads)
        self.count_linkers = phrase_set(pack.counting.linkers)
        self.inner_linkers = phrase_set(pack.counting.inner_linkers)
        self.stops = phrase_set(pack.counting.stops)
        self.handled = frozenset(verb_forms(pack.counting.handled))
        self.partitives = frozenset(pack.counting.partitives)
        self.relatives = phrase_set(pack.counting.relatives)
        self.wholes = phrase_set(pack.counting.wholes)
        self.delegates = phrase_set(pack.counting.delegates)
        self.numerous = self.delegates | phrase_set(pack.counting.numerous)
        self.sums = phrase_set(verb_forms(pack.counting.sums))
        self.totals = phrase_set(pack.counting.totals)
        self.options = phrase_set(pack.counting.options)
        self.insiders = phrase_set(pack.counting.insiders)
        self.crews = phrase_set(pack.counting.crews)
        self.contrasts = phrase_set(pack.counting.contrasts)
        self.peopled = frozenset(verb_forms(pack.counting.peopled))
        self.fates = phrase_set(pack.counting.fates)
        self.ratios = phrase_set(pack.counting.ratios)
        self.strengths = frozenset(pack.counting.strengths)
        self.bundles = frozenset(pack.counting.bundles)
        self.no_ones = frozenset(pack.counting.no_ones)
        self.people_relatives = phrase_set(pack.counting.people_relatives)
        self.addresses, self.time_zones = phrase_set(pack.counting.addresses), phrase_set(pack.counting.time_zones)
        self.numbering = phrase_set(pack.counting.numbering)
        self.tolls = phrase_set(pack.counting.tolls)
        self.pairs = phrase_set(pack.counting.pairs)
        self.states = state_names(pack.code)
        self.citing = phrase_set(pack.roles.cues.get("according", ()))
        self.auxiliaries = frozenset(pack.roles.auxiliaries)
        self.participles = frozenset(pack.counting.participles)
        continued = {*self.count_linkers, *self.joiners, *self.connectors, *self.range_joints, *self.point_words}
        self.idle_words = frozenset(self.stops) - continued
        """The words behind `one` that show it to be a pronoun."""
        self.goods = phrase_set(pack.counting.goods)
        self.persons = phrase_set(pack.counting.persons)
        self.things = {**dict.fromkeys(self.goods, "goods"), **dict.fromkeys(self.persons, "person")}
        """The nouns of things and people, each with its sort."""
        self.noun_ends = frozenset({*self.cardinals, *self.stops})
        self.peoples = people_names(pack.code)
        self.issuers = self.peoples | state_words(pack.code) if self.head_last else frozenset[str]()
        """Words that say before a shared name of money whose it is, where they stand there: `Ruritanian dollars`, `Ruritania dollars`."""
        self.bodies = phrase_set(pack.counting.bodies)
        self.masses = phrase_set(pack.counting.masses)
        self.enumerations = phrase_set(pack.counting.enumerations)
        self.counted_nouns = frozenset({*self.things, *self.bodies})
        self.counted_words = frozenset({*self.cardinals, *self.participles, *self.magnitude_words})
        """Words between `of` and the things of which a part is counted."""
        self.rhetorical = phrase_set(pack.counting.rhetorical)
        self.others = phrase_set(pack.counting.others)
        self.sure_verbs = frozenset(fold_phrase(form) for form in verb_forms(pack.roles.verbs))
        self.verbs = frozenset(fold_phrase(form) for table in (pack.roles.verbs, pack.roles.homographs) for form in verb_forms(table))
        self.ordinals = phrase_set(pack.screen.ordinals)
        self.part_names = phrase_set(pack.dates.part_names)
        self.ordinal_suffixes = frozenset(pack.screen.ordinal_suffixes)
        self.identifiers = phrase_set(pack.screen.identifiers)
        self.law_codes = tuple(pack.screen.law_codes)
        self.unit_homonyms = frozenset(pack.units.homonyms)
        self.crowds = frozenset(pack.counting.crowds)
        self.ages = phrase_set(pack.screen.ages)
        self.age_nouns = frozenset(word for word in pack.screen.ages if word.isalpha())
        self.age_units = phrase_set(pack.screen.age_units)
        self.properties = phrase_set(pack.units.properties)
        self.deal_times, self.deal_times_behind = phrase_set(pack.units.deal_times), phrase_set(pack.units.deal_times_behind)
        self.composites = {
            (large, small): Decimal(table[large]) / Decimal(table[small])
            for table in common["composites"].values()
            for large in table
            for small in table
            if Decimal(table[large]) > Decimal(table[small])
        }
        """How many of the smaller unit make one of the larger."""
        self.calibres = frozenset(common["calibres"]["units"])
        self.gun_calibres = frozenset(common["calibres"]["guns"])
        self.formats = frozenset(common["designations"]["formats"])
        self.designations = frozenset(common["designations"]["names"])
        self.designation_tails = frozenset(fold_phrase(name).split(" ")[-1] for name in self.designations)
        self.home = Matcher((word, code) for code, words in pack.currencies.home.items() for word in words)

    def read_word(self, word: str) -> Token | bool:
        """What a word behind a number says: a magnitude or unit; False for any other word; True where more must be read."""
        try:
            return self._words[word]
        except KeyError:
            meaning = self._judge_word(word)
            if len(self._words) < 50_000:
                self._words[word] = meaning
            return meaning

    def _judge_word(self, word: str) -> Token | bool:
        if not word.isalpha():
            return True
        if self.read_symbol(word) is not None:
            return True
        folded = word.lower()
        if folded in self._single:
            return self._single[folded]
        return folded in self.suffixes.heads or folded in self.linkers or folded in self.issuers

    def _find_single(self) -> dict[str, Token]:
        """The words that are a magnitude or unit by themselves and begin no longer one."""
        longer = {phrase.split(" ", 1)[0] for phrase in self.suffixes if " " in phrase}
        return {word: token for word, token in self.suffixes.items() if " " not in word and word not in longer}

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
        if run[0] in self.signs and run[1:] in self.abbreviations:  # `12 €m`
            return Symbol(self.abbreviations[run[1:]], Token("currency", self.signs[run[0]]))
        for length in range(min(4, len(run) - 1), 0, -1):
            scale, unit = self.abbreviations.get(run[:length]), self._parse_unit(run[length:])
            if scale and run in self.compounds:
                return Symbol(scale, Token("currency", self.compounds[run]))
            if scale and unit and unit.tag == "currency" and run not in self.no_compounds:
                return Symbol(scale, unit)
        return None

    def _parse_unit(self, run: str) -> Token | None:
        run = run.replace("^", "")
        token = self.percent_signs.get(run) or self.rate_letters.get(run)
        if token:
            return token
        currency = self.signs.get(run) or self.codes.get(run)
        if currency:
            return Token("currency", currency)
        subunit = self.subunit_signs.get(run)
        if subunit:
            return Token("subunit", subunit)
        time = self.time_symbols.get(run)
        if time:
            return Token("time", time)
        unit = self.unit_symbols.get(run)
        return Token("unit", unit) if unit else None


@functools.cache
def load_common() -> dict[str, Any]:
    """The tables of `etl/common.toml`, which all languages share."""
    return tomllib.loads(COMMON.read_text(encoding="utf-8"))


@functools.cache
def load_grammar(code: str) -> Grammar:
    """The compiled quantity grammar of a language; UsageError where it has no pack."""
    return Grammar(load_pack(code))
