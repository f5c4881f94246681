"""Numbers that only name: pages, designations, ages, list numbers, scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.document import Document
from etl.extract.quantities.counting import is_shouted, read_noun
from etl.extract.quantities.draft import Draft
from etl.extract.quantities.grammar import Grammar
from tracker.vocabulary import Reason

_BLANKS = " \u00a0\u202f"
_VARIANT = re.compile(r"\d+-\d+")
_JOINTS = "-–/:"
_OPENERS = ("[", "(", "/")
_LINE_STARTS = ("", "\n")
_LAST_NOTE = 99
_OLDEST = 120
_NEAR_AGE = 8
"""How far before a number `age` may stand, in words."""
_BRACKETED = re.compile(r"\(\d")
_NEAR_BRACKETS = 100
"""How far from a number in brackets another makes a list of the two, in characters."""
_LONG = 10_000
"""From here on English writes amounts in groups."""
_LARGE = 1000
"""Few labels are numbers from here on."""


def _identify(draft: Draft, text: str, grammar: Grammar) -> str:
    """The rule by which digits alone are no amount: an age, or a label with a nought before it, `action 03`; empty for others."""
    if text[draft.core] == "0" and text[draft.core + 1 : draft.end].isdigit():
        return "label"
    if _is_cited(draft, text, grammar):
        return "citation"
    return "age" if _is_stated_age(draft, text, grammar) else ""


def _is_cited(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`14 U.S.C. 1151`, `Executive Order 13581`: a number of a law, beside its code or long, without groups and behind a name."""
    start, end = draft.start, draft.end
    if any(text.startswith(code, end + 1) or text.startswith(code, max(0, start - 1 - len(code))) for code in grammar.law_codes):
        return True
    if not grammar.head_last or draft.low < _LONG or not text[draft.core : end].isdigit() or draft.start != draft.core:
        return False
    return word_before(text, start).istitle() and text[start - 2 : start - 1].isalpha() and text[end : end + 1] in ("", ".", ",", ")", ";", "\n")


