"""What a run of letters and signs right behind a number means there: a unit, a currency, a magnitude, or nothing."""

from __future__ import annotations

import re

from etl.extract.draft import BLANKS, SIGN_CHARS, Draft
from etl.extract.grammar import Grammar, Symbol, Token

RUN = re.compile(
    r"([ \u00a0\u202f\u2009-]?)"
    r"([^\W\d_]*[$€£¥₴₹₽₩₪₺₸₾₼֏₦₫฿¢%٪％‰°²³][^\W\d_]*|[^\W\d_]+(?:/[^\W\d_]+|[²³]|\^?[23](?![\w]))?|''|″|′′|\"|'(?!\w)|'(?=\d{1,2}(?:\"|″|''))|′)"
)
ENDS = frozenset({"", ".", ",", ";", ":", ")", "\n", "!", "?", "]", "»", "”", "/"})
_NEXT = re.compile(r"[ \u00a0\u202f]([^\W\d_]+|[$€£¥])")
SINGLE_LETTER_SCALES = frozenset("kK")


def _ends(text: str, end: int) -> bool:
    return text[end : end + 1] in ENDS


def fit_symbol(
    draft: Draft, symbol: Symbol, match: re.Match[str], text: str, folded: str, grammar: Grammar
) -> Token | None:
    """What the run of letters means behind this draft: `m` is a million after a sign and a metre elsewhere."""
    run, token = match[2], symbol.token
    factor = grammar.abbreviations.get(run)
    if factor is not None and _is_magnitude(draft, match, token, text, folded, grammar):
        return Token("scale", factor)
    if token is None:
        return None
    if symbol.scale > 1:
        draft.low, draft.high, draft.scale = draft.low * symbol.scale, draft.high * symbol.scale, symbol.scale
    if token.tag == "unit" and not _may_measure(draft, match, text, grammar):
        return None
    if token.tag == "subunit" and run.isalpha() and match[1]:  # `43c`, but not `43 c`
        return None
    return token


def _may_measure(draft: Draft, match: re.Match[str], text: str, grammar: Grammar) -> bool:
    """Whether a unit's symbol means the unit here: not after a sum of money, nor a spaced letter after a word."""
    run = match[2]
    if draft.prefixed or text[match.end() : match.end() + 1] in ("'", "’"):
        return False
    if draft.scale > 1 and len(run) == 1:
        return False
    if match[1] == " " and run in grammar.word_symbols:
        if draft.low.as_tuple().exponent != 0:  # `2.5 in thick`
            return True
        return text[match.end() : match.end() + 1] in ("", ".", ",", ")", ";", "\n")
    return not (len(run) == 1 and match[1] and draft.form not in ("digits", "fraction"))


def _is_magnitude(
    draft: Draft, match: re.Match[str], token: Token | None, text: str, folded: str, grammar: Grammar
) -> bool:
    """Whether letters that may be a magnitude or a unit are the magnitude."""
    run = match[2]
    if draft.prefixed or len(run) > 1 or (run in SINGLE_LETTER_SCALES and (not match[1] or _ends(text, match.end()))):
        return True
    following = text[match.end() : match.end() + 2].strip(BLANKS)
    if following and following[0] in SIGN_CHARS:
        return True
    rate = RUN.match(text, match.end()) if "/" in text[match.end() : match.end() + 5] else None
    if rate and rate[2] in grammar.rate_letters:  # `1.4m b/d`
        return True
    words = folded[match.end() + 2 : match.end() + 40].split(" ", 5)
    unit = grammar.suffixes.begin(words)[0] or grammar.suffixes.begin(words[1:] if words[0] in grammar.linkers else [])[0]
    if unit is not None and unit.tag in ("currency", "unit"):
        return True
    if match[1] in ("", " ") and _names_mass(words, grammar):
        return True
    return token is None and not match[1] and draft.low.as_tuple().exponent != 0  # `1.2M`


def _names_mass(words: list[str], grammar: Grammar) -> bool:
    """Whether people or things that are counted by the million follow: `1m shells`, `2m of its soldiers`."""
    for word in words[:4]:
        if word in grammar.masses:
            return True
        if word in grammar.stops and word not in grammar.count_linkers:
            return False
    return False


def find_symbol(run: str, match: re.Match[str], grammar: Grammar) -> tuple[Symbol | None, int]:
    """The symbol that the letters are, or that stands before their slash (`5 W/min`, a rate); and where it ends."""
    symbol = grammar.read_symbol(run)
    if symbol is None and run[0] in SIGN_CHARS and len(run) > 1:  # `1 200 €HT`
        return grammar.read_symbol(run[0]), match.start(2) + 1
    if symbol is not None or "/" not in run:
        return symbol, match.end()
    symbol = grammar.read_symbol(run.split("/", 1)[0])
    is_unit = symbol is not None and symbol.token is not None and symbol.token.tag == "unit"
    return (symbol if is_unit else None), match.start(2) + run.index("/")


def goes_on(text: str, stop: int, grammar: Grammar) -> bool:
    """Whether the sentence goes on behind the full stop of an abbreviation: `3 Mio. euros`, `2,8 Mrd. Euro`."""
    match = _NEXT.match(text, stop)
    if match is None:
        return False
    return match[1][0].islower() or isinstance(grammar.read_word(match[1]), tuple) or grammar.read_symbol(match[1]) is not None
