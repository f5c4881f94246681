"""The acts of one sentence that may govern a quantity, weighed once; and which of their words are no predicates."""

from __future__ import annotations

from etl.extract.stages.acts import ACTS, MONEY, NOMINAL, THING, WORTH, act_of
from etl.extract.stages.passage import Candidate, Passage, Placed

_OF_THINGS = frozenset(("hold", "measure"))
"""Acts whose nouns say nothing of money: `2 billion for the fleet`."""
_OF_MONEY = (MONEY, WORTH)
_GOT_COST = 40
"""What counts against a stock that is got and not held: `promised an arsenal of 300`."""
_FORM_COSTS = {"base": 25, "noun": 8}
_ASIDE_REACH = 70
_ASIDE_COST = 60
_IDLE_COST = 110
_AUXILIARY_REACH = 12
_NEGATION_REACH = 14
_NEGATION_AFTER = 2
_NEGATED_BONUS = 40
_PREDICATE_REACH = 160
_BEFORE_VERB = 16
NOUN, OWN_NOUN = 1, 2
"""A noun of action; such a noun that may itself be what is counted: `12 orders`."""
MODIFIER, REPORT = 1, 2
"""A form that may be part of a compound noun; a verb that may only report who said it."""
_FINITE = frozenset(("future", "conditional"))


def candidates_of(passage: Passage, class_: int) -> list[Candidate]:
    """The acts of the passage for a class of quantities, in order; made once."""
    found = passage.candidates[class_]
    if found is None:
        found = [
            _candidate(passage, class_, act, placed)
            for placed in passage.acts
            if (act := act_of(placed[2][0] or "", class_)) is not None
            and not (class_ in _OF_MONEY and act in _OF_THINGS and placed[2][1] == "noun")
        ]
        passage.candidates[class_] = found
    return found


def _candidate(passage: Passage, class_: int, act: str, placed: Placed) -> Candidate:
    left, right, cue, _, _ = placed
    form = cue[1]
    behind = bare = aside = 0
    weight = ACTS[act].weakness
    if form == "noun":
        if act == "hold" and passage.word_before(placed[3]).lower() in passage.words.indefinites:
            weight += _GOT_COST
        behind = OWN_NOUN if class_ >= THING and ACTS[act].done is not None else NOUN
        weight += _FORM_COSTS["noun"]
    elif form == "action":
        behind = NOUN
    elif form == "base" and not any(0 <= left - mood.right <= _AUXILIARY_REACH for mood in passage.moods):
        weight += _FORM_COSTS["base"]
        bare = MODIFIER if class_ >= THING else 0
    elif form == "going" and class_ >= THING:
        bare = MODIFIER
    if act == "announce" and form not in NOMINAL:
        bare = REPORT
    if form == "past" and _is_aside(passage, placed):
        aside = _ASIDE_COST if ACTS[act].done is not None else _IDLE_COST
    if "negation" in passage.marks and is_negated(passage, act, placed):
        weight -= _NEGATED_BONUS
    return tuple.__new__(Candidate, (left, right, weight, behind, bare, act, placed, aside))


def _is_aside(passage: Passage, placed: Placed) -> bool:
    """Whether a participle only describes a noun between two commas: `in a report, tabled the same day, it found 30`."""
    text = passage.text
    before = text[max(passage.sentence.start, placed.start - 2) : placed.start].strip()
    if before != ",":
        return False
    end = text.find(",", placed.end, placed.end + _ASIDE_REACH)
    return 0 <= end < passage.sentence.end and not text[placed.end:end].count(" ") < 1


def is_negated(passage: Passage, act: str, cue: Placed) -> bool:
    """Whether a negation stands right before a verb (`not delivered`) or at its end (`ne livrera pas`)."""
    if ACTS[act].done is None or cue.cue.form in NOMINAL:
        return False
    for placed in passage.marks.get("negation", ()):
        if 0 <= cue.left - placed.right <= _NEGATION_REACH or 0 <= placed.left - cue.right <= _NEGATION_AFTER:
            return True
    return False


def is_no_predicate(bare: int, placed: Placed, passage: Passage, walls: int) -> bool:
    """Whether a verb form behind a number says nothing of it: `20 repair vehicles`, `20 tanks, announced the ministry`."""
    if bare == MODIFIER or placed.cue.form != "past":
        return True
    if placed.left - placed.start <= walls or _has_auxiliary(passage, placed, passage.words.passives):
        return False
    following = passage.text[placed.end : placed.end + _BEFORE_VERB].split(None, 1)
    return not following or following[0] not in passage.words.participial


def predicate_of(passage: Passage, class_: int, name: str | None, best: Placed) -> tuple[str | None, Placed]:
    """The verb of the sentence where `best` only describes its subject: `the tanks promised in May have arrived`."""
    if _has_auxiliary(passage, best, passage.words.auxiliaries):
        return name, best
    for first, _, _, _, _, act, placed, _ in candidates_of(passage, class_):
        if first < best.right or ACTS[act].done is None:
            continue
        if first - best.right > _PREDICATE_REACH or ";" in passage.text[best.end : placed.start]:
            break
        form = placed.cue.form
        if form in _FINITE or (form == "past" and _has_auxiliary(passage, placed, passage.words.auxiliaries)):
            return act, placed
    return name, best


def is_said_of(passage: Passage, cue: Placed) -> bool:
    """Whether a cue is a passive verb, so that it tells of the noun before it: `the delivery was announced`."""
    return cue.cue.form == "past" and _has_auxiliary(passage, cue, passage.words.passives)


def _has_auxiliary(passage: Passage, cue: Placed, auxiliaries: frozenset[str]) -> bool:
    """Whether one of the two words before a verb is one of `auxiliaries`, or the first of its own words."""
    words = passage.text[max(passage.sentence.start, cue.start - _BEFORE_VERB) : cue.end].lower().split()
    inner = passage.text.count(" ", cue.start, cue.end)
    return not auxiliaries.isdisjoint(words[-3 - inner : -1] if inner else words[-3:-1])
