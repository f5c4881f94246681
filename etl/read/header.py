"""The small header that a plain-text article may begin with.

Two forms, both on the very first lines:

    ---                                     title: An example
    title: An example                       published: 2024-05-17
    published: 2024-05-17                   <blank line>
    ---                                     The text begins here.
    The text begins here.

A line is `key: value`. The keys are title, url, source, published, language and byline, in any case. Between `---`
lines other keys are let pass; without the lines, one line that is not such a pair makes the whole a text without a
header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.records import Issue, Span

KEYS = ("title", "url", "source", "published", "language", "byline")

_FENCE = "---"
_LONGEST = 8_000
_PAIR = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(.*)|)\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """The pairs of a header, where the article's body begins, and the header's span (none without a header)."""

    values: dict[str, str] = field(default_factory=dict)
    end: int = 0
    spans: tuple[Span, ...] = ()
    issues: tuple[Issue, ...] = ()


def split_header(text: str, location: str = "") -> Header:
    """The header of `text`; an empty one where there is none."""
    if text.startswith(_FENCE):
        return _fenced_header(text, location)
    first = text[:12].lower()
    if first.startswith(KEYS):
        return _bare_header(text)
    return Header()


def _fenced_header(text: str, location: str) -> Header:
    lines = text[:_LONGEST].splitlines(keepends=True)
    if lines[0].strip() != _FENCE:
        return Header()
    values: dict[str, str] = {}
    other: list[str] = []
    end = len(lines[0])
    for line in lines[1:]:
        end += len(line)
        stripped = line.rstrip()
        if stripped == _FENCE:
            span = Span(0, len(text[:end].rstrip()))
            return Header(values, end, (span,), _other_keys(other, location))
        if not _take_pair(stripped, values, other):
            return Header()
    return Header()


def _take_pair(line: str, values: dict[str, str], other: list[str]) -> bool:
    """Whether a line between fences may stand there: a pair, a blank line, a comment or a line under another key."""
    if not line.strip() or line.startswith("#") or (other and line.startswith((" ", "\t", "- "))):
        return True
    pair = _PAIR.match(line)
    if not pair:
        return False
    key = pair[1].lower()
    if key in KEYS:
        _set_value(values, key, pair[2])
    else:
        other.append(pair[1])
    return True


def _other_keys(keys: list[str], location: str) -> tuple[Issue, ...]:
    if not keys:
        return ()
    message = f"header keys not read: {', '.join(keys)}; known keys are {', '.join(KEYS)}"
    return (Issue("metadata", message, location),)


def _bare_header(text: str) -> Header:
    values: dict[str, str] = {}
    end = 0
    for line in text[:_LONGEST].splitlines(keepends=True):
        stripped = line.strip()
        if not stripped:
            return Header(values, end + len(line), (Span(0, len(text[:end].rstrip())),)) if values else Header()
        pair = _PAIR.match(stripped)
        if not pair or pair[1].lower() not in KEYS:
            return Header()
        _set_value(values, pair[1].lower(), pair[2])
        end += len(line)
    return Header()


def _set_value(values: dict[str, str], key: str, value: str | None) -> None:
    cleaned = (value or "").strip()
    if len(cleaned) > 1 and cleaned[0] == cleaned[-1] and cleaned[0] in "\"'":
        cleaned = cleaned[1:-1]
    if cleaned:
        values[key] = cleaned
