"""Decides for each number whether it is a claim, and if not, why; and gives the kept ones kind, unit and sign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import pairwise

from etl.extract.changes import read_change, read_change_by_part, read_multiple
from etl.extract.counting import Noun, is_parallel, read_noun, stands_for_other
from etl.extract.document import Document
from etl.extract.draft import CHANGE, COUNT, DURATION, MEASURE, MONEY, SHARE, Draft
from etl.extract.grammar import Grammar
from etl.extract.labels import is_coded, is_label, judge_lettered, judge_named, word_before
from etl.extract.memory import MONEY_ALWAYS, Memory, inherit, is_grouped, is_paid
from etl.extract.series import name_series
from etl.extract.wording import read_qualifier, read_rate, read_rate_apart, words_left
from etl.records import Span
from tracker.vocabulary import Reason

_BLANKS = " \u00a0\u202f"
_SMALL = Decimal(10)
_LETTERED = 6
"""Characters below which a number with a letter behind it may be a label: `5c`."""
_MONEY_FLOOR = 1_000_000
_HUNDRED = Decimal(100)
_FEWEST = Decimal(2)
_JOINED = ("-", "/", ":", "‑", "–", "%", "°")
_AROUND = 3
_LIST_GAP = 60
_THOUSAND = 1000
_MOST_STATES = 200
"""There are fewer states than this: `755 of its members` are people."""
_RATED = (COUNT, MEASURE, MONEY)
_FOUR_DIGITS = Context(prec=4)


def judge_drafts(drafts: list[Draft], document: Document, grammar: Grammar) -> None:
    """Completes the drafts in order: qualifier, kind, unit, rate, noun, and the reason where one is no claim.

    Drafts that turn out to be no number at all, or part of another, are taken out of the list.
    """
    memory = Memory()
    has_apart = any(head in document.folded for head in grammar.apart_heads)
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
        if draft.kind is not None and (draft.reason is None or draft.kind is MEASURE):
            read_rate(draft, document, grammar)
        if draft.reason is None and draft.kind is not None:
            if has_apart and draft.per is None and draft.kind in _RATED:
                read_rate_apart(draft, document, grammar, floor)
            if memory.before is not None and memory.before.per is not None and draft.per is None:
                _carry(draft, memory.before)
            memory.add(draft, in_brackets=document.text[draft.qualifier_start - 1 : draft.qualifier_start] == "(")
    if memory.dropped:
        drafts[:] = _drop(drafts)
    _name_levels(drafts)
    _name_people(drafts)
    _spread_rates(drafts, document)
    _name_orphans(drafts, grammar)
    _take_long_scale(drafts, grammar)
    name_series(drafts, document.text, grammar)


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


def _name_people(drafts: list[Draft]) -> None:
    """Counts of nothing named are of people where the counts around them, that name something, all are."""
    counts = [draft for draft in drafts if draft.kind is COUNT and draft.reason is None]
    for index, draft in enumerate(counts):
        if draft.rule == "count.lone" and draft.unit == "item":
            near = {other.unit for other in counts[max(0, index - _AROUND) : index + _AROUND + 1] if other.noun is not None}
            if near == {"person"}:
                draft.unit = "person"


def _name_orphans(drafts: list[Draft], grammar: Grammar) -> None:
    """Millions and billions that name no currency before any sum of money take the currency of the first that does."""
    money = next((d for d in drafts if d.tag == "currency" and d.reason is None), None)
    for draft in drafts:
        if draft.rule == "count.lone" and money is not None and _may_be_paid(draft, grammar):
            draft.kind, draft.unit, draft.rule = MONEY, money.unit, "money.inherited"


def _may_be_paid(draft: Draft, grammar: Grammar) -> bool:
    """Billions, and millions that a word of paying stands before."""
    return draft.scale >= MONEY_ALWAYS or (draft.scale >= _MONEY_FLOOR and is_paid(draft, grammar))


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
    if draft.rule != "share_of" and document.text[draft.core].isdigit() and not (draft.right and draft.right[0] in grammar.count_linkers):
        draft.rule = "slash"
        return
    draft.kind, draft.unit, draft.rule = SHARE, "percent", "fraction"
    if draft.low >= 1:
        draft.reason = Reason.DURATION  # `four quarters of service`
        return
    draft.low = draft.high = percent_of(draft.low)
    if document.text[draft.end : draft.end + 1] in ("-", "‑"):
        draft.reason = Reason.ENUMERATION
    elif words and words[-1] in grammar.ordinals:
        draft.reason = Reason.DATE
    elif len(words) > 1 and words[-1] in grammar.ones and words[-2] in grammar.joiners:
        draft.reason = Reason.DURATION
    else:
        read_change_by_part(draft, document, grammar)


def _judge_multiple(draft: Draft, document: Document, grammar: Grammar) -> None:
    draft.kind, draft.unit, draft.tag, draft.rule = CHANGE, "percent", "change", "multiple"
    words = draft.words
    after = document.text[draft.end : draft.end + 1]
    word = document.folded[draft.start + 1 : draft.end + 1]
    if draft.right and draft.right[0] in grammar.count_linkers and grammar.inner_linkers:
        return  # `le double du premier contrat`
    if after in ("-", "‑") or (word in grammar.adjectives and words and (words[-1] in grammar.ones or words[-1] in grammar.skip)):
        draft.reason = Reason.RHETORICAL


def _judge_bare(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    if draft.next_level is not None or _is_settled(draft, memory, document, grammar, floor):
        return
    right = draft.right
    noun = read_noun(document.text, draft.end, right, grammar) or _read_noun_behind(draft, document.text, grammar)
    if _continues_name(draft, noun, memory.before, document.text):
        return
    if right and right[0] in grammar.others.heads and stands_for_other(draft, document, grammar) and (noun is None or noun.sort == "other"):
        inherit(draft, memory, grammar, sure=True)
        return
    if noun is not None and draft.scale >= _THOUSAND and _is_definite(draft, grammar):
        noun = None
    if noun is None:
        _judge_lone(draft, memory, document, grammar, floor)
    elif not _is_thing(draft, noun, document.text, floor, grammar):
        draft.noun = (noun.start, noun.end)
        _judge_noun(draft, noun, memory, document.text, grammar)


def _is_settled(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> bool:
    """Whether the words before or behind a bare number say what it is without a noun: a multiple, a share, a label."""
    right, words = draft.right, draft.words
    if draft.form == "vague" and words and words[-1] in grammar.definites:
        draft.form = "none"  # `these billions` are known from before
        memory.dropped = True
        return True
    if (right and right[0] in grammar.fold.heads) or (words and words[-1] in grammar.multiplied.tails):
        read_multiple(draft, document, grammar)
        if draft.kind is not None:
            return True
    if words and words[-1] in grammar.one_in and _is_one_in(draft, memory, document, grammar, floor):
        return True
    return is_label(draft, document, grammar)


def _is_thing(draft: Draft, noun: Noun, text: str, floor: int, grammar: Grammar) -> bool:
    """Whether number and noun together name one thing: `the Five Star Movement`, `3 Commando Brigade`."""
    if (draft.form == "word" and _is_named(draft, noun, text, floor)) or is_coded(draft, text, noun.start):
        draft.reason, draft.rule = Reason.DESIGNATION, "name"
    elif noun.head in grammar.formations and text[noun.start].isupper():
        draft.reason, draft.rule = Reason.DESIGNATION, "formation"
    return draft.reason is not None


def _read_noun_behind(draft: Draft, text: str, grammar: Grammar) -> Noun | None:
    """The noun behind a qualifier that follows the number: `192,000 or so Canadians`."""
    right = draft.right
    count = grammar.after.begin(right)[1] if right and right[0] in grammar.after.heads else 0
    if not count:
        return None
    phrase = " ".join(right[:count])
    end = draft.end + 1 + len(phrase)
    return read_noun(text, end, right[count:], grammar) if text[draft.end + 1 : end].lower() == phrase else None


def _is_named(draft: Draft, noun: Noun, text: str, floor: int) -> bool:
    """`the Five Star Movement`: number and noun with capitals inside a sentence are a name."""
    if not (text[draft.start].isupper() and text[noun.start].isupper()) or draft.start <= floor + 1:
        return False
    return text[draft.start - 2].isalpha() and text[draft.start - 1] in _BLANKS


def _is_definite(draft: Draft, grammar: Grammar) -> bool:
    """`886 millions du programme`, `950 millions l'année passée`: a definite noun in the singular is not counted."""
    right = draft.right
    place = 1 if len(right) > 1 and right[0] in grammar.inner_linkers else 0
    return right[place] in grammar.singulars


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
    words = draft.words
    if len(words) < 2 or words[-1] not in grammar.one_in or not 2 <= draft.low <= 10_000 or draft.scale > _THOUSAND:
        return False
    back = 2 if words[-2] in grammar.ones or words[-2] == "1" else 3 if len(words) > 2 and (words[-3] in grammar.ones or words[-3] == "1") else 0
    if not back:
        return False
    begin = document.folded.rfind(" " + words[-back] + " ", floor, draft.start + 1)
    if begin < 0 or (back == 2 and words[-2] in grammar.articles):
        return False
    draft.start = begin
    draft.low = draft.high = percent_of(1 / draft.low)
    draft.kind, draft.unit, draft.rule = SHARE, "percent", "one_in"
    memory.dropped = True
    draft.other = None
    return True


def percent_of(part: Decimal) -> Decimal:
    """A part of one in percent, with four digits and two decimals at most where it is ten or more.

    >>> percent_of(Decimal(2) / 3)
    Decimal('66.67')
    """
    share = round(_HUNDRED * part, 2) if part >= Decimal("0.1") else _FOUR_DIGITS.plus(_HUNDRED * part)
    return Decimal(int(share)) if share == int(share) else Decimal(f"{share.normalize():f}")


def _judge_noun(draft: Draft, noun: Noun, memory: Memory, text: str, grammar: Grammar) -> None:
    draft.kind, draft.rule = COUNT, "count"
    draft.is_minor = noun.sort == "body"
    is_crowd = noun.sort == "body" and draft.low >= _MOST_STATES
    draft.unit = "person" if noun.sort == "person" or is_crowd else "item"
    round_words = draft.form in ("word", "exact", "vague") and draft.low >= 100
    if round_words and noun.head in grammar.rhetorical:
        draft.reason = Reason.RHETORICAL
    elif _is_enumerated(draft, noun, memory, text, grammar):
        draft.reason = Reason.ENUMERATION
    elif noun.sort in ("other", "name") and draft.scale >= (MONEY_ALWAYS if _is_linked(draft, grammar) else _MONEY_FLOOR):
        _judge_wealth(draft, memory, grammar)


def _is_enumerated(draft: Draft, noun: Noun, memory: Memory, text: str, grammar: Grammar) -> bool:
    """Whether the things are listed rather than counted: `two priorities`, `three countries`, `two officers said`."""
    if noun.sort == "enumeration":
        return draft.low < 1000
    if noun.sort == "body":
        return _is_few(draft)
    if noun.sort == "other":
        return draft.low <= _SMALL and draft.form == "word" and not _goes_on(draft, memory, grammar)
    return noun.sort == "person" and draft.low <= _SMALL and _is_quoted(noun, text, grammar)


def _is_quoted(noun: Noun, text: str, grammar: Grammar) -> bool:
    """`two officers said`: who speaks is not counted."""
    following = text[noun.end : noun.end + 24].split(None, 1)
    return bool(following) and text[noun.end] in _BLANKS and following[0].lower() in grammar.sayings


def _goes_on(draft: Draft, memory: Memory, grammar: Grammar) -> bool:
    """`96 interceptors as well as two control stations`: a list of things that has begun goes on."""
    count = memory.count
    if count is None or count is not memory.before or count.noun is None or count.sentence != draft.sentence:
        return False
    if draft.qualifier_start - count.noun[1] > _LIST_GAP:
        return False
    return bool(draft.left) and draft.left[-1] in grammar.list_joints


def _judge_wealth(draft: Draft, memory: Memory, grammar: Grammar) -> None:
    """`394 millions supplémentaires`, `8 milliards d'argent frais`: no thing that is counted in such numbers."""
    if memory.money is not None or draft.scale >= MONEY_ALWAYS:
        draft.noun = None
        inherit(draft, memory, grammar, sure=True)


def _is_few(draft: Draft) -> bool:
    return draft.low <= _SMALL or draft.form == "vague"


def _is_linked(draft: Draft, grammar: Grammar) -> bool:
    """Whether the thing counted is joined by a linker alone: `2 millions de cartouches`."""
    if draft.noun is None or draft.noun[0] - draft.end <= 1:
        return False
    return len(draft.right) < 2 or draft.right[1] not in grammar.definites


def _judge_lone(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    """A number that counts nothing it names: it takes after a quantity before it, or is a label."""
    if draft.words and draft.words[-1] in grammar.percent_before.tails and _is_percentage(draft, grammar):
        draft.kind, draft.unit, draft.rule = SHARE, "percent", "percent"
        return
    text = document.text
    if draft.scale >= 1000 or draft.form in ("vague", "about", "exact") or draft.rule == "range":
        inherit(draft, memory, grammar, sure=True)
    elif _is_reference(draft, text, grammar):
        draft.reason, draft.rule = Reason.IDENTIFIER, "reference"
        return
    elif is_parallel(draft, document, grammar) or is_grouped(draft):
        inherit(draft, memory, grammar, sure=is_grouped(draft) or _is_labelled(draft, document))
    else:
        same = memory.in_sentence(draft.sentence)
        named = word_before(text, draft.start)
        listed = same is not None and same.kind is COUNT
        listed = listed and (_is_listed(named, draft, text, grammar) or _in_brackets(draft, document, floor))
        if listed or _counts_the_same(draft, memory, text, grammar):
            inherit(draft, memory, grammar, sure=False)
        if draft.kind is None and draft.form == "digits" and draft.low == draft.low.to_integral_value():
            judge_named(draft, text, floor, named)
    if draft.kind is COUNT and draft.unit == "item" and draft.noun is None and _is_headcount(draft, grammar):
        draft.unit = "person"


def _is_reference(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`(24.025)`: a grouped number alone in brackets behind a plain word is the number of a document."""
    start, end = draft.start, draft.end
    if draft.form != "digits" or not is_grouped(draft) or text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return False
    before = word_before(text, start - 1)
    return before.islower() and not grammar.suffixes.get(before)


