"""Which parties a text names, how capitals decide, and that the tables of names are sound."""

from __future__ import annotations

import csv
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import open_document
from etl.extract.parties import FORMS, KINDS, display_names, find_parties, load_parties, name_matcher
from etl.lexicon import available_languages
from tracker.resources import resource_path


def named(text: str, language: str) -> list[tuple[str, str | None]]:
    """The names in a text with their parties."""
    return [(text[m.start : m.end], m.party) for m in find_parties(open_document(text, language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("en", "Berlin ordered 12 guns from KNDS.", [("Berlin", "de"), ("KNDS", "knds")], id="capital"),
        pytest.param("en", "The Pentagon thanked the UK.", [("Pentagon", "us-dod"), ("UK", "gb")], id="metonym"),
        pytest.param("en", "Let us ask the US Congress.", [("US Congress", "us-congress")], id="longest-name-and-case"),
        pytest.param("en", "They cooked a turkey in Turkey.", [("Turkey", "tr")], id="turkey"),
        pytest.param("en", "They polish shoes; Polish troops marched.", [("Polish", "pl")], id="adjective-by-capital"),
        pytest.param("en", "Later Michael Jordan spoke about Jordan.", [("Jordan", "jo")], id="surname"),
        pytest.param("en", "A plant in Georgia makes shells.", [("Georgia", None)], id="two-parties-stay-unresolved"),
        pytest.param("en", "Typhoons of the RAF flew over Kyiv.", [("RAF", "gb-air-force"), ("Kyiv", "ua")], id="whole-words"),
        pytest.param("en", "South Korean firms; Korea Aerospace Industries", [("South Korean", "kr"), ("Korea Aerospace Industries", "kai")], id="longest"),
        pytest.param("fr", "L’Élysée et Bercy sont d’accord.", [("Élysée", "fr-presidency"), ("Bercy", "fr-finance-ministry")], id="metonymes"),
        pytest.param("fr", "les chars américains et l'armée polonaise", [("américains", "us"), ("armée polonaise", "pl-army")], id="adjectifs"),
        pytest.param("fr", "Kiev, l'Otan et l'UE", [("Kiev", "ua"), ("Otan", "nato"), ("UE", "eu")], id="sigles"),
        pytest.param("fr", "Maurice et Dominique parlent du Mali.", [("Mali", "ml")], id="prenoms"),
        pytest.param("fr", "Le ministère des Armées a choisi Thales.", [("ministère des Armées", "fr-armed-forces-ministry"), ("Thales", "thales")], id="ministere"),
        pytest.param("fr", "une cible, un iris, un eau", [], id="mots-communs"),
    ],
)
def test_names(language: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert named(text, language) == expected


@pytest.mark.parametrize(("party", "home"), [("us-dod", "us"), ("ru-presidency", "ru"), ("dga", "fr"), ("de-bundeswehr", "de")])
def test_metonyms_stand_for_their_state(party: str, home: str) -> None:
    assert load_parties()[party].home == home


def test_tables_are_sound() -> None:
    parties = load_parties()
    states = {party.id for party in parties.values() if party.kind == "state"}
    assert len(states) >= 195
    assert {party.kind for party in parties.values()} <= KINDS
    for party in parties.values():
        assert not party.country or party.country in states, party
        assert not party.home or party.home in parties, party
        assert party.kind != "state" or len(party.iso) == 2, party
    with resource_path("seeds", "party_names.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["form"] for row in rows} <= FORMS
    assert len({(row["party"], row["language"], row["name"]) for row in rows}) == len(rows)
    for language in ("en", "fr", "de", "es", "it", "pl", "uk", "nl"):
        assert states <= {row["party"] for row in rows if row["language"] == language}, language
    with resource_path("seeds", "party_observers.csv").open(encoding="utf-8", newline="") as handle:
        assert {row["party"] for row in csv.DictReader(handle)} <= set(parties)
    with resource_path("seeds", "home_words.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["country"] for row in rows} <= states
    assert len({(row["language"], row["name"].lower()) for row in rows}) == len(rows)


def test_states_are_shown_by_their_plain_name() -> None:
    assert display_names("fr")["us"] == "États-Unis"
    assert display_names("en")["ua"] == "Ukraine"
    assert display_names("fr")["knds"] == "KNDS"


@pytest.mark.parametrize("language", ["de", "pl", "uk"])
def test_languages_without_a_pack_have_names(language: str) -> None:
    assert name_matcher(language).find(" " + display_names(language)["ua"].lower())


@given(st.text(max_size=200), st.sampled_from(available_languages()))
def test_any_text_gives_ordered_spans(text: str, language: str) -> None:
    found = find_parties(open_document(text, language))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
