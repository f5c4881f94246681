"""Numbers that count nothing they name: they take after the one before, or label something."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.document import Document
from etl.extract.quantities.columns import Columns
from etl.extract.quantities.counting import Noun, is_parallel, read_noun
from etl.extract.quantities.draft import COUNT, DURATION, HYPHENS, MONEY, SHARE, Draft
from etl.extract.quantities.ellipsis import follows_state, is_decimal, take_after, take_columns
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.implied import (
    JOINED,
    count_antecedent,
    count_of,
    has_rate,
    is_of_people,
    is_of_things,
    is_plain,
    is_ratio,
    take_compound,
)
from etl.extract.quantities.labels import judge_named, word_before
from etl.extract.quantities.memory import MONEY_ALWAYS, Memory, inherit, is_grouped
from tracker.vocabulary import Reason

_BLANKS = " \u00a0\u202f"
_LONGEST_VOTE = 24
_VOTE_WORDS = 2
"""The noun and the word between the two sides of a vote."""
_NUMBER_REACH = 100
"""How far before a number its things may be named, in characters."""
_NOUN_WORDS = 6
_SUBJECT = 7
"""Words of the longest subject before a pronoun that are looked at."""
_VERB_GROUP = 6
"""Words of the longest verb between a pronoun for a part and its number, the pronoun among them."""
_NAMED_BEFORE = 2
"""How many sentences back the things may be named that a number with a verb counts."""
_TABLE = 4000
"""How far behind its head a number of a table may stand, in characters."""
_ROW = 40
"""Characters of a row before its number."""
_CELL_ENDS = ("", "\n", ";", ",", "|", "\t", ")")
_THOUSAND = 1000
_MILLION = 1_000_000
_FEWEST = Decimal(2)
_ROUND = (10, 100, 1000)
"""Numbers in words of which parts are ratios."""


def judge_lone(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets kind and unit of a number that counts nothing it names after a quantity before it, or screens it as a label."""
    if draft.words and draft.words[-1] in grammar.percent_before.tails and _is_percentage(draft, grammar):
        draft.kind, draft.unit, draft.rule = SHARE, "percent", "percent"
        return
    text = document.text
    if _is_in_table(draft, memory, document, grammar) or _is_next_duration(draft, memory, grammar):
        return
    if is_ratio(draft, grammar):
        draft.reason, draft.rule = Reason.ENUMERATION, "ratio"
        return
    is_taken = is_decimal(draft) and take_after(draft, memory, text, grammar)
    if is_taken or _is_told_before(draft, memory, document, grammar, floor) or take_after(draft, memory, text, grammar):
        return
    if draft.scale >= 1000 or draft.form in ("vague", "about", "exact") or draft.rule == "range":
        inherit(draft, memory, grammar, sure=True)
    elif _is_reference(draft, text, grammar):
        draft.reason, draft.rule = Reason.IDENTIFIER, "reference"
        return
    elif is_parallel(draft, document, grammar) or is_grouped(draft):
        inherit(draft, memory, grammar, sure=is_grouped(draft) or _is_labelled(draft, document))
    else:
        _judge_unnamed(draft, memory, document, grammar, floor)
    if draft.kind is None and draft.reason is None:
        _judge_implied(draft, memory, document, grammar)
    elif draft.kind is COUNT and draft.unit == "item" and draft.noun is None and _is_headcount(draft, grammar):
        draft.unit = "person"


def _is_next_duration(draft: Draft, memory: Memory, grammar: Grammar) -> bool:
    """`from 12 months to as long as 36`, `20 months, against 15`: a bare number set beside a span of time; takes its unit."""
    before = memory.before
    if before is None or before.kind is not DURATION or before.sentence != draft.sentence or not is_plain(draft) or not draft.left:
        return False
    is_level = draft.left[-1] in grammar.to and any(word in grammar.moves or word in grammar.level_verbs for word in draft.left)
    if not (is_level or grammar.contrasts.end(draft.left)[1]):
        return False
    draft.kind, draft.unit, draft.inherited, draft.rule = DURATION, before.unit, True, "duration.inherited"
    return True


