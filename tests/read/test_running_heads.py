"""Running heads of a PDF: what only counts the pages is furniture, what says other things on each page is text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.extract import extract_article
from etl.read.running_heads import find_furniture
from tests.read.conftest import read
from tests.read.pdf_builder import pdf_bytes

NAMES = "abcdefghijkl"


def prose(number: int) -> list[str]:
    """Lines of text that no other page has."""
    return [
        f"The {word} {NAMES[number]} was talked about at length and" for word in ("first", "second", "third", "fourth")
    ]


def furniture(pages: list[list[str]]) -> list[list[str]]:
    """The running lines of each page."""
    return [
        [lines[index] for index in sorted(found)] for lines, found in zip(pages, find_furniture(pages), strict=True)
    ]


Line = Callable[[int], str]

HEADS: dict[str, tuple[int, Line]] = {
    "word for word": (3, lambda page: "Budget committee"),
    "a date": (3, lambda page: "Defence Weekly, 5 March 2024"),
    "a number alone": (3, lambda page: f"{page + 1}"),
    "between dashes": (3, lambda page: f"– {page + 1} –"),
    "of how many": (3, lambda page: f"Page {page + 1} of 12"),
    "with a stroke": (4, lambda page: f"{page + 7}/12"),
    "behind the words": (4, lambda page: f"Annual report 2024 {page + 7}"),
    "before the words": (4, lambda page: f"{page + 7} Annual report 2024"),
    "behind a word of its own": (4, lambda page: f"Page {page + 7} Annual report 2024"),
    "between separators": (4, lambda page: f"Ministry of Defence | page {page + 1} | 5 March 2024"),
    "of how many, between separators": (4, lambda page: f"Ministry of Defence – Page {page + 1} of 12 – 5 March 2024"),
    "left and right": (8, lambda page: f"{page + 1} Annual report 2024" if page % 2 else f"Artillery {page + 1}"),
    "left and right, word for word": (8, lambda page: "Annual report 2024" if page % 2 else "Artillery"),
    "a page without a number between": (6, lambda page: f"Annual report {page + 1 if page < 4 else page + 2}"),
}


@pytest.mark.parametrize("edge", ["top", "bottom"])
@pytest.mark.parametrize("case", HEADS)
def test_running_heads_are_marked(case: str, edge: str) -> None:
    count, head = HEADS[case]
    pages = [[head(page), *prose(page)] if edge == "top" else [*prose(page), head(page)] for page in range(count)]
    assert furniture(pages) == [[head(page)] for page in range(count)]


Text = Callable[[int], list[str]]

REPEATED_TEXT: dict[str, Text] = {
    "a sentence each, numbers that count": lambda page: [
        f"Estonia delivered {9 + page} howitzers to Ukraine in {2021 + page}.",
        f"Estonia spent {300 + page} million euros on ammunition in {2021 + page}.",
    ],
    "one number that counts": lambda page: [f"On 5 March 2024 Poland ordered {40 + page} tanks, the ministry said."],
    "a number that does not count": lambda page: [f"Howitzers {(9, 12, 7, 30)[page]}"],
    "two numbers": lambda page: [f"Howitzers {9 + page} {2021 + page}"],
    "a line of a table that counts, but not as the page": lambda page: [f"Howitzers delivered: {9 + page}"],
    "a count of things": lambda page: [f"Norland: {9 + page} howitzers"],
    "a count of things at the head of the line": lambda page: [f"{9 + page} howitzers"],
    "a sum that grows": lambda page: [f"Price in millions: 3.{4 + page}"],
    "a sentence that goes on in the next line": lambda page: [
        f"On 5 March 2024 Poland signed a contract for {40 + page} K2 tanks worth 3.4",
        "billion euros with Hyundai Rotem, the ministry said.",
    ],
    "a name at the head of the next line": lambda page: [
        f"On 5 March 2024 Poland signed a contract for {40 + page} K2 tanks with", "Hyundai Rotem, the ministry said.",
    ],
    "the number in the next line": lambda page: [
        "On 5 March 2024, in Warsaw, Poland signed a", f"contract for {40 + page} K2 tanks, the ministry said.",
    ],
    "three lines": lambda page: [
        f"Poland signed a contract for {40 + page} K2 tanks with", "Hyundai Rotem of Seoul and its partners in", "Warsaw.",
    ],
    "a sentence beside it": lambda page: [
        "The ministry has published the figures of the year.", f"Poland received {40 + page} K2 tanks in {2021 + page}.",
        "The minister spoke of a success.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", REPEATED_TEXT)
def test_text_that_repeats_but_for_its_numbers_is_text(case: str) -> None:
    text = REPEATED_TEXT[case]
    pages = [["Budget committee", *text(page), f"{page + 1}"] for page in range(4)]
    assert furniture(pages) == [["Budget committee", f"{page + 1}"] for page in range(4)]


def test_a_sentence_on_every_page_is_text_once() -> None:
    notice = "The institute has kept 300 records since 1921."
    pages = [[*prose(page), notice] for page in range(4)]
    assert furniture(pages) == [[], [notice], [notice], [notice]]


@pytest.mark.parametrize(
    ("pages", "marked"),
    [
        pytest.param([["Poland ordered 40 tanks in 2024, it said."]] * 3, [[]] * 3, id="one line each, all the same"),
        pytest.param(
            [["Deliveries", "Poland ordered 40 tanks in 2024.", f"{page}"] for page in (1, 2, 3)],
            [["1"], ["2"], ["3"]], id="the same but for the page's number",
        ),
        pytest.param(
            [["Deliveries", *prose(0)], ["Deliveries"], ["Deliveries", "3"], ["Deliveries", *prose(2)]],
            [["Deliveries"], [], ["3"], ["Deliveries"]], id="pages with a picture",
        ),
        pytest.param(
            [[f"Poland signed a contract for {page}", "K2 tanks worth 3.4 billion euros with", "Hyundai Rotem of Seoul."] for page in (40, 41, 42)],
            [[]] * 3, id="a sentence that breaks at its number",
        ),
        pytest.param([["7"], ["8"], ["9"]], [[]] * 3, id="numbers only"),
        pytest.param([[], ["A page"], []], [[]] * 3, id="pages without text"),
    ],
)  # fmt: skip
def test_a_page_is_never_furniture_entirely(pages: list[list[str]], marked: list[list[str]]) -> None:
    assert furniture(pages) == marked


def test_the_claims_of_repeated_text_are_read(write):
    pages = [
        ["Budget committee", *REPEATED_TEXT["a sentence each, numbers that count"](page), f"{page + 1}"]
        for page in range(4)
    ]
    article = read(write("report.pdf", pdf_bytes(pages))).article
    claims = extract_article(article).claims
    assert [claim.low for claim in claims] == [
        number for page in range(4) for number in (9 + page, (300 + page) * 1_000_000)
    ]
