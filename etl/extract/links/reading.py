"""Which quantities say another one again, and which add others up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from etl.extract.document import BULLETS, Document, fold_text
from etl.extract.links.words import LinkLexicon, link_lexicon
from etl.extract.readings import LinkReading, StageReading
from etl.records import Evidence, Quantity
from tracker.vocabulary import Aggregation, Kind, Qualifier

_SUMMED = frozenset({Kind.MONEY, Kind.COUNT, Kind.MEASURE, Kind.SHARE})
_RESTATED = frozenset({Kind.MONEY, Kind.MEASURE})
_NEAR = 80
"""How far from its figure a cue is looked for, in characters."""
_GAP = 48
"""A restatement begins no farther than this behind the figure that it says again."""
_WORDS = 5
"""As many words may stand between a figure and the bracket that says it again: `$2 billion in aid (1.8 billion euros)`."""
_PARTS = 12
"""A sum is looked for among no more figures than this."""
_FAR = 700
"""The parts of a sum lie within so many characters of it."""
_LIST = 4000
"""The items of a list whose sum is told lie within so many characters."""
_ITEM = re.compile(rf"\s*\n([ \t]*[{re.escape(''.join(sorted(BULLETS)))}])[ \t]+(?=\S)")
"""The beginning of a list's item, and its sign."""
_BEHIND = 2
"""As many sentences behind a sum the one may stand that begins with its parts: `Of these, 117`."""
_DIGITS = 3
_SMALLEST = 20
"""A part is no smaller than one in so many of a sum that no word tells."""
_OPENING = 5
"""Words of the longest phrase that opens a sentence on parts."""
_NOUN_WORDS = 3
"""As many words behind a number may hold its noun."""
_PHRASE = re.compile(r"[^\n,;:()]{1,80}")
_UNLINKED = LinkReading()
_EXACT = Decimal("0.002")
_LOOSE = Decimal("0.02")
_ROUNDED = Decimal("0.006")
"""By how much rounded shares may miss their sum."""
_TOLERANCE = {
    Qualifier.NEARLY: Decimal("0.12"),
    Qualifier.ABOUT: Decimal("0.1"),
    Qualifier.OVER: Decimal("0.12"),
    Qualifier.AT_LEAST: Decimal("0.12"),
}


def link_claims(
    document: Document,
    quantities: Sequence[Quantity],
    stages: Sequence[StageReading],
) -> list[LinkReading]:
    """The links of each quantity, as indices into `quantities`, which are in the order of the text."""
    lexicon = link_lexicon(document.pack)
    links = [_UNLINKED] * len(quantities)
    for index in range(1, len(quantities)):
        target = _restated(document, lexicon, quantities, links, index)
        if target is not None:
            evidence = (Evidence("restates", "link.restates", quantities[index - 1].end, quantities[index].start),)
            links[index] = LinkReading(target, (), evidence)
    for group in _groups(quantities, links):
        for place, index in enumerate(group):
            found = _parts(document, lexicon, quantities, stages[index], group, place)
            if found:
                links[index] = LinkReading(None, found[1], (Evidence("totals", found[0]),))
    return links


# --- restatements ---


def _restated(
    document: Document, lexicon: LinkLexicon, quantities: Sequence[Quantity], links: list[LinkReading], index: int
) -> int | None:
    """The index of the quantity that `quantities[index]` says again in another unit or in full."""
    one, two = quantities[index - 1], quantities[index]
    if two.kind not in _RESTATED or one.kind is not two.kind or one.per != two.per:
        return None
    gap = document.text[one.end : two.start]
    if len(gap) > _GAP or "\n" in gap:
        return None
    earlier = links[index - 1].restates
    if earlier is not None and _goes_on(lexicon, gap):
        return earlier
    if one.unit == two.unit and (one.low, one.high) != (two.low, two.high):
        return None
    return index - 1 if _says_again(lexicon, gap) else None


