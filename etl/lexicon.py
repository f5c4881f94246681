"""Language packs: one TOML file a language in `etl/languages/`, found by name, checked key by key when loaded.

A section of a pack is a frozen dataclass here; its fields are the keys that the file may hold. An unknown key, a
missing key or a value of the wrong type is a `ConfigurationError` that names file, key and value.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import tomllib
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tracker.errors import ConfigurationError, UsageError

LANGUAGES = Path(__file__).resolve().parent / "languages"

T = TypeVar("T")
Words = tuple[str, ...]
Table = dict[str, Words]
"""A table of lists: what the words mean -> the words."""


@dataclass(frozen=True)
class Sentences:
    """Where sentences end."""

    abbreviations: Words = ()
    """Words that a full stop follows without ending the sentence, without their stop: `Mr`, `Gen`, `approx`."""


@dataclass(frozen=True)
class NumberWords:
    """How the language writes numbers (`etl/extract/quantities/numbers.py`)."""

    decimal: str
    """The decimal mark of the language; a lone other mark before three digits groups thousands."""
    cardinals: dict[str, int]
    """Words for 0 to 99 that add up, tens as phrases where they are phrases (`quatre-vingt`)."""
    hundreds: Words
    magnitudes: dict[str, int]
    """Words that multiply what stands before them: `thousand`, `milliards`, `lakh crore`."""
    abbreviations: dict[str, int]
    """Short magnitudes, matched by case: `bn`, `Md`, `k`."""
    joiners: Words
    """Words inside a number: `and`, `et`."""
    ones: Words
    """Words that stand for one before a magnitude or a fraction: `a`, `un`."""
    vague: dict[str, tuple[int, int]]
    """Plurals that say an order of magnitude, with the ends of the range."""
    magnitude_plurals: Words
    """Magnitude words that are vague when no number stands before them: `millions`."""
    magnitude_linkers: Words
    """Words between a vague plural and a magnitude: `of` in `tens of millions`."""
    doubtful: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Magnitudes with two readings, the usual first: French `billion`."""
    tails: dict[str, str] = field(default_factory=dict)
    """What adds a part of the magnitude after it: `and a half`."""
    collectives: dict[str, int] = field(default_factory=dict)
    """Phrases that are a number by themselves, exact: `a dozen`."""
    rounded: dict[str, int] = field(default_factory=dict)
    """Phrases that are a number by themselves, about: `une centaine`."""
    fractions: dict[str, str] = field(default_factory=dict)
    """Phrases that are a share, in percent: `two thirds` = 66.67."""
    denominators: dict[str, int] = field(default_factory=dict)
    """What a number is divided by, the form after one: `third`; an ordinal where no number or article leads."""
    denominator_plurals: dict[str, int] = field(default_factory=dict)
    """The same after other numbers: `thirds`."""
    parts: Words = ()
    """Denominators that need no article before a unit or behind a number: `half`, `demi`."""
    part_leads: Words = ()
    """Words besides those of `ones` before a denominator that make it a part: `another third`."""
    decimal_words: Words = ()
    """What the decimal mark is called: `point`, `virgule`."""
    not_minus: Words = ()
    """Words before a minus that make it another phrase: `pas moins`."""
    minus: Words = ()
    """What the minus is called: `minus`, `moins`."""
    groups: dict[str, int] = field(default_factory=dict)
    """Collectives that a number before them multiplies: `dozen`."""
    fraction_multipliers: Words = ()
    """What makes a fraction a number instead: `half a` before a magnitude."""
    multiples: dict[str, str] = field(default_factory=dict)
    """Words that are a change, in percent: `doubled` = 100."""
    multiple_adjectives: Words = ()
    """Those of the multiples that are an adjective behind an article: `a double standard`."""
    fold: Words = ()
    """What after a number makes it a change: `-fold`, `times as much`."""
    fold_less: Words = ()
    """What after a number makes it a fall: `times fewer`."""
    divided: Words = ()
    """What stands before the number of parts of which one is left: `divisé par`."""
    multiplied: Words = ()
    """What before a number makes it a change: `multiplied by`."""
    one_in: Words = ()
    """What joins the two numbers of a share such as `one in five`."""
    rest_on: Words = ()
    """Nouns that what stands in `one_in` ties to their object: `une option sur douze`."""
    homonyms: Words = ()
    """Number words that are adjectives too: `neuf`."""
    homonym_leads: Words = ()
    """Words behind which those are adjectives where they count nothing: `remis à`."""
    magnitude_adjectives: Words = ()
    """Words that may stand between a number and its magnitude: `3 autres milliards`."""
    column_leads: Words = ()
    """Words before a magnitude at the head of a table: `(in € million)`."""
    one_leads: Words = ()
    """Words before `a week`, `un mois` that make it a span of time rather than a rate: `within`."""


