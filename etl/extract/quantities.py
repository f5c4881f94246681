"""Numbers with their units: currency, percent, physical unit or span of time, ranges, and what the wording does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.document import Document
from etl.extract.grammar import Grammar, Symbol, Token
from etl.extract.numbers import FIRST_DIGIT, Number, add_magnitudes, read_digits, read_slash, read_words
from tracker.vocabulary import Kind, Qualifier, Reason

_RUN = re.compile(r"([ \u00a0\u202f\u2009-]?)([^\W\d_]*[$€£¥₴₹₽₩₪₺₸₾₼֏₦₫฿%٪％‰°²³][^\W\d_]*|[^\W\d_]+(?:/[^\W\d_]+|[²³23](?![\w]))?)")
_NAME_END = re.compile(r"[\w.]*(?:[-/‑][\w.]*\w)*")
_SIGN_CHARS = "$€£¥₴₹₽₩₪₺₸₾₼֏₦₫฿"
_BLANKS = " \u00a0\u202f\u2009"
_DASHES = "-‑−–"
_SINGLE_LETTER_SCALES = frozenset("kK")


class Draft:
    """A quantity under construction; private to the quantity stages, which turn it into a frozen `Quantity`."""

    tag: str | None = None
    """`currency`, `percent`, `points`, `unit`, `time`, `change`, None for a bare number."""
    unit: str | None = None
    hyphenated = False
    prefixed = False
    """Whether a currency stands before the number."""
    qualifier = Qualifier.EXACT
    qualifier_start = 0
    per: str | None = None
    kind: Kind | None = None
    reason: Reason | None = None
    noun: tuple[int, int] | None = None
    rule = ""
    sentence = 0
    inherited = False
    """Whether kind and unit come from another quantity."""
    in_change = False
    """Whether a list of changes runs on here: `the Navy comes next with £16.4bn (41%)`."""
    words: Sequence[str] = ()
    """The folded words before it in its sentence."""
    left: Sequence[str] = ()
    """The same without the qualifier."""
    right: Sequence[str] = ()
    """The folded words behind it."""

    def __init__(self, number: Number) -> None:
        self.start, self.end, self.low, self.high, self.form, self.other, self.scale = number
        self.core = number.start
        """Where the number itself begins, behind a sign or currency."""


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
        number, following = read_words(text, folded, hits, index, grammar)
        index = max(following, index + 1)
        if number is None:
            continue
        draft = Draft(number)
        if drafts and draft.start < drafts[-1].end:  # `half` of `half a million`
            drafts.pop()
        _read_bare_plural(draft, folded, grammar)
        _read_suffix(draft, text, folded, grammar)
        drafts.append(draft)
        position = draft.end
        if digit is not None and digit.start() < position:
            digit = search(text, position)
    return drafts


def _read_bare_plural(draft: Draft, folded: str, grammar: Grammar) -> None:
    """`millions` with no number before it says an order of magnitude."""
    if folded[draft.start + 1 : draft.end + 1] in grammar.plurals:
        draft.form, draft.low, draft.high = "vague", 2 * draft.low, 1000 * draft.high - 1
        draft.qualifier = Qualifier.VAGUE


def _read_digit_draft(text: str, folded: str, start: int, floor: int, grammar: Grammar) -> Draft:
    """The draft of the number at `start`; nothing before `floor` is its own, there the number before it ends."""
    if text[start + 1 : start + 2] == "/":
        share = read_slash(text, folded, start, grammar)
        if share is not None:
            return Draft(share)
    number = read_digits(text, start, grammar)
    draft = Draft(number)
    if number.form == "run":
        draft.reason = Reason.IDENTIFIER
        return draft
    if start > floor and _read_left(draft, text, floor, grammar):
        return draft
    if _read_glued(draft, text, grammar):
        return draft
    _read_suffix(draft, text, folded, grammar)
    return draft


def _read_left(draft: Draft, text: str, floor: int, grammar: Grammar) -> bool:
    """Reads sign, currency or letters right before the digits; true where the number is part of a name."""
    start = draft.start
    before = text[start - 1]
    if before.isalpha() or before == "_":
        begin = start - 1
        while begin and start - begin < 8 and text[begin - 1].isalpha():
            begin -= 1
        code = grammar.codes.get(text[begin:start])
        if code is None:
            return _set_name(draft, text, begin)
        _set_prefix(draft, begin, code)
        return False
    if before in _DASHES or before == "+" or before == "±":
        return _read_sign(draft, text, before)
    place = start - 1 if before not in _BLANKS else start - 2
    if place >= floor:
        _read_prefix(draft, text, place, grammar)
    return False


def _read_sign(draft: Draft, text: str, sign: str) -> bool:
    start = draft.start
    left = text[start - 2] if start > 1 else " "
    if sign in "-‑" and left.isalpha():
        begin = start - 1
        while begin and start - begin < 40 and (text[begin - 1].isalnum() or text[begin - 1] in "-‑"):
            begin -= 1
        return _set_name(draft, text, begin)
    if not left.isalnum() and left not in ")%" and sign in "-−+" :
        draft.start = start - 1
        if sign != "+":
            draft.low, draft.high = -draft.low, -draft.high
        draft.rule = "signed"
    return False


def _read_prefix(draft: Draft, text: str, place: int, grammar: Grammar) -> None:
    """Reads a currency sign or code that ends at `place`, the last character before the number and its blank."""
    mark = text[place]
    if mark in _SIGN_CHARS:
        for length in (4, 3, 2, 1):
            begin = place + 1 - length
            if begin >= 0 and text[begin : place + 1] in grammar.signs:
                if begin and length > 1 and text[begin - 1].isalpha():
                    continue
                _set_prefix(draft, begin, grammar.signs[text[begin : place + 1]])
                return
    elif mark.isalpha() or mark == ".":
        begin = place
        while begin and place - begin < 5 and text[begin - 1].isalpha():
            begin -= 1
        code = grammar.codes.get(text[begin : place + 1])
        if code and (begin == 0 or not text[begin - 1].isalnum()):
            _set_prefix(draft, begin, code)


def _set_prefix(draft: Draft, begin: int, currency: str) -> None:
    draft.start = begin
    draft.tag, draft.unit, draft.prefixed = "currency", currency, True


def _set_name(draft: Draft, text: str, begin: int) -> bool:
    """The number is part of a name such as F-16 or 2A6: the draft covers the whole name."""
    match = _NAME_END.match(text, draft.end)
    end = match.end() if match else draft.end
    while end > draft.end and text[end - 1] in ".-/":
        end -= 1
    draft.start, draft.end = begin, end
    crossed = text[draft.core : end].lower().replace("x", "").replace(".", "")
    is_size = crossed.isdigit() and text[draft.core : end].isascii()  # `5.56x45`
    draft.reason, draft.rule = (Reason.SPECIFICATION, "size") if is_size else (Reason.DESIGNATION, "name")
    return True


def _read_glued(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Reads letters right behind the digits: `40m`, `155mm`, `2nd`, `2A6`; true where nothing more may follow."""
    end = draft.end
    after = text[end : end + 1]
    if not after.isalpha():
        return False
    match = _RUN.match(text, end)
    run = match[2] if match else after
    symbol = grammar.read_symbol(run)
    if symbol is not None and not text[end + len(run) : end + len(run) + 1].isdigit():
        if symbol.token is not None or draft.prefixed or run in _SINGLE_LETTER_SCALES or len(run) > 1:
            return False
        following = _RUN.match(text, end + len(run))
        if following and grammar.read_symbol(following[2]) is not None:
            return False
    if run in grammar.ordinal_suffixes:
        draft.end, draft.reason, draft.rule = end + len(run), Reason.ORDINAL, "ordinal"
        return True
    return _set_name(draft, text, draft.start)


