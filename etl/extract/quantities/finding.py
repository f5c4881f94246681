"""Numbers with their units: every number of a text, in digits or words, with the currency or unit that stands at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.extract.document import Document, Hit
from etl.extract.quantities.draft import BLANKS, SIGN_CHARS, Draft
from etl.extract.quantities.grammar import Grammar, Token
from etl.extract.quantities.number_words import read_words
from etl.extract.quantities.numbers import Number, number_runs, read_digits, read_leading_point
from etl.extract.quantities.prefixes import read_left, read_minus_word
from etl.extract.quantities.suffixes import read_fraction_unit, read_glued, read_suffix
from etl.records import Span
from tracker.vocabulary import Qualifier, Reason

__all__ = ["Draft", "find_drafts"]

_NEVER = 1 << 62
_END = (_NEVER, _NEVER)
_TIME_END = re.compile(r"[0-9]+(?:[.:,][0-9]+)*|.")
_ZERO = Decimal(0)
_THOUSAND = 1000
_CALIBRE = 4
"""Characters of the calibre of a gun in millimetres with the blank before it."""
_BRACKETS = frozenset("([|")
_LEAD = 16
_LAST_WORD = re.compile(r"[^\s(\[|'’-]*\Z")
_TIMES_SIZE = re.compile(r"×[0-9][0-9.,]*\w*")


def find_drafts(
    document: Document, grammar: Grammar, dates: Sequence[Span], hits: list[Hit[Token]], digits: list[tuple[int, int]]
) -> list[Draft]:
    """Every number of the text in order with the unit that stands at it; names that hold digits come as designations.

    Numbers in one of the `dates`, which stand in order, are marked as such and read no further. `hits` are the number
    words of the text, `digits` its runs of digits.
    """
    text, folded = document.text, document.folded
    calendar = Calendar(dates)
    drafts: list[Draft] = []
    runs = iter(number_runs(text, digits))
    start, stop = next(runs, _END)
    index, position, limit = 0, 0, len(hits)
    following = hits[0].start if hits else _NEVER
    while True:
        if start < following:
            if calendar.holds(start):
                draft = _dated(start, calendar.clip(_TIME_END.match(text, start)))
            else:
                draft = _read_digit_draft(text, folded, start, stop, position, grammar)
                calendar.check(draft)
            drafts.append(draft)
            position = max(draft.end, stop)
        elif following == _NEVER:
            return drafts
        else:
            position, index = _take_words(text, folded, hits, index, position, drafts, calendar, grammar)
        while index < limit and hits[index].start < position:
            index += 1
        following = hits[index].start if index < limit else _NEVER
        while stop <= position:
            start, stop = next(runs, _END)
        if start < position:
            start = position


class Calendar:
    """The dates of a text in order, asked for ever later places."""

    __slots__ = ("_dates", "_end", "_index", "_start")

    def __init__(self, dates: Sequence[Span]) -> None:
        self._dates, self._index = dates, -1
        self._start = self._end = 0
        self._advance()

    def _advance(self) -> None:
        self._index += 1
        self._start, self._end = self._dates[self._index] if self._index < len(self._dates) else (_NEVER, _NEVER)

    def holds(self, place: int) -> bool:
        """Whether `place` lies in a date."""
        while self._end <= place:
            self._advance()
        return self._start <= place

    def clip(self, match: re.Match[str] | None) -> int:
        """The end of a match, or of the date where that comes first."""
        assert match is not None  # it began with a digit
        return min(match.end(), self._end)

    def check(self, draft: Draft) -> None:
        """Marks a draft that reaches into a date."""
        if self._start < draft.end and draft.core < self._end:
            draft.reason = Reason.DATE


def _dated(start: int, end: int) -> Draft:
    draft = Draft(Number(start, end, _ZERO, _ZERO, "digits"))
    draft.reason = Reason.DATE
    return draft


def _take_words(
    text: str,
    folded: str,
    hits: list[Hit[Token]],
    index: int,
    position: int,
    drafts: list[Draft],
    calendar: Calendar,
    grammar: Grammar,
) -> tuple[int, int]:
    """Adds the number that begins with the word at `index`; where to go on in the text and in the hits."""
    hit = hits[index]
    if calendar.holds(hit.start):
        drafts.append(_dated(hit.start, hit.end))
        return hit.end, index + 1
    found, index = _read_word_draft(text, folded, hits, index, grammar)
    if found is None or (found.lone and found.tag is not None and drafts and found.start - drafts[-1].end < 2):
        return position, index
    calendar.check(found)
    while drafts and found.start < drafts[-1].end:  # `one` of `one twenty-fifth`
        drafts.pop()
    drafts.append(found)
    return found.end, index


def _read_word_draft(
    text: str, folded: str, hits: list[Hit[Token]], index: int, grammar: Grammar
) -> tuple[Draft | None, int]:
    """The draft of the number word at `index`, and the index of the first hit behind it."""
    hit = hits[index]
    tag, value = hit.value
    if tag == "one_unit":
        return _read_one_unit(text, folded, hit, grammar), index + 1
    if value == 1 and tag == "number":
        following_word = folded[hit.end + 2 : hit.end + 16].split(" ", 1)[0]
        if following_word in grammar.idle_words and not _is_percent(text, folded, hit, grammar):
            return None, index + 1  # a pronoun
        if following_word in grammar.count_linkers:
            return _lone_one(hit, grammar), index + 1
    number, following = read_words(text, folded, hits, index, grammar)
    index = max(following, index + 1)
    if number is None:
        return None, index
    draft = Draft(number)
    if draft.form in ("fraction", "ordinal"):
        return _read_part_draft(draft, text, folded, hit, grammar), index
    if number.scale > 1:
        _read_bare_plural(draft, folded, grammar)
    if draft.form == "word":
        read_minus_word(draft, folded, 0, grammar)
    read_suffix(draft, text, folded, grammar)
    draft.lone = draft.tag is None and draft.low == grammar.one and draft.form == "word"
    if tag == "scale" and number.scale > _THOUSAND and number.start == hit.start and _is_no_amount(draft, text, hit, grammar):
        return None, index
    return draft, index


def _is_no_amount(draft: Draft, text: str, hit: Hit[Token], grammar: Grammar) -> bool:
    """A magnitude with no number: that of a table's columns, `(in € million)`, or a word no article leads, `Lac Léman`."""
    before = text[max(0, hit.start - _LEAD) : hit.start].rstrip(BLANKS)
    match = _LAST_WORD.search(before)
    word = match.group() if match else ""
    opening = before[: len(before) - len(word)].rstrip(BLANKS)[-1:]
    if (word and word[-1] in SIGN_CHARS) or word in grammar.codes or (opening in _BRACKETS and not word):
        return True
    is_head = opening in _BRACKETS if opening else draft.tag == "currency"
    if word.lower() in grammar.column_leads and (is_head or (draft.tag == "currency" and text[draft.end : draft.end + 2] == ":\n")):
        return True
    is_bare = draft.end == hit.end and draft.form == "word"
    return is_bare and (text[hit.start].isupper() or word.lower() not in grammar.skip)