@dataclass(frozen=True)
class CurrencyWords:
    """How the language names currencies."""

    names: dict[str, Words]
    """ISO 4217 code -> names that mean this currency alone."""
    ambiguous: dict[str, Words]
    """Name or sign -> the codes it may mean; the first is taken where the article names no country, XXX is none."""
    subunits: Table = field(default_factory=dict)
    """Currency, by code or by a name of `ambiguous` -> words for its hundredth: `cents`, `pence`."""
    prefixes: Table = field(default_factory=dict)
    """Currency, by code or by a name of `ambiguous` -> words that may stand before the number: `kr`, `ringgit`."""
    subunit_signs: dict[str, str] = field(default_factory=dict)
    """Letters stuck to a number that say a hundredth of a currency: `p`."""
    compounds: dict[str, Words] = field(default_factory=dict)
    """ISO 4217 code -> letters that are a magnitude and this currency: `MdE`."""
    home: dict[str, Words] = field(default_factory=dict)
    """ISO 4217 code -> words that show that an article is at home there."""
    magnitudes: dict[str, Words] = field(default_factory=dict)
    """ISO 4217 code -> magnitudes that sums of this currency are told in: `crore`."""
    linkers: Words = ()
    """Words between a magnitude and a currency: `de`, `d'`."""


@dataclass(frozen=True)
class UnitWords:
    """How the language names physical units, spans of time, percent and rates."""

    physical: Table
    """Pint unit -> words."""
    time: Table
    """Pint unit -> words."""
    percent: Words
    points: Words
    per: Table
    """What a number is a rate over -> the words after it: `a year`, `par mois`."""
    percent_before: Words = ()
    """Words before a number that make it a percentage: `pourcentage de`."""
    no_units: Words = ()
    """Phrases that begin like a unit and are none: `points of view`."""
    permille: Words = ()
    basis_points: Words = ()
    """Hundredths of a percentage point."""
    per_unit: Words = ()
    """How a unit makes a rate, `{}` for its name: `per {}`."""
    per_unit_price: Words = ()
    """The same behind sums of money only: `a {}`, `le {}`."""
    not_per: Words = ()
    """Phrases that begin like a rate and are none: `a year earlier`."""
    per_before: Table = field(default_factory=dict)
    """The same, said before the number: `price of one`."""
    rates: Table = field(default_factory=dict)
    """What a number is a rate over -> adjectives that stand before it: `annual`, `mensuelle`."""
    shares: Words = ()
    """Words for shares of a company, whose price is that of one."""
    each: Words = ()
    """Words that make the cost that follows that of one thing: `each`, `chaque`."""
    holding: Table = field(default_factory=dict)
    """Verbs of what one thing has of others: `each carries`."""
    homonyms: Words = ()
    """Units whose names in small numbers are things, unless a measure is spoken of: `five yards` are shipyards."""
    worths: Words = ()
    """Those of `costs` that tell the sum of a deal as well: `worth`."""
    costs: Table = field(default_factory=dict)
    """Stems of verbs of costing by their endings."""
    apart: Table = field(default_factory=dict)
    """The same, said anywhere in the clause: `every year`, `chaque jour`."""
    areas: Words = ()
    """How a length makes an area, `{}` for its name: `square {}`."""
    volumes: Words = ()
    """How a length makes a volume: `cubic {}`."""
    properties: Words = ()
    """Words near a length or weight that make it a statement and no part of a name: `range`, `portée`."""
    deal_times: Words = ()
    """Words before a duration that make it a property of the deal: `lead time`, `délai`."""
    deal_times_behind: Words = ()
    """The same right behind the span: `14 months late`."""


@dataclass(frozen=True)
class QualifierWords:
    """What the wording does to a number."""

    before: Table
    after: Table = field(default_factory=dict)
    skip: Words = ()
    """Words that may stand between a qualifier and its number: `the`."""
    stuck: Table = field(default_factory=dict)
    """Qualifier -> words that a hyphen joins to the end of a number: `20-odd`, `30-plus`."""
    definites: Words = ()
    """Those of them that make the number a known one, so that a qualifier before them only compares."""
    adverbs: Words = ()
    """Words that may stand between a verb that is a qualifier and its number: `dépasse désormais`."""
    barely: Words = ()
    """Words that may stand before the size of a change: `à peine`."""
    only: Words = ()
    """Qualifiers that say no more than `only` behind one of `nots`: `il n'en reste plus que 12`."""
    nots: Words = ()


@dataclass(frozen=True)
class RangeWords:
    """How two numbers make one range."""

    pairs: tuple[tuple[str, str], ...]
    """Opening and connecting words: `between ... and`."""
    connectors: Words
    """Words or dashes between the two ends without an opening word."""
    shared: Words = ()
    """Words that join two numbers of which only the second carries magnitude and unit: `2,2 puis 3 milliards`."""
    hedges: Words = ()
    """Words before a second, less sure number, which says for both what is counted: `300, voire 400 chars`."""


