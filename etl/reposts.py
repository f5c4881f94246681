"""Finds the article that a new one reposts, in the store and among those that come with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from etl.bulk import select_in
from etl.copies import COMMON_SENTENCE, SHARED_SENTENCES, Body, is_repost, read_body, sketch_body
from etl.rows import ArticleRows, Row
from tracker.model import Base

_QUOTE = [column.name for column in Base.metadata.tables["claim"].columns].index("quote")
_TRIES = 5
"""How many candidates an article is compared with."""

Owners = Mapping[int, Sequence[str]]


class Reposts(NamedTuple):
    """Which of the new articles are copies, and by what to recognise copies of the others."""

    copies: dict[str, str]
    """New article -> the first article of another item that has the same text, or nearly the same."""
    sketches: list[Row]
    """The `article_sketch` rows of those that are no copies."""


def find_copies(connection: Connection, new: Sequence[ArticleRows]) -> Reposts:
    """The copies among new articles, each by the article that came first."""
    copies = _find_same(connection, new)
    others = [item for item in new if item.identity.key not in copies]
    sketches = {item.identity.key: sketch_body(item.body) for item in others}
    owners = _find_owners(connection, sketches)
    copies.update(_find_nearly_same(connection, others, sketches, owners))
    # A sentence that many have recognises none; to keep all its owners would slow each look-up.
    rare = {part for part, known in owners.items() if len(known) <= COMMON_SENTENCE}
    firsts = {key: sketch for key, sketch in sketches.items() if key not in copies}
    return Reposts(copies, [(part, key) for key, sketch in firsts.items() for part in sketch if part in rare])


def _find_same(connection: Connection, new: Sequence[ArticleRows]) -> dict[str, str]:
    texts = [item.identity.text_sha256 for item in new]
    found = select_in(connection, "text_sha256, key, item_key, copy_of", "article", "text_sha256", texts)
    first = {text_sha256: (key, item_key) for text_sha256, key, item_key, copy_of in found if copy_of is None}
    copies = {}
    for item in new:
        identity = item.identity
        key, item_key = first.setdefault(identity.text_sha256, (identity.key, identity.item_key))
        if item_key != identity.item_key:
            copies[identity.key] = key
    return copies


def _find_nearly_same(
    connection: Connection, new: Sequence[ArticleRows], sketches: Mapping[str, Sequence[int]], owners: Owners
) -> dict[str, str]:
    candidates = {key: _candidates(key, sketch, owners) for key, sketch in sketches.items()}
    known = _read_bodies(connection, sorted({key for keys in candidates.values() for key in keys}))
    known |= {item.identity.key: (item.identity.item_key, item.body) for item in new}
    copies: dict[str, str] = {}
    for item in new:
        quotes = [row[_QUOTE] for row in item.claims]
        for key in candidates[item.identity.key]:
            item_key, body = known[key]
            if key not in copies and item_key != item.identity.item_key and is_repost(item.body, body, quotes):
                copies[item.identity.key] = key
                break
    return copies


def _find_owners(connection: Connection, sketches: Mapping[str, Sequence[int]]) -> Owners:
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


def _read_bodies(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[str, Body]]:
    """Stored article -> its item and its body."""
    if not keys:
        return {}
    found = select_in(connection, "key, item_key, text, boilerplate", "article", "key", keys)
    return {
        key: (item_key, read_body(text, json.loads(spans) if isinstance(spans, str) else spans))
        for key, item_key, text, spans in found
    }
