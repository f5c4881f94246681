"""What stands right behind a number: magnitudes, then a currency, percent, a physical unit or a span of time."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.extract.quantities.draft import BLANKS, HYPHENS, SIGN_CHARS, UNKNOWN_CURRENCY, Draft
from etl.extract.quantities.grammar import Grammar, Token
from etl.extract.quantities.number_words import read_part_behind
from etl.extract.quantities.numbers import DIGITS, read_digits
from etl.extract.quantities.prefixes import set_name
from etl.extract.quantities.symbols import ENDS, RUN, SINGLE_LETTER_SCALES, find_symbol, fit_symbol, goes_on
from tracker.vocabulary import Qualifier, Reason

_COUNTED_FORMS = frozenset({"digits", "word", "exact", "about"})
_PART_UNITS = frozenset({"unit", "time", "scale", "group"})
_STUCK_UNITS = _PART_UNITS | {"percent", "points"}
_STUCK = ("-", "+")
_THOUSAND = 1000
_GROUPED = 1_000_000
"""A number in figures from here on takes a linker before its unit, as a magnitude does: `10 000 000 d'euros`."""
_SHORT_UNIT = 2
"""Characters of an abbreviated unit."""
_COLLECTIVES = frozenset({"vague", "exact", "about"})
_DIGIT_WORD = 32
"""Characters in which the digit behind a word for the decimal mark ends."""
_PARTS = frozenset({"subunit", "rate", "percent", "points"})


def read_glued(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Reads letters right behind the digits: `40m`, `155mm`, `2nd`, `2A6`; true where nothing more may follow."""
    end = draft.end
    after = text[end : end + 1]
    if not after.isalpha():
        return False
    match = RUN.match(text, end)
    run = match[2] if match else after
    if text[draft.core : end + len(run)] in grammar.formats:
        return set_name(draft, text, draft.start)
    symbol = grammar.read_symbol(run)
    if symbol is None and "/" in run:  # `30c/litre`
        run = run.split("/", 1)[0]
        symbol = grammar.read_symbol(run)
    if symbol is not None and not text[end + len(run) : end + len(run) + 1].isdigit():
        if symbol.token is not None or draft.prefixed or run in SINGLE_LETTER_SCALES or len(run) > 1:
            return False
        if not draft.low.is_zero() and draft.low.as_tuple().exponent != 0:  # `1.2M`
            return False
        following = RUN.match(text, end + len(run))
        if following and grammar.read_symbol(following[2]) is not None:
            return False
    if run in grammar.ordinal_suffixes:
        draft.end, draft.reason, draft.rule = end + len(run), Reason.ORDINAL, "ordinal"
        return True
    if run.lower() in grammar.suffixes:
        return False
    return set_name(draft, text, draft.start)


def read_suffix(draft: Draft, text: str, folded: str, grammar: Grammar) -> None:
    """Reads magnitudes, then currency, percent, unit or span of time behind the number; extends the draft over them."""
    if text[draft.end : draft.end + 1] in _STUCK:
        _take_stuck(draft, text, folded, grammar)
    for _ in range(4):
        token, end = _read_token(draft, text, folded, grammar)
        if token is None or not _take_token(draft, token, text, folded, end, grammar):
            break
    if text[draft.end : draft.end + 1] in _STUCK:
        _take_stuck(draft, text, folded, grammar)


def _take_token(draft: Draft, token: Token, text: str, folded: str, end: int, grammar: Grammar) -> bool:
    """Takes in what stands behind the number up to `end`; true where more may follow."""
    tag = token.tag
    if tag == "scale":
        return _take_scale(draft, text, folded, token.value, end, grammar)
    if tag == "points" and text[end + 1 : end + 2].isalnum() and _take_spoken_digits(draft, text, folded, end, grammar):
        return True
    if tag == "group":
        if draft.form not in ("digits", "word") or draft.prefixed:
            return False
        draft.multiply(token.value, end)
        draft.form = "word"
        return True
    if tag != "other":
        _take_unit(draft, token, text, folded, end, grammar)
    return False


def _take_stuck(draft: Draft, text: str, folded: str, grammar: Grammar) -> None:
    """`20-odd years`, `30-plus nations`, `1,000+ drones`: what is stuck to a number says how exact it is."""
    end = draft.end
    if text[end] == "+":
        if not text[end + 1 : end + 2].isalnum() and text[end + 1 : end + 2] not in SIGN_CHARS:
            draft.qualifier, draft.end = Qualifier.OVER, end + 1
        return
    word = folded[end + 2 : end + 14].split(" ", 1)[0]
    meaning = grammar.stuck.get(word)
    if meaning is not None:
        draft.qualifier, draft.end = meaning, end + 1 + len(word)


