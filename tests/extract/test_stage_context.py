"""Stages that hang on more than one verb: clauses set aside, parts of a whole, what was told before, who approves."""

from __future__ import annotations

import pytest

from etl import extract_claims
from etl.extract import open_document, read_quantities
from etl.extract.stages.reading import judge_quantities
from etl.records import Claim, Interval


def claims_of(language: str, text: str) -> dict[str, Claim]:
    """The claims of an article of 12 June 2024 by their quotes."""
    return {claim.quote: claim for claim in extract_claims(text, language=language, published="2024-06-12")}


READ = [
    # what stands between two commas says nothing of what follows, but something of what stands in it
    ("en", "The deal, whose terms were rejected in May, is worth 30 million euros.", {"30 million euros": "contract asserted"}),
    ("en", "In a paper, tabled the same day, the auditor counted 300 tanks.", {"300": " asserted"}),
    ("fr", "Douze canons, acquis pour 62 millions d'euros, seront remis en 2027.", {"62 millions d'euros": "contract asserted"}),
    # parts of an order
    ("en", "Six of the 24 jets ordered in 2020 were handed over in May.", {"Six": "delivery asserted", "24": "contract asserted"}),
    ("en", "Of the 34 jets ordered in 2018, four have arrived.", {"34": "contract asserted", "four": "delivery asserted"}),
    ("fr", "Le contrat a été signé mardi. Il porte sur 180 chars : 110 neufs et 70 d'occasion.", {"180": "contract asserted", "110": "contract asserted", "70": "contract asserted"}),
    ("en", "Peru signed a contract for 60 tanks. The first 20 are due in 2026.", {"60": "contract asserted", "20": "contract planned"}),
    # what goes on with a sale that is only permitted
    ("en", "The department approved the possible sale of 40 launchers. The estimated cost is 300 million euros.", {"40": "authorisation asserted", "300 million euros": "authorisation asserted"}),
    ("en", "The agency cleared a possible sale of 40 missiles to Peru. Under the deal, Peru would receive 12 launchers.", {"12": "authorisation asserted"}),
    # who approves, and what
    ("en", "The cabinet approved a draft budget of 60 billion euros for defence.", {"60 billion euros": "proposal planned"}),
    ("en", "Parliament has yet to approve the 60 million euros for defence.", {"60 million euros": "proposal planned"}),
    ("en", "The government approved military aid of 60 million euros for Ukraine.", {"60 million euros": "pledge planned"}),
    ("fr", "La loi de programmation militaire consacre 60 milliards d'euros aux armées.", {"60 milliards d'euros": "appropriation asserted"}),
    ("fr", "Le ministre a présenté un budget de la défense de 60 milliards d'euros.", {"60 milliards d'euros": "proposal planned"}),
    ("en", "Peru has been awarded a contract to supply 40 radars.", {"40": "award asserted"}),
    ("en", "The ministry agreed to a 25 million euro deal to procure 40 radars.", {"25 million euro": "contract asserted"}),
    # taken back, optional, from one level to another
    ("en", "A plan to buy 40 boats was called off in May.", {"40": "proposal denied"}),
    ("fr", "Oman a commandé douze avions, plus trois en option.", {"douze": "contract asserted", "trois": "pledge conditional"}),
    ("en", "The plant plans to lift output from 300 shells to 800 shells a month.", {"300": " asserted", "800": " planned"}),
    ("en", "Chile promised an arsenal of 300 rifles.", {"300": "pledge planned"}),
    ("fr", "Le Pérou veut acheter 24 chasseurs.", {"24": "pledge planned"}),
    ("fr", "La marine compte commander 24 vedettes.", {"24": "pledge planned"}),
    ("en", "Profit rose to 30 million euros, against a forecast of 28 million euros.", {"28 million euros": " forecast"}),
    ("en", "Two per cent of GDP, ministers repeat, is still the goal.", {"Two per cent": " target"}),
]  # fmt: skip


def ruled(language: str, text: str) -> dict[str, str]:
    """Stage and modality that the rules alone give each quantity, by its quote."""
    document = open_document(text, language, Interval.parse("2024-06-12"))
    kept = [q for q in read_quantities(document) if q.reason is None and q.kind is not None]
    readings = judge_quantities(document, kept).readings
    return {q.quote: f"{reading.stage or ''} {reading.modality}" for q, reading in zip(kept, readings, strict=True)}


@pytest.mark.parametrize(("language", "text", "want"), READ, ids=[f"{r[0]}:{r[1][:40]}" for r in READ])
def test_stage_and_modality_in_context(language: str, text: str, want: dict[str, str]) -> None:
    found = ruled(language, text)
    assert {quote: found[quote] for quote in want} == want


SUMS = [
    ("en", "Poland will spend 54 billion euros from 2022 to 2026 on its army.", "54 billion euros", "total"),
    ("en", "Since 2022 the army, which lost many in the war, has bought from its allies 40 tanks.", "40", "total"),
    ("en", "Peru pledged 40 tanks from its stocks.", "40", "single"),
    ("fr", "La Suède a présenté un paquet d'aide d'une valeur de 13 milliards d'euros.", "13 milliards d'euros", "total"),
    ("en", "The yard employs 500 people.", "500", "stock"),
]


@pytest.mark.parametrize(("language", "text", "quote", "aggregation"), SUMS, ids=[f"{r[0]}:{r[1][:40]}" for r in SUMS])
def test_sums_and_stocks(language: str, text: str, quote: str, aggregation: str) -> None:
    assert claims_of(language, text)[quote].aggregation == aggregation


DATED = [
    ("en", "Orders rose to 30 million euros in the first half, the maker said on Tuesday.", "30 million euros", "2024-01/2024-06"),
    ("en", "The government tabled last week a defence budget of 30 billion euros for 2025.", "30 billion euros", "2025"),
    ("en", "Income climbed to 97 million euros from last year's 65 million euros.", "65 million euros", "2023"),
    ("fr", "Oslo a versé 60 millions d'euros (690 millions de couronnes norvégiennes) en décembre à Kiev.", "60 millions d'euros", "2023-12"),
    ("fr", "La Lettonie a livré douze canons à l'automne dernier.", "douze", "2023"),
    ("fr", "Depuis début mars, 170 soldats ont été tués.", "170", "2024-03/2024-06-12"),
    ("en", "Berlin ordered 12 tanks on Monday. They fill a gap, officers say.\n\nA second contract covers 30 guns.", "30", "2024-06-10"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "quote", "date"), DATED, ids=[f"{r[0]}:{r[1][:40]}" for r in DATED])
def test_dates_of_a_period_before_those_of_the_news(language: str, text: str, quote: str, date: str) -> None:
    assert claims_of(language, text)[quote].date == date
