"""The article's text in a web page, by one of two engines."""

from __future__ import annotations

import logging
import re

from etl.read.resource import require

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<[^>]{0,2000}>")
_PARAGRAPH = 180
"""Characters from which a `<p>` is prose of an article and no label or teaser."""
_ENOUGH = 800
_LONG = 3_000
"""Characters from which a text needs no third of its length in prose paragraphs to be the article's."""
_SHORT_LINES = 3_000
"""Characters that an article may have in lists and short lines besides."""
_UNCLOSED = 10_000


def article_text(page: str, url: str | None) -> str:
    """The text of the article by trafilatura.

    Its quick pass is taken where its length fits the page's paragraphs; else the careful one, which runs two other
    extractors to compare with and takes half as long again.
    """
    import trafilatura  # 0.3 s to load, needed for pages only
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it refuses becomes an issue
    declaration = _DECLARATION.match(page)  # lxml refuses a text that declares an encoding
    source = page[declaration.end() :] if declaration else page
    for quick in (True, False):
        options = Extractor(output_format="python", url=url, comments=False, fast=quick)
        if quick:
            options.focus = "unchecked"  # any but "balanced": its own check of short texts takes as long as the pass
        document = trafilatura.bare_extraction(source, url=url, options=options)
        text = "" if document is None or isinstance(document, dict) else document.text or ""
        if quick and _fits_paragraphs(text, source):
            break
    return text


def _fits_paragraphs(text: str, page: str) -> bool:
    """Whether a text is about as long as the prose of the page: a half-found article or the whole page is not.

    A short text of a page whose paragraphs are no `<p>` may be a half-found one too.
    """
    if len(text) < _ENOUGH:
        return False
    prose = 0
    for piece in page.split("<p")[1:]:
        if piece[:1] in (" ", ">"):
            length = len(_TAG.sub("", piece.partition("</p")[0].partition(">")[2]))
            prose += length if length >= _PARAGRAPH else 0
    return prose / 2 <= len(text) <= 2 * prose + _SHORT_LINES and min(len(text), _LONG) <= 3 * prose


def quick_text(page: str) -> str:
    """The text of the article by resiliparse, which is many times quicker and keeps more of the page around it."""
    extract = require("resiliparse.extract.html2text")
    return str(extract.extract_plain_text(page, main_content=True, alt_texts=False))


def is_tangled(page: str) -> bool:
    """Whether so many elements are never closed that the quick engine, which nests them all, would take minutes."""
    return page.count("<") - 2 * page.count("</") > _UNCLOSED
