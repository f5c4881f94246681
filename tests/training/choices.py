"""Trains the models that choose among candidates: who acts on whom, who says so, what is counted or paid for."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from etl.extract.parties import display_names
from etl.extract.ranking import Mark, Model, list_features
from etl.extract.roles.binding import bind_roles, describe_roles
from etl.extract.roles.opinion import MARGINS, Margin, choose
from etl.extract.roles.sides import Side
from etl.extract.stages.opinion import hear_opinion
from etl.extract.stages.reading import judge_quantities
from tests.training.texts import find_label, open_text
from tracker.evaluation import same_wording

ROLES = ("object", "actor", "speaker")
"""What is chosen before stages are settled; the counterparty comes behind."""
_PARAMETERS = {"c1": 0.05, "c2": 2.0, "max_iterations": 150}
_SMALLEST = 0.02
"""Weights that are nearer to nothing are left out."""


class Option(NamedTuple):
    """A candidate and whether it is right."""

    marks: list[Mark]
    is_right: bool


class Question(NamedTuple):
    """What is asked of one quantity: which candidate, and which one the rules chose."""

    options: list[Option]
    own: Option | None
    has_answer: bool


def read_pairs(texts: Iterable[dict[str, Any]], model: Model | None) -> Iterator[list[Question]]:
    """The questions of each text for the counterparty, by the models of all else.

    Who it was in the quantity before is a feature: that of a model, of the rules where there is none.
    """

    def choose_one(_role: str, sides: Sequence[Side], own: Side | None) -> Side | None:
        return choose(model, sides, own, MARGINS["counterparty"]) if model else own

    for text in texts:
        document, kept = open_text(text)
        if kept and any("counterparty" in claim for claim in text["claims"]):
            seats, judgements, ruled = judge_quantities(document, kept)
            binding = bind_roles(document, kept, ruled)
            stages = hear_opinion(document, seats, judgements, ruled, binding.readings)
            names = display_names(text["language"])
            labels = [find_label(text, quantity) for quantity in kept]
            yield [
                _question(_name_sides(pair.sides, names), pair.own, label["counterparty"])
                for pair, label in zip(binding.describe_pairs(stages, choose_one), labels, strict=True)
                if label is not None and "counterparty" in label
            ]


def _name_sides(sides: Iterable[Side], names: Mapping[str, str]) -> list[tuple[Side, list[str]]]:
    """The parties, each with all that it is called."""
    return [(side, [*(m.text for m in side.mentions), *(names[m.party] for m in side.mentions if m.party in names)]) for side in sides]


def read_questions(texts: Iterable[dict[str, Any]]) -> Iterator[dict[str, list[Question]]]:
    """The questions of each text by role."""
    for text in texts:
        if any("actor" in claim for claim in text["claims"]):
            yield _ask(text)


def _ask(text: dict[str, Any]) -> dict[str, list[Question]]:
    document, kept = open_text(text)
    asked: dict[str, list[Question]] = {role: [] for role in ROLES}
    if not kept:
        return asked
    names = display_names(text["language"])
    for quantity, described in zip(kept, describe_roles(document, kept, judge_quantities(document, kept)[2]), strict=True):
        label = find_label(text, quantity)
        if label is None:
            continue
        if described.things and "object" in label:
            things = [(t, [t.wording.text]) for t in described.things]
            asked["object"].append(_question(things, described.thing, label["object"]))
        if "actor" in label:
            sides = _name_sides(described.sides, names)
            asked["actor"].append(_question(sides, described.chosen.get("actor"), label["actor"]))
        if "speaker" in label:
            voices = [(v, [v.name(text["language"]).text]) for v in described.voices]
            asked["speaker"].append(_question(voices, described.voice, label["speaker"]))
    return asked


def _question(candidates: Sequence[tuple[Any, list[str]]], own: Any, right: list[str]) -> Question:
    options, mine = [], None
    for candidate, wordings in candidates:
        option = Option(candidate.marks, any(same_wording(wording, right) for wording in wordings))
        options.append(option)
        mine = option if candidate is own else mine
    return Question(options, mine, bool(right))


def train(questions: Iterable[Question]) -> dict[str, float]:
    """The weight of each feature in the log-odds that a candidate is right."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    for question in questions:
        for option in question.options:
            trainer.append([list_features(option.marks)], ["yes" if option.is_right else "no"])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        weights: dict[str, float] = {}
        for (feature, label), weight in tagger.info().state_features.items():
            weights[feature] = weights.get(feature, 0.0) + (weight if label == "yes" else -weight)
    return {feature: round(weight, 3) for feature, weight in sorted(weights.items()) if abs(weight) >= _SMALLEST}


def count_right(questions: Iterable[Question], model: Model, margin: Margin) -> tuple[int, int, int]:
    """How many there are, how many the rules and how many the models have right, none where there is none included."""
    total = ruled = heard = 0
    for question in questions:
        chosen = choose(model, question.options, question.own, margin)
        total += 1
        ruled += _is_right(question, question.own)
        heard += _is_right(question, chosen)
    return total, ruled, heard


def _is_right(question: Question, option: Option | None) -> bool:
    return option.is_right if option else not question.has_answer


def save(weights: dict[str, float], path: Path) -> None:
    """Writes a model; the same weights give the same bytes."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(weights, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
