"""Finds the article that a new one reposts, in the store and among those that come with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from etl.bulk import select_in
from etl.copies import COMMON_SENTENCE, is_repost
from etl.rows import ArticleRows, Row

_TEXT, _BOILERPLATE = 11, 16
"""Where an `article` row holds its text and the spans of page clutter."""


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
    owners = _find_owners(connection, others)
    copies.update(_find_nearly_same(connection, others, owners))
    sketches: list[Row] = []
    for item in others:
        if item.identity.key not in copies:
            # A sentence that many have recognises none; to keep all its owners would slow each look-up.
            rare = [part for part in item.sketch if len(owners[part]) <= COMMON_SENTENCE]
            sketches += [(part, item.identity.key) for part in rare]
    return Reposts(copies, sketches)


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
    connection: Connection, new: Sequence[ArticleRows], owners: Mapping[int, Sequence[str]]
) -> dict[str, str]:
    candidates = {item.identity.key: _candidates(item, owners) for item in new}
    stored = _read_texts(connection, sorted({key for keys in candidates.values() for key in keys}))
    coming = {item.identity.key: (item.identity.item_key, _body(item)) for item in new}
    copies: dict[str, str] = {}
    for item in new:
        quotes = [row[4] for row in item.claims]
        for key in candidates[item.identity.key]:
            item_key, body = stored.get(key) or coming[key]
            if key not in copies and item_key != item.identity.item_key and is_repost(_body(item), body, quotes):
                copies[item.identity.key] = key
                break
    return copies


def _find_owners(connection: Connection, new: Sequence[ArticleRows]) -> dict[int, list[str]]:
    """Sentence hash -> the articles known by it, those of the store before those that come, in their order."""
    hashes = list({part for item in new for part in item.sketch})
    owners: dict[int, list[str]] = {}
    for part, key in sorted(select_in(connection, "sentence_hash, article_key", "article_sketch", "sentence_hash", hashes)):
        owners.setdefault(part, []).append(key)
    for item in new:
        for part in item.sketch:
            owners.setdefault(part, []).append(item.identity.key)
    return owners


def _candidates(item: ArticleRows, owners: Mapping[int, Sequence[str]]) -> list[str]:
    """The articles before this one that share a sentence with it that few have, those that share most first."""
    shared: Counter[str] = Counter()
    for part in item.sketch:
        known = owners[part]
        if len(known) <= COMMON_SENTENCE:
            shared.update(known[: known.index(item.identity.key)])
    return [key for key, _ in shared.most_common(COMMON_SENTENCE)]


def _read_texts(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Article -> its item and its text without the page's clutter."""
    if not keys:
        return {}
    found = select_in(connection, "key, item_key, text, boilerplate", "article", "key", keys)
    return {
        key: (item_key, _without(text, json.loads(spans) if isinstance(spans, str) else spans))
        for key, item_key, text, spans in found
    }


def _body(item: ArticleRows) -> str:
    """The text of an article that comes, without the page's clutter."""
    return _without(item.article[_TEXT], json.loads(item.article[_BOILERPLATE]))


def _without(text: str, spans: Sequence[Sequence[int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}\n{text[end:]}"
    return text
