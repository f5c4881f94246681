"""The second opinion on dates: what may be chosen, when it is followed, and that it earns its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from etl.extract import extract_article
from etl.extract.claims import open_document, read_quantities
from etl.extract.dates import find_dates, hear_dates, read_dates
from etl.extract.dates.opinion import LEARNED, Choice, answer_dates, list_options
from etl.extract.models import look_up
from etl.extract.network import Looked, load_arrays
from etl.extract.ranking import Mark, Ranker, list_features
from etl.extract.stages import describe, judge_quantities
from etl.records import Article, Interval
from tests.training import dates
from tests.training.choices import load_models
from tests.training.texts import open_text, read_texts

SOME_TEXTS = [text for number, text in enumerate(read_texts()) if number % 8 == 0]


class Favourite(Ranker):
    """Holds one option of each question for as likely as is given, and all others for impossible."""

    def __init__(self, place: int, chance: float) -> None:
        self.place, self.chance = place, chance

    def rank(self, candidates: Sequence[Sequence[Sequence[Mark]]], asked: Any) -> list[list[float]]:
        return [[self.chance if place == self.place else 0.0 for place in range(len(several))] for several in candidates]


def choices(text: str, published: str | None = "2024-05-17", title: str | None = None) -> list[Choice]:
    document = open_document(text, "en", Interval.parse(published) if published else None, title)
    kept = [q for q in read_quantities(document) if q.reason is None and q.kind is not None]
    stages = judge_quantities(document, kept).readings
    mentions = find_dates(document)
    return list_options(document, kept, stages, read_dates(document, kept, stages, mentions), mentions)


@pytest.mark.parametrize(
    ("text", "published", "dates"),
    [
        ("Berlin ordered 12 tanks.", "2024-05-17", {"2024-05-17", "2024"}),
        ("Berlin ordered 12 tanks.", None, set()),
        ("In 2022 Berlin ordered 12 tanks, due by March 2025.", None, {"2022", "2025-03"}),
        ("Tenders opened in June 2021. Berlin ordered 12 tanks.", "2024-05-17", {"2021-06", "2024-05-17", "2024"}),
    ],
    ids=["the article's own", "no date at all", "those of the sentence", "those before"],
)
def test_a_date_is_chosen_among_those_of_the_text_and_of_the_article(text: str, published: str | None, dates: set[str]) -> None:
    (choice,) = choices(text, published)
    assert {option.date for option in choice.options} == dates
    assert choice.own is None or choice.own in choice.options
    assert all(option.marks for option in choice.options)


def test_what_the_date_of_the_figure_before_was_counts() -> None:
    first, second = choices("Berlin ordered 12 tanks in 2022. It paid 30 million euros.")
    assert not any(feature.startswith("again") for option in first.options for feature in list_features(option.marks))
    assert any(feature.startswith("again") and option.date == "2022" for option in second.options for feature in list_features(option.marks))


@pytest.mark.parametrize(
    ("chance", "is_heard"), [(0.9, True), (0.05, False)], ids=["a likely one stands", "where none is likely there is none"]
)
def test_the_rules_are_overruled_only_by_a_margin(chance: float, is_heard: bool) -> None:
    (choice,) = choices("In 2022 Berlin ordered 12 tanks, due by March 2025.")
    place = next(index for index, option in enumerate(choice.options) if option is not choice.own)
    chosen = answer_dates([choice], Looked(Favourite(place, chance), None))[0]
    assert chosen is (choice.options[place] if is_heard else None)


@pytest.mark.parametrize("text", SOME_TEXTS[::10], ids=lambda text: str(text["id"]))
def test_what_is_chosen_stands_in_the_text_and_says_so(text: dict[str, object]) -> None:
    document, kept = open_text(text)
    judged = judge_quantities(document, kept)
    stages = judged.readings
    looked = look_up(describe(document, judged)).date
    mentions = find_dates(document)
    ruled = read_dates(document, kept, stages, mentions)
    heard = hear_dates(document, kept, stages, looked, ruled, mentions)
    assert heard == hear_dates(document, kept, stages, looked, ruled, mentions)
    known = {option.date for choice in list_options(document, kept, stages, ruled, mentions) for option in choice.options}
    for before, after in zip(ruled, heard, strict=True):
        (evidence,) = after.evidence
        if evidence.rule == LEARNED:
            assert after.date is None or after.date in known
            assert evidence.start is None or any(m.start == evidence.start and m.end == evidence.end for m in mentions)
        else:
            assert after == before


def test_no_date_is_invented_where_the_article_has_none() -> None:
    extraction = extract_article(Article("a", "Berlin ordered 12 tanks for 30 million euros and will buy 8 more.", language="en"))
    assert extraction.claims and all(claim.date is None for claim in extraction.claims)


def test_the_model_earns_its_place_on_texts_held_out(tmp_path: Path) -> None:
    asked = list(dates.read_questions(SOME_TEXTS, [load_models()]))
    dates.train([question for n, text in enumerate(asked) if n % 4 for question in text], tmp_path / "model.npz")
    ranker = Ranker(load_arrays(tmp_path / "model.npz"))
    total, ruled, heard = dates.count_right([question for text in asked[::4] for question in text], ranker)
    assert total > 300
    assert heard > ruled
