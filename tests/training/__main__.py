"""`python -m tests.training`: trains the models on every text, and says how they do on texts held out in turn.

A text is a line of JSON with its claims: span, stage, modality, aggregation, topic. All were written for this project.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from etl.extract.claims import open_document, read_quantities
from etl.extract.stages.opinion import MODELS, NO_STAGE, SURE, describe
from etl.extract.stages.reading import judge_quantities
from etl.lexicon import Example as PackExample
from etl.lexicon import available_languages, load_pack
from etl.records import Interval

TEXTS = Path(__file__).parent
FIELDS = ("stage", "topic")
FOLDS = 5
_PARAMETERS = {"c1": 0.3, "c2": 0.3, "max_iterations": 150}


class Example(NamedTuple):
    """One text: what the model looks at, what is right, and what the rules say, a quantity each."""

    language: str
    features: list[list[str]]
    right: list[dict[str, str]]
    """Empty for a quantity that the labels leave out."""
    ruled: list[dict[str, str]]


def read_examples() -> Iterator[Example]:
    """Every text of the folder, in the order of file names and lines, then the examples of the language packs."""
    for path in sorted(TEXTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            example = _describe(json.loads(line))
            if example.features:
                yield example
    for code in available_languages():
        for shown in load_pack(code).example:
            if "stage" in shown.want or "topic" in shown.want:
                yield _describe(_as_text(code, shown))


def _as_text(code: str, shown: PackExample) -> dict[str, Any]:
    """An example of a pack in the form of a labelled text."""
    start = shown.text.index(shown.quote)
    label: dict[str, Any] = {"start": start, "end": start + len(shown.quote)}
    label |= {field: shown.want[field] for field in FIELDS if field in shown.want}
    return {"text": shown.text, "language": code, "published": shown.published, "title": None, "claims": [label]}


def _describe(text: dict[str, Any]) -> Example:
    document = open_document(text["text"], text["language"], Interval.parse(text["published"]), text["title"])
    kept = [q for q in read_quantities(document) if q.reason is None and q.kind is not None]
    seats, judgements, readings = judge_quantities(document, kept) if kept else ([], [], [])
    right: list[dict[str, str]] = []
    for quantity in kept:
        label = next((c for c in text["claims"] if c["start"] < quantity.end and quantity.start < c["end"]), None)
        right.append({field: label[field] or NO_STAGE for field in FIELDS if field in label} if label else {})
    ruled = [{"stage": reading.stage or NO_STAGE, "topic": str(reading.topic)} for reading in readings]
    return Example(text["language"], describe(document, seats, judgements, readings), right, ruled)


def train(examples: Iterable[Example], field: str, path: Path) -> None:
    """Writes the model of a field; the same examples give the same bytes."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    for example in examples:
        labelled = [(x, y[field]) for x, y in zip(example.features, example.right, strict=True) if field in y]
        if labelled:
            trainer.append(pycrfsuite.ItemSequence([x for x, _ in labelled]), [y for _, y in labelled])
    trainer.train(str(path))


def count_right(examples: Iterable[Example], field: str, path: Path) -> tuple[int, int, int]:
    """How many labels there are, how many the rules have right, and how many with the model heard where it is sure."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    total = ruled = heard = 0
    for example in examples:
        tagger.set(example.features)
        for index, label in enumerate(tagger.tag()):
            right, own = example.right[index], example.ruled[index][field]
            if field not in right:
                continue
            if label != own and tagger.marginal(label, index) - tagger.marginal(own, index) <= SURE:
                label = own
            total, ruled, heard = total + 1, ruled + (own == right[field]), heard + (label == right[field])
    return total, ruled, heard


def main() -> None:
    """Trains on all texts, after a measure on each fifth of them by a model of the others."""
    examples = list(read_examples())
    MODELS.mkdir(exist_ok=True)
    for field in FIELDS:
        path = MODELS / f"{field}.crfsuite"
        sums = [0, 0, 0]
        for fold in range(FOLDS):
            train([e for n, e in enumerate(examples) if n % FOLDS != fold], field, path)
            counts = count_right([e for n, e in enumerate(examples) if n % FOLDS == fold], field, path)
            sums = [one + two for one, two in zip(sums, counts, strict=True)]
        train(examples, field, path)
        total, ruled, heard = sums
        print(f"{field}: {total} labels, rules {ruled / total:.1%}, with the model {heard / total:.1%}, {path.stat().st_size:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
