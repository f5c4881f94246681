"""RSS and Atom feeds, by name or media type."""

from __future__ import annotations

from collections.abc import Iterator

from etl.read.feed_items import looks_like_feed, read_feed
from etl.read.options import ReadOptions
from etl.read.resource import Resource
from etl.records import Article, Issue

EXTENSIONS = (".rss", ".atom", ".rdf", ".xml")
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
SIGNATURES = ()
WRAPPERS = ()


def read(resource: Resource, options: ReadOptions) -> Iterator[Article | Issue]:
    """The items of the feed; an issue for XML that is no feed."""
    if looks_like_feed(resource.peek()):
        yield from read_feed(resource, options)
    elif not resource.peek(1):
        yield Issue("empty", "nothing in it", resource.location)
    else:
        yield Issue("invalid_feed", "XML, but neither RSS nor Atom", resource.location)
