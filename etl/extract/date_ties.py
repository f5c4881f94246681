"""Which date of its sentence a quantity is tied to."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.extract.date_scan import DateMention, Scan, ends_with, words_before
from etl.extract.readings import StageReading
from etl.records import Quantity, Span
from tracker.vocabulary import Modality

LIMIT = 50.0
"""A date that costs more than this says nothing of the quantity."""
_CUTS = re.compile(r"[;•\n]|(?<=[^\W\d_]{3})[.!?][\"'’”»)\]]*\s|(?<=\d)\.\s+(?=[^\W\d_a-z])")
_WEAK_CUTS = re.compile(r"[,:()“”«»\"]| [–—-] ")
_OPENING = 30
"""A date that begins no farther than this into its sentence governs the whole of it."""
_HEAD_COST = 6.0
"""What a date costs that heads its line or sentence."""
_BESIDE = 12
"""`a year earlier` stands no farther than this from its figure."""
_LONG_WORD = 5
"""A word of so many letters beside a date makes the stretch between commas say something of its own."""


class Tie(NamedTuple):
    """A date and how it is tied: the words before it, and how well."""

    mention: DateMention
    lead: str
    """`since`, `deadline` or nothing."""
    cost: float


class Scene(NamedTuple):
    """The quantities and dates of one sentence."""

    scan: Scan
    sentence: Span
    mentions: list[DateMention]
    quantities: list[Quantity]


def find_tie(scene: Scene, index: int, stage: StageReading) -> Tie | None:
    """The date of the sentence that the quantity `quantities[index]` is tied to; None where none is.

    A weekday is the day of the act or of the saying: any other date comes first.
    """
    best = _best(scene, index, stage, [m for m in scene.mentions if m.kind != "weekday" or _is_stand(scene.scan, m)])
    if best is None and (stage.stage or stage.modality is Modality.TARGET):
        best = _best(scene, index, stage, [m for m in scene.mentions if m.kind == "weekday"])
    return best._replace(lead=lead_of(scene.scan, best.mention)) if best else None


def _best(scene: Scene, index: int, stage: StageReading, mentions: list[DateMention]) -> Tie | None:
    best: Tie | None = None
    for mention in mentions:
        cost = _cost(scene, mention, index)
        if cost < LIMIT:
            cost += _mismatch(scene.scan, mention, stage)
        if cost < LIMIT and (best is None or cost < best.cost):
            best = Tie(mention, "", cost)
    return best


def _is_stand(scan: Scan, mention: DateMention) -> bool:
    """Whether the date is the one as of which a figure holds."""
    return bool(ends_with(words_before(scan, mention.start, 2), scan.lexicon.stand_leads))


def lead_of(scan: Scan, mention: DateMention) -> str:
    """`since` or `deadline` where such a word stands before the date, perhaps with an article or event between."""
    words = words_before(scan, mention.start, 5)
    if ends_with(words, scan.lexicon.deadline_leads):
        return "deadline"
    if ends_with(words, scan.lexicon.since_leads):
        return "since"
    while words and words[-1] in scan.lexicon.articles:
        words = words[:-1]
    if ends_with(words, scan.lexicon.deadline_leads):
        return "deadline"
    is_since = any(word in scan.lexicon.since_leads for word in words[-3:])
    return "since" if is_since and mention.kind == "day" else ""


def _mismatch(scan: Scan, mention: DateMention, stage: StageReading) -> float:
    """What speaks against a date that lies before what is planned, or after what is asserted."""
    if mention.interval is None or scan.reference is None:
        return 0.0
    is_ahead = mention.interval.first > scan.reference.last and (mention.is_dated or mention.kind == "relative")
    if stage.modality is Modality.ASSERTED and is_ahead:
        return LIMIT
    if stage.modality is Modality.DENIED and mention.interval.last < scan.reference.first:
        return LIMIT
    if stage.modality in (Modality.PLANNED, Modality.FORECAST) and mention.interval.last < scan.reference.first:
        return 20.0
    return 0.0


def _cost(scene: Scene, mention: DateMention, index: int) -> float:
    """How far a date is from saying something of the quantity: distance, commas, other figures between."""
    quantity = scene.quantities[index]
    is_after = mention.start >= quantity.end
    low, high = (quantity.end, mention.start) if is_after else (mention.end, quantity.start)
    between = scene.scan.text[low:high]
    is_head = starts_line(scene, mention)
    if high < low or (_CUTS.search(between) and not is_head):
        return LIMIT
    holder = _holder(scene, mention)
    if holder is not None and holder != index:
        return LIMIT
    if is_head:
        return _HEAD_COST
    others = sum(1 for other in scene.quantities if low <= other.start < high)
    if mention.kind == "anaphoric" and (others or high - low > _BESIDE):
        return LIMIT
    cost = len(between) / 8 + 5.0 * len(_WEAK_CUTS.findall(between)) + 6.0 * others
    if is_after:
        return LIMIT if _is_compared(scene.scan, between) else cost + _detour(scene.scan, between)
    return _cost_before(scene, mention, index, others, cost)


def _cost_before(scene: Scene, mention: DateMention, index: int, others: int, cost: float) -> float:
    """The same for a date before the quantity, where the beginning of a sentence speaks for all of it."""
    scan = scene.scan
    if ends_with(words_before(scan, mention.start, 2)[:1], scan.lexicon.comparison):
        return LIMIT
    if _is_aside(scene, mention):
        cost += 45.0 if lead_of(scan, mention) == "since" else 10.0
    elif mention.start - scene.sentence.start <= _OPENING and scene.quantities[0].start > mention.start:
        return min(cost, _HEAD_COST + 4.0 * others)
    if others and _is_claimed(scene, mention, index):
        cost += 12.0
    return cost + 2.0


def _holder(scene: Scene, mention: DateMention) -> int | None:
    """The index of the figure of comparison that alone has the date: the second in `92, against 49 in 2021`."""
    for index in range(len(scene.quantities) - 1, -1, -1):
        quantity = scene.quantities[index]
        if quantity.end <= mention.start:
            gap = scene.scan.text[quantity.end : mention.start]
            if len(gap) > _OPENING or "," in gap:
                return None
            words = words_before(scene.scan, quantity.start, 4)
            is_second = any(ends_with(words[:count], scene.scan.lexicon.comparison) for count in range(1, len(words) + 1))
            return index if is_second or mention.kind == "anaphoric" else None
    return None


def _is_compared(scan: Scan, between: str) -> bool:
    """Whether a word of comparison stands between a quantity and a later date, which is then another figure's."""
    padded = " " + " ".join(re.findall(r"[^\W_]+", between.lower())) + " "
    return any(f" {phrase} " in padded for phrase in scan.lexicon.comparison)