@dataclass(frozen=True)
class ChangeWords:
    """What tells a percentage that is a change from one that is a share."""

    rise: Words
    fall: Words
    rise_verbs: Table
    """Stems of verbs that say a rise, by their endings: `"- s ed ing" = ["climb"]`."""
    fall_verbs: Table
    level_verbs: Table
    """Stems of verbs that bring a quantity from one level to another: `went from 2 % to 3 %`."""
    by: Words
    """Prepositions that bring the size of a change."""
    to: Words
    """Prepositions that bring the level reached."""
    more: Words
    """What after the percentage says more."""
    less: Words
    restating: Words = ()
    """Words between a change in money and the same in percent: `rose by $2bn, or 5 %`."""
    by_parts: Words = ()
    """Articles that stand for one of `by` before a fraction: `réduites des deux tiers`."""
    levels: Words = ()
    """Nouns of a level, whose percentage is no change: `part`, `taux`."""
    into: Words = ()
    """Prepositions that bring the part left of what is cut: `in half`."""
    more_apart: Words = ()
    """What says more behind the noun: `30 % de crédits en plus`."""
    less_apart: Words = ()
    nouns: Words = ()
    """Names of changes, whose size may follow a verb: `the fall was ... at 57 percent`."""
    part_more: Words = ()
    """What says more right behind a fraction: `moitié plus`."""
    part_less: Words = ()
    excesses: Words = ()
    """Names of a rise that have no level: `overrun`."""
    exceeding: Words = ()
    """Verbs that with a word of `by` tell by how much something is more: `dépasse de`."""
    sizes: Words = ()
    """What brings the size of a change that a noun names: `at`, `atteint`."""
    not_moves: Words = ()
    """Phrases that end like a change and are none: `make up`."""
    not_more_or_less: Words = ()
    """Phrases that begin like what says more or less and do not: `up front`, `down payment`."""
    growths: Words = ()
    """Names of a change that may be a goal: `growth` in `the growth target was raised to 5 %`."""


@dataclass(frozen=True)
class CountingWords:
    """Which words a number counts, and which it only enumerates."""

    head: str
    """`last` where the head noun ends the phrase (English), `first` where it begins it (French)."""
    linkers: Words
    """Words between a magnitude or collective and the thing counted: `of`, `d'`."""
    stops: Words
    """Words that end a noun phrase: prepositions, conjunctions, auxiliaries, frequent verbs."""
    goods: Words
    """Things that articles on defence count."""
    persons: Words
    bodies: Words
    """Nouns that are listed up to ten and counted beyond: `countries`, `members`."""
    enumerations: Words
    """Nouns that are listed rather than counted: `priorities`, `options`."""
    numerous: Words = ()
    """Those of them that are counted beyond ten: `projects`, `types`."""
    delegates: Words = ()
    """The same of people: `lawmakers`."""
    participles: Words = ()
    """Those of the stops that may stand between a number and the things it counts: `used` in `24 used jets`."""
    inner_linkers: Words = ()
    """Words inside a noun phrase whose head comes first: `de` in `chars de combat`."""
    masses: Words = ()
    """Things counted by the million, behind which `m` is no metre: `1m shells`."""
    rhetorical: Words = ()
    """Nouns that make a round number a figure of speech: `thanks`, `fois`."""
    others: Words = ()
    """Words that stand for the thing counted before: `others`, `autres`."""
    singulars: Words = ()
    """Articles before one definite thing, which no million counts: `du`, `la`."""
    monies: Words = ()
    """Nouns that millions of are money: `166 millions de dividendes`."""
    myriads: Words = ()
    """Things of which there are billions: `cartridges`."""
    focus: Words = ()
    """Words that make the states behind them the point of a sentence: `only` in `only three allies met the goal`."""
    headcounts: Words = ()
    """Words that make a number without a noun one of people: `headcount`, `effectifs`."""
    crowds: Words = ()
    """Nouns that in large numbers are people: `20,000 additional forces`."""
    destined: Words = ()
    """Verbs between a part of a sum and what it goes to: `of which 23 will go to`."""
    verb_endings: Words = ()
    """Endings that no noun has: French `-eront`."""
    relatives: Words = ()
    """What stands for the things of which a number counts a part: `of which`."""
    wholes: Words = ()
    """What leads in how many there are of the things of which a part was counted: `24 tanks out of 40`."""
    sums: Table = field(default_factory=dict)
    """Stems of verbs, by their endings, with which a pronoun before a bare number stands for a sum: `en réclame 45`."""
    options: Words = ()
    """What leads in how many more of the things counted before may be bought: `an option for 50`."""
    insiders: Words = ()
    """What stands behind people who are quoted and not counted: `two people familiar with the plan`."""
    crews: Words = ()
    """What leads in how many people there are, without a noun for them: `a crew of 54`."""
    contrasts: Words = ()
    """What sets a bare number beside the share or sum before it: `down from 72`, `contre 7`."""
    peopled: Table = field(default_factory=dict)
    """Stems of verbs, by their endings, behind which a bare number counts people: `killed 12`."""
    fates: Words = ()
    """What a bare number with an auxiliary between is said to have become of people: `12 were killed`."""
    tolls: Words = ()
    """Nouns of which a bare number is told by a verb of change: `the death toll rose to 45`."""
    strengths: Words = ()
    """What a hyphen joins to a number of people: `a 5,000-strong brigade`."""
    bundles: Words = ()
    """Wholes of which a number joined to a thing by a hyphen says how many they hold: `a 48-aircraft order`."""
    no_ones: Words = ()
    """Words behind `one` that make it a pronoun or an adjective: `one such`, `one of the best`."""
    numbering: Words = ()
    """What leads in how many there are of the things just named: `au nombre de`."""
    totals: Words = ()
    """Words beside a sum behind a unit price that is one of all units: `for a total of`, `in all`."""
    people_relatives: Words = ()
    """Words behind the number of a part that make it one of people: `300 of whom`."""
    addresses: Words = ()
    """Nouns before which digits are the number of a house: `2150 Wilson Boulevard`, `12 rue de la Paix`."""
    time_zones: Words = ()
    """Nouns that make four digits an hour: `1630 GMT`."""
    ratios: Words = ()
    """Words that make a number with decimals a ratio: `a ratio of 1.14`."""
    pairs: Words = ()
    """People who, few and behind a definite article, are named rather than counted: `the two men`."""
    partitives: Words = ()
    """Pronouns for what a number counts a part of: French `en` in `elle en a commandé 88`."""
    handled: Table = field(default_factory=dict)
    """Stems of verbs, by their endings, behind which a bare number counts the things counted before: `has delivered 61`."""
    payments: Table = field(default_factory=dict)
    """Stems of verbs of paying by their endings: with them, millions without a noun are money."""
    tallies: Words = ()
    """Words for how many there are: `number`."""
    sum_adjectives: Words = ()
    """Adjectives of the part of a sum: `dont 198 fermes`."""
    list_joints: Words = ()
    """What stands between two things of one list: `and`, `ainsi que`."""
    formations: Words = ()
    """Names of formations, which a number names and does not count: `51 Division`."""
    parallels: Words = ()
    """Words before a bare number that set it beside the quantity before it: `against`, `contre`."""
    numbers_of: Words = ()
    """What says of which things a later number is one: `number of`, `nombre de`."""
    versus: Words = ()
    """What stands between the two sides of a vote: `by 244 votes to 103`, `244 voix contre 103`."""


