"""JSON, JSON Lines and CSV: article objects, and the line of what is none."""

from __future__ import annotations

import json

import pytest

from etl.read import Limits, ReadOptions
from etl.records import Interval
from tests.read.conftest import read

ONE = {
    "id": "a1",
    "language": "fr",
    "published": "2022-10",
    "title": "Chars : la commande",
    "text": "  Dix chars.\r\n",
    "url": "https://www.ledger.example/chars",
    "source": "The Ledger",
    "byline": "Ann Reed",
    "claims": [1, 2],
}
TWO = {"id": 7, "language": "en", "text": "Ten tanks were sent."}


def test_a_list_of_articles_and_keys_that_are_let_pass(write):
    reading = read(write("gold.json", json.dumps([ONE, TWO])))
    first, second = reading.articles
    assert reading.issues == []
    assert (first.id, first.text, first.title, first.language) == ("a1", "  Dix chars.\r\n", "Chars : la commande", "fr")
    assert (first.url, first.source_name, first.source_domain, first.byline) == (
        "https://www.ledger.example/chars", "The Ledger", "ledger.example", "Ann Reed",
    )  # fmt: skip
    assert first.published == Interval.parse("2022-10")
    assert (second.id, second.published) == ("7", None)


@pytest.mark.parametrize(
    ("content", "ids", "kinds"),
    [
        pytest.param(json.dumps(ONE), ["a1"], [], id="one object"),
        pytest.param("[]", [], ["empty"], id="no article"),
        pytest.param("", [], ["empty"], id="nothing at all"),
        pytest.param("  \n [ ] \n", [], ["empty"], id="blanks"),
        pytest.param(json.dumps([ONE, 3, None, "x", TWO]), ["a1", "7"], ["invalid_article"] * 3, id="no objects"),
        pytest.param(json.dumps([{"id": "x"}, {"text": 5}, {"text": " "}]), [], ["invalid_article", "invalid_article", "empty"], id="no text"),
        pytest.param(json.dumps([ONE])[:-1], ["a1"], ["invalid_json"], id="list cut off"),
        pytest.param(json.dumps([ONE, TWO])[:-20], ["a1"], ["invalid_json"], id="article cut off"),
        pytest.param("[" * 100_000, [], ["invalid_json"], id="nested without end"),
        pytest.param(json.dumps([ONE]) + " x", ["a1"], ["invalid_json"], id="something after the end"),
        pytest.param(json.dumps(ONE) + json.dumps(TWO), ["a1"], ["invalid_json"], id="two values"),
        pytest.param("\ufeff" + json.dumps([ONE]), ["a1"], [], id="with a mark"),
        pytest.param("not json", [], ["invalid_json"], id="no JSON"),
    ],
)
def test_json_files(write, content, ids, kinds):
    reading = read(write("some.json", content))
    assert [article.id for article in reading.articles] == ids
    assert reading.kinds == kinds


def test_broken_json_names_its_line(write):
    content = json.dumps([ONE, TWO], indent=1).replace('"id": 7,', '"id" 7,')
    (issue,) = read(write("some.json", content)).issues
    line = next(number for number, line in enumerate(content.split("\n"), start=1) if '"id" 7' in line)
    assert issue.location is not None and issue.location.endswith(f":{line}")
    assert f"line {line}" in issue.message


def test_a_long_list_is_read_piece_by_piece(write):
    articles = [{"id": str(number), "language": "en", "text": f"{number} tanks " + "é" * 900} for number in range(1500)]
    for indent in (None, 2):
        reading = read(write("long.json", json.dumps(articles, indent=indent, ensure_ascii=False)))
        assert [article.id for article in reading.articles] == [item["id"] for item in articles]
        assert [article.text for article in reading.articles] == [item["text"] for item in articles]


def test_json_lines_with_bad_ones_among_them(write):
    lines = [json.dumps(ONE), "", "{broken", json.dumps(TWO), '"text"', json.dumps({"text": "No id here.", "language": "en"})]
    path = write("some.jsonl", "\n".join(lines))
    reading = read(path)
    assert [(article.id, article.location) for article in reading.articles] == [
        ("a1", f"{path}:1"), ("7", f"{path}:4"), ("some:6", f"{path}:6"),
    ]  # fmt: skip
    assert [(issue.kind, issue.location) for issue in reading.issues] == [
        ("invalid_json", f"{path}:3"), ("invalid_article", f"{path}:5"),
    ]  # fmt: skip
    assert "line 3" in reading.issues[0].message