def _detour(scan: Scan, between: str) -> float:
    """What a relative clause, or an event that something has run since, costs between a quantity and a date."""
    words = re.findall(r"[^\W_]+", between.lower())
    cost = 30.0 if any(word in scan.lexicon.clause_words for word in words) else 0.0
    return LIMIT if any(word in scan.lexicon.since_leads for word in words[:-1]) else cost


def starts_line(scene: Scene, mention: DateMention) -> bool:
    """Whether the date heads its line, as in a list of years: `2022: 8.4 billion`."""
    head = scene.scan.text[scene.sentence.start : mention.start].strip("•-–—* \u00a0\t")
    return not head and scene.scan.text[mention.end : mention.end + 2].strip()[:1] in (":", "–", "—", "|")


def _is_aside(scene: Scene, mention: DateMention) -> bool:
    """Whether the date stands between two commas in a stretch that says something of its own."""
    text = scene.scan.text
    opened = text.rfind(",", scene.sentence.start, mention.start)
    if opened < 0 or text[mention.end : mention.end + 1] != ",":
        return False
    return any(len(word) >= _LONG_WORD for word in text[opened + 1 : mention.start].split())


def _is_claimed(scene: Scene, mention: DateMention, index: int) -> bool:
    """Whether the date stands right after an earlier quantity, which has the better right to it."""
    for other in scene.quantities[:index]:
        if other.end <= mention.start and mention.start - other.end < LIMIT:
            return "," not in scene.scan.text[other.end : mention.start]
    return False