def is_label(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """Numbers that only name: `page 14`, `Leopard 2`, an age behind a name, the number of a list item, a score."""
    text, start = document.text, draft.start
    words = draft.words
    if draft.rule == "range":
        return draft.scale == 1 and bool(words) and _is_range_label(draft, text, grammar)
    if draft.scale > 1 or draft.form not in ("digits", "word"):
        return False
    if draft.form == "digits" and words:
        if _is_named_by_words(draft, text, grammar):
            draft.reason, draft.rule = Reason.DESIGNATION, "gazetteer"
            _cover_name(draft, text)
            return True
        is_grouped = draft.low >= _LARGE and not text[draft.core : draft.end].isdigit()
        if words[-1] in grammar.identifiers and not is_grouped and text[start - 1] in _BLANKS + ".°" and text[start - 2] != ",":
            if _counts_behind(draft, text, grammar):
                return False
            draft.reason, draft.rule = Reason.IDENTIFIER, "label"
            return True
    identified = _identify(draft, text, grammar) if draft.form == "digits" else ""
    if identified:
        draft.reason, draft.rule = Reason.IDENTIFIER, identified
        return True
    before, after = text[start - 1 : start], text[draft.end : draft.end + 1]
    if before in _LINE_STARTS and _is_list_number(draft, after):
        return True
    if (before in _JOINTS or after in _JOINTS) and _is_score(draft, text):
        return True
    return before in _OPENERS and _is_footnote(draft, text)


def _is_range_label(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`pages 12-14`, `volunteers aged 18 to 24`, `Boeing 737-800`."""
    words = draft.words
    is_age = words[-1] in grammar.ages.tails and grammar.ages.end(words)[1] > 0 and draft.high < _OLDEST
    if text[draft.start - 1] in _BLANKS and (is_age or words[-1] in grammar.identifiers):
        draft.reason = Reason.IDENTIFIER
        return True
    if draft.form == "digits" and _VARIANT.fullmatch(text, draft.start, draft.end) and _is_named_by_words(draft, text, grammar):
        draft.reason, draft.rule = Reason.DESIGNATION, "gazetteer"
        _cover_name(draft, text)
        return True
    return False


def _counts_behind(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether a number counts although a word for a label stands before it: `livre 300 blindés`, `the fleet will number 20`."""
    words = draft.words
    is_verb = words[-1] in grammar.verbs
    if is_verb and len(words) > 1 and words[-2] in grammar.auxiliaries:
        return True
    if not (is_verb or text[draft.start - 2] in _JOINTS or draft.low >= _LARGE):
        return False
    noun = read_noun(text, draft.end, draft.right, grammar)  # `le premier lot : 5 000 obus`
    return noun is not None and noun.sort in ("goods", "person")


def _is_named_by_words(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether the words before a number are a designation that it belongs to."""
    words, start = draft.words, draft.start
    last = text[start - 2 : start - 1]
    if last == "," or not (words[-1] in grammar.designation_tails or last.isupper() or last.isdigit()):
        return False
    previous = word_before(text, start)
    return bool(previous) and _is_name(previous, words, grammar)


def _is_stated_age(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`aged 71`, `children under 12`, `Umerov, 43, has run`."""
    start, end = draft.start, draft.end
    words = draft.words
    if words and words[-1] in grammar.ages.tails and grammar.ages.end(words)[1] and draft.low < _OLDEST:
        return text[end : end + 1] in (".", ",", ";", ")", "") or read_noun(text, end, draft.right, grammar) is None
    if not grammar.age_nouns.isdisjoint(words[-_NEAR_AGE:]) and draft.low < _OLDEST:  # `the age from 27 to 25`
        return read_noun(text, end, draft.right, grammar) is None
    if text[start - 1 : start] == "(":
        return _is_bracketed_age(draft, text, grammar)
    if text[start - 2 : start] != ", " or not 14 <= draft.low <= 99 or text[end : end + 1] not in (",", "."):
        return False
    return start > 2 and text[start - 3].isalpha() and word_before(text, start - 1)[:1].isupper()


def _is_bracketed_age(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`John Smith (42)`: behind two names of one who is no state, maker or weapon, and the only such number near."""
    start, end = draft.start, draft.end
    if text[end : end + 1] != ")" or not 16 <= draft.low <= 99 or draft.form != "digits" or text[start - 2 : start - 1] != " ":
        return False
    last = word_before(text, start - 1)
    first = word_before(text, start - 2 - len(last))
    if not (first.istitle() and last.istitle() and first.isalpha()) or text[start - 3 - len(last)] != " ":
        return False
    is_known = f"{first} {last}".lower() in grammar.states or last.lower() in grammar.states or last in grammar.designations
    return not is_known and len(_BRACKETED.findall(text, max(0, start - _NEAR_BRACKETS), end + _NEAR_BRACKETS)) == 1


def _is_name(previous: str, words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the word before a number is a designation that a number belongs to: `Leopard`, `SEA KING`, `A-RC`."""
    if previous in grammar.designations or previous.title() in grammar.designations:
        return True
    if " ".join(words[-2:]).title() in grammar.designations:
        return True
    return previous.isupper() and any(c in "-/0123456789" for c in previous)


def is_coded(draft: Draft, text: str, noun_start: int) -> bool:
    """`JAS 39 Gripen`: a small number between letters in capitals and a name belongs to the name."""
    if draft.form != "digits" or not text[noun_start].isupper() or draft.low >= 1000:
        return False
    previous = word_before(text, draft.start)
    is_code = previous.isupper() and previous.isalpha() and 2 <= len(previous) <= 4
    return is_code and text[draft.start - 2] != "," and not is_shouted(text, draft.start)


def word_before(text: str, start: int) -> str:
    """The word in front of `start`, with the marks inside it, or an empty string."""
    end = start
    while end and text[end - 1] in " \u00a0\u202f,":
        end -= 1
    begin = end
    while begin and end - begin < 24 and (text[begin - 1].isalnum() or text[begin - 1] in "./-"):
        begin -= 1
    return text[begin:end]


def _cover_name(draft: Draft, text: str) -> None:
    draft.start = text.rfind(word_before(text, draft.start), 0, draft.start)


def _is_list_number(draft: Draft, after: str) -> bool:
    """`3.` at the beginning of a line."""
    if draft.form == "digits" and draft.low < 100 and after in (".", ")", ":"):
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


def _is_behind_unit(draft: Draft, text: str) -> bool:
    """`155 mm/52`: a number that a slash ties to a unit or word is a property of the thing."""
    if not text[draft.start - 2 : draft.start - 1].isalpha():
        return False
    draft.reason, draft.rule = Reason.SPECIFICATION, "label"
    return True


def _is_footnote(draft: Draft, text: str) -> bool:
    """`$4.5m[3]`, `aircraft(1)`: a number in brackets that touch what stands before them."""
    start, end = draft.start, draft.end
    if text[start - 1] == "/":
        return _is_behind_unit(draft, text)
    if text[start - 1 : start] + text[end : end + 1] not in ("[]", "()") or draft.form != "digits" or draft.low > _LAST_NOTE:
        return False
    before = text[start - 2 : start - 1]
    if not before or before.isspace() or before in "([-":
        return False
    draft.reason, draft.rule = Reason.IDENTIFIER, "footnote"
    return True


def judge_lettered(draft: Draft, text: str, floor: int, grammar: Grammar) -> None:
    """`section 5c`, `the iPhone 5c`: a letter that may mean cents belongs to the number of a thing."""
    if not text[draft.end - 2].isdigit() or not draft.words:
        return
    if draft.words[-1] in grammar.identifiers:
        draft.reason, draft.rule = Reason.IDENTIFIER, "label"
    else:
        judge_named(draft, text, floor, word_before(text, draft.start))


def judge_named(draft: Draft, text: str, floor: int, named: str) -> None:
    """`the Watch 5`, `the S&P 500`: a number that counts nothing behind a capitalised word is part of a name."""
    joined = draft.start == draft.core and text[draft.start - 1 : draft.start] in _BLANKS
    if joined and any(c.isupper() for c in named) and floor + len(named) + 1 < draft.start and named[-1].isalpha() and not is_shouted(text, draft.start):
        draft.reason, draft.rule = Reason.DESIGNATION, "name"
