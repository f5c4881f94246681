"""Whether an article reposts another: the same sentences, and no figure that the first does not have. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

from etl.records import Span

SKETCH_SENTENCES = 6
"""By how many of its sentences an article is looked up."""
COMMON_SENTENCE = 20
"""A sentence that so many articles have is page clutter and recognises none."""

_SENTENCE_END = re.compile(r"[.!?…:;]\s|\n")
_SHORTEST = 30
_SHARED_OF_NEW = 0.8
_SHARED_OF_FIRST = 0.5


def weigh_sentences(text: str, boilerplate: Sequence[Span] = ()) -> dict[int, int]:
    """Hash -> length of the sentences that are long enough to tell articles apart, without case and spacing."""
    for start, end in reversed(boilerplate):
        text = f"{text[:start]}\n{text[end:]}"
    weights = {}
    for sentence in _SENTENCE_END.split(text.casefold()):
        if len(sentence) >= _SHORTEST:
            bare = "".join(sentence.split())
            if len(bare) >= _SHORTEST:
                weights[zlib.crc32(bare.encode("utf-8", "replace"))] = len(bare)
    return weights


def sketch_text(text: str, boilerplate: Sequence[Span] = ()) -> tuple[int, ...]:
    """The hashes that an article is looked up by: the smallest of its sentences, so that reposts choose the same."""
    return tuple(sorted(weigh_sentences(text, boilerplate))[:SKETCH_SENTENCES])


def is_repost(new: str, first: str, quotes: Iterable[str]) -> bool:
    """Whether `new` says no more than `first`: most of its sentences are there, and every quoted figure.

    A text that adds more than a fifth, or brings a figure of its own, is an article and no copy. A copy may be cut
    down to half.
    """
    new_weights, first_weights = weigh_sentences(new), weigh_sentences(first)
    shared = sum(weight for key, weight in new_weights.items() if key in first_weights)
    if not shared or shared < _SHARED_OF_NEW * sum(new_weights.values()):
        return False
    return shared >= _SHARED_OF_FIRST * sum(first_weights.values()) and all(quote in first for quote in quotes)
