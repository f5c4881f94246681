"""Addresses to articles: fetch, then the reader that fits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import cast
from urllib.parse import unquote, urlsplit

from etl.read.fetch import Fetched, fetcher_for
from etl.read.options import ReadOptions
from etl.read.registry import read_resource
from etl.read.resource import Resource, buffered
from etl.records import Article, Issue

_URL = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def is_url(item: str) -> bool:
    """Whether an input is a web address."""
    return _URL.match(item) is not None


def read_url(url: str, options: ReadOptions, known: Article | None = None) -> Iterator[Article | Issue]:
    """The articles at an address, nothing where the server says that it has not changed; `known` is a feed's word."""
    fetched = fetcher_for(options).fetch(url)
    if isinstance(fetched, Issue):
        yield fetched
    elif fetched is not None:
        with fetched.body:
            yield from read_resource(_resource(url, fetched, known), options)


def _resource(url: str, fetched: Fetched, known: Article | None) -> Resource:
    return Resource(
        location=url,
        name=PurePosixPath(unquote(urlsplit(fetched.url).path)).name,
        stream=buffered(cast("io.RawIOBase", fetched.body)),
        url=fetched.url,
        media_type=fetched.media_type,
        retrieved_at=fetched.retrieved_at,
        known=known,
    )
