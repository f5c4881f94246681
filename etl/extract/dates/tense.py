"""Whether the words around a quantity speak of the past."""

from __future__ import annotations

from etl.extract.dates.scan import Scan
from etl.extract.dates.words import DateLexicon
from etl.records import Quantity, Span

_SHORT = 3
"""Shorter words have no ending to tell a tense by."""
_BEFORE, _AFTER = 110, 70
"""How far from the quantity its verb is looked for, in characters."""


def read_tense(scan: Scan, sentence: Span, quantity: Quantity) -> bool | None:
    """Whether the verb nearest to the quantity, first before and then after it, is in the past; None without a verb."""
    low = max(sentence.start, quantity.start - _BEFORE, scan.text.rfind(";", sentence.start, quantity.start) + 1)
    before = scan.folded[low + 1 : quantity.end + 1].split()
    tense = _first_tense(scan.lexicon, before, range(len(before) - 1, -1, -1))
    if tense is not None:
        return tense
    high = min(sentence.end, quantity.end + _AFTER)
    cut = scan.text.find(";", quantity.end, high)
    after = scan.folded[quantity.end + 1 : (cut if cut >= 0 else high) + 1].split()
    return _first_tense(scan.lexicon, after, range(len(after)))


def _first_tense(lexicon: DateLexicon, words: list[str], order: range) -> bool | None:
    """The tense of the first verb in the given order: True for the past, None without a verb."""
    tenses, endings = lexicon.tenses, lexicon.verb_endings
    for index in order:
        word = words[index]
        tense = tenses.get(word)
        if tense is None and len(word) >= _SHORT and word.endswith(endings):
            tense = _tense_of_ending(lexicon, words, index)
        if tense is not None:
            return tense
    return None


def _tense_of_ending(lexicon: DateLexicon, words: list[str], index: int) -> bool | None:
    """True for a past verb, False for another verb, None for a word that is none."""
    word, earlier = words[index], words[max(0, index - 3) : index]
    if word.endswith(lexicon.past_endings):
        return not any(lexicon.tenses.get(other) is False for other in earlier)
    if word.endswith(lexicon.future_endings):
        return False
    return None if lexicon.perfect_words.isdisjoint(earlier) else True
