"""The second opinion on stages, aggregations and topics: where it is heard, what it may change, and that it is always the same."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from etl import extract_claims
from etl.extract.claims import open_document, read_quantities
from etl.extract.models import look_up
from etl.extract.network import Bag, Labeller, Pool, load_arrays, load_labeller, sum_rows
from etl.extract.roles import bind_roles
from etl.extract.stages import describe, judge_quantities
from etl.extract.stages.features import describe_role
from etl.extract.stages.opinion import FIELDS, MODEL, SURE, choose_label, hear_opinion, label_of, name_stage
from etl.records import Interval
from tests.training.choices import load_models
from tests.training.labels import count_right, read_examples, train
from tests.training.network import pack_names
from tests.training.texts import read_texts
from tracker.vocabulary import Aggregation, Modality, Stage, Topic

TEXTS = [
    ("en", "Berlin ordered 12 tanks for 300 million euros. Another 8 are to follow, and Kyiv needs 40."),
    ("fr", "Paris a commandé 12 chars pour 300 millions d'euros. Huit autres suivront, et Kiev en réclame 40."),
]


def judge(text: str, language: str):  # type: ignore[no-untyped-def]
    document = open_document(text, language, Interval.parse("2024-05-06"))
    kept = [q for q in read_quantities(document) if q.reason is None and q.kind is not None]
    judged = judge_quantities(document, kept)
    described = describe(document, judged)
    return judged, described, bind_roles(document, kept, judged.readings, look_up(described).roles).readings


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_every_quantity_is_described_by_what_the_rules_found_and_the_words_around(language: str, text: str) -> None:
    judged, described, roles = judge(text, language)
    assert len(described) == len(judged.readings) > 2
    for features, reading, role in zip(described, judged.readings, roles, strict=True):
        assert f"s={reading.stage}" in features and f"t={reading.topic}" in features
        assert any(feature.startswith(("l:", "r:")) for feature in features)
        assert any(feature.startswith("o:") for feature in describe_role(role))


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_opinion_is_the_same_every_time_and_changes_only_where_it_is_sure(language: str, text: str) -> None:
    judged, described, roles = judge(text, language)
    ruled, looked = list(judged.readings), look_up(described).stage
    once = hear_opinion(language, judged, looked, roles)
    assert once == hear_opinion(language, judged, looked, roles)
    assert judged.readings == ruled
    labeller = load_labeller(MODEL)
    chances = labeller.read(labeller.bag.sum([[*features, *describe_role(role)] for features, role in zip(described, roles, strict=True)]))
    for index, (before, after) in enumerate(zip(ruled, once, strict=True)):
        for field in FIELDS:
            own, heard = label_of(field, before), label_of(field, after)
            if own != heard:
                by_label = dict(zip(labeller.labels[field], chances[field][index], strict=True))
                assert by_label[heard] - by_label.get(own, 0) > SURE[field]
        for name in ("stage", "modality", "aggregation", "topic"):
            rule = next((e.rule for e in after.evidence if e.field == name), None)
            assert (rule == f"{language}.{name}.learned") == (getattr(before, name) is not getattr(after, name))
        assert (after.cue_start, after.cue_end) == (before.cue_start, before.cue_end)


@pytest.mark.parametrize(
    ("own", "chances", "heard"),
    [("aid", [0.7, 0.3], None), ("trade", [0.7, 0.3], "aid"), ("trade", [0.51, 0.49], None), ("losses", [0.51, 0.49], "aid")],
    ids=["the same", "another", "not sure enough", "one that the network does not know"],
)
def test_a_label_must_be_likelier_by_some(own: str, chances: list[float], heard: str | None) -> None:
    assert choose_label(["aid", "trade"], chances, own, 0.1) == heard


@pytest.mark.parametrize("field", FIELDS)
def test_labels_of_a_model_are_those_of_the_vocabulary(field: str) -> None:
    stages = {name_stage(stage, modality) for stage in (None, *Stage) for modality in Modality}
    known = {"stage": stages, "aggregation": {str(one) for one in Aggregation}, "topic": {str(topic) for topic in Topic}}
    assert set(load_labeller(MODEL).labels[field]) <= known[field]


def test_a_labeller_adds_up_what_it_knows_of_a_description() -> None:
    arrays = {
        "described_features": pack_names(["", "a", "b", "c"]),
        "described_rows": np.array([[0, 0, 0, 0], [2, 0, 4, -4], [1, 2, 0, 2], [-2, 0, 0, 0]], dtype=np.int8),
        "described_units": np.array([0.5, 0.5, 0.5, 0.5]),
        "labels": pack_names(["fit=yes", "fit=no"]),
        "hidden_bias": np.array([0.0, -0.5]),
        "weights": np.array([[1.0, 0.0], [0.0, 2.0]]),
        "bias": np.array([0.25, 0.0]),
    }
    labeller = Labeller(arrays)
    assert labeller.labels == {"fit": ["yes", "no"]}
    first, second, nothing = labeller.read(labeller.bag.sum([["a", "unheard of", "b", "a"], ["c"], []]))["fit"]
    hidden = [(1 + 0.5) / math.sqrt(2), 1 / math.sqrt(2) - 0.5]
    yes, no = hidden[0] + 0.25 + 2 / math.sqrt(2), 2 * hidden[1] + (-2 + 1) / math.sqrt(2)
    assert first == pytest.approx([1 / (1 + math.exp(no - yes)), 1 / (1 + math.exp(yes - no))])
    assert second == nothing == pytest.approx([1 / (1 + math.exp(-0.25)), 1 / (1 + math.exp(0.25))]), "the units sleep"


def test_a_pool_gives_each_bag_what_it_would_give_alone() -> None:
    chance = np.random.default_rng(1)

    def bag(*features: str) -> Bag:
        rows = chance.integers(-127, 127, (len(features) + 1, 3)).astype(np.int8)
        rows[0] = 0
        return Bag({"a_features": pack_names(["", *features]), "a_rows": rows, "a_units": np.ones(3)}, "a")

    bags = {"one": bag("x", "y"), "two": bag("z", "x")}
    described = [["x", "y", "z", "x"], ["unheard of"], ["z"], []]
    pooled = Pool(bags).sum(described)
    for name, each in bags.items():
        assert pooled[name].tolist() == each.sum(described).tolist()
    assert pooled["two"][0, -1] == 2 and pooled["one"][2, -1] == 0


@pytest.mark.parametrize("longest", [3, 40, 200, 600], ids=["short", "long", "longer", "too long for two bytes"])
def test_sums_are_those_of_whole_numbers_however_long_the_lists_are(longest: int) -> None:
    chance = np.random.default_rng(longest)
    rows = chance.choice(np.array([-127, 126, 127], dtype=np.int8), size=(50, 4))
    several = [list(chance.integers(0, 50, longest)), [3], [7] * longest]
    assert sum_rows(rows, several).tolist() == [rows[places].sum(axis=0, dtype=np.int64).tolist() for places in several]


def test_the_model_earns_its_place_on_texts_held_out(tmp_path: Path) -> None:
    examples = list(read_examples(itertools.islice(read_texts(), 0, None, 8), [load_models().rankers]))
    assert {example.language for example in examples} == {"en", "fr"}
    train([e for n, e in enumerate(examples) if n % 4], tmp_path / "model.npz")
    labeller = Labeller(load_arrays(tmp_path / "model.npz"))
    for field in FIELDS:
        total, ruled, heard = count_right(examples[::4], field, labeller)
        assert total > 200
        assert heard > ruled, f"{field}: {heard} with the model, {ruled} by the rules alone, of {total}"


def test_training_gives_the_same_bytes(tmp_path: Path) -> None:
    examples = list(read_examples(itertools.islice(read_texts(), 40), [load_models().rankers]))
    for name in ("one.npz", "two.npz"):
        train(examples, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Berlin has not ordered the 35 Eurofighters."),
        ("en", "Warsaw has never delivered the 14 MiG-29 jets."),
        ("en", "Canada hasn't ordered the 88 jets."),
        ("fr", "Varsovie n'a jamais livré les 14 MiG-29."),
        ("fr", "L'Allemagne n'enverra pas 100 missiles Taurus, a dit Olaf Scholz."),
    ],
)
def test_what_a_negated_verb_governs_stays_denied(language: str, text: str) -> None:
    assert [claim.modality for claim in extract_claims(text, language=language)] == [Modality.DENIED]


@pytest.mark.parametrize(
    ("language", "text", "modality"),
    [
        ("en", "Washington paused deliveries of 3,500 bombs to Israel.", Modality.DENIED),
        ("fr", "Le ministère a gelé la commande de 40 blindés.", Modality.DENIED),
        ("fr", "Berne a suspendu la livraison de 12 000 obus.", Modality.DENIED),
        ("en", "Lawmakers rejected the sale of 40 F-35 jets to Turkey.", Modality.DENIED),
        ("fr", "Les députés ont rejeté une commande de 12 hélicoptères.", Modality.DENIED),
        ("en", "The general was suspended. The army has bought 14 howitzers.", Modality.ASSERTED),
    ],
)
def test_what_is_stopped_is_denied(language: str, text: str, modality: Modality) -> None:
    assert [claim.modality for claim in extract_claims(text, language=language)] == [modality]