def _take_spoken_digits(draft: Draft, text: str, folded: str, end: int, grammar: Grammar) -> bool:
    """`1 point 5`, `14-point-eight`: digits behind a word for the decimal mark; false where that word is something else."""
    raw = text[draft.core : draft.end]
    if not raw.isdigit() or text[draft.end] != text[end : end + 1] or folded[draft.end + 2 : end + 1] not in grammar.point_words:
        return False
    word = folded[end + 2 : end + _DIGIT_WORD].split(" ", 1)[0]
    number = word if word.isdecimal() and word.isascii() else str(grammar.cardinals.get(word, ""))
    if not number or (len(number) > 1 and number != word):
        return False
    draft.low = draft.high = Decimal(f"{raw}.{number}")
    draft.end = end + 1 + len(word)
    return True


def _take_unit(draft: Draft, token: Token, text: str, folded: str, end: int, grammar: Grammar) -> None:
    if draft.prefixed:
        is_code = token.tag == "currency" and text[draft.end : end].strip(BLANKS) in grammar.codes
        if is_code and not text[end : end + 2].strip(BLANKS)[:1].isdigit():
            draft.unit, draft.end = _more_exact(draft.unit, token.value), end
        return
    draft.hyphenated = text[draft.end : draft.end + 1] in HYPHENS
    if token.tag == "currency":
        if draft.hyphenated:  # `2,000-pound bars` are no money
            token = grammar.weights.get(folded[draft.end + 1 : end + 1].strip(), token)
        elif token.value == "$" and text[end - 1] == "$":
            draft.tag, draft.unit, draft.end = "currency", "$", end
            _read_dollar_country(draft, text, grammar)
            return
        elif token.value in grammar.ambiguous and not grammar.head_last:
            token, end = _read_people_behind(token, folded, end, grammar)
    elif token.tag in _PARTS and token.value is not None:
        token = _take_part(draft, token)
    draft.tag, draft.unit, draft.end = token.tag, token.value, end
    if draft.form in ("word", "digits") and not draft.hyphenated:
        share, stop = read_part_behind(text, folded, end, grammar)
        if share:  # `an hour and a half`
            draft.low, draft.high, draft.end = draft.low + share, draft.high + share, stop


def _read_people_behind(token: Token, folded: str, end: int, grammar: Grammar) -> tuple[Token, int]:
    """`2 milliards de dollars namibiens`: a currency of a people that the pack does not list is not known, and where it ends."""
    word = folded[end + 2 : end + 40].split(" ", 1)[0] if folded[end + 1 : end + 2] == " " else ""
    return (Token("currency", UNKNOWN_CURRENCY), end + 1 + len(word)) if word in grammar.peoples else (token, end)


def _take_part(draft: Draft, token: Token) -> Token:
    """The whole unit that a hundredth of a currency, a per mille or `bpd` stands for; the number is made one of it."""
    tag, value = token
    if tag == "subunit":
        draft.low, draft.high, draft.rule = draft.low / 100, draft.high / 100, "money.subunit"
        return Token("currency", value)
    if tag == "rate":
        draft.per = value[1]
        return Token("unit", value[0])
    draft.low, draft.high = draft.low / value, draft.high / value
    return Token(tag, None)


def _more_exact(unit: str | None, other: str) -> str:
    return other if unit is None or not unit.isalpha() else unit


def _read_dollar_country(draft: Draft, text: str, grammar: Grammar) -> None:
    """`5 $ US`, `950 $ CA`, `3 $ c`: letters behind the sign say whose dollar it is."""
    match = RUN.match(text, draft.end)
    if match and text[match.end() : match.end() + 1] not in ("'", "’", "-"):
        currency = grammar.signs.get("$" + match[2])
        if currency:
            draft.unit, draft.end = currency, match.end()


def read_fraction_unit(draft: Draft, text: str, folded: str, grammar: Grammar) -> None:
    """Reads the unit of a fraction, which makes it a number: `half an hour`, `1/4 mile`, `quart de litre`."""
    word = folded[draft.start + 1 : draft.end + 1].rsplit(" ", 1)[-1]
    if draft.form == "ordinal" and word not in grammar.part_words:
        return
    words = folded[draft.end + 2 : draft.end + 60].split(" ", 5)
    skip = 1 if words[0] in grammar.linkers else 0
    linked = skip
    if skip < len(words) and words[skip] in grammar.ones:
        skip += 1
    token, count = grammar.suffixes.begin(words[skip:])
    stop = draft.end + 1 + len(" ".join(words[: skip + count]))
    if token is None and not skip:
        token, stop = _read_token(draft, text, folded, grammar)
    if token is None or token.tag == "other" or (skip == linked and token.tag not in (_PART_UNITS if linked else _STUCK_UNITS)):
        return
    draft.form = "word"
    draft.low = draft.high = round(draft.low, 4).normalize()
    if token.tag == "scale":
        draft.multiply(token.value, stop)
        draft.scale = token.value
        read_suffix(draft, text, folded, grammar)
    elif token.tag == "group":
        draft.multiply(token.value, stop)
        read_suffix(draft, text, folded, grammar)
    else:
        draft.hyphenated = text[draft.end : draft.end + 1] in HYPHENS and not skip and word not in grammar.part_words
        draft.tag, draft.unit, draft.end = token.tag, token.value, stop