def _says_again(lexicon: LinkLexicon, gap: str) -> bool:
    """Whether what stands between two quantities makes the second a restatement: a bracket, a slash, `or`, `soit`."""
    before, bracket, after = gap.rpartition("(")
    if not bracket:
        before, bracket, after = gap.rpartition("[")
    if bracket:
        if ")" in gap or "]" in gap or "," in before or ";" in gap or not _is_filled(lexicon, after):
            return False
        return len(before.split()) <= _WORDS
    if gap.strip() in ("/", "=", "≈", "~"):
        return True
    words = fold_text(gap).split()
    return bool(words) and _is_filled(lexicon, gap) and any(cue in lexicon.again for cue in _phrases(words))


def _goes_on(lexicon: LinkLexicon, gap: str) -> bool:
    """Whether a second restatement follows in the same bracket: `(133 453 000 MAD, about 13 million dollars)`."""
    return gap.strip()[:1] in (",", ";", "/", "=") and _is_filled(lexicon, gap[1:])


def _is_filled(lexicon: LinkLexicon, gap: str) -> bool:
    """Whether nothing but cues and qualifiers stands between two quantities."""
    return all(word in lexicon.fillers for word in fold_text(gap).split())


def _phrases(words: list[str]) -> list[str]:
    return [" ".join(words[low:high]) for low in range(len(words)) for high in range(low + 1, len(words) + 1)]


# --- sums ---


def _groups(quantities: Sequence[Quantity], links: list[LinkReading]) -> list[list[int]]:
    """The quantities that could be added: three or more of one kind and unit, restatements left out."""
    groups: dict[tuple[Kind | None, str | None, str | None], list[int]] = {}
    for index, quantity in enumerate(quantities):
        if quantity.kind in _SUMMED and links[index].restates is None and _is_plain(quantity):
            groups.setdefault((quantity.kind, quantity.unit, quantity.per), []).append(index)
    return [group for group in groups.values() if len(group) > 2]


def _is_plain(quantity: Quantity) -> bool:
    """Whether a quantity is one number that can be added, neither a range nor a vague plural."""
    return quantity.low == quantity.high > 0 and quantity.qualifier is not Qualifier.VAGUE


def _parts(
    document: Document,
    lexicon: LinkLexicon,
    quantities: Sequence[Quantity],
    stage: StageReading,
    group: list[int],
    place: int,
) -> tuple[str, tuple[int, ...]] | None:
    """The rule and the quantities that the one at `group[place]` adds up, after or before it.

    The arithmetic comes first: few figures are the sum of their neighbours, and only for those the words are read.
    """
    index = group[place]
    total = quantities[index]
    is_sum = stage.aggregation is Aggregation.TOTAL
    after = group[place + 1 : place + 1 + _PARTS]
    if total.kind is Kind.SHARE:
        return _parts_of_share(document, lexicon, quantities, index, after, group[max(0, place - _PARTS) : place][::-1])
    parts = _adding_up(quantities, total, after, _LOOSE) if not _is_bracketed(document, total) else None
    if parts:
        if _opens_parts(document, lexicon, quantities, index, after[0]) and _is_one_list(document, quantities, parts):
            return "link.parts_follow", parts
        parts = _adding_up(quantities, total, after, _EXACT) if is_sum else None
        if parts and not _is_compared(document, lexicon, quantities, index, after[0]):
            return "link.parts_follow", parts
    if _is_split(document, lexicon, quantities, total, after[:2]):
        return "link.split", tuple(after[:2])
    items = _first_of_items(document, quantities, total, group[place + 1 :])
    parts = _adding_up(quantities, total, items, _LOOSE, far=_LIST)
    if parts and len(parts) == len(items):
        return "link.list_follows", parts
    shared = _adding_up_alike(quantities, total, after)
    if shared and not any(_opens_parts(document, lexicon, quantities, one, two) for one, two in pairwise(shared)):
        return "link.parts_follow", shared
    before = group[max(0, place - _PARTS) : place][::-1]
    tolerance = _TOLERANCE.get(total.qualifier, _LOOSE)
    parts = _adding_up(quantities, total, before, tolerance)
    if parts is None and total.kind is Kind.COUNT and len(before) > 2:
        parts, tolerance = _adding_up_by_noun(document, quantities, total, before), _EXACT
    if parts and _closes_sum(document, lexicon, total):
        return "link.sum_follows", tuple(sorted(parts))
    exact = _adding_up(quantities, total, before, _EXACT) if parts and is_sum else None
    return ("link.sum_follows", tuple(sorted(exact))) if exact else None


