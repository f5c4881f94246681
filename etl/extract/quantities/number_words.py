"""Numbers in words: sums of cardinals and magnitudes, decimals after `point`, fractions, collectives."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.document import Hit
from etl.extract.quantities.grammar import Grammar, Token
from etl.extract.quantities.numbers import Number

Hits = list[Hit[Token]]
_GAPS = frozenset({" ", "-", "\u00a0", "\u202f", "‑", "  ", " - ", "   "})
_ENDS = frozenset({"", ".", ",", ";", ":", ")", "!", "?", "\n", "»", "”", '"'})
_PARTS = frozenset({"denominator", "ordinal", "fraction", "multiple"})
_BLANKS = " \u00a0\u202f"
_SPACING = _BLANKS + "-‑"
_ONE = Decimal(1)
_LARGE = 1_000_000
_NOTHING = Decimal(0)


def read_words(text: str, folded: str, hits: Hits, index: int, grammar: Grammar) -> tuple[Number | None, int]:
    """The number that begins with the word hit at `index`, and the index of the first hit after it.

    None where the word alone is no number, such as a magnitude with nothing before it and no article.
    """
    hit = hits[index]
    tag, value = hit.value
    if tag in ("number", "hundred", "scale"):
        return _read_sum(text, folded, hits, index, grammar)
    if tag == "denominator":
        return _read_lone_part(text, folded, hit, grammar), index + 1
    if tag == "vague":
        low, high = value
        return Number(hit.start, hit.end, Decimal(low), Decimal(high), "vague"), index + 1
    if tag == "ordinal":
        return Number(hit.start, hit.end, Decimal(0), Decimal(0), "ordinal"), index + 1
    amount = Decimal(value)
    if tag in ("exact", "about"):
        return _scale_collective(text, folded, hits, index, amount, tag, grammar)
    if tag == "fraction":
        amount /= 100
    return Number(hit.start, hit.end, amount, amount, tag), index + 1


def _scale_collective(
    text: str, folded: str, hits: Hits, index: int, amount: Decimal, tag: str, grammar: Grammar
) -> tuple[Number, int]:
    """`a dozen million`, `une dizaine de milliers`: a collective with the magnitude behind it."""
    hit = hits[index]
    if index + 1 < len(hits):
        following = hits[index + 1]
        gap = folded[hit.end + 1 : following.start + 1].strip()
        if following.value.tag == "scale" and following.start - hit.end < 6 and (not gap or gap in grammar.linkers):
            total = amount * following.value.value
            return Number(hit.start, following.end, total, total, tag, None, following.value.value), index + 2
    before = folded[max(0, hit.start - 16) : hit.start + 1].split()
    half = " ".join(before[len(before) - grammar.halves.end(before)[1] :])
    if half and tag == "exact" and folded[: hit.start + 1].rstrip().endswith(half) and not text[hit.start - 2 : hit.start].strip(_BLANKS):
        return Number(folded.rfind(half, 0, hit.start + 1) - 1, hit.end, amount / 2, amount / 2, tag), index + 1  # `half a  dozen`
    return Number(hit.start, hit.end, amount, amount, tag), index + 1


def _read_lone_part(text: str, folded: str, hit: Hit[Token], grammar: Grammar) -> Number:
    """A fraction word that no number stands before: a part after an article at the end of a phrase, else an ordinal."""
    amount = _ONE / hit.value.value
    before = folded[max(0, hit.start - 16) : hit.start + 1].split()
    article = before[-1] if before and before[-1] in grammar.part_leads else ""
    touches = article and folded.startswith(article, hit.start - len(article)) and text[hit.start - 1 : hit.start] in _GAPS
    word = folded[hit.start + 1 : hit.end + 1]
    start = hit.start - 1 - len(article) if touches and article in grammar.ones else hit.start
    if not touches or word in grammar.second_names or not ends_phrase(text, folded, hit.end, grammar):
        return Number(start if word in grammar.part_words else hit.start, hit.end, amount, amount, "ordinal")
    return Number(start, hit.end, amount, amount, "fraction")


def ends_phrase(text: str, folded: str, end: int, grammar: Grammar) -> bool:
    """Whether no word that a fraction word could describe as an ordinal follows: `a third of`, but not `a third ship`."""
    if text[end : end + 1] in _ENDS:
        return True
    following = folded[end + 1 : end + 24].split(maxsplit=1)
    if not following:
        return True
    if text[end] in "-‑":
        return False
    word = following[0]
    if word in grammar.sure_verbs and not (grammar.head_last and word in grammar.things):  # `un tiers partira`, `a third needs parts`
        return True
    return word in grammar.stops or word in grammar.count_linkers or word in grammar.more or word in grammar.less or word in grammar.magnitude_words


def _read_sum(text: str, folded: str, hits: Hits, index: int, grammar: Grammar) -> tuple[Number | None, int]:
    """A sum of number words with what may stand behind it: a denominator, decimals, a part."""
    number, following = _add_up(text, folded, hits, index, grammar)
    if number is None:
        return None, following
    hit = hits[following] if following < len(hits) else None
    if hit is not None and hit.value.tag in _PARTS and text[number.end : hit.start] in _GAPS:
        found = _read_part(text, folded, number, hit, grammar)
        if found is not None:
            return found, following + 1
    if hit is not None and folded[number.end + 1 : hit.start + 1].strip() in grammar.point_words:
        return _read_decimals(text, hits, following, number)
    share, end = read_part_behind(text, folded, number.end, grammar)
    if share:
        amount = number.low + share * number.scale
        return number._replace(end=end, low=amount, high=amount), following
    return number, following


def _read_part(text: str, folded: str, number: Number, hit: Hit[Token], grammar: Grammar) -> Number | None:
    """`three quarters`, `vingt-trois cinquièmes`; `twenty-third` and `vingt-troisième` are ordinals unless `one` leads."""
    word = folded[hit.start + 1 : hit.end + 1]
    below = grammar.denominators.get(word)
    if below is None:
        is_one_word = grammar.head_last or text[number.end : hit.start] in "-‑"  # not `les vingt premiers chars`
        is_ordinal = hit.value.tag == "ordinal" and number.low >= 20 and is_one_word
        return number._replace(end=hit.end, form="ordinal") if is_ordinal else None
    ends = ends_phrase(text, folded, hit.end, grammar)
    is_loose = ends and (below >= _LARGE or (2 <= number.low <= 9 and below < 100))  # `trois cinquième`
    if word in grammar.denominator_plurals or number.low == 1 or is_loose:
        share = number.low / below
        return Number(number.start, hit.end, share, share, "fraction" if share <= 1 else "word")
    is_apart = text[number.end : hit.start] == " "
    if number.low < 20 or (is_apart and text[hit.end : hit.end + 1] == "-"):  # `twenty fifth-generation jets`
        return None
    share = _ONE / (number.low + below)
    before = folded[max(0, number.start - 8) : number.start + 1].split()
    if before and before[-1] in grammar.ones and ends and text[number.start - 1 : number.start] in _GAPS:
        return Number(number.start - 1 - len(before[-1]), hit.end, share, share, "fraction")
    return number._replace(end=hit.end, form="ordinal")


def _read_decimals(text: str, hits: Hits, index: int, number: Number) -> tuple[Number, int]:
    """`two point two five million`, `deux cent virgule trois`: the digits after the mark, then a magnitude."""
    digits, last, end = "", 0, number.end
    while index < len(hits) and hits[index].value.tag == "number":
        hit = hits[index]
        if digits and text[end : hit.start] not in _GAPS:
            break
        value = hit.value.value
        if last >= 20 and last % 10 == 0 and 0 < value < 10:
            digits, last = digits[:-1] + str(value), 0
        else:
            digits, last = digits + str(value), value
        end = hit.end
        index += 1
    if not digits:
        return number, index
    amount, scale = number.low + Decimal("0." + digits), number.scale
    if index < len(hits) and hits[index].value.tag == "scale" and text[end : hits[index].start] in _GAPS:
        scale, end = hits[index].value.value, hits[index].end
        amount *= scale
        index += 1
    return Number(number.start, end, amount, amount, "word", None, scale), index


def read_part_behind(text: str, folded: str, end: int, grammar: Grammar) -> tuple[Decimal, int]:
    """The part of one said behind a number or unit (`and a half`, `and three quarters`, `et demi`), and where it ends.

    Zero and `end` where none follows.
    """
    if not folded.startswith(grammar.joiner_starts, end + 1):
        return _NOTHING, end
    words = folded[end + 2 : end + 40].split(" ", 3)
    lead = 1
    above = 1
    if len(words) > 2:
        above = 1 if words[1] in grammar.ones else grammar.cardinals.get(words[1], 0)
        lead = 2 if above else 1
    if lead >= len(words):
        return _NOTHING, end
    word = words[lead]
    below = grammar.denominators.get(word)
    if below is None or (lead == 1 and word not in grammar.part_words):
        return _NOTHING, end
    stop = end + 1 + len(" ".join(words[: lead + 1]))
    if (above or 1) > 1 or word in grammar.part_words or ends_phrase(text, folded, stop, grammar):
        return Decimal(above or 1) / below, stop
    return _NOTHING, end


def _add_up(text: str, folded: str, hits: Hits, index: int, grammar: Grammar) -> tuple[Number | None, int]:
    """Cardinals, hundreds and magnitudes in a row, added up as they are spoken."""
    total, current, spoken, first = 0, 0, 0, index
    scale, last = 1, 10**19
    start = end = hits[index].start
    while index < len(hits):
        hit = hits[index]
        tag, value = hit.value
        if end > start and not _is_joined(text, folded, hits, index, end, grammar):
            break
        if tag == "number":
            if current and not _may_add(current, value, spoken):
                break
            current, spoken = current + value, value
        elif tag == "hundred":
            if current >= 100:
                break
            current = (current or 1) * 100
        elif tag == "scale" and (value < last or (scale == 1000 and not current)):
            total, current, last = _add_scale(total, current, value, last)
            scale = value
        else:
            break
        end = hit.end
        index += 1
    if end == start:
        return None, index + 1
    amount = Decimal(total + current)
    other = amount * _doubt(folded, hits[index - 1], grammar) if grammar.doubtful else amount
    if hits[first].value.tag != "number":
        start, amount = _lead(folded, start, amount, scale, grammar)
    return Number(start, end, amount, amount, "word", other if other > amount else None, scale), index


def _doubt(folded: str, hit: Hit[Token], grammar: Grammar) -> int:
    """By how much the other reading of a magnitude at the end of a number is larger."""
    return grammar.doubtful.get(folded[hit.start + 1 : hit.end + 1], 1)


def _may_add(current: int, value: int, spoken: int) -> bool:
    """Whether a cardinal goes on with the sum: `hundred` `five`, `twenty` `five`, but not `five` `five`."""
    return current % 100 == 0 or (20 <= current % 100 <= 90 and 0 < value < 20 and spoken >= 20)


def _add_scale(total: int, current: int, value: int, last: int) -> tuple[int, int, int]:
    """The sum with a magnitude added; `three thousand millions` multiplies what was said before."""
    if value < last:
        return total + (current or 1) * value, 0, value
    return total * value, 0, value


def _is_joined(text: str, folded: str, hits: Hits, index: int, end: int, grammar: Grammar) -> bool:
    """Whether the word at `index` goes on with the number that ends at `end`; a joiner before a fraction does not."""
    start = hits[index].start
    gap = text[end:start]
    if gap in _GAPS:
        return True
    joiner = folded[end + 1 : start + 1].strip()
    if start - end > 8 or joiner not in grammar.joiners or gap.strip(_SPACING).lower() != joiner:  # `thirty, and seven`
        return False
    if index + 1 < len(hits) and text[hits[index].end : hits[index + 1].start] in _GAPS:
        following = hits[index + 1]
        return folded[following.start + 1 : following.end + 1] not in grammar.denominators
    return True


def _lead(folded: str, start: int, amount: Decimal, scale: int, grammar: Grammar) -> tuple[int, Decimal]:
    """Takes in the article or `half a` before a bare magnitude or hundred."""
    before = folded[max(0, start - 16) : start + 1].split()
    found, count = grammar.halves.end(before)
    if found and amount == scale:
        return folded.rfind(" ".join(before[-count:]), 0, start) - 1, amount / 2
    if before and before[-1] in grammar.ones:
        return max(0, start - 1 - len(before[-1])), amount
    return start, amount
