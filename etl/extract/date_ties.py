"""Which date of its sentence a quantity is tied to."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.extract.date_scan import DateMention, Scan, ends_with, words_before
from etl.records import Quantity, Span

_LIMIT = 40.0
"""A date that costs more than this says nothing of the quantity."""
_CUTS = re.compile(r"[;•\n]|[.!?][\"'’”»)\]]*\s")
_WEAK_CUTS = re.compile(r"[,:()“”«»\"]| [–—-] ")
_OPENING = 30
"""A date that begins no farther than this into its sentence governs the whole of it."""
_ACT_KINDS = ("weekday",)


class Tie(NamedTuple):
    """A date and how it is tied: the words before it, and how well."""

    mention: DateMention
    lead: str
    """`since`, `deadline` or nothing."""
    cost: float


def find_tie(
    scan: Scan, sentence: Span, mentions: list[DateMention], quantities: list[Quantity], index: int
) -> Tie | None:
    """The date of the sentence that the quantity `quantities[index]` of the same sentence is tied to, if one is."""
    best: Tie | None = None
    for mention in mentions:
        cost = _cost(scan, sentence, mention, quantities, index)
        if cost < _LIMIT and (best is None or cost < best.cost):
            best = Tie(mention, lead_of(scan, mention), cost)
    return best


def lead_of(scan: Scan, mention: DateMention) -> str:
    """`since` or `deadline` where such a word stands before the date."""
    words = words_before(scan, mention.start, 5)
    while words and words[-1] in scan.lexicon.articles:
        words = words[:-1]
    if ends_with(words, scan.lexicon.since_leads):
        return "since"
    return "deadline" if ends_with(words, scan.lexicon.deadline_leads) else ""


def _cost(scan: Scan, sentence: Span, mention: DateMention, quantities: list[Quantity], index: int) -> float:
    quantity = quantities[index]
    is_after = mention.start >= quantity.end
    low, high = (quantity.end, mention.start) if is_after else (mention.end, quantity.start)
    between = scan.text[low:high]
    if high < low or _CUTS.search(between):
        return _LIMIT
    others = sum(1 for other in quantities if low <= other.start < high)
    cost = len(between) / 8 + 5.0 * len(_WEAK_CUTS.findall(between)) + 6.0 * others
    if mention.kind == "weekday":
        cost += 8.0
    if is_after:
        if _is_compared(scan, between):
            return _LIMIT
        return cost
    if mention.start - sentence.start <= _OPENING and not any(q.start < mention.start for q in quantities):
        cost = min(cost, 6.0 + 4.0 * others)
    elif _is_aside(scan, mention, between):
        cost += 20.0
    if others and _is_claimed(scan, mention, quantities, index):
        cost += 12.0
    return cost + 2.0


def _is_compared(scan: Scan, between: str) -> bool:
    """Whether a word of comparison stands between a quantity and a later date, which is then another figure's."""
    padded = f" {' '.join(scan_words(between))} "
    return any(f" {phrase} " in padded for phrase in scan.lexicon.comparison)


def scan_words(text: str) -> list[str]:
    """The words of a stretch in lower case."""
    return re.findall(r"[^\W_]+", text.lower())


def _is_aside(scan: Scan, mention: DateMention, between: str) -> bool:
    """Whether the date closes a stretch between commas that has nothing to do with what follows."""
    return between[:1] == "," and "," in scan.text[max(0, mention.start - 40) : mention.start]


def _is_claimed(scan: Scan, mention: DateMention, quantities: list[Quantity], index: int) -> bool:
    """Whether the date stands right after an earlier quantity, which has the better right to it."""
    for other in quantities[:index]:
        if other.end <= mention.start and mention.start - other.end < 40:
            return "," not in scan.text[other.end : mention.start]
    return False
