"""`python -m tests.bench [speed|memory|accuracy FOLDER|stores|builds]`; without a name speed, memory and stores."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.accuracy import report_accuracy
from tests.bench.builds import report_builds
from tests.bench.speed import report_memory, report_speed
from tests.bench.stores import report_stores


def main() -> None:
    """Runs the parts that the command line names."""
    options = _read_options()
    parts = [options.part] if options.part else ["speed", "memory", "stores"]
    if "speed" in parts:
        report_speed(options.articles, options.peer_articles)
    if "memory" in parts:
        report_memory(options.articles)
    if "stores" in parts:
        report_stores(options.articles, options.claims)
    if "builds" in parts:
        report_builds()
    if "accuracy" in parts:
        report_accuracy(options.folder, misses=options.misses)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="articles to generate (default 1000)")
    parser.add_argument("--peer-articles", type=int, default=40, help="how many of them a peer gets, by language")
    parser.add_argument("--claims", type=int, default=100_000, help="synthetic claims in the stores")
    parts = parser.add_subparsers(dest="part")
    parts.add_parser("speed", help="articles and megabytes a second, ours and the peers'")
    parts.add_parser("memory", help="resident memory after 1 and 5 times the articles")
    parts.add_parser("stores", help="ingest into SQLite and PostgreSQL, and the time of every view and report")
    parts.add_parser("builds", help="whether compiled extraction and its sources say the same")
    accuracy = parts.add_parser("accuracy", help="ours and the peers on test sets in JSON Lines")
    accuracy.add_argument("folder", type=Path, help="a folder of *.jsonl files; see tests/bench/accuracy.py")
    accuracy.add_argument("--misses", action="store_true", help="list what ours gets wrong")
    return parser.parse_args()


if __name__ == "__main__":
    main()
