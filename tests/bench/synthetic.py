"""Claims without an extractor behind them, any number of them, to measure what the store does with them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from etl.normalise import normalise
from etl.records import Article, Claim, Evidence, Extraction, Interval, Span
from etl.rows import ArticleRows, article_rows, identify_article
from tests.bench.inputs import SITE, published_on
from tracker.parties import read_parties
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Stage, Topic

CLAIMS_PER_ARTICLE = 10
UNITS = {
    Kind.MONEY: ["USD", "EUR", "GBP", "PLN", "NOK"],
    Kind.COUNT: ["item", "person"],
    Kind.SHARE: ["percent"],
    Kind.MEASURE: ["kilometer", "metric_ton"],
}
KINDS = [Kind.MONEY] * 5 + [Kind.COUNT] * 3 + [Kind.SHARE, Kind.MEASURE]
OBJECTS = ["shells", "tanks", "drones", "launchers", "aircraft", "radars", "trucks", "rifles", "mines", "boats"]
PUBLISHERS = 200


def make_batches(claims: int, run_key: str, articles_a_batch: int = 500, seed: int = 2026) -> Iterator[list[ArticleRows]]:
    """The rows of `claims` claims, ten to an article, in batches as the loader takes them."""
    stream = random.Random(seed)
    parties = sorted({str(row[0]) for row in read_parties()[0]})
    batch: list[ArticleRows] = []
    for number in range(claims // CLAIMS_PER_ARTICLE):
        extraction = _make_extraction(number, stream, parties)
        identity = identify_article(extraction.article)
        batch.append(article_rows(normalise(extraction), identity, run_key, "bench", "2026-01-02 03:04:05.000000"))
        if len(batch) == articles_a_batch:
            yield batch
            batch = []
    if batch:
        yield batch


def _make_extraction(number: int, stream: random.Random, parties: list[str]) -> Extraction:
    sentences = [_make_claim(stream, parties) for _ in range(CLAIMS_PER_ARTICLE)]
    text = " ".join(f"{claim.actor} {claim.quote} {claim.object}." for claim in sentences)
    claims, at = [], 0
    for claim in sentences:
        start, end = text.index(claim.quote, at), text.index(".", at) + 1
        claims.append(claim._replace(start=start, end=start + len(claim.quote), sentence=Span(at, end)))
        at = end + 1
    publisher = number % PUBLISHERS
    article = Article(
        f"synthetic-{number}",
        text,
        url=f"{SITE}/{number}",
        title=f"Synthetic article {number}",
        language=("en", "fr")[number % 2],
        published=Interval.parse(published_on(number)),
        source_name=f"Publisher {publisher}",
        source_domain=f"publisher-{publisher}.example",
    )
    return Extraction(article, tuple(claims), ())


def _make_claim(stream: random.Random, parties: list[str]) -> Claim:
    """A claim whose span is settled when its sentence stands in a text."""
    kind = stream.choice(KINDS)
    unit = stream.choice(UNITS[kind])
    value = stream.randint(1, 99) * 10 ** (stream.choice([6, 7, 8]) if kind is Kind.MONEY else stream.choice([0, 1, 2]))
    actor, counterparty = stream.choice(parties), stream.choice(parties)
    stage = stream.choice([None, *Stage])
    return Claim(
        0,
        0,
        f"{value} {unit}",
        kind,
        Decimal(value),
        Decimal(value),
        stream.choice(list(Qualifier)),
        unit,
        base="budget" if kind is Kind.SHARE else None,
        object=stream.choice(OBJECTS),
        actor=f"Party {actor}",
        counterparty=f"Party {counterparty}",
        speaker=None,
        stage=stage,
        modality=stream.choice(list(Modality)),
        aggregation=stream.choice(list(Aggregation)),
        topic=stream.choice(list(Topic)),
        date=f"{stream.randint(2020, 2025)}-{stream.randint(1, 12):02}",
        actor_party=actor,
        counterparty_party=counterparty,
        stage_as_reported=stage.value if stage else None,
        rule="bench.synthetic",
        evidence=(Evidence("stage", "bench.synthetic", 0, 5),),
    )
