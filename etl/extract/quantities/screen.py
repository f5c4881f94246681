"""Decides for each number whether it is a claim, and if not, why; and gives the kept ones kind, unit and sign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from etl.extract.document import Document, Hit
from etl.extract.quantities.bare import judge_bare, percent_of
from etl.extract.quantities.changes import read_change, read_change_by_part
from etl.extract.quantities.columns import read_columns
from etl.extract.quantities.counting import read_noun
from etl.extract.quantities.draft import CHANGE, COUNT, DURATION, HYPHENS, MEASURE, MONEY, SHARE, Draft
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.labels import judge_lettered, word_before
from etl.extract.quantities.memory import MONEY_ALWAYS, Memory
from etl.extract.quantities.series import count_dated_series, name_series
from etl.extract.quantities.sharing import carry, name_levels, name_orphans, name_people, spread_rates
from etl.extract.quantities.wording import read_qualifier, read_rate, read_rate_apart, words_left
from etl.records import Span
from tracker.vocabulary import Reason

_LETTERED = 6
"""Characters below which a number with a letter behind it may be a label: `5c`."""
_THOUSAND = 1000
_BEHIND = 40
_PRICE_WORDS = 4
"""How far from `one` thing the words may stand that make it the measure of a price."""
_SHORT = 30
_HUNDRED = Decimal(100)
_NEVER = 1 << 62
_RATED = (COUNT, MEASURE, MONEY)


def judge_drafts(drafts: list[Draft], document: Document, grammar: Grammar, apart: Sequence[Hit[int]]) -> None:
    """Completes the drafts in order: qualifier, kind, unit, rate, noun, and the reason where one is no claim.

    Drafts that turn out to be no number at all, or part of another, are taken out of the list. `apart` are the words
    of the text that may tell a rate apart from its number.
    """
    memory = Memory()
    memory.columns = read_columns(document.text, document.folded, grammar)
    sentences, index, floor = document.sentences, 0, document.sentences[0].start
    following = sentences[1].start if len(sentences) > 1 else _NEVER
    for draft in drafts:
        if draft.reason is not None:
            continue
        while following <= draft.start:
            index, floor = index + 1, following
            following = sentences[index + 1].start if index + 1 < len(sentences) else _NEVER
        draft.sentence = index
        read_qualifier(draft, document, grammar, floor)
        if draft.lone and not _judge_lone_one(draft, document, grammar):
            memory.dropped = True
            continue
        _judge(draft, memory, document, grammar, floor)
        _settle(draft, memory, document, grammar, floor if apart else None)
    _complete(drafts, memory, document, grammar)


def _settle(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int | None) -> None:
    """Reads the rate of a judged number, and keeps it in mind where it is a claim."""
    kind = draft.kind
    if kind is None:
        return
    if draft.reason is None:
        _rate(draft, memory, document, grammar, floor)
        memory.add(draft, in_brackets=document.text[draft.qualifier_start - 1 : draft.qualifier_start] == "(")
    elif draft.reason is Reason.ENUMERATION:
        memory.enumerated = draft
    elif kind is MEASURE:
        read_rate(draft, document, grammar)


def _complete(drafts: list[Draft], memory: Memory, document: Document, grammar: Grammar) -> None:
    """Gives the drafts what they take from each other."""
    if memory.dropped:
        drafts[:] = _drop(drafts)
    name_levels(drafts)
    if memory.has_lone:
        name_people(drafts)
    spread_rates(drafts, document)
    if memory.has_lone:
        name_orphans(drafts, document.text, grammar)
    _take_long_scale(drafts, grammar)
    name_series(drafts, document.text, grammar)
    count_dated_series(drafts, document.text)


def _rate(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int | None) -> None:
    """Reads what a number is told by; `floor` is where its sentence begins, None where no rate is told apart."""
    read_rate(draft, document, grammar)
    if draft.per is not None:
        return
    if floor is not None and draft.kind in _RATED:
        read_rate_apart(draft, document, grammar, floor)
    _carry_rate(draft, memory, grammar)


def _carry_rate(draft: Draft, memory: Memory, grammar: Grammar) -> None:
    """The rate of the number before holds for one that has none of its own."""
    if memory.before is not None and memory.before.per is not None and draft.per is None:
        carry(draft, memory.before, grammar)


def _take_long_scale(drafts: Sequence[Draft], grammar: Grammar) -> None:
    """A magnitude with two readings is the larger by the book where it says no money and counts nothing."""
    for draft in drafts if grammar.doubtful else ():
        if draft.other is not None and draft.scale == MONEY_ALWAYS and draft.rule in ("count.lone", "measure") and draft.other > draft.low == draft.high:
            draft.low = draft.high = draft.other
            draft.other = draft.low / _THOUSAND


def _drop(drafts: list[Draft]) -> list[Draft]:
    """The drafts without the pronouns, and without the first number of `1 in 5`, which the second has taken in."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft.form == "none":
            continue
        while kept and kept[-1].end > draft.start:
            kept.pop()
        kept.append(draft)
    return kept