def _is_in_table(draft: Draft, memory: Memory, document: Document, grammar: Grammar) -> bool:
    """Whether a number stands in a table whose head says what its numbers are in; takes that."""
    columns = _find_columns(draft, memory, document, grammar) if memory.columns else None
    if columns is not None:
        take_columns(draft, columns)
    return columns is not None


def _find_columns(draft: Draft, memory: Memory, document: Document, grammar: Grammar) -> Columns | None:
    """The columns of the table that a number in figures stands in, alone in its cell and no number of people."""
    text, end = document.text, draft.end
    columns = next((columns for columns in reversed(memory.columns) if columns.end <= draft.start), None)
    if columns is None or not is_plain(draft) or draft.form != "digits" or any(word in grammar.headcounts for word in draft.left):
        return None
    if draft.start - columns.end > _TABLE or text.find("\n\n", columns.end + len(":\n"), draft.start) >= 0:
        return None
    is_beside = _is_beside_head(draft, columns, text)
    is_labelled = is_beside or is_grouped(draft) or _is_labelled(draft, document) or _ends_row(draft, text)
    if not is_decimal(draft) and (not is_labelled or any(word in grammar.things and word not in grammar.monies for word in draft.left)):
        return None
    behind = text[end : end + 2]
    is_cell = behind[:1] in _CELL_ENDS or (behind[:1] in _BLANKS and not behind[1:].isalpha())
    is_dated = is_beside and len(draft.right) > 1 and draft.right[0] in grammar.date_leads and draft.right[1].isdecimal()
    return columns if is_cell or is_dated else None


def _is_beside_head(draft: Draft, columns: Columns, text: str) -> bool:
    """`Budget (en Md€) : 47,2 en 2024 ; 50,5 en 2025`: whether a number stands in the line of its head, behind its colon."""
    between = text[columns.end : draft.start]
    return between.lstrip(_BLANKS)[:1] == ":" and "\n" not in between and between.rstrip(_BLANKS)[-1:] in (":", ";", ",")


def _ends_row(draft: Draft, text: str) -> bool:
    """Whether a number ends a short line, as in `Algeria 559`."""
    line = text.rfind("\n", max(0, draft.start - _ROW), draft.start)
    return line >= 0 and text[draft.end : draft.end + 1] in ("", "\n")


def _is_of_state(draft: Draft, document: Document, grammar: Grammar, floor: int) -> bool:
    """`tanks from Germany (18), Poland (14)`: a number in brackets behind a state counts what the sentence named; takes it."""
    text = document.text
    if not is_plain(draft) or text[draft.start - 1 : draft.start] != "(" or text[draft.end : draft.end + 1] != ")":
        return False
    if draft.low != draft.low.to_integral_value() or not follows_state(draft, text, grammar, draft.start - 1):
        return False
    return count_antecedent(draft, floor, document, grammar)


def _judge_implied(draft: Draft, memory: Memory, document: Document, grammar: Grammar) -> None:
    """Counts what was named before, where a relative, a rate or a verb says that the number counts at all."""
    text, sentences = document.text, document.sentences
    if _is_part(draft, text, grammar):
        count_antecedent(draft, sentences[draft.sentence].start, document, grammar)
    if draft.kind is None and has_rate(draft, grammar):
        inherit(draft, memory, grammar, sure=True)
    elif draft.kind is None and is_of_things(draft, text, grammar):
        begin = sentences[max(0, draft.sentence - _NAMED_BEFORE)].start
        if not count_antecedent(draft, begin, document, grammar):
            count_of(draft, "item", None)


