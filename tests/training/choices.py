"""Trains the models that choose among candidates: who acts on whom, who says so, what is counted or paid for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from etl.extract.document import Document
from etl.extract.network import Labeller, Looked, load_labeller
from etl.extract.parties import display_names
from etl.extract.ranking import Mark, Ranker, list_features, load_ranker
from etl.extract.readings import StageReading
from etl.extract.roles.binding import Binding, bind_roles, describe_roles
from etl.extract.roles.opinion import PATHS, answer_role
from etl.extract.roles.pairs import describe_stage
from etl.extract.roles.sides import Side
from etl.extract.stages import describe, hear_opinion, judge_quantities
from etl.extract.stages.opinion import MODEL
from etl.records import Quantity
from tests.training.ranker import Asked, train_ranker
from tests.training.texts import find_labels, open_text
from tracker.evaluation import same_wording

ROLES = ("object", "base", "speaker")
"""What is chosen before stages are settled; the actor and then the counterparty come behind."""


class Models(NamedTuple):
    """The models that stand before another one."""

    rankers: Mapping[str, Ranker]
    """By role."""
    labeller: Labeller


def load_models() -> Models:
    """Those of the package."""
    return Models({role: load_ranker(path) for role, path in PATHS.items()}, load_labeller(MODEL))


def look_up_roles(described: Sequence[Sequence[str]], rankers: Mapping[str, Ranker]) -> dict[str, Looked[Ranker]]:
    """What the models of roles see of quantities with such features."""
    return {role: Looked(ranker, ranker.asked.sum(described)) for role, ranker in rankers.items()}


class Settled(NamedTuple):
    """What is known of a text's quantities once their stages are settled."""

    features: list[list[str]]
    binding: Binding
    stages: list[StageReading]


def settle_stages(document: Document, kept: Sequence[Quantity], models: Models) -> Settled:
    """The stages of the quantities by their model, with what stands before and behind them."""
    judged = judge_quantities(document, kept)
    features = describe(document, judged)
    binding = bind_roles(document, kept, judged.readings, look_up_roles(features, models.rankers))
    looked = Looked(models.labeller, models.labeller.bag.sum(features))
    return Settled(features, binding, hear_opinion(document.pack.code, judged, looked, binding.readings))


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


def read_actors(texts: Iterable[dict[str, Any]], models: Sequence[Models]) -> Iterator[list[Question]]:
    """The questions of each text for the actor; the models before it are the given ones in turn, a text each."""
    for settled, labels, names in _settle_texts(texts, models):
        yield [
            _question(_name_sides(choice.sides, names), choice.chosen.get("actor"), label["actor"], [*features, *describe_stage(stage)])
            for choice, stage, features, label in zip(settled.binding.described, settled.stages, settled.features, labels, strict=True)
            if "actor" in label
        ]


def read_pairs(texts: Iterable[dict[str, Any]], models: Sequence[Models]) -> Iterator[list[Question]]:
    """The same for the counterparty."""
    for settled, labels, names in _settle_texts(texts, models):
        yield [
            _question(_name_sides(pair.sides, names), pair.own, label["counterparty"], features)
            for pair, features, label in zip(settled.binding.describe_pairs(settled.stages), settled.features, labels, strict=True)
            if "counterparty" in label
        ]


def _settle_texts(
    texts: Iterable[dict[str, Any]], models: Sequence[Models]
) -> Iterator[tuple[Settled, list[dict[str, Any]], Mapping[str, str]]]:
    """Each text with its stages settled, the label of each quantity and the names of parties in its language."""
    for text, before in zip(texts, itertools.cycle(models)):
        document, kept = open_text(text)
        yield settle_stages(document, kept, before), find_labels(text, kept), display_names(text["language"])


def _name_sides(sides: Iterable[Side], names: Mapping[str, str]) -> list[tuple[Side, list[str]]]:
    """The parties, each with all that it is called."""
    return [(side, [*(m.text for m in side.mentions), *(names[m.party] for m in side.mentions if m.party in names)]) for side in sides]


def read_questions(texts: Iterable[dict[str, Any]]) -> Iterator[dict[str, list[Question]]]:
    """The questions of each text for the roles that stand before stages."""
    return map(_ask, texts)


def _ask(text: dict[str, Any]) -> dict[str, list[Question]]:
    document, kept = open_text(text)
    asked: dict[str, list[Question]] = {role: [] for role in ROLES}
    judged = judge_quantities(document, kept)
    features = describe(document, judged)
    for label, choice, context in zip(find_labels(text, kept), describe_roles(document, kept, judged.readings), features, strict=True):
        if choice.things and "object" in label:
            things = [(t, [t.wording.text]) for t in choice.things]
            asked["object"].append(_question(things, choice.thing, label["object"], context))
        if choice.wholes and "base" in label:
            wholes = [(t, [t.wording.text]) for t in choice.wholes]
            asked["base"].append(_question(wholes, choice.whole, label["base"], context))
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
    looked = Looked(ranker, ranker.asked.sum([question.features for question in questions]))
    chosen = answer_role(role, [question.options for question in questions], owns, looked)
    ruled = sum(_is_right(question, question.own) for question in questions)
    return len(questions), ruled, sum(_is_right(question, one) for question, one in zip(questions, chosen, strict=True))


def _is_right(question: Question, option: Option | None) -> bool:
    return option.is_right if option else not question.has_answer
