"""The parties that a text names: one automaton over `seeds/party_names.csv`, longest name first.

The wording stays as printed; the party is resolved where the name means one party only. Whether a word is a name is
decided on the printed capitals (`US` and not `us`, `Turkey` and not `turkey`).
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.extract.document import Document, Hit, Matcher, fold_text
from etl.extract.readings import Mention
from etl.lexicon import available_languages, load_pack
from tracker.errors import ConfigurationError
from tracker.resources import resource_path

KINDS = frozenset({"state", "body", "company", "programme", "weapon", "person"})
FORMS = frozenset({"name", "acronym", "adjective", "metonym", "capital", "personal"})
"""`personal`: a name that people bear too (`Jordan`), refused beside another capitalised word."""
_SHORT_ACRONYM = 3
_INTERNATIONAL = frozenset({"company", "weapon"})
"""Kinds of parties whose names are the same everywhere."""


class Party(NamedTuple):
    """A row of `seeds/parties.csv`."""

    id: str
    kind: str
    name: str
    iso: str
    """ISO 3166-1 alpha-2 code of a state, else empty."""
    country: str
    """Identifier of the state that the party belongs to, empty where it belongs to none or several."""
    home: str
    """Identifier of the party that it stands for (a ministry: its state), empty where it stands for itself."""


class Name(NamedTuple):
    """What a name in a text may mean."""

    party: str | None
    """Identifier of the party, None where the name means several."""
    kind: str
    form: str
    country: str
    """Identifier of the state that the party is or belongs to, empty where unknown."""
    is_capitalised: bool
    """Whether the name must be printed with a capital."""
    is_observer: bool
    """Whether the party reports the figures of others and rarely acts itself: institutes, auditors, newspapers."""


COMPANY_NOUN = "company noun"
COMPANY_SUFFIX = "company suffix"
WORDS = frozenset({COMPANY_NOUN, COMPANY_SUFFIX})
"""Kinds of words that are no names: what a company is called, and the endings of the names of companies."""
_COMPANY_NOUN = Name(None, COMPANY_NOUN, "name", "", False, False)
_COMPANY_SUFFIX = Name(None, COMPANY_SUFFIX, "name", "", True, False)


@functools.cache
def load_parties() -> dict[str, Party]:
    """All known parties by identifier; ConfigurationError where the table is wrong."""
    parties: dict[str, Party] = {}
    for number, row in _read_rows("parties.csv"):
        party = Party(**row)
        where = f"seeds/parties.csv:{number}"
        if party.kind not in KINDS:
            raise ConfigurationError(f"{where}: kind {party.kind!r} is not one of {', '.join(sorted(KINDS))}")
        if party.id in parties:
            raise ConfigurationError(f"{where}: id {party.id!r} stands twice")
        parties[party.id] = party
    return parties


@functools.cache
def name_matcher(language: str) -> Matcher[Name]:
    """The automaton of a language: its own names, and the names of companies and weapons in any language."""
    parties = load_parties()
    observers = {row["party"] for _, row in _read_rows("party_observers.csv")}
    names: dict[str, Name] = {}
    for number, row in _read_rows("party_names.csv"):
        if row["form"] not in FORMS or row["party"] not in parties:
            raise ConfigurationError(f"seeds/party_names.csv:{number}: unknown party or form: {row}")
        party = parties[row["party"]]
        if row["language"] != language and party.kind not in _INTERNATIONAL:
            continue
        surface = fold_text(row["name"])
        known = names.get(surface)
        if known is None:
            country = party.id if party.kind == "state" else party.country
            names[surface] = Name(party.id, party.kind, row["form"], country, row["name"][0].isupper(), party.id in observers)
        elif known.party != party.id:
            names[surface] = known._replace(party=None, country="")
        elif row["name"][0].islower():
            names[surface] = known._replace(is_capitalised=False)
    if language in available_languages():  # the tables know names in more languages than there are packs
        roles = load_pack(language).roles
        for word, surfaces in ((_COMPANY_NOUN, roles.nouns.get("company", ())), (_COMPANY_SUFFIX, roles.company_suffixes)):
            for surface in surfaces:
                names.setdefault(fold_text(surface), word)
    return Matcher(names)


@functools.cache
def home_words(language: str) -> Matcher[str]:
    """The automaton over `seeds/home_words.csv`: the state whose home news a word tells of (`NDAA`, `Opex`, its ministers)."""
    words: dict[str, str] = {}
    for number, row in _read_rows("home_words.csv"):
        if row["country"] not in load_parties():
            raise ConfigurationError(f"seeds/home_words.csv:{number}: unknown country {row['country']!r}")
        if row["language"] in (language, ""):
            words[fold_text(row["name"])] = row["country"]
    return Matcher(words)


@functools.cache
def display_names(language: str) -> dict[str, str]:
    """The plain name of each party in a language, by identifier; the table's own name where it has none there."""
    shown = {party.id: party.name for party in load_parties().values()}
    seen: set[str] = set()
    for _, row in _read_rows("party_names.csv"):
        if row["language"] == language and row["form"] == "name" and row["party"] not in seen:
            seen.add(row["party"])
            shown[row["party"]] = row["name"]
    return shown


