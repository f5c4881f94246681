"""What the words around a number do to it: qualifiers and rates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.document import Document
from etl.extract.quantities.draft import CHANGE, COUNT, EXACT, MEASURE, MONEY, SHARE, Draft
from etl.extract.quantities.ellipsis import ends_with_state
from etl.extract.quantities.grammar import Grammar
from tracker.vocabulary import Qualifier

_CLOSERS = ")]»”\"’'"
_RATE_MARKS = " \u00a0\u202f/,\n-‑"
_PRICE_MARKS = frozenset(" \u00a0\u202f-‑")
_OVER = re.compile(r"/[ \u00a0]?([^\W\d_]+[²³23]?)(?![\w^])")
_SEEN = 48
"""How many characters behind a number its words are read in."""
_WORD = 24
"""Characters that the first word of a rate has less than."""
_NOT_REACH = 5
"""How many words before a qualifier its negation may stand."""
_CLAUSE = 90
"""How far from a number its rate may stand, in characters."""
_PER_THINGS = frozenset({"item", "person", "oil_barrel"})
_CLAUSE_END = re.compile(r"[.;:!?,()\n\d]")
_SENTENCE_END = re.compile(r"[.;:!?\n«“\"]")
_CLAUSE_START = re.compile(r"[.;:!?()\n]|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
_DEAREST_SHARE = 100_000
"""No share of a company costs as much."""
_EACH_VERB = 5
"""How far behind `each` its verb may stand, in words."""
_NAME = 4
"""Words of the name of one thing at most, its calibre apart."""
_CLAUSE_STOPS = ("", ",", ".", ";", ":", ")", "\n")
_NO_UNIT_PRICE = 10**9
"""Sums from here on are no price of one thing; `each` is then each of the parties."""
_VAGUE, _ABOUT = Qualifier.VAGUE, Qualifier.ABOUT
_COMPARING = frozenset({Qualifier.OVER, Qualifier.UNDER, Qualifier.ABOUT})
"""Qualifiers that before `the` compare with a known figure: `above the $6 billion that it had aimed at`."""


def find_whole(document: Document, start: int, things: str) -> tuple[int, int] | None:
    """Where the things are named of which a share that begins at `start` is one: `one howitzer in three`."""
    begin = document.folded.find(f" {things} ", start + 1) if things else -1
    return (begin, begin + len(things)) if begin >= 0 else None


def without_more(words: list[str], grammar: Grammar) -> list[str]:
    """The words without `a further`, `another` at their end, where one that brings the size of a change stands before them: `by a further`."""
    bare = len(words)
    while bare and (words[bare - 1] in grammar.ones or words[bare - 1] in grammar.others.heads):
        bare -= 1
    hedge = grammar.barely.end(words)[1] if bare == len(words) else 0
    if 0 < hedge < bare and words[bare - hedge - 1] in grammar.by:
        return words[: bare - hedge]  # `augmentent d'à peine`
    return words[:bare] if bare and words[bare - 1] in grammar.by and words[bare - 1] not in grammar.count_linkers else words


def words_left(folded: str, start: int, floor: int, width: int = 64) -> list[str]:
    """The folded words before text offset `start`, not further back than `floor`."""
    return folded[max(floor, start - width) + 1 : start + 1].split()


def words_right(folded: str, end: int, width: int = _SEEN) -> list[str]:
    """The folded words behind text offset `end`."""
    return folded[end + 1 : end + 1 + width].split()


def read_qualifier(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets the qualifier that stands before or behind the number; vague plurals and `une centaine` bring their own."""
    text, folded, start, end, form = document.text, document.folded, draft.start, draft.end, draft.form
    words = words_left(folded, start, floor)
    right = words_right(folded, end)
    draft.qualifier_start = start
    draft.left = draft.words = words
    draft.right = right
    if form == "vague":
        draft.qualifier = _VAGUE
        return
    if form == "about":
        draft.qualifier = _ABOUT
    if words and words[-1] in grammar.before_tails and _read_qualifier_before(draft, words, folded, grammar, floor):
        return
    if right and right[0] in grammar.after.heads and form != "about":
        read_qualifier_behind(draft, document, grammar, end)
    if start and not grammar.sign_marks.isdisjoint(text[max(0, start - 2) : start]):
        _read_sign_before(draft, text, start, grammar)