def _take_scale(draft: Draft, text: str, folded: str, scale: int, end: int, grammar: Grammar) -> bool:
    """Multiplies by a magnitude; false where it cannot belong to this number."""
    if draft.form not in _COUNTED_FORMS or (draft.scale > 1 and scale >= draft.scale and draft.scale != 1000):
        return False
    factor = grammar.doubtful.get(folded[draft.end + 1 : end + 1].strip(), 1) if grammar.doubtful else 1
    if factor > 1:
        draft.other = draft.low * scale * factor
    elif draft.other is not None:
        word = folded[draft.end + 1 : end + 1].strip()
        if draft.other < draft.low and word in grammar.magnitude_words and word not in grammar.plurals:
            draft.low = draft.high = draft.other  # `1.250 milliard`: the singular says that it is less than two
            draft.other = None
        else:
            draft.other *= scale
    draft.low *= scale
    draft.high = draft.low if draft.form != "vague" else draft.high * scale
    draft.scale, draft.end = scale, end
    _take_tail(draft, text, folded, grammar)
    return True


def _take_tail(draft: Draft, text: str, folded: str, grammar: Grammar) -> None:
    """`1 million 200 000`, `133 milliards et 453 millions`, `un million et demi`: what is added after a magnitude."""
    place = draft.end + 1
    joined = False
    if not text[place : place + 1].isdigit():
        joiner = folded[place + 1 : place + 5].split(" ", 1)[0]
        if joiner not in grammar.joiners:
            return
        share, stop = read_part_behind(text, folded, draft.end, grammar)
        if share:
            draft.low = draft.high = draft.low + share * draft.scale
            draft.end = stop
            return
        place, joined = place + 1 + len(joiner), True
    digits = DIGITS.match(text, place)
    if digits and text[draft.end : draft.end + 1] in BLANKS:
        number = read_digits(text, place, digits.end(), grammar.decimal)
        rest = Draft(number)
        token, end = _read_token(rest, text, folded, grammar)
        worth = number.low
        if joined and draft.low.normalize() % draft.scale:
            return  # `8.2 billion and 980 million euros`
        if joined and token is not None and token.tag == "scale":
            worth, rest.end = worth * token.value, end
        elif token is not None and token.tag == "scale" and draft.low == draft.high and token.value < draft.scale:
            worth, rest.end = worth * token.value, end  # `1 milliard 250 millions`
        elif joined or number.end - number.start < 6 or (token is not None and token.tag == "scale"):
            return
        if worth < draft.scale and number.form == "digits":
            draft.low += worth
            draft.high, draft.end = draft.low, rest.end


def _read_token(draft: Draft, text: str, folded: str, grammar: Grammar) -> tuple[Token | None, int]:
    """The magnitude or unit that stands right behind the draft, and where it ends."""
    end = draft.end
    after = text[end : end + 1]
    if after in ENDS:
        return None, end
    end += after == " " == text[end + 1 : end + 2]  # two blanks
    base, place = end, end + 1 if after in BLANKS or after in "-‑" else end
    stop = folded.find(" ", place + 1, place + 26)
    stop = stop - 1 if stop > 0 else min(place + 25, len(text))
    word = text[place:stop]
    if word in grammar.magnitude_adjectives and (apart := _read_scale_apart(draft, text, stop, grammar)) is not None:
        return apart
    meaning = grammar.read_word(word)
    if meaning is not True:
        is_none = meaning is False or (place > draft.end and _begins_name(meaning, text, place, stop))
        return (None, end) if is_none or meaning is False else (meaning, stop)
    if draft.scale > 1 or draft.form in _COLLECTIVES or draft.low >= _GROUPED:
        end = _skip_linker(text, folded, end, grammar)
    is_linked = end > draft.end + 1
    match = RUN.match(text, end)
    if match is None:
        return None, end
    run = match[2]
    if run[0] in "'\"′″":
        return _read_mark(draft, text, match, grammar)
    symbol, closed = _read_symbol(draft, match, text, folded, grammar, is_linked=is_linked)
    if symbol is not None and (symbol.tag != "currency" or text[closed : closed + 1] not in BLANKS):
        return symbol, closed
    token, stop = _read_phrase(draft, folded, base, grammar)
    if symbol is not None:  # `473 billion CFA francs`
        return (token, stop) if token is not None and token.tag == "currency" and stop > closed else (symbol, closed)
    return (None, end) if token is not None and match[1] and _begins_name(token, text, match.start(2), stop) else (token, stop)


