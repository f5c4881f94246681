"""Decides for each number whether it is a claim, and if not, why; and gives the kept ones kind, unit and sign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import pairwise

from etl.extract.counting import Noun, is_parallel, read_noun, stands_for_other
from etl.extract.document import Document
from etl.extract.grammar import Grammar, Phrases, load_grammar
from etl.extract.draft import Draft
from etl.extract.wording import (
    read_change,
    read_multiple,
    read_qualifier,
    read_rate,
    words_left,
)
from etl.records import Span
from tracker.vocabulary import Kind, Reason

_BLANKS = " \u00a0\u202f"
_SMALL = Decimal(10)
_MONEY_FLOOR = 1_000_000
_MONEY_ALWAYS = 1_000_000_000
_HUNDRED = Decimal(100)
_FOUR_DIGITS = Context(prec=4)


class Memory:
    """The quantities that a later number may lean on: the last of each kind, in text order."""

    __slots__ = ("before", "count", "measure", "money")

    def __init__(self) -> None:
        self.before: Draft | None = None
        self.count: Draft | None = None
        self.measure: Draft | None = None
        self.money: Draft | None = None

    def add(self, draft: Draft) -> None:
        """Remembers a kept quantity."""
        self.before = draft
        if draft.kind == Kind.MONEY:
            self.money = draft
        elif draft.kind == Kind.COUNT:
            self.count = draft
        elif draft.kind == Kind.MEASURE:
            self.measure = draft

    def in_sentence(self, sentence: int) -> Draft | None:
        """The last count, sum of money or measure of the sentence."""
        found = [d for d in (self.count, self.money, self.measure) if d is not None and d.sentence == sentence]
        return max(found, key=lambda d: d.start, default=None)


def judge_drafts(drafts: list[Draft], document: Document, grammar: Grammar) -> None:
    """Completes the drafts in order: qualifier, kind, unit, rate, noun, and the reason where one is no claim."""
    memory = Memory()
    sentences, index = document.sentences, 0
    last = len(sentences) - 1
    lone = False
    for draft in drafts:
        if draft.reason is not None:
            continue
        while index < last and sentences[index + 1].start <= draft.start:
            index += 1
        draft.sentence, floor = index, sentences[index].start
        if draft.form == "ordinal":
            draft.reason = Reason.ORDINAL
            continue
        read_qualifier(draft, document, grammar, floor)
        if draft.lone and not _judge_lone_one(draft, grammar):
            lone = True
            continue
        _judge(draft, memory, document, grammar, floor)
        if draft.rule == "one_in":
            for other in drafts:
                if draft.start <= other.start < draft.end and other is not draft:
                    other.form, lone = "none", True
        if draft.reason is None and draft.kind is not None:
            read_rate(draft, document, grammar, floor)
            _carry(draft, memory.before, document, grammar, floor)
            memory.add(draft)
    if lone:
        drafts[:] = [draft for draft in drafts if draft.form != "none"]
    _spread_rates(drafts, document)
    _name_orphans(drafts)


def _judge_lone_one(draft: Draft, grammar: Grammar) -> bool:
    """False for `one` as a pronoun, which is no number; a single thing is enumerated rather than counted."""
    following = draft.right[0] if draft.right else ""
    if draft.tag is None:
        if following in grammar.stops and following not in grammar.count_linkers:
            draft.form = "none"
            return False
        draft.kind, draft.unit = Kind.COUNT, "item"
    draft.reason = Reason.ENUMERATION
    return True


def _name_orphans(drafts: list[Draft]) -> None:
    """Billions that name no currency before any sum of money take the currency of the first that does."""
    money = next((d for d in drafts if d.tag == "currency" and d.reason is None), None)
    for draft in drafts:
        if draft.rule == "count.lone" and draft.scale >= _MONEY_ALWAYS and money is not None:
            draft.kind, draft.unit, draft.rule = Kind.MONEY, money.unit, "money.inherited"


def _judge(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    if draft.lone and draft.tag is None:
        return
    if draft.tag == "currency":
        draft.kind, draft.rule = Kind.MONEY, draft.rule or ("money.prefix" if draft.prefixed else "money.suffix")
        if draft.rule == "signed":
            draft.rule = "money.signed"
    elif draft.tag in ("percent", "points"):
        read_change(draft, document, grammar, floor, memory.before)
        draft.in_change = draft.kind == Kind.CHANGE
        draft.rule = draft.tag
    elif draft.tag == "time":
        _judge_time(draft, memory.before, document, grammar, floor)
    elif draft.tag == "unit":
        _judge_measure(draft, document, grammar, floor)
    elif draft.form == "fraction":
        _judge_fraction(draft, document, grammar, floor)
    elif draft.form == "multiple":
        _judge_multiple(draft, document, grammar, floor)
    else:
        _judge_bare(draft, memory, document, grammar, floor)
    if draft.kind == Kind.MONEY and memory.before is not None and memory.before.sentence == draft.sentence:
        draft.in_change = memory.before.in_change


def _judge_time(draft: Draft, before: Draft | None, document: Document, grammar: Grammar, floor: int) -> None:
    """A span of time is a claim only where it is a property of the deal: a lead time, the length of a contract."""
    draft.kind, draft.rule = Kind.DURATION, "duration"
    if draft.lone:
        draft.reason = Reason.DURATION
        return
    words = words_left(document.folded, draft.qualifier_start, floor, 120)
    near = range(max(0, len(words) - 15), len(words))
    is_deal = any(grammar.deal_times.begin(words[place:])[1] for place in near)
    goes_on = before is not None and before.kind == Kind.DURATION and before.sentence == draft.sentence
    if draft.hyphenated or not (is_deal or goes_on) or draft.unit in ("hour", "minute", "second", "day", "century"):
        draft.reason = Reason.DURATION
        if _is_age(draft, document, grammar, words):
            draft.reason = Reason.IDENTIFIER


def _is_age(draft: Draft, document: Document, grammar: Grammar, words: Sequence[str]) -> bool:
    quote = document.folded[draft.core + 1 : draft.end + 1].split()
    return quote[-1] in grammar.age_units and grammar.ages.end(words)[1] > 0


def _judge_measure(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    """A calibre or the like names a thing; a range, a front, an area or a tonnage is stated of one."""
    draft.kind, draft.rule = Kind.MEASURE, "measure"
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


def _judge_fraction(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    """`half-year`, `second half`, `an hour and a half` are no shares."""
    words = draft.words
    if document.text[draft.core].isdigit() and not (draft.right and draft.right[0] in grammar.count_linkers):
        draft.rule = "slash"
        return
    draft.kind, draft.unit, draft.rule = Kind.SHARE, "percent", "fraction"
    draft.low = draft.high = percent_of(draft.low)
    if document.text[draft.end : draft.end + 1] in ("-", "‑"):
        draft.reason = Reason.ENUMERATION
    elif words and words[-1] in grammar.ordinals:
        draft.reason = Reason.DATE
    elif len(words) > 1 and words[-1] in grammar.ones and words[-2] in grammar.joiners:
        draft.reason = Reason.DURATION


def _judge_multiple(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    draft.kind, draft.unit, draft.tag, draft.rule = Kind.CHANGE, "percent", "change", "multiple"
    words = draft.words
    after = document.text[draft.end : draft.end + 1]
    word = document.folded[draft.start + 1 : draft.end + 1]
    if after in ("-", "‑") or (word in grammar.adjectives and words and (words[-1] in grammar.ones or words[-1] in grammar.skip)):
        draft.reason = Reason.RHETORICAL


def _judge_bare(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    read_multiple(draft, document, grammar, floor)
    if draft.kind is not None or _is_one_in(draft, document, grammar, floor):
        return
    if _is_label(draft, document, grammar, floor):
        return
    noun = read_noun(document.text, draft.end, grammar)
    if stands_for_other(draft, document, grammar) and (noun is None or noun.sort == "other"):
        _inherit(draft, memory, sure=True)
        return
    if noun is None:
        _judge_lone(draft, memory, document, grammar, floor)
        return
    draft.noun = (noun.start, noun.end)
    _judge_noun(draft, noun, memory, document)


def _is_one_in(draft: Draft, document: Document, grammar: Grammar, floor: int) -> bool:
    """`one in five`, `un avion sur six`: a share."""
    words = draft.words
    if len(words) < 2 or words[-1] not in grammar.one_in or not 2 <= draft.low <= 10_000 or draft.scale > 1:
        return False
    back = 2 if words[-2] in grammar.ones or words[-2] == "1" else 3 if len(words) > 2 and words[-3] in grammar.ones else 0
    if not back or (back == 2 and words[-2] != words[-2].strip()):
        return False
    begin = document.folded.rfind(" " + words[-back] + " ", floor, draft.start + 1)
    if begin < 0 or (back == 2 and words[-2] in ("a", "an")):
        return False
    draft.start = begin
    draft.low = draft.high = percent_of(1 / draft.low)
    draft.kind, draft.unit, draft.rule = Kind.SHARE, "percent", "one_in"
    draft.other = None
    return True


def percent_of(part: Decimal) -> Decimal:
    """A part of one in percent, with four digits and two decimals at most where it is ten or more.

    >>> percent_of(Decimal(2) / 3)
    Decimal('66.67')
    """
    share = round(_HUNDRED * part, 2) if part >= Decimal("0.1") else _FOUR_DIGITS.plus(_HUNDRED * part)
    return Decimal(int(share)) if share == int(share) else share


def _is_label(draft: Draft, document: Document, grammar: Grammar, floor: int) -> bool:
    """Numbers that only name: `page 14`, `Leopard 2`, an age behind a name, the number of a list item, a score."""
    text, start = document.text, draft.start
    if draft.scale > 1 or draft.form not in ("digits", "word") or draft.rule == "range":
        return False
    words = draft.words
    if draft.form == "digits" and words:
        previous = _word_before(text, start)
        if previous and _is_name(previous, words, grammar):
            draft.reason, draft.rule = Reason.DESIGNATION, "gazetteer"
            _cover_name(draft, text)
            return True
        if words[-1] in grammar.identifiers and text[start - 1 : start] in _BLANKS + ".°":
            draft.reason, draft.rule = Reason.IDENTIFIER, "label"
            return True
    if draft.form == "digits" and _is_stated_age(draft, text, grammar):
        draft.reason, draft.rule = Reason.IDENTIFIER, "age"
        return True
    return _is_list_number(draft, document, floor) or _is_score(draft, text)


def _is_stated_age(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`aged 71`, `children under 12`, `Umerov, 43, has run`."""
    start, end = draft.start, draft.end
    if grammar.ages.end(draft.words)[1] and draft.low < 120:
        return text[end : end + 1] in (".", ",", ";", ")", "") or read_noun(text, end, grammar) is None
    if not 14 <= draft.low <= 99 or text[start - 2 : start] != ", " or text[end : end + 1] not in (",", "."):
        return False
    return start > 2 and text[start - 3].isalpha() and _word_before(text, start - 1)[:1].isupper()


