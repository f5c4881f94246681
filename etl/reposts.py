"""Tells which articles repost which, among new ones and those of the store, whatever order they come in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from etl.bulk import select_in
from etl.copies import COMMON_SENTENCE, SHARED_SENTENCES, Body, is_repost, read_body, sketch_body
from etl.rows import ArticleRows, Row
from tracker.model import Base

_QUOTE = [column.name for column in Base.metadata.tables["claim"].columns].index("quote")
_PUBLISHED_TO = [column.name for column in Base.metadata.tables["article"].columns].index("published_to")
_TRIES = 5
"""How many candidates an article is compared with."""
_UNDATED = "9999"

Owners = Mapping[int, Sequence[str]]
Sketches = Mapping[str, Sequence[int]]


class Reposts(NamedTuple):
    """Which articles are copies, and by what to recognise copies of the others."""

    copies: dict[str, str]
    """New article -> the article of another item that it copies."""
    demoted: dict[str, str]
    """Stored article that passed for an original -> the new one that it copies."""
    sketches: list[Row]
    """The `article_sketch` rows of new articles that are no copies."""
    forgotten: list[Row]
    """Those of stored articles that are copies now."""


class _Story(NamedTuple):
    """What tells whether an article copies another."""

    key: str
    item_key: str
    text_sha256: str
    published: str
    """Last day on which it can have appeared."""
    body: Body
    quotes: tuple[str, ...]

    def comes_before(self, other: _Story) -> bool:
        """Whether of two that say the same this is the original: published first; the keys decide where dates do not."""
        return (self.published, self.key) < (other.published, other.key)

    def says_no_more_than(self, other: _Story) -> bool:
        """Whether every sentence that counts and every figure is in the other too."""
        return self.text_sha256 == other.text_sha256 or is_repost(self.body, other.body, self.quotes)

    def copies(self, other: _Story) -> bool:
        """Whether this is the copy of the two: the one that says less, or of two that say the same the later."""
        if not self.says_no_more_than(other):
            return False
        return other.comes_before(self) or not other.says_no_more_than(self)


def find_copies(connection: Connection, new: Sequence[ArticleRows]) -> Reposts:
    """The copies that new articles are, and those that they make of stored ones."""
    sketches = {item.identity.key: sketch_body(item.body) for item in new}
    owners = _find_owners(connection, sketches)
    same = _find_same(connection, new)
    candidates = {key: [*same[key], *_candidates(key, sketch, owners)] for key, sketch in sketches.items()}
    stories = _read_stories(connection, {key for keys in candidates.values() for key in keys} - sketches.keys())
    stories |= {item.identity.key: _story_of(item) for item in new}
    copy_of: dict[str, str] = {}
    for key in sketches:
        _judge(stories[key], [stories[other] for other in candidates[key] if other in stories], copy_of)
    roots = {key: _find_root(key, copy_of) for key in copy_of}
    # A sentence that many have recognises none; to keep all its owners would slow each look-up.
    rare = {part for part, known in owners.items() if len(known) <= COMMON_SENTENCE}
    demoted = {key: root for key, root in roots.items() if key not in sketches}
    return Reposts(
        {key: root for key, root in roots.items() if key in sketches},
        demoted,
        [(part, key) for key, sketch in sketches.items() if key not in roots for part in sketch if part in rare],
        [(part, key) for key in demoted for part in sketch_body(stories[key].body)],
    )


def _judge(new: _Story, others: Iterable[_Story], copy_of: dict[str, str]) -> None:
    """Enter in `copy_of` the original that the new article copies, else those that copy it."""
    originals = [other for other in others if other.key not in copy_of and other.item_key != new.item_key]
    copied = [other for other in originals if new.copies(other)]
    if copied:
        copy_of[new.key] = min(copied, key=lambda other: (other.published, other.key)).key
    else:
        copy_of.update({other.key: new.key for other in originals if other.copies(new)})


def _find_root(key: str, copy_of: Mapping[str, str]) -> str:
    """The original of a copy. Each entry was made when its target was an original, so there is an end."""
    while key in copy_of:
        key = copy_of[key]
    return key


def _story_of(item: ArticleRows) -> _Story:
    identity = item.identity
    quotes = tuple(row[_QUOTE] for row in item.claims)
    published = item.article[_PUBLISHED_TO] or _UNDATED
    return _Story(identity.key, identity.item_key, identity.text_sha256, published, item.body, quotes)


def _find_same(connection: Connection, new: Sequence[ArticleRows]) -> dict[str, list[str]]:
    """New article -> those with the very same text that pass for originals, and new ones before it."""
    texts = [item.identity.text_sha256 for item in new]
    owners: dict[str, list[str]] = {}
    for text_sha256, key, copy_of in select_in(connection, "text_sha256, key, copy_of", "article", "text_sha256", texts):
        if copy_of is None:
            owners.setdefault(text_sha256, []).append(key)
    same = {}
    for item in new:
        known = owners.setdefault(item.identity.text_sha256, [])
        same[item.identity.key] = list(known)
        known.append(item.identity.key)
    return same


def _find_owners(connection: Connection, sketches: Sketches) -> Owners:
    """Sentence hash -> the articles known by it, those of the store before those that come, in their order."""
    hashes = list({part for sketch in sketches.values() for part in sketch})
    owners: dict[int, list[str]] = {}
    for part, key in sorted(select_in(connection, "sentence_hash, article_key", "article_sketch", "sentence_hash", hashes)):
        owners.setdefault(part, []).append(key)
    for key, sketch in sketches.items():
        for part in sketch:
            owners.setdefault(part, []).append(key)
    return owners


def _candidates(new: str, sketch: Sequence[int], owners: Owners) -> list[str]:
    """The articles before this one that share rare sentences with it, those that share most first."""
    shared: Counter[str] = Counter()
    for part in sketch:
        known = owners[part]
        if len(known) <= COMMON_SENTENCE:
            shared.update(known[: known.index(new)])
    enough = min(SHARED_SENTENCES, len(sketch))
    return [key for key, count in shared.most_common(_TRIES) if count >= enough]


def _read_stories(connection: Connection, keys: Iterable[str]) -> dict[str, _Story]:
    """Those of the stored articles that pass for originals."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    quotes: dict[str, list[str]] = {}
    for key, quote, withdrawn_at in select_in(connection, "article_key, quote, withdrawn_at", "claim", "article_key", wanted):
        if withdrawn_at is None:
            quotes.setdefault(key, []).append(quote)
    columns = "key, item_key, text_sha256, published_to, text, boilerplate, copy_of"
    return {
        key: _Story(
            key,
            item_key,
            text_sha256,
            str(published_to or _UNDATED),
            read_body(text, json.loads(spans) if isinstance(spans, str) else spans),
            tuple(quotes.get(key, ())),
        )
        for key, item_key, text_sha256, published_to, text, spans, copy_of in select_in(
            connection, columns, "article", "key", wanted
        )
        if copy_of is None
    }
