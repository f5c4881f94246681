"""Marks what belongs to the page and not to the article: paywall lines, counters, telephone numbers, rate lines.

A false mark loses claims, so a mark is never wider than the sentence or the short line that a cue stands in, and a
counter ("212 shares") is marked only where its part of the line says nothing else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from etl.extract.document import Hit, Matcher, fold_text
from etl.lexicon import BoilerplateWords, Pack, build_record
from etl.records import Span
from tracker.resources import resource_path

NEUTRAL = resource_path("etl", "extract", "boilerplate.toml")

_SHORT_LINE = 250
_LONGEST_SENTENCE = 300
_LONGEST_LIST = 8
_LONGEST_LINK = 140
_LEADS = " \t\u00a0\u202f\"'“«*>#►▶→[("
"""What may stand before a cue that opens a line."""
_TRAILS = _LEADS + ":»”])…"
_OPENING_MARKS = "|·•●.!?…;:–—-)]"
_REACH = 400
"""How far around a cue its line is looked at; more than a short line and a sentence."""
_SENTENCE_END = re.compile(r"[.!?…](?=[»”\")]*[\s\u00a0])[»”\")]*\s+(?![a-zà-ÿ])")
_PART_END = re.compile(r"[|·•●;:]|[.!?…](?=\s)| [-–—]+ |[()\[\]]")
_FOLLOWING_COUNT = re.compile(r"\s*\(\s*\d[\d\s.,]*[kKM]?\s*\)")
_AFTER_PHONE_CUE = re.compile(r"[^\d+\n]{0,24}")
_PHONE_DIGITS = re.compile(r"\+?\(?\d[\d(). \u00a0\u202f\u2009/–-]{0,30}\d")
_LONGEST_AMOUNT = 10
"""Digits that an amount with its sign may have; `+420 973 204 913` has more and is a telephone number."""
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\D\d{3})*\Z")
_INTERNATIONAL = re.compile(r"\+\(?\d{1,3}\)?[ \u00a0\u202f.(-]{1,2}\d[\d(). \u00a0\u202f-]{5,24}\d")
_NATIONAL = re.compile(r"0\d{1,4}(?:[ \u00a0\u202f.-]\d{2,4}){2,4}(?!\d)")
_DIGIT = re.compile(r"\d")
_RATE_LEFT = re.compile(r"[^\s\d=()]{0,3}\d[^\n=()]{0,15}\Z")
_RATE_RIGHT = re.compile(r"=[^\n=()\d]{0,6}\d[\d.,]*(?:[^\S\n][^\W\d_]{2,15})?")
_NOT_BLANK = re.compile(r"\S+")
_COUNT = re.compile(r"\d+(?:[km]|[kmg][bo])?\Z")


class Cue(Enum):
    """What a boilerplate word marks."""

    PHRASE = "phrase"
    OPENER = "opener"
    COUNTER = "counter"
    PHONE = "phone"


class _Lexicon(NamedTuple):
    matcher: Matcher[Cue]
    beside: frozenset[str]
    """Words that a counter's part may hold besides the number: `of`, `times`."""


class _Page(NamedTuple):
    text: str
    folded: str
    beside: frozenset[str]


def mark_boilerplate(text: str, pack: Pack, folded: str | None = None) -> tuple[Span, ...]:
    """The stretches of `text` that belong to the page, in order and apart; `folded` spares folding it again."""
    lexicon = _pack_lexicon(pack)
    page = _Page(text, fold_text(text) if folded is None else folded, lexicon.beside)
    spans: list[Span] = []
    for hit in lexicon.matcher.find(page.folded):
        span = _MARKERS[hit.value](page, hit)
        if span is not None:
            spans.append(span)
    spans.extend(_neutral_spans(text))
    return _merge_spans(spans)


_LEXICONS: dict[str, _Lexicon] = {}


def _pack_lexicon(pack: Pack) -> _Lexicon:
    if pack.code not in _LEXICONS:
        _LEXICONS[pack.code] = _build_lexicon(pack.boilerplate)
    return _LEXICONS[pack.code]


def _build_lexicon(words: BoilerplateWords) -> _Lexicon:
    neutral = _neutral_words()
    groups = (
        (Cue.PHRASE, words.phrases + neutral.phrases),
        (Cue.OPENER, words.openers + neutral.openers),
        (Cue.PHONE, words.phones + neutral.phones),
        (Cue.COUNTER, words.counters + neutral.counters),
    )
    pairs = [(surface, cue) for cue, surfaces in groups for surface in surfaces]
    beside = frozenset(fold_text(word).strip() for word in words.beside + neutral.beside)
    return _Lexicon(Matcher(pairs), beside)


@cache
def _neutral_words() -> BoilerplateWords:
    return build_record(BoilerplateWords, tomllib.loads(NEUTRAL.read_text(encoding="utf-8")), NEUTRAL.name)


def _mark_phrase(page: _Page, hit: Hit[Cue]) -> Span | None:
    """The sentence that holds the phrase; the whole line where that sentence begins a short one."""
    text = page.text
    begin, end = _line_bounds(text, hit.start)
    start = _sentence_start(text, begin, hit.start)
    if start == begin and end - begin <= _SHORT_LINE:
        return Span(begin, end)
    return Span(start, _sentence_stop(text, hit.end, end))


def _mark_opener(page: _Page, hit: Hit[Cue]) -> Span | None:
    """The rest of the sentence that the cue opens, or of a short line; None where the cue opens nothing.

    A cue that is a line of its own is the heading of a list of links, which goes with it.
    """
    text = page.text
    begin, end = _line_bounds(text, hit.start)
    before = text[max(begin, hit.start - 12) : hit.start].rstrip(_LEADS)
    if before and hit.start - len(before) >= begin and before[-1] not in _OPENING_MARKS:
        return None
    if text[begin : hit.start].strip(_LEADS) or end - begin > _SHORT_LINE:
        return Span(hit.start, _sentence_stop(text, hit.end, end))
    return Span(begin, end if text[hit.end : end].strip(_TRAILS) else _list_end(text, end))


