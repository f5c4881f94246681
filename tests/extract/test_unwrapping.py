"""Lines that only wrap a sentence are read as one, idle characters as none; all others, and every offset, stay."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import extract_claims, extract_quantities
from etl.extract import open_document
from etl.extract.unwrapping import drop_idle, unwrap_lines
from etl.records import Span

STORY = (
    "TALLINN - Estonia will send Ukraine a package worth 2.5 billion euros and 40 howitzers, the defence ministry said on Monday. "
    "Another 1,200 shells will be bought from Nammo for 300 million euros, and at least 3 percent of GDP will go to defence by 2026, "
    "said the minister, who hopes that 12 other countries will follow the example that the government in Tallinn has set this year."
)
LIST = "The package holds:\n- 12 tanks\n- 40 howitzers"
TABLE = "Country        2022    2023    2024    change of the budget\n" + "\n".join(
    f"{name:12} {number:6.1f} {number + 1:6.1f} {number + 3:6.1f}    {number / 9:5.1f} per cent a year" for name, number in (("Poland", 20), ("Estonia", 1), ("Latvia", 2), ("Finland", 6))
)


@pytest.mark.parametrize("width", [50, 65, 72, 80])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_wrapped_text_says_what_it_says_in_one_line(width: int, line_end: str) -> None:
    wrapped = textwrap.fill(STORY, width).replace("\n", line_end)
    claims, plain = (extract_claims(text, language="en", published="2024-05-06") for text in (wrapped, STORY))
    assert [(c.low, c.unit, c.object, c.actor) for c in claims] == [(c.low, c.unit, c.object, c.actor) for c in plain]
    assert [wrapped[c.start : c.end] for c in claims] == [c.quote for c in claims]
    assert [" ".join(c.quote.split()) for c in claims] == [c.quote for c in plain]


WIDE = STORY.replace(" ", "  ")


@pytest.mark.parametrize("text", [WIDE, WIDE.replace(".  ", ".\r\n"), f"PARIS\r\n\r\n{STORY}\r\n"])
def test_idle_characters_change_nothing_but_offsets(text: str) -> None:
    claims, plain = (extract_claims(version, language="en", published="2024-05-06") for version in (text, STORY))
    said = [[(c.low, c.unit, c.object, c.actor, c.counterparty, c.speaker, c.date, c.stage, c.stage_as_reported) for c in found] for found in (claims, plain)]
    assert said[0] == said[1]
    assert [text[c.start : c.end] for c in claims] == [c.quote for c in claims]
    assert ["".join(c.quote.split()) for c in claims] == ["".join(c.quote.split()) for c in plain]
    for proof in (proof for c in claims for proof in c.evidence if proof.start is not None):
        assert text[proof.start : proof.end].strip()
    assert [text[q.start : q.end] for q in extract_quantities(text, language="en")] == [c.quote for c in claims]


def test_links_name_the_claims_of_the_article_as_it_was_read() -> None:
    main, restated = extract_claims("Oslo  will  pay $10 million  (9.3 million  euros)  for drones.", language="en")
    assert restated.restates == main.start


def test_boilerplate_known_to_the_reader_stays_where_it_is() -> None:
    text = "Oslo  pays  5 million  euros. Read  also: 40  tanks."
    begin = text.index("Read")
    document = open_document(text, "en", boilerplate=[Span(begin, len(text))])
    assert [document.text[start:end] for start, end in document.boilerplate] == ["Read also: 40 tanks."]


@pytest.mark.parametrize("text", ["Poland    20.0    21.0", "40  000", "a\rb", "Poland\t\t20"])
def test_columns_stay(text: str) -> None:
    assert drop_idle(text) == (text, ())


@given(st.lists(st.text(st.sampled_from("ab 1.\r\n\t«é\U0001f600"), max_size=60), max_size=12).map("  ".join))
def test_dropped_characters_can_be_put_back(text: str) -> None:
    left, dropped = drop_idle(text)
    document = open_document(text, "en", boilerplate=None)
    assert document.dropped == dropped
    assert len(left) + len(dropped) == len(text)
    assert "".join(text[document.in_print(offset)] for offset in range(len(left))) == left
    assert set(text) - set(left) <= {"\r"}


@pytest.mark.parametrize("text", [STORY, LIST, TABLE, f"{STORY}\n\n{LIST}\n{STORY}", "\n".join(["A headline", "Another line", "a third", "a fourth"])])
def test_paragraphs_lists_and_tables_stay(text: str) -> None:
    assert unwrap_lines(text) is text


def test_a_list_in_a_wrapped_text_stays() -> None:
    text = f"{textwrap.fill(STORY, 70)}\n\n{LIST}\n"
    assert unwrap_lines(text).endswith(f"\n\n{LIST}\n")
    assert unwrap_lines(text).startswith(STORY)


@given(st.lists(st.text(st.sampled_from("ab 1.\r\t«é\U0001f600"), max_size=60), max_size=12).map("\n".join))
def test_offsets_stay(text: str) -> None:
    found = unwrap_lines(text)
    assert len(found) == len(text)
    assert all(one == other or (one == "\n" and other == " ") for one, other in zip(text, found, strict=True))
