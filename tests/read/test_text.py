"""Plain text: the archived text is the file's, character for character, and what is wrong with it is said."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.lexicon import available_languages
from etl.read import Limits, ReadOptions, read_articles
from etl.read.header import split_header
from etl.read.language import detect_language, recognise_language
from etl.records import Interval
from tests.read.conftest import read
from tracker.errors import UsageError

ENGLISH = "The government signed a contract for twelve helicopters on Monday, the ministry said in a statement.\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ENGLISH, id="plain"),
        pytest.param("  \n\t" + ENGLISH + "\n\n  ", id="blanks kept at both ends"),
        pytest.param("First line of it.\r\nSecond line.\rThird line.\n", id="line ends kept"),
        pytest.param("Le budget\u00a0: 4\u202f000\u00a0€ \U0001f680 e\u0301te\u0301\n", id="emoji, combining marks, blanks"),
        pytest.param("\u200bZero width\u200d and \u202eright to left\u202c.\n", id="invisible characters"),
        pytest.param("form\x0cfeed and \x85 next line \u2028 separators\n", id="odd line separators"),
    ],
)
def test_the_archived_text_is_the_files_text(write, text):
    path = write("story.txt", text)
    article = read(path).article
    assert article.text == text
    assert article.id == "story"
    assert article.location == str(path)
    assert article.original_sha256 == hashlib.sha256(text.encode()).hexdigest()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
def test_any_utf8_text_comes_back_unchanged(tmp_path, text):
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode("utf-8"))
    reading = read(path)
    if text.removeprefix("\ufeff").strip():
        assert reading.article.text == text.removeprefix("\ufeff")
    else:
        assert reading.kinds == ["empty"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_yield_an_article_or_an_issue(tmp_path, data):
    path = tmp_path / "any.txt"
    path.write_bytes(data)
    reading = read(path)
    assert len(reading.articles) + len(reading.issues) == 1


@pytest.mark.parametrize(
    ("data", "text", "doubtful"),
    [
        pytest.param(b"\xef\xbb\xbfCaf\xc3\xa9 de Paris", "Café de Paris", False, id="UTF-8 with a mark"),
        pytest.param("Café de Paris".encode("utf-16"), "Café de Paris", False, id="UTF-16 little-endian"),
        pytest.param(b"\xfe\xff" + "Café de Paris".encode("utf-16-be"), "Café de Paris", False, id="UTF-16 big-endian"),
        pytest.param("Café de Paris".encode("utf-16-le"), "Café de Paris", True, id="UTF-16 without a mark"),
        pytest.param("Café de Paris".encode("utf-16-be"), "Café de Paris", True, id="UTF-16 big-endian without a mark"),
        pytest.param("Café de Paris".encode("utf-32"), "Café de Paris", False, id="UTF-32"),
        pytest.param("Café à 4 €, l’État".encode("cp1252"), "Café à 4 €, l’État", True, id="Windows-1252"),
        pytest.param("Café, été".encode("latin-1"), "Café, été", True, id="Latin-1"),
        pytest.param("Café ".encode() + "été".encode("latin-1"), "Café été", True, id="two encodings in one file"),
        pytest.param(b"\x81 odd byte", "\x81 odd byte", True, id="a hole of Windows-1252"),
        pytest.param("Café".encode("utf-16") + b"\x00", "Café\ufffd", True, id="UTF-16 cut in a character"),
    ],
)
def test_encodings(write, data, text, doubtful):
    article = read(write("story.txt", data)).article
    assert article.text == text
    assert ("encoding" in [issue.kind for issue in article.issues]) is doubtful


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        pytest.param("story.txt", b"", "empty", id="empty"),
        pytest.param("story.txt", b" \n\t\r\n", "empty", id="blanks only"),
        pytest.param("story.txt", b"\xef\xbb\xbf", "empty", id="a mark and nothing else"),
        pytest.param("story.txt", b"MZ\x00\x01\x02 program", "binary", id="binary"),
        pytest.param("story.docx", b"no reader", "unsupported", id="unknown extension"),
    ],
)
def test_what_is_no_text_is_an_issue_and_the_next_file_is_read(write, name, data, kind):
    bad, good = write(name, data), write("z.txt", ENGLISH)
    reading = read(bad, good)
    assert reading.kinds == [kind]
    assert reading.issues[0].location == str(bad)
    assert reading.article.id == "z"


def test_a_missing_file_is_an_issue(tmp_path):
    reading = read(tmp_path / "nowhere.txt")
    assert reading.kinds == ["missing"]


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\0b.txt", "nowhere.txt#12", "C:/nowhere.txt", "://x"], ids=repr)
def test_names_that_are_none(name):
    reading = read(name)
    assert reading.articles == []
    assert reading.kinds in (["missing"], ["unreadable"])


@pytest.mark.parametrize(
    ("address", "scheme"),
    [("ftp://l.example/x", "ftp://"), ("FILE:///etc/passwd", "FILE://"), ("s3://news/a.txt", "s3://"), ("ftp://l.example/x#12", "ftp://")],
)
def test_addresses_that_are_not_fetched(address, scheme):
    message = f"{scheme} is not fetched; addresses begin with http:// or https://"
    assert read(address).issues == [("unsupported", message, address, None, None, None)]


def test_a_file_whose_name_looks_like_an_address(write, tmp_path, monkeypatch):
    write("s3:/news/a.txt", ENGLISH)
    monkeypatch.chdir(tmp_path)
    assert read("s3://news/a.txt").article.text == ENGLISH


def test_a_folder_with_a_pipe_and_a_link_that_leads_nowhere(write, tmp_path):
    write("a.txt", ENGLISH)
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    reading = read(tmp_path)
    assert (reading.article.id, reading.kinds) == ("a", ["missing"])


def test_a_text_past_the_limit_is_an_issue(write):
    options = ReadOptions(limits=Limits(article=50))
    reading = read(write("long.txt", ENGLISH), write("short.txt", "Ten tanks."), options=options)
    assert (reading.kinds, [article.id for article in reading.articles]) == (["too_large"], ["short"])


def test_an_unknown_language_flag_is_refused_before_anything_is_read():
    with pytest.raises(UsageError, match="--language: 'xx' has no language pack"):
        read_articles(["whatever.txt"], ReadOptions(language="xx"))


def test_folders_are_walked_in_sorted_order(write, tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e.md", ".hidden/x.txt", "b/.y.txt", "README.md", "picture.png"):
        write(name, ENGLISH)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    reading = read(tmp_path)
    assert [Path(article.location).relative_to(tmp_path).as_posix() for article in reading.articles] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
        "c/d/e.md",
    ]
    assert reading.issues == []


def test_standard_input(monkeypatch):
    import io

    class Standard:
        buffer = io.BufferedReader(io.BytesIO(ENGLISH.encode()))

    monkeypatch.setattr("sys.stdin", Standard)
    article = read("-").article
    assert (article.text, article.id, article.location) == (ENGLISH, "stdin", "-")


FENCED = """---
title: "Tanks for the east"
Published: 2024-05-17
source: The Ledger
url: https://www.ledger.example/tanks
byline: Ann Reed
language: fr
---
Body of it.
"""
BARE = "Title: Tanks\nPublished: 2022-10\n\nBody of it.\n"


@pytest.mark.parametrize(
    ("text", "values", "body"),
    [
        pytest.param(BARE, {"title": "Tanks", "published": "2022-10"}, "Body of it.\n", id="bare pairs"),
        pytest.param("---\r\ntitle: A\r\n---\r\nBody.", {"title": "A"}, "Body.", id="CRLF"),
        pytest.param("---\ntitle: A\ntags:\n  - x\n  - y\n---\nB", {"title": "A"}, "B", id="other keys between fences"),
        pytest.param("source: The Ledger\n\nBody", {"source": "The Ledger"}, "Body", id="one pair"),
        pytest.param("---\nBody after a rule.\n---\n", {}, "---\nBody after a rule.\n---\n", id="a rule is no header"),
        pytest.param("Title: A\nBody at once.\n\nMore", {}, "Title: A\nBody at once.\n\nMore", id="no blank line"),
        pytest.param("Title: A\nColour: red\n\nB", {}, "Title: A\nColour: red\n\nB", id="unknown key in bare pairs"),
        pytest.param("Titles were won: three.\n\nB", {}, "Titles were won: three.\n\nB", id="a sentence"),
        pytest.param("---\ntitle: A\n", {}, "---\ntitle: A\n", id="fence never closed"),
        pytest.param("Title: A", {}, "Title: A", id="header without an end"),
    ],
)
def test_headers(text, values, body):
    header = split_header(text)
    assert header.values == values
    assert text[header.end :] == body


def test_a_header_stays_in_the_text_and_is_marked(write):
    article = read(write("story.txt", FENCED)).article
    assert article.text == FENCED
    (span,) = article.boilerplate
    assert FENCED[span.start : span.end].startswith("---\ntitle") and FENCED[: span.end].endswith("\n---")
    assert (article.title, article.byline, article.language) == ("Tanks for the east", "Ann Reed", "fr")
    assert (article.source_name, article.source_domain) == ("The Ledger", "ledger.example")
    assert article.published == Interval.parse("2024-05-17")


def test_flags_beat_the_header(write):
    options = ReadOptions(published=Interval.parse("2021"), source="Else", language="en")
    article = read(write("story.txt", FENCED), options=options).article
    assert (article.published, article.source_name, article.language) == (Interval.parse("2021"), "Else", "en")


def test_keys_that_are_not_read_are_said(write):
    article = read(write("story.txt", "---\ntitle: A\ntags: x\n---\n" + ENGLISH)).article
    assert [(issue.kind, "tags" in issue.message) for issue in article.issues] == [("metadata", True)]


@pytest.mark.parametrize(
    ("text", "language", "doubtful"),
    [
        pytest.param(ENGLISH, "en", False, id="English"),
        pytest.param("Le ministère a signé lundi un contrat portant sur douze hélicoptères de transport.", "fr", False, id="French"),
        pytest.param("language: fr-CA\n\n" + ENGLISH, "fr", False, id="metadata beats the text"),
        pytest.param("language: Klingonese\n\n" + ENGLISH, "en", True, id="a language name is no code"),
        pytest.param("language: zz\n\n" + ENGLISH, "zz", True, id="a language without a pack"),
        pytest.param(
            "正在審議的預算草案包括購買十二架直升機。國防部星期一表示，這份合約將在年底前簽署，並且會分五年支付。" * 3, "zh", True, id="firmly another"
        ),
    ],
)
def test_languages(write, text, language, doubtful):
    article = read(write("story.txt", text)).article
    assert article.language == language
    assert bool(article.issues) is doubtful


def test_detection_keeps_to_the_packs():
    german = "Die Regierung hat am Montag angekündigt, weitere zehn Panzer zu liefern. Das Paket kostet viel Geld. " * 2
    assert recognise_language(german) == "de"
    assert detect_language(german) in available_languages()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Tanks for the east\n\nBody of it.", "Tanks for the east", id="headline"),
        pytest.param("05.06.2023\nTanks for the east\n\nBody.", "Tanks for the east", id="date line first"),
        pytest.param("date 2022-10 Tanks for the east\n\nBody.", "Tanks for the east", id="date on the headline's line"),
        pytest.param("The first sentence of a story.\nThe second.", None, id="a sentence is no headline"),
        pytest.param("[ad_1]\nTanks for the east\nBody.", "Tanks for the east", id="clutter first"),
        pytest.param("One line only", None, id="nothing after it"),
    ],
)
def test_titles(write, text, title):
    assert read(write("story.txt", text), options=ReadOptions(language="en")).article.title == title
