"""Numbers that belong together: the ends of a range, `7 feet 10 inches`, a magnitude said once for two."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.extract.document import Document
from etl.extract.quantities.draft import Draft
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.labels import word_before
from etl.extract.quantities.suffixes import read_suffix
from etl.extract.quantities.wording import find_whole, without_more, words_left

_ENDS = frozenset({"", ".", ";", ")"})
_BLANKS = " \u00a0\u202f\u2009\n"
_OVERFLOW = 4
"""How many of the larger unit the smaller may come to and still belong to it: `2 yards 7 feet`."""
_MILLION = 1_000_000
_HUNDRED, _THOUSAND = 100, 1000
_BELOW_TEN = 10
_GROUPED = 5
"""Characters of a number in groups of thousands."""
_DASHED_ON = re.compile(r"[-–][0-9]")
_PLAIN_FORMS = frozenset({"digits", "word"})
_MOST_BEHIND_ONE = 10
_JOINED = 8
"""How far the two ends of a range may stand apart, in characters."""
_SHORTEST_HEDGE = 6
_SHARED_WORDS = 3
"""Words that may name the whole within a share: `deux hélicoptères militaires sur trois`."""
_NEAR = 40
"""How far from a whole its part may stand, in characters: `neuf obus sur dix`."""
_WHOLES = frozenset(Decimal(whole) for whole in (3, 4, 5, 6, 8, 10, 20, 100, 1000))
_JOURNEY = 120
"""How far before two levels the verb that joins them may stand, in characters."""
_NEAR_WORDS, _FAR_WORDS = 8, 14
"""The same in words, and where both levels say their unit."""
_LEVEL = 3
"""How many times as large as a rise of so many things the level is that it leads to; less may be a range."""
_BELOW_SCALE = 1000
"""A number from here on is written without a magnitude."""


def merge_ranges(drafts: list[Draft], document: Document, grammar: Grammar) -> list[Draft]:
    """Joins numbers that are the ends of one range or the parts of one quantity, and hands a shared magnitude over."""
    merged: list[Draft] = []
    before: Draft | None = None
    repeated = 0
    for draft in drafts:
        if draft.start < repeated:
            continue  # `dix (10) millions`: the magnitude is taken
        if grammar.lone_ones and draft.reason is None:
            _take_one(draft, document, grammar)
        if before is not None and draft.start - before.end <= _NEAR and draft.reason is None and before.reason is None:
            gap = document.text[before.end : draft.start]
            if _is_repeated(before, draft, gap, document.text):
                before.end = draft.end + 1
                read_suffix(before, document.text, document.folded, grammar)
                repeated = before.end
                continue
            if _is_taken(merged, before, draft, gap, document, grammar):
                continue
        merged.append(draft)
        before = draft
    return merged


def _take_one(draft: Draft, document: Document, grammar: Grammar) -> None:
    """`entre un et deux milliards`, `un ou deux chars`: an article that is the lower end of a range; takes it in."""
    if not 1 < draft.low / draft.scale <= _MOST_BEHIND_ONE or draft.low != draft.high or draft.prefixed or draft.form not in _PLAIN_FORMS:
        return
    near = words_left(document.folded, draft.start, 0, _JOURNEY)[-_NEAR_WORDS:]
    before, one, joint = ["", "", "", *near][-3:]
    is_opened = len(before) > 1 and (before, joint) in grammar.range_pairs and not any(word in grammar.level_verbs for word in near)
    if one not in grammar.lone_ones or not (is_opened or (joint in grammar.connectors and before not in grammar.by)):
        return
    start = document.folded.rfind(f" {one} {joint} ", 0, draft.start + 1)
    if start < 0 or document.text[start : draft.start].lower() != f"{one} {joint} ":
        return
    draft.start = draft.core = start
    draft.low = grammar.one * draft.scale
    draft.rule, draft.lone = "range", False


def _is_taken(merged: list[Draft], before: Draft, draft: Draft, gap: str, document: Document, grammar: Grammar) -> bool:
    """Whether a number has become a part of the one before it, the last of `merged`; hands over what one of the two says for both."""
    if _is_share_of(before, draft, gap, grammar):
        _take_share(before, draft, document, grammar)
        return True
    if _is_part_of(before, draft, gap, document.text, grammar):
        before.next_level = draft
    if len(gap) > _SHORTEST_HEDGE and gap.lower().replace(",", " ").strip(_BLANKS) in grammar.hedges and "\n" not in gap:
        _pair_hedged(before, draft)
        return False
    if len(gap) > _JOINED:
        if _leads_to_level(before, draft, document, grammar):
            _pair_levels(before, draft)
        return False
    connector = gap.strip(_BLANKS + "~")
    if len(connector) > 1:  # `8- to 16-metre`, `0-to-60-mph`
        connector = connector.strip("-" + _BLANKS)
    if connector in grammar.connectors or connector in grammar.range_joints:
        _turn_into_millions(before, draft, document.text)
    if _take_in(before, draft, connector, gap, document, grammar):
        return True
    _pass_on(merged, before, draft, connector, gap, document.text, grammar)
    return False


def _pass_on(merged: list[Draft], before: Draft, draft: Draft, connector: str, gap: str, text: str, grammar: Grammar) -> None:
    """Hands a magnitude and unit that is said with one of two numbers to the other."""
    if connector.strip(",") in grammar.shared and _may_share(before, draft, text, grammar):
        _share(before, draft)
        _share_back(merged, before, text, grammar)
    elif gap.strip(_BLANKS) == "(" and _is_like(before, draft, text):
        draft.tag, draft.unit, draft.inherited = before.tag, before.unit, True
        if draft.scale == 1:
            draft.low, draft.high, draft.scale = draft.low * before.scale, draft.high * before.scale, before.scale


def _take_in(before: Draft, draft: Draft, connector: str, gap: str, document: Document, grammar: Grammar) -> bool:
    """Makes the second number a part of the first where they are one quantity; false where they are two."""
    if _is_composite(before, draft, connector.strip(", "), gap, grammar):
        _compose(before, draft, grammar)
        return True
    if connector and _is_journey(before, draft, connector.lower(), document, grammar):
        _pair_levels(before, draft)
    elif connector and _is_range(before, draft, gap, connector.lower(), document, grammar):
        _join(before, draft)
        return True
    if not connector and gap and _is_dashed(before, draft, document.text):
        draft.low, draft.high = -draft.high, -draft.low
        _join(before, draft)
        return True
    if _is_cents(before, draft, connector, gap, document.text, grammar):
        before.low = before.high = before.low + draft.low / 100
        before.end = draft.end
        return True
    return False


def _turn_into_millions(first: Draft, second: Draft, text: str) -> None:
    """`$30-40m`, `30m-40m euros`: at one end of a range whose other is a sum of money the letter is no metre."""
    for end, other in ((first, second), (second, first)):
        if other.tag == "currency" and end.unit == "meter" and text[end.end - 1] == "m":
            end.multiply(_MILLION, end.end)
            end.scale, end.tag, end.unit = _MILLION, None, None


def _is_repeated(first: Draft, second: Draft, gap: str, text: str) -> bool:
    """`thirty (30) vehicles`, `60 (sixty) jets`: a number in words and again in figures."""
    if gap.strip(_BLANKS) != "(" or text[second.end : second.end + 1] != ")" or first.tag is not None or second.tag is not None:
        return False
    return {first.form, second.form} == _PLAIN_FORMS and first.low == second.low and not first.prefixed


def _is_part_of(first: Draft, second: Draft, gap: str, text: str, grammar: Grammar) -> bool:
    """`57 out of 67 drones`: how many of the things that the second number counts."""
    if first.tag is not None or second.tag is not None or first.form not in _PLAIN_FORMS or "\n" in gap:
        return False
    words = gap.lower().split()
    if first.form == "digits" and first.scale == 1 and word_before(text, first.start)[:1].isupper():
        return False  # `ses deux chars Challenger 2 sur les 14 promis`
    return first.low < second.low and first.scale == second.scale and len(words) == max(grammar.one_in_phrases.end(words)[1], grammar.wholes.end(words)[1]) > 1


def _is_share_of(first: Draft, second: Draft, gap: str, grammar: Grammar) -> bool:
    """`nine out of every ten`, `neuf obus sur dix`: a part of a round number, with at most one noun between."""
    if first.tag is not None or second.tag not in (None, "currency"):
        return False
    if first.form not in _PLAIN_FORMS or second.form not in _PLAIN_FORMS or second.prefixed:
        return False
    if second.low not in _WHOLES or not 1 < first.low < second.low or "\n" in gap:
        return False
    words = gap.lower().split()
    count = grammar.one_in_phrases.end(words)[1]
    nouns = words[: len(words) - count]
    if count == 0 or len(nouns) > (0 if grammar.head_last else _SHARED_WORDS):
        return False
    return not any(not noun.isalpha() or noun in grammar.rest_on or (noun in grammar.stops and noun not in grammar.inner_linkers and noun not in grammar.participles) for noun in nouns)


def _take_share(first: Draft, second: Draft, document: Document, grammar: Grammar) -> None:
    words = document.folded[first.end + 1 : second.start + 1].split()
    first.noun = find_whole(document, first.start, " ".join(words[: len(words) - grammar.one_in_phrases.end(words)[1]]))
    first.low = first.high = first.low / second.low
    first.end, first.form, first.rule, first.lone = second.end, "fraction", "share_of", False


def _is_like(first: Draft, second: Draft, text: str) -> bool:
    """`SEK 21.2 billion (15.0)`, `8.8% (7.5)`: a bare number in brackets, written as the one before, is its counterpart."""
    if first.tag not in ("currency", "percent") or second.tag is not None or second.form != "digits":
        return False
    places = second.low.as_tuple().exponent
    alike = places == (first.low / first.scale).as_tuple().exponent if first.scale == 1 else bool(places)
    return text[second.end : second.end + 1] == ")" and bool(places) and alike


def _is_composite(first: Draft, second: Draft, connector: str, gap: str, grammar: Grammar) -> bool:
    """Whether the second goes on with the first in a smaller unit: `2 years and 3 months`, `20 dollars 43 cents`."""
    if first.tag is None or second.tag is None or "\n" in gap or (connector and connector not in grammar.joiners):
        return False
    if second.form not in _PLAIN_FORMS or first.form not in _PLAIN_FORMS or first.hyphenated or second.hyphenated:
        return False
    if second.rule == "money.subunit":
        is_whole = first.low == first.low.to_integral_value()
        return is_whole and "," not in gap and first.tag == "currency" and first.rule != "money.subunit" and second.low < 1 and first.scale == 1
    pair = grammar.composites.get((first.finest or first.unit or "", second.unit or ""))
    whole = first.finest is not None or first.low == first.low.to_integral_value()
    return pair is not None and whole and first.low == first.high and second.low == second.high and 0 < second.low < _OVERFLOW * pair


def _is_cents(first: Draft, second: Draft, connector: str, gap: str, text: str, grammar: Grammar) -> bool:
    """`20 dollars 43`, `twenty dollars and 43`: two digits at the end of a phrase behind a whole sum are its hundredths."""
    if first.tag != "currency" or second.tag is not None or first.scale > 1 or not 10 <= second.low < 100:
        return False
    if "\n" in gap or (connector and connector not in grammar.joiners) or second.form not in _PLAIN_FORMS:
        return False
    after = text[second.end : second.end + 1]
    return (after in _ENDS or (after == "," and gap == " ")) and all(n == n.to_integral_value() for n in (first.low, second.low))


def _compose(first: Draft, second: Draft, grammar: Grammar) -> None:
    if second.rule == "money.subunit":
        first.low = first.high = first.low + second.low
    else:
        factor = grammar.composites[(first.unit or "", second.unit or "")]
        first.low = first.high = round(first.low + second.low / factor, 6).normalize()
        first.low = first.high = first.low if first.low != first.low.to_integral_value() else round(first.low, 0)
    first.end, first.finest, first.lone = second.end, second.unit, False


def _is_dashed(first: Draft, second: Draft, text: str) -> bool:
    """`2 -7 g`: the minus of the second number joins the two."""
    if second.rule != "signed" or text[second.start] == "+" or second.prefixed or first.form != "digits":
        return False
    return -second.high > first.low and (first.tag is None or first.unit == second.unit) and second.tag != "percent"


def _is_range(first: Draft, second: Draft, gap: str, connector: str, document: Document, grammar: Grammar) -> bool:
    if "\n" in gap or first.form == "multiple":
        return False
    alike = first.tag is None or (first.tag == second.tag and first.unit == second.unit)
    if not alike and not (first.tag == "currency" and second.tag is None):  # `$3-4 billion`
        return False
    if connector in grammar.connectors:
        if not alike and not first.prefixed:
            return False
        fits = _rises(first, second) and first.form not in ("fraction", "vague")
        if not fits or connector.isalpha():
            return fits
        if first.form != second.form or _is_chain(first, second, document.text):
            return False
        if first.form == "word" and first.scale == second.scale == 1 and second.low > 2 * first.low:
            return False  # `trois-huit` are shifts; `deux-trois`, `dix-quinze`
        return first.tag is not None or second.tag is not None or not _like_year(first)
    if connector not in grammar.range_joints:
        return False
    words = words_left(document.folded, first.start, document.sentence_at(first.start).start)
    return any(
        connector == joint and (words[-1:] == [opening] or words[-2:-1] == [opening]) and _rises(first, second)
        for opening, joint in grammar.range_pairs
    )


def _is_chain(first: Draft, second: Draft, text: str) -> bool:
    """`1-800-555-1234`: more dashes and digits before or behind the two."""
    return _DASHED_ON.match(text, second.end) is not None or (first.start > 1 and text[first.start - 1] in "-–" and text[first.start - 2].isdigit())


def _rises(first: Draft, second: Draft) -> bool:
    if first.low < second.low:
        return first.scale <= second.scale
    return first.scale == 1 and second.scale > 1 and first.low < second.low / second.scale


def _like_year(draft: Draft) -> bool:
    return draft.form == "digits" and 1900 <= draft.low <= 2100


def _is_journey(first: Draft, second: Draft, connector: str, document: Document, grammar: Grammar) -> bool:
    """`rose from 30 percent to 40 percent` tells two levels, not one range; `by 1 to 2 degrees` is a range.

    Where one word opens levels and sizes alike, `a monté de 30 % à 40 %` tells levels, `a monté de 3 à 4 %` a size.
    """
    if connector not in grammar.connectors or not connector.isalpha():
        return False
    words = words_left(document.folded, first.start, document.sentence_at(first.start).start, _JOURNEY)
    qualified = grammar.before.end(words)[1] if words and words[-1] in grammar.before.tails else 0
    words = _behind_qualifier(words, qualified, grammar)
    words = without_more(words, grammar)  # `by a further 27 billion to 170 billion`
    if not words:
        return False
    opening = words[-1] if words[-1] in grammar.range_openings else ""
    if words[-1] in grammar.by and not opening:  # `raised by 2 billion euros to 8 billion euros`: the rise, then the level
        is_level = first.tag == "currency" or (first.tag is None and second.low > _LEVEL * first.low)
        is_alike = first.tag == second.tag or (first.scale > 1 and second.tag == "currency")
        return is_alike and is_level and any(word in grammar.moves for word in words[-_NEAR_WORDS:])
    if not opening:
        return first.tag is not None and any(word in grammar.moves for word in words[-3:])
    is_far = first.tag is not None or opening not in grammar.by or (first.scale == second.scale and first.low > second.low)
    near = words[-_FAR_WORDS:] if is_far else words[-_NEAR_WORDS:]
    if any(word in grammar.level_verbs for word in near):
        return True
    if opening in grammar.by and (first.tag is None or first.tag != second.tag) and (first.scale > second.scale or _rises(first, second)):
        return False
    if len(words) > 1 and words[-2] in grammar.auxiliaries:
        return False  # `la croissance a été de 5 % à 6 %`
    last = next((word for word in reversed(near) if word in grammar.moves), "")
    if opening in grammar.by and last in grammar.change_nouns and _rises(first, second):
        return False  # `une croissance de 5 % à 6 %`
    return any(word in grammar.moves and word not in grammar.excesses for word in near)


def _leads_to_level(first: Draft, second: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether two levels are joined whose second has a qualifier: `from 52 to more than 86 billion euros`."""
    joint, *qualifier = document.folded[first.end + 1 : second.start + 1].split() or [""]
    return bool(qualifier) and grammar.before.end(qualifier)[1] == len(qualifier) and _is_journey(first, second, joint, document, grammar)


