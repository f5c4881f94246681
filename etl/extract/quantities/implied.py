"""Numbers that do not name what they count, where the words beside them say it all the same: a verb, a rate, a compound."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.document import Document
from etl.extract.quantities.draft import COUNT, Draft
from etl.extract.quantities.ellipsis import is_decimal
from etl.extract.quantities.grammar import Grammar

_BLANKS = " \u00a0\u202f"
_FEWEST = Decimal(2)
_CLAUSE_ENDS = (",", ";", ":")
_COMPOUND = 40
"""Characters of the words behind a number with a hyphen that are looked at."""
_LEVEL_WORDS = 5
"""How far before a level the verb of change may stand, in words."""
_TOLL_WORDS = 6
_RATIO_WORDS = 8
"""How far before a number the word that makes it a ratio may stand, in words."""
_SPANS = frozenset({"day", "week", "month", "quarter", "year"})
JOINED = ("-", "/", ":", "‑", "–", "%", "°")
"""What joins a number to more than a word."""


def count_of(draft: Draft, unit: str | None, noun: tuple[int, int] | None) -> None:
    """Counts things that stand elsewhere than behind the number."""
    draft.kind, draft.unit, draft.noun, draft.rule = COUNT, unit, noun, "count.of"


def is_plain(draft: Draft) -> bool:
    """Whether the number is one of figures or words without a magnitude."""
    return draft.scale == 1 and draft.form in ("digits", "word")


def count_antecedent(draft: Draft, begin: int, document: Document, grammar: Grammar, stop: int | None = None) -> bool:
    """Counts the last thing named between `begin` and the number, or `stop`; False where none is."""
    folded, stop = document.folded, (draft.qualifier_start if stop is None else stop) + 1
    for word in reversed(folded[begin + 1 : stop].split()):
        if word in grammar.things:
            start = folded.rfind(f" {word} ", begin, stop)
            count_of(draft, "person" if grammar.things[word] == "person" else "item", (start, start + len(word)))
            return True
    return False


def take_compound(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`a 48-aircraft order`, `a 15,000-strong division`: how much a whole holds, and counts it; false for a mere property."""
    words = document.folded[draft.end + 2 : draft.end + _COMPOUND].split(" ", 2)
    if len(words) < 2 or draft.low < _FEWEST or not is_plain(draft):
        return False
    thing, whole = words[:2]
    if thing not in grammar.strengths and not (thing in grammar.things and whole in grammar.bundles):
        return False
    is_of_people = thing in grammar.strengths or grammar.things[thing] == "person"
    begin = draft.end + 1 + len(thing) + 1
    count_of(draft, "person" if is_of_people else "item", (begin, begin + len(whole)))
    return True


def is_of_people(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`killed 12`, `30 were wounded`, `14 of the 37 wounded`, `300 of whom`, `the death toll rose to 45`: a bare number that can only be one of people."""
    if not is_plain(draft) or draft.low < _FEWEST or draft.low != draft.low.to_integral_value():
        return False
    left, right = draft.left, draft.right
    if left and left[-1] in grammar.peopled and text[draft.qualifier_start - 2].isalpha():
        return True
    if right and right[0] in grammar.people_relatives.heads and grammar.people_relatives.begin(right)[1]:
        return True
    place = next((place for place, word in enumerate(right) if not (word in grammar.count_linkers or word.isdigit())), 0)
    if right and grammar.fates.begin(right[place + (right[place] in grammar.auxiliaries) :])[1]:
        return True
    is_level = len(left) > 1 and left[-1] in grammar.to and left[-2] in grammar.moves
    return is_level and any(word in grammar.tolls for word in left[-_TOLL_WORDS:-2])


def is_of_things(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`Poland has ordered 12.`, `Three have been launched`: a whole number behind or before a verb counts what was named before."""
    number = text[draft.start : draft.end].lower()
    if not is_plain(draft) or draft.low < _FEWEST or draft.low != draft.low.to_integral_value() or number in grammar.homonyms:
        return False
    if text[draft.end : draft.end + 1] in JOINED or number.startswith("0"):
        return False
    if grammar.numbering.end(draft.left)[1] or _is_level(draft, grammar):
        return True
    last = draft.left[-1] if draft.left else ""
    if _is_tally(draft, grammar):
        return False
    if last in grammar.handled or last in grammar.verbs:
        is_beside = text[draft.qualifier_start - 1] in _BLANKS and text[draft.qualifier_start - 2].isalpha()
        return is_beside and last not in grammar.identifiers
    return bool(draft.right) and text[draft.end : draft.end + 1] in _BLANKS and _is_told_behind(draft, last, text, grammar)


def _is_told_behind(draft: Draft, last: str, text: str, grammar: Grammar) -> bool:
    """Whether the verb or relative clause behind a number says that it counts; `last` is the word before."""
    if draft.right[0] in grammar.open_relatives and last in grammar.determiners:
        return True  # `the 25 that it had bought`
    if last in grammar.definites or last in grammar.one_in:
        return False
    if draft.right[0].endswith(grammar.verb_endings) and (not last or last in grammar.stops or text[draft.qualifier_start - 2] in _CLAUSE_ENDS):
        return True  # `sept serviront de réserve`
    if not last:
        return draft.right[0] in grammar.auxiliaries
    is_told = draft.right[0] in grammar.auxiliaries or draft.right[0] in grammar.stops
    return is_told and last in grammar.stops and draft.form == "digits"


def _is_level(draft: Draft, grammar: Grammar) -> bool:
    """`ramenées de 200 à 160`, `the order was cut to 30`: where a change of what was named before leads."""
    left = draft.left
    if len(left) < 2 or left[-1] not in grammar.to:
        return False
    near = left[-_LEVEL_WORDS:-1]
    return any(word in grammar.moves or word in grammar.level_verbs for word in near)


def _is_tally(draft: Draft, grammar: Grammar) -> bool:
    """`voted 79 to 18`, `10 to 1`: one of two bare numbers set against each other."""
    left, right = draft.left, draft.right
    if len(right) > 1 and right[0] in grammar.versus and (right[1].isdigit() or right[1] in grammar.cardinals):
        return True
    return len(left) > 1 and left[-1] in grammar.versus and (left[-2].isdigit() or left[-2] in grammar.cardinals)


def has_rate(draft: Draft, grammar: Grammar) -> bool:
    """`can make 30 a month`: a whole number over a span of time counts something."""
    right = draft.right
    if not right or right[0] not in grammar.per.heads or draft.low < _FEWEST or draft.low != draft.low.to_integral_value():
        return False
    return is_plain(draft) and grammar.per.begin(right)[0] in _SPANS


def is_ratio(draft: Draft, grammar: Grammar) -> bool:
    """Whether a number with decimals is a ratio: `a book-to-bill ratio of 1.14`."""
    if not is_decimal(draft):
        return False
    near = draft.left[-_RATIO_WORDS:]
    return any(grammar.ratios.begin(near[place:])[1] for place, word in enumerate(near) if word in grammar.ratios.heads)
