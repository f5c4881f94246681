"""Whether the words around a quantity speak of the past."""

from __future__ import annotations

from etl.extract.date_scan import Scan
from etl.records import Quantity, Span

_SHORT = 3
"""Shorter words have no ending to tell a tense by."""
_BEFORE, _AFTER = 110, 70
"""How far from the quantity its verb is looked for, in characters."""


def read_tense(scan: Scan, sentence: Span, quantity: Quantity) -> bool | None:
    """Whether the verb nearest to the quantity, first before and then after it, is in the past; None without a verb."""
    low = max(sentence.start, quantity.start - _BEFORE, scan.text.rfind(";", sentence.start, quantity.start) + 1)
    before = scan.folded[low + 1 : quantity.end + 1].split()
    for index in range(len(before) - 1, -1, -1):
        tense = _tense(scan, before, index)
        if tense is not None:
            return tense
    high = min(sentence.end, quantity.end + _AFTER)
    cut = scan.text.find(";", quantity.end, high)
    after = scan.folded[quantity.end + 1 : (cut if cut >= 0 else high) + 1].split()
    return next((tense for index in range(len(after)) if (tense := _tense(scan, after, index)) is not None), None)


def _tense(scan: Scan, words: list[str], index: int) -> bool | None:
    """True for a past verb, False for another verb, None for a word that is none."""
    lexicon, word = scan.lexicon, words[index]
    known = lexicon.tenses.get(word)
    if known is not None or len(word) < _SHORT:
        return known
    if word.endswith(lexicon.past_endings):
        return not any(lexicon.tenses.get(other) is False for other in words[max(0, index - 3) : index])
    if word.endswith(lexicon.future_endings):
        return False
    if word.endswith(lexicon.perfect_endings):
        return True if not lexicon.perfect_words.isdisjoint(words[max(0, index - 3) : index]) else None
    return None
