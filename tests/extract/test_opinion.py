"""The second opinion on stages, aggregations and topics: where it is heard, what it may change, and that it is always the same."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from etl.extract.claims import open_document, read_quantities
from etl.extract.roles import bind_roles
from etl.extract.stages import judge_quantities
from etl.extract.stages.features import describe
from etl.extract.stages.network import load_network, save_network
from etl.extract.stages.opinion import FILES, SURE, hear_opinion, label_of, lead_of, load_model, name_stage
from etl.records import Interval
from tests.training.labels import FIELDS, count_right, read_examples, train
from tracker.vocabulary import Aggregation, Modality, Stage, Topic

TEXTS = [
    ("en", "Berlin ordered 12 tanks for 300 million euros. Another 8 are to follow, and Kyiv needs 40."),
    ("fr", "Paris a commandé 12 chars pour 300 millions d'euros. Huit autres suivront, et Kiev en réclame 40."),
]


def judged(text: str, language: str):  # type: ignore[no-untyped-def]
    document = open_document(text, language, Interval.parse("2024-05-06"))
    kept = [q for q in read_quantities(document) if q.reason is None and q.kind is not None]
    seats, judgements, readings = judge_quantities(document, kept)
    return document, kept, seats, judgements, readings, bind_roles(document, kept, readings).readings


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_every_quantity_is_described_by_what_the_rules_found_and_the_words_around(language: str, text: str) -> None:
    document, kept, seats, judgements, readings, roles = judged(text, language)
    described = describe(document, seats, judgements, readings, roles)
    assert len(described) == len(kept) > 2
    for features, reading in zip(described, readings, strict=True):
        assert f"s={reading.stage}" in features and f"t={reading.topic}" in features
        assert any(feature.startswith(("l:", "r:")) for feature in features)
        assert len(features) == len([feature for feature in features if isinstance(feature, str)])


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_opinion_is_the_same_every_time_and_changes_only_where_it_is_sure(language: str, text: str) -> None:
    document, _kept, seats, judgements, readings, roles = judged(text, language)
    ruled = list(readings)
    once = hear_opinion(document, seats, judgements, readings, roles)
    assert once == hear_opinion(document, seats, judgements, readings, roles)
    assert readings == ruled
    tagger = load_model("stage")
    tagger.set(describe(document, seats, judgements, ruled, roles))
    for index, (before, after) in enumerate(zip(ruled, once, strict=True)):
        own, heard = label_of("stage", before), label_of("stage", after)
        if own != heard:
            assert lead_of(tagger, heard, own, index) > SURE["stage"]
        for name in ("stage", "modality", "aggregation", "topic"):
            rule = next((e.rule for e in after.evidence if e.field == name), None)
            assert (rule == f"{language}.{name}.learned") == (getattr(before, name) is not getattr(after, name))
        assert (after.cue_start, after.cue_end) == (before.cue_start, before.cue_end)


@pytest.mark.parametrize("field", FIELDS)
def test_labels_of_a_model_are_those_of_the_vocabulary(field: str) -> None:
    stages = {name_stage(stage, modality) for stage in (None, *Stage) for modality in Modality}
    known = {"stage": stages, "aggregation": {str(one) for one in Aggregation}, "topic": {str(topic) for topic in Topic}}
    assert set(load_model(field).labels()) <= known[field]


def test_a_network_adds_up_what_it_knows_of_a_description(tmp_path: Path) -> None:
    rows = np.array([[1.0, 0.0, 2.0, -2.0], [0.5, 1.0, 0.0, 1.0], [-1.0, 0.0, 0.0, 0.0]])
    save_network(tmp_path / "net.npz", ["a", "b", "c"], ["yes", "no"], rows, [0.0, -0.5], np.array([[1.0, 0.0], [0.0, 2.0]]), [0.25, 0.0])
    network = load_network(tmp_path / "net.npz")
    network.set([["a", "unheard of", "b", "a"], ["c"], []])
    hidden = [(1 + 0.5) / math.sqrt(2), 1 / math.sqrt(2) - 0.5]
    yes, no = hidden[0] + 0.25 + 2 / math.sqrt(2), 2 * hidden[1] + (-2 + 1) / math.sqrt(2)
    assert network.tag()[0] == "yes"
    assert network.marginal("yes", 0) == pytest.approx(1 / (1 + math.exp(no - yes)), abs=0.01)
    assert network.marginal("yes", 0) + network.marginal("no", 0) == pytest.approx(1)
    assert network.marginal("yes", 1) == pytest.approx(1 / (1 + math.exp(-0.25)), abs=0.01), "nothing but the bias: the unit sleeps"
    assert network.labels() == ["yes", "no"]


def test_models_earn_their_place_on_texts_held_out(tmp_path: Path) -> None:
    examples = list(read_examples(step=8))
    assert {example.language for example in examples} == {"en", "fr"}
    for field in FIELDS:
        path = tmp_path / FILES[field]
        train([e for n, e in enumerate(examples) if n % 4], field, path)
        total, ruled, heard = count_right([e for n, e in enumerate(examples) if n % 4 == 0], field, path)
        assert total > 200
        assert heard > ruled, f"{field}: {heard} with the model, {ruled} by the rules alone, of {total}"


def test_training_gives_the_same_bytes(tmp_path: Path) -> None:
    examples = list(itertools.islice(read_examples(), 40))
    for field in ("stage", "topic"):
        one, two = (tmp_path / f"{number}-{FILES[field]}" for number in (1, 2))
        train(examples, field, one)
        train(examples, field, two)
        assert one.read_bytes() == two.read_bytes()
