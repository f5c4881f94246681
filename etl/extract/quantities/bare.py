"""Numbers without a unit: shares of the kind one in five, labels, names, and what the others count."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Context, Decimal

from etl.extract.document import BULLETS, Document
from etl.extract.phrases import fold_phrase
from etl.extract.quantities.changes import read_multiple
from etl.extract.quantities.counting import Noun, read_noun, stands_for_other
from etl.extract.quantities.draft import COUNT, MONEY, SHARE, UNKNOWN_CURRENCY, Draft
from etl.extract.quantities.ellipsis import is_amount, is_sum_like, take_unit
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.implied import count_of
from etl.extract.quantities.labels import is_coded, is_label, word_before
from etl.extract.quantities.lone import is_other_side, judge_lone
from etl.extract.quantities.memory import MONEY_ALWAYS, Memory, inherit, is_paid
from etl.extract.quantities.wording import find_whole, read_qualifier
from tracker.vocabulary import Reason

_BLANKS = " \u00a0\u202f"
_CLAUSE_MARKS = ("", ".", ",", ";", ":", "\n", "?", "!", "”", "»", "•")
"""What may stand before the first number of a clause."""
_SMALL = Decimal(10)
_VERB_REACH = 4
"""How many words before a number the verb may stand that gives or buys the things."""
_MONEY_FLOOR = 1_000_000
_HUNDRED = Decimal(100)
_LIST_GAP = 60
_BULLET = 8
"""How many characters the sign before a list's item and its blanks have at most."""
_THOUSAND = 1000
_MOST_IN = 20
_NOUN_WORDS = 3
"""Words that may name the whole within a share: `one armoured vehicle in five`."""
_MOST_STATES = 200
"""There are fewer states than this: `755 of its members` are people."""
_CROWD = 500
_FOUR_DIGITS = Context(prec=4)


