"""The second opinion on objects and actors: what it is shown, when it is followed, and that it earns its place."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.extract.document import Document
from etl.extract.parties import display_names
from etl.extract.ranking import Mark, Model, Pattern, likelihood, list_features
from etl.extract.readings import RoleReading, StageReading
from etl.extract.roles.binding import bind_roles, describe_roles, rule_roles
from etl.extract.roles.opinion import LEARNED, MARGINS, MODELS, Margin, choose
from etl.extract.stages import judge_quantities
from etl.records import Quantity
from tests.training import choices
from tests.training.texts import open_text, read_texts

PLACE = Pattern("place", ((0,), (1, 0)))
WORD = Pattern("word", ())
SOME_TEXTS = [text for number, text in enumerate(read_texts()) if number % 8 == 0]


class Option(NamedTuple):
    name: str
    marks: list[Mark]


def option(name: str) -> Option:
    return Option(name, [WORD[name,]])


def chances(**given: float) -> Model:
    """A model that holds each named candidate for as likely as is given."""
    return Model({f"word={name}": math.log(chance / (1 - chance)) for name, chance in given.items()})


def read(text: dict[str, object]) -> tuple[Document, list[Quantity], list[StageReading]]:
    document, kept = open_text(text)
    return document, kept, judge_quantities(document, kept)[2] if kept else []


def test_marks_are_read_by_views_or_one_by_one() -> None:
    assert list_features([PLACE["after", 2], WORD["main", "tank"]]) == [
        "place0=after",
        "place1=2|after",
        "word=main",
        "word=tank",
    ]


def test_weights_add_up_and_unknown_features_weigh_nothing() -> None:
    model = Model({"place0=after": 0.5, "place1=2|after": -2.0, "word=tank": 1.0})
    marks = [PLACE["after", 2], WORD["tank",], WORD["unheard of",]]
    assert model.weigh(marks) == model.weigh(marks) == pytest.approx(-0.5)
    assert model.weigh([]) == 0


@pytest.mark.parametrize(("weight", "chance"), [(0, 0.5), (-1e9, 0), (1e3, 1), (math.log(3), 0.75)])
def test_likelihood(weight: float, chance: float) -> None:
    assert likelihood(weight) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("own", "given", "stands"),
    [
        ("a", {"a": 0.4, "b": 0.6}, "b"),
        ("a", {"a": 0.45, "b": 0.5}, "a"),
        ("a", {"a": 0.3, "b": 0.2}, "a"),
        ("a", {"a": 0.04, "b": 0.04}, None),
        (None, {"a": 0.6, "b": 0.2}, "a"),
        (None, {"a": 0.4, "b": 0.2}, None),
        (None, {}, None),
    ],
    ids=["another is likelier", "hardly likelier", "own is likeliest", "none is likely", "one is likely", "doubtful", "nobody"],
)
def test_the_rules_are_overruled_only_by_a_margin(own: str | None, given: dict[str, float], stands: str | None) -> None:
    options = [option(name) for name in given]
    mine = next((o for o in options if o.name == own), None)
    chosen = choose(chances(**given), options, mine, Margin(sure=0.1, likely=0.5, unlikely=0.1))
    assert (chosen.name if chosen else None) == stands


def test_a_likely_candidate_of_the_rules_stands() -> None:
    options = [option("a"), option("b")]
    model = chances(a=0.65, b=0.9)
    assert choose(model, options, options[0], Margin(sure=0.1, likely=0.5, unlikely=0.1)) is options[1]
    assert choose(model, options, options[0], Margin(sure=0.1, likely=0.5, unlikely=0.1, firm=0.6)) is options[0]


def rules(reading: RoleReading) -> dict[str, str]:
    return {item.field: item.rule for item in reading.evidence}


@pytest.mark.parametrize("text", SOME_TEXTS[::5], ids=lambda text: str(text["id"]))
def test_what_is_chosen_stands_in_the_text_and_says_so(text: dict[str, object]) -> None:
    document, kept, stages = read(text)
    names = display_names(document.pack.code)
    ruled, bound = rule_roles(document, kept, stages), bind_roles(document, kept, stages).settle(stages)
    assert bound == bind_roles(document, kept, stages).settle(stages)
    for before, after in zip(ruled, bound, strict=True):
        for role in MARGINS:
            worded = getattr(after, role)
            if rules(after).get(role) == f"{role}.{LEARNED}":
                span = next(item for item in after.evidence if item.field == role)
                quoted = document.text[span.start : span.end] if span.start is not None else None
                is_titled = worded is not None and worded in (document.title or "")
                assert is_titled or worded in (quoted, *names.values()), "the text's own words, or the name of a party it speaks of"
            elif worded is not None:
                assert worded == getattr(before, role), "only a model may differ from the rules"


def test_candidates_have_marks_and_the_rules_choose_among_them() -> None:
    for text in SOME_TEXTS[::5]:
        for described in describe_roles(*read(text)):
            assert described.thing is None or described.thing in described.things
            assert all(side in described.sides for side in described.chosen.values())
            assert all(candidate.marks for candidate in (*described.things, *described.sides))


def test_models_earn_their_place_on_texts_held_out() -> None:
    asked = list(choices.read_questions(SOME_TEXTS))
    for role in choices.ROLES:
        model = Model(choices.train(q for n, text in enumerate(asked) if n % 4 for q in text[role]))
        total, ruled, heard = choices.count_right((q for text in asked[::4] for q in text[role]), model, MARGINS[role])
        assert total > 300
        assert heard > ruled, f"{role}: {heard} with the model, {ruled} by the rules alone, of {total}"


def test_the_model_of_the_other_side_earns_its_place_on_texts_held_out() -> None:
    asked = list(choices.read_pairs(SOME_TEXTS, None))
    model = Model(choices.train(q for n, text in enumerate(asked) if n % 4 for q in text))
    total, ruled, heard = choices.count_right((q for text in asked[::4] for q in text), model, MARGINS["counterparty"])
    assert total > 300
    assert heard > ruled, f"{heard} with the model, {ruled} by the rules alone, of {total}"


def test_the_other_side_is_never_who_acts() -> None:
    for text in SOME_TEXTS[::5]:
        document, kept, stages = read(text)
        for reading in bind_roles(document, kept, stages).settle(stages):
            assert reading.actor is None or reading.counterparty != reading.actor


def test_training_gives_the_same_bytes(tmp_path: Path) -> None:
    asked = [question for text in choices.read_questions(SOME_TEXTS[:30]) for question in text["actor"]]
    for name in ("one", "two"):
        choices.save(choices.train(asked), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("role", MARGINS)
def test_models_are_plain_tables_of_weights(role: str) -> None:
    weights = json.loads((MODELS / f"{role}.json").read_text("utf-8"))
    assert len(weights) > 1000
    assert all(isinstance(feature, str) and isinstance(weight, float) for feature, weight in weights.items())