def _behind_qualifier(words: list[str], count: int, grammar: Grammar) -> list[str]:
    """The words without the qualifier of so many words that ends them, where one that opens levels stands before: `from at least 25 to 38`.

    The opening word may belong to the qualifier itself: `d'au moins`.
    """
    for size in (count, count - 1):
        rest = words[: len(words) - size]
        if size > 0 and rest and rest[-1] in grammar.range_openings:
            return rest
    return words


def _pair_levels(first: Draft, second: Draft) -> None:
    """The first of two levels takes the magnitude and unit that only the second says: `from 20 to 30 percent`."""
    if first.tag is not None or first.form not in _PLAIN_FORMS or first.rule == "range":
        return
    if first.scale == 1 and second.scale > 1 and first.low < _BELOW_SCALE:
        first.low, first.high, first.scale = first.low * second.scale, first.high * second.scale, second.scale
    if second.tag is None:
        first.next_level = second
    else:
        first.tag, first.unit, first.inherited = second.tag, second.unit, True


def _pair_hedged(first: Draft, second: Draft) -> None:
    """`300, voire 400 chars`, `$2, maybe $3 billion`: the first of two guesses takes what only the second says."""
    if first.tag == "currency" and second.tag == "currency" and first.unit == second.unit and first.scale == 1 < second.scale and first.low < _BELOW_SCALE:
        first.multiply(second.scale, first.end)
        first.scale = second.scale
    _pair_levels(first, second)


