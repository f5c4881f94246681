"""Who does what to whom in sentences whose quantities, stages and topics are given."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import extract_claims
from etl.extract import open_document
from etl.extract.document import Document, fold_text, split_sentences
from etl.extract.models import look_up
from etl.extract.readings import RoleReading, StageReading
from etl.extract.roles.binding import bind_roles, rule_roles
from etl.extract.roles.grammar import Grammar, pack_grammar
from etl.extract.roles.phrases import read_line, read_phrase, read_phrase_before, word_phrase
from etl.lexicon import Pack, RoleWords, available_languages, load_pack
from etl.records import Quantity, Span
from tracker.errors import ConfigurationError
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Stage, Topic

UNITS = {Kind.MONEY: "EUR", Kind.SHARE: "percent", Kind.CHANGE: "percent", Kind.MEASURE: "kilometer"}
SENTENCES = [json.loads(line) for line in (Path(__file__).parent / "role_sentences.jsonl").read_text("utf-8").splitlines()]


def quantity(text: str, quote: str, kind: Kind, after: int = 0) -> Quantity:
    """The quantity at the first place after `after` where `quote` stands; its value plays no part."""
    start = text.index(quote, after)
    unit = UNITS.get(kind, "item")
    return Quantity(start, start + len(quote), quote, kind, Decimal(1), Decimal(1), Qualifier.EXACT, unit, None, "test")


def stage_reading(stage: Stage | None, topic: Topic) -> StageReading:
    return StageReading(stage, Modality.ASSERTED, Aggregation.SINGLE, topic)


def bind(
    text: str,
    *quotes: str,
    language: str = "en",
    kind: Kind = Kind.COUNT,
    stage: Stage | None = Stage.CONTRACT,
    topic: Topic = Topic.PROCUREMENT,
    title: str | None = None,
) -> list[RoleReading]:
    """The roles of the quotes by the rules alone, all of one kind and stage, in text order."""
    found: list[Quantity] = []
    for quote in quotes:
        found.append(quantity(text, quote, kind, found[-1].end if found else 0))
    document = open_document(text, language, title=title)
    return rule_roles(document, found, [stage_reading(stage, topic)] * len(found))


@pytest.mark.parametrize("row", SENTENCES, ids=[f"{row['language']}:{n}" for n, row in enumerate(SENTENCES, 1)])
def test_sentences(row: dict[str, Any]) -> None:
    stage = Stage(row["stage"]) if row["stage"] else None
    roles = bind(
        row["text"], row["quote"], language=row["language"], kind=Kind(row["kind"]), stage=stage, topic=Topic(row["topic"])
    )[0]
    assert {name: getattr(roles, name) for name in row["want"]} == row["want"]


@pytest.mark.parametrize(
    ("text", "quotes", "actors"),
    [
        pytest.param("Norway gave 4 guns, Sweden 6 and Denmark 8.", ("4", "6", "8"), ["Norway", "Sweden", "Denmark"], id="list"),
        pytest.param("Spain led with 20, ahead of Italy (12).", ("20", "12"), ["Spain", "Italy"], id="brackets"),
        pytest.param("Spain bought 9 jets. It also wants 12 tanks.", ("9", "12"), ["Spain", "Spain"], id="pronoun"),
        pytest.param("MADRID, May 4 - Poland bought 9 jets.", ("9",), ["Poland"], id="dateline"),
        pytest.param("Nine ships were bought by Chile.", ("Nine",), ["Chile"], id="passive"),
        pytest.param("The navy ordered 3 corvettes.", ("3",), ["navy"], id="description"),
        pytest.param("Chile gave Peru 3 corvettes.", ("3",), ["Chile"], id="two-objects"),
        pytest.param("Analysts at SIPRI counted 3 corvettes that Chile bought.", ("3",), ["Chile"], id="observer"),
    ],
)
def test_actors(text: str, quotes: tuple[str, ...], actors: list[str]) -> None:
    assert [roles.actor for roles in bind(text, *quotes)] == actors


def test_the_title_names_whom_the_article_is_about() -> None:
    roles = bind("The contract covers 12 radars.", "12", title="Portugal buys radars from Thales")[0]
    assert (roles.actor, roles.actor_party) == ("Portugal", "pt")
    assert (roles.counterparty, roles.counterparty_party) == ("Thales", "thales")


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        pytest.param("en", "\"We ordered 9 jets,\" said Juan Soto. He added: \"And 12 tanks.\"", "Juan Soto", id="pronoun"),
        pytest.param("en", "Juan Soto, who runs the programme, said 9 jets had come, 12 had not.", "Juan Soto", id="parenthesis"),
        pytest.param("en", "The ministry promised 9 jets and 12 tanks.", None, id="a-promise-is-no-speech"),
        pytest.param("en", "According to Reuters, 9 jets and 12 tanks came.", "Reuters", id="source"),
        pytest.param("fr", "Les 9 avions et 12 chars sont là, a-t-il assuré. ", None, id="pronom-sans-personne"),
        pytest.param("fr", "Le ministre, Jean Soto, a visité le port. Les 9 avions et 12 chars sont là, a-t-il dit.", "Jean Soto", id="pronom"),
        pytest.param("fr", "D'après l'étude du Sipri, 9 avions et 12 chars ont été vendus.", "étude du Sipri", id="source-fr"),
        pytest.param("en", "Eva Lind, the fleet's chief, said that the navy had lost 9 jets and 12 tanks.", "Eva Lind", id="what-is-said-has-a-subject"),
        pytest.param("en", "The yard's manager, Eva Lind, said the navy needed 9 jets and 12 tanks.", "Eva Lind", id="name-behind-a-title"),
        pytest.param("en", "Eva Lind, of the Greens, said it was mad to buy 9 jets and 12 tanks.", "Eva Lind", id="whose-party"),
        pytest.param("en", "The fleet lost 9 jets and 12 tanks, Captain Eva Lind, 52, told reporters.", "Captain Eva Lind", id="hearers-do-not-speak"),
        pytest.param("en", "The losses came to 9 jets and 12 tanks, noted a retired commodore.", "retired commodore", id="no-clause-speaks"),
        pytest.param("en", "The fleet lost 9 jets and 12 tanks, said a juggler.", None, id="nobody-known"),
        pytest.param("en", "\"We lost 9 jets and 12 tanks,\" said Eva Lind, the navy's chief.", "Eva Lind", id="no-title-for-a-name"),
        pytest.param("en", "The navy bought 9 jets and 12 tanks, customs data show.", "customs data", id="what-shows"),
        pytest.param("en", "The navy bought 9 jets and 12 tanks, according to trade officials.", "trade officials", id="no-verb-behind-a-source"),
        pytest.param("en", "The Lind Institute in Oslo said the navy had 9 jets and 12 tanks.", "Lind Institute", id="not-where-it-is"),
        pytest.param("fr", "« Nous avons 9 avions et 12 chars », se félicite son PDG, Jean Soto.", "Jean Soto", id="verbe-pronominal"),
        pytest.param("fr", "« Il reste 9 avions et 12 chars », regrettent les jongleurs.", "jongleurs", id="après-une-citation-n-importe-qui"),
        pytest.param("fr", "Le chef de la flotte, Jean Soto, a déclaré en mai avoir perdu 9 avions et 12 chars.", "Jean Soto", id="nom-après-la-fonction"),
        pytest.param("fr", "La flotte a perdu 9 avions et 12 chars, selon un bilan officiel.", "bilan officiel", id="un-bilan-parle"),
    ],
)
def test_speakers(language: str, text: str, speaker: str | None) -> None:
    assert bind(text, "9", "12", language=language)[-1].speaker == speaker


def test_a_list_shares_the_speaker_of_its_introduction() -> None:
    text = "The figures, SIPRI said, are these:\n\n- Chile: 9 jets\n- Peru: 12 jets\n"
    assert [(r.actor, r.speaker) for r in bind(text, "9", "12")] == [("Chile", "SIPRI"), ("Peru", "SIPRI")]


def test_an_interview_speaks_with_one_voice() -> None:
    text = "INTERVIEW. Eva Lind on shells\n\nHow many?\nWe make 900 a month.\n"
    assert bind(text, "900", stage=None, topic=Topic.PRODUCTION)[0].speaker == "Eva Lind"


@pytest.mark.parametrize(
    ("text", "quote", "kind", "topic", "actor"),
    [
        pytest.param("The missile reaches 80 km in Chile.", "80 km", Kind.MEASURE, Topic.OTHER, None, id="property"),
        pytest.param("Chile dug 80 km of trenches.", "80 km", Kind.MEASURE, Topic.PRODUCTION, "Chile", id="work"),
    ],
)
def test_permanent_properties_have_no_actor(text: str, quote: str, kind: Kind, topic: Topic, actor: str | None) -> None:
    assert bind(text, quote, kind=kind, stage=None, topic=topic)[0].actor == actor


def test_a_noun_that_the_quantity_brings_is_the_object() -> None:
    text = "Chile bought 9 fast jets."
    nine = quantity(text, "9", Kind.COUNT)._replace(noun=Span(text.index("jets"), text.index("jets") + 4))
    roles = rule_roles(open_document(text, "en"), [nine], [stage_reading(Stage.CONTRACT, Topic.PROCUREMENT)])
    assert roles[0].object == "jets"


def test_evidence_names_rule_and_words() -> None:
    text = "Chile bought 9 fast jets from Saab, Eva Lind said."
    roles = bind(text, "9")[0]
    words = {e.field: (e.rule, text[e.start : e.end]) for e in roles.evidence if e.start is not None}
    assert words["actor"] == ("actor.subject", "Chile")
    assert words["object"] == ("object.counted", "fast jets")
    assert words["counterparty"] == ("counterparty.company", "Saab")
    assert words["speaker"] == ("speaker.attribution", "said")


@pytest.mark.parametrize(
    ("text", "word", "after", "before"),
    [
        pytest.param("for 12 new K2 battle tanks and guns", "12", "new K2 battle tanks", None, id="stops-at-and"),
        pytest.param("some 12 rounds of 155 mm ammunition were sent", "12", "rounds of 155 mm ammunition", None, id="of"),
        pytest.param("the defence budget reached 12 billion", "reached", None, "defence budget", id="before"),
    ],
)
def test_phrases(text: str, word: str, after: str | None, before: str | None) -> None:
    document = Document(text, fold_text(text), load_pack("en"), None, None, split_sentences(text, load_pack("en")))
    line = read_line(document, Span(0, len(text)), pack_grammar(document.pack), (), ())
    index = line.index_at(text.index(word))
    phrase = read_phrase(line, index + 1)
    if after:
        assert phrase and word_phrase(document, line, phrase).text == after
    if before:
        phrase = read_phrase_before(line, index)
        assert phrase and word_phrase(document, line, phrase).text == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (RoleWords(prepositions={"towards": ("vers",)}), r"xx\.toml\.roles\.prepositions: unknown sense 'towards'"),
        (RoleWords(cues={"shouting": ("cried",)}), r"xx\.toml\.roles\.cues: unknown class 'shouting'"),
        (RoleWords(nouns={"animal": ("cat",)}), r"xx\.toml\.roles\.nouns: unknown class 'animal'"),
    ],
)
def test_unknown_classes_are_refused(words: RoleWords, message: str) -> None:
    pack: Pack = replace(load_pack("en"), code="xx", roles=words)
    with pytest.raises(ConfigurationError, match=message):
        Grammar(pack)


@settings(deadline=None)  # models are read at the first
@given(st.text(max_size=300), st.sampled_from(available_languages()), st.data())
def test_any_text_is_bound(text: str, language: str, data: st.DataObject) -> None:
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=8))))
    spans = [(a, b) for a, b in list(pairwise(cuts))[::2] if a < b]
    kinds = data.draw(st.lists(st.sampled_from(Kind), min_size=len(spans), max_size=len(spans)))
    quantities = [
        Quantity(a, b, text[a:b], kind, Decimal(1), Decimal(1), Qualifier.EXACT, "item", None, "test")
        for (a, b), kind in zip(spans, kinds, strict=True)
    ]
    readings = [
        stage_reading(data.draw(st.sampled_from([None, *Stage])), data.draw(st.sampled_from(Topic))) for _ in quantities
    ]
    document = open_document(text, language)
    looked = look_up([[f"k={quantity.kind}"] for quantity in quantities]).roles
    roles = bind_roles(document, quantities, readings, looked).settle(readings)
    assert len(roles) == len(quantities)
    assert roles == bind_roles(document, quantities, readings, looked).settle(readings)
    for reading in roles:
        assert reading.object is None or reading.object in text


@pytest.mark.parametrize(("text", "quote"), [("₩0/BAE", "₩0"), ("12 %/NATO", "12 %"), ("5 €/Thales", "5 €")])
def test_a_name_that_the_last_number_runs_into_takes_nothing_from_it(text: str, quote: str) -> None:
    assert [claim.quote for claim in extract_claims(text, language="fr")] == [quote]


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("en", "Oslo bought ten Patriot launchers in May. Two of them guard Bergen.", "Two"),
        ("fr", "Oslo a acheté dix lanceurs Patriot en mai. Deux d'entre eux gardent la défense de Bergen.", "Deux"),
        ("fr", "Oslo veut des lanceurs neufs. Elle en a commandé douze.", "douze"),
    ],
)
def test_a_number_that_points_back_counts_what_was_named_before(language: str, text: str, quote: str) -> None:
    claim = next(claim for claim in extract_claims(text, language=language) if claim.quote == quote)
    assert claim.object is not None
    assert claim.object.split()[-1] in ("launchers", "lanceurs", "Patriot")


@pytest.mark.parametrize(
    ("language", "text", "quotes", "base"),
    [
        ("en", "The group has 27,900 engineers, almost half of them in Bavaria.", ("27,900", "almost half"), "engineers"),
        ("en", "Russia makes 1,500 tanks a year, a third of which are new.", ("1,500", "a third"), "tanks"),
        ("en", "The yard turns out eight boats, a tenth of what Athens needs.", ("eight", "a tenth"), "what Athens needs"),
        ("fr", "Le groupe emploie 900 ouvriers, la moitié d'entre eux à Roanne.", ("900", "la moitié"), "ouvriers"),
    ],
)
def test_the_whole_of_a_share_is_no_pronoun(language: str, text: str, quotes: tuple[str, str], base: str) -> None:
    document = open_document(text, language)
    count = quantity(text, quotes[0], Kind.COUNT)
    share = quantity(text, quotes[1], Kind.SHARE, count.end)
    assert rule_roles(document, [count, share], [stage_reading(None, Topic.INDUSTRY)] * 2)[1].base == base


@pytest.mark.parametrize(
    ("language", "text", "quote", "base"),
    [
        ("en", "Imports fell by 43 percent between 2015-19 and 2020-24.", "43 percent", "2015-19"),
        ("en", "The front got 50,000 drones, three times as many as in January.", "three times", "January"),
        ("fr", "Les ventes ont gagné 7,8 % entre 2009-2013 et 2014-2018.", "7,8 %", "2009-2013"),
        ("fr", "Le budget est supérieur de 12 % à celui de 2019.", "12 %", "2019"),
        ("fr", "Les effectifs ont crû de 9 % entre les deux camps.", "9 %", None),
    ],
)
def test_what_a_change_is_compared_with(language: str, text: str, quote: str, base: str | None) -> None:
    document = open_document(text, language)
    readings = rule_roles(document, [quantity(text, quote, Kind.CHANGE)], [stage_reading(None, Topic.TRADE)])
    assert readings[0].base == base


@pytest.mark.parametrize(
    ("language", "text", "actors", "others"),
    [
        ("en", "Germany delivered 18 howitzers, against 12 for France.", ["Germany", "France"], [None, None]),
        ("fr", "Londres a fourni 14 chars, contre 31 pour Washington.", ["Londres", "Washington"], [None, None]),
        ("en", "Rome sent 9 tanks to Kyiv, with 4 for Poland.", ["Rome", "Rome"], ["Kyiv", "Kyiv"]),
        ("en", "Ukraine will receive Leopard tanks from Germany (18), Poland (14) and Portugal (3).", ["Germany", "Poland", "Portugal"], ["Ukraine"] * 3),
        ("en", "The largest donors were Germany ($17.7 billion), Britain ($14.8 billion) and Poland ($4.3 billion).", ["Germany", "Britain", "Poland"], [None] * 3),
        ("fr", "Parmi les exportateurs, l'Italie (+86 %) et la Corée du Sud (+12 %) progressent.", ["Italie", "Corée du Sud"], [None, None]),
        ("fr", "Les exportations suisses sont allées à l'Allemagne (168 millions de francs), au Danemark (73 millions) et à la Roumanie (39 millions).", ["Suisse"] * 3, ["Allemagne", "Danemark", "Roumanie"]),
        ("en", "Denmark and Latvia will buy 129 and 56 vehicles respectively.", ["Denmark", "Latvia"], [None, None]),
        ("fr", "La France et l'Italie ont versé respectivement 200 et 150 millions d'euros.", ["France", "Italie"], [None, None]),
    ],
)
def test_each_figure_of_a_comparison_or_list_has_its_own_party(language: str, text: str, actors: list[str], others: list[str | None]) -> None:
    claims = extract_claims(text, language=language)
    assert [claim.actor for claim in claims] == actors
    assert [claim.counterparty for claim in claims] == others


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("fr", "Le délégué général pour l'armement s'est expliqué sur le report de charges. Il atteint 8 milliards d'euros.", "France"),
        ("fr", "La loi de programmation militaire fixe la cible. Il manque 1,2 milliard d'euros cette année.", "France"),
        ("en", "Boris Pistorius has asked for more. Spending is to reach 83 billion euros in 2026.", "Germany"),
        ("en", "The NDAA now goes to the floor. It authorises 895 billion dollars.", "United States"),
        ("en", "Poland waits for the NDAA. Poland fears delay, and Poland has paid. A companion bill adds 25 billion for ships.", "Poland"),
    ],
)
def test_home_news_need_not_name_its_state(language: str, text: str, actor: str) -> None:
    assert [claim.actor for claim in extract_claims(text, language=language)] == [actor]


def test_who_makes_the_thing_does_not_buy_it() -> None:
    claims = extract_claims("Le contrat porte sur 80 blindés Patria pour 300 millions d'euros.", language="fr")
    assert [(claim.actor, claim.counterparty) for claim in claims] == [(None, "Patria")] * 2


def test_a_part_without_of_has_its_whole_behind_it() -> None:
    claims = extract_claims("Nine-tenths of its gas and half its arms come from abroad.", language="en")
    assert [(claim.quote, claim.base) for claim in claims] == [("Nine-tenths", "gas"), ("half", "arms")]
