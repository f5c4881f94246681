"""Articles and megabytes a second of our extractor and of the peers, and what memory does meanwhile.

Times are CPU seconds of this process, so that a busy machine does not blur the comparison.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from etl.compiled import is_compiled
from tests.bench.builds import run_pure
from tests.bench.corpus import DENSE, NEWS, BenchArticle, make_article, make_articles
from tests.bench.peers import Missing, Peer, load_peers

Run = Callable[[BenchArticle], Sequence[object]]
MINIMUM_SECONDS = 0.5
"""A quick extractor goes over its articles again until it has run this long."""
STATUS = Path("/proc/self/status")


class Rate(NamedTuple):
    """Throughput over a set of articles."""

    articles: float
    """Articles a second."""
    megabytes: float
    """Megabytes (UTF-8) a second."""


def measure_rate(run: Run, articles: list[BenchArticle]) -> Rate:
    """The throughput of `run`: the best of as many passes as fit into MINIMUM_SECONDS, one at least."""
    size = sum(len(article.text.encode()) for article in articles)
    best = spent = 0.0
    while spent < MINIMUM_SECONDS:
        started = time.process_time()
        for article in articles:
            run(article)
        seconds = max(time.process_time() - started, 1e-9)
        best, spent = max(best, 1 / seconds), spent + seconds
    return Rate(len(articles) * best, size * best / 1e6)


def report_speed(count: int, peer_count: int) -> None:
    """Prints our two entry points by language, compiled and from the sources, then each peer on a part of the articles."""
    ours = _our_entries()
    for kind, figures in (("texts full of figures", DENSE), ("news-like articles", NEWS)):
        articles = make_articles(count, figures=figures)
        rates = measure_ours(count, figures)
        size = sum(len(article.text.encode()) for article in articles) / count
        found = sum(len(ours["extract_quantities"](article)) for article in articles) / count
        print(f"\n{count:,} generated {kind}, {size:,.0f} bytes and {found:.1f} quantities each; one core, CPU seconds")
        print(f"{'extractor':<34}{'language':<10}{'articles/s':>11}{'MB/s':>8}{'  extract_quantities is':>24}")
        for (name, language), rate in rates.items():
            _print_row(f"{name}, compiled" if is_compiled() else name, language, rate)
        for (name, language), rate in run_pure(measure_ours, count, figures).items() if is_compiled() else ():
            gain = rates[name, language].articles / rate.articles
            _print_row(f"{name}, pure Python", language, rate, f"compiled {gain:.1f} times")
    for peer in load_peers():
        if isinstance(peer, Missing):
            print(f"{peer.name:<34}skipped: {peer.reason}")
            continue
        for language in peer.languages:
            sample = _of_language(articles, language)[:peer_count]
            _compare(peer, language, sample, ours["extract_quantities"])


def measure_ours(count: int, figures: tuple[int, int]) -> dict[tuple[str, str], Rate]:
    """The throughput of our entry points over so many generated articles, by name and language."""
    articles, rates = make_articles(count, figures=figures), {}
    for name, run in _our_entries().items():
        for language in ("en", "fr"):
            sample = _of_language(articles, language)
            run(sample[0])  # once warm: packs and models are loaded
            rates[name, language] = measure_rate(run, sample)
    return rates


def _our_entries() -> dict[str, Run]:
    from etl import extract_claims, extract_quantities

    return {
        "extract_quantities": lambda article: extract_quantities(article.text, language=article.language),
        "extract_claims": lambda article: extract_claims(article.text, language=article.language),
    }


def _of_language(articles: list[BenchArticle], language: str) -> list[BenchArticle]:
    return [article for article in articles if article.language == language]


def _compare(peer: Peer, language: str, sample: list[BenchArticle], ours: Run) -> None:
    """Both run on exactly this sample, once warm."""
    peer.extract(sample[0].text, language)
    theirs = measure_rate(lambda article: peer.extract(article.text, language), sample)
    ratio = measure_rate(ours, sample).articles / theirs.articles
    _print_row(peer.name, language, theirs, f"{ratio:,.0f} times as fast")


def _print_row(name: str, language: str, rate: Rate, note: str = "") -> None:
    print(f"{name:<34}{language:<10}{rate.articles:>11,.1f}{rate.megabytes:>8.2f}{note:>24}", flush=True)


def report_memory(count: int) -> None:
    """Prints resident memory after `count` and after five times as many articles, made and dropped one by one."""
    print(f"\nresident memory of extract_claims{'MB':>12}")
    run, done = _our_entries()["extract_claims"], 0
    for times in (0, 1, 5):
        while done < times * count:
            run(make_article(done, ("en", "fr")[done % 2]))
            done += 1
        gc.collect()
        print(f"  after {done:>9,} articles{resident_megabytes():>23.1f}", flush=True)


def resident_megabytes() -> float:
    """Resident memory of this process, from the kernel's status file (Linux)."""
    for line in STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"{STATUS} has no VmRSS line")
