"""An article as a JSON object: `{"id", "language", "published", "title", "text"}`, other keys let pass.

`url`, `source` and `byline` are read too where they are there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from etl.read.finish import finish_article
from etl.read.options import ReadOptions
from etl.records import Article, Issue

_MEDIA_TYPE = "application/json"
_TEXT_KEYS = ("title", "url", "byline", "language", "published", "source")


def read_object(
    item: Any,
    original: bytes,
    location: str,
    default_id: str,
    options: ReadOptions,
    doubt: str | None = None,
    retrieved_at: dt.datetime | None = None,
) -> Article | Issue:
    """The article that a decoded JSON value holds, or an issue where it holds none."""
    if not isinstance(item, dict):
        return Issue("invalid_article", f"a JSON object with the key 'text' is wanted, not {_type_name(item)}", location)
    text = item.get("text")
    if not isinstance(text, str):
        return Issue("invalid_article", f"the key 'text' must hold a text, not {_type_name(text)}", location)
    if not text.strip():
        return Issue("empty", "the key 'text' is empty", location)
    issues = [Issue("encoding", doubt, location)] if doubt else []
    values: dict[str, str | None] = {}
    for key in _TEXT_KEYS:
        value = item.get(key)
        values[key] = value if isinstance(value, str) and value.strip() else None
        if value is not None and not isinstance(value, str):
            issues.append(Issue("metadata", f"the key {key!r} must hold a text, not {_type_name(value)}", location))
    return finish_article(
        Article(
            id=_article_id(item.get("id"), default_id),
            text=text,
            location=location,
            title=values["title"],
            url=values["url"],
            byline=values["byline"],
            language=values["language"],
            source_name=values["source"],
            media_type=_MEDIA_TYPE,
            original_sha256=hashlib.sha256(original).hexdigest(),
            retrieved_at=retrieved_at,
            issues=tuple(issues),
        ),
        options,
        published=values["published"],
    )


def _article_id(value: Any, default: str) -> str:
    if isinstance(value, str) and value.strip():
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else default


_TYPE_NAMES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def _type_name(value: Any) -> str:
    return _TYPE_NAMES.get(type(value), "a number")