def _parts_of_share(
    document: Document, lexicon: LinkLexicon, quantities: Sequence[Quantity], index: int, after: list[int], before: list[int]
) -> tuple[str, tuple[int, ...]] | None:
    """The same of a share, whose parts a cue must tell: shares of different wholes may well add up."""
    total = quantities[index]
    parts = _adding_up(quantities, total, after, _ROUNDED)
    if parts:
        gap = document.text[total.end : quantities[parts[0]].start]
        if ". " not in gap and any(cue in lexicon.parts for cue in _phrases(fold_text(gap).split()[:8])) and _is_one_list(document, quantities, parts):
            return "link.parts_follow", parts
    parts = _adding_up(quantities, total, before, _ROUNDED)
    return ("link.sum_follows", tuple(sorted(parts))) if parts and _closes_sum(document, lexicon, total) else None


def _first_of_items(document: Document, quantities: Sequence[Quantity], total: Quantity, candidates: list[int]) -> list[int]:
    """The first candidate of each item of the list that the sentence of a sum opens with a colon; items inside items are left out."""
    text = document.text
    colon = document.sentence_at(total.start).end - 1
    if text[colon : colon + 1] != ":" or not candidates:
        return []
    found: list[int] = []
    line = _ITEM.match(text, colon + 1)
    marker = line[1] if line else ""
    while line and colon < total.start + _LIST:
        if line[1] == marker:
            begin, end = line.end(), text.find("\n", line.end())
            found.extend([c for c in candidates if begin <= quantities[c].start < (end if end >= 0 else len(text))][:1])
        elif not line[1].startswith((" ", "\t")):
            break
        colon = text.find("\n", line.end())
        line = _ITEM.match(text, colon) if colon >= 0 else None
    return found


def _adding_up(
    quantities: Sequence[Quantity], total: Quantity, candidates: list[int], tolerance: Decimal, *, far: int = _FAR
) -> tuple[int, ...] | None:
    """The first candidates, at least two, whose sum is the total."""
    added = Decimal(0)
    for count, index in enumerate(candidates, start=1):
        part = quantities[index]
        if abs(part.start - total.start) > far:
            return None
        added += part.low
        if added > total.low * (1 + tolerance):
            return None
        if count > 1 and added >= total.low * (1 - tolerance):
            return tuple(candidates[:count])
    return None


def _adding_up_alike(quantities: Sequence[Quantity], total: Quantity, candidates: list[int]) -> tuple[int, ...] | None:
    """The next figures that count what the total counts by its own noun and add up to it: `180 tanks ... 116 of them, the other 64`."""
    if total.kind is not Kind.COUNT or total.noun is None:
        return None
    alike = list(takewhile(lambda index: quantities[index].noun == total.noun, candidates))
    return _adding_up(quantities, total, alike, Decimal(0))


def _adding_up_by_noun(
    document: Document, quantities: Sequence[Quantity], total: Quantity, candidates: list[int]
) -> tuple[int, ...] | None:
    """Three or more figures of one noun that add up to the total, where a list gives several nouns a line."""
    if sum(quantities[index].low for index in candidates) < total.low:
        return None
    by_noun: dict[str, list[int]] = {}
    for index in candidates:
        end = quantities[index].end
        noun = _PHRASE.match(document.text, end)
        for word in fold_text(noun.group()).split()[:_NOUN_WORDS] if noun else ():
            by_noun.setdefault(word, []).append(index)
    for indices in by_noun.values():
        parts = _adding_up(quantities, total, indices, Decimal(0)) if len(indices) > 2 else None
        if parts and len(parts) > 2:
            return parts
    return None


