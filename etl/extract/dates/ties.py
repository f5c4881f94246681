"""Which date of its sentence a quantity is tied to."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from etl.extract.dates.compared import says_other
from etl.extract.dates.scan import DateMention, Scan, ends_with, holds, words_before
from etl.extract.readings import StageReading
from etl.records import Quantity, Span
from tracker.vocabulary import Modality, Stage, Topic

_DONE = frozenset({Stage.CONTRACT, Stage.AWARD, Stage.DELIVERY, Stage.DISBURSEMENT, Stage.EXPENDITURE})
"""Stages that, where asserted, lie behind: a later date beside them is that of something else."""
_PASSED_ON = frozenset({Stage.DELIVERY, Stage.DISBURSEMENT, Stage.EXPENDITURE})
LIMIT = 50.0
"""A date that costs more than this says nothing of the quantity."""
_FULL_STOP = re.compile(r"[.!?][\"'’”»)\]]*\s")
_WEAK_CUTS = re.compile(r"[,:()“”«»\"]| [–—-] ")
_OPENING = 30
"""A date that begins no farther than this into its sentence governs the whole of it."""
_HEAD_COST = 6.0
"""What a date costs that heads its line or sentence."""
_FARTHEST = 400
"""At eight characters a point, a date farther away than this costs too much."""
_BESIDE = 12
"""`a year earlier` stands no farther than this from its figure."""
_NEXT_COST = 30.0
_LEAD_WORDS = 8
"""How many words before a date may lead to it: `since the start of the invasion on`."""
_OWNERS = "'’–—:"
"""Marks between a date and the figure that it alone is said of: `last year's 12`, `in 2021 – 6.8%`."""
_AT_ONCE = 5
_BRACKET = 4
_RESTATED = re.compile(r"[^(\w]{0,3}\([^()\n]{0,60}\d[^()\n]{0,60}\)")
_LONG_WORD = 5
"""A word of so many letters beside a date makes the stretch between commas say something of its own."""


class Tie(NamedTuple):
    """A date of a sentence with what does not depend on the figure that it may be tied to."""

    mention: DateMention
    words: list[str]
    """The words before it."""
    holder: int
    """The index of the figure that alone has the date, such as the 49 of `92, against 49 in 2021` or `92 (2021: 49)`; or -1."""
    is_head: bool
    """Whether the date heads its line, as in a list of years: `2022: 8.4 billion`."""
    is_aside: bool
    """Whether it stands between two commas in a stretch that says something of its own."""
    is_inside: bool
    """Whether it stands in a relative clause between two commas: `Belgium, which spent 1.3% in 2024, must`."""
    is_last_choice: bool
    """Whether it is the day or week of the act or of the saying: any other date comes first."""


class Scene(NamedTuple):
    """The quantities and dates of one sentence."""

    scan: Scan
    sentence: Span
    mentions: list[DateMention]
    quantities: list[Quantity]
    ties: list[Tie]


def make_scene(scan: Scan, sentence: Span, mentions: list[DateMention], quantities: list[Quantity]) -> Scene:
    """The scene of a sentence, its dates looked at once."""
    return Scene(scan, sentence, mentions, quantities, [_tie(scan, sentence, m, quantities) for m in mentions])


def _tie(scan: Scan, sentence: Span, mention: DateMention, quantities: list[Quantity]) -> Tie:
    words = words_before(scan, mention.start, _LEAD_WORDS)
    return Tie(
        mention,
        words,
        _holder(scan, mention, quantities) if len(quantities) > 1 or mention.kind == "anaphoric" else -1,
        starts_line(scan, sentence, mention),
        _is_aside(scan, sentence, mention),
        _is_inside(scan, sentence, mention),
        _is_of_saying(mention) and not ends_with(words, scan.lexicon.stand_leads),
    )


def _is_of_saying(mention: DateMention) -> bool:
    """Whether a date is that of the news, such as a weekday or last week, and so the day of the act or of the saying."""
    is_near = mention.kind == "relative" and mention.unit in ("day", "week")
    return mention.kind == "weekday" or (is_near and (mention.number != 0 or mention.unit == "week"))


def find_tie(scene: Scene, index: int, stage: StageReading) -> Tie | None:
    """The date of the sentence that the quantity `quantities[index]` is tied to; None where none is."""
    best, best_cost = None, LIMIT
    is_fact = not (stage.stage or stage.modality is Modality.TARGET or stage.topic is Topic.LOSSES)
    for is_last_choice in (False, True):
        for tie in scene.ties:
            if tie.is_last_choice is not is_last_choice or (is_last_choice and is_fact and tie.mention.kind == "weekday"):
                continue
            cost = _cost(scene, tie, index)
            if cost < best_cost:
                cost += _mismatch(scene.scan, tie, stage, cost)
                if cost < best_cost:
                    best, best_cost = tie, cost
        if best:
            return best
    return None


def lead_of(scan: Scan, tie: Tie) -> str:
    """`since` or `deadline` where such a word stands before the date, perhaps with an article or event between."""
    lexicon, words = scan.lexicon, tie.words
    if ends_with(words, lexicon.deadline_leads):
        return "deadline"
    if ends_with(words, lexicon.since_leads):
        return "since"
    bare = len(words)
    while bare and words[bare - 1] in lexicon.articles:
        bare -= 1
    if ends_with(words[:bare], lexicon.deadline_leads):
        return "deadline"
    if tie.mention.kind != "day":
        return ""
    event = takewhile(lambda word: not word.isdigit(), reversed(words[:bare]))
    return "since" if any(word in lexicon.since_words for word in event) else ""


def _mismatch(scan: Scan, tie: Tie, stage: StageReading, cost: float) -> float:
    """What speaks against a date that lies before what is planned, or after what is asserted."""
    mention = tie.mention
    if mention.interval is None or scan.reference is None or mention.kind == "weekday":
        return 0.0
    is_ahead = mention.interval.first > scan.reference.last and (mention.is_dated or mention.kind == "relative")
    is_behind = mention.interval.last < scan.reference.first
    if stage.modality is Modality.ASSERTED:
        if is_ahead and stage.stage is None:
            return 8.0 if cost < _HEAD_COST else LIMIT
        return LIMIT if is_ahead and stage.stage in _DONE else 0.0
    if stage.modality is Modality.DENIED:
        return LIMIT if is_behind else 0.0
    if not is_behind or stage.modality not in (Modality.PLANNED, Modality.FORECAST):
        return 0.0
    return LIMIT if stage.stage in _PASSED_ON and lead_of(scan, tie) == "since" else 20.0  # `25 were given since 2017, ten will follow`


def _cost(scene: Scene, tie: Tie, index: int) -> float:
    """How far a date is from saying something of the quantity: distance, commas, other figures between."""
    quantity, mention = scene.quantities[index], tie.mention
    is_after = mention.start >= quantity.end
    low, high = (quantity.end, mention.start) if is_after else (mention.end, quantity.start)
    if high < low or tie.holder not in (-1, index) or says_other(scene.scan, mention, quantity):
        return LIMIT
    if tie.is_head:
        return _HEAD_COST
    if tie.holder == index and not is_after:
        return 0.0
    if high - low > _FARTHEST and (is_after or mention.start - scene.sentence.start > _OPENING):
        return LIMIT
    between = scene.scan.text[low:high]
    if _is_cut(between):
        return LIMIT
    if is_after and "(" in between[:_BRACKET]:
        low += _bracket_end(between)
        between = scene.scan.text[low:high]
    others = _count_between(scene.quantities, low, high) if len(scene.quantities) > 1 else 0
    if mention.kind == "anaphoric" and (others or high - low > _BESIDE):
        return LIMIT
    cost = len(between) / 8 + 5.0 * len(_WEAK_CUTS.findall(between)) + 6.0 * others
    if is_after:
        return cost + _detour(scene.scan, tie, low, high) + (_NEXT_COST if _is_of_next(scene, mention) else 0.0)
    return _cost_before(scene, tie, index, others, cost)


def _count_between(quantities: list[Quantity], low: int, high: int) -> int:
    return sum([low <= other.start < high for other in quantities])


def _is_of_next(scene: Scene, mention: DateMention) -> bool:
    """Whether a date owns the figure behind it, which then says when that was: `from last year's 12`."""
    after = scene.scan.text[mention.end : mention.end + 2].strip()[:1]
    if after not in _OWNERS or not after:
        return False
    return any(0 <= other.start - mention.end <= _AT_ONCE for other in scene.quantities)


def _bracket_end(between: str) -> int:
    """Where the bracket right behind a figure ends, which mostly says it again in another unit; 0 for any other."""
    match = _RESTATED.match(between)
    return match.end() if match else 0


def _is_cut(between: str) -> bool:
    """Whether the end of a clause or of a line parts a figure from a date."""
    if ";" in between or "\n" in between or "•" in between:
        return True
    if "." not in between and "!" not in between and "?" not in between:
        return False
    # an abbreviation before the stop is short, the last word of a sentence seldom
    return any(
        between[max(0, stop.start() - 3) : stop.start()].isalpha() and stop.start() > 2
        for stop in _FULL_STOP.finditer(between)
    )


def _cost_before(scene: Scene, tie: Tie, index: int, others: int, cost: float) -> float:
    """The same for a date before the quantity, where the beginning of a sentence speaks for all of it."""
    clause = max(scene.scan.text.rfind(";", scene.sentence.start, tie.mention.start) + 1, scene.sentence.start)
    first = next(other for other in scene.quantities if other.start >= clause)
    if tie.is_inside:
        return LIMIT
    if tie.is_aside:
        cost += 45.0 if lead_of(scene.scan, tie) == "since" else 10.0
    elif tie.mention.start - clause <= _OPENING and first.start > tie.mention.start:
        return min(cost, _HEAD_COST + 4.0 * others)
    if _is_claimed(scene, tie.mention, index):
        cost += 12.0
    return cost + 2.0


def _holder(scan: Scan, mention: DateMention, quantities: list[Quantity]) -> int:
    """The index of the figure before the date, if the figure is one of comparison or the date speaks of it alone.

    In brackets a date with a colon is that of the figure behind it: `(2021: 49)`.
    """
    if scan.text[mention.start - 1 : mention.start] == "(" and scan.text[mention.end : mention.end + 1] == ":":
        return next((index for index, other in enumerate(quantities) if 0 < other.start - mention.end <= _AT_ONCE), -1)
    for index in range(len(quantities) - 1, -1, -1):
        quantity = quantities[index]
        if quantity.end <= mention.start:
            gap = scan.text[quantity.end : mention.start]
            if len(gap) > _OPENING or "," in gap:
                return -1
            is_held = mention.kind == "anaphoric" or holds(
                words_before(scan, quantity.start, 4), scan.lexicon.comparison
            )
            return index if is_held else -1
    return -1


def _detour(scan: Scan, tie: Tie, low: int, high: int) -> float:
    """What stands between a figure and a later date: a comparison parts them, a relative clause sets them apart."""
    words = scan.folded[low + 1 : high + 1].split()
    lexicon = scan.lexicon
    if holds(words, lexicon.comparison) or not lexicon.since_words.isdisjoint(words[: _own_words(scan, tie, words)]):
        return LIMIT
    return 0.0 if lexicon.clause_words.isdisjoint(words) else 30.0


def _own_words(scan: Scan, tie: Tie, words: list[str]) -> int:
    """Where the words begin, of those before a date, that lead to it: `since the start of the invasion on`."""
    if lead_of(scan, tie) == "since":
        for place in range(len(words) - 1, -1, -1):
            if words[place] in scan.lexicon.since_words:
                return place
    return len(words) - 1


def starts_line(scan: Scan, sentence: Span, mention: DateMention) -> bool:
    """Whether the date heads its line, as in a list of years."""
    if mention.start - sentence.start > 4:
        return False
    head = scan.text[sentence.start : mention.start].strip("•-–—* \u00a0\t")
    return not head and scan.text[mention.end : mention.end + 2].strip()[:1] in (":", "–", "—", "|")


def _is_aside(scan: Scan, sentence: Span, mention: DateMention) -> bool:
    """Whether the date stands between two commas in a stretch that says something of its own."""
    text = scan.text
    if text[mention.end : mention.end + 1] != ",":
        return False
    opened = max(text.rfind(mark, sentence.start, mention.start) for mark in ",;")
    if opened < 0 or text[opened] != ",":
        return False
    words = text[opened + 1 : mention.start].lower().split()
    if words and scan.lexicon.since_words.issuperset(words):
        return False  # `Further, since May 2023, Japan has`
    return any(len(word) >= _LONG_WORD for word in words)


def _is_inside(scan: Scan, sentence: Span, mention: DateMention) -> bool:
    """Whether the date closes a relative clause between two commas that has figures of its own."""
    text = scan.text
    if text[mention.end : mention.end + 1] != ",":
        return False
    opened = text.rfind(",", sentence.start, mention.start)
    words = scan.folded[opened + 2 : mention.start + 1].split() if opened >= 0 else []
    return bool(words) and words[0] in scan.lexicon.relatives and any(char.isdigit() for word in words for char in word)


def _is_claimed(scene: Scene, mention: DateMention, index: int) -> bool:
    """Whether the date stands right after an earlier quantity, which has the better right to it."""
    for other in scene.quantities[:index]:
        if other.end <= mention.start and mention.start - other.end < LIMIT:
            return "," not in scene.scan.text[other.end : mention.start]
    return False
