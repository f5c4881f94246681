"""Whether the words around a quantity speak of the past or of the present."""

from __future__ import annotations

from enum import Enum

from etl.extract.date_scan import Scan
from etl.records import Quantity, Span


class Tense(Enum):
    """When a clause says that things are so."""

    PAST = "past"
    OTHER = "other"


_NEAR = 90
"""How far from the quantity its verb is looked for, in characters."""


def read_tense(scan: Scan, sentence: Span, quantity: Quantity) -> Tense:
    """Past where the clause's verbs are in the past and no word such as `now` speaks against it."""
    lexicon = scan.lexicon
    low, high = max(sentence.start, quantity.start - _NEAR), min(sentence.end, quantity.end + _NEAR)
    cut = scan.text.rfind(";", low, quantity.start)
    low = cut + 1 if cut >= 0 else low
    cut = scan.text.find(";", quantity.end, high)
    high = cut if cut >= 0 else high
    words = scan.folded[low + 1 : high + 1].split()
    is_past = False
    for index, word in enumerate(words):
        if word in lexicon.present_words:
            return Tense.OTHER
        if word in lexicon.past_words or (len(word) > 4 and word.endswith(lexicon.past_endings)):
            is_past = True
        elif word in lexicon.perfect_words and index + 1 < len(words):
            follower = words[min(index + 1, len(words) - 1)]
            is_past = is_past or follower.endswith(lexicon.perfect_endings)
    return Tense.PAST if is_past else Tense.OTHER
