"""Extraction compiled (`make fast`) and from its sources: both must say the same of every text, byte for byte."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from etl.compiled import ROOT, SWITCH, is_compiled
from etl.read import read_articles
from etl.records import Article

P = ParamSpec("P")
T = TypeVar("T")
INPUTS = tuple(str(ROOT / folder) for folder in ("seeds/articles", "tests/training"))


def report_builds(inputs: Sequence[str] = INPUTS) -> None:
    """Prints whether both builds agree on the articles of these inputs; where they do not, the program ends with 1."""
    if not is_compiled():
        print("Nothing is compiled, or not from the sources as they are now: make fast")
        return
    compiled, pure = extract_all(inputs), run_pure(extract_all, inputs)
    different = [name for name, said in pure.items() if compiled[name] != said]
    if different:
        sys.exit(f"{len(different)} of {len(pure):,} texts are read otherwise when compiled: {different[:5]}")
    print(f"{len(pure):,} texts: compiled and pure Python say the same")


def extract_all(inputs: Sequence[str]) -> dict[str, str]:
    """All that this process makes of every article, by where the article is."""
    from etl import extract_quantities
    from etl.extract import extract_article

    said = {}
    for article in read_articles(inputs):
        if isinstance(article, Article):
            found, quantities = extract_article(article), extract_quantities(article.text, language=article.language)
            said[article.location] = repr((found.claims, found.screened, found.issues, quantities))
    return said


def run_pure(function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What the function gives in a process of its own, where extraction runs from its sources."""
    with _switched(), ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **named).result()


@contextmanager
def _switched() -> Iterator[None]:
    before = os.environ.get(SWITCH)
    os.environ[SWITCH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SWITCH]
        else:
            os.environ[SWITCH] = before