@dataclass(frozen=True)
class ScreenWords:
    """What shows that a number is no claim."""

    ordinals: Words
    ordinal_suffixes: Words
    identifiers: Words
    """Words before a number that make it a label: `page`, `room`."""
    ages: Words
    """Words before a number that make it an age: `aged`."""
    law_codes: Words = ()
    """Names of codes of law beside which a number is that of a section: `U.S.C.`."""
    age_units: Words = ()
    """Time units after which a person's age is meant when a person stands before: `ans`."""


@dataclass(frozen=True)
class StageWords:
    """Cues of stage, modality, aggregation and topic (`etl/extract/stages/reading.py`)."""

    endings: dict[str, Table] = field(default_factory=dict)
    """Name of a conjugation -> form -> endings.

    Forms are `base`, `infinitive`, `present`, `past`, `future`, `conditional`, `going`."""
    verbs: Table = field(default_factory=dict)
    """Act -> verbs as `stem|conjugation` or `word|form`, with further words after a blank: `hand|ed over`."""
    nouns: Table = field(default_factory=dict)
    """Act -> words other than verbs that say it."""
    moods: Table = field(default_factory=dict)
    """Mood -> the auxiliaries, adverbs and nouns that give it."""
    conditions: Words = ()
    """Words that make the whole sentence conditional."""
    negations: Words = ()
    none: Words = ()
    """Negations of the number itself, right before it: `none of the 14`."""
    infinitives: Words = ()
    """Words that make a plain verb an infinitive: `to`. Languages with an infinitive form need none."""
    parts: Words = ()
    """Words between a number that is done and the whole that it is a part of: `10 of the 36`."""
    partials: Words = ()
    """Words right before a number of which only a part is done: `the first of the`."""
    legislatures: Words = ()
    """Who votes money: what they agree to is an appropriation and no pledge."""
    options: Words = ()
    """Words before a number that may be ordered besides: `an option on`."""
    covers: Words = ()
    """Words that tell what a deal told of before has in it: `covers`."""
    cancels: Words = ()
    """Words that take back the deal beside them: `was called off`."""
    licences: Words = ()
    """Words of permits to export, which speak of trade and not of one purchase."""
    pending: Words = ()
    """Words that say that what is not done is still to come: `yet to`."""
    optionals: Words = ()
    """Words behind a number that may be ordered besides: `en option`."""
    zeros: Words = ()
    """Words that say that nothing of the number before came: `not one`."""
    norms: Words = ()
    """The wholes that norms of spending are measured by: `GDP`."""
    suffixes: Table = field(default_factory=dict)
    """Mood -> endings that give it to a verb which no table names."""
    restatements: Words = ()
    """Words between a number and the same quantity in another unit or currency: `or`, `soit`."""
    values: Words = ()
    """Words that give goods their worth: money after them stands for the goods."""
    denials: Words = ()
    """Words that deny the rest of the sentence: `denied reports that`."""
    auxiliaries: Words = ()
    """Single words that make a participle the verb of its sentence: `has`, `were`."""
    passives: Words = ()
    """Those of them that make it passive: `were`."""
    participial: Words = ()
    """Single words after a participle that show it to be one: `by` in `a programme agreed by the allies`."""
    starts: Words = ()
    """Single words before the first number of a rise or fall: `from` in `from 30 to 80 a month`."""
    ends: Words = ()
    """Single words before the last number of a rise or fall: `to`."""
    remainders: Words = ()
    """Single words before a number that is part of what was told of before: `remaining` in `the remaining 12`."""
    indefinites: Words = ()
    """Single words before a noun that names no stock that is held, but one that is got: `a` in `ordered a fleet of 12`."""
    possession: Words = ()
    """Single words right before what is held: `has` in `has 42 jets`."""
    drafts: Words = ()
    """Names of budgets and bills that are not voted yet: what follows of them is proposed."""
    exchange: Words = ()
    """Single words right before what goods are bought for: `for` in `buy 20 launchers for $400m`."""
    recents: Words = ()
    """Words that make an infinitive an act just done: `vient de` in `vient de commander`."""
    intentions: Words = ()
    """Words that make an infinitive what somebody means to do, where they mean something else alone: `compte`."""
    ballots: Words = ()
    """Words after a number of votes."""
    progressives: Words = ()
    """Words that make a participle an act under way: `is` in `is sending`."""
    comparisons: Words = ()
    """Words before a number that the number before is measured against: `up from 12`."""
    aggregates: Table = field(default_factory=dict)
    """`total`, `stock`, `single`, `whole` (right beside the number), `span` (of time), `done` -> words."""
    topics: Table = field(default_factory=dict)
    """Topic -> words that speak for it."""
    hints: Table = field(default_factory=dict)
    """Topic -> words that only hint at it."""
    breaks: Words = ()
    """Words that begin another clause."""
    subordinates: Words = ()
    """Words that begin a clause of another statement, a higher wall than `breaks`: `although`."""
    ignore: Words = ()
    """Longer wordings that hold a cue and mean something else."""


