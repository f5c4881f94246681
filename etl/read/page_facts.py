"""What a web page says of itself: JSON-LD, `<meta>`, canonical link, `lang`. Only what is stated, nothing guessed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urljoin

_ARTICLE_TYPES = ("article", "newsarticle", "blogposting", "reportagenewsarticle", "report", "liveblogposting", "webpage")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "publishdate",
    "pubdate", "publish-date", "publish_date", "publication_date", "citation_publication_date", "citation_date",
    "date", "date_published", "cxenseparse:recs:publishtime", "originalpublicationdate", "rnews:datepublished",
)  # fmt: skip
_TITLES = ("og:title", "headline", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_SITES = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "citation_author", "byl")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "inlanguage")
_DATE_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)")
_ELEMENT = re.compile(r"<(html|title|meta|link|script|time)\b([^>]{0,4000})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_WITH_TEXT = ("title", "script")
_TITLE_SEPARATOR = re.compile(r"\s+[|·•–—:-]+\s+")
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Element(NamedTuple):
    """One element of a page that says something of the page."""

    tag: str
    attributes: dict[str, str]
    text: str

    def get(self, name: str) -> str:
        """An attribute's value, empty where there is none."""
        return self.attributes.get(name, "")


def scan_elements(page: str) -> Iterator[Element]:
    """The elements of a page that speak of it, in order; scanned without a tree, as a tree of the whole costs more."""
    at = 0
    while match := _ELEMENT.search(page, at):
        tag = match[1].lower()
        at = match.end()
        text = ""
        if tag in _WITH_TEXT:
            end = page.find("</", at)
            if tag == "script":
                closing = _SCRIPT_END.search(page, at)
                end = closing.start() if closing else len(page)
            text = page[at : end if end >= 0 else len(page)]
            at += len(text)
        attributes = {
            name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(match[2])
        }
        yield Element(tag, attributes, html.unescape(text) if tag == "title" else text)


@dataclass(slots=True)
class PageFacts:
    """Metadata as worded by the page; None where it says nothing."""

    title: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    site: str | None = None
    meta: dict[str, str] = field(default_factory=dict)

    def fill(self, name: str, value: str | None) -> None:
        """Sets a fact that is not known yet."""
        if value and not getattr(self, name):
            setattr(self, name, value)


def read_facts(elements: Iterable[Element], location_url: str | None) -> PageFacts:
    """The facts that elements of a page state, structured data first; `location_url` is the address that it was fetched from."""
    facts = PageFacts()
    title = None
    html_language = None
    for element in elements:
        if element.tag == "html":
            html_language = element.get("lang") or element.get("xml:lang")
        elif element.tag == "title":
            title = title or " ".join(element.text.split())
        elif element.tag == "link" and "canonical" in element.get("rel").lower().split():
            facts.fill("url", _absolute(element.get("href"), location_url))
        elif element.tag == "meta":
            _note_meta(element, facts.meta)
        elif element.tag == "script" and "ld+json" in element.get("type").lower():
            _take_structured(element.text, facts)
        elif element.tag == "time":
            facts.meta.setdefault("time", element.get("datetime"))
    facts.language = html_language or facts.language
    _take_meta(facts, location_url)
    facts.fill("title", _without_site(title, facts.site))
    facts.fill("published", date_in_address(facts.url or location_url))
    return facts


def _without_site(title: str | None, site: str | None) -> str | None:
    """A window title without the name of the site that stands before or after a separator."""
    if not title or not site:
        return title
    parts = _TITLE_SEPARATOR.split(title.strip())
    named = [part for part in parts if part.strip().casefold() != site.strip().casefold()]
    return title if len(named) == len(parts) or not named else max(named, key=len).strip()


def date_in_address(url: str | None) -> str | None:
    """The day that an address such as `/2024/05/17/story` names."""
    match = _DATE_IN_PATH.search(url or "")
    return "-".join(match.groups()) if match else None


def _note_meta(element: Element, meta: dict[str, str]) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    content = element.get("content")
    if name and content and content.strip():
        meta.setdefault(name.strip().lower(), content.strip())


def _take_meta(facts: PageFacts, location_url: str | None) -> None:
    def first(names: Iterable[str]) -> str | None:
        return next((facts.meta[name] for name in names if facts.meta.get(name)), None)

    facts.fill("published", first(_DATES) or facts.meta.get("time"))
    facts.fill("title", first(_TITLES))
    facts.fill("site", first(_SITES))
    author = first(_AUTHORS)
    facts.fill("byline", None if author and _WEB_ADDRESS.match(author) else author)
    facts.fill("language", first(_LANGUAGES))
    facts.fill("url", _absolute(facts.meta.get("og:url"), location_url))


def _absolute(address: str | None, base: str | None) -> str | None:
    if not address:
        return None
    try:
        joined = urljoin(base or "", address.strip())
    except ValueError:
        return None
    return joined if _WEB_ADDRESS.match(joined) else None


def _take_structured(source: str, facts: PageFacts) -> None:
    """Facts from one JSON-LD block; one that is broken says nothing, as `<meta>` still may."""
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return
    for item in _structured_items(data, 0):
        kinds = item.get("@type")
        names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
        if any(str(name).lower() in _ARTICLE_TYPES for name in names):
            _take_item(item, facts)


def _take_item(item: dict[str, Any], facts: PageFacts) -> None:
    facts.fill("published", _text(item.get("datePublished")))
    facts.fill("title", _text(item.get("headline")))
    facts.fill("byline", _names(item.get("author")))
    facts.fill("site", _names(item.get("publisher")))
    facts.fill("language", _text(item.get("inLanguage")))


def _structured_items(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data:
            yield from _structured_items(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _structured_items(data.get("@graph"), depth + 1)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _names(value: Any) -> str | None:
    """The names of one or several people or bodies."""
    items = value if isinstance(value, list) else [value]
    names = [_text(item.get("name")) if isinstance(item, dict) else _text(item) for item in items]
    return ", ".join(name for name in names if name) or None
