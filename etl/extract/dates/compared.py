"""Dates that a figure is only compared with: `5 % more than in 2022`, `up 12 % on last year`, `the first since 2013`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from etl.dating import year_interval
from etl.extract.dates.scan import FISCAL, DateMention, Scan, ends_with, scan_document, words_before
from etl.extract.document import Document
from etl.records import Quantity
from tracker.vocabulary import Kind

_DOLLAR: Final = "USD"
_OCTOBER: Final = 10
"""The month in which the fiscal year of the United States begins that is named by the year of its end."""
_WORDS: Final = 10
"""How many words before a date are looked at: `compared with the same period of the`."""
_OWN_FIGURE: Final = re.compile(r"[^,;:()\n]{0,24}\Z")
"""What may stand between a date of comparison and the figure that it is said of: `than its 2024 budget of`."""
_CLAUSE: Final = re.compile(r"[^,;:()\n]{0,24}, (\w+(?: \w+)?)")
_BEST: Final = 8
"""How many words before `since` a superlative may stand."""
_CLAUSE_REACH: Final = 120
"""How far back the beginning of its clause is looked for, in characters."""
_CLOSE: Final = 3
_YEARLY: Final = ("year", "part", "relative")


def mark_compared(document: Document, mentions: Sequence[DateMention], quantities: Sequence[Quantity]) -> list[DateMention]:
    """The dates, with those marked that only say what a figure is compared with; both sequences are in text order."""
    scan = scan_document(document)
    if any(mention.unit == FISCAL for mention in mentions):
        mentions = _as_counted_there(document, mentions, quantities)
    changes = [quantity.end for quantity in quantities if quantity.kind is Kind.CHANGE or _is_increase(scan, quantity)]
    return [m._replace(is_compared=True) if _is_compared(scan, m, changes) else m for m in mentions]


def _as_counted_there(document: Document, mentions: Sequence[DateMention], quantities: Sequence[Quantity]) -> list[DateMention]:
    """Fiscal years by the calendar of the United States where the article counts in its dollars: that from October on is the next."""
    units = Counter(quantity.unit for quantity in quantities if quantity.kind is Kind.MONEY)
    published = document.published
    if published is None or not units or units.most_common(1)[0][0] != _DOLLAR:
        return list(mentions)
    now = published.first.year + (published.first.month >= _OCTOBER)
    return [m._replace(interval=year_interval(now + m.number)) if m.unit == FISCAL else m for m in mentions]


def _is_increase(scan: Scan, quantity: Quantity) -> bool:
    """Whether a noun of change names a sum or count: `an increase of 100 million on 2024`."""
    words = words_before(scan, quantity.start, 2)
    return len(words) > 1 and words[1] in scan.lexicon.change_links and words[0] in scan.lexicon.change_nouns


def says_other(scan: Scan, mention: DateMention, quantity: Quantity) -> bool:
    """Whether a date of comparison is not that of a quantity.

    A figure right behind the date has it, `this year's 145.6 trillion`, and one of a clause that goes on from it:
    `celui de 2022, qui avait atteint 27 milliards`.
    """
    if not mention.is_compared:
        return False
    if quantity.start < mention.end:
        return True
    if _OWN_FIGURE.match(scan.text, mention.end, quantity.start):
        return scan.lexicon.linked.match(scan.text, mention.end) is not None
    following = _CLAUSE.match(scan.text, mention.end, quantity.start)
    return following is None or scan.lexicon.clause_words.isdisjoint(following[1].lower().split())


def _is_compared(scan: Scan, mention: DateMention, changes: Sequence[int]) -> bool:
    lexicon = scan.lexicon
    words = words_before(scan, mention.start, _WORDS)
    bare = len(words)
    while bare and words[bare - 1] in lexicon.comparison_gap:
        bare -= 1
    for count in range(len(words), bare - 1, -1):
        if ends_with(words[:count], lexicon.comparison):
            return True
    if _is_since_best(scan, mention, words):
        return True
    return bool(changes) and _is_behind_change(scan, mention, words, changes)


def _is_since_best(scan: Scan, mention: DateMention, words: list[str]) -> bool:
    """Whether a date is that of the last time that there was so much or so little: `the first since 2013`, `le plus haut niveau depuis 1990`."""
    count = ends_with(words, scan.lexicon.since_leads)
    if not count or words[-count] != scan.lexicon.since:
        return False
    stop = max(scan.text.rfind(mark, max(0, mention.start - _CLAUSE_REACH), mention.start) for mark in ".;:!?\n")
    own = len(scan.folded[stop + 2 : mention.start + 1].split()) if stop >= 0 else len(words)
    near = words[-min(_BEST + count, own) : -count] if own > count else []
    for place in range(len(near) - 1, -1, -1):
        if near[place].isdigit():
            return False
        if ends_with(near[: place + 1], scan.lexicon.superlatives):
            return not ends_with(near[: place + 1], scan.lexicon.no_superlatives)
    return False


def _is_behind_change(scan: Scan, mention: DateMention, words: list[str], changes: Sequence[int]) -> bool:
    """Whether the date follows a change with a word such as `on` between, and lies not ahead: `up 12 % on 2022`."""
    count = ends_with(words, scan.lexicon.change_leads)
    published = scan.reference
    if not count or mention.kind not in _YEARLY or mention.interval is None:
        return False
    if published is not None and mention.interval.first > published.last:
        return False
    index = bisect_right(changes, mention.start) - 1
    lead = " ".join(words[-count:])
    return index >= 0 and mention.start - changes[index] - len(lead) < _CLOSE