def _list_end(text: str, end: int) -> int:
    """Where the list under a heading ends that ends at `end`: before a blank line, a sentence or a long line."""
    for _ in range(_LONGEST_LIST):
        begin, after = end + 1, _line_bounds(text, end + 1)[1]
        line = text[begin:after].strip()
        if not line or len(line) > _LONGEST_LINK or line[-1] in ".;,":
            break
        end = after
    return end


def _mark_counter(page: _Page, hit: Hit[Cue]) -> Span | None:
    """The part of the line that holds the counter and its number and says nothing else; None where it says more."""
    text = page.text
    if not _DIGIT.search(text, max(0, hit.start - 6), hit.end + 6):
        return None
    begin, end = _line_bounds(text, hit.start)
    for colon_ends in (True, False):
        start, stop = _part_bounds(text, hit, begin, end, colon_ends)
        if _is_bare_count(page, hit, start, stop):
            return Span(start, stop)
    return None


def _part_bounds(text: str, hit: Hit[Cue], begin: int, end: int, colon_ends: bool) -> tuple[int, int]:
    """The stretch of the line around the hit up to the next separators; a bracketed count after it belongs to it."""
    start = max(begin, hit.start - 60)
    for match in _PART_END.finditer(text, start, hit.start):
        if match[0] != ":" or colon_ends:
            start = match.end()
    following = _FOLLOWING_COUNT.match(text, hit.end, end)
    stop = following.end() if following else min(end, hit.end + 60)
    for match in _PART_END.finditer(text, following.end() if following else hit.end, stop):
        if match[0] != ":" or colon_ends:
            stop = match.start()
            break
    return start, stop


def _is_bare_count(page: _Page, hit: Hit[Cue], start: int, stop: int) -> bool:
    """Whether `text[start:stop]` holds a number, the hit and no other word than those that may stand beside it."""
    words = page.folded[start + 1 : hit.start + 1].split() + page.folded[hit.end + 1 : stop + 1].split()
    return any(word[0].isdigit() for word in words) and all(
        word in page.beside or not word[0].isalnum() or _COUNT.match(word) for word in words
    )


def _mark_phone(page: _Page, hit: Hit[Cue]) -> Span | None:
    text = page.text
    gap = _AFTER_PHONE_CUE.match(text, hit.end)
    digits = _PHONE_DIGITS.match(text, gap.end()) if gap else None
    if digits is None or not _looks_like_phone(digits[0]):
        return None
    return Span(hit.start, digits.end())


def _looks_like_phone(digits: str) -> bool:
    """Whether digits in groups are no amount: enough of them, and not grouped in thousands."""
    count = sum(map(str.isdigit, digits))
    return 7 <= count <= 15 and not _THOUSANDS.match(digits)


_MARKERS: dict[Cue, Callable[[_Page, Hit[Cue]], Span | None]] = {
    Cue.PHRASE: _mark_phrase,
    Cue.OPENER: _mark_opener,
    Cue.COUNTER: _mark_counter,
    Cue.PHONE: _mark_phone,
}


def _neutral_spans(text: str) -> Iterator[Span]:
    """Links, copyright lines, exchange-rate lines and telephone numbers, which need no word."""
    yield from _links(text)
    for at in _find_all(text, "©"):
        yield Span(at, _sentence_stop(text, at + 1, _line_bounds(text, at)[1]))
    for at in _find_all(text, "="):
        left, right = _RATE_LEFT.search(text[max(0, at - 24) : at]), _RATE_RIGHT.match(text, at)
        if left and right:
            yield Span(at - len(left[0]), right.end())
    for match in _INTERNATIONAL.finditer(text):
        digits = match[0][1:]
        if not _THOUSANDS.match(digits) or sum(map(str.isdigit, digits)) > _LONGEST_AMOUNT:
            yield Span(*match.span())
    for match in _NATIONAL.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        is_inside = before[-1:].isalnum() or before[-1:] in {".", ",", "-"} or before[:1].isdigit()  # `2 000 000 000 euros`
        if sum(map(str.isdigit, match[0])) >= 9 and not is_inside:
            yield Span(*match.span())


def _links(text: str) -> Iterator[Span]:
    at = text.find("://")
    while at >= 0:
        match = _NOT_BLANK.match(text, at)
        end = match.end() if match else at + 1
        yield Span(max(0, at - len("https")), end)
        at = text.find("://", end)


def _find_all(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _line_bounds(text: str, at: int) -> tuple[int, int]:
    """The line around `at`, of a long line only the nearer part: looking further would cost the square of its length."""
    begin, end = max(0, at - _REACH), min(len(text), at + _REACH)
    line_start, line_end = text.rfind("\n", begin, at), text.find("\n", at, end)
    return (begin if line_start < 0 else line_start + 1), (end if line_end < 0 else line_end)


def _sentence_start(text: str, begin: int, at: int) -> int:
    start = max(begin, at - _LONGEST_SENTENCE)
    for match in _SENTENCE_END.finditer(text, start, at):
        start = match.end()
    return start


def _sentence_stop(text: str, at: int, end: int) -> int:
    match = _SENTENCE_END.search(text, at, min(end, at + _LONGEST_SENTENCE))
    return match.end() if match else min(end, at + _LONGEST_SENTENCE)


def _merge_spans(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch made one."""
    spans.sort()
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)