def test_a_line_past_the_limit_is_skipped(write):
    lines = [json.dumps(TWO), json.dumps({"text": "x" * 5000}), json.dumps(ONE)]
    reading = read(write("some.jsonl", "\n".join(lines)), options=ReadOptions(limits=Limits(article=1000)))
    assert ([article.id for article in reading.articles], reading.kinds) == (["7", "a1"], ["too_large"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_json_lines_in_other_encodings(write, encoding):
    content = "\n".join(json.dumps(item, ensure_ascii=False) for item in ({"text": "Été", "language": "fr"}, ONE)) + "\n"
    reading = read(write("some.jsonl", content.encode(encoding)))
    assert [article.text for article in reading.articles] == ["Été", ONE["text"]]
    assert reading.issues == []


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param('"a\\ud800b tanks"', "a\ufffdb tanks", id="lone surrogate"),
        pytest.param('"a\\u0000b tanks"', "a\ufffdb tanks", id="NUL"),
    ],
)
def test_what_no_database_stores_is_replaced_one_for_one(write, text, stored):
    article = read(write("some.json", f'{{"text": {text}, "language": "en"}}')).article
    assert article.text == stored
    assert [issue.kind for issue in article.issues] == ["encoding"]


def test_wrong_encoding_is_read_and_said(write):
    body = '{"text": "Vingt véhicules blindés", "language": "fr"}'.encode("latin-1")
    for name in ("some.json", "some.jsonl"):
        article = read(write(name, body)).article
        assert article.text == "Vingt véhicules blindés"
        assert [issue.kind for issue in article.issues] == ["encoding"]


def test_a_date_that_does_not_exist_is_an_issue_of_the_article(write):
    article = read(write("some.json", json.dumps({**ONE, "published": "2023-02-30"}))).article
    assert article.published is None
    assert [issue.kind for issue in article.issues] == ["bad_date"]
    assert "2023-02-30" in article.issues[0].message


def test_a_value_of_the_wrong_type_is_an_issue_of_the_article(write):
    article = read(write("some.json", json.dumps({**ONE, "title": 5}))).article
    assert article.title is None
    assert [(issue.kind, "'title'" in issue.message) for issue in article.issues] == [("metadata", True)]


@pytest.mark.parametrize(
    ("content", "texts", "kinds"),
    [
        pytest.param("id,text,language\n1,Ten tanks,en\n2,\"Two, or three\nlines\",en\n", ["Ten tanks", "Two, or three\nlines"], [], id="commas"),
        pytest.param("Text;Language\nDix chars;fr\n", ["Dix chars"], [], id="semicolons, names with capitals"),
        pytest.param("text\tlanguage\nTen tanks\ten\n\n", ["Ten tanks"], [], id="tabs, blank line"),
        pytest.param("name,body\n1,2\n", [], ["invalid_csv"], id="no text column"),
        pytest.param("", [], ["invalid_csv"], id="empty"),
        pytest.param("id,text\n", [], ["empty"], id="no rows"),
        pytest.param("id,text,language\n1,,en\n2,Ten tanks,en\n", ["Ten tanks"], ["empty"], id="a row without text"),
        pytest.param('id,text,language\n1,Ten tanks,en\n2,"never closed,en\n', ["Ten tanks"], ["invalid_csv"], id="quote never closed"),
        pytest.param(b"id,text,language\n1,\x00,en\n", [], ["binary"], id="binary"),
        pytest.param("id,text,language\n1,Été,fr\n".encode("utf-16"), ["Été"], [], id="UTF-16"),
    ],
)
def test_csv_files(write, content, texts, kinds):
    reading = read(write("some.csv", content))
    assert [article.text for article in reading.articles] == texts
    assert reading.kinds == kinds


def test_csv_rows_carry_metadata_and_their_line(write):
    path = write("some.csv", "id,text,published,source\n9,Ten tanks were sent.,2024-05-17,The Ledger\n")
    article = read(path, options=ReadOptions(language="en")).article
    assert (article.id, article.published, article.source_name, article.location) == (
        "9", Interval.parse("2024-05-17"), "The Ledger", f"{path}:2",
    )  # fmt: skip
