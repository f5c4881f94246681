"""PDF: pages as locators, running heads marked, lines rejoined, broken documents named."""

from __future__ import annotations

import hashlib

import pytest

from etl.read import Limits, ReadOptions
from etl.read.pdf_text import join_pages
from tests.read.conftest import page_html, read
from tests.read.pdf_builder import pdf_bytes


def body(speaker: str) -> list[str]:
    return [
        f"{speaker} told the committee on Tuesday that the programme would cost 3.4 billion euros",
        f"over ten years, {speaker} having spent 600 million by the end of the third quarter, and",
        f"that {speaker} hoped to hand over the first of 48 howitzers to the brigade in the north in",
        "spring.",
        f"A second order is being talked about, {speaker} said.",
    ]


PAGES = [
    ["Budget committee", *body(speaker), f"Page {number} of 4"]
    for number, speaker in enumerate(("The minister", "A general", "The auditor", "A member"), start=1)
]


def test_text_locators_and_running_heads(write):
    data = pdf_bytes(PAGES)
    article = read(write("report.pdf", data)).article
    assert "3.4 billion euros over ten years, The minister having spent 600 million by the end of the third quarter, and that" in article.text
    assert "in spring.\nA second order" in article.text
    assert [locator.label for locator in article.locators] == ["page 1", "page 2", "page 3", "page 4"]
    for locator in article.locators:
        assert article.text[locator.start : locator.end].startswith("Budget committee")
    assert [article.text[span.start : span.end] for span in article.boilerplate] == [
        line for number in (1, 2, 3, 4) for line in ("Budget committee", f"Page {number} of 4")
    ]
    assert article.original_sha256 == hashlib.sha256(data).hexdigest()
    assert (article.id, article.media_type, article.language) == ("report", "application/pdf", "en")


@pytest.mark.parametrize(
    ("title", "found"),
    [("Equipment plan of the forces", "Equipment plan of the forces"), ("Microsoft Word - plan.docx", "Budget committee"), (None, "Budget committee")],
)
def test_titles(write, title, found):
    assert read(write("report.pdf", pdf_bytes(PAGES, title))).article.title == found


def test_a_pdf_by_its_first_bytes(write):
    assert "48 howitzers" in read(write("report.txt", pdf_bytes(PAGES))).article.text


def test_a_page_that_was_saved_as_a_pdf(write):
    assert read(write("report.pdf", page_html())).article.media_type == "text/html"


def test_a_fetched_pdf_that_is_called_a_page(site):
    url = site.page("/report", pdf_bytes(PAGES), "text/html")
    article = read(url, options=ReadOptions(allow_private=True, fetch_interval=0.0)).article
    assert (article.id, len(article.locators)) == (url, 4)


GOOD = pdf_bytes(PAGES)


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        pytest.param(b"%PDF-1.4\n", {"invalid_pdf"}, id="nothing after the mark"),
        pytest.param(b"%PDF-1.4\n" + b"\x00\xff" * 4000, {"invalid_pdf"}, id="noise"),
        pytest.param(pdf_bytes([[], []]), {"no_text"}, id="pages without text"),
        pytest.param(GOOD[: len(GOOD) // 2], {"invalid_pdf", "no_text", ""}, id="cut off in the middle"),
        pytest.param(GOOD.replace(b"/Count 4", b"/Count 999999"), {"too_large", "invalid_pdf", ""}, id="a false count of pages"),
        pytest.param(GOOD.replace(b"/Kids [4 0 R", b"/Kids [1 0 R"), {"invalid_pdf", "no_text", ""}, id="a tree that holds itself"),
    ],
)  # fmt: skip
def test_hostile_documents(write, data, kinds):
    reading = read(write("a.pdf", data), write("z.txt", "Ten tanks were sent."), options=ReadOptions(language="en"))
    assert reading.articles[-1].id == "z"
    assert len(reading.articles) == 2 or set(reading.kinds) & kinds


def test_limits(write):
    path = write("a.pdf", GOOD)
    assert read(path, options=ReadOptions(limits=Limits(document_pages=3))).kinds == ["too_large"]
    assert read(path, options=ReadOptions(limits=Limits(article=100))).kinds == ["too_large"]


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        pytest.param([["Short", "lines", "stay"]], "Short\nlines\nstay", id="a list"),
        pytest.param([["• " + "x" * 60, "• " + "y" * 60, "• " + "z" * 60, "w" * 62]], None, id="bullets stay apart"),
        pytest.param([["12"], ["body of it"]], "12\n\nbody of it", id="a lone number is the page's text"),
        pytest.param([], "", id="no pages"),
    ],
)
def test_joining_lines(pages, text):
    joined = join_pages(["\r\n".join(lines) for lines in pages])
    if text is None:
        assert joined.text.count("\n•") == 2
    else:
        assert joined.text == text


def test_a_number_on_one_page_is_no_running_head():
    pages = [["Title of the page", "It cost 30 million.", f"Text {'abcdef'[number]} of the page"] for number in range(4)]
    joined = join_pages(["\n".join(lines) for lines in pages])
    marked = [joined.text[span.start : span.end] for span in joined.furniture]
    assert "Text a of the page" not in marked
