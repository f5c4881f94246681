"""What a run of letters and signs right behind a number means there: a unit, a currency, a magnitude, or nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.extract.quantities.draft import BLANKS, SIGN_CHARS, Draft
from etl.extract.quantities.grammar import Grammar, Symbol, Token

_SPANS = frozenset({"day", "week", "month", "quarter", "year"})

RUN = re.compile(
    r"([ \u00a0\u202f\u2009-]?)"
    r"([^\W\d_]*[$€£¥₴₹₽₩₪₺₸₾₼֏₦₫฿¢₱₵₲৳₮%٪％‰°²³][^\W\d_]*|[^\W\d_]+(?:/[^\W\d_]+|[²³]|\^?[23](?![\w]))?|''|″|′′|\"|'(?!\w)|'(?=\d{1,2}(?:\"|″|''))|′)"
)
ENDS = frozenset({"", ".", ",", ";", ":", ")", "\n", "!", "?", "]", "»", "”", "/"})
_NEXT = re.compile(r"[ \u00a0\u202f]([^\W\d_]+|[$€£¥])")
SINGLE_LETTER_SCALES = frozenset("kK")
_PLAIN_WORDS = re.compile(r"(?:[ \u00a0\u202f](?:[dD]['’])?[^\W\d_]+){1,3}")
_OWNERS = ("'", "’")


class Run(NamedTuple):
    """Letters and signs behind a number: what stands between, the letters, and where they end."""

    blank: str
    letters: str
    end: int


def find_symbol(match: re.Match[str], grammar: Grammar) -> tuple[Symbol, Run] | None:
    """The symbol that a run of letters is, or that stands before its slash (`5 W/min`, `$2m/yr`), and its letters."""
    letters = match[2]
    symbol = grammar.read_symbol(letters)
    if symbol is None:
        if letters[0] in SIGN_CHARS:  # `1 200 €HT`
            letters = letters[0]
        elif "/" in letters:
            letters = letters.split("/", 1)[0]
        else:
            return None
        symbol = grammar.read_symbol(letters)
        if symbol is None or (symbol.token is not None and symbol.token.tag == "currency" and letters.isalpha()):
            return None
    return symbol, Run(match[1], letters, match.start(2) + len(letters))


def fit_symbol(draft: Draft, symbol: Symbol, run: Run, text: str, folded: str, grammar: Grammar) -> Token | None:
    """What the run of letters means behind this draft: `m` is a million after a sign and a metre elsewhere."""
    token = symbol.token
    factor = grammar.abbreviations.get(run.letters)
    if factor is not None and _is_magnitude(draft, run, token, text, folded, grammar):
        return Token("scale", factor)
    if token is None:
        return None
    if symbol.scale > 1:
        draft.low, draft.high, draft.scale = draft.low * symbol.scale, draft.high * symbol.scale, symbol.scale
    if token.tag == "unit" and not _may_measure(draft, run, text, grammar):
        return None
    if token.tag == "subunit" and run.letters.isalpha() and run.blank:  # `43c`, but not `43 c`
        return None
    return token


def _may_measure(draft: Draft, run: Run, text: str, grammar: Grammar) -> bool:
    """Whether a unit's symbol means the unit here: not after a sum of money, nor a spaced letter after a word."""
    after = text[run.end : run.end + 1]
    if draft.prefixed or after in ("'", "’") or after.isdigit():  # `250 TB2s`
        return False
    if draft.scale > 1 and len(run.letters) == 1:
        return False
    if run.blank == " " and run.letters in grammar.word_symbols:
        if draft.low.as_tuple().exponent != 0 and _is_described(text, run.end, grammar):  # `2.5 in thick`
            return True
        return after in ("", ".", ",", ")", ";", "\n")
    return not (len(run.letters) == 1 and run.blank and draft.form not in ("digits", "fraction"))


def _is_described(text: str, end: int, grammar: Grammar) -> bool:
    """Whether a plain word that begins no phrase of time or place follows: `2.5 in thick`, and not `1.42 in 2030`."""
    following = text[end : end + 24].split(None, 1)
    return bool(following) and following[0].islower() and following[0].isalpha() and following[0] not in grammar.stops


def _is_magnitude(draft: Draft, run: Run, token: Token | None, text: str, folded: str, grammar: Grammar) -> bool:
    """Whether letters that may be a magnitude or a unit are the magnitude."""
    letters, end = run.letters, run.end
    is_thousand = letters in SINGLE_LETTER_SCALES
    if draft.prefixed or len(letters) > 1 or (is_thousand and (not run.blank or text[end : end + 1] in ENDS)):
        return True
    following = text[end : end + 2].strip(BLANKS)
    if following and following[0] in SIGN_CHARS:
        return True
    rate = RUN.match(text, end) if "/" in text[end : end + 5] else None
    if rate and rate[2] in grammar.rate_letters:  # `1.4m b/d`
        return True
    words = folded[end + 2 : end + 40].split(" ", 5)
    unit = grammar.suffixes.begin(words)[0] or grammar.suffixes.begin(words[1:] if words[0] in grammar.linkers else [])[0]
    if unit is not None and unit.tag in ("currency", "unit"):
        return True
    if (is_thousand or not run.blank or letters.isupper()) and _names_mass(text, end, grammar):
        return True
    if run.blank and (money := RUN.match(text, end)) is not None and money[2] in grammar.codes:
        return True  # `12 M USD`
    if not run.blank and text[end : end + 1] in BLANKS and grammar.per.begin(words)[0] in _SPANS:
        return True  # `or about 3m a year`
    return token is None and not run.blank and draft.low.as_tuple().exponent != 0  # `1.2M`


def _names_mass(text: str, end: int, grammar: Grammar) -> bool:
    """Whether people or things that are counted by the million follow at once: `1m artillery shells`, `2m d'obus`."""
    match = _PLAIN_WORDS.match(text, end)
    if match is None or text[match.end() : match.end() + 1] in _OWNERS:
        return False
    words = match.group().lower().replace("’", " ").replace("'", " ").split()
    if not grammar.head_last:
        return words[words[0] in grammar.linkers and len(words) > 1] in grammar.masses
    for word in words:
        if word in grammar.masses:
            return True
        if word in grammar.properties or (word in grammar.stops and word not in grammar.count_linkers):
            return False
    return False


def goes_on(text: str, stop: int, grammar: Grammar) -> bool:
    """Whether the sentence goes on behind the full stop of an abbreviation: `3 Mio. euros`, `2,8 Mrd. Euro`."""
    match = _NEXT.match(text, stop)
    if match is None:
        return False
    return match[1][0].islower() or isinstance(grammar.read_word(match[1]), tuple) or grammar.read_symbol(match[1]) is not None