def _is_split(document: Document, lexicon: LinkLexicon, quantities: Sequence[Quantity], total: Quantity, parts: list[int]) -> bool:
    """Whether the next two figures add up to a sum of three digits or more to the last one: `567 missiles. ... 200 ... The other 367`.

    Where a change is told one of them may be the difference instead: `645 million, 45 more than the 600 of last year`.
    """
    if len(parts) < 2 or len(f"{total.low.normalize():f}".rstrip("0").replace(".", "")) < _DIGITS:
        return False
    told = [total, *(quantities[index] for index in parts)]
    if told[1].low + told[2].low != total.low or min(told[1].low, told[2].low) * _SMALLEST < total.low or any(one.qualifier is not Qualifier.EXACT for one in told):
        return False
    end = told[2].end
    if end - total.start > _FAR:
        return False
    words = document.folded[max(0, total.start - _NEAR) + 1 : end + _NEAR + 1].split()
    return not any(phrase in lexicon.moves or phrase in lexicon.against for phrase in (*words, *map(" ".join, pairwise(words))))


def _is_bracketed(document: Document, quantity: Quantity) -> bool:
    """Whether a quantity fills a bracket behind a name, as each of a list does: `Spain (8.1), Oman (5.8)`."""
    return document.text[quantity.start - 1 : quantity.start] == "(" and document.text[quantity.end : quantity.end + 1] == ")"


def _is_one_list(document: Document, quantities: Sequence[Quantity], parts: tuple[int, ...]) -> bool:
    """Whether the parts stand in one sentence, or each on a line of its own."""
    first, last = quantities[parts[0]], quantities[parts[-1]]
    if document.sentence_index(first.start) == document.sentence_index(last.start):
        return True
    return all("\n" in document.text[quantities[one].end : quantities[two].start] for one, two in pairwise(parts))


def _opens_parts(
    document: Document, lexicon: LinkLexicon, quantities: Sequence[Quantity], index: int, first: int
) -> bool:
    """Whether a bracket, dash, colon or a cue such as `of which` stands between a sum and its first part.

    In the sentence behind the sum's a cue must open it: `This includes`.
    """
    gap = document.text[quantities[index].end : quantities[first].start]
    if ". " in gap or ".\n" in gap:
        return _opens_parts_behind(document, lexicon, quantities[index], quantities[first])
    if len(gap) > 2 * _NEAR:
        return False
    is_bracket = "(" in gap and ")" not in gap  # not `Spain (8.1), Oman (5.8), Qatar (2.4)`
    if is_bracket or any(mark in gap for mark in (":", " – ", " — ", " - ")):
        return True
    return any(cue in lexicon.parts for cue in _phrases(fold_text(gap).split()[:8]))


def _opens_parts_behind(document: Document, lexicon: LinkLexicon, total: Quantity, part: Quantity) -> bool:
    """Whether a sentence shortly behind that of a sum begins to tell its parts: `This includes 50 million for shells`."""
    sentence = document.sentence_at(part.start)
    if document.sentence_index(part.start) - document.sentence_index(total.start) > _BEHIND:
        return False
    words = document.folded[sentence.start + 1 : part.start + 1].split()[:_OPENING]
    return any(" ".join(words[:size]) in lexicon.opening for size in range(1, len(words) + 1))


def _is_compared(
    document: Document, lexicon: LinkLexicon, quantities: Sequence[Quantity], index: int, first: int
) -> bool:
    """Whether a word of comparison such as `against` stands between two figures."""
    gap = document.text[quantities[index].end : quantities[first].start]
    return any(cue in lexicon.against for cue in _phrases(fold_text(gap).split()[:8]))


def _closes_sum(document: Document, lexicon: LinkLexicon, total: Quantity) -> bool:
    """Whether a cue such as `in total` stands near a quantity in its sentence."""
    sentence = document.sentence_at(total.start)
    low, high = max(sentence.start, total.start - _NEAR), min(sentence.end, total.end + _NEAR)
    near = f" {' '.join(document.folded[low + 1 : high + 1].split())} "
    return any(f" {cue} " in near for cue in lexicon.sums)
