"""The labelled texts: a line of JSON each, with its claims. All were written for this project.

A claim has its span and the fields of `Claim`: stage, modality, aggregation and topic, and mostly object, actor,
counterparty, speaker and base as lists of wordings that are right (empty where the text gives none), and the date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent


def read_texts() -> Iterator[dict[str, Any]]:
    """Every text of the folder, in the order of file names and lines."""
    for path in sorted(TEXTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