def _judge_lone_one(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """False for `one` as a pronoun, which is no number; a single thing is enumerated, unless it is one of those that are counted."""
    following = draft.right[0] if draft.right else ""
    if draft.tag is None:
        if following in grammar.stops and following not in grammar.count_linkers:
            draft.form = "none"
            return False
        if _counts_one(draft, following, document, grammar):
            draft.lone = False
            return True
        draft.kind, draft.unit = COUNT, "item"
    draft.reason = Reason.ENUMERATION
    return True


def _counts_one(draft: Draft, following: str, document: Document, grammar: Grammar) -> bool:
    """`will send one Patriot battery`, where the word is no article; `the price of one shell` and `one shell costs` count nothing."""
    text = document.text
    word = text[draft.start : draft.end].lower()
    near = (following, *draft.words[-1:])
    if not grammar.head_last or word not in grammar.cardinals or not grammar.no_ones.isdisjoint(near):
        return False
    noun = read_noun(text, draft.end, draft.right, grammar)
    if noun is None or not (noun.sort == "goods" or (noun.sort == "name" and _is_coded(text[noun.start : noun.end]))):
        return False
    behind = document.folded[noun.end + 1 : noun.end + _BEHIND].split()[:_PRICE_WORDS]
    return grammar.costs.keys().isdisjoint((*draft.words[-_PRICE_WORDS:], *behind)) and grammar.per_before.heads.keys().isdisjoint(draft.words[-_PRICE_WORDS:])


def _is_coded(name: str) -> bool:
    """Whether a name is one of a type: `F-16`, `SAMP/T`."""
    return any(map(str.isdigit, name)) or any(word.isupper() and len(word) > 1 for word in name.split())


def _judge(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    if draft.lone and draft.tag is None:
        return
    if draft.tag == "currency":
        _judge_money(draft, document, grammar, floor)
    elif draft.tag in ("percent", "points"):
        read_change(draft, document, grammar, memory.before)
        draft.in_change = draft.kind is CHANGE
        draft.rule = draft.tag
    elif draft.tag == "time":
        _judge_time(draft, memory.before, document, grammar, floor)
    elif draft.tag == "unit":
        _judge_measure(draft, document, grammar)
    elif draft.form == "fraction":
        _judge_fraction(draft, memory, document, grammar)
    elif draft.form == "multiple":
        _judge_multiple(draft, document, grammar)
    else:
        judge_bare(draft, memory, document, grammar, floor)
    if draft.kind is MONEY and memory.before is not None and memory.before.sentence == draft.sentence:
        draft.in_change = memory.before.in_change


def _judge_money(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    draft.kind = MONEY
    if draft.rule == "signed":
        draft.rule = "money.signed"
    elif not draft.rule:
        draft.rule = "money.prefix" if draft.prefixed else "money.suffix"
    if _is_exchange(draft, document.text, grammar):
        draft.reason = Reason.BOILERPLATE
    elif draft.rule == "money.subunit" and draft.end - draft.core < _LETTERED:
        judge_lettered(draft, document.text, floor, grammar)


def _is_exchange(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`one dollar at 108 yen`, `Dollar 35.37 lira`: the price of one unit of another currency."""
    words = draft.words
    if not words or draft.scale > 1:
        return False
    place = len(words) - 2 if words[-1] in grammar.to else len(words) - 1
    token = grammar.suffixes.get(words[place]) if place >= 0 else None
    if token is None or token.tag != "currency" or token.value == draft.unit:
        return False
    return place == 0 or words[place - 1] in grammar.ones or word_before(text, draft.start).istitle()


def _judge_time(draft: Draft, before: Draft | None, document: Document, grammar: Grammar, floor: int) -> None:
    """A span of time is a claim only where it is a property of the deal: a lead time, the length of a contract."""
    draft.kind, draft.rule = DURATION, "duration"
    if draft.lone:
        draft.reason = Reason.DURATION
        return
    words = words_left(document.folded, draft.qualifier_start, floor, 120)
    is_deal = _names_deal(words, grammar) or bool(draft.right and grammar.deal_times_behind.begin(draft.right)[1])
    goes_on = before is not None and before.kind is DURATION and before.sentence == draft.sentence
    if draft.hyphenated or not (is_deal or goes_on) or draft.unit in ("hour", "minute", "second", "day", "century"):
        draft.reason = Reason.DURATION
        if _is_age(draft, document, grammar, words):
            draft.reason = Reason.IDENTIFIER


def _names_deal(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether one of the last words begins a phrase that makes a span of time a property of the deal."""
    if grammar.deal_times.heads.keys().isdisjoint(words):
        return False
    if words[-1] in grammar.into and not grammar.deal_times.end(words)[1]:
        return False  # `the largest contract in nearly two decades`
    near = range(max(0, len(words) - 15), len(words))
    return any(grammar.deal_times.begin(words[place:])[1] for place in near)


def _is_age(draft: Draft, document: Document, grammar: Grammar, words: Sequence[str]) -> bool:
    quote = document.folded[draft.core + 1 : draft.end + 1].split()
    return quote[-1] in grammar.age_units and grammar.ages.end(words)[1] > 0


def _judge_measure(draft: Draft, document: Document, grammar: Grammar) -> None:
    """A calibre or the like names a thing; a range, a front, an area or a tonnage is stated of one."""
    draft.kind, draft.rule = MEASURE, "measure"
    words = draft.left[-7:]
    behind = draft.right[:3]
    if draft.unit in grammar.calibres:
        stated = any(word in grammar.properties for word in words[-2:]) and words[-1] not in grammar.ones
    else:
        stated = any(word in grammar.properties for word in (*words, *behind))
    if draft.unit in grammar.unit_homonyms and not (stated or draft.hyphenated) and draft.low < _SHORT and draft.scale == 1:
        end = document.text.rfind(" ", draft.core, draft.end)
        draft.kind, draft.unit, draft.rule, draft.noun, draft.end = COUNT, "item", "count", (end + 1, draft.end), end
        return
    if draft.hyphenated and behind and behind[0] in grammar.properties:  # `a 300-km range`
        return
    is_abbreviated = draft.unit == "meter" and document.text[draft.end - 1] == "m"
    if draft.hyphenated or ((draft.unit in grammar.calibres or is_abbreviated) and not stated):
        draft.reason = Reason.SPECIFICATION


def _is_next_thing(draft: Draft, count: Draft | None, grammar: Grammar) -> bool:
    """`huit systèmes ... un neuvième a été cédé`: one more of the things counted just before."""
    if count is None or draft.sentence - count.sentence > 1 or not draft.right or draft.right[0] not in grammar.auxiliaries:
        return False
    return round(_HUNDRED / draft.low) == count.low + 1


def _judge_fraction(draft: Draft, memory: Memory, document: Document, grammar: Grammar) -> None:
    """`half-year`, `second half`, `an hour and a half`, `387 tanks a quarter` are no shares."""
    words, before = draft.words, memory.before
    if before is not None and before.per == "quarter" and document.folded[draft.start + 1 : draft.end + 1] in grammar.per:
        reach = before.noun[1] if before.noun is not None else before.end
        if reach <= draft.start <= reach + 1:
            draft.kind, draft.rule, draft.reason = DURATION, "duration", Reason.DURATION
            return
    if draft.rule != "share_of" and document.text[draft.core].isdigit() and not (draft.right and draft.right[0] in grammar.count_linkers):
        draft.rule = "slash"
        return
    draft.kind, draft.unit, draft.rule = SHARE, "percent", "fraction"
    if draft.low >= 1:
        draft.reason = Reason.DURATION  # `four quarters of service`
        return
    draft.low = draft.high = percent_of(draft.low)
    if document.text[draft.end : draft.end + 1] in HYPHENS:
        draft.reason = Reason.ENUMERATION
    elif words and (words[-1] in grammar.ordinals or _names_period(draft, document, grammar)):
        draft.reason = Reason.DATE
    elif len(words) > 1 and words[-1] in grammar.ones and words[-2] in grammar.joiners:
        draft.reason = Reason.DURATION
    elif _is_next_thing(draft, memory.count, grammar):
        draft.reason = Reason.ORDINAL
    else:
        read_change_by_part(draft, document, grammar, before)


def _names_period(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`sales fell in the half`: the period that is reported, and no part of anything."""
    part = document.folded[draft.core + 1 : draft.end + 1]
    is_part = bool(draft.right) and draft.right[0] in grammar.count_linkers
    return not is_part and grammar.part_names.end([*draft.words, part])[1] > 0


def _judge_multiple(draft: Draft, document: Document, grammar: Grammar) -> None:
    draft.kind, draft.unit, draft.tag, draft.rule = CHANGE, "percent", "change", "multiple"
    words = draft.words
    after = document.text[draft.end : draft.end + 1]
    word = document.folded[draft.start + 1 : draft.end + 1]
    if draft.right and draft.right[0] in grammar.count_linkers and grammar.inner_linkers:
        return  # `le double du premier contrat`
    if after in HYPHENS or (word in grammar.adjectives and words and (words[-1] in grammar.ones or words[-1] in grammar.skip)):
        draft.reason = Reason.RHETORICAL


def inside(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether `start:end` overlaps one of the sorted spans."""
    if not spans:
        return False
    index = bisect_right(spans, (end - 1, 1 << 62)) - 1
    return index >= 0 and spans[index][1] > start


def apply_spans(drafts: list[Draft], spans: Sequence[Span], reason: Reason) -> None:
    """Sets `reason` on every draft that overlaps one of the spans."""
    for draft in drafts:
        if inside(spans, draft.core, draft.end):
            draft.reason = reason
