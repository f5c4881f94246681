"""Trains the models that choose among candidates: who acts on whom, who says so, what is counted or paid for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from etl.extract.document import Document
from etl.extract.network import load_labeller
from etl.extract.parties import display_names
from etl.extract.ranking import Mark, Ranker, list_features, load_ranker
from etl.extract.readings import StageReading
from etl.extract.roles.binding import Binding, bind_roles, describe_roles
from etl.extract.roles.opinion import PATHS, answer_role
from etl.extract.roles.sides import Side
from etl.extract.stages import describe, hear_opinion, judge_quantities
from etl.extract.stages.opinion import MODEL
from etl.records import Quantity
from tests.training.ranker import Asked, train_ranker
from tests.training.texts import find_label, open_text
from tracker.evaluation import same_wording

ROLES = ("object", "base", "actor", "speaker")
"""What is chosen before stages are settled; the counterparty comes behind."""


def look_up_roles(described: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The sums of the features of each quantity for each model of a role that comes before the stages."""
    return {role: load_ranker(PATHS[role]).asked.sum(described) for role in ROLES}


def settle_stages(document: Document, kept: Sequence[Quantity]) -> tuple[list[list[str]], Binding, list[StageReading]]:
    """The features of each quantity, the roles that come before the stages, and the stages by their model."""
    seats, judgements, ruled = judge_quantities(document, kept)
    described = describe(document, seats, judgements, ruled)
    binding = bind_roles(document, kept, ruled, look_up_roles(described))
    looked = load_labeller(MODEL).bag.sum(described)
    return described, binding, hear_opinion(document.pack.code, seats, judgements, ruled, looked, binding.readings)


class Option(NamedTuple):
    """A candidate and whether it is right."""

    marks: list[Mark]
    is_right: bool


class Question(NamedTuple):
    """What is asked of one quantity: which candidate, and which one the rules chose."""

    options: list[Option]
    own: Option | None
    has_answer: bool
    features: list[str]
    """Those of the quantity."""


def read_pairs(texts: Iterable[dict[str, Any]]) -> Iterator[list[Question]]:
    """The questions of each text for the counterparty, by the models of all else."""
    for text in texts:
        document, kept = open_text(text)
        if kept and any("counterparty" in claim for claim in text["claims"]):
            described, binding, stages = settle_stages(document, kept)
            names = display_names(text["language"])
            labels = [find_label(text, quantity) for quantity in kept]
            yield [
                _question(_name_sides(pair.sides, names), pair.own, label["counterparty"], features)
                for pair, label, features in zip(binding.describe_pairs(stages), labels, described, strict=True)
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
    seats, judgements, ruled = judge_quantities(document, kept)
    features = describe(document, seats, judgements, ruled)
    for quantity, choice, context in zip(kept, describe_roles(document, kept, ruled), features, strict=True):
        label = find_label(text, quantity)
        if label is None:
            continue
        if choice.things and "object" in label:
            things = [(t, [t.wording.text]) for t in choice.things]
            asked["object"].append(_question(things, choice.thing, label["object"], context))
        if choice.wholes and "base" in label:
            wholes = [(t, [t.wording.text]) for t in choice.wholes]
            asked["base"].append(_question(wholes, choice.whole, label["base"], context))
        if "actor" in label:
            sides = _name_sides(choice.sides, names)
            asked["actor"].append(_question(sides, choice.chosen.get("actor"), label["actor"], context))
        if "speaker" in label:
            voices = [(v, [v.name(text["language"]).text]) for v in choice.voices]
            asked["speaker"].append(_question(voices, choice.voice, label["speaker"], context))
    return asked


def _question(candidates: Sequence[tuple[Any, list[str]]], own: Any, right: list[str], features: list[str]) -> Question:
    options, mine = [], None
    for candidate, wordings in candidates:
        option = Option(candidate.marks, any(same_wording(wording, right) for wording in wordings))
        options.append(option)
        mine = option if candidate is own else mine
    return Question(options, mine, bool(right), features)


def train(questions: Iterable[Question], path: Path) -> None:
    """Writes the model of a role."""
    train_ranker([Asked(q.features, [list_features(o.marks) for o in q.options], [o.is_right for o in q.options]) for q in questions], path)


def count_right(questions: Sequence[Question], role: str, ranker: Ranker) -> tuple[int, int, int]:
    """How many there are, how many the rules and how many the models have right, none where there is none included."""
    owns = [question.own for question in questions]
    looked = ranker.asked.sum([question.features for question in questions])
    chosen = answer_role(role, [question.options for question in questions], owns, looked, ranker)
    ruled = sum(_is_right(question, question.own) for question in questions)
    return len(questions), ruled, sum(_is_right(question, one) for question, one in zip(questions, chosen, strict=True))


def _is_right(question: Question, option: Option | None) -> bool:
    return option.is_right if option else not question.has_answer
