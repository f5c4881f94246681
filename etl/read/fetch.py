"""Fetching pages politely: time and size limits, robots.txt, a pause between two requests to a host, no inner addresses."""

from __future__ import annotations

import datetime as dt
import functools
import importlib.metadata
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError

from etl.read.connections import Gate, PrivateAddressError, passing, pool_manager
from etl.read.deadline import Deadline, DeadlineError
from etl.read.failures import all_causes, failure_in_words
from etl.read.options import ReadOptions
from etl.read.validators import Validators
from etl.records import Issue

_REDIRECTS = 5
_IN_MEMORY = 8_000_000
_CHUNK = 1 << 16
_ROBOTS_SIZE = 500_000
_LONGEST_PAUSE = 30.0
_REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})
_PACKAGE = "defense-claims-tracker"


class Fetched(NamedTuple):
    """A body and what its headers say of it; whoever gets it closes the body."""

    url: str
    """The address after redirects."""
    body: IO[bytes]
    media_type: str | None
    retrieved_at: dt.datetime


class _Refusal(Exception):
    """A fetch that ends in an issue."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@functools.lru_cache(maxsize=8)
def fetcher_for(options: ReadOptions) -> Fetcher:
    """The fetcher of these options, one a process, so that its pauses hold across inputs."""
    return Fetcher(options)


def user_agent() -> str:
    """How the tracker names itself to servers; its first word is the one that robots.txt rules may address."""
    return f"{_PACKAGE}/{importlib.metadata.version(_PACKAGE)} (reads public articles; keeps to robots.txt)"


class Fetcher:
    """Fetches addresses one at a time and remembers what each host asked for."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._manager = pool_manager()
        self._agent = user_agent()
        self._robots: dict[str, RobotFileParser | str] = {}
        self._last_request: dict[str, float] = {}
        self._validators = Validators(options.fetch_cache)

    def fetch(self, url: str) -> Fetched | Issue | None:
        """The body at an address; None where it has not changed since it was last fetched; an issue where it failed."""
        try:
            with (
                Deadline(self._options.fetch_timeout) as deadline,
                passing(Gate(self._options.allow_private, deadline.guard)),
            ):
                return self._follow(url, deadline)
        except _Refusal as refusal:
            return Issue(refusal.kind, str(refusal), url)

    def _follow(self, url: str, deadline: Deadline) -> Fetched | None:
        """Follows redirects by hand, as each new address must pass the same checks as the first."""
        address = _checked_address(url)
        for _ in range(_REDIRECTS + 1):
            self._check_robots(address, deadline)
            self._pause(address, deadline)
            with self._request(address, deadline, self._validators.headers(address)) as response:
                if response.status in _REDIRECT_STATUS:
                    address = _redirect_target(address, response.headers.get("location"))
                    continue
                if response.status == 304:
                    return None
                if response.status != 200:
                    raise _Refusal("http_status", f"the server answered {response.status} {response.reason or ''}".strip())
                body = self._read_body(response, deadline, self._options.limits.download)
                self._validators.note(address, response.headers)
                return Fetched(address, body, response.headers.get("content-type"), dt.datetime.now(dt.UTC))
        raise _Refusal("redirects", f"more than {_REDIRECTS} redirects")

    @contextmanager
    def _request(self, url: str, deadline: Deadline, headers: dict[str, str]) -> Iterator[Any]:
        sent = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", "Connection": "close", **headers}
        response = None
        try:
            left = deadline.left()
            response = self._manager.request(
                "GET", url, headers=sent, preload_content=False, redirect=False, timeout=urllib3.Timeout(total=left)
            )
            yield response
        except (DeadlineError, HTTPError, LocationParseError, OSError, ValueError) as error:
            raise _refusal_of(error, deadline) from error
        finally:
            if response is not None:
                response.close()

    def _read_body(self, response: Any, deadline: Deadline, limit: int) -> IO[bytes]:
        """The body, decompressed, in a file that stays in memory while it is small."""
        body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed on open
        size = 0
        try:
            while chunk := response.read1(_CHUNK, decode_content=True):
                size += len(chunk)
                deadline.check()
                if size > limit:
                    raise _Refusal("too_large", f"the body is larger than {limit:,} bytes")
                body.write(chunk)
            deadline.check()  # a connection that was cut looks like one that ended
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body

    def _pause(self, url: str, deadline: Deadline) -> None:
        """Waits until the host may be asked again; the wait does not count as the server's time."""
        host = urlsplit(url).netloc
        interval = self._options.fetch_interval
        robots = self._robots.get(_origin(url))
        if isinstance(robots, RobotFileParser):
            interval = max(interval, min(float(robots.crawl_delay(_PACKAGE) or 0), _LONGEST_PAUSE))
        wait = self._last_request.get(host, float("-inf")) + interval - time.monotonic()
        if wait > 0:
            time.sleep(wait)
            deadline.extend(wait)
        self._last_request[host] = time.monotonic()

    def _check_robots(self, url: str, deadline: Deadline) -> None:
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._load_robots(origin, deadline)
        rules = self._robots[origin]
        if isinstance(rules, str):
            raise _Refusal("robots", rules)
        if not rules.can_fetch(_PACKAGE, url):
            raise _Refusal("robots", f"robots.txt of {origin} does not allow this page")

    def _load_robots(self, origin: str, deadline: Deadline) -> RobotFileParser | str:
        """The host's rules; none where it has no such file; a reason for leaving it alone where its server fails."""
        rules = RobotFileParser()
        address = f"{origin}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            with self._request(address, deadline, {}) as response:
                if response.status in _REDIRECT_STATUS:
                    address = _redirect_target(address, response.headers.get("location"))
                    continue
                if response.status >= 500:
                    return f"robots.txt of {origin} could not be read: the server answered {response.status}"
                text = ""
                if response.status == 200:
                    with self._read_body(response, deadline, _ROBOTS_SIZE) as body:
                        text = body.read().decode("utf-8", errors="replace")
                rules.parse(text.splitlines())
                return rules
        rules.parse([])
        return rules


def _checked_address(url: str) -> str:
    """`url` where it is a whole web address; refused where it is not."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or any(character.isspace() for character in parts.netloc):
        raise _Refusal("invalid_url", f"{url[:120]!r} is no web address")
    return url


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _redirect_target(url: str, location: str | None) -> str:
    """Where a redirect leads; refused where it leads out of the web."""
    if not location:
        raise _Refusal("redirects", "redirected to nowhere")
    try:
        return _checked_address(urljoin(url, location))
    except (ValueError, _Refusal) as error:
        raise _Refusal("redirects", f"redirected to {location[:120]!r}, which is no web address") from error


def _refusal_of(error: BaseException, deadline: Deadline) -> _Refusal:
    """The issue that a failed request becomes, by the cause at the bottom of it."""
    if deadline.expired:
        return _Refusal("timeout", f"no complete answer within {deadline.seconds:g} seconds")
    causes = list(all_causes(error))
    for cause in causes:
        if isinstance(cause, PrivateAddressError):
            return _Refusal("private_address", f"{cause}; --allow-private lets it through")
        if isinstance(cause, urllib3.exceptions.TimeoutError | TimeoutError) and not isinstance(cause, NewConnectionError):
            return _Refusal("timeout", f"no answer within {deadline.seconds:g} seconds")
    return _Refusal("unreachable", failure_in_words(causes))
