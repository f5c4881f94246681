"""Builders for the tests of the readers: files on disk, what reading them yields, a web server of our own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from etl.read import ReadOptions, read_articles
from etl.records import Article, Issue


@dataclass(frozen=True)
class Reading:
    """What some inputs yielded, apart by kind."""

    articles: list[Article]
    issues: list[Issue]

    @property
    def article(self) -> Article:
        """The only article; the test fails where there is none or another."""
        assert len(self.articles) == 1, self
        return self.articles[0]

    @property
    def kinds(self) -> list[str]:
        return [issue.kind for issue in self.issues]


def read(*inputs: str | Path, options: ReadOptions | None = None) -> Reading:
    """Reads inputs to the end."""
    found = list(read_articles([str(item) for item in inputs], options))
    return Reading(
        [item for item in found if isinstance(item, Article)], [item for item in found if isinstance(item, Issue)]
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Writes a file below the test's folder and returns its path."""

    def write_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file


Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A web server on this machine whose pages are functions."""

    url: str
    pages: dict[str, Handler] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(self, path: str, body: bytes | str, media_type: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serves a body at a path; returns its address."""
        data = body if isinstance(body, bytes) else body.encode("utf-8")

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", media_type)
            request.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(data)

        return self.handle(path, answer)

    def redirect(self, path: str, target: str) -> str:
        """Sends whoever asks for a path elsewhere; returns its address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(302)
            request.send_header("Location", target)
            request.send_header("Content-Length", "0")
            request.end_headers()

        return self.handle(path, answer)

    def handle(self, path: str, answer: Handler) -> str:
        self.pages[path] = answer
        return self.url + path

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, _ in self.requests if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """A running server without pages."""

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages.requests.append((self.path, dict(self.headers)))
            answer = pages.pages.get(self.path)
            if answer is None:
                self.send_error(404)
                return
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client hung up, as it should on a hostile page

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: requests are kept in `Site.requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    pages = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield pages
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


PARAGRAPH = (
    "The ministry said on Tuesday that it had signed for {number} armoured vehicles, and that the first of them would reach "
    "the brigade before the winter. Officials declined to name the supplier, but two people who know of the talks "
    "described a consortium of three companies that had competed for the work since last year."
)


def page_html(head: str = "", language: str = ' lang="en"', body: str | None = None) -> str:
    """A news page with the clutter of one; `head` goes into its head."""
    paragraphs = "".join(f"<p>{PARAGRAPH.format(number=number)}</p>" for number in (12, 24, 36, 48))
    links = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(12))
    return (
        f"<!DOCTYPE html><html{language}><head><title>Vehicles for the brigade | The Ledger</title>{head}</head><body>"
        f"<nav><ul>{links}</ul></nav><main><article><h1>Vehicles for the brigade</h1>{body or paragraphs}</article></main>"
        f"<footer><p>© 2024 The Ledger</p></footer></body></html>"
    )