def _read_scale_apart(draft: Draft, text: str, stop: int, grammar: Grammar) -> tuple[Token, int] | None:
    """`3 autres milliards`, `two more billion`: the magnitude behind an adjective that ends at `stop`, and where it ends."""
    match = RUN.match(text, stop) if draft.scale == 1 and text[stop : stop + 1] in BLANKS else None
    meaning = grammar.read_word(match[2]) if match else False
    if match is None or isinstance(meaning, bool) or meaning.tag != "scale" or meaning.value <= _THOUSAND:
        return None
    return None if text[match.end() : match.end() + 1] in HYPHENS else (meaning, match.end())


def _read_symbol(
    draft: Draft, match: re.Match[str], text: str, folded: str, grammar: Grammar, *, is_linked: bool
) -> tuple[Token | None, int]:
    """The sign, code or letters behind the draft that mean something, and where they end."""
    found = find_symbol(match, grammar)
    if found is None:
        return None, draft.end
    token, stop = fit_symbol(draft, *found, text, folded, grammar), found[1].end
    if token is None or (match[1] and _is_apart(token, text, match.start(2), stop, is_linked=is_linked)):
        return None, draft.end
    if token.tag == "scale" and text[stop : stop + 1] == ".":
        stop += goes_on(text, stop + 1, grammar)
    return token, stop


def _is_apart(token: Token, text: str, start: int, end: int, *, is_linked: bool) -> bool:
    """Whether a symbol behind a blank is that of the next word or number: `6 billion of M1A2 tanks`, `a Chinese one $10`."""
    if token.tag == "scale":
        return is_linked
    if token.tag == "currency":
        return text[end : end + 1].isdigit()
    return _begins_name(token, text, start, end)


def _begins_name(token: Token, text: str, start: int, end: int) -> bool:
    """Whether a unit behind a blank is the beginning of a name: `14 Mi-8`, `20 PT-91`, `six Kilo-class submarines`."""
    if text[end : end + 1] not in HYPHENS or token.tag in ("currency", "scale"):
        return False
    following, word = text[end + 1 : end + 2], text[start:end]
    return following.isdigit() or (following.isalpha() and word.istitle() and len(word) > _SHORT_UNIT)


def _read_mark(draft: Draft, text: str, match: re.Match[str], grammar: Grammar) -> tuple[Token | None, int]:
    """`5"`, `7'`: the marks of inches and feet, unless they close a quotation that stands open."""
    run = match[2]
    unit = grammar.unit_symbols.get(run)
    if unit is None or match[1] or draft.form != "digits" or draft.prefixed:
        return None, draft.end
    if run in "'\"":
        begin = text.rfind("\n", max(0, draft.start - 300), draft.start) + 1 or max(0, draft.start - 300)
        marks = text.count(run, begin, draft.start)
        if marks % 2 or (run == "'" and (marks or "‘" in text[begin : draft.start])):
            return None, draft.end
    return Token("unit", unit), match.end()


def _skip_linker(text: str, folded: str, end: int, grammar: Grammar) -> int:
    """Where a sign stands behind `d'` or `de`: `20 Mds d'€`; `end` where no linker follows."""
    for linker in grammar.linkers:
        place = end + 1 + len(linker)
        if folded.startswith(" " + linker + " ", end + 1):
            return place + 1 if text[place : place + 1] in "'’" else place
    return end


def _read_phrase(draft: Draft, folded: str, end: int, grammar: Grammar) -> tuple[Token | None, int]:
    """The longest entry of the suffix table right behind `end`, skipping `d'` or `of` after a magnitude."""
    glued = folded[end + 1 : end + 2] != " "
    begin = end + 1 if glued else end + 2
    words = folded[begin : begin + 62].split(" ", 7)
    if not words[0]:
        return None, end
    if words[0] in grammar.linkers and (draft.scale > 1 or draft.form in _COLLECTIVES or draft.low >= _GROUPED):
        token, count = grammar.suffixes.begin(words[1:])
        if token is not None and token.tag in ("currency", "subunit", "unit", "time"):
            return token, begin + len(words[0]) + len(" ".join(words[1 : 1 + count]))
    token, count = grammar.suffixes.begin(words)
    if token is None and len(words) > 1 and words[0] in grammar.issuers and words[1] in grammar.ambiguous:
        token, count = Token("currency", UNKNOWN_CURRENCY), 2  # `2 billion Ruritanian dollars`, `Ruritania dollars`
    return token, begin - 1 + len(" ".join(words[:count]))