def _is_listed(named: str, draft: Draft, text: str, grammar: Grammar) -> bool:
    """`Poland 80, Greece 6`: a number behind a name in a list, and not one that a preposition leads in."""
    if not named[:1].isupper():
        return False
    pieces = sum(named.count(mark) for mark in "-./") + 1  # `Pays-Bas` folds into two words
    before = draft.words[-1 - pieces] if len(draft.words) > pieces else ""
    mark = text[draft.start - len(named) - 3 : draft.start - len(named) - 1].rstrip(_BLANKS)[-1:]
    return not mark.isalnum() or before in grammar.skip or before in grammar.joiners


def _counts_the_same(draft: Draft, memory: Memory, text: str, grammar: Grammar) -> bool:
    """`212, of which some 48 had arrived`: a whole number behind a qualifier or plain word, the thing counted just before."""
    count = memory.count
    if count is None or draft.sentence - count.sentence > 1 or draft.form not in ("digits", "word") or draft.low < _FEWEST:
        return False
    if draft.low != draft.low.to_integral_value() or text[draft.start - 1 : draft.start] not in _BLANKS:
        return False
    if text[draft.end : draft.end + 1] in _JOINED:
        return False
    if draft.qualifier_start < draft.start:
        return True
    goes_on = bool(draft.right) and draft.right[0] in grammar.stops and text[draft.end] in _BLANKS
    if text[draft.start - 2 : draft.start - 1] == ",":
        return goes_on
    named = word_before(text, draft.start)
    if not named.islower() or named in grammar.identifiers:
        return False
    return goes_on or named not in grammar.stops


def _is_headcount(draft: Draft, grammar: Grammar) -> bool:
    """`the Regular Force stood at 65,154`: the words before say that people are counted."""
    if draft.scale >= MONEY_ALWAYS:
        return False
    near = (*draft.left[-10:], *draft.right[:6])
    return any(word in grammar.headcounts for word in near) or (
        draft.rule == "count.lone" and draft.form != "vague" and any(word in grammar.persons for word in draft.left[-10:])
    )


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