@dataclass(frozen=True)
class RoleWords:
    """Cues of who does what to whom (`etl/extract/roles/binding.py`)."""

    determiners: Words = ()
    definites: Words = ()
    """Determiners of the singular that point back to somebody named: `the`, `ce`, `son`."""
    possessives: Words = ()
    """Determiners that stand for an owner: `its`, `leur`."""
    pronouns: Words = ()
    anaphors: Words = ()
    """Pronouns that stand for a party as the subject: `it`, `elle`."""
    contrasts: Words = ()
    """Words before a figure that another is compared with: `against`, `contre`."""
    no_objects: Words = ()
    """Words that look like nouns and are none alone: `pièce`, `capita`."""
    classifiers: Words = ()
    """Nouns that count pieces of something named elsewhere: `exemplaires`."""
    respective: Words = ()
    """Words that give each figure of a list to its own party: `respectively`."""
    obliques: Words = ()
    """Pronouns behind a preposition: `them`, `eux`."""
    conjunctions: Words = ()
    subordinators: Words = ()
    """Words that open a clause inside the sentence: `that`, `when`, `qui`."""
    auxiliaries: Words = ()
    """Auxiliary verbs, their negations and particles."""
    adverbs: Words = ()
    """Words that end a noun phrase without being any of the others: `already`, `mardi`."""
    prepositions: Table = field(default_factory=dict)
    """What a preposition may say (`of`, `recipient`, `purpose`, `supplier`, `agent`, `place`, `other`) -> the words."""
    compounds: Table = field(default_factory=dict)
    """The same for prepositions of several words, without the plain one that ends them (`on behalf` for `on behalf of`);
    `adverb` holds those that govern nothing (`au total`)."""
    verbs: Table = field(default_factory=dict)
    """Endings with blanks between them (`-` is none) -> stems; every stem with every ending is a verb form."""
    homographs: Table = field(default_factory=dict)
    """The same for verb forms that are nouns as well (`orders`); the words around them decide."""
    predicate_suffixes: Words = ()
    """Endings by which a word that is not listed is a verb after an auxiliary or a subject pronoun: `ed`, `ées`."""
    opening_suffixes: Words = ()
    """Endings of listed verb forms that may open a sentence: `Réunis mercredi`, `Asked about`."""
    verb_suffixes: Words = ()
    """Endings by which a word that is not listed is a verb: `aient`."""
    infinitive_suffixes: Words = ()
    """Endings of verb forms that may follow an `of`: `de livrer`."""
    heads_first: bool = False
    """Whether the noun opens its phrase (`avions de combat américains`) or closes it (`American combat aircraft`)."""
    adjectives: Words = ()
    """Words that only stand before nouns, so that the next word is no verb: `military` in `military support`."""
    participle_suffixes: Words = ()
    """Endings of verb forms that may be nouns as well, and take an object: `deterring Russia`."""
    passives: Words = ()
    """Auxiliaries of the passive, after which a verb of saying has no speaker as its subject: `has been said`."""
    clitics: Words = ()
    """Pronouns between a subject and its verb: `lui` in `le ministre lui a répondu`."""
    company_suffixes: Words = ()
    """Legal forms and words that end the names of companies: `GmbH`, `Industries`."""
    giving: Words = ()
    """Verb forms whose object is the one who gets: `promised Ukraine`, `helping Ukraine`."""
    figures: Words = ()
    """Words for figures, which say nothing themselves: `statistics published by the ministry`."""
    honorifics: Words = ()
    """Words before the name of somebody who speaks, at the head of his turn in a transcript: `mr`, `dame`."""
    genitive_marks: Words = ()
    """What after an apostrophe makes the name before it an owner: `s`."""
    first_person: Words = ()
    """Pronouns and possessives of the one who speaks: `we`, `notre`."""
    open_relatives: Words = ()
    """Relative pronouns that stand for the noun before them as a subject."""
    cues: Table = field(default_factory=dict)
    """What a phrase announces (`saying`, `announcing`, `according`, `comparison`, `share`, `purpose`, `receiving`,
    `interview`) -> the phrases."""
    nouns: Table = field(default_factory=dict)
    """Classes of nouns -> words: who may act (`title`, `institution`, `company`, `state`, `alliance`, `programme`), what
    is traded (`goods`), what is no object (`amount`), aid (`aid`), the economy (`economy`) and what is spent on arms
    (`spending`)."""


