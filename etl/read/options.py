"""What a user may ask of the readers, and the limits that keep one hostile input from costing the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.records import Interval

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Sizes past which an input is refused with an issue, in bytes unless the name says otherwise."""

    article: int = 8 * MEGABYTE
    """One plain-text article, one line of JSON Lines, one cell of CSV; three thousand pages of print."""
    page: int = 20 * MEGABYTE
    """One HTML page; a parsed page takes many times its size in memory."""
    feed: int = 20 * MEGABYTE
    download: int = 500 * MEGABYTE
    """One fetched body, whatever it is."""
    document: int = 200 * MEGABYTE
    """One PDF that does not lie on disk by itself and is held in memory."""
    document_pages: int = 5_000
    """Pages of one PDF."""
    unpacked: int = 50_000 * MEGABYTE
    """All that one archive may unpack to."""
    ratio: int = 200
    """How many times its packed size an archive may grow, past `ratio_floor`."""
    ratio_floor: int = 10 * MEGABYTE
    members: int = 200_000
    """Files in one archive."""
    depth: int = 3
    """Archives inside archives."""


@dataclass(frozen=True)
class ReadOptions:
    """What the command line says about the inputs; a value here beats what a file says of itself."""

    published: Interval | None = None
    source: str | None = None
    language: str | None = None
    fast_html: bool = False
    """Read pages with resiliparse instead of trafilatura."""
    linked_pages: bool = False
    """Read the pages that a feed links to instead of the text that it carries."""
    allow_private: bool = False
    """Fetch from private and loopback addresses too."""
    fetch_timeout: float = 20.0
    """Seconds that one fetch may take in all."""
    fetch_interval: float = 1.0
    """Seconds between two requests to one host."""
    fetch_cache: str | None = None
    """A file that keeps the validators (ETag, Last-Modified) of fetched pages, so that unchanged ones are skipped."""
    limits: Limits = field(default_factory=Limits)
