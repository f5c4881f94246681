"""Numbers with their units: every number of a text, in digits or words, with the currency or unit that stands at it."""

from __future__ import annotations

from etl.extract.document import Document, Hit
from etl.extract.draft import Draft
from etl.extract.grammar import Grammar, Token
from etl.extract.number_words import read_words
from etl.extract.numbers import FIRST_DIGIT, Number, read_digits, read_leading_point
from etl.extract.prefixes import read_left, read_minus_word
from etl.extract.suffixes import read_fraction_unit, read_glued, read_suffix
from tracker.vocabulary import Qualifier, Reason

__all__ = ["Draft", "find_drafts"]


def find_drafts(document: Document, grammar: Grammar) -> list[Draft]:
    """Every number of the text in order with the unit that stands at it; names that hold digits come as designations."""
    text, folded = document.text, document.folded
    hits = grammar.number_words.find(folded)
    drafts: list[Draft] = []
    index, position, limit = 0, 0, len(hits)
    search = FIRST_DIGIT.search
    digit = search(text, 0)
    while digit is not None or index < limit:
        if index < limit and hits[index].start < position:
            index += 1
            continue
        if digit is not None and (index >= limit or digit.start() < hits[index].start):
            draft = _read_digit_draft(text, folded, digit.start(), position, grammar)
            drafts.append(draft)
            position = max(draft.end, digit.end())
            digit = search(text, position)
            continue
        found, index = _read_word_draft(text, folded, hits, index, grammar)
        if found is None or (found.lone and found.tag is not None and drafts and found.start - drafts[-1].end < 2):
            continue
        while drafts and found.start < drafts[-1].end:  # `one` of `one twenty-fifth`
            drafts.pop()
        drafts.append(found)
        position = found.end
        if digit is not None and digit.start() < position:
            digit = search(text, position)
    return drafts


def _read_word_draft(
    text: str, folded: str, hits: list[Hit[Token]], index: int, grammar: Grammar
) -> tuple[Draft | None, int]:
    """The draft of the number word at `index`, and the index of the first hit behind it."""
    hit = hits[index]
    if hit.value.tag == "one_unit":
        return _read_one_unit(text, folded, hit, grammar), index + 1
    number, following = read_words(text, folded, hits, index, grammar)
    index = max(following, index + 1)
    if number is None:
        return None, index
    draft = Draft(number)
    form = draft.form
    if form == "fraction" or form == "ordinal":
        read_fraction_unit(draft, text, folded, grammar)
        if draft.form == "ordinal":
            draft.reason = Reason.ORDINAL
        return draft, index
    if number.scale > 1:
        _read_bare_plural(draft, folded, grammar)
    if draft.form == "word":
        read_minus_word(draft, folded, 0, grammar)
    read_suffix(draft, text, folded, grammar)
    draft.lone = draft.tag is None and draft.low == grammar.one and draft.form == "word"
    return draft, index


def _read_one_unit(text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> Draft | None:
    """`a mile`, `un kilogramme`: one of a unit; none where the words say a rate (`$80 a barrel`)."""
    one = grammar.one
    draft = Draft(Number(hit.start, hit.start + hit.value.value, one, one, "word"))
    read_suffix(draft, text, folded, grammar)
    draft.lone = draft.low == one
    if draft.tag is None or (draft.lone and draft.tag == "time"):
        return None
    return draft


def _read_bare_plural(draft: Draft, folded: str, grammar: Grammar) -> None:
    """`millions` with no number before it says an order of magnitude."""
    if folded[draft.start + 1 : draft.end + 1] in grammar.plurals:
        draft.form, draft.low, draft.high = "vague", 2 * draft.low, 1000 * draft.high - 1
        draft.qualifier = Qualifier.VAGUE


def _read_digit_draft(text: str, folded: str, start: int, floor: int, grammar: Grammar) -> Draft:
    """The draft of the number at `start`; nothing before `floor` is its own, there the number before it ends."""
    number = read_digits(text, start, grammar.decimal)
    if start > floor and text[start - 1] in ".,":
        number = read_leading_point(text, start, number, grammar.decimal)
    draft = Draft(number)
    if number.form == "run":
        draft.reason = Reason.IDENTIFIER
        return draft
    if draft.start > floor and read_left(draft, text, floor, grammar):
        return draft
    if draft.form == "fraction":
        read_fraction_unit(draft, text, folded, grammar)
        return draft
    if not draft.prefixed and draft.rule != "signed":
        read_minus_word(draft, folded, floor, grammar)
    if read_glued(draft, text, grammar):
        return draft
    read_suffix(draft, text, folded, grammar)
    return draft