@dataclass(frozen=True)
class DateWords:
    """Words of time (`etl/extract/dates/reading.py`). Words are matched in any case; a table's keys are numbers as text."""

    day_first: bool = True
    """Whether `05/06/2023` is the fifth of June."""
    month_first: bool = False
    """Whether a day may follow its month: `September 8`."""
    capital_months: bool = False
    """Whether month names are written with a capital."""
    months: Table = field(default_factory=dict)
    """Number of the month -> names, all inflections, abbreviations without their stop."""
    doubtful: Words = ()
    """Month and weekday names that are other words too: a month only beside a number or after a preposition."""
    weekdays: Table = field(default_factory=dict)
    """Number of the day, Monday 1 -> names."""
    ordinal_endings: Words = ()
    """What may stick to a day of the month: `th` in `27th`."""
    day_links: Words = ()
    """Between day, month and year: `of` in `27th of September`."""
    range_links: Words = ()
    """Between two days, months or years that begin and end a span: `to` in `27 to 29 September`."""
    list_links: Words = ()
    """Between two days, months or years that stand side by side: `and`."""
    range_leads: Words = ()
    """Before the first of two dates: `between`, `from`."""
    month_leads: Words = ()
    """Prepositions of a month alone: after `in March` no day follows."""
    year_leads: Words = ()
    """Words before a year: `since`, `in`. Without one, a round number such as 2000 is no year."""
    followers: Words = ()
    """Function words that may follow a date: a number before another small word counts something."""
    amount_words: Words = ()
    """Words after a number that make it an amount: `million`, `km`."""
    decade_endings: Words = ()
    """What makes a decade of a year: `s` in `1990s`."""
    campaigns: Words = ()
    """What a half or quarter may be one of that is no year: `the first six months of the war`."""
    decade_words: Words = ()
    """Words before a decade: `années` in `années 1990`."""
    decade_leads: Words = ()
    """Words before two digits that make a decade with an ending: `the` in `the 90s`."""
    fiscal: Words = ()
    """Words before a year that say the accounting year: `fiscal`, `FY`."""
    halves: Table = field(default_factory=dict)
    """Number of the half-year -> its names."""
    openings: Table = field(default_factory=dict)
    """Number of months -> names of so many from the beginning of a year on: `first nine months`."""
    periods: Table = field(default_factory=dict)
    """How a period lies and its months -> names of it: `next 120` -> `over the next decade`."""
    quarters: Table = field(default_factory=dict)
    seasons: Table = field(default_factory=dict)
    """Number of the month that a season begins in -> its names; under 0 names that hold which year is meant: `this spring`."""
    hour_marks: Words = ()
    """Signs of the hour: `h` in `17 h 42`."""
    hour_words: Words = ()
    """Words after the hour, where a word of `hour_leads` stands before it."""
    hour_leads: Words = ()
    meridiem: Words = ()
    """Words that make an hour of any number: `p.m.`."""
    relative: Table = field(default_factory=dict)
    """`year -1` -> `last year`: unit and distance from the date of the article."""
    anaphoric: Table = field(default_factory=dict)
    """`year -1` -> `a year earlier`: unit and distance from the date last spoken of."""
    since_leads: Words = ()
    """Before a date from which a sum or state has run on: `since`."""
    start_leads: Words = ()
    """The same before a year that is named by its beginning: `since the start of`."""
    edge_words: Words = ()
    """Before the second date of a span: `the end of` in `between 2022 and the end of 2024`."""
    deadline_leads: Words = ()
    """Before a date until which something is to be reached: `by`."""
    comparison: Words = ()
    """Words after which another figure, with another date, is compared: `against`."""
    comparison_gap: Words = ()
    """Words between one of these and its date: `the same period of`."""
    superlatives: Words = ()
    """Words that before `since` make its date that of the last time: `first`, `highest`."""
    no_superlatives: Words = ()
    """Phrases that end like one of these and are none: `at least`."""
    change_leads: Words = ()
    """The same as `comparison` right behind a change: `on` in `up 12 % on 2022`."""
    clause_words: Words = ()
    """Words that open a relative clause."""
    part_names: Words = ()
    """Names of the quarter, half-year or months that were named before: `in the quarter`."""
    so_far: Words = ()
    """Words that make a sum one up to the date of the article: `to date`."""
    years_to: Words = ()
    """What stands between a number of years and the last of them: `the five years to 2027`."""
    closings: Table = field(default_factory=dict)
    """Number of months -> what makes the month behind it the last of so many: `the year to`, `the six months to`."""
    stand_leads: Words = ()
    """Before the day that the data of an article reach to: `as of`."""
    past_words: Words = ()
    past_endings: Words = ()
    """Verbs, or their endings, that put a sentence in the past."""
    perfect_words: Words = ()
    """Auxiliaries that put the verb after them in the past, where it has one of `perfect_endings`."""
    future_words: Words = ()
    """Verbs that put a weekday beside them in the future: `will`, `va`."""
    pluperfect_words: Words = ()
    """The same in other tenses; a word for a season behind an auxiliary is a participle: `avait été`."""
    perfect_endings: Words = ()
    future_endings: Words = ()
    present_words: Words = ()
    """Words that keep a sentence in the present against a past verb: `now`, `already`."""
    shift_before: Table = field(default_factory=dict)
    """Distance -> words before a month, weekday or season: `last` -1, `this` 0, `next` 1."""
    shift_after: Table = field(default_factory=dict)
    """The same after it: `dernier`."""
    numbers: Table = field(default_factory=dict)
    """Small numbers in words, for spans of time: `5` -> `five`."""
    spans: Table = field(default_factory=dict)
    """`day`, `week`, `month`, `year`, `decade` -> words."""
    ago_before: Words = ()
    ago_after: Words = ()
    """Around a number of years: `il y a` before, `ago` after."""
    earlier_after: Words = ()
    later_after: Words = ()
    """After a number of years that counts from the date last spoken of: `two years earlier`."""
    than: Words = ()
    """Words behind these that make them a comparison: `two years later than planned`."""
    period_leads: Words = ()
    """Before a number of years that something lasts: `over`."""
    next_leads: Words = ()
    """Before a number of years that begin with the date: `over the next`."""
    past_leads: Words = ()
    """Before a number of years that end with the date: `over the past`."""
    later_leads: Words = ()
    """Before a number of years after which something happens: `within`, `d'ici à`."""
    events: Table = field(default_factory=dict)
    """ISO date -> dates that became names: `9/11`."""


