"""WARC: answers that hold articles, resuming at a record, broken archives."""

from __future__ import annotations

import gzip

import pytest

from etl.read import Limits, ReadOptions
from etl.records import Interval
from tests.read.conftest import page_html, read


def record(kind: str, url: str, payload: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-20T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash((kind, url))):032x}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def answer(url: str, body: bytes | str, media_type: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = "") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(data)}\r\n{extra}\r\n"
    return record("response", url, head.encode() + data)


DATE = '<meta name="date" content="2024-05-17">'
RECORDS = [
    record("warcinfo", "", b"software: test\r\n"),
    record("request", "https://l.example/1", b"GET /1 HTTP/1.1\r\nHost: l.example\r\n\r\n"),
    answer("https://l.example/1", page_html(DATE)),
    answer("https://l.example/gone", page_html(), status="404 Not Found"),
    answer("https://l.example/image.png", b"\x89PNG\x00", "image/png"),
    answer("https://l.example/2", gzip.compress(page_html(DATE).encode()), extra="Content-Encoding: gzip\r\n"),
    answer("https://l.example/3.txt", "Dix véhicules livrés.".encode("latin-1"), "text/plain; charset=iso-8859-1"),
    answer("https://l.example/4", page_html().replace("12", "99")),
]
URLS = ["https://l.example/1", "https://l.example/2", "https://l.example/3.txt", "https://l.example/4"]


def plain() -> bytes:
    return b"".join(RECORDS)


def zipped() -> bytes:
    return b"".join(gzip.compress(each) for each in RECORDS)


@pytest.mark.parametrize(("name", "data"), [("crawl.warc", plain()), ("crawl.warc.gz", zipped()), ("crawl.dat.txt", plain())])
def test_answers_with_articles(write, name, data):
    reading = read(write(name, data))
    assert [article.id for article in reading.articles] == URLS
    assert reading.issues == []
    first = reading.articles[0]
    assert (first.published, first.url) == (Interval.parse("2024-05-17"), URLS[0])
    assert first.retrieved_at is not None and first.retrieved_at.isoformat() == "2024-05-20T10:00:00+00:00"
    assert reading.articles[2].text == "Dix véhicules livrés."


@pytest.mark.parametrize(("name", "data"), [("crawl.warc", plain()), ("crawl.warc.gz", zipped())])
def test_resuming_at_a_record(write, name, data):
    path = write(name, data)
    whole = read(path).articles
    for number, article in enumerate(whole):
        resumed = read(article.location).articles
        assert [(each.id, each.location) for each in resumed] == [(each.id, each.location) for each in whole[number:]]


@pytest.mark.parametrize(
    ("name", "data", "least"),
    [
        pytest.param("a.warc", plain()[:-400], 3, id="cut off"),
        pytest.param("a.warc.gz", zipped()[:-400], 3, id="cut off, compressed"),
        pytest.param("a.warc", plain() + b"garbage that is no record", 4, id="garbage at the end"),
        pytest.param("a.warc", b"WARC/1.0\r\nbroken", 0, id="a broken head"),
        pytest.param("a.warc", b"", 0, id="empty"),
        pytest.param("a.warc", b"not an archive at all", 0, id="no archive"),
        pytest.param("a.warc", RECORDS[2].replace(b"Content-Length", b"Content-Width") + RECORDS[7], 0, id="no length"),
    ],
)
def test_broken_archives_say_so_after_what_could_be_read(write, name, data, least):
    reading = read(write(name, data), write("z.txt", "Ten tanks were sent."))
    assert reading.articles[-1].id == "z"
    assert len(reading.articles) > least
    assert reading.issues != []


def test_a_long_film_is_passed_over_in_silence(write):
    film = answer("https://l.example/film.mp4", b"\x00" * 50_000, "video/mp4")
    reading = read(write("a.warc", film + RECORDS[2]), options=ReadOptions(limits=Limits(page=10_000)))
    assert (reading.article.id, reading.issues) == (URLS[0], [])


def test_an_answer_past_the_limit(write):
    reading = read(write("a.warc", plain()), options=ReadOptions(limits=Limits(page=1000)))
    assert [article.id for article in reading.articles] == URLS[2:3]
    assert set(reading.kinds) == {"too_large"}