def _judge_unnamed(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets kind and unit of a number that may count what one before it counted, or belong to the name before it."""
    text, same = document.text, memory.in_sentence(draft.sentence)
    named = word_before(text, draft.start)
    listed = same is not None and same.kind is COUNT
    listed = listed and (_is_listed(named, draft, text, grammar) or _in_brackets(draft, document, floor))
    if listed or _opens_sentence(draft, memory, text, floor, grammar) or _counts_the_same(draft, memory, text, grammar):
        inherit(draft, memory, grammar, sure=False)
    if draft.kind is None and draft.form == "digits" and draft.low == draft.low.to_integral_value():
        judge_named(draft, text, floor, named)


def _is_told_before(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> bool:
    """Whether the words beside a number say what it counts, or why it counts nothing; notes which."""
    if memory.enumerated is not None and is_other_side(draft, memory.enumerated, document, grammar):
        draft.reason, draft.rule = Reason.ENUMERATION, "versus"
        return True
    end, text = draft.end, document.text
    if draft.rule != "range" and text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isalpha():
        if take_compound(draft, document, grammar):
            return True
        draft.reason, draft.rule = Reason.SPECIFICATION, "hyphen"  # `six-wheel-drive ambulances`
        return True
    if grammar.partitives and draft.scale < _THOUSAND and _is_partitive(draft, grammar):
        _take_antecedent(draft, memory, document, grammar)
        return True
    is_sum = memory.before is not None and memory.before.kind is MONEY and memory.before.sentence == draft.sentence
    if not is_sum and _is_of_state(draft, document, grammar, floor):
        return True
    count = memory.count
    if count is not None and (_is_whole(draft, count, grammar) or _is_option(draft, count, grammar)):
        count_of(draft, count.unit, count.noun)
        return True
    if _take_crew(draft, document, grammar):
        return True
    if is_of_people(draft, document.text, grammar):
        count_of(draft, "person", None)
        return True
    noun = _read_noun_before(draft, count, document, grammar, floor)
    if noun is None:
        return False
    count_of(draft, "person" if noun.sort == "person" else "item", (noun.start, noun.end))
    return True


def _is_whole(draft: Draft, part: Draft, grammar: Grammar) -> bool:
    """`13 drones sur 14 lancés`: how many there were of the things of which a part was counted; `huit chars sur dix` is a ratio."""
    if not is_plain(draft) or part.sentence != draft.sentence or part.noun is None:
        return False
    is_ratio = draft.form == "word" and draft.low in _ROUND
    return part.low < draft.low == draft.low.to_integral_value() and not is_ratio and grammar.wholes.end(draft.words)[1] > 0


def _is_option(draft: Draft, count: Draft, grammar: Grammar) -> bool:
    """`12 frigates and an option for 4`: how many more there may be of the things counted before."""
    if not is_plain(draft) or count.noun is None or draft.sentence - count.sentence > 1:
        return False
    return grammar.options.end(draft.words)[1] > 0


def _take_crew(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`a crew of 54`: people, and counts them; false where the number is none of them."""
    size = grammar.crews.end(draft.left)[1]
    if not size or draft.form not in ("digits", "word") or draft.low != draft.low.to_integral_value():
        return False
    start = document.folded.rfind(" " + " ".join(draft.left[-size:]) + " ", 0, draft.start + 1)
    if start < 0:
        return False
    count_of(draft, "person", (start, start + len(draft.left[-size])))
    return True


def _is_part(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`the Tornado, of which 85 are in service`, `drones, 12 of which have crashed`: a part of things that no number counted."""
    if not is_plain(draft) or draft.low < _FEWEST or text[draft.end : draft.end + 1] in JOINED:
        return False
    return grammar.relatives.end(draft.words)[1] > 0 or grammar.relatives.begin(draft.right)[1] > 0


def is_other_side(draft: Draft, votes: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether a number is the other side of a vote: `244 votes to 103`, `313 voix pour et 17 contre`."""
    if draft.start - votes.end > _LONGEST_VOTE:
        return False
    is_ballot = votes.sentence == draft.sentence and bool(votes.right) and votes.right[0] in grammar.ballots
    if is_ballot and draft.right and draft.right[0] in grammar.versus:
        return True
    between = document.folded[votes.end + 1 : draft.start + 1].split()
    return len(between) == _VOTE_WORDS and between[-1] in grammar.versus


def _read_noun_before(draft: Draft, count: Draft | None, document: Document, grammar: Grammar, floor: int) -> Noun | None:
    """The things of which the sentence says before that it tells their number: `the number of reservists is to rise to`.

    None where another count stands between, or a number with a magnitude, which may be money.
    """
    if not is_plain(draft) or draft.tag is not None:
        return None
    folded = document.folded
    found, begin = -1, max(floor, draft.start - _NUMBER_REACH)
    for phrase in grammar.numbers_of:
        place = folded.rfind(phrase, begin, draft.start + 1)
        if place > found:
            found, end = place, place + len(phrase) - 2
    if found < 0 or (count is not None and count.start > found):
        return None
    noun = read_noun(document.text, end, folded[end + 1 : draft.start + 1].split()[:_NOUN_WORDS], grammar)
    return noun if noun is not None and noun.sort in ("goods", "person") and noun.end < draft.start else None


def _is_reference(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`(24.025)`: a grouped number alone in brackets behind a plain word is the number of a document."""
    start, end = draft.start, draft.end
    if draft.form != "digits" or not is_grouped(draft) or text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return False
    before = word_before(text, start - 1)
    return before.islower() and not grammar.suffixes.get(before)


def _is_listed(named: str, draft: Draft, text: str, grammar: Grammar) -> bool:
    """`Poland 80, Greece 6`: a number behind a name in a list, and not one that a preposition leads in."""
    if not named[:1].isupper():
        return False
    pieces = sum(named.count(mark) for mark in "-./") + 1  # `Pays-Bas` folds into two words
    begin = draft.start - len(named) - 1
    longer = word_before(text, begin)
    if longer.istitle() and longer.isalpha() and text[begin - 1] in _BLANKS and text[begin - 2].isalpha():  # `the Air Force 66`
        pieces, begin = pieces + 1, begin - len(longer) - 1
    before = draft.words[-1 - pieces] if len(draft.words) > pieces else ""
    mark = text[max(begin - 2, 0) : begin].rstrip(_BLANKS)[-1:]
    return not mark.isalnum() or before in grammar.skip or before in grammar.joiners


def _opens_sentence(draft: Draft, memory: Memory, text: str, floor: int, grammar: Grammar) -> bool:
    """`The navy ordered 12 boats in 2005. Three were lost`: a number and a verb open a sentence behind one that counts."""
    count, enumerated = memory.count, memory.enumerated
    if count is None or draft.sentence - count.sentence > 1 or draft.start - floor > 1 or not draft.right:
        return False
    if draft.form not in ("digits", "word") or draft.low < _FEWEST or (enumerated is not None and enumerated.start > count.start):
        return False
    return draft.right[0] in grammar.auxiliaries and text[draft.end] in _BLANKS


def _counts_the_same(draft: Draft, memory: Memory, text: str, grammar: Grammar) -> bool:
    """`212, of which some 48 had arrived`: a whole number behind a qualifier or plain word, the thing counted just before."""
    count = memory.count
    if count is None or draft.sentence - count.sentence > 1 or draft.form not in ("digits", "word") or draft.low < _FEWEST:
        return False
    if draft.low != draft.low.to_integral_value() or text[draft.start - 1 : draft.start] not in _BLANKS:
        return False
    if text[draft.end : draft.end + 1] in JOINED:
        return False
    if draft.qualifier_start < draft.start:
        return True
    goes_on = bool(draft.right) and draft.right[0] in grammar.stops and text[draft.end] in _BLANKS
    if text[draft.start - 2 : draft.start - 1] == ",":
        return goes_on
    named = word_before(text, draft.start)
    if not named.islower() or named in grammar.identifiers:
        return False
    if named in grammar.payments and memory.money is not None and memory.money.start > count.start:
        return False  # `Estonia gave 20 million euros, Latvia pledged 30`
    return goes_on or named not in grammar.stops or named in grammar.handled


def _is_partitive(draft: Draft, grammar: Grammar) -> bool:
    """`elle en a commandé 88`: a pronoun and nothing but its verb before a number make it count what was named before."""
    near = draft.left[-_VERB_GROUP:]
    place = max((index for index, word in enumerate(near) if word in grammar.partitives), default=-1)
    group = near[place + 1 :]
    if place < 0 or not group or draft.low != draft.low.to_integral_value():
        return False
    is_verb = group[0] in grammar.auxiliaries or group[0] in grammar.verbs or group[0] in grammar.handled or (len(group) == 1 and group[0].endswith(grammar.verb_endings))
    return is_verb and not any(word in grammar.definites or word in grammar.skip or word.isdigit() for word in group)


def _take_antecedent(draft: Draft, memory: Memory, document: Document, grammar: Grammar) -> None:
    """Counts what a pronoun stands for, the last thing named since the last count: `des Rafale. Elle en a commandé 12`."""
    count, money = memory.count, memory.money
    if money is not None and _is_sum(draft, money, count, grammar):
        draft.kind, draft.unit, draft.rule = MONEY, money.unit, "money.inherited"
        if draft.low < _THOUSAND * money.low / money.scale:  # else `2 millions, quand un drone en coûte 10 000`
            draft.low, draft.high, draft.scale = draft.low * money.scale, draft.high * money.scale, money.scale
        return
    begin = document.sentences[max(0, draft.sentence - 1)].start
    if count is not None:
        begin = max(begin, count.noun[1] if count.noun is not None else count.end)
    if not count_antecedent(draft, begin, document, grammar, stop=_subject_start(draft, document, grammar)):
        inherit(draft, memory, grammar, sure=True)


def _subject_start(draft: Draft, document: Document, grammar: Grammar) -> int | None:
    """Where the subject begins that stands right before the pronoun: `La loi de programmation militaire en prévoit dix`.

    None where that is not known: the pronoun follows another.
    """
    folded = document.folded
    words = folded[max(0, draft.start - _NUMBER_REACH) + 1 : draft.start + 1].split()
    place = max((index for index, word in enumerate(words) if word in grammar.partitives), default=-1)
    first = next((index for index in range(place - 1, max(-1, place - _SUBJECT), -1) if words[index] in grammar.singulars), -1)
    if first < 0:
        return None
    start = folded.rfind(f" {' '.join(words[first : place + 1])} ", 0, draft.start + 1)
    return start if start >= 0 else None


def _is_sum(draft: Draft, money: Draft, count: Draft | None, grammar: Grammar) -> bool:
    """`127 milliards, et Varsovie en réclame 45`: the pronoun stands for the magnitude of a sum before it."""
    if money.sentence != draft.sentence or money.scale < _MILLION or draft.scale > 1:
        return False
    if count is not None and count.sentence == draft.sentence:
        return False
    verbs = draft.left[-_VERB_GROUP:]
    is_thing = not grammar.handled.isdisjoint(verbs) and any(word in grammar.things or word in grammar.purposes for word in draft.words)
    return any(word in grammar.payments or word in grammar.sums for word in verbs) and not is_thing


def _is_headcount(draft: Draft, grammar: Grammar) -> bool:
    """`the Regular Force stood at 65,154`: the words before say that people are counted."""
    if draft.scale >= MONEY_ALWAYS or draft.low != draft.low.to_integral_value():
        return False
    near = (*draft.left[-10:], *draft.right[:6])
    return any(word in grammar.headcounts for word in near) or (
        draft.rule == "count.lone" and draft.form != "vague" and any(word in grammar.persons for word in draft.left[-10:])
    )


def _is_percentage(draft: Draft, grammar: Grammar) -> bool:
    """`un pourcentage de vingt`, but not `20 percent of 210`."""
    count = grammar.percent_before.end(draft.words)[1]
    before = draft.words[: len(draft.words) - count][-1:]
    return count > 0 and not any(word.isdigit() or word in grammar.cardinals for word in before)


def _in_brackets(draft: Draft, document: Document, floor: int) -> bool:
    """`(Émirats arabes unis 80, Grèce 6)`: a list in brackets, a number behind each name."""
    text = document.text
    opened = text.rfind("(", max(floor, draft.start - 300), draft.start)
    closed = opened >= 0 and text.find(")", opened, draft.start) >= 0
    return opened >= 0 and not closed and text[draft.end : draft.end + 1] in (",", ")", ";")


def _is_labelled(draft: Draft, document: Document) -> bool:
    """`Falcon : 64`: a line of a table, a name and a colon before the number."""
    left = document.text[max(0, draft.start - 3) : draft.start].rstrip(_BLANKS)
    return left.endswith(":") and draft.form == "digits"
