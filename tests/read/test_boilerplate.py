"""What is marked as belonging to the page, and what must never be."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.boilerplate import mark_boilerplate
from etl.extract.document import fold_text
from etl.lexicon import available_languages, load_pack

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
EN, FR = "en", "fr"


def marked(text: str, language: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in mark_boilerplate(text, load_pack(language))]


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        pytest.param(EN, "Talks go on.\nYou have 41.5% of this article to read. The rest is for subscribers.", "41.5%", id="paywall"),
        pytest.param(EN, "Law 14-22, section 3. You have 62% of this article left to read.", "62%", id="paywall after a sentence"),
        pytest.param(EN, "[ad_1]\nTanks roll.\n[ad_2]\nSource link -17", "-17", id="source link"),
        pytest.param(EN, "By the desk | 4 March 2024 | 6 min read | 318 shares", "318 shares", id="byline counters"),
        pytest.param(EN, "They met (2.4K likes).", "2.4K likes", id="counter in brackets"),
        pytest.param(EN, "The end. 51 comments\n", "51 comments", id="counter after the last sentence"),
        pytest.param(EN, "Views: 12 911", "12 911", id="counter before its number"),
        pytest.param(EN, "Comments (87)", "87", id="counter with a bracket"),
        pytest.param(EN, "Shared 96 times", "96 times", id="shared so many times"),
        pytest.param(EN, "PDF (4.1 MB)", "4.1 MB", id="file size"),
        pytest.param(EN, "Page 2 of 7", "2 of 7", id="page of pages"),
        pytest.param(EN, "Photo 3 of 9: a howitzer on a range.", "3 of 9", id="photo of photos"),
        pytest.param(EN, "Subscribe from $7 a month.", "$7 a month", id="subscription price"),
        pytest.param(EN, "Five free articles left this month. Then $4 a week.", "$4 a week", id="the line of a paywall"),
        pytest.param(EN, "The duel went on. Sign up for our 7 a.m. briefing.", "7 a.m.", id="newsletter"),
        pytest.param(EN, "Desk: +44 20 7946 0099", "+44 20 7946 0099", id="international number"),
        pytest.param(EN, "Reach the office (tel. 33 500 12 34).", "33 500 12 34", id="number after its word"),
        pytest.param(EN, "The embassy, reached on 020 7946 0123, had no comment.", "020 7946 0123", id="national number"),
        pytest.param(EN, "The plan costs 3 billion won ($1 = 1,301.5 won).", "$1 = 1,301.5 won", id="rate line"),
        pytest.param(EN, "© 2024 The Ledger, 12 Dock Street", "12 Dock", id="copyright"),
        pytest.param(EN, "See https://ledger.example/2024/10-tanks for more.", "2024/10-tanks", id="web address"),
        pytest.param(EN, "We and our partners use 9 kinds of cookies.", "9 kinds", id="cookies"),
        pytest.param(EN, "Talks go on.\n\nREAD NEXT\n> 5 things to know\n> Poll: 3 in 10 agree", "3 in 10", id="list under a heading"),
        pytest.param(FR, "Il vous reste 47 % de cet article à lire.", "47 %", id="paywall, French"),
        pytest.param(FR, "Fin du texte.\n2 345 partages", "2 345 partages", id="counter, French"),
        pytest.param(FR, "Partagé 2 204 fois", "2 204", id="shared so many times, French"),
        pytest.param(FR, "Temps de lecture\u00a0: 7 min", "7 min", id="reading time, French"),
        pytest.param(FR, "Suivez-nous : 98 k abonnés", "98 k", id="followers, French"),
        pytest.param(FR, "Page 3 sur 4", "3 sur 4", id="page of pages, French"),
        pytest.param(FR, "6 € par mois pour lire sans publicité", "6 €", id="subscription price, French"),
        pytest.param(FR, "Contenu réservé aux abonnés : 2 € la première semaine", "2 €", id="paywall line, French"),
        pytest.param(FR, "Joint au 01 44 55 66 77, il n'a pas répondu.", "01 44 55 66 77", id="national number, French"),
        pytest.param(FR, "1 $ = 0,9123 euro", "1 $ = 0,9123", id="rate line, French"),
        pytest.param(FR, "À lire aussi : 5 questions sur le budget", "5 questions", id="link to another article, French"),
    ],
)
def test_marks(language, text, quote):
    start = text.index(quote)
    spans = mark_boilerplate(text, load_pack(language))
    assert any(span.start <= start and start + len(quote) <= span.end for span in spans), marked(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(EN, "The group sold 12 million shares for €300 million.", id="shares of a company"),
        pytest.param(EN, "Shares of the maker rose by 5% after the order of 30 tanks.", id="shares at the start"),
        pytest.param(EN, "Share of GDP spent on defence: 2.1%.", id="share of GDP"),
        pytest.param(EN, "The agency published an advertisement for 300 missiles.", id="advertisement for a purchase"),
        pytest.param(EN, "Readers will know that 40 tanks were sent.", id="readers in a sentence"),
        pytest.param(EN, "He viewed 12 howitzers and liked them; 40 comments were heard on the 3 billion.", id="comments in a sentence"),
        pytest.param(EN, "It will call up 300 000 men and 20 000 women.", id="call before an amount"),
        pytest.param(EN, "The bill rose by 1 200 000 000 euros (+12 000 000 on last year).", id="grouped amounts"),
        pytest.param(EN, "He made a donation of $3 million for 12 drones.", id="donation"),
        pytest.param(EN, "Follow-up contracts for 50 jets are expected.", id="a word that begins like a cue"),
        pytest.param(EN, "A table lists: 120 tanks; 40 guns; 0 500 rounds.", id="list"),
        pytest.param(FR, "Les partages de charges coûtent 3 milliards d’euros aux 27 pays.", id="partages in a sentence"),
        pytest.param(FR, "Le tarif de 25 % frappe 12 pays ; l'entrée coûte 7 milliards.", id="tarif in a sentence"),
        pytest.param(FR, "Renseignement : 300 millions d'euros pour 12 satellites.", id="intelligence"),
        pytest.param(FR, "Le ministère appelle 40 000 réservistes.", id="appelle before a count"),
    ],
)
def test_leaves_the_body_alone(language, text):
    assert marked(text, language) == []


def test_a_paragraph_keeps_all_but_the_sentence_of_the_cue():
    text = (
        "The ministry ordered 120 tanks for 3 billion euros in March. You have 12% of this article left to read. "
        + "A second sentence speaks of 48 howitzers that are to follow by the end of the year. " * 4
    )
    assert marked(text, EN) == ["You have 12% of this article left to read."]


def test_a_list_under_a_heading_ends_where_the_text_goes_on():
    text = "Read next:\n5 things to know\nThe ministry ordered 12 tanks.\n\nAnd 30 guns."
    assert marked(text, EN) == ["Read next:\n5 things to know"]


def test_spares_folding_twice():
    text = "Tanks.\n12 comments\n"
    pack = load_pack(EN)
    assert mark_boilerplate(text, pack, fold_text(text)) == mark_boilerplate(text, pack)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["comments", "12", " ", "\n", "|", "(", ")", ":", "©", "=", "://", "+33 1", "tel", "0", "lire aussi", "."]),
            st.text(max_size=6),
        ),
        max_size=40,
    ).map("".join),
    st.sampled_from(available_languages()),
)
def test_spans_lie_in_the_text_in_order_and_apart(text, language):
    spans = mark_boilerplate(text, load_pack(language))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end < right.start for left, right in itertools.pairwise(spans))


@pytest.mark.skipif(not GOLD.exists(), reason=f"{GOLD} is not there")
@pytest.mark.parametrize("name", ["seeds", "dev", "dev2"])
def test_gold_articles_lose_no_claim_and_little_boilerplate_gets_by(name):
    lost, seen, found = [], 0, 0
    for article in json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8")):
        spans = mark_boilerplate(article["text"], load_pack(article["language"]))
        for claim in article["claims"]:
            lost += [claim["quote"] for span in spans if span.start < claim["end"] and claim["start"] < span.end]
        for item in article["screened"]:
            if item["reason"] == "boilerplate":
                seen += 1
                found += any(span.start < item["end"] and item["start"] < span.end for span in spans)
    assert lost == []
    assert found >= 0.9 * seen