@dataclass(frozen=True)
class LinkWords:
    """Cues that one figure says another again or adds others up (`etl/extract/links/reading.py`)."""

    again: Words = ()
    """Between two amounts of which the second is the first in another currency or unit: `or`, `equivalent to`."""
    fillers: Words = ()
    """What may stand beside these cues or inside the bracket: qualifiers and articles."""
    parts: Words = ()
    """Between a sum and its parts: `of which`."""
    opening: Words = ()
    """What opens the sentence behind a sum's with its parts: `this includes`."""
    sums: Words = ()
    """Near a sum whose parts stand before it: `in total`."""


@dataclass(frozen=True)
class BoilerplateWords:
    """What belongs to the page and not to the article (`etl/extract/boilerplate.py`), and the words before its date."""

    phrases: Words = ()
    """Mark the sentence that they stand in, wherever they stand: `of this article to read`."""
    openers: Words = ()
    """Mark the part of a line that begins with them: `reading time`, `read more on`."""
    counters: Words = ()
    """Mark a part of a line that is a number and these words, nothing else: `212 comments`, `views: 2 911`."""
    beside: Words = ()
    """Words that a counter's part may hold too: `of` in `page 1 of 3`, `times` in `shared 148 times`."""
    phones: Words = ()
    """Before a telephone number: `tel`."""
    published: Words = ()
    """Before the date on which the article came out (`etl/read/first_lines.py`): `published on`."""
    updated: Words = ()
    """Before the date on which it was changed."""


@dataclass(frozen=True)
class Example:
    """A text and what a rule must read in it, or must not."""

    rule: str
    """The rule that the example belongs to, such as `en.stage.delivery`."""
    text: str
    quote: str = ""
    """The number concerned, as printed; where it occurs twice, the first."""
    want: dict[str, str] = field(default_factory=dict)
    """Fields of the claim and their values, an empty string for none."""
    screened: str = ""
    """The reason for which the quote is set aside."""
    absent: bool = False
    """The quote is neither a claim nor screened."""
    published: str = "2024-06-12"