def _read_sign_before(draft: Draft, text: str, start: int, grammar: Grammar) -> None:
    """`~40`, `> 100`: a sign that is no part of an arrow says how exact the number is."""
    sign = text[max(0, start - 3) : start].strip()
    if sign and draft.qualifier is EXACT and sign[-1] in grammar.qualifier_signs and sign[-2:-1] not in ("-", "=", "–"):
        draft.qualifier = grammar.qualifier_signs[sign[-1]]


def _read_qualifier_before(draft: Draft, words: list[str], folded: str, grammar: Grammar, floor: int) -> bool:
    """Sets the qualifier that ends the words, or stands before an article at their end; false where none does."""
    before, skip, is_definite, article = grammar.before, grammar.skip, False, ""
    for _ in range(3):
        last = words[-1] if words else ""
        if last in grammar.adverbs and len(words) > 1:
            words = words[:-1]
            last = words[-1]
        if last in before.tails:
            found, count = before.end(words)
            if found is not None:
                if is_definite and found in _COMPARING and draft.form != "fraction" and " ".join((*words[-count:], article)) not in before:
                    return False
                if grammar.only.end(words)[1] and not grammar.nots.isdisjoint(words[-count - _NOT_REACH : -count]):
                    return False  # `il n'en reste plus que 12`
                draft.qualifier = found
                draft.qualifier_start = step_back(folded, draft.start, " ".join(words[-count:]), floor)
                draft.left = words[:-count]
                return True
        dropped = skip.end(words)[1] if last in skip.tails else 0
        if not dropped:
            return False
        if last in grammar.definites:
            is_definite, article = True, last  # `dépasse désormais les 38 milliards`
        words = words[:-dropped]
    return False


def step_back(folded: str, start: int, phrase: str, floor: int) -> int:
    """Where the phrase right before text offset `start` begins; `start` where it does not stand there."""
    place = folded.rfind(phrase, floor + 1, start + 1)
    return place - 1 if place > 0 else start


def read_qualifier_behind(draft: Draft, document: Document, grammar: Grammar, end: int) -> None:
    """Sets a qualifier such as `environ` or `or more` that stands right behind `end`."""
    if document.text[end : end + 1] not in (" ", "\u00a0", "\u202f") or document.text[end + 1 : end + 2] == "(":
        return
    found, _ = grammar.after.begin(words_right(document.folded, end))
    if found is not None:
        draft.qualifier = found


def read_rate(draft: Draft, document: Document, grammar: Grammar) -> None:
    """Sets what the number is a rate over, from the words behind it, behind its noun phrase or base, or before it."""
    heads, text, kind, right, end = grammar.per_heads, document.text, draft.kind, draft.right, draft.end
    first = right[0] if right else ""
    if kind is COUNT and first in grammar.others.heads and _read_rate_past(draft, grammar.others.begin(right)[1], text, grammar):
        return
    if kind is MONEY and first in grammar.more_or_less:
        count = grammar.more.begin(right)[1] or grammar.less.begin(right)[1]
        if _read_rate_past(draft, count, text, grammar):
            return
    if text[end : end + 1] == "/" and _read_slash(draft, text, grammar, end):
        return
    is_wide = kind is SHARE or (draft.noun is None and first in grammar.count_linkers)
    if (first in heads or (is_wide and not heads.isdisjoint(right[1:6]))) and _read_rate_behind(draft, right, end, document, grammar):
        return
    if kind is MONEY and first in grammar.per_prices.heads and _read_price_of_unit(draft, document, grammar):
        return
    if draft.noun is not None and _may_have_rate(draft, text, grammar) and _read_rate_of_noun(draft, draft.noun[1], document, grammar):
        return
    if kind is not SHARE and kind is not CHANGE and not grammar.rate_words.isdisjoint(draft.left):
        _read_rate_before(draft, document, grammar)


