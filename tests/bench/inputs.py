"""The corpus as files: plain texts, pages with a site's clutter around them, JSON Lines, a WARC archive."""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import html
import json
import uuid
from collections.abc import Sequence
from pathlib import Path

from tests.bench.corpus import FOLDER, BenchArticle

SITE = "https://news.example"
FIRST_DAY = dt.date(2023, 1, 2)
PUBLISHED_DAYS = 900
MENUS, LINKED = 8, 40
"""Sections of a page's menu, and other articles that it links to: a page is some 50 KB, as those of news sites are."""
CARD = (
    '<li class="card"><a href="{link}"><img src="/img/card.jpg" alt="" loading="lazy" width="320" height="180">'
    '<span class="card-title">{title}</span></a><span class="card-meta"><time>2 h</time> · 3 min</span></li>'
)
COMMENT = (
    '<div class="comment" id="c{number}"><div class="comment-head"><a href="/users/{number}">reader{number}</a> '
    '<time>3 h</time></div><p>{text}</p><button>Reply</button><button>Report</button></div>'
)


def published_on(number: int) -> str:
    """The day of the corpus's article of that number, ISO."""
    return (FIRST_DAY + dt.timedelta(days=number * 7 % PUBLISHED_DAYS)).isoformat()


def write_texts(folder: Path, articles: Sequence[BenchArticle]) -> Path:
    """A folder with one text file an article, its day on the first line."""
    folder.mkdir()
    for number, article in enumerate(articles):
        text = f"{published_on(number)}\n\n{article.text}\n"
        (folder / f"{article.id}.txt").write_text(text, encoding="utf-8")
    return folder


def write_lines(path: Path, articles: Sequence[BenchArticle]) -> Path:
    """A JSON Lines file of the articles with their metadata."""
    with path.open("w", encoding="utf-8") as out:
        for number, article in enumerate(articles):
            entry = {
                "id": article.id,
                "language": article.language,
                "published": published_on(number),
                "title": article.title,
                "text": article.text,
            }
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return path


def make_page(number: int, article: BenchArticle, others: Sequence[BenchArticle]) -> str:
    """A page as a news site serves it: metadata, menus, the article, related links, comments, a script's state."""
    paragraphs = [html.escape(paragraph) for paragraph in article.text.split("\n\n")[1:]]
    titles = [(f"/{other.language}/{other.id}.html", html.escape(other.title)) for other in others]
    return _page().format(
        language=article.language,
        title=html.escape(article.title),
        url=f"{SITE}/{article.language}/{article.id}.html",
        published=published_on(number),
        menu="\n".join(_menu(section) for section in range(MENUS)),
        body="\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        related="\n".join(CARD.format(link=link, title=title) for link, title in titles),
        comments="\n".join(COMMENT.format(number=at, text=title) for at, (_, title) in enumerate(titles)),
        state=json.dumps({"articles": [{"link": link, "title": title, "tags": ["a", "b"]} for link, title in titles]}),
    )


@functools.cache
def _page() -> str:
    return (FOLDER / "page.html").read_text(encoding="utf-8")


def _menu(section: int) -> str:
    """One section of the site's menu with its entries."""
    entries = "".join(f'<li><a href="/s{section}/t{topic}">Topic {section}.{topic}</a></li>' for topic in range(12))
    return f'<div class="menu-section"><a href="/s{section}">Section {section}</a><ul>{entries}</ul></div>'


def make_pages(articles: Sequence[BenchArticle]) -> list[str]:
    """The pages of the articles, each with the ones that follow linked from it."""
    ring = [*articles, *articles]
    return [make_page(at, article, ring[at + 1 : at + 1 + LINKED]) for at, article in enumerate(articles)]


def write_pages(folder: Path, articles: Sequence[BenchArticle], pages: Sequence[str]) -> Path:
    """A folder with one HTML file an article."""
    folder.mkdir()
    for article, page in zip(articles, pages, strict=True):
        (folder / f"{article.id}.html").write_text(page, encoding="utf-8")
    return folder


def write_archive(path: Path, articles: Sequence[BenchArticle], pages: Sequence[str]) -> Path:
    """A compressed WARC file with one response record a page, each a gzip member of its own."""
    with path.open("wb") as out:
        for article, page in zip(articles, pages, strict=True):
            url = f"{SITE}/{article.language}/{article.id}.html"
            body = page.encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            block = head.encode() + body
            fields = {
                "WARC-Type": "response",
                "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>",
                "WARC-Date": "2026-01-02T03:04:05Z",
                "WARC-Target-URI": url,
                "Content-Type": "application/http; msgtype=response",
                "Content-Length": str(len(block)),
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            out.write(gzip.compress(f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"))
    return path
