"""PDF: the text of all pages in order, with page numbers as locators and running heads marked as boilerplate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from etl.read.finish import finish_article
from etl.read.options import ReadOptions
from etl.read.pdf_text import join_pages
from etl.read.resource import Resource, one_line, require
from etl.records import Article, Issue

EXTENSIONS = (".pdf",)
MEDIA_TYPES = ("application/pdf", "application/x-pdf")
SIGNATURES = (b"%PDF-",)
WRAPPERS = ()

_CHUNK = 1 << 20


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The article of a document; an issue where it is broken, locked, too long or holds pictures only."""
    pdfium = require("pypdfium2")
    digest, source = _load(resource, options)
    if isinstance(source, Issue):
        yield source
        return
    try:
        document = pdfium.PdfDocument(source)
    except (pdfium.PdfiumError, ValueError, OSError) as error:
        yield Issue("invalid_pdf", one_line(error), resource.location)
        return
    try:
        yield from _read_document(document, digest, resource, options, pdfium.PdfiumError)
    finally:
        document.close()


def _load(resource: Resource, options: ReadOptions) -> tuple[str, Any]:
    """The SHA-256 of the file, and the path or bytes to open; a file on disk is never held in memory whole."""
    if resource.path is None:
        data = resource.read_all(options.limits.document)
        return (hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""), data
    digest = hashlib.sha256()
    while chunk := resource.stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest(), resource.path


def _read_document(
    document: Any, digest: str, resource: Resource, options: ReadOptions, failure: type[Exception]
) -> Iterator[Article | Issue]:
    if len(document) > options.limits.document_pages:
        message = f"{len(document):,} pages, more than {options.limits.document_pages:,}"
        yield Issue("too_large", message, resource.location)
        return
    pages: list[str] = []
    broken: list[Issue] = []
    size = 0
    for number in range(len(document)):
        try:
            text = _page_text(document, number)
        except failure as error:
            text = ""
            broken.append(Issue("invalid_pdf", f"page {number + 1}: {one_line(error)}", resource.location))
        size += len(text)
        if size > options.limits.article:
            yield Issue("too_large", f"more than {options.limits.article:,} characters of text", resource.location)
            return
        pages.append(text)
    joined = join_pages(pages)
    if not joined.text.strip():
        yield from broken
        yield Issue("no_text", "no text in the document: its pages may be pictures", resource.location)
        return
    yield finish_article(
        Article(
            id=resource.article_id,
            text=joined.text,
            location=resource.location,
            title=_stated_title(document),
            url=resource.url,
            byline=document.get_metadata_value("Author") or None,
            media_type=MEDIA_TYPES[0],
            original_sha256=digest,
            retrieved_at=resource.retrieved_at,
            boilerplate=joined.furniture,
            locators=joined.locators,
            issues=tuple(broken),
        ),
        options,
    )


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded())
        finally:
            text_page.close()
    finally:
        page.close()


def _stated_title(document: Any) -> str | None:
    """The title that the document's properties give, unless a program put a file name there."""
    title = str(document.get_metadata_value("Title") or "").strip()
    looks_like_file = "." in title[-5:] or " - " in title[:20] or " " not in title
    return None if not title or looks_like_file else title
