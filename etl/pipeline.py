"""The main job: read, extract, normalise, load. Owns batches and transactions, counts, and the run's row.

What is wrong with an input or an article becomes an issue, and the next one is taken. What is wrong with the
store ends the run; all batches before it are stored, and the next run goes on where this one stopped.
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from etl.extract import extract_article
from etl.lexicon import packs_hash
from etl.load import Loaded, find_stored, finish_run, load_batch, now_text, start_run
from etl.normalise import normalise
from etl.read import ReadOptions, read_articles
from etl.records import Article, Extraction, Issue
from etl.rows import ArticleIdentity, ArticleRows, article_rows, identify_article
from tracker import __version__
from tracker.database import explained, open_database, writing
from tracker.parties import sync_parties
from tracker.resources import resource_path
from tracker.vocabulary import RunKind, RunStatus

BATCH_ARTICLES = 500
BATCH_CHARACTERS = 4_000_000
BATCH_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """What a user may say about an ingest."""

    read: ReadOptions = field(default_factory=ReadOptions)
    jobs: int = 1
    """Processes that read and extract."""
    scheduler: str | None = None
    """Address of a Dask scheduler whose workers do it instead."""
    batch: int = BATCH_ARTICLES
    """Articles that one transaction stores."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    read: int
    new: int
    unchanged: int
    claims: int
    issues: int
    seconds: float
    location: str
    """The input that was read last."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did."""

    run_key: str
    read: int
    new: int
    """Articles stored; `superseding` and `copies` are among them."""
    unchanged: int
    superseding: int
    copies: int
    claims: int
    screened: dict[str, int]
    """Numbers that are no claims, by reason."""
    issues_by_kind: dict[str, int]
    seconds: float

    @property
    def issues(self) -> int:
        """All issues."""
        return sum(self.issues_by_kind.values())


@dataclass(slots=True)
class Tally:
    """The counts of a run while it goes on."""

    started: float = field(default_factory=time.monotonic)
    counts: Counter[str] = field(default_factory=Counter)
    screened: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    location: str = ""

    def add_loaded(self, loaded: Loaded) -> None:
        """Count what a batch brought in."""
        self.counts.update(
            new=loaded.new,
            unchanged=loaded.unchanged,
            superseding=loaded.superseding,
            copies=loaded.copies,
            claims=loaded.claims,
        )

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    def progress(self) -> Progress:
        """How far the run has come."""
        counts = self.counts
        return Progress(
            counts["read"],
            counts["new"],
            counts["unchanged"],
            counts["claims"],
            self.issues.total(),
            self.seconds,
            self.location,
        )

    def summary(self, run_key: str) -> RunSummary:
        """What the run did."""
        counts = self.counts
        return RunSummary(
            run_key,
            counts["read"],
            counts["new"],
            counts["unchanged"],
            counts["superseding"],
            counts["copies"],
            counts["claims"],
            dict(sorted(self.screened.items())),
            dict(sorted(self.issues.items())),
            self.seconds,
        )

    def as_counts(self) -> dict[str, Any]:
        """What the run's row keeps."""
        names = ("read", "new", "unchanged", "superseding", "copies", "claims")
        return {
            **{name: self.counts[name] for name in names},
            "screened": dict(sorted(self.screened.items())),
            "issues": dict(sorted(self.issues.items())),
            "seconds": round(self.seconds, 3),
        }


def ingest(
    database_url: str | None,
    inputs: Sequence[str],
    settings: IngestSettings | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RunSummary:
    """Take the articles of files, folders and URLs into the store and say what was new; a second time, nothing is."""
    chosen = settings or IngestSettings()
    articles = read_articles(inputs, chosen.read)
    engine = open_database(database_url)
    try:
        return _run(engine, articles, inputs, chosen, progress)
    finally:
        engine.dispose()


def _run(
    engine: Engine,
    articles: Iterable[Article | Issue],
    inputs: Sequence[str],
    settings: IngestSettings,
    progress: Callable[[Progress], None] | None,
) -> RunSummary:
    with writing(engine) as connection:
        sync_parties(connection)
    run_key = start_run(engine, RunKind.INGEST, __version__, packs_hash(), _describe(inputs, settings))
    tally = Tally()
    try:
        for batch in batch_articles(articles, settings.batch):
            take_batch(engine, batch, run_key, tally)
            if progress:
                progress(tally.progress())
    except BaseException:
        finish_run(engine, run_key, RunStatus.FAILED, tally.as_counts())
        raise
    finish_run(engine, run_key, RunStatus.FINISHED, tally.as_counts())
    return tally.summary(run_key)


def _describe(inputs: Sequence[str], settings: IngestSettings) -> dict[str, Any]:
    """The settings that the run's row keeps."""
    read = settings.read
    return {
        "inputs": list(inputs[:20]),
        "published": read.published.isoformat() if read.published else None,
        "source": read.source,
        "language": read.language,
        "jobs": settings.jobs,
    }


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


def take_batch(engine: Engine, batch: Sequence[Article | Issue], run_key: str, tally: Tally) -> None:
    """Extract and store what is new in a batch."""
    articles = {identify_article(item): item for item in batch if isinstance(item, Article)}
    unread = [item for item in batch if isinstance(item, Issue)]
    with explained(engine), engine.connect() as connection:
        stored = find_stored(connection, [identity.key for identity in articles])
    now = now_text()
    prepared, screened = [], {}
    for identity, article in articles.items():
        if identity.key not in stored:
            rows, reasons = prepare_article(article, identity, run_key, now)
            prepared.append(rows)
            screened[identity.key] = reasons
    loaded = load_batch(engine, prepared, unread, run_key)
    _count(tally, batch, unread, [item for item in prepared if item.identity.key in loaded.new_keys], screened)
    tally.add_loaded(loaded)
    tally.counts["unchanged"] += sum(isinstance(item, Article) for item in batch) - len(prepared)


def _count(
    tally: Tally,
    batch: Sequence[Article | Issue],
    unread: Sequence[Issue],
    stored: Sequence[ArticleRows],
    screened: dict[str, Counter[str]],
) -> None:
    tally.counts["read"] += len(batch) - len(unread)
    tally.location = batch[-1].location or tally.location
    tally.issues.update(issue.kind for issue in unread)
    for item in stored:
        tally.issues.update(row[4] for row in item.issues)
        tally.screened.update(screened[item.identity.key])


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
    extractor = extractor_hash()
    try:
        extraction = extract(article)
        rows = article_rows(normalise(extraction), identity, run_key, extractor, now)
    except Exception as error:
        issue = Issue("extraction_error", f"{type(error).__name__}: {error}", article.location)
        extraction = Extraction(article, (), (), (issue,))
        rows = article_rows(normalise(extraction), identity, run_key, "", now)
    return rows, Counter(item.reason.value for item in extraction.screened)


@functools.cache
def extractor_hash() -> str:
    """SHA-256 (hex) over all that decides what is read in a text: packs, parties, rates and version."""
    digest = hashlib.sha256(f"{__version__} {packs_hash()}".encode())
    for name in ("parties.csv", "party_names.csv", "rates.csv"):
        digest.update(resource_path("seeds", name).read_bytes())
    return digest.hexdigest()