def _may_have_rate(draft: Draft, text: str, grammar: Grammar) -> bool:
    """Whether the rate behind the noun is the number's: of its own noun, or of one named before whose rate it is a level of.

    `12,000 shells a month ... a figure that is to rise to 20,000`, `Russia: 10,000`; not `1,000 guns a year ... It ordered 218 of them`.
    """
    if draft.noun is None or draft.noun[0] > draft.start:
        return True
    last = draft.left[-1] if draft.left else ""
    is_level = last in grammar.to or last in grammar.auxiliaries or grammar.contrasts.end(draft.left)[1] > 0
    return draft.unit == "item" and (is_level or text[: draft.qualifier_start].rstrip()[-1:] == ":")


def _read_rate_past(draft: Draft, count: int, text: str, grammar: Grammar) -> bool:
    """`a further 20 others a month`, `3 milliards de plus par an`: a rate behind the first `count` words, which say of what there are more."""
    per = grammar.per.begin(draft.right[count:])[0] if count else None
    reach = draft.end + len(" ".join(draft.right[:count])) + 2
    if per is None or per == "none" or _SENTENCE_END.search(text, draft.end, reach):
        return False
    draft.per = per
    return True


def _read_rate_of_noun(draft: Draft, end: int, document: Document, grammar: Grammar) -> bool:
    """`30 tanks a month`: a rate behind the noun phrase, which ends at `end`."""
    heads, folded = grammar.per_heads, document.folded
    if document.text[end : end + 1] == "/" and _read_slash(draft, document.text, grammar, end):
        return True
    if 0 <= end - draft.end < _SEEN - _WORD and heads.isdisjoint(draft.right):
        return False
    following = folded[end + 1 : end + _WORD].split(None, 1)
    found = bool(following) and (following[0] in heads or following[0] in grammar.count_linkers)
    return found and _read_rate_behind(draft, words_right(folded, end), end, document, grammar)


