"""From the lines that a PDF page draws to running text: paragraphs rejoined, running heads and page numbers marked."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.read.running_heads import find_furniture
from etl.records import Locator, Span

_FULL = 0.75
"""A line of this share of the page's usual width goes on in the next line."""
_SOFT_HYPHEN = "\ufffe\x02\u00ad"
_LIST_ITEM = re.compile(r"[•▪◦–—*-]\s|\d{1,2}[.)]\s|[a-z]\)\s")


class PagedText(NamedTuple):
    """The text of all pages, where each page lies in it, and what runs along the pages instead of in the text."""

    text: str
    locators: tuple[Locator, ...]
    furniture: tuple[Span, ...]


def join_pages(pages: list[str]) -> PagedText:
    """One text of many pages, a blank line between two."""
    split = [[line.strip() for line in _plain(page).split("\n") if line.strip()] for page in pages]
    pieces: list[str] = []
    locators: list[Locator] = []
    furniture: list[Span] = []
    offset = 0
    for number, (lines, running) in enumerate(zip(split, find_furniture(split), strict=True), start=1):
        text, spans = _page_paragraphs(lines, running)
        furniture.extend(Span(offset + span.start, offset + span.end) for span in spans)
        if text:
            locators.append(Locator(offset, offset + len(text), f"page {number}"))
            pieces.append(text)
            offset += len(text) + 2
    return PagedText("\n\n".join(pieces), tuple(locators), tuple(furniture))


def _plain(page: str) -> str:
    """A page with one kind of line end; words that were broken at a line's end are whole again."""
    text = page.replace("\r\n", "\n").replace("\r", "\n")
    for hyphen in _SOFT_HYPHEN:
        text = text.replace(hyphen + "\n", "").replace(hyphen, "")
    return text


def _page_paragraphs(lines: list[str], running: set[int]) -> tuple[str, list[Span]]:
    """The page's text with the lines of a paragraph joined, and the spans of its running heads."""
    width = _usual_width(lines)
    text = ""
    spans: list[Span] = []
    open_paragraph = False
    for index, line in enumerate(lines):
        furniture = index in running
        goes_on = open_paragraph and not furniture and not _LIST_ITEM.match(line)
        separator = "" if not text else " " if goes_on else "\n"
        start = len(text) + len(separator)
        text += separator + line
        if furniture:
            spans.append(Span(start, len(text)))
        open_paragraph = not furniture and len(line) >= _FULL * width
    return text, spans


def _usual_width(lines: list[str]) -> int:
    """The length that the page's fuller lines have; short pages have none, so that their lines stay apart."""
    lengths = sorted(len(line) for line in lines)
    return lengths[int(len(lengths) * 0.8)] if len(lengths) >= 4 else 10_000
