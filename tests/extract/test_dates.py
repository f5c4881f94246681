"""Dates: every wording of them, what only looks like one, and the date of each figure."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import extract_claims
from etl.extract.dates.reading import find_dates, read_dates
from etl.extract.document import Document, fold_text, split_sentences
from etl.extract.readings import StageReading
from etl.lexicon import DateWords, available_languages, load_pack
from etl.records import Interval, Quantity
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Stage, Topic

PUBLISHED = "2024-06-12"  # a Wednesday


def document_of(text: str, language: str, published: str | None = PUBLISHED, title: str | None = None) -> Document:
    pack = load_pack(language)
    date = Interval.parse(published) if published else None
    return Document(text, fold_text(text), pack, date, title, split_sentences(text, pack))


def described(text: str, language: str, published: str | None = PUBLISHED) -> list[str]:
    """The mentions as `quote = date`, or `quote: kind` where they have no date."""
    return [
        f"{text[m.start : m.end]} = {m.interval.isoformat()}" if m.interval else f"{text[m.start : m.end]}: {m.kind}"
        for m in find_dates(document_of(text, language, published))
    ]


FOUND = [
    ("en", "September 27 to 29", ["September 27 to 29 = 2024-09-27/2024-09-29"]),
    ("en", "05.06.2023 and 2023-06-05 and 5/6/23", ["05.06.2023 = 2023-06-05", "2023-06-05 = 2023-06-05", "5/6/23 = 2023-06-05"]),
    ("en", "Aug. 2022, Sept '22", ["Aug. 2022 = 2022-08", "Sept '22 = 2022-09"]),
    ("en", "the 1990s, the 90s and the '80s", ["1990s = 1990/1999", "90s = 1990/1999", "80s = 1980/1989"]),
    ("en", "2012-13, 2024/25, 2025–2030, 1914-18", ["2012-13 = 2012/2013", "2024/25 = 2024/2025", "2025–2030 = 2025/2030", "1914-18 = 1914/1918"]),
    ("en", "fiscal 2024, FY24, FY2025, FY24-25", ["fiscal 2024 = 2024", "FY24 = 2024", "FY2025 = 2025", "FY24-25 = 2024/2025"]),
    ("en", "doors at 9.30 a.m., end at 1 p.m.", ["9.30 a.m.: hour", "1 p.m.: hour"]),
    ("en", "14 December 2023 | 3 min", ["14 December 2023 = 2023-12-14"]),
    ("en", "fielded in 1996, used after 9/11", ["1996 = 1996", "9/11 = 2001-09-11"]),
    ("en", "H1 2024; Q1 2025; the first half of last year", ["H1 2024 = 2024-01/2024-06", "Q1 2025 = 2025-01/2025-03", "first half of last year = 2023-01/2023-06"]),
    ("en", "on September 8", ["September 8 = 2024-09-08"]),
    ("en", "from 2024 to 2030", ["2024 to 2030 = 2024/2030"]),
    ("en", "between May and August 2023", ["May and August 2023 = 2023-05/2023-08"]),
    ("en", "in July and August", ["July and August = 2024-07/2024-08"]),
    ("en", "July 4, 2023", ["July 4, 2023 = 2023-07-04"]),
    ("en", "September 27-October 2, 2023", ["September 27-October 2, 2023 = 2023-09-27/2023-10-02"]),
    ("en", "on Tuesday; next Monday", ["Tuesday = 2024-06-11", "next Monday = 2024-06-17"]),
    ("en", "last September; next March; this May", ["last September = 2023-09", "next March = 2025-03", "this May = 2024-05"]),
    ("en", "last year; next month; yesterday", ["last year = 2023", "next month = 2024-07", "yesterday = 2024-06-11"]),
    ("en", "six months ago, three years earlier", ["six months ago = 2023-12", "three years earlier = 2021"]),
    ("en", "up from 9% in 2019, against 7% two years earlier", ["2019 = 2019", "two years earlier = 2017"]),
    ("en", "12 in March 2023 and 20 three months later", ["March 2023 = 2023-03", "three months later = 2023-06"]),
    ("en", "two years later than planned in 2019, and two years later.", ["2019 = 2019", "two years later = 2021"]),
    ("en", "It came two years later.", []),
    ("en", "2018: In February, Bucharest buys three. In 2018, and in February too", ["2018 = 2018", "February = 2018-02", "2018 = 2018", "February = 2024-02"]),
    ("fr", "2,4 % en 2024, contre 1,4 % deux ans auparavant. En 2019, puis cinq ans plus tard", ["2024 = 2024", "deux ans auparavant = 2022", "2019 = 2019", "cinq ans plus tard = 2024"]),
    ("en", "summer 2024 and last summer", ["summer 2024 = 2024", "last summer = 2023"]),
    ("en", "11.15. Stand F1\n14.00. Panel", ["11.15: hour", "14.00: hour"]),
    ("en", "In 2000, the army shrank; mid-2025; since 1864.", ["2000 = 2000", "2025 = 2025", "1864 = 1864"]),
    ("fr", "mardi 14 h, à 17 h 42, à 08h10", ["mardi = 2024-06-11", "14 h: hour", "17 h 42: hour", "08h10: hour"]),
    ("fr", "les années 1990, les années 90", ["années 1990 = 1990/1999", "années 90 = 1990/1999"]),
    ("fr", "du 27 au 29 septembre 2022", ["27 au 29 septembre 2022 = 2022-09-27/2022-09-29"]),
    ("fr", "le 14 décembre 2023, le 1er mars, le 5 août", ["14 décembre 2023 = 2023-12-14", "1er mars = 2024-03-01", "5 août = 2024-08-05"]),
    ("fr", "fin avril, d’ici la fin mars", ["avril = 2024-04", "mars = 2024-03"]),
    ("fr", "au premier semestre 2024, T1 2023", ["premier semestre 2024 = 2024-01/2024-06", "T1 2023 = 2023-01/2023-03"]),
    ("fr", "de janvier à juin 2024", ["janvier à juin 2024 = 2024-01/2024-06"]),
    ("fr", "entre février 2022 et le 17 mars 2023", ["février 2022 et le 17 mars 2023 = 2022-02-01/2023-03-17"]),
    ("fr", "l’exercice 2023-2024, mi-2024, à l’horizon 2030", ["2023-2024 = 2023/2024", "2024 = 2024", "2030 = 2030"]),
    ("fr", "il y a deux semaines, trois ans plus tôt", ["il y a deux semaines = 2024-05", "trois ans plus tôt = 2021"]),
    ("fr", "mardi dernier, lundi prochain, l’an dernier", ["mardi dernier = 2024-06-11", "lundi prochain = 2024-06-17", "l’an dernier = 2023"]),
    ("fr", "27 sept. 2022, à l’hiver 2014, l’hiver 2022-2023", ["27 sept. 2022 = 2022-09-27", "l’hiver 2014 = 2014", "l’hiver 2022-2023 = 2022/2023"]),
    ("fr", "Du 1er janvier au 8 décembre", ["1er janvier au 8 décembre = 2023-01-01/2023-12-08"]),
    ("en", "Norway, 2022 – 600 missiles", ["2022 = 2022"]),
    ("fr", "de 2000 à 2010", ["2000 à 2010 = 2000/2010"]),
    ("en", "in 2023 and 12 more by 2050", ["2023 = 2023", "2050 = 2050"]),
    ("fr", "03/04/2024", ["03/04/2024 = 2024-04-03"]),
]  # fmt: skip

NONE = [
    ("en", "2,000 shells, 2000 shells, of 2000 tanks, in 2,000 days"),
    ("en", "Mirage 2000 jets and 1500 men"),
    ("en", "they may 30 times march 12 miles"),
    ("en", "$2020, €2019, 2015 km, #2023, 2.024 and 2024.5"),
    ("en", "AN-2010 and Su-2021 and 12,024"),
    ("en", "31/02/2023 and 99/99/2023"),
    ("en", "a long march in spring mud, a fall of 12"),
    ("fr", "2000 obus, 1 500 kilomètres, 2 024 chars"),
    ("fr", "sept chars, il a été touché, mars"[:28]),
    ("fr", "14 heures de vol, 80 km/h"),
    ("fr", "entre 2000 et 2500 obus"),
    ("en", "from 1998 to 2014 tonnes, of 1950 trucks"),
]


@pytest.mark.parametrize(("language", "text", "want"), FOUND, ids=[f"{c[0]}:{c[1][:40]}" for c in FOUND])
def test_found_dates(language: str, text: str, want: list[str]) -> None:
    assert described(text, language) == want


@pytest.mark.parametrize(("language", "text"), NONE, ids=[f"{c[0]}:{c[1][:40]}" for c in NONE])
def test_what_is_no_date(language: str, text: str) -> None:
    assert described(text, language) == []


@pytest.mark.parametrize(("published", "want"), [("2024-06-12", "2024"), ("2024-11-10", "2025")])
def test_fiscal_years_of_who_counts_in_dollars(published: str, want: str) -> None:
    [claim] = extract_claims("Congress gave $3.7 billion for ships in the current fiscal year.", language="en", published=published)
    assert claim.date == want


def test_month_is_no_day_of_a_count() -> None:
    assert described("In March 30 tanks were sent.", "en") == ["March = 2024-03"]
    assert described("en mars 2000 obus", "fr") == ["mars = 2024-03"]


def test_nothing_is_resolved_without_the_date_of_the_article() -> None:
    assert described("on Monday, in March, last year", "en", None) == ["Monday: weekday", "March: month", "last year: relative"]


def test_hours_of_an_article_of_an_unknown_day() -> None:
    assert described("on Monday, last year", "en", "2024-06") == ["Monday: weekday", "last year = 2023"]


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789.-/:' ’\nhs°$,"), st.characters(exclude_categories=["Cs"])), max_size=120), st.sampled_from(available_languages()))
def test_any_text_has_valid_mentions(text: str, language: str) -> None:
    mentions = find_dates(document_of(text, language))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(one.end <= two.start for one, two in pairwise(mentions))
    assert all(m.interval is None or m.interval.first <= m.interval.last for m in mentions)


WORDS = ["May", "March", "5", "27", "to", "and", "of", "2024", "2030", "-", "1990s", "last", "next", "year", "ago", "six", "years", "over", "Q1", "H1", "first", "half", "Tuesday", "the", "in", "by", "FY24", "12.30", "mars", "mai", "du", "au", "le", "1er"]


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["en", "fr"]), st.sampled_from([None, "2024-02-29", "2024-02", "1999/2100"]))
def test_any_words_of_time_have_valid_mentions(words: list[str], language: str, published: str | None) -> None:
    text = " ".join(words)
    mentions = find_dates(document_of(text, language, published))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(one.end <= two.start for one, two in pairwise(mentions))


# --- the date of a figure ---

STAGES = {"": None, **{stage.value: stage for stage in Stage}}


def reading(spec: str) -> StageReading:
    """`contract planned total budget`: stage, modality, aggregation and topic in any order, each at its default."""
    words = set(spec.split())
    return StageReading(
        next((stage for stage in Stage if stage.value in words), None),
        next((modality for modality in Modality if modality.value in words), Modality.ASSERTED),
        next((item for item in Aggregation if item.value in words), Aggregation.SINGLE),
        next((topic for topic in Topic if topic.value in words), Topic.OTHER),
    )


def quantities_of(text: str, specs: list[str]) -> tuple[list[Quantity], list[StageReading], list[str | None]]:
    """Quantities from `quote | kind | stage | date` lines."""
    quantities, stages, dates = [], [], []
    at = 0
    for spec in specs:
        quote, kind, stage, date = (part.strip() for part in spec.split("|"))
        at = text.index(quote, at)
        value = Decimal("".join(c for c in quote if c.isdigit()) or "1")
        per = "item" if kind == "price" else None
        quantities.append(
            Quantity(at, at + len(quote), quote, Kind.MONEY if kind == "price" else Kind(kind), value, value, Qualifier.EXACT, "item", per, "test")
        )  # fmt: skip
        stages.append(reading(stage))
        dates.append(date or None)
        at += len(quote)
    return quantities, stages, dates


DATED = [
    ("en", "Norway signed a contract on Monday for 54 howitzers.", ["54 | count | contract | 2024-06-10"]),
    ("en", "Latvia will deliver 42 vehicles to Ukraine by 2026.", ["42 | count | pledge planned | 2026"]),
    ("en", "Spending reached $61bn in 2023, up from $55bn in 2022.", ["$61bn | money | budget | 2023", "$55bn | money | budget | 2022"]),
    ("en", "Since January, Denmark has given 19 jets in all.", ["19 | count | delivery total | 2024-01/2024-06-12"]),
    ("en", "Since 24 February 2022, donors have sent 300 tanks.", ["300 | count | delivery total | 2022-02-24/2024-06-12"]),
    ("en", "The navy operates 12 submarines.", ["12 | count | stock | 2024-06-12"]),
    ("en", "Each shell costs $3,000.", ["$3,000 | price | | "]),
    ("en", "The missile flies 300 km.", ["300 km | measure | | "]),
    ("en", "Allies should spend 2% of GDP on defence, ministers said in 2014.", ["2% | share | target budget | "]),
    ("en", "Allies want to spend 5% of GDP on defence by 2035.", ["5% | share | target budget | 2035"]),
    ("en", "In April last year it ordered 40 tanks.", ["40 | count | contract asserted | 2023-04"]),
    ("en", "Sales came to $3 billion in the third quarter of last year.", ["$3 billion | money | industry | 2023-07/2023-09"]),
    ("en", "Further, since May 2023, Japan has delivered 101 vehicles to Ukraine.", ["101 | count | total delivery asserted | 2023-05/2024-06-12"]),
    ("en", "Sales came to 275 billion kronor in 2023, up from 187 billion twelve months earlier.",
     ["275 billion kronor | money | industry | 2023", "187 billion | money | industry | 2022"]),
    ("fr", "Elle a commandé 40 chars en avril de l'an dernier.", ["40 | count | contract asserted | 2023-04"]),
    ("en", "Pakistan spends 1.8 trillion rupees in the current fiscal year.", ["1.8 trillion rupees | money | budget | 2024/2025"]),
    ("en", "In the year to March it recruited 12,850 people.", ["12,850 | count | | 2023-04/2024-03"]),
    ("en", "Sales for the six months ended March 31 rose to $3 billion.", ["$3 billion | money | industry | 2023-10/2024-03"]),
    ("en", "It sold 40 percent of them in the five years to 2022.", ["40 percent | share | trade | 2018/2022"]),
    ("en", "The number of troops has fallen by 20 percent in six years.", ["20 percent | change | | 2018/2024"]),
    ("en", "Germany has delivered 41,000 shells in the past two months.", ["41,000 | count | delivery asserted | 2024-04/2024-06"]),
    ("en", "Spain delivered six tanks in the spring.", ["six | count | delivery asserted | 2024"]),
    ("en", "The last of five aircraft will arrive before Christmas.", ["five | count | contract planned | 2024-12"]),
    ("fr", "Dans la nuit de samedi à dimanche, la Russie a lancé 477 drones.", ["477 | count | | 2024-06-08/2024-06-09"]),
    ("fr", "Dix hélicoptères arriveront avant la fin de l'année prochaine.", ["Dix | count | contract planned | 2025"]),
    ("fr", "Sur l'exercice clos fin mars, les ventes ont atteint 3 milliards d'euros.", ["3 milliards d'euros | money | industry | 2023-04/2024-03"]),
    ("en", "London will spend £245 million over the next year.", ["£245 million | money | pledge planned | 2024/2025"]),
    ("en", "The yard delivered 12 boats in 2020, 15 the next year and 18 the year after that.",
     ["12 | count | delivery asserted | 2020", "15 | count | delivery asserted | 2021", "18 | count | delivery asserted | 2022"]),
    ("en", "The state will invest 5 billion euros over the next four years.", ["5 billion euros | money | pledge planned | 2024/2028"]),
    ("en", "The 2016 law set aside 30 billion over five years.", ["30 billion | money | appropriation | 2016/2020"]),
    ("en", "Oslo will add 30 billion over ten years, to reach 3% by 2030.", ["30 billion | money | pledge planned | 2024/2033", "3% | share | target budget | 2030"]),
    ("en", "The force is to number 9,000 within five years.", ["9,000 | count | planned personnel | 2029"]),
    ("fr", "L’armée aura 40 chars d’ici trois mois.", ["40 | count | planned | 2024-09"]),
    ("fr", "L’armée comptera 210 000 hommes à la fin de la décennie.", ["210 000 | count | planned personnel | 2030"]),
    ("en", "Output will reach 600 a month by the end of the decade.", ["600 | count | planned production | 2030"]),
    ("en", "Belgium, which spent 1.3% in 2023, must find €4bn more.", ["1.3% | share | budget | 2023", "€4bn | money | need planned | 2024-06-12"]),
    ("en", "Spending in 2021, 2022 and 2023 came to £52bn, £57bn and £60bn respectively.", ["£52bn | money | budget | 2021", "£57bn | money | budget | 2022", "£60bn | money | budget | 2023"]),
    ("en", "The price of a missile has doubled since 2019, to just under $4m.", ["doubled | change | industry | 2019/2024-06-12", "$4m | money | industry | 2024-06-12"]),
    ("en", "Spending tripled between 2015 and 2023, to 2.1% of GDP.", ["tripled | change | budget | 2015/2023", "2.1% | share | budget | 2023"]),
    ("en", "Stocks fell by a third in the first six months of the war.", ["a third | change | stockpile | "]),
    ("en", "Backlog on 31 March reached 9 billion, against 7 billion a year earlier.", ["9 billion | money | contract stock | 2024-03-31", "7 billion | money | contract stock | 2023-03-31"]),
    ("en", "Orders rose 12% in the first quarter of 2024.", ["12% | change | industry | 2024-01/2024-03"]),
    ("en", "Between 2019 and 2023 the share rose from 27% to 37%.", ["27% | share | budget | 2019", "37% | share | budget | 2023"]),
    ("en", "The price fell from 44,000 euros in 2018 to 33,600 euros.", ["44,000 euros | money | price | 2018", "33,600 euros | money | price | "]),
    ("en", "Since 2021 the price rose from 20 euros to 55 euros.", ["20 euros | money | price | 2021", "55 euros | money | price | 2024-06-12"]),
    ("en", "In March, 40 tanks came; the army wants a dozen more.", ["40 | count | delivery | 2024-03", "a dozen | count | need | 2024-06-12"]),
    ("en", "Finland promised 10 guns.", ["10 | count | pledge planned | "]),
    ("en", "Finland will give 10 guns.", ["10 | count | pledge planned | 2024-06-12"]),
    ("en", "The army bought 12 guns, ordered in 2021, and none of the 9 trucks came.", ["12 | count | contract | 2021", "9 | count | delivery denied | 2024-06-12"]),
    ("en", "2021: 40 tanks; 12 guns\n2022: 50 tanks; 15 guns", ["40 | count | contract | 2021", "12 | count | contract | 2021", "50 | count | contract | 2022", "15 | count | contract | 2022"]),
    ("en", "The 24 jets were ordered in April. Their 40 engines were bought with them.", ["24 | count | contract procurement | 2024-04", "40 | count | contract procurement | 2024-04"]),
    ("en", "In October Berlin promised 10 launchers.", ["10 | count | pledge planned | 2023-10"]),
    ("en", "In June 2022 Oslo promised 60 million; in August 2023 it was 30 million.", ["60 million | money | pledge planned | 2022-06", "30 million | money | pledge planned | 2023-08"]),
    ("en", "Recruits fell 30% between 2019 and this year.", ["30% | change | personnel | 2019/2024"]),
    ("en", "The goal is 1% of GDP in 2032.", ["1% | share | target budget | 2032"]),
    ("en", "Exports have grown since 2019 to 9 billion in all.", ["9 billion | money | trade total | 2019/2024-06-12"]),
    ("en", "Berlin ordered 12 tanks on Monday. The army got 6 guns too.", ["12 | count | contract | 2024-06-10", "6 | count | delivery | 2024-06-10"]),
    ("en", "Rebels stormed a base on Sunday and killed 6 soldiers.", ["6 | count | losses | 2024-06-09"]),
    ("en", "Saab took orders of 9 billion in the first nine months of 2023.", ["9 billion | money | contract | 2023-01/2023-09"]),
    ("en", "In the first five months of the year Saab took orders of 9 billion.", ["9 billion | money | contract | 2024-01/2024-05"]),
    ("en", "In the first nine months of the war, 40 tanks were lost.", ["40 | count | losses total | 2024-06-12"]),
    ("en", "Oslo will spend 9 billion over the next decade on its fleet.", ["9 billion | money | pledge planned | 2024/2034"]),
    ("en", "Berlin ordered 12 tanks last week.", ["12 | count | contract | 2024-06"]),
    ("en", "The army has recruited 700 men since the beginning of the year.", ["700 | count | personnel total | 2024-01/2024-06-12"]),
    ("en", "The ministry will sign a deal for 300 million on Friday.", ["300 million | money | pledge planned | 2024-06-14"]),
    ("en", "On Monday, Sweden will announce 500 million.", ["500 million | money | pledge planned | 2024-06-17"]),
    ("en", "Paris said on Monday that it would send 9 guns.", ["9 | count | pledge planned | 2024-06-10"]),
    ("en", "Denmark, which delivered 19 guns last year, will send 15 tanks.", ["19 | count | delivery | 2023", "15 | count | pledge planned | 2024-06-12"]),
    ("fr", "Le Bundestag votera jeudi 3 milliards.", ["3 milliards | money | proposal planned | 2024-06-13"]),
    ("fr", "La commande de 12 canons a été passée mardi.", ["12 | count | contract | 2024-06-11"]),
    ("fr", "L'été dernier, 12 canons ont été livrés.", ["12 | count | delivery | 2023"]),
    ("fr", "La Russie a perdu 500 chars depuis le 24 février 2022.", ["500 | count | losses total | 2022-02-24/2024-06-12"]),
    ("fr", "La Russie a perdu 500 chars depuis le début de l'invasion, le 24 février 2022.", ["500 | count | losses total | 2022-02-24/2024-06-12"]),
    ("fr", "Thales a pris 9 milliards de commandes sur les neuf premiers mois de 2023.", ["9 milliards | money | contract | 2023-01/2023-09"]),
    ("fr", "L'Allemagne a livré un obusier et 12 chars la semaine dernière.", ["12 | count | delivery | 2024-06"]),
    ("fr", "En janvier 2023, Oslo a promis 72 millions, puis, en juin de la même année, 55 millions.", ["72 millions | money | pledge planned | 2023-01", "55 millions | money | pledge planned | 2023-06"]),
    ("fr", "La Norvège a commandé lundi 54 obusiers.", ["54 | count | contract | 2024-06-10"]),
    ("fr", "La Lettonie livrera 42 blindés à l’Ukraine d’ici à 2026.", ["42 | count | pledge planned | 2026"]),
    ("fr", "Les dépenses ont atteint 61 milliards en 2023, contre 55 milliards en 2022.", ["61 milliards | money | budget | 2023", "55 milliards | money | budget | 2022"]),
    ("fr", "Depuis janvier, le Danemark a donné 19 avions au total.", ["19 | count | delivery total | 2024-01/2024-06-12"]),
    ("fr", "La marine dispose de 12 sous-marins.", ["12 | count | stock | 2024-06-12"]),
    ("fr", "Le missile a une portée de 300 km.", ["300 km | measure | | "]),
    ("fr", "Le Danemark a promis 19 avions.", ["19 | count | pledge planned | "]),
    ("fr", "À ce jour, 18 chars ont été livrés depuis le 3 mai.", ["18 | count | delivery total | 2024-06-12"]),
    ("fr", "Sur la période 2019-2023, les achats ont crû de 94 %.", ["94 % | change | trade | 2019/2023"]),
    ("fr", "Le chiffre d’affaires a doublé en quatre ans.", ["doublé | change | industry | 2020/2024"]),
    ("fr", "Paris investira 5 milliards dans les quatre prochaines années.", ["5 milliards | money | pledge planned | 2024/2028"]),
    ("fr", "À l’horizon 2035, les alliés visent 5 % du PIB.", ["5 % | share | target budget | 2035"]),
    ("fr", "L’appel d’offres, publié le 2 mars, prévoyait 75 radars.", ["75 | count | tender | 2024-03-02"]),
    ("en", "In 2023 sales reached $33bn (2022: $31bn).", ["$33bn | money | industry | 2023", "$31bn | money | industry | 2022"]),
    ("en", "Imports rose by 94 percent between 2014–18 and 2019–23.", ["94 percent | change | trade | 2019/2023"]),
    ("en", "Imports from the USA took 55 percent in 2019–23, compared with 35 percent in the previous period.", ["55 percent | share | trade | 2019/2023", "35 percent | share | trade | 2014/2018"]),
    ("en", "The budget is 61 billion, 5 percent more than in 2022.", ["61 billion | money | budget | 2024-06-12", "5 percent | change | budget | 2024-06-12"]),
    ("en", "In 2024 the budget is 61 billion, more than last year's 58 billion.", ["61 billion | money | budget | 2024", "58 billion | money | budget | 2023"]),
    ("en", "In the third quarter of 2023 Saab sold 12 guns.\nOrders in the quarter came to 9 billion.", ["12 | count | industry | 2023-07/2023-09", "9 billion | money | industry | 2023-07/2023-09"]),
    ("fr", "Par rapport à la même période de 2023, les ventes progressent de 9 %.", ["9 % | change | industry | 2024-06-12"]),
    ("fr", "Les commandes ont atteint 61 milliards en 2023, le double de 2021.", ["61 milliards | money | industry | 2023"]),
    ("fr", "Les achats ont crû de 94 % entre 2014-2018 et 2019-2023.", ["94 % | change | trade | 2019/2023"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "specs"), DATED, ids=[f"{c[0]}:{c[1][:40]}" for c in DATED])
def test_date_of_a_figure(language: str, text: str, specs: list[str]) -> None:
    quantities, stages, want = quantities_of(text, specs)
    readings = read_dates(document_of(text, language), quantities, stages)
    assert [r.date for r in readings] == want
    assert all(r.evidence for r in readings)
    assert all(Interval.parse(r.date).first <= Interval.parse(r.date).last for r in readings if r.date)


def test_title_names_the_period_of_an_account() -> None:
    text = "Acme: results for 2022\nSales reached €9m. Staff cost €4m."
    quantities, stages, _ = quantities_of(text, ["€9m | money | industry | ", "€4m | money | industry | "])
    document = document_of(text, "en", "2023-03-09", "Acme: results for 2022")
    assert [r.date for r in read_dates(document, quantities, stages)] == ["2022", "2022"]


def test_headline_takes_the_date_of_the_body() -> None:
    text = "Norway to get 54 guns\n\nNorway signed on Monday for 54 guns."
    quantities, stages, _ = quantities_of(text, ["54 | count | contract | ", "54 | count | contract | "])
    document = document_of(text, "en", title="Norway to get 54 guns")
    assert [r.date for r in read_dates(document, quantities, stages)] == ["2024-06-10", "2024-06-10"]


def test_nothing_is_dated_where_the_article_is_not() -> None:
    text = "Norway signed on Monday for 54 guns. The navy has 12 ships."
    quantities, stages, _ = quantities_of(text, ["54 | count | contract | ", "12 | count | stock | "])
    assert [r.date for r in read_dates(document_of(text, "en", None), quantities, stages)] == [None, None]


ALL_STAGES = [
    StageReading(stage, modality, aggregation, topic)
    for stage in (None, Stage.PLEDGE, Stage.CONTRACT, Stage.DELIVERY)
    for modality in Modality
    for aggregation in Aggregation
    for topic in (Topic.BUDGET, Topic.INDUSTRY, Topic.AID)
]


@given(
    st.lists(st.sampled_from([*WORDS, "12", ".", ",", ";", "\n", "against", "since", "so", "far", "had"]), max_size=20),
    st.sampled_from(["en", "fr"]),
    st.sampled_from([None, "2024-02-29", "2024-02", "0001-01-01", "9999"]),
    st.randoms(use_true_random=False),
)
def test_any_figure_has_a_date_or_none(words: list[str], language: str, published: str | None, random: Random) -> None:
    text = " ".join(words)
    quantities = [
        Quantity(m.start(), m.end(), m.group(), Kind.COUNT, Decimal(12), Decimal(12), Qualifier.EXACT, "item", None, "test")
        for m in re.finditer(r"\b12\b", text)
    ]  # fmt: skip
    stages = [random.choice(ALL_STAGES) for _ in quantities]
    readings = read_dates(document_of(text, language, published, title=text[:40]), quantities, stages)
    assert len(readings) == len(quantities)
    assert all(r.date is None or Interval.parse(r.date) for r in readings)


# --- other languages: only words, no code ---

OTHERS = {
    "de": (
        DateWords(
            capital_months=True,
            months={"5": ("Mai",), "8": ("August", "Aug")},
            weekdays={"2": ("Dienstag",)},
            range_links=("bis", "–", "-"),
            list_links=("und",),
            year_leads=("im Jahr", "seit", "bis"),
            decade_endings=("er",),
            quarters={"1": ("erstes Quartal",)},
            relative={"year -1": ("voriges Jahr", "im vergangenen Jahr")},
            numbers={"5": ("fünf",)},
            spans={"year": ("Jahre", "Jahren")},
            ago_before=("vor",),
            hour_words=("Uhr",),
            hour_leads=("um", "gegen"),
        ),
        "am 5. August 2022, bis 3. Mai, 1990er, am Dienstag um 14 Uhr, vor fünf Jahren, 27. bis 29. August 2022",
        ["5. August 2022 = 2022-08-05", "3. Mai = 2024-05-03", "1990er = 1990/1999", "Dienstag = 2024-06-11", "14 Uhr: hour",
         "vor fünf Jahren = 2019", "27. bis 29. August 2022 = 2022-08-27/2022-08-29"],
    ),
    "es": (
        DateWords(
            months={"2": ("febrero",), "8": ("agosto",)},
            day_links=("de", "del"),
            range_links=("a", "al"),
            list_links=("y",),
            range_leads=("entre", "del"),
            year_leads=("en", "desde"),
            decade_words=("años",),
        ),
        "el 5 de agosto de 2022, en febrero de 2023, los años 90, del 5 al 9 de agosto, 24/02/2022, en 2000 soldados",
        ["5 de agosto de 2022 = 2022-08-05", "febrero de 2023 = 2023-02", "años 90 = 1990/1999", "5 al 9 de agosto = 2024-08-05/2024-08-09",
         "24/02/2022 = 2022-02-24"],
    ),
    "uk": (
        DateWords(
            months={"2": ("лютого", "лютий", "лютому"), "8": ("серпня", "серпень", "серпні")},
            weekdays={"2": ("вівторок",)},
            year_leads=("у", "в", "з", "до"),
            relative={"year -1": ("торік", "минулого року")},
        ),
        "24 лютого 2022 року, 5 серпня, у 2024 році, у вівторок, торік, 24.02.2022",
        ["24 лютого 2022 = 2022-02-24", "5 серпня = 2024-08-05", "2024 = 2024", "вівторок = 2024-06-11", "торік = 2023", "24.02.2022 = 2022-02-24"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_needs_words_only(language: str) -> None:
    words, text, want = OTHERS[language]
    pack = replace(load_pack("en"), code=f"test-{language}", dates=words)
    document = Document(text, fold_text(text), pack, Interval.parse(PUBLISHED), None, split_sentences(text, pack))
    found = [
        f"{text[m.start : m.end]} = {m.interval.isoformat()}" if m.interval else f"{text[m.start : m.end]}: {m.kind}"
        for m in find_dates(document)
    ]
    assert found == want