def _read_price_of_unit(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`$3 a litre`, `80 dollars le baril`; a comma between begins something else."""
    per, count = grammar.per_prices.begin(draft.right)
    if per is None and _is_price_of_thing(draft, document, grammar):
        draft.per = "item"
        return True
    if per is None or document.text[draft.end : draft.end + 1] not in _PRICE_MARKS:
        return False
    _set_rate(draft, per, draft.end + 1 + len(" ".join(draft.right[:count])), document, grammar)
    return True


def _is_price_of_thing(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`à 30 000 euros l'obus, la guerre coûte cher`: one of the things that are counted behind the article, and the clause ends."""
    right, text, end = draft.right, document.text, draft.end
    if grammar.head_last or draft.scale >= _NO_UNIT_PRICE or len(right) < len(("l", "obus")) or text[end : end + 1] not in _PRICE_MARKS:
        return False
    if right[0] not in grammar.singulars or right[1] not in grammar.goods:
        return False
    stop = end + 1 + len(f"{right[0]} {right[1]}")
    return text[stop : stop + 1] in _CLAUSE_STOPS


def _read_slash(draft: Draft, text: str, grammar: Grammar, end: int) -> bool:
    """`450 €/t`, `$15/hour`, `8 rounds/min`: what the word behind a slash says; false for any other word."""
    match = _OVER.match(text, end)
    per = grammar.slash.get(match[1]) if match else None
    if match is None or per is None or draft.kind is SHARE:
        return False
    _set_rate(draft, per, match.end(), document=None, grammar=grammar)
    return True


def _read_rate_behind(draft: Draft, words: Sequence[str], end: int, document: Document, grammar: Grammar) -> bool:
    """Reads a rate at the beginning of the words that stand behind `end`; a base or what is counted may stand before it.

    `2% of output a year`, `$20bn of arms a year`, `20 milliards d'armes par an`.
    """
    heads = grammar.per_heads
    is_linked = bool(words) and (words[0] in grammar.count_linkers or (words[0] in grammar.worths and words[1:2] and words[1] in grammar.count_linkers))
    steps = 5 if draft.kind is SHARE or is_linked else 1
    if not words or (words[0] not in heads and (steps == 1 or heads.isdisjoint(words[1:6]))):
        return False
    text = document.text
    while text[end : end + 1] and text[end] in _CLOSERS:
        end += 1
    after = text[end : end + 1]
    if after not in _RATE_MARKS or not after:
        return False
    words = _until_next(words[grammar.after.begin(words)[1] :], grammar)
    for step in range(min(steps if after != "," else 1, len(words))):
        if words[step] not in grammar.per.heads:
            continue
        per, count = grammar.per.begin(words[step:])
        if step and _is_no_rate(words, step, count, grammar):
            continue
        if step and is_linked and (per in _PER_THINGS or _CLAUSE_END.search(text, end, end + len(" ".join(words[:step])) + 3)):
            break
        if per is not None and not (after == "," and per == "item" and words[0] in grammar.ones):  # `$2bn, a missile ...`
            is_sure = not (words[0] in grammar.articles or words[0] in grammar.ones or words[0] in grammar.definites)
            is_sure = is_sure and (words[0] not in grammar.each or _is_dear(draft, grammar))
            _set_rate(draft, per, end + 1 + len(" ".join(words[: step + count])), document, grammar, is_sure=is_sure)
            return True
    return False


def _until_next(words: Sequence[str], grammar: Grammar) -> Sequence[str]:
    """The words before the next number or relative clause: `the 2% rule costs 13bn a year`."""
    stops = (place for place, word in enumerate(words) if place and (word[0].isdigit() or word in grammar.open_relatives))
    return words[: next(stops, len(words))]


def _is_no_rate(words: Sequence[str], step: int, count: int, grammar: Grammar) -> bool:
    """Whether a rate that stands apart is a time: `a million rounds within a year`; or describes: `0.25 percent of the yearly output`."""
    behind = words[step + count : step + count + 1]
    return grammar.one_leads.end(words[:step])[1] > 0 or (count == 1 and bool(behind) and behind[0] not in grammar.stops)


def _is_dear(draft: Draft, grammar: Grammar) -> bool:
    """Whether a sum of billions may be the price of one thing: `ships at $1.1 billion each`, not `France and Hungary with €16.2 billion each`."""
    words = draft.left
    is_priced = any(word in grammar.goods or word in grammar.costs for word in words)
    return is_priced and not any(ends_with_state(words[: place + 1], grammar) for place in range(len(words)))


def _set_rate(draft: Draft, per: str, stop: int, document: Document | None, grammar: Grammar, *, is_sure: bool = False) -> None:
    """Sets a rate that ends at `stop`; things that cost billions are told by sure words alone: `un milliard pièce`."""
    if per == "none" or (per == "item" and (draft.kind is SHARE or (draft.scale >= _NO_UNIT_PRICE and not is_sure))):
        return
    speed = grammar.speeds.get((draft.unit or "", per)) if draft.kind is MEASURE else None
    if speed:
        draft.unit, draft.end = speed, stop
        return
    if draft.kind is SHARE and per in grammar.per_units:
        return
    draft.per = per
    if draft.qualifier is EXACT and document is not None:
        read_qualifier_behind(draft, document, grammar, stop)


def _read_rate_before(draft: Draft, document: Document, grammar: Grammar) -> None:
    """`the price of one shell leapt from 2,000 euros`, `une production annuelle de 900 obus`."""
    cut = document.text.rfind(";", max(0, draft.qualifier_start - _CLAUSE), draft.qualifier_start)
    words = draft.left if cut < 0 else draft.left[-len(document.folded[cut + 2 : draft.qualifier_start + 1].split()) or len(draft.left) :]
    if draft.kind is MONEY and (draft.scale < _NO_UNIT_PRICE or _is_of_each_thing(words, grammar)) and _is_price_of_each(draft, grammar):
        draft.per = "item"
        return
    if draft.kind is MONEY and draft.scale < _NO_UNIT_PRICE:
        for place, word in enumerate(words):
            is_own = word in grammar.per_before.heads and not (place and words[place - 1].isdigit())
            per, count = grammar.per_before.begin(words[place:]) if is_own else (None, 0)
            if per == "any":
                per = _read_what(words[place + count :], grammar)
            if per is not None:
                draft.per = per
                return
    if draft.kind is COUNT and _is_had_by_each(words, grammar):
        draft.per = "item"
        return
    if draft.kind in (COUNT, MEASURE):
        for word in words[-9:]:
            if word in grammar.rates:
                draft.per = grammar.rates[word]


def _is_had_by_each(words: Sequence[str], grammar: Grammar) -> bool:
    """`Each will have eight launchers`, `Chacune embarque 16 missiles`: what one of several holds."""
    near = words[: _EACH_VERB + 2]
    return bool(near) and near[0] in grammar.each and not (len(near) > 1 and near[1] in grammar.spans_of_time) and any(word in grammar.holding for word in near[1:])


def _read_what(words: Sequence[str], grammar: Grammar) -> str | None:
    """What a price is told for, `the price per Patriot missile`: a thing or a person; None for any other unit."""
    for word in words[:_NAME]:
        if word in grammar.things:
            return "person" if grammar.things[word] == "person" else "item"
        if word in grammar.spans_of_time or word in grammar.stops:
            return None
    return None


def _is_of_each_thing(words: Sequence[str], grammar: Grammar) -> bool:
    """`Each battery costs`, but not `Each day of fighting costs`."""
    return len(words) > 1 and words[0] in grammar.each and words[1] not in grammar.spans_of_time


def _is_price_of_each(draft: Draft, grammar: Grammar) -> bool:
    """`each was supposed to cost $118 million`, `chaque exemplaire vaudrait 20 millions`, `shares rose 2% to $467`."""
    words = draft.left
    if draft.scale == 1 and draft.low < _DEAREST_SHARE and words and words[-1] in grammar.to and any(word in grammar.shares for word in words):
        return True
    if not any(word in grammar.costs for word in words[-3:]):
        return False
    return any(word in grammar.each for word in words[-8:-1]) or _is_of_one(words, grammar)


def _is_of_one(words: Sequence[str], grammar: Grammar) -> bool:
    """`a Javelin costs`, `un obus de 155 mm coûte`: one thing, of those that are counted, and nothing else before the verb."""
    place = max((place for place, word in enumerate(words) if word in grammar.costs and word not in grammar.worths), default=0)
    begin = max((at for at, word in enumerate(words[:place]) if word in grammar.ones or word in grammar.articles), default=-1)
    named = words[begin + 1 : place]
    if begin < 0 or not 0 < len(named) <= _NAME + 1 or place < len(words) - 2 or (begin and words[begin - 1] in grammar.count_linkers):
        return False
    if any(word in grammar.monies or word in grammar.bundles or word in grammar.magnitude_words for word in named):
        return False
    heads = named[-2:] if grammar.head_last else named[:1]
    is_thing = heads[-1] in grammar.goods or any(word.title() in grammar.designations or word[-1].isdigit() for word in heads)
    return is_thing and not any(word in grammar.stops and word not in grammar.inner_linkers for word in named)


def read_rate_apart(draft: Draft, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets a rate that stands apart in the clause: `5,000 soldiers leave the army every year`, `chaque jour, 30 obus`."""
    text, folded, end = document.text, document.folded, draft.end
    stop = _CLAUSE_END.search(text, end, end + _CLAUSE)
    words = folded[end + 1 : (stop.start() if stop else end + _CLAUSE) + 1].split()
    start = max(floor, draft.qualifier_start - _CLAUSE)
    breaks = list(_CLAUSE_START.finditer(text, start, draft.qualifier_start))
    if breaks or start > floor:  # another number stands before it: only its own part of the sentence
        start = max(start, text.rfind(",", start, draft.qualifier_start) + 1, breaks[-1].end() if breaks else 0)
    left = folded[start + 1 : draft.qualifier_start + 1] if not breaks or start > breaks[-1].end() or not breaks[-1][0].isdigit() else ""
    words = words[: next((place for place, word in enumerate(words) if word in grammar.clause_starts and (place or word not in grammar.open_relatives)), None)]
    for near in (words, left.split()):
        for place, word in enumerate(near):
            per = grammar.apart.begin(near[place:])[0] if word in grammar.apart.heads else None
            if per is not None:
                draft.per = per
                return
