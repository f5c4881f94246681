"""All readers on damaged bytes, wrong names and long inputs: an issue each, and the next input is read."""

from __future__ import annotations

import gzip
import json
import sys
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.read import ReadOptions
from etl.read.registry import readers
from etl.records import Article
from tests.read.conftest import page_html, read
from tests.read.pdf_builder import pdf_bytes
from tests.read.test_archives import FILES, tar_bytes, zip_bytes
from tests.read.test_feed import ATOM, rss
from tests.read.test_warc import plain, zipped

WHOLE: dict[str, bytes] = {
    "a.warc": plain(),
    "a.warc.gz": zipped(),
    "a.zip": zip_bytes(FILES),
    "a.tar": tar_bytes(FILES),
    "a.tgz": gzip.compress(tar_bytes(FILES)),
    "a.txt.gz": gzip.compress(b"Ten tanks were sent. " * 40),
    "a.pdf": pdf_bytes([["Ten tanks were sent to the front."], ["Twenty more follow."]]),
    "a.rss": rss().encode(),
    "a.atom": ATOM.encode(),
    "a.html": page_html().encode(),
    "a.json": json.dumps([{"id": "a", "text": "Ten tanks", "published": "2024-01-02", "language": "en"}] * 3).encode(),
    "a.jsonl": b'{"id":"a","text":"Ten tanks","language":"en"}\n' * 3,
    "a.csv": b'id,text\n1,"Ten tanks"\n2,"Two"\n',
    "a.txt": b"---\ntitle: A\npublished: 2024-01-02\n---\n12 May 2024 | desk\nTen tanks were sent.",
}

Damage = tuple[float, int, bytes]


def damaged(data: bytes, damage: list[Damage]) -> bytes:
    """`data` with stretches of it overwritten, cut out or lengthened."""
    for place, cut, put in damage:
        at = int(place * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=5),
    fast=st.booleans(),
)
def test_damaged_inputs_never_stop_the_run(tmp_path, name, damage, fast):
    (tmp_path / name).write_bytes(damaged(WHOLE[name], damage))
    good = tmp_path / "z.txt"
    good.write_text("Ten tanks were sent.", encoding="utf-8")
    reading = read(tmp_path / name, good, options=ReadOptions(fast_html=fast, language="en"))
    assert reading.articles[-1].id == "z"
    for article in reading.articles:
        article.text.encode("utf-8")
        assert all(0 <= span.start <= span.end <= len(article.text) for span in article.boilerplate)


@pytest.mark.parametrize("name", sorted(WHOLE))
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 50, b"<", b"{", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"WARC/1.0"])
def test_inputs_that_are_nothing_of_the_kind(write, name, data):
    reading = read(write(name, data), options=ReadOptions(language="en"))
    assert reading.issues or reading.articles
    assert all(issue.location and issue.message for issue in reading.issues)


EXTRAS = [
    ("a.pdf", "pypdfium2"),
    ("a.rss", "feedparser"),
    ("a.atom", "feedparser"),
    ("a.warc", "fastwarc.warc"),
    ("a.warc.gz", "fastwarc.warc"),
    ("a.html", "resiliparse.extract.html2text"),
]


@pytest.mark.parametrize(("name", "module"), EXTRAS, ids=[name for name, _ in EXTRAS])
def test_a_missing_extra_is_an_issue_of_the_file_that_needs_it(write, monkeypatch, name, module):
    monkeypatch.setitem(sys.modules, module, None)
    path = write(name, WHOLE[name])
    reading = read(path, write("z.txt", "Ten tanks were sent."), options=ReadOptions(language="en", fast_html=True))
    assert [article.id for article in reading.articles] == ["z"]
    (issue,) = reading.issues
    package = module.partition(".")[0]
    mend = f"{package} is not installed; install the extra with: pip install 'defense-claims-tracker[sources]'"
    assert issue == ("missing_extra", mend, str(path), None, None, None)


def test_a_missing_extra_costs_one_member_of_an_archive(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    path = write("a.zip", zip_bytes({"a.pdf": WHOLE["a.pdf"], "b.txt": b"Ten tanks were sent."}))
    reading = read(path, options=ReadOptions(language="en"))
    assert [(issue.kind, issue.location) for issue in reading.issues] == [("missing_extra", f"{path}#a.pdf")]
    assert reading.article.text == "Ten tanks were sent."


@pytest.mark.parametrize("name", ["long.jsonl", "long.json", "long.csv"])
def test_long_files_are_read_in_little_memory(write, name):
    text = "The ministry said that ten tanks were sent. " * 60
    count = 3_000
    if name.endswith("csv"):
        content = "text\n" + f"{text}\n" * count
    elif name.endswith("jsonl"):
        content = (json.dumps({"text": text}) + "\n") * count
    else:
        content = "[" + ",".join([json.dumps({"text": text})] * count) + "]"
    path = write(name, content)
    size = len(content)
    del content
    from etl.read import read_articles

    tracemalloc.start()
    found = sum(isinstance(item, Article) for item in read_articles([str(path)], ReadOptions(language="en")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == count
    assert peak < size / 2


def test_a_line_of_several_megabytes(write):
    text = "The ministry said that ten tanks were sent. " * 180_000
    reading = read(write("long.txt", text), options=ReadOptions(language="en"))
    assert len(reading.article.text) == len(text)
    assert reading.article.title is None


def test_every_reader_says_what_it_reads():
    for name, reader in readers().items():
        assert reader.EXTENSIONS and reader.MEDIA_TYPES, name
        assert all(extension.startswith(".") and extension == extension.lower() for extension in reader.EXTENSIONS), name
    extensions = [extension for reader in readers().values() for extension in reader.EXTENSIONS]
    assert len(extensions) == len(set(extensions))
