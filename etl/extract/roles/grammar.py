"""The role words of a pack, compiled: what each word may be in a sentence, and one automaton of cue phrases."""

from __future__ import annotations

from typing import Final

from etl.extract.document import Hit, Matcher, fold_text
from etl.extract.phrases import verb_forms
from etl.lexicon import Pack, RoleWords, Table
from tracker.errors import ConfigurationError

DETERMINER: Final = 1
PRONOUN: Final = 2
CONJUNCTION: Final = 4
SUBORDINATOR: Final = 8
AUXILIARY: Final = 16
ADVERB: Final = 32
VERB: Final = 64
OF: Final = 128
RECIPIENT: Final = 256
PURPOSE: Final = 512
SUPPLIER: Final = 1024
AGENT: Final = 2048
PLACE: Final = 4096
ADJACENT: Final = 1 << 24
PREPOSITION: Final = 8192
"""Set beside the sense for every preposition."""
MARK: Final = 16384
"""A punctuation mark."""
NUMBER: Final = 32768
CAPITAL: Final = 65536
QUANTITY: Final = 1 << 17
"""The word belongs to a quantity."""
GENITIVE: Final = 1 << 18
RELATIVE: Final = 1 << 19
POSSESSIVE: Final = 1 << 21
PARTY: Final = 1 << 20
"""The word belongs to the name of a party."""
FIRST_PERSON: Final = 1 << 22
ANAPHOR: Final = 1 << 23
"""A pronoun of the third person that may stand for a party as the subject."""
MAY_OWN: Final = 1 << 26
"""A genitive mark where an apostrophe stands before it."""
OPENING: Final = 1 << 25
"""A capitalised word that is a function word where a sentence begins with it; its class there is `Grammar.flags`."""
ADJECTIVE: Final = 1 << 27
"""A word that only stands before a noun."""
PARTICIPLE: Final = 1 << 28
"""A verb form that may be a noun as well."""
HOMOGRAPH: Final = 1 << 29
"""A word that is a noun as well as a verb form (`orders`), or ends as verb forms do; the words around it decide."""
CLITIC: Final = 1 << 30
"""A pronoun between a subject and its verb."""
PREDICATE: Final = VERB | AUXILIARY
ENDS_PHRASE: Final = PRONOUN | CONJUNCTION | SUBORDINATOR | AUXILIARY | ADVERB | VERB | PREPOSITION | MARK | QUANTITY
_SENSES = {
    "of": OF,
    "recipient": RECIPIENT,
    "purpose": PURPOSE,
    "supplier": SUPPLIER,
    "agent": AGENT,
    "place": PLACE,
    "adjacent": ADJACENT,
    "other": 0,
    "adverb": 0,
}


class Cue:
    """What a phrase of the pack announces, or the class of a noun; plain integers, as they are tested all the time."""

    SAYING: Final = 1
    ANNOUNCING: Final = 2
    ACCORDING: Final = 4
    RECEIVING: Final = 8
    COMPARISON: Final = 16
    PURPOSE: Final = 32
    TITLE: Final = 64
    INSTITUTION: Final = 128
    COMPANY: Final = 256
    STATE: Final = 512
    ALLIANCE: Final = 1024
    PROGRAMME: Final = 2048
    SALE: Final = 4096
    """Words of a sale that somebody permits, as against licences in general."""
    SHARE: Final = 8192
    INTERVIEW: Final = 16384
    PORTION: Final = 131072
    """Nouns that count the thing behind an `of`: `rounds of ammunition`."""
    AID: Final = 32768
    AMOUNT: Final = 65536
    GOODS: Final = 262144
    ECONOMY: Final = 524288
    SPENDING: Final = 1048576
    SOURCE: Final = 1 << 21
    """Nouns of who or what may say something besides titles and described parties: `tally`, `diplomat`."""
    ADDRESSING: Final = 1 << 22
    """Verbs of saying with the hearer as their object, so that nobody who speaks follows: `told reporters`."""
    COMPOUND: Final = 1 << 23
    """A preposition of several words; the bits above number its sense among `Grammar.senses`."""


_SENSE_SHIFT: Final = 24
_CLASSES: Final[dict[str, int]] = {name: value for name, value in vars(Cue).items() if name.isupper()}
DESCRIPTION: Final = Cue.INSTITUTION | Cue.COMPANY | Cue.STATE | Cue.ALLIANCE | Cue.PROGRAMME


class CueMatcher(Matcher[int]):
    """The cue phrases of a pack, found in one sentence at a time."""

    def find_between(self, folded: str, start: int, end: int) -> list[Hit[int]]:
        """The cues of `text[start:end]`, with their offsets in the text."""
        return self.find(folded[start : end + 1], start)


