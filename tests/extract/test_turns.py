"""Who has the floor in a transcript is the speaker of what is said in it."""

from __future__ import annotations

import pytest

from etl import extract_claims

COMMONS = (
    "House of Commons\n\n"
    "Dame Ann Lee: The Ministry of Defence has spent £15 billion on late programmes since 2010. What will he do?\n\n"
    "The Secretary of State for Defence (Mr John Smith): We have sent 14 tanks to Ukraine.\n"
    "Another 40 guns will follow.\n\n"
    "Tom Brown (Barrow) (Lab): The Army has 76,000 soldiers. The National Audit Office said that £5 billion was lost."
)
SENAT = (
    "M. Paul Martin, président. – Nous examinons ce matin les crédits de la mission.\n"
    "Mme Anne Durand, ministre des armées. – Le budget atteindra 50,5 milliards d'euros en 2025.\n"
    "Nous avons commandé 109 canons Caesar."
)
BRIEFING = "Q: How many did you send, and when will the others be ready?\nGEN. RYDER: We sent 31 tanks.\nQ: And how many missiles? We hear of 200 of them."


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        (COMMONS, "en", ["Dame Ann Lee", "Mr John Smith", "Mr John Smith", "Tom Brown", "National Audit Office"]),
        (SENAT, "fr", ["Mme Anne Durand", "Mme Anne Durand"]),
        (BRIEFING, "en", ["GEN. RYDER", None]),
        ("SENIOR DEFENSE OFFICIAL: We have sent 31 tanks.\nQ Did Poland send 14 tanks?\nMS. LEE: It sent 40 guns.", "en", ["SENIOR DEFENSE OFFICIAL", None, "MS. LEE"]),
        ("MR. SMITH: This year our Allies will invest over $500 billion.\n\nToday 23 of them spend 2 percent of GDP.", "en", ["MR. SMITH"] * 3),
        ("– We get 154 modern tanks with these orders. That is what the brigades need, says the minister, Ann Lee.", "en", ["Ann Lee"]),
    ],
)
def test_the_one_who_has_the_floor_speaks(text: str, language: str, want: list[str | None]) -> None:
    assert [claim.speaker for claim in extract_claims(text, language=language, published="2024-10-01")] == want


@pytest.mark.parametrize(
    "text",
    [
        "Poland: the government bought 180 K2 tanks for $6.5 billion.\nRomania: parliament approved 54 Abrams tanks for 2 billion euros.\nLatvia: 6 guns are to come in 2026.",
        "Total cost: the programme is worth $5 billion over ten years.\nFirst Delivery: the first of 12 ships is due in 2027.\nTotal cost: the second lot is worth $2 billion.",
        "DEEPENING DEFENSE COOPERATION: The United States sold 31 tanks to Poland.\nEXPANDING TRADE: Poland bought 40 guns for $2 billion.",
        "General Dynamics: sales rose to $12 billion in the second quarter.\nLockheed Martin: sales fell to $17 billion in the quarter.\nGeneral Dynamics: orders reached $15 billion this year.",
    ],
)
def test_headings_and_lists_are_no_turns(text: str) -> None:
    assert not any(claim.speaker for claim in extract_claims(text, language="en", published="2024-10-01"))