def _read_suffix(draft: Draft, text: str, folded: str, grammar: Grammar) -> None:
    """Reads magnitudes, then currency, percent, unit or span of time behind the number; extends the draft over them."""
    for _ in range(4):
        token, end = _read_token(draft, text, folded, grammar)
        if token is None:
            return
        if token.tag == "scale":
            if not _take_scale(draft, text, folded, token.value, end, grammar):
                return
            continue
        if draft.prefixed:
            is_code = token.tag == "currency" and text[draft.end : end].strip(_BLANKS) in grammar.codes
            if is_code and not text[end : end + 2].strip(_BLANKS)[:1].isdigit():
                draft.unit, draft.end = _more_exact(draft.unit, token.value), end
            return
        draft.hyphenated = text[draft.end : draft.end + 1] in ("-", "‑")
        if draft.hyphenated and token.tag == "currency":  # `2,000-pound bars` are no money
            token = grammar.weights.get(folded[draft.end + 1 : end + 1].strip(), token)
        draft.tag, draft.unit = token.tag, token.value
        draft.end = end
        if token.tag == "currency" and token.value == "$":
            _read_dollar_country(draft, text, grammar)
        return


def _more_exact(unit: str | None, other: str) -> str:
    return other if unit is None or not unit.isalpha() else unit


def _read_dollar_country(draft: Draft, text: str, grammar: Grammar) -> None:
    """`5 $ US`, `950 $ CA`: letters behind the sign say whose dollar it is."""
    match = _RUN.match(text, draft.end)
    if match and "$" + match[2] in grammar.signs:
        draft.unit, draft.end = grammar.signs["$" + match[2]], match.end()


def _take_scale(draft: Draft, text: str, folded: str, scale: int, end: int, grammar: Grammar) -> bool:
    """Multiplies by a magnitude; false where it cannot belong to this number."""
    if draft.form not in ("digits", "word", "exact", "about") or (draft.scale > 1 and scale >= draft.scale):
        return False
    factor = grammar.doubtful.get(folded[draft.end + 1 : end + 1].strip(), 1)
    number = Number(draft.start, draft.end, draft.low, draft.high, draft.form, draft.other)
    scaled = add_magnitudes(number, scale, end, factor)
    draft.low, draft.high, draft.other, draft.scale, draft.end = scaled.low, scaled.high, scaled.other, scale, end
    _take_tail(draft, text, folded, grammar)
    return True