def _may_share(first: Draft, second: Draft, text: str, grammar: Grammar) -> bool:
    bare = first.tag is None and first.scale == 1 and first.form in _PLAIN_FORMS and not _like_year(first)
    if second.tag in ("percent", "unit") or second.unit in grammar.calibres:  # `12 and 15 percent`, `105 and 155 mm`
        return bare and first.form == second.form and first.low < second.low and second.rule != "signed" and not word_before(text, first.start)[:1].isupper()
    return bare and second.tag == "currency" and not second.prefixed and second.scale > 1 and first.low < _BELOW_SCALE


def _share(first: Draft, second: Draft) -> None:
    first.low, first.high, first.scale = first.low * second.scale, first.high * second.scale, second.scale
    first.tag, first.unit, first.inherited = second.tag, second.unit, True


def _share_back(merged: list[Draft], last: Draft, text: str, grammar: Grammar) -> None:
    """`35, 70 and 150 kilometres`: the numbers of a list before one that has taken the unit of the last take it too."""
    for earlier, later in zip(merged[-2::-1], merged[::-1], strict=False):
        if text[earlier.end : later.start].strip() != "," or earlier.reason is not None or not _may_share(earlier, later, text, grammar):
            return
        _share(earlier, last)


def _is_in_thousands(first: Draft, second: Draft) -> bool:
    """`5 à 6 000 tirs`: the thousands of the second end are the first's too where both are of one size."""
    if first.form != "digits" or second.form != "digits" or first.scale * second.scale > 1 or second.end - second.core < _GROUPED:
        return False
    thousands = second.low / _THOUSAND
    return thousands == thousands.to_integral_value() and first.low < thousands < first.low * 10


def _is_in_hundreds(first: Draft, second: Draft) -> bool:
    """`deux à trois cents`, `cinq ou six cents millions`: the hundreds of the second number are the first's too."""
    if first.form != "word" or second.form != "word" or first.scale != 1:
        return False
    hundreds = second.low / second.scale / _HUNDRED
    return hundreds == hundreds.to_integral_value() and 1 < first.low < hundreds < _BELOW_TEN


def _join(first: Draft, second: Draft) -> None:
    if _is_in_hundreds(first, second):
        first.low *= _HUNDRED
    if first.scale == 1 and second.scale > 1 and first.low < second.low / second.scale:
        first.low *= second.scale
    elif _is_in_thousands(first, second):
        first.low *= _THOUSAND
    first.high, first.end = second.high, second.end
    first.scale = second.scale
    first.other = None
    first.lone = False
    if first.tag is None:
        first.tag, first.unit, first.prefixed = second.tag, second.unit, second.prefixed
    first.hyphenated = second.hyphenated
    first.rule = "signed" if first.rule == "signed" and second.rule == "signed" else "range"
