"""Whether an article reposts another: the same sentences, and no figure that the first does not have. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SKETCH_SENTENCES = 8
"""By how many of its sentences an article is looked up."""
COMMON_SENTENCE = 20
"""A sentence that so many articles have is page clutter and recognises none."""
SHARED_SENTENCES = 2
"""How many of those sentences two articles must share to be looked at, where they have that many."""

_SENTENCE_END = re.compile(r"[.!?…:;]\s|\n")
_SHORTEST = 30
_SHARED_OF_NEW = 0.8
_SHARED_OF_FIRST = 0.5


class Body(NamedTuple):
    """An article's text without the page's clutter, and its sentences."""

    text: str
    weights: dict[int, int]
    """Hash -> length of the sentences that are long enough to tell articles apart."""


def read_body(text: str, boilerplate: Sequence[Sequence[int]] = ()) -> Body:
    """The body of an article; its sentences are compared without case and spacing."""
    for start, end in reversed(boilerplate):
        text = f"{text[:start]}\n{text[end:]}"
    weights = {}
    for sentence in _SENTENCE_END.split(text.casefold()):
        if len(sentence) >= _SHORTEST:
            bare = "".join(sentence.split())
            if len(bare) >= _SHORTEST:
                weights[zlib.crc32(bare.encode("utf-8", "replace"))] = len(bare)
    return Body(text, weights)


def sketch_body(body: Body) -> tuple[int, ...]:
    """The hashes that an article is looked up by: the smallest of its sentences, so that reposts choose the same."""
    return tuple(sorted(body.weights)[:SKETCH_SENTENCES])


def is_repost(new: Body, first: Body, quotes: Iterable[str]) -> bool:
    """Whether `new` says no more than `first`: most of its sentences are there, and every quoted figure.

    A text that adds more than a fifth, or brings a figure of its own, is an article and no copy. A copy may be cut
    down to half.
    """
    shared = sum(new.weights[key] for key in new.weights.keys() & first.weights.keys())
    if not shared or shared < _SHARED_OF_NEW * sum(new.weights.values()):
        return False
    return shared >= _SHARED_OF_FIRST * sum(first.weights.values()) and all(quote in first.text for quote in quotes)
