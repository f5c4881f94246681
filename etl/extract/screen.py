"""Decides for each number whether it is a claim, and if not, why; and gives the kept ones kind, unit and sign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import pairwise

from etl.extract.counting import Noun, is_parallel, read_noun, stands_for_other
from etl.extract.document import Document
from etl.extract.draft import CHANGE, COUNT, DURATION, MEASURE, MONEY, SHARE, Draft
from etl.extract.grammar import Grammar
from etl.extract.labels import is_label, judge_lettered, judge_named, word_before
from etl.extract.memory import MONEY_ALWAYS, Memory, inherit, is_grouped
from etl.extract.wording import (
    read_change,
    read_change_by_part,
    read_multiple,
    read_qualifier,
    read_rate,
    words_left,
)
from etl.records import Span
from tracker.vocabulary import Reason

_BLANKS = " \u00a0\u202f"
_SMALL = Decimal(10)
_LETTERED = 6
"""Characters below which a number with a letter behind it may be a label: `5c`."""
_MONEY_FLOOR = 1_000_000
_HUNDRED = Decimal(100)
_ROUND_WHOLES = frozenset(map(Decimal, (3, 4, 5, 6, 8, 10, 20, 100, 1000)))
"""What parts are told of: `seven out of ten`."""
_THOUSAND = Decimal(1000)
_FOUR_DIGITS = Context(prec=4)


def judge_drafts(drafts: list[Draft], document: Document, grammar: Grammar) -> None:
    """Completes the drafts in order: qualifier, kind, unit, rate, noun, and the reason where one is no claim.

    Drafts that turn out to be no number at all, or part of another, are taken out of the list.
    """
    memory = Memory()
    sentences, index = document.sentences, 0
    last = len(sentences) - 1
    for draft in drafts:
        if draft.reason is not None:
            continue
        while index < last and sentences[index + 1].start <= draft.start:
            index += 1
        draft.sentence, floor = index, sentences[index].start
        read_qualifier(draft, document, grammar, floor)
        if draft.lone and not _judge_lone_one(draft, grammar):
            memory.dropped = True
            continue
        _judge(draft, memory, document, grammar, floor)
        if draft.kind is MEASURE and draft.reason is not None:
            read_rate(draft, document, grammar)
        elif draft.reason is None and draft.kind is not None:
            read_rate(draft, document, grammar)
            if memory.before is not None and memory.before.per is not None and draft.per is None:
                _carry(draft, memory.before)
            memory.add(draft)
    if memory.dropped:
        drafts[:] = _drop(drafts)
    _name_levels(drafts)
    _spread_rates(drafts, document)
    _name_orphans(drafts)
    if grammar.doubtful:
        _take_long_scale(drafts)


def _take_long_scale(drafts: Sequence[Draft]) -> None:
    """A magnitude with two readings is the larger by the book where it says no money and counts nothing."""
    for draft in drafts:
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


def _judge_lone_one(draft: Draft, grammar: Grammar) -> bool:
    """False for `one` as a pronoun, which is no number; a single thing is enumerated rather than counted."""
    following = draft.right[0] if draft.right else ""
    if draft.tag is None:
        if following in grammar.stops and following not in grammar.count_linkers:
            draft.form = "none"
            return False
        draft.kind, draft.unit = COUNT, "item"
    draft.reason = Reason.ENUMERATION
    return True


def _name_levels(drafts: list[Draft]) -> None:
    """`rose from 20 to 30 tanks`: the first level counts what the second does."""
    for draft in drafts:
        level = draft.next_level
        if level is not None and draft.kind is None and draft.reason is None:
            draft.reason, draft.kind, draft.unit, draft.per = level.reason, level.kind, level.unit, level.per
            draft.noun, draft.inherited, draft.rule = level.noun, True, f"{level.kind}.inherited"


def _name_orphans(drafts: list[Draft]) -> None:
    """Billions that name no currency before any sum of money take the currency of the first that does."""
    money = next((d for d in drafts if d.tag == "currency" and d.reason is None), None)
    for draft in drafts:
        if draft.rule == "count.lone" and draft.scale >= MONEY_ALWAYS and money is not None:
            draft.kind, draft.unit, draft.rule = MONEY, money.unit, "money.inherited"


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
        _judge_fraction(draft, document, grammar)
    elif draft.form == "multiple":
        _judge_multiple(draft, document, grammar)
    else:
        _judge_bare(draft, memory, document, grammar, floor)
    if draft.kind is MONEY and memory.before is not None and memory.before.sentence == draft.sentence:
        draft.in_change = memory.before.in_change


def _judge_money(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    draft.kind = MONEY
    if draft.rule == "signed":
        draft.rule = "money.signed"
    elif not draft.rule:
        draft.rule = "money.prefix" if draft.prefixed else "money.suffix"
    elif draft.rule == "money.subunit" and draft.end - draft.core < _LETTERED:
        judge_lettered(draft, document.text, floor, grammar)


def _judge_time(draft: Draft, before: Draft | None, document: Document, grammar: Grammar, floor: int) -> None:
    """A span of time is a claim only where it is a property of the deal: a lead time, the length of a contract."""
    draft.kind, draft.rule = DURATION, "duration"
    if draft.lone:
        draft.reason = Reason.DURATION
        return
    words = words_left(document.folded, draft.qualifier_start, floor, 120)
    near = range(max(0, len(words) - 15), len(words))
    is_deal = any(grammar.deal_times.begin(words[place:])[1] for place in near)
    goes_on = before is not None and before.kind is DURATION and before.sentence == draft.sentence
    if draft.hyphenated or not (is_deal or goes_on) or draft.unit in ("hour", "minute", "second", "day", "century"):
        draft.reason = Reason.DURATION
        if _is_age(draft, document, grammar, words):
            draft.reason = Reason.IDENTIFIER


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
    if draft.hyphenated and behind and behind[0] in grammar.properties:  # `a 300-km range`
        return
    is_abbreviated = draft.unit == "meter" and document.text[draft.end - 1] == "m"
    if draft.hyphenated or ((draft.unit in grammar.calibres or is_abbreviated) and not stated):
        draft.reason = Reason.SPECIFICATION


def _judge_fraction(draft: Draft, document: Document, grammar: Grammar) -> None:
    """`half-year`, `second half`, `an hour and a half` are no shares."""
    words = draft.words
    if document.text[draft.core].isdigit() and not (draft.right and draft.right[0] in grammar.count_linkers):
        draft.rule = "slash"
        return
    draft.kind, draft.unit, draft.rule = SHARE, "percent", "fraction"
    draft.low = draft.high = percent_of(draft.low)
    if document.text[draft.end : draft.end + 1] in ("-", "‑"):
        draft.reason = Reason.ENUMERATION
    elif words and words[-1] in grammar.ordinals:
        draft.reason = Reason.DATE
    elif len(words) > 1 and words[-1] in grammar.ones and words[-2] in grammar.joiners:
        draft.reason = Reason.DURATION
    elif not draft.right or draft.right[0] not in grammar.count_linkers:
        read_change_by_part(draft, grammar)


def _judge_multiple(draft: Draft, document: Document, grammar: Grammar) -> None:
    draft.kind, draft.unit, draft.tag, draft.rule = CHANGE, "percent", "change", "multiple"
    words = draft.words
    after = document.text[draft.end : draft.end + 1]
    word = document.folded[draft.start + 1 : draft.end + 1]
    if after in ("-", "‑") or (word in grammar.adjectives and words and (words[-1] in grammar.ones or words[-1] in grammar.skip)):
        draft.reason = Reason.RHETORICAL


def _judge_bare(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    right, words = draft.right, draft.words
    if draft.next_level is not None:
        return
    if (right and right[0] in grammar.fold.heads) or (words and words[-1] in grammar.multiplied.tails):
        read_multiple(draft, document, grammar)
        if draft.kind is not None:
            return
    if words and words[-1] in grammar.one_in.tails and _is_one_in(draft, memory, document, grammar, floor):
        return
    if is_label(draft, document, grammar):
        return
    noun = read_noun(document.text, draft.end, draft.right, grammar)
    if _continues_name(draft, noun, memory.before, document.text):
        return
    if right and right[0] in grammar.others.heads and stands_for_other(draft, document, grammar) and (noun is None or noun.sort == "other"):
        inherit(draft, memory, sure=True)
        return
    if noun is None:
        _judge_lone(draft, memory, document, grammar, floor)
        return
    draft.noun = (noun.start, noun.end)
    _judge_noun(draft, noun, memory, grammar)


def _continues_name(draft: Draft, noun: Noun | None, before: Draft | None, text: str) -> bool:
    """`10 CB 90 boats`: a bare number right behind a capitalised word of the thing counted belongs to its name."""
    if before is None or before.noun is None or draft.form != "digits" or draft.scale > 1 or draft.end - draft.start > 4:
        return False
    start, end = before.noun
    if not (start < draft.start <= end + 1) or not word_before(text, draft.start)[:1].isupper():
        return False
    draft.reason, draft.rule = Reason.DESIGNATION, "name_of_counted"
    if noun is not None:
        before.noun = (start, max(end, noun.end))
    return True


def _is_one_in(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> bool:
    """`one in five`, `un avion sur six`: a share."""
    count = grammar.one_in.end(draft.words)[1]
    words = draft.words[: len(draft.words) - count]
    if not count or not words or not 2 <= draft.low <= 10_000 or draft.scale > 1:
        return False
    back, part = _part_said(draft, words, document, grammar)
    if not back:
        return False
    begin = document.folded.rfind(" " + words[-back] + " ", floor, draft.start + 1)
    if begin < 0 or (back == 1 and words[-1] in grammar.articles):
        return False
    draft.start = begin
    draft.low = draft.high = percent_of(part / draft.low)
    draft.kind, draft.unit, draft.rule = SHARE, "percent", "one_in"
    memory.dropped = True
    draft.other = None
    return True


def _part_said(draft: Draft, words: Sequence[str], document: Document, grammar: Grammar) -> tuple[int, Decimal]:
    """How many words back the part of `one in five`, `un avion sur six`, `seven out of ten` stands, and its number.

    Numbers but one are a part only of a round whole that counts nothing itself, or people: `18 of 31 ships` are counts.
    """
    for back, word in enumerate(words[:-3:-1], 1):
        if word in grammar.ones or word == "1":
            return back, Decimal(1)
        part = Decimal(word) if word.isascii() and word.isdigit() else Decimal(grammar.cardinals.get(word, 0))
        if 0 < part < draft.low and draft.low in _ROUND_WHOLES and grammar.parts_of.end(draft.words)[1]:
            if back == 2 and words[-1] in grammar.suffixes:
                return 0, part
            noun = read_noun(document.text, draft.end, draft.right, grammar)
            return (back if noun is None or noun.sort == "person" else 0), part
    return 0, Decimal(0)


def percent_of(part: Decimal) -> Decimal:
    """A part of one in percent, with four digits and two decimals at most where it is ten or more.

    >>> percent_of(Decimal(2) / 3)
    Decimal('66.67')
    """
    share = round(_HUNDRED * part, 2) if part >= Decimal("0.1") else _FOUR_DIGITS.plus(_HUNDRED * part)
    return Decimal(int(share)) if share == int(share) else Decimal(f"{share.normalize():f}")


def _judge_noun(draft: Draft, noun: Noun, memory: Memory, grammar: Grammar) -> None:
    draft.kind, draft.rule = COUNT, "count"
    draft.unit = "person" if noun.sort == "person" else "item"
    round_words = draft.form in ("word", "exact", "vague") and draft.low >= 100
    if round_words and noun.head in grammar.rhetorical:
        draft.reason = Reason.RHETORICAL
    elif (noun.sort == "enumeration" and draft.low < 1000) or (noun.sort == "body" and _is_few(draft)) or (noun.sort == "other" and draft.low <= _SMALL and draft.form == "word"):
        draft.reason = Reason.ENUMERATION
    elif noun.sort in ("other", "name") and draft.scale >= (MONEY_ALWAYS if _is_linked(draft) else _MONEY_FLOOR):
        _judge_wealth(draft, memory)


def _judge_wealth(draft: Draft, memory: Memory) -> None:
    """`394 millions supplémentaires`, `8 milliards d'argent frais`: no thing that is counted in such numbers."""
    if memory.money is not None or draft.scale >= MONEY_ALWAYS:
        draft.noun = None
        inherit(draft, memory, sure=True)


def _is_few(draft: Draft) -> bool:
    return draft.low <= _SMALL or draft.form == "vague"


def _is_linked(draft: Draft) -> bool:
    """Whether the thing counted is joined by a linker: `2 millions de cartouches`."""
    return draft.noun is not None and draft.noun[0] - draft.end > 1


def _judge_lone(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    """A number that counts nothing it names: it takes after a quantity before it, or is a label."""
    if draft.words and draft.words[-1] in grammar.percent_before.tails and _is_percentage(draft, grammar):
        draft.kind, draft.unit, draft.rule = SHARE, "percent", "percent"
        return
    if draft.scale >= 1000 or draft.form in ("vague", "about", "exact") or draft.rule == "range":
        inherit(draft, memory, sure=True)
    elif is_parallel(draft, document, grammar) or is_grouped(draft):
        inherit(draft, memory, sure=is_grouped(draft) or _is_labelled(draft, document))
    else:
        same = memory.in_sentence(draft.sentence)
        named = word_before(document.text, draft.start)
        if same is not None and same.kind is COUNT and (named[:1].isupper() or _in_brackets(draft, document, floor)):
            inherit(draft, memory, sure=False)
        if draft.kind is None and draft.form == "digits" and draft.low == draft.low.to_integral_value():
            judge_named(draft, document.text, floor, named)


def _is_percentage(draft: Draft, grammar: Grammar) -> bool:
    """`un pourcentage de vingt`, but not `20 percent of 210`."""
    count = grammar.percent_before.end(draft.words)[1]
    before = draft.words[: len(draft.words) - count][-1:]
    return count > 0 and not any(word.isdigit() or word in grammar.cardinals for word in before)


def _in_brackets(draft: Draft, document: Document, floor: int) -> bool:
    """`(Émirats arabes unis 80, Grèce 6)`: a list in brackets, a number behind each name."""
    text = document.text
    opened = text.rfind("(", max(floor, draft.start - 300), draft.start)
    closed = opened >= 0 and text.find(")", opened, draft.start) >= 0
    return opened >= 0 and not closed and text[draft.end : draft.end + 1] in (",", ")", ";")


def _is_labelled(draft: Draft, document: Document) -> bool:
    """`Falcon : 64`: a line of a table, a name and a colon before the number."""
    left = document.text[max(0, draft.start - 3) : draft.start].rstrip(_BLANKS)
    return left.endswith(":") and draft.form == "digits"


def _carry(draft: Draft, before: Draft) -> None:
    """A number beside a rate is a rate too: `douze pièces par mois, contre six`, `$2 million each, SM-6s $3.9 million`."""
    if before.sentence != draft.sentence or draft.unit != before.unit or draft.kind != before.kind or draft.scale != before.scale:
        return
    if draft.inherited or (draft.kind is MONEY and before.per == "item"):
        draft.per = before.per


def _spread_rates(drafts: Sequence[Draft], document: Document) -> None:
    """`UAH 2.5 billion ($60 million) a month`: the rate behind the bracket holds for both."""
    for first, second in pairwise(drafts):
        if second.per and not first.per and first.kind == second.kind and first.reason is None:
            gap = document.text[first.end : second.qualifier_start]
            if gap.strip(_BLANKS) == "(" and document.text[second.end : second.end + 1] == ")":
                first.per = second.per


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
