"""A batch: some hundred articles that are extracted, normalised and stored in one transaction."""

from __future__ import annotations

import functools
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import NamedTuple

from sqlalchemy import Engine

from etl.audit import audit_extraction
from etl.counting import Tally
from etl.extract import extract_article
from etl.lexicon import packs_hash
from etl.load import find_versions, load_batch, now_text
from etl.normalise import normalise
from etl.parts import extract_in_parts
from etl.records import Article, Extraction, Issue
from etl.rows import ArticleIdentity, ArticleRows, article_rows, identify_article
from tracker import __version__
from tracker.database import explained
from tracker.resources import resource_path

BATCH_ARTICLES = 500
BATCH_CHARACTERS = 4_000_000
BATCH_SECONDS = 5.0

Batch = Sequence[Article | Issue]


class Prepared(NamedTuple):
    """A batch, extracted and ready to be stored."""

    read: int
    """Articles in the batch."""
    unchanged: int
    """Those of them that the store has already."""
    location: str
    """Where the last input of the batch lies."""
    unread: list[Issue]
    """What was wrong with inputs that gave no article, or none that is current."""
    articles: list[ArticleRows]
    screened: dict[str, Counter[str]]
    """Article key -> its numbers that are no claims, by reason."""


def batch_articles(articles: Iterable[Article | Issue], size: int = BATCH_ARTICLES) -> Iterator[list[Article | Issue]]:
    """The articles in lots that one transaction stores: so many of them, so much text, or so many seconds' worth."""
    batch: list[Article | Issue] = []
    characters, begun = 0, time.monotonic()
    for item in articles:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= size or characters >= BATCH_CHARACTERS or time.monotonic() - begun > BATCH_SECONDS:
            yield batch
            batch, characters, begun = [], 0, time.monotonic()
    if batch:
        yield batch


def prepare_batch(engine: Engine, batch: Batch, run_key: str) -> Prepared:
    """Extract what the store does not have yet."""
    articles = {identify_article(item): item for item in batch if isinstance(item, Article)}
    unread = [item for item in batch if isinstance(item, Issue)]
    with explained(engine), engine.connect() as connection:
        stored = find_versions(connection, [identity.key for identity in articles])
    unread += [_older_version(article) for identity, article in articles.items() if stored.get(identity.key)]
    now = now_text()
    prepared, screened = [], {}
    for identity, article in articles.items():
        if identity.key not in stored:
            rows, reasons = prepare_article(article, identity, run_key, now)
            prepared.append(rows)
            screened[identity.key] = reasons
    read = sum(isinstance(item, Article) for item in batch)
    return Prepared(read, read - len(prepared), batch[-1].location or "", unread, prepared, screened)


def _older_version(article: Article) -> Issue:
    message = "this version of the article was read before, and a later one has taken its place; the later one stays current"
    return Issue("older_version", message, article.location)


def store_batch(engine: Engine, prepared: Prepared, run_key: str) -> Tally:
    """Store a batch in one transaction; what that came to."""
    loaded = load_batch(engine, prepared.articles, prepared.unread, run_key)
    tally = Tally(location=prepared.location)
    tally.counts.update(read=prepared.read, unchanged=prepared.unchanged)
    tally.add_loaded(loaded)
    tally.issues.update(issue.kind for issue in prepared.unread)
    tally.issues.update(same_name=loaded.namesakes)
    for item in prepared.articles:
        if item.identity.key in loaded.new_keys:
            tally.issues.update(row[4] for row in item.issues)
            tally.screened.update(prepared.screened[item.identity.key])
    return tally


def prepare_article(
    article: Article,
    identity: ArticleIdentity,
    run_key: str,
    now: str,
    extract: Callable[[Article], Extraction] = extract_article,
) -> tuple[ArticleRows, Counter[str]]:
    """The rows of one article, and how many numbers of it are no claims by reason.

    An article that the extractor fails on is stored without claims and with an issue; re-extraction tries it again.
    """
    try:
        extraction = audit_extraction(extract_in_parts(article, extract))
        rows = article_rows(normalise(extraction), identity, run_key, extractor_hash(), now)
    except Exception as error:
        issue = Issue("extraction_error", f"{type(error).__name__}: {error}", article.location)
        extraction = Extraction(article, (), (), (issue,))
        rows = article_rows(normalise(extraction), identity, run_key, "", now)
    return rows, Counter(item.reason.value for item in extraction.screened)


@functools.cache
def extractor_hash() -> str:
    """SHA-256 (hex) over all that decides what is read in a text: packs, parties, rates, plausibility and versions."""
    digest = hashlib.sha256(f"{__version__} {version('currencyconverter')} {packs_hash()}".encode())
    for path in sorted(resource_path("seeds").glob("*.*")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
