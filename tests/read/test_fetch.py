"""Fetching from a server of our own: politeness, limits, and no way to an inner address."""

from __future__ import annotations

import gzip
import json
import socket
import time

import pytest

from etl.read import Limits, ReadOptions
from etl.read.connections import is_public
from etl.records import Interval
from tests.read.conftest import page_html, read

HERE = {"allow_private": True, "fetch_interval": 0.0, "fetch_timeout": 10.0}


def here(**changes: object) -> ReadOptions:
    return ReadOptions(**{**HERE, **changes})  # type: ignore[arg-type]


def test_a_page(site):
    url = site.page("/2024/05/17/vehicles", page_html())
    article = read(url, options=here()).article
    assert "12 armoured vehicles" in article.text
    assert (article.id, article.url, article.location) == (url, url, url)
    assert article.published == Interval.parse("2024-05-17")
    assert article.retrieved_at is not None and article.retrieved_at.tzinfo is not None
    _, headers = site.requests[-1]
    assert headers["User-Agent"].startswith("defense-claims-tracker/")


@pytest.mark.parametrize(
    ("media_type", "body", "text"),
    [
        pytest.param("text/plain", "Ten tanks were sent.", "Ten tanks were sent.", id="text"),
        pytest.param("text/plain; charset=iso-8859-1", "Dix véhicules".encode("latin-1"), "Dix véhicules", id="text in Latin-1"),
        pytest.param("application/json", json.dumps({"text": "Ten tanks."}), "Ten tanks.", id="JSON"),
        pytest.param("application/octet-stream", gzip.compress(b"Ten tanks."), "Ten tanks.", id="gzip by its first bytes"),
    ],
)
def test_the_media_type_names_the_reader(site, media_type, body, text):
    url = site.page("/thing", body, media_type)
    assert read(url, options=here(language="en")).article.text == text


def test_a_page_with_a_wrong_media_type(site):
    reading = read(site.page("/a.html", page_html(), "application/x-unknown"), options=here())
    assert "12 armoured vehicles" in reading.article.text


@pytest.mark.parametrize("body", [page_html(), "\ufeff\n" + page_html().lower(), "<!-- 404 -->" + page_html()])
@pytest.mark.parametrize("media_type", ["application/pdf", "application/zip", "application/gzip", "application/x-tar", "image/png"])
def test_a_page_in_place_of_a_document(site, media_type, body):
    article = read(site.page("/annual-report", body, media_type), options=here()).article
    assert article.media_type == "text/html" and "12 armoured vehicles" in article.text


def test_a_document_behind_a_servers_words_is_no_page(site):
    url = site.page("/report", b"<br>\n<b>Warning</b> <html>\n%PDF-1.4\n", "application/pdf")
    assert read(url, options=here()).kinds == ["invalid_pdf"]


def test_redirects_are_followed_and_the_last_address_is_kept(site):
    target = site.page("/there", page_html())
    url = site.redirect("/here", "/there")
    article = read(url, options=here()).article
    assert (article.url, article.location) == (target, url)


