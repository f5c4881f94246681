"""The `[links]` section of a language pack, folded."""

from __future__ import annotations

from typing import NamedTuple

from etl.extract.document import fold_text
from etl.lexicon import LinkWords, Pack, Words


class LinkLexicon(NamedTuple):
    """The cues of one pack as they stand in folded text."""

    words: LinkWords
    again: frozenset[str]
    fillers: frozenset[str]
    parts: frozenset[str]
    opening: frozenset[str]
    sums: frozenset[str]
    against: frozenset[str]
    moves: frozenset[str]
    """Words of change, near which a figure may be the difference of two others."""


def _fold(words: Words) -> frozenset[str]:
    return frozenset(" ".join(fold_text(word).split()) for word in words)


_LEXICONS: dict[str, LinkLexicon] = {}


def link_lexicon(pack: Pack) -> LinkLexicon:
    """The folded cues of a pack, made once."""
    known = _LEXICONS.get(pack.code)
    if known is None or known.words is not pack.links:
        words = pack.links
        again = _fold(words.again)
        fillers = frozenset(part for phrase in again | _fold(words.fillers) for part in phrase.split())
        known = LinkLexicon(words, again, fillers, _fold(words.parts), _fold(words.opening), _fold(words.sums), _fold(pack.dates.comparison), _fold((*pack.changes.rise, *pack.changes.fall, *pack.changes.more, *pack.changes.less)))
        _LEXICONS[pack.code] = known
    return known