class Grammar:
    """The compiled role words of one pack."""

    def __init__(self, pack: Pack) -> None:
        words = pack.roles
        self.flags = _word_flags(words, pack.code)
        for word in pack.numbers.cardinals:
            self.flags.setdefault(word.lower(), NUMBER)
        self.words: dict[str, int] = {}
        """Class of each printed word met so far; emptied when it grows large."""
        compounds = _senses_of(words.compounds, pack.code, "compounds")
        self.senses = sorted(set(compounds.values()))
        """The classes that the words of a compound preposition take."""
        self.cues = CueMatcher(_cue_classes(words, pack.code, compounds, self.senses))
        self.interview = tuple(fold_text(phrase.strip()) for phrase in words.cues.get("interview", ()))
        self.genitives = frozenset(words.genitive_marks)
        self.passives = frozenset(words.passives)
        self.finites = frozenset(_finite_forms(words))
        """Homographs that are no infinitives: `contracts`."""
        self.titles = frozenset(word for phrase in words.nouns.get("title", ()) for word in phrase.split())
        self.no_objects = frozenset(words.no_objects)
        self.classifiers = frozenset(words.classifiers)
        self.giving = frozenset(words.giving)
        self.first_person = frozenset(words.first_person)
        self.aid = frozenset(words.nouns.get("aid", ()))
        self.verb_suffixes = words.verb_suffixes
        self.participle_suffixes = words.participle_suffixes
        self.infinitives = words.infinitive_suffixes
        self.predicate_suffixes = words.predicate_suffixes
        self.opening_suffixes = words.opening_suffixes
        self.abbreviations = frozenset(pack.sentences.abbreviations)
        self.definites = frozenset(words.definites)
        self.heads_first = words.heads_first
        tables = (pack.dates.weekdays, pack.dates.months)
        self.calendar = frozenset(name.lower() for table in tables for names in table.values() for name in names)
        """The names of days and months."""

    def sense(self, cue: int) -> int:
        """The class that the words of a compound preposition take."""
        return self.senses[cue >> _SENSE_SHIFT]


def _word_flags(words: RoleWords, code: str) -> dict[str, int]:
    flags: dict[str, int] = {}
    classes: list[tuple[int, tuple[str, ...]]] = [
        (DETERMINER, words.determiners),
        (DETERMINER | POSSESSIVE, words.possessives),
        (PRONOUN, words.pronouns),
        (CONJUNCTION, words.conjunctions),
        (SUBORDINATOR, words.subordinators),
        (AUXILIARY, words.auxiliaries),
        (ADVERB, words.adverbs),
        (PRONOUN | ANAPHOR, words.anaphors),
        (PRONOUN | CLITIC, words.clitics),
        (RELATIVE, words.open_relatives),
        (FIRST_PERSON, words.first_person),
        (ADJECTIVE, words.adjectives),
    ]
    for flag, entries in classes:
        for word in entries:
            flags[word.lower()] = flags.get(word.lower(), 0) | flag
    for word, sense in _senses_of(words.prepositions, code, "prepositions").items():
        flags[word] = flags.get(word, 0) | sense
    for flag, table in ((VERB | HOMOGRAPH, words.homographs), (VERB, words.verbs)):
        for form in verb_forms(table):
            flags.setdefault(form, flag)
    for name in ("saying", "announcing", "receiving"):
        for phrase in words.cues.get(name, ()):
            if " " not in phrase:
                flags.setdefault(phrase, VERB)
    return flags


def _senses_of(table: Table, code: str, section: str) -> dict[str, int]:
    """The class of each preposition of a table of senses."""
    senses: dict[str, int] = {}
    for sense, phrases in table.items():
        if sense not in _SENSES:
            raise ConfigurationError(f"{code}.toml.roles.{section}: unknown sense {sense!r}")
        for phrase in phrases:
            key = phrase.lower()
            senses[key] = senses.get(key, 0) | (ADVERB if sense == "adverb" else PREPOSITION | _SENSES[sense])
    return senses


def _finite_forms(words: RoleWords) -> list[str]:
    """The forms of homographs with any ending but the first, which makes the infinitive."""
    return [
        form
        for endings, stems in words.homographs.items()
        for form in verb_forms({" ".join(endings.split()[1:]): stems})
    ]


def _cue_classes(words: RoleWords, code: str, compounds: dict[str, int], senses: list[int]) -> dict[str, int]:
    classes: dict[str, int] = {}
    for phrase, sense in compounds.items():
        classes[fold_text(phrase)] = Cue.COMPOUND | senses.index(sense) << _SENSE_SHIFT
    for section, table in (("cues", words.cues), ("nouns", words.nouns)):
        for name, phrases in table.items():
            if name.upper() not in _CLASSES:
                raise ConfigurationError(f"{code}.toml.roles.{section}: unknown class {name!r}")
            for phrase in phrases:
                key = fold_text(phrase.strip())
                classes[key] = classes.get(key, 0) | _CLASSES[name.upper()]
    return classes


_GRAMMARS: dict[str, Grammar] = {}


def pack_grammar(pack: Pack) -> Grammar:
    """The grammar of a pack, compiled once."""
    if pack.code not in _GRAMMARS:
        _GRAMMARS[pack.code] = Grammar(pack)
    return _GRAMMARS[pack.code]