def test_private_addresses_are_refused(site):
    url = site.page("/page", page_html())
    for address in (url, url.replace("127.0.0.1", "localhost")):
        reading = read(address, options=here(allow_private=False))
        assert reading.kinds == ["private_address"]
        assert "--allow-private" in reading.issues[0].message
    assert site.requests == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    """The first host counts as public, the one that it redirects to does not; no request reaches the second."""
    monkeypatch.setattr("etl.read.connections.is_public", lambda address: address == "127.0.0.1")
    inner = site.url.replace("127.0.0.1", "127.0.0.2")
    url = site.redirect("/out", inner + "/secret")
    site.page("/secret", page_html())
    assert read(url, options=here(allow_private=False)).kinds == ["private_address"]
    assert site.paths() == ["/out"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://l.example/x", "javascript:alert(1)", "http://[broken", ""])
def test_a_redirect_out_of_the_web_is_refused(site, target):
    assert read(site.redirect("/out", target), options=here()).kinds == ["redirects"]


@pytest.mark.parametrize("address", ["http://[::1/", "http://exa mple/", "http://host:99999/", "https://:80/x", "http://host:0/"])
def test_addresses_that_are_none(address):
    assert read(address, options=here()).kinds == ["invalid_url"]


def test_endless_redirects(site):
    assert read(site.redirect("/round", "/round"), options=here()).kinds == ["redirects"]
    assert len(site.paths()) == 6


def test_a_body_past_the_limit(site):
    url = site.page("/big", "x" * 300_000, "text/plain")
    assert read(url, options=here(limits=Limits(download=100_000))).kinds == ["too_large"]


def test_a_compressed_body_is_measured_unpacked(site):
    url = site.page("/bomb", gzip.compress(b"x" * 5_000_000), "text/plain", Content_Encoding="gzip")
    assert read(url, options=here(limits=Limits(download=1_000_000))).kinds == ["too_large"]


def test_a_server_that_drips_runs_into_the_deadline(site):
    def drip(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        for _ in range(200):
            request.wfile.write(b"<p>")
            request.wfile.flush()
            time.sleep(0.05)

    reading = read(site.handle("/slow", drip), options=here(fetch_timeout=0.5))
    assert reading.kinds == ["timeout"]


def test_a_server_that_never_answers(site):
    url = site.handle("/mute", lambda request: time.sleep(1.5))
    assert read(url, options=here(fetch_timeout=0.4)).kinds == ["timeout"]


def test_a_server_that_drips_its_headers(site):
    def drip(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(60):
            request.wfile.write(f"X-{number}: y\r\n".encode())
            request.wfile.flush()
            time.sleep(0.05)

    assert read(site.handle("/slow", drip), options=here(fetch_timeout=0.5)).kinds == ["timeout"]


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(OK + b"Content-Length: 100000\r\n\r\n<html>", "the answer broke off after 6 of 100,000 bytes", id="short"),
        pytest.param(OK + b"Content-Length: 70\r\n\r\n", "the answer broke off after 0 of 70 bytes", id="headers only"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\n10\r\nabc", "the answer broke off before its end", id="short chunk"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc", "the answer broke off before its end", id="no chunk"),
        pytest.param(b"", "the server hung up without an answer", id="nothing"),
        pytest.param(b"Good morning\r\n\r\n", "the answer is not as HTTP wants it (Good morning)", id="not HTTP"),
        pytest.param(
            OK + b"Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<html>",
            "the body is not packed as its header says (Error -3 while decompressing data: incorrect header check)", id="not gzip",
        ),
    ],
)  # fmt: skip
def test_broken_answers(site, answer, words):
    def send(request):
        request.wfile.write(answer)
        request.close_connection = True

    url = site.handle("/cut", send)
    assert read(url, options=here()).issues == [("unreachable", words, url, None, None, None)]


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert read(f"http://127.0.0.1:{port}/x", options=here()).kinds == ["unreachable"]


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_other_answers(site, status):
    url = site.handle("/x", lambda request: request.send_error(status))
    reading = read(url, options=here())
    assert (reading.kinds, str(status) in reading.issues[0].message) == (["http_status"], True)


def test_robots(site):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    shut, free = site.page("/private/a", page_html()), site.page("/open/a", page_html())
    reading = read(shut, free, options=here())
    assert (reading.kinds, reading.article.id) == (["robots"], free)
    assert site.paths() == ["/open/a"]
    assert [path for path, _ in site.requests].count("/robots.txt") == 1


def test_a_server_whose_robots_file_fails_is_left_alone(site):
    site.handle("/robots.txt", lambda request: request.send_error(503))
    assert read(site.page("/a", page_html()), options=here()).kinds == ["robots"]
    assert site.paths() == []


def test_a_pause_between_two_requests_to_a_host(site):
    moments: list[float] = []

    def note(request):
        moments.append(time.monotonic())
        request.send_error(404)

    read(site.handle("/a", note), site.handle("/b", note), options=here(fetch_interval=0.3))
    assert moments[1] - moments[0] >= 0.29


def test_unchanged_pages_are_not_fetched_again(site, tmp_path):
    def answer(request):
        if request.headers.get("If-None-Match") == '"v1"':
            request.send_response(304)
            request.end_headers()
            return
        body = page_html().encode()
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("ETag", '"v1"')
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    url = site.handle("/page", answer)
    cache = str(tmp_path / "cache.jsonl")
    assert len(read(url, options=here(fetch_cache=cache)).articles) == 1
    again = read(url, options=here(fetch_cache=cache, fetch_timeout=9.0))  # another fetcher, which reads the file
    assert (again.articles, again.issues) == ([], [])
    assert len(read(url, options=here()).articles) == 1


def test_a_list_of_addresses(site, write):
    one, two = site.page("/1", page_html()), site.page("/2", page_html())
    path = write("list.urls", f"# pages\n{one}\n\nnot an address\n{site.url}/missing\n{two}\n")
    reading = read(path, options=here())
    assert [article.id for article in reading.articles] == [one, two]
    assert [(issue.kind, issue.location) for issue in reading.issues] == [
        ("invalid_url", f"{path}:4"), ("http_status", f"{site.url}/missing"),
    ]  # fmt: skip