def _take_tail(draft: Draft, text: str, folded: str, grammar: Grammar) -> None:
    """`1 million 200 000`, `133 milliards et 453 millions`, `un million et demi`: what is added after a magnitude."""
    for tail, part in grammar.tails.items():
        if folded.startswith(tail, draft.end + 2) and not folded[draft.end + 2 + len(tail) : draft.end + 3 + len(tail)].isalnum():
            draft.low += part * draft.scale
            draft.high = draft.low
            draft.end += 1 + len(tail)
            return
    place = draft.end + 1
    joined = False
    for joiner in grammar.joiners:
        if folded.startswith(" " + joiner + " ", draft.end + 1):
            place, joined = draft.end + 2 + len(joiner), True
    if text[place : place + 1].isdigit() and text[draft.end : draft.end + 1] in _BLANKS:
        number = read_digits(text, place, grammar)
        rest = Draft(number)
        token, end = _read_token(rest, text, folded, grammar)
        worth = number.low
        if joined and token is not None and token.tag == "scale":
            worth, rest.end = worth * token.value, end
        elif joined or number.end - number.start < 6 or (token is not None and token.tag == "scale"):
            return
        if worth < draft.scale and number.form == "digits":
            draft.low += worth
            draft.high, draft.end = draft.low, rest.end


def _read_token(draft: Draft, text: str, folded: str, grammar: Grammar) -> tuple[Token | None, int]:
    """The magnitude or unit that stands right behind the draft, and where it ends."""
    end = draft.end
    after = text[end : end + 1]
    place = end + 1 if after in _BLANKS or after in "-‑" else end
    stop = folded.find(" ", place + 1, place + 26)
    if grammar.is_plain_word(text[place : stop - 1 if stop > 0 else place + 25]):
        return None, end
    if draft.scale > 1 or draft.form in ("vague", "exact", "about"):
        end = _skip_linker(text, folded, end, grammar)
    match = _RUN.match(text, end)
    if match is None:
        return None, end
    symbol = grammar.read_symbol(match[2])
    if symbol is not None:
        token = _fit_symbol(draft, symbol, match, text, folded, grammar)
        if token is not None:
            stop = match.end()
            if token.tag == "scale":
                stop += text[stop : stop + 1] == "." and text[stop + 1 : stop + 2] in _BLANKS
            return token, stop
    return _read_phrase(draft, folded, draft.end, grammar)


def _skip_linker(text: str, folded: str, end: int, grammar: Grammar) -> int:
    """Where a sign stands behind `d'` or `de`: `20 Mds d'€`; `end` where no linker follows."""
    for linker in grammar.linkers:
        place = end + 1 + len(linker)
        if folded.startswith(" " + linker + " ", end + 1):
            return place + 1 if text[place : place + 1] in "'’" else place
    return end


def _fit_symbol(
    draft: Draft, symbol: Symbol, match: re.Match[str], text: str, folded: str, grammar: Grammar
) -> Token | None:
    """What the run of letters means behind this draft: `m` is a million after a sign and a metre elsewhere."""
    run, token = match[2], symbol.token
    factor = grammar.abbreviations.get(run)
    if factor is not None:
        if draft.prefixed or len(run) > 1 or (run in _SINGLE_LETTER_SCALES and not match[1]):
            return Token("scale", factor)
        following = text[match.end() : match.end() + 2].strip(_BLANKS)
        if following and following[0] in _SIGN_CHARS:
            return Token("scale", factor)
        words = folded[match.end() + 2 : match.end() + 40].split(" ", 5)
        unit = grammar.suffixes.begin(words)[0] or grammar.suffixes.begin(words[1:] if words[0] in grammar.linkers else [])[0]
        if unit is not None and unit.tag == "currency":
            return Token("scale", factor)
    if token is None:
        return None
    if symbol.scale > 1:
        draft.low, draft.high, draft.scale = draft.low * symbol.scale, draft.high * symbol.scale, symbol.scale
    if token.tag == "unit" and (draft.prefixed or draft.scale > 1 or text[match.end() : match.end() + 1] in ("'", "’")):
        return None
    if token.tag == "unit" and len(run) == 1 and match[1] and draft.form != "digits":
        return None
    return token


def _read_phrase(draft: Draft, folded: str, end: int, grammar: Grammar) -> tuple[Token | None, int]:
    """The longest entry of the suffix table right behind `end`, skipping `d'` or `of` after a magnitude."""
    words = folded[end + 2 : end + 64].split(" ", 7)
    if not words[0]:
        return None, end
    if words[0] in grammar.linkers and (draft.scale > 1 or draft.form in ("vague", "exact", "about")):
        token, count = grammar.suffixes.begin(words[1:])
        if token is not None and token.tag in ("currency", "unit"):
            return token, end + 2 + len(words[0]) + len(" ".join(words[1 : 1 + count]))
    token, count = grammar.suffixes.begin(words)
    return token, end + 1 + len(" ".join(words[:count]))