@functools.cache
def people_names(language: str) -> frozenset[str]:
    """The names of the people of states, in lower case: `canadians`, `canadiens`; adjectives of the same form included."""
    return frozenset(_names_of_states(language, "adjective"))


@functools.cache
def state_words(language: str) -> frozenset[str]:
    """The names of states that are one word, in lower case: `namibia`."""
    return frozenset(name for name in _names_of_states(language, "name") if name.isalpha())


@functools.cache
def state_names(language: str) -> frozenset[str]:
    """The names of states and their capitals, folded: `united kingdom`, `paris`."""
    names = (name for form in ("name", "capital") for name in _names_of_states(language, form))
    return frozenset(fold_text(name).strip() for name in names)


def _names_of_states(language: str, form: str) -> Iterator[str]:
    states = {party.id for party in load_parties().values() if party.kind == "state"}
    rows = (row for _, row in _read_rows("party_names.csv") if row["language"] == language and row["form"] == form)
    return (row["name"].lower() for row in rows if row["party"] in states)


def find_names(document: Document) -> list[Hit[Name]]:
    """The names of parties in a document, in text order, without overlaps."""
    return find_names_and_words(document)[0]


def find_names_and_words(document: Document) -> tuple[list[Hit[Name]], list[Hit[Name]]]:
    """The names of parties in a document, and the words beside which an unknown company may be named."""
    text = document.text
    hits = name_matcher(document.pack.code).find(document.folded)
    names = [hit for hit in hits if hit.value.kind not in WORDS and _is_name(text, hit)]
    if len(names) == len(hits):
        return names, []
    return names, [hit for hit in hits if hit.value.kind in WORDS]


def find_parties(document: Document) -> list[Mention]:
    """The parties that a document names, in text order.

    "Berlin ordered 12 howitzers from KNDS" gives `de` for `Berlin` (kind `state`) and `knds` for `KNDS`.
    """
    return [Mention(start, end, name.party, name.kind) for start, end, name in find_names(document)]


def _is_name(text: str, hit: Hit[Name]) -> bool:
    """Whether the printed capitals fit the form of the name."""
    start, end, name = hit
    first = text[start]
    if name.is_capitalised and first.islower():
        return False
    if name.form == "acronym" and end - start <= _SHORT_ACRONYM:
        return text[start:end].isupper()
    return name.form != "personal" or not (_is_capitalised_word(text, start, -1) or _is_capitalised_word(text, end, 1))


def _is_capitalised_word(text: str, position: int, step: int) -> bool:
    """Whether the word before (-1) or after (1) a name begins with a capital: `Michael Jordan`, `Chad Smith`."""
    if step > 0:
        return text[position : position + 1] == " " and text[position + 1 : position + 2].isupper()
    if text[max(position - 1, 0) : position] != " ":
        return False
    begin = max(text.rfind(mark, 0, position - 1) for mark in (" ", "\n")) + 1
    return text[begin : begin + 1].isupper() and text[position - 2].islower() and begin > 1


def _read_rows(file: str) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows of a table in `seeds/` with their line numbers."""
    with resource_path("seeds", file).open(encoding="utf-8", newline="") as handle:
        yield from enumerate(csv.DictReader(handle), start=2)