def _is_percent(text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> bool:
    """Whether a word for one is not one of an idle phrase: `one per cent`."""
    draft = _lone_one(hit, grammar)
    read_suffix(draft, text, folded, grammar)
    return draft.tag == "percent"


def _lone_one(hit: Hit[Token], grammar: Grammar) -> Draft:
    draft = Draft(Number(hit.start, hit.end, grammar.one, grammar.one, "word"))
    draft.lone = True
    return draft


def _read_part_draft(draft: Draft, text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> Draft | None:
    """A fraction with its unit, or an ordinal; None for a word that is neither here: `pays tiers`, `the last quarter`."""
    read_fraction_unit(draft, text, folded, grammar)
    if draft.form == "ordinal":
        if draft.end == hit.end and folded[hit.start + 1 : hit.end + 1] in grammar.only_parts:
            return None
        draft.reason = Reason.ORDINAL
    return draft


def _read_one_unit(text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> Draft | None:
    """`a mile`, `un kilogramme`: one of a unit; none where the words say a rate (`$80 a barrel`)."""
    length, tag = hit.value.value
    is_span = tag != "time" or folded.startswith(grammar.joiner_starts, hit.end + 1)
    if not is_span and not _is_span_of_one(text, folded, hit, grammar):
        return None
    one = grammar.one
    draft = Draft(Number(hit.start, hit.start + length, one, one, "word"))
    read_suffix(draft, text, folded, grammar)
    draft.lone = (draft.low == one or draft.rule == "money.subunit") and draft.tag not in ("percent", "points")
    if draft.tag is None or (is_span and draft.lone and draft.tag == "time"):
        return None
    if text[draft.end + 1 : draft.end + 2].isdigit() and text[hit.start + length + 1 : draft.end] in grammar.designations:
        return None  # `a Euro 6 engine`
    return draft


def _is_span_of_one(text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> bool:
    """`within a month`, `a week` alone on its line: a span of time and no rate."""
    before = folded[max(0, hit.start - 16) : hit.start + 1].split()
    if text[hit.start - 1 : hit.start] not in ("", "\n"):
        return grammar.one_leads.end(before)[1] > 0
    return text[hit.end : hit.end + 1] in ("", "\n")


def _read_bare_plural(draft: Draft, folded: str, grammar: Grammar) -> None:
    """`millions` with no number before it says an order of magnitude."""
    if folded[draft.start + 1 : draft.end + 1] in grammar.plurals:
        draft.form, draft.low, draft.high = "vague", 2 * draft.low, 1000 * draft.high - 1
        draft.qualifier = Qualifier.VAGUE


def _read_digit_draft(text: str, folded: str, start: int, end: int, floor: int, grammar: Grammar) -> Draft:
    """The draft of the number with the digits `start:end`; nothing before `floor` is its own, there the number before it ends."""
    number = read_digits(text, start, end, grammar.decimal)
    if start > floor and text[start - 1] in ".,":
        number = read_leading_point(text, start, number, grammar.decimal)
    draft = Draft(number)
    if number.form == "run":
        draft.reason = Reason.IDENTIFIER
        return draft
    if draft.start > floor and read_left(draft, text, floor, grammar):
        return draft
    if text[draft.end : draft.end + 1] == "×" and _take_size(draft, text):
        return draft
    if draft.form == "fraction":
        read_fraction_unit(draft, text, folded, grammar)
        return draft
    if folded[draft.start - 1] in grammar.minus_ends and not draft.prefixed and draft.rule != "signed":
        read_minus_word(draft, folded, floor, grammar)
    if text[draft.end : draft.end + 1].isalpha() and read_glued(draft, text, grammar):
        return draft
    read_suffix(draft, text, folded, grammar)
    if draft.unit == "millimeter" and number.end - end == _CALIBRE and text[end + 1 : number.end] in grammar.gun_calibres:
        whole = Decimal(text[start:end])
        return Draft(Number(start, end, whole, whole, "digits"))  # `31 155 mm howitzers`
    return draft


def _take_size(draft: Draft, text: str) -> bool:
    """`7.62×39` is a size; false where no digits follow the sign."""
    match = _TIMES_SIZE.match(text, draft.end)
    if match:
        draft.end, draft.reason, draft.rule = match.end(), Reason.SPECIFICATION, "size"
    return match is not None