@dataclass(frozen=True)
class Pack:
    """Everything that the extractor knows of one language."""

    code: str
    """ISO 639-1."""
    name: str
    numbers: NumberWords
    currencies: CurrencyWords
    units: UnitWords
    qualifiers: QualifierWords
    ranges: RangeWords
    changes: ChangeWords
    counting: CountingWords
    screen: ScreenWords
    sentences: Sentences = field(default_factory=Sentences)
    stages: StageWords = field(default_factory=StageWords)
    roles: RoleWords = field(default_factory=RoleWords)
    dates: DateWords = field(default_factory=DateWords)
    links: LinkWords = field(default_factory=LinkWords)
    boilerplate: BoilerplateWords = field(default_factory=BoilerplateWords)
    example: tuple[Example, ...] = ()


def build_record(record: type[T], table: dict[str, Any], where: str) -> T:
    """The dataclass `record` made of a TOML table; `where` names file and section in errors."""
    hints = typing.get_type_hints(record)
    fields = dataclasses.fields(record)  # type: ignore[arg-type]
    for key in table:
        if key not in hints:
            raise ConfigurationError(f"{where}: unknown key {key!r}; known keys are {', '.join(sorted(hints))}")
    values = {}
    for item in fields:
        if item.name in table:
            values[item.name] = _convert(hints[item.name], table[item.name], f"{where}.{item.name}")
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            raise ConfigurationError(f"{where}: the key {item.name!r} is missing")
    return record(**values)


def _convert(hint: Any, value: Any, where: str) -> Any:
    """`value` as the type that `hint` asks for: tuples of lists, dicts of tables, records of tables, plain values."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return _convert(inner, value, where)
    if origin is tuple and isinstance(value, list):
        if arguments[-1] is not Ellipsis:
            _expect(len(value) == len(arguments), where, value, f"a list of {len(arguments)}")
            return tuple(_convert(a, v, where) for a, v in zip(arguments, value, strict=True))
        return tuple(_convert(arguments[0], item, f"{where}[{number}]") for number, item in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {key: _convert(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return build_record(typing.cast("type[Any]", hint), value, where)
    if origin is None and isinstance(hint, type) and isinstance(value, hint):
        _expect(not (hint is int and isinstance(value, bool)), where, value, "a whole number")
        return value
    _expect(False, where, value, str(getattr(hint, "__name__", hint)))
    return None


def _expect(condition: bool, where: str, value: Any, wanted: str) -> None:
    if not condition:
        raise ConfigurationError(f"{where}: {value!r} is not {wanted}")


@functools.cache
def available_languages() -> tuple[str, ...]:
    """The codes of the languages that have a pack, in alphabetical order."""
    return tuple(sorted(path.stem for path in LANGUAGES.glob("*.toml")))


@functools.cache
def load_pack(code: str) -> Pack:
    """The pack of a language; UsageError where there is none, ConfigurationError where its file is wrong."""
    if code not in available_languages():
        known = ", ".join(available_languages())
        raise UsageError(f"language: {code!r} has no language pack; use one of {known}")
    path = LANGUAGES / f"{code}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    pack = build_record(Pack, table, path.name)
    if pack.code != code:
        raise ConfigurationError(f"{path.name}.code: {pack.code!r} differs from the file's name")
    return pack


def check_pack(pack: Pack) -> None:
    """Raises ConfigurationError where a pack names a unit that does not exist, or gives one word two meanings.

    Not part of loading, because the registry of units takes longer to load than all packs together.
    """
    from tracker.units import is_unit

    for section, table in (("physical", pack.units.physical), ("time", pack.units.time)):
        for unit in table:
            if not is_unit(unit):
                raise ConfigurationError(f"{pack.code}.toml.units.{section}: {unit!r} is no unit; see tracker/units.txt")
    groups = {"units": {**pack.units.physical, **pack.units.time}, "currencies.names": pack.currencies.names}
    for section, table in groups.items():
        seen: dict[str, str] = {}
        for meaning, words in table.items():
            for word in words:
                if seen.setdefault(word.casefold(), meaning) != meaning:
                    other = seen[word.casefold()]
                    raise ConfigurationError(f"{pack.code}.toml.{section}: the word {word!r} means both {other} and {meaning}")


@functools.cache
def packs_hash() -> str:
    """SHA-256 (hex) over all packs and the word lists beside them, kept with each run: what the claims were read by."""
    digest = hashlib.sha256()
    for path in sorted(LANGUAGES.parent.glob("*.toml")) + sorted((LANGUAGES.parent / "extract").glob("*.toml")):
        digest.update(path.read_bytes())
    for code in available_languages():
        digest.update(code.encode())
        digest.update((LANGUAGES / f"{code}.toml").read_bytes())
    return digest.hexdigest()
