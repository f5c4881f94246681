"""The labelled texts: a line of JSON each, with its claims. All were written for this project.

A claim has its span and the fields of `Claim`: stage, modality, aggregation and topic, and mostly object, actor,
counterparty, speaker and base as lists of wordings that are right (empty where the text gives none), and the date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from etl.extract.claims import open_document, read_quantities
from etl.extract.document import Document
from etl.records import Interval, Quantity

TEXTS = Path(__file__).parent


def read_texts() -> Iterator[dict[str, Any]]:
    """Every text of the folder, in the order of file names and lines."""
    for path in sorted(TEXTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def open_text(text: dict[str, Any]) -> tuple[Document, list[Quantity]]:
    """A labelled text as the stages read it, with the quantities that are claims."""
    document = open_document(text["text"], text["language"], Interval.parse(text["published"]), text["title"])
    return document, [q for q in read_quantities(document) if q.reason is None and q.kind is not None]


def find_labels(text: dict[str, Any], kept: Iterable[Quantity]) -> list[dict[str, Any]]:
    """The labelled claim of each quantity, an empty one where the text has none."""
    return [find_label(text, quantity) or {} for quantity in kept]


def find_label(text: dict[str, Any], quantity: Quantity) -> dict[str, Any] | None:
    """The labelled claim that a quantity overlaps."""
    return next((c for c in text["claims"] if c["start"] < quantity.end and quantity.start < c["end"]), None)
