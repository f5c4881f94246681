"""Links: one amount said twice, and sums with their parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import extract_claims
from etl.extract.document import Document, fold_text, split_sentences
from etl.extract.links.reading import link_claims
from etl.extract.readings import StageReading
from etl.lexicon import load_pack
from etl.records import Quantity
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Topic

SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9}


def document_of(text: str, language: str) -> Document:
    pack = load_pack(language)
    return Document(text, fold_text(text), pack, None, None, split_sentences(text, pack))


def quantity_of(text: str, at: int, spec: str) -> tuple[Quantity, StageReading]:
    """A quantity from `quote = value unit`, with `total` and a qualifier where they matter."""
    quote, _, rest = spec.partition(" = ")
    value, unit, *words = rest.split()
    start = text.index(quote, at)
    scale = next((size for word, size in SCALES.items() if value.endswith(word)), 1)
    number = Decimal(value.rstrip("kmbn")) * scale
    kind = {"item": Kind.COUNT, "percent": Kind.SHARE, "kilometer": Kind.MEASURE, "mile": Kind.MEASURE}.get(unit, Kind.MONEY)
    qualifier = next((q for q in Qualifier if q.value in words), Qualifier.EXACT)
    aggregation = Aggregation.TOTAL if "total" in words else Aggregation.SINGLE
    quantity = Quantity(start, start + len(quote), quote, kind, number, number, qualifier, unit, None, "test")
    return quantity, StageReading(None, Modality.ASSERTED, aggregation, Topic.OTHER)


def links_of(language: str, text: str, specs: list[str]) -> list[str]:
    """The links as `second restates first` or `sum = part + part`."""
    quantities, stages, at = [], [], 0
    for spec in specs:
        quantity, stage = quantity_of(text, at, spec)
        quantities.append(quantity)
        stages.append(stage)
        at = quantity.end
    found = []
    for quantity, link in zip(quantities, link_claims(document_of(text, language), quantities, stages), strict=True):
        if link.restates is not None:
            found.append(f"{quantity.quote} restates {quantities[link.restates].quote}")
        if link.totals:
            found.append(f"{quantity.quote} = {' + '.join(quantities[i].quote for i in link.totals)}")
        assert bool(link.evidence) == (link.restates is not None or bool(link.totals))
    return found


CASES = [
    ("en", "worth $2bn (1.8 billion euros)", ["$2bn = 2bn USD", "1.8 billion euros = 1.8bn EUR"], ["1.8 billion euros restates $2bn"]),
    ("en", "$2bn in aid (about €1.8bn)", ["$2bn = 2bn USD", "€1.8bn = 1.8bn EUR"], ["€1.8bn restates $2bn"]),
    ("en", "$2bn, or €1.8bn at current rates", ["$2bn = 2bn USD", "€1.8bn = 1.8bn EUR"], ["€1.8bn restates $2bn"]),
    ("en", "$2bn, the equivalent of €1.8bn", ["$2bn = 2bn USD", "€1.8bn = 1.8bn EUR"], ["€1.8bn restates $2bn"]),
    ("en", "$2bn/€1.8bn", ["$2bn = 2bn USD", "€1.8bn = 1.8bn EUR"], ["€1.8bn restates $2bn"]),
    ("en", "NOK 20bn (£1.5bn, €1.8bn)", ["NOK 20bn = 20bn NOK", "£1.5bn = 1.5bn GBP", "€1.8bn = 1.8bn EUR"], ["£1.5bn restates NOK 20bn", "€1.8bn restates NOK 20bn"]),
    ("en", "a range of 300 km (186 miles)", ["300 km = 300 kilometer", "186 miles = 186 mile"], ["186 miles restates 300 km"]),
    ("en", "£65bn (27 %)", ["£65bn = 65bn GBP", "27 % = 27 percent"], []),
    ("en", "Sweden ($7bn) and Britain (£4bn)", ["$7bn = 7bn USD", "£4bn = 4bn GBP"], []),
    ("en", "America gave $7bn, Britain £4bn", ["$7bn = 7bn USD", "£4bn = 4bn GBP"], []),
    ("en", "between $7bn (in grants) and £4bn", ["$7bn = 7bn USD", "£4bn = 4bn GBP"], []),
    ("en", "9 tanks: 5 from Rome and 4 from Madrid", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], ["9 = 5 + 4"]),
    ("en", "9 tanks, of which 5 old and 4 new", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], ["9 = 5 + 4"]),
    ("en", "39%, of which 23% old and 16% new", ["39% = 39 percent", "23% = 23 percent", "16% = 16 percent"], ["39% = 23% + 16%"]),
    ("en", "Rome has 23%, Madrid 16%; between them 39%", ["23% = 23 percent", "16% = 16 percent", "39% = 39 percent"], ["39% = 23% + 16%"]),
    ("en", "Rome has 39%, Madrid 23% and Lisbon 16%", ["39% = 39 percent", "23% = 23 percent", "16% = 16 percent"], []),
    ("fr", "9 chars. Elle se partage entre 5 vieux et 4 neufs", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], ["9 = 5 + 4"]),
    ("en", "Rome promised 9 tanks. This includes 5 old and 4 new ones", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], ["9 = 5 + 4"]),
    ("en", "Rome promised 9 tanks. Madrid sent 5 and Lisbon 4", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], []),
    ("en", "Rome promised 9 tanks. It is late. Of these, 5 are old and 4 new", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], ["9 = 5 + 4"]),
    ("en", "Rome promised 9 tanks. It was late. It was poor. Of these, 5 are old and 4 new", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], []),
    ("fr", "Le contrat porte sur 9 chars. Il est ferme. Sur ce nombre, 5 sont anciens, 4 neufs", ["9 = 9 item", "5 = 5 item", "4 = 4 item"], ["9 = 5 + 4"]),
    ("en", "The package of €9m contains:\n* Guns worth €5m.\n  - Of which €2m for Rome.\n* Aid worth €3m\n* Maps worth €1m.", ["€9m = 9m EUR", "€5m = 5m EUR", "€2m = 2m EUR", "€3m = 3m EUR", "€1m = 1m EUR"], ["€9m = €5m + €3m + €1m"]),
    ("en", "The package of €9m contains:\n* Guns worth €5m.\n* Aid worth €2m\n* Maps worth €1m.", ["€9m = 9m EUR", "€5m = 5m EUR", "€2m = 2m EUR", "€1m = 1m EUR"], []),
    ("en", "India ordered 156 Prachand. The Army gets 90, the Air Force 66.", ["156 = 156 item", "90 = 90 item", "66 = 66 item"], ["156 = 90 + 66"]),
    ("en", "Sales were €645m, €45m more than the €600m of last year.", ["€645m = 645 EUR", "€45m = 45 EUR", "€600m = 600 EUR"], []),
    ("en", "Romania gets €16.7bn, France €16.2bn. Shells cost €500m.", ["€16.7bn = 167 EUR", "€16.2bn = 162 EUR", "€500m = 5 EUR"], []),
    ("en", "Spain (€8.1m), Oman (€5.7m), Qatar (€2.4m)", ["€8.1m = 81 EUR", "€5.7m = 57 EUR", "€2.4m = 24 EUR"], []),
    ("en", "9 tanks, including 5 old ones", ["9 = 9 item", "5 = 5 item"], []),
    ("en", "5 tanks and 4 more, 9 in all", ["5 = 5 item", "4 = 4 item", "9 = 9 item"], ["9 = 5 + 4"]),
    ("en", "€2.2bn came first. A credit of €700m brings the total to nearly €3bn", ["€2.2bn = 2.2bn EUR", "€700m = 700m EUR", "€3bn = 3bn EUR nearly"], ["€3bn = €2.2bn + €700m"]),
    ("en", "€2.2bn ($2.4bn) and €700m make €2.9bn together", ["€2.2bn = 2.2bn EUR", "$2.4bn = 2.4bn USD", "€700m = 700m EUR", "€2.9bn = 2.9bn EUR"], ["$2.4bn restates €2.2bn", "€2.9bn = €2.2bn + €700m"]),
    ("en", "up to 8bn from 5bn, a rise of 3bn", ["8bn = 8bn EUR", "5bn = 5bn EUR", "3bn = 3bn EUR"], []),
    ("en", "costs of 8bn against a budget of 5bn, a gap of 3bn", ["8bn = 8bn EUR total", "5bn = 5bn EUR", "3bn = 3bn EUR"], []),
    ("en", "5 guns\n30 shells\n4 guns\n20 shells\n6 guns\n40 shells\n15 guns in total", ["5 = 5 item", "30 = 30 item", "4 = 4 item", "20 = 20 item", "6 = 6 item", "40 = 40 item", "15 = 15 item"], ["15 = 5 + 4 + 6"]),
    ("fr", "2 milliards de dollars (1,8 milliard d’euros)", ["2 milliards de dollars = 2bn USD", "1,8 milliard d’euros = 1.8bn EUR"], ["1,8 milliard d’euros restates 2 milliards de dollars"]),
    ("fr", "2 milliards de dollars, soit environ 1,8 milliard d’euros", ["2 milliards de dollars = 2bn USD", "1,8 milliard d’euros = 1.8bn EUR"], ["1,8 milliard d’euros restates 2 milliards de dollars"]),
    ("fr", "2 Md$, c’est-à-dire 1,8 Md€", ["2 Md$ = 2bn USD", "1,8 Md€ = 1.8bn EUR"], ["1,8 Md€ restates 2 Md$"]),
    ("fr", "133 milliards (133 000 000 000 MAD)", ["133 milliards = 133bn MAD", "133 000 000 000 MAD = 133bn MAD"], ["133 000 000 000 MAD restates 133 milliards"]),
    ("fr", "36 milliards, soit 1,3 % du PIB", ["36 milliards = 36bn CAD", "1,3 % = 1.3 percent"], []),
    ("fr", "92 avions (80 pour Rome, 12 pour Athènes)", ["92 = 92 item", "80 = 80 item", "12 = 12 item"], ["92 = 80 + 12"]),
    ("fr", "Rome a promis 820 M€. Cette somme comprend 50 M€ de prêts et 770 M€ de dons", ["820 M€ = 820m EUR", "50 M€ = 50m EUR", "770 M€ = 770m EUR"], ["820 M€ = 50 M€ + 770 M€"]),
    ("fr", "14 avions, dont 13 à l’export", ["14 = 14 item", "13 = 13 item"], []),
    ("fr", "5 chars puis 4 autres, soit 9 au total", ["5 = 5 item", "4 = 4 item", "9 = 9 item"], ["9 = 5 + 4"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "specs", "want"), CASES, ids=[f"{c[0]}:{c[1][:40]}" for c in CASES])
def test_links(language: str, text: str, specs: list[str], want: list[str]) -> None:
    assert links_of(language, text, specs) == want


@given(st.lists(st.tuples(st.sampled_from(["(", ", or ", " in total ", ": ", "; ", " "]), st.integers(1, 9), st.sampled_from(["EUR", "USD", "item"])), max_size=9))
def test_links_point_at_other_quantities(pieces: list[tuple[str, int, str]]) -> None:
    text, quantities, stages = "", [], []
    for gap, number, unit in pieces:
        text += gap
        kind = Kind.COUNT if unit == "item" else Kind.MONEY
        quantities.append(Quantity(len(text), len(text) + 1, str(number), kind, Decimal(number), Decimal(number), Qualifier.EXACT, unit, None, "test"))
        stages.append(StageReading(None, Modality.ASSERTED, Aggregation.TOTAL, Topic.OTHER))
        text += str(number)
    for index, link in enumerate(link_claims(document_of(text, "en"), quantities, stages)):
        assert link.restates is None or link.restates < index
        assert index not in link.totals
        if link.totals:
            assert sum(quantities[i].low for i in link.totals) == quantities[index].low or quantities[index].low > 1


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "Peru buys 170 tanks. Of these, 108 will be built in Korea and the other 62 in Lima.", ["108", "62"]),
        ("fr", "Le Pérou achète 170 chars K2. Cent huit d'entre eux viendront de Changwon ; les 62 autres sortiront de Lima.", ["Cent huit", "62"]),
        ("fr", "La France en a commandé 36 en juin. L'Estonie a acheté 24 chars, dont douze sont livrés.", []),
        ("en", "Peru buys 30 tanks. Chile has 12 ships and 18 jets.", []),
    ],
)
def test_what_counts_the_same_things_and_adds_up_is_a_sum(language: str, text: str, parts: list[str]) -> None:
    claims = extract_claims(text, language=language)
    quotes = {claim.start: claim.quote for claim in claims}
    assert [quotes[start] for claim in claims for start in claim.totals] == parts