def judge_bare(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> None:
    """Sets kind, unit and noun of a number without a unit, or the reason why it is no claim."""
    if draft.next_level is not None or _is_settled(draft, memory, document, grammar, floor):
        return
    if draft.form == "word" and _is_proper(draft, document.text):
        draft.reason, draft.rule = Reason.DESIGNATION, "name"
        return
    right = draft.right
    noun = read_noun(document.text, draft.end, right, grammar) or _read_noun_behind(draft, document.text, grammar)
    if _continues_name(draft, noun, memory.before, document.text, grammar.joiners):
        return
    if right and right[0] in grammar.others.heads and stands_for_other(draft, document, grammar) and _is_no_thing(noun, memory, document.text, grammar):
        _count_others(draft, noun, memory, grammar)
        return
    if noun is not None and draft.scale >= _THOUSAND and _is_definite(draft, grammar):
        noun = None
    if noun is None:
        judge_lone(draft, memory, document, grammar, floor)
    elif not _is_thing(draft, noun, document.text, floor, grammar):
        draft.noun = (noun.start, noun.end)
        _judge_noun(draft, noun, memory, document, grammar)


def _count_others(draft: Draft, noun: Noun | None, memory: Memory, grammar: Grammar) -> None:
    """`another 12 of them`, `les deux autres`: counts what the number before counted."""
    inherit(draft, memory, grammar, sure=True)
    if draft.kind is MONEY and draft.scale == 1:  # `costs $50,000, and each battery carries 80 of them`
        count_of(draft, "item", None)
    if draft.rule == "count.inherited":
        draft.rule = "count.others"
    elif noun is not None and noun.sort == "enumeration":
        draft.reason = Reason.ENUMERATION  # `three others disagreed`


def _is_unit_price(draft: Draft, memory: Memory, grammar: Grammar) -> bool:
    """`vendu 1,1 million pièce`: a price of one, whose currency is that of the sums before; sets it."""
    if grammar.per.begin(draft.right)[0] != "item" or not is_paid(draft, grammar):
        return False
    inherit(draft, memory, grammar, sure=True)
    if draft.kind is COUNT:
        draft.kind, draft.unit, draft.noun, draft.rule = MONEY, UNKNOWN_CURRENCY, None, "money.inherited"
    return True


def _is_no_thing(noun: Noun | None, memory: Memory, text: str, grammar: Grammar) -> bool:
    """Whether what follows `the others` is none of the things that are counted: `les 64 autres sortiront de Gliwice`, `40 of them British`."""
    if noun is None or noun.sort == "other" or (noun.sort == "enumeration" and noun.head in grammar.others.heads):
        return True
    if noun.sort == "person":
        return text[noun.start].isupper() and memory.count is not None and memory.count.unit == "item"
    return noun.sort == "name" and text[noun.start].islower()


def _is_proper(draft: Draft, text: str) -> bool:
    """Whether a number word with a capital is the end of a name in running text: `the Group of Seven on Tuesday`."""
    if not text[draft.start].isupper() or draft.start < 2 or text[draft.start - 1] not in _BLANKS:
        return False
    if not text[draft.start - 2].isalpha() or word_before(text, draft.start)[:1].isupper():
        return False
    following = text[draft.end : draft.end + 2].lstrip(_BLANKS)[:1]
    return not following.isupper() and not following.isdigit()


def _is_settled(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> bool:
    """Whether the words before or behind a bare number say what it is without a noun: a multiple, a share, a label."""
    right, words = draft.right, draft.words
    if draft.form == "word" and _is_adjective(draft, document.text, grammar):
        draft.form = "none"
        memory.dropped = True
        return True
    if draft.form == "vague" and words and words[-1] in grammar.definites:
        draft.form = "none"  # `these billions` are known from before
        memory.dropped = True
        return True
    if (right and right[0] in grammar.fold.heads) or (draft.left and draft.left[-1] in grammar.multiplied.tails):
        read_multiple(draft, document, grammar)
        if draft.kind is not None:
            return True
    if words and words[-1] in grammar.one_in_phrases.tails and _is_one_in(draft, memory, document, grammar, floor):
        return True
    return (bool(right) and draft.low >= _THOUSAND and _is_unit_price(draft, memory, grammar)) or is_label(draft, document, grammar)


def _is_adjective(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`remis à neuf`, `un char neuf`: a word that is a number only where it counts or does not follow what it may describe."""
    words = draft.words
    if len(words) < 2 or text[draft.start : draft.end].lower() not in grammar.homonyms:
        return False
    if text[draft.start - 1] not in _BLANKS or not text[draft.start - 2].isalpha():
        return False
    last, earlier = words[-1], words[-2]
    if last in grammar.homonym_leads:
        if earlier in grammar.cardinals or earlier.isdigit():
            return False  # `de cinq à neuf`
    elif last in grammar.verbs or last in grammar.skip or (last in grammar.stops and last not in grammar.ones):
        return False
    return read_noun(text, draft.end, draft.right, grammar) is None


def _is_thing(draft: Draft, noun: Noun, text: str, floor: int, grammar: Grammar) -> bool:
    """Whether number and noun together name one thing: `the Five Star Movement`, `3 Commando Brigade`."""
    if (draft.form == "word" and _is_named(draft, noun, text, floor)) or is_coded(draft, text, noun.start):
        draft.reason, draft.rule = Reason.DESIGNATION, "name"
    elif noun.head in grammar.formations and draft.form == "digits" and text[noun.start].isupper():
        draft.reason, draft.rule = Reason.DESIGNATION, "formation"
    return draft.reason is not None


def _read_noun_behind(draft: Draft, text: str, grammar: Grammar) -> Noun | None:
    """The noun behind a qualifier that follows the number: `192,000 or so Canadians`."""
    right = draft.right
    count = grammar.after.begin(right)[1] if right and right[0] in grammar.after.heads else 0
    if not count:
        return None
    phrase = " ".join(right[:count])
    end = draft.end + 1 + len(phrase)
    return read_noun(text, end, right[count:], grammar) if text[draft.end + 1 : end].lower() == phrase else None


def _is_named(draft: Draft, noun: Noun, text: str, floor: int) -> bool:
    """`the Five Star Movement`: number and noun with capitals inside a sentence are a name."""
    if not (text[draft.start].isupper() and text[noun.start].isupper()) or draft.start <= floor + 1:
        return False
    return text[draft.start - 2].isalpha() and text[draft.start - 1] in _BLANKS


def _is_definite(draft: Draft, grammar: Grammar) -> bool:
    """`886 millions du programme`, `950 millions l'année passée`: a definite noun in the singular is not counted."""
    right = draft.right
    place = 1 if len(right) > 1 and right[0] in grammar.inner_linkers else 0
    return right[place] in grammar.singulars


def _continues_name(draft: Draft, noun: Noun | None, before: Draft | None, text: str, joiners: Collection[str]) -> bool:
    """`10 CB 90 boats`: a bare number right behind a capitalised word of the thing counted belongs to its name."""
    if before is None or before.noun is None or draft.form != "digits" or draft.scale > 1 or draft.end - draft.start > 4:
        return False
    start, end = before.noun
    if text[end - 1].isdigit() and noun is None and text[end : draft.start].strip(_BLANKS) in joiners:
        draft.reason, draft.rule = Reason.DESIGNATION, "name_of_counted"  # `22 missiles Aster 15 et 30`
        return True
    if not (start < draft.start <= end + 1) or not word_before(text, draft.start)[:1].isupper():
        return False
    draft.reason, draft.rule = Reason.DESIGNATION, "name_of_counted"
    if noun is not None:
        before.noun = (start, max(end, noun.end))
    return True


def _is_one_in(draft: Draft, memory: Memory, document: Document, grammar: Grammar, floor: int) -> bool:
    """`one in five`, `un avion sur six`: a share."""
    words = draft.words
    count = grammar.one_in_phrases.end(words)[1]
    if not count or not 2 <= draft.low <= 10_000 or draft.scale > _THOUSAND:
        return False
    back = next((back for back in range(count + 1, min(count + 2 + _NOUN_WORDS, len(words) + 1)) if words[-back] in grammar.ones or words[-back] == "1"), 0)
    if not back:
        return False
    named = words[-back + 1 : -count]
    is_long = len(named) > 1
    behind = read_noun(document.text, draft.end, draft.right, grammar) if named else None
    if (is_long and (draft.low > _MOST_IN or behind)) or (behind and behind.sort in ("goods", "person")):
        return False  # `un marché portant sur 42 hélicoptères`, `une croix sur 12 avions`
    begin = document.folded.rfind(" " + words[-back] + " ", floor, draft.start + 1)
    if begin < 0 or (words[-back] in grammar.articles and (not named or behind)):
        return False
    if "," in document.text[begin : draft.start] or any(word in grammar.rest_on or (word in grammar.stops and word not in grammar.inner_linkers) or word.isdigit() for word in named):
        return False
    draft.start = begin
    draft.noun = find_whole(document, begin, " ".join(named))
    draft.low = draft.high = percent_of(1 / draft.low)
    read_qualifier(draft, document, grammar, floor)
    draft.kind, draft.unit, draft.rule = SHARE, "percent", "one_in"
    memory.dropped = True
    draft.other = None
    return True


def percent_of(part: Decimal) -> Decimal:
    """A part of one in percent, with four digits and two decimals at most where it is ten or more.

    >>> percent_of(Decimal(2) / 3)
    Decimal('66.67')
    """
    share = round(_HUNDRED * part, 2) if part >= Decimal("0.1") else _FOUR_DIGITS.plus(_HUNDRED * part)
    return Decimal(int(share)) if share == int(share) else Decimal(f"{share.normalize():f}")


def _judge_noun(draft: Draft, noun: Noun, memory: Memory, document: Document, grammar: Grammar) -> None:
    text = document.text
    if draft.form == "digits" and noun.sort == ("name" if grammar.head_last else "other") and _is_address(noun, text, grammar):
        draft.reason, draft.rule = Reason.IDENTIFIER, "address"
        return
    if draft.form == "digits" and noun.head in grammar.time_zones and text[draft.start : draft.end].isdigit():
        draft.reason, draft.rule = Reason.DATE, "hour"
        return
    draft.kind, draft.rule = COUNT, "count"
    draft.is_minor = noun.sort == "body"
    is_crowd = (noun.sort == "body" and draft.low >= _MOST_STATES) or (noun.head in grammar.crowds and draft.low >= _CROWD)
    draft.unit = "person" if noun.sort == "person" or is_crowd or noun.head in grammar.delegates else "item"
    if memory.before is not None and _names_sum(draft, noun, text, grammar) and is_sum_like(draft, memory.before):
        draft.noun = None
        take_unit(draft, memory.before)
        return
    if memory.before is not None and _is_part_of_sum(draft, memory.before, grammar):
        draft.noun = None
        draft.kind, draft.unit, draft.inherited, draft.rule = MONEY, memory.before.unit, True, "money.inherited"
        if draft.scale == 1:
            take_unit(draft, memory.before)
        return
    round_words = draft.form in ("word", "exact", "vague") and draft.low >= 100
    if round_words and noun.head in grammar.rhetorical:
        draft.reason = Reason.RHETORICAL
    elif _is_enumerated(draft, noun, memory, document, grammar):
        draft.reason = Reason.ENUMERATION
    elif draft.scale >= _MONEY_FLOOR and _is_money(noun, text, grammar):
        draft.noun = None
        inherit(draft, memory, grammar, sure=True)
    elif noun.head not in grammar.myriads and draft.scale >= _least_wealth(draft, noun, grammar):
        _judge_wealth(draft, memory, grammar)


def _names_sum(draft: Draft, noun: Noun, text: str, grammar: Grammar) -> bool:
    """`33 milliards d'euros de prêts et 17 de dons`, `295 milliards, dont 198 fermes`: whether what follows is said of a sum."""
    if noun.head in grammar.sum_adjectives and grammar.relatives.end(draft.left)[1]:
        return True
    return _is_linked(draft, grammar) and _is_money(noun, text, grammar)


def _is_address(noun: Noun, text: str, grammar: Grammar) -> bool:
    """Whether a noun phrase is a street, which digits before it number: `Wilson Boulevard`, `rue de la Paix`."""
    words = fold_phrase(text[noun.start : noun.end]).split(" ")
    return any(word in grammar.addresses for word in (words if grammar.head_last else words[:1]))


def _least_wealth(draft: Draft, noun: Noun, grammar: Grammar) -> int:
    """From which magnitude on a number of such things is one of money: `30 billion step by step`, `30 milliards de matériel`."""
    is_countable = noun.sort in ("goods", "person", "body", "enumeration")
    return MONEY_ALWAYS if is_countable or _is_linked(draft, grammar) else _MONEY_FLOOR


def _is_money(noun: Noun, text: str, grammar: Grammar) -> bool:
    """`4.5 billion of military aid`, `4,5 milliards d'aide militaire`: whether the head of the phrase is a noun of money."""
    return noun.head in grammar.monies or (not grammar.head_last and fold_phrase(text[noun.start : noun.end]).split(" ", 1)[0] in grammar.monies)


def _is_enumerated(draft: Draft, noun: Noun, memory: Memory, document: Document, grammar: Grammar) -> bool:
    """Whether the things are listed rather than counted: `two priorities`, `three countries`, `two officers said`."""
    text = document.text
    is_vague = noun.sort == "other" or draft.right[0] in grammar.definites  # `par 311 voix contre 112 l'aide`
    if is_vague and memory.enumerated is not None and is_other_side(draft, memory.enumerated, document, grammar):
        return True
    if noun.sort == "enumeration":
        is_part = draft.low > _SMALL and draft.right[0] in grammar.count_linkers and len(draft.right) > 1 and draft.right[1] in grammar.definites
        return draft.low < 1000 and not is_part and not (draft.low > _SMALL and noun.head in grammar.numerous)
    if noun.sort == "body":
        is_told = draft.form == "word" and _is_the_point(draft, text, grammar) and not _is_quoted(draft, noun, text, grammar)
        return _is_few(draft) and not is_told
    if noun.sort == "other":
        is_small = draft.low <= _SMALL and draft.form == "word"
        return is_small and not (_goes_on(draft, memory, grammar) or _is_handled(draft, text, grammar) or _is_told_of(draft, noun, text, grammar) or _heads_item(draft, memory, text))
    if noun.sort != "person" or draft.low > _SMALL:
        return False
    is_pair = draft.form == "word" and noun.head in grammar.pairs and noun.end - draft.end == len(noun.head) + 1
    return (is_pair and bool(draft.words) and draft.words[-1] in grammar.definites) or _is_quoted(draft, noun, text, grammar)


def _is_quoted(draft: Draft, noun: Noun, text: str, grammar: Grammar) -> bool:
    """`two officers said`, `according to two people`, `two people familiar with it`: who speaks is not counted."""
    if grammar.citing.end(draft.words)[1] > 0:
        return True
    following = text[noun.end : noun.end + 24].split(None, 1)
    if following and text[noun.end] in _BLANKS and following[0].lower().rstrip(".,;:") in grammar.sayings:
        return True
    behind = fold_phrase(text[noun.start : noun.end + 40]).split(" ", 6)[1:]
    return grammar.insiders.begin(behind)[1] > 0


def _goes_on(draft: Draft, memory: Memory, grammar: Grammar) -> bool:
    """`96 interceptors as well as two control stations`: a list of things that has begun goes on."""
    count = memory.count
    if count is None or count is not memory.before or count.noun is None or count.sentence != draft.sentence:
        return False
    if draft.qualifier_start - count.noun[1] > _LIST_GAP:
        return False
    return bool(draft.left) and draft.left[-1] in grammar.list_joints


def _is_handled(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`has provided two large autotransformers`: things that are given or bought count, whatever they are; `ordered in two lots` do not."""
    near = draft.left[-_VERB_REACH:]
    place = max((index for index, word in enumerate(near) if word in grammar.handled), default=-1)
    is_apart = text[max(draft.start - 2, 0) : draft.start].startswith(",")  # `as it promised, three diplomats said`
    return place >= 0 and not is_apart and not any(word in grammar.stops for word in near[place + 1 :])


def _is_told_of(draft: Draft, noun: Noun, text: str, grammar: Grammar) -> bool:
    """`Frappe : trois dépôts détruits`: things of a headline to which something was done."""
    before = text[max(0, draft.qualifier_start - 2) : draft.qualifier_start].strip(_BLANKS)
    behind = fold_phrase(text[noun.end : noun.end + 24]).split(" ", 1)[0]
    return before in _CLAUSE_MARKS and behind in grammar.handled


def _is_part_of_sum(draft: Draft, before: Draft, grammar: Grammar) -> bool:
    """`168,5 millions, dont 98,1 millions de munitions`, `53,3 millions, dont 40 de munitions`: what of a sum goes to the things named."""
    if not is_amount(before) or before.sentence != draft.sentence or draft.form != "digits":
        return False
    if not _is_linked(draft, grammar) or not grammar.relatives.end(draft.left)[1]:
        return False
    return is_sum_like(draft, before) or (draft.scale == before.scale >= _MONEY_FLOOR and draft.low < before.low)


def _heads_item(draft: Draft, memory: Memory, text: str) -> bool:
    """`- Four tracking radars;`: an item of a list that counts things."""
    count, line = memory.count, text.rfind("\n", max(0, draft.start - _BULLET), draft.start) + 1
    if count is None or not line or draft.sentence - count.sentence > 1:
        return False
    return text[line : draft.start].strip() in BULLETS


def _is_the_point(draft: Draft, text: str, grammar: Grammar) -> bool:
    """`..., nine Allies were spending`, `only three allies met`, `au moins trois États`: states that a clause is about."""
    if draft.words and draft.words[-1] in grammar.definites:
        return False
    before = text[max(0, draft.qualifier_start - 2) : draft.qualifier_start].strip(_BLANKS)
    last = draft.left[-1] if draft.left else ""
    return draft.qualifier_start < draft.start or not last or before[-1:] in _CLAUSE_MARKS or last in grammar.focus


def _judge_wealth(draft: Draft, memory: Memory, grammar: Grammar) -> None:
    """`394 millions supplémentaires`, `8 milliards d'argent frais`: no thing that is counted in such numbers."""
    if memory.money is not None or draft.scale >= MONEY_ALWAYS:
        draft.noun = None
        inherit(draft, memory, grammar, sure=True)


def _is_few(draft: Draft) -> bool:
    return draft.low <= _SMALL or draft.form == "vague"


def _is_linked(draft: Draft, grammar: Grammar) -> bool:
    """Whether the thing counted is joined by a linker alone: `2 millions de cartouches`."""
    if draft.noun is None or draft.noun[0] - draft.end <= 1 or draft.right[0] not in (grammar.inner_linkers or grammar.count_linkers):
        return False
    return len(draft.right) < 2 or draft.right[1] not in grammar.definites