def _is_name(previous: str, words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the word before a number is a designation that a number belongs to: `Leopard`, `SEA KING`, `A-RC`."""
    if previous in grammar.designations or previous.title() in grammar.designations:
        return True
    if " ".join(words[-2:]).title() in grammar.designations:
        return True
    return previous.isupper() and any(c in "-/0123456789" for c in previous)


def _word_before(text: str, start: int) -> str:
    end = start
    while end and text[end - 1] in " \u00a0\u202f,":
        end -= 1
    begin = end
    while begin and end - begin < 24 and (text[begin - 1].isalnum() or text[begin - 1] in "./-"):
        begin -= 1
    return text[begin:end]


def _cover_name(draft: Draft, text: str) -> None:
    draft.start = text.rfind(_word_before(text, draft.start), 0, draft.start)


def _is_list_number(draft: Draft, document: Document, floor: int) -> bool:
    text, end = document.text, draft.end
    line_start = draft.start == 0 or text[draft.start - 1] == "\n"
    if line_start and draft.form == "digits" and draft.low < 100 and text[end : end + 1] in (".", ")", ":"):
        draft.reason, draft.rule = Reason.IDENTIFIER, "list_number"
        return True
    return False


def _is_score(draft: Draft, text: str) -> bool:
    """`2-1`, `16/9`, `1:3`: two small numbers joined without a unit."""
    start, end = draft.start, draft.end
    after, before = text[end : end + 2], text[max(0, start - 2) : start]
    joined = (len(after) == 2 and after[0] in "-–/:" and after[1].isdigit()) or (
        len(before) == 2 and before[1] in "-–/:" and before[0].isdigit()
    )
    if joined and draft.form == "digits":
        draft.reason, draft.rule = Reason.IDENTIFIER, "score"
    return joined and draft.form == "digits"


def _judge_noun(draft: Draft, noun: Noun, memory: Memory, document: Document) -> None:
    draft.kind, draft.rule = Kind.COUNT, "count"
    draft.unit = "person" if noun.sort == "person" else "item"
    round_words = draft.form in ("word", "exact", "vague") and draft.low >= 100
    if round_words and noun.head in grammar_rhetorical(document):
        draft.reason = Reason.RHETORICAL
    elif (noun.sort == "enumeration" and draft.low < 1000) or (noun.sort == "body" and _is_few(draft)) or (noun.sort == "other" and draft.low <= _SMALL and draft.form == "word"):
        draft.reason = Reason.ENUMERATION
    elif noun.sort in ("other", "name") and draft.scale >= (_MONEY_ALWAYS if _is_linked(draft) else _MONEY_FLOOR):
        _judge_wealth(draft, memory)


def _judge_wealth(draft: Draft, memory: Memory) -> None:
    """`394 millions supplémentaires`, `8 milliards d'argent frais`: no thing that is counted in such numbers."""
    if memory.money is not None or draft.scale >= _MONEY_ALWAYS:
        draft.noun = None
        _inherit(draft, memory, sure=True)


def grammar_rhetorical(document: Document) -> Phrases[int]:
    """Head nouns that make a round number a figure of speech, in the language of the document."""
    return load_grammar(document.pack.code).rhetorical


def _is_few(draft: Draft) -> bool:
    return draft.low <= _SMALL or draft.form == "vague"


def _is_linked(draft: Draft) -> bool:
    """Whether the thing counted is joined by a linker: `2 millions de cartouches`."""
    return draft.noun is not None and draft.noun[0] - draft.end > 1


def _judge_lone(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    """A number that counts nothing it names: it takes after a quantity before it, or is a label."""
    if draft.scale >= 1000 or draft.form in ("vague", "about", "exact") or draft.rule == "range":
        _inherit(draft, memory, sure=True)
    elif is_parallel(draft, document, grammar, floor) or _is_grouped(draft):
        _inherit(draft, memory, sure=_is_grouped(draft) or _is_labelled(draft, document))
    else:
        same = memory.in_sentence(draft.sentence)
        named = _word_before(document.text, draft.start)
        if same is not None and same.kind == Kind.COUNT and (named[:1].isupper() or _in_brackets(draft, document, floor)):
            _inherit(draft, memory, sure=False)
        if draft.kind is None and draft.form == "digits" and draft.low == draft.low.to_integral_value():
            _judge_named(draft, document.text, floor, named)


def _judge_named(draft: Draft, text: str, floor: int, named: str) -> None:
    """`the Watch 5`, `the S&P 500`: a number that counts nothing behind a capitalised word is part of a name."""
    joined = draft.start == draft.core and text[draft.start - 1 : draft.start] in _BLANKS
    if joined and any(c.isupper() for c in named) and floor + len(named) + 1 < draft.start and named[-1].isalpha():
        draft.reason, draft.rule = Reason.DESIGNATION, "name"


def _is_grouped(draft: Draft) -> bool:
    """Whether the number is written in groups of thousands, as labels never are."""
    return draft.form == "digits" and draft.low >= 1000 and draft.end - draft.core > 4


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


def _inherit(draft: Draft, memory: Memory, *, sure: bool) -> None:
    """Takes kind and unit from a quantity before; `sure` keeps the number as a count where there is none.

    Billions are money where the article speaks of any; a number without a magnitude takes after the count or sum of
    its own sentence, else after a count of the sentence before.
    """
    draft.inherited = True
    model = _find_model(draft, memory)
    if model is None and not sure:
        return
    if model is None:
        draft.kind, draft.unit, draft.rule = Kind.COUNT, "item", "count.lone"
        return
    draft.kind, draft.unit, draft.rule = model.kind, model.unit, f"{model.kind}.inherited"
    draft.noun = model.noun if model.kind == Kind.COUNT else None


def _find_model(draft: Draft, memory: Memory) -> Draft | None:
    count, money = memory.count, memory.money
    if draft.scale >= _MONEY_ALWAYS:
        return money
    if draft.scale >= 1000:
        scaled = [d for d in (count, money) if d is not None and d.scale >= 1000]
        return max(scaled, key=lambda d: d.start, default=money)
    same = memory.in_sentence(draft.sentence)
    if same is not None and (same.kind != Kind.MONEY or same.scale == 1):
        return same
    if count is not None and draft.sentence - count.sentence <= 2:
        return count
    return None


def _carry(draft: Draft, before: Draft | None, document: Document, grammar: Grammar, floor: int) -> None:
    """A number beside a rate is a rate too: `douze pièces par mois, contre six`, `$2 million each, SM-6s $3.9 million`."""
    if before is None or draft.per is not None or before.per is None or before.sentence != draft.sentence:
        return
    if draft.unit != before.unit or draft.kind != before.kind or draft.scale != before.scale:
        return
    if draft.inherited or (draft.kind == Kind.MONEY and before.per == "item"):
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
