"""Whether a percentage is a change, and which way: `grew by 5 %`, `en baisse de 3 points`, `multiplied by four`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.extract.document import Document
from etl.extract.quantities.draft import CHANGE, COUNT, MONEY, SHARE, Draft
from etl.extract.quantities.ellipsis import ends_with_state
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.wording import step_back, without_more
from tracker.vocabulary import Reason

_BLANKS = " \u00a0\u202f"
_ARTICLE = 3
"""How far before a percentage the verb stands that has an article and an adjective behind it, in words."""
_SIZE = 8
"""How many words may stand between the name of a change and its size."""
_OBJECT = 10
"""How far before its size a verb of change may stand whose object lies between, in words."""
_APART = 5
"""How many words may stand between a percentage and what makes it a change."""
_CONTRAST = 64
"""How far behind a change another may stand that is set against it, in characters."""
_NEAR_VERB = 3
"""How far before a fraction behind an article the verb of change may stand, in words."""
_GOAL, _MOVE = 12, 4
"""How far before a percentage the word for growth and its verb may stand, in words."""
_LIST_GAP = 64
"""How far behind a change the next of its list may stand, in characters."""
_BARE_NAME = 3
"""Words of the longest name in such a list without prepositions."""
_HUNDRED = Decimal(100)


def read_change(draft: Draft, document: Document, grammar: Grammar, before: Draft | None) -> None:
    """Tells whether a percentage or a number of points is a `change` or a `share`, and gives a fall its minus."""
    draft.left = words = without_more(list(draft.left), grammar)
    is_by = bool(words) and words[-1] in grammar.by and words[-1] not in grammar.count_linkers
    sign = _direction(words, grammar, whole=is_by)
    if draft.tag == "points":
        _read_points(draft, document, sign, grammar)
        return
    draft.unit = "percent"
    draft.kind = SHARE
    if draft.rule == "signed":
        draft.kind = CHANGE
        return
    if document.text[draft.start - 1 : draft.start] == "(" and before is not None and _follows_change(before, draft, sign):
        draft.kind = CHANGE
        _set_sign(draft, -1 if before.low < 0 and before.kind is CHANGE else sign or 1)
    elif not _is_told_behind(draft, document, grammar):
        _read_change_before(draft, document, grammar, before, sign, is_by=is_by)


def _is_told_behind(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`5 % more than`, `30 % de crédits en plus`, `the fall was steeper still, at 57 percent`: sets a change that other words tell."""
    behind = draft.right
    if grammar.head_last and document.text[draft.end : draft.end + 1] in _BLANKS and _names_change(behind, grammar):
        draft.kind = CHANGE  # `a 4.5 percent pay raise`
        _set_sign(draft, -1 if behind[1] in grammar.fall else 1)
        return True
    is_more_or_less = bool(behind) and behind[0] in grammar.more_or_less and not grammar.not_more_or_less.begin(behind)[1]
    if is_more_or_less and document.text[draft.end : draft.end + 1] in (" ", "\u00a0", "\u202f"):
        if grammar.more.begin(behind)[0]:
            draft.kind = CHANGE
            return True
        if grammar.less.begin(behind)[0]:
            draft.kind = CHANGE
            _set_sign(draft, -1)
            return True
    return _is_apart_change(draft, grammar) or _is_size(draft, document, grammar)


def _names_change(behind: Sequence[str], grammar: Grammar) -> bool:
    """Whether one plain word and a noun of change follow: `pay raise`, `price increase`."""
    return len(behind) > 1 and behind[1] in grammar.change_nouns and not (behind[0] in grammar.stops or behind[0] in grammar.auxiliaries)


def _read_change_before(
    draft: Draft, document: Document, grammar: Grammar, before: Draft | None, sign: int, *, is_by: bool
) -> None:
    """Sets a change that the words before the percentage tell, or the change before it in its sentence."""
    words = draft.left
    is_named = bool(words) and words[-1] in grammar.by and not _is_of_whole(draft, document, grammar) and _is_named_change(words, grammar)
    is_level = _leads_to_level(draft, grammar) or _is_first_level(draft, grammar)
    is_told = is_named or _is_excess(draft, grammar) or (_ends_as_change(words, grammar) and not (_exceeds(words, grammar) and _is_of_whole(draft, document, grammar))) or (not _is_of_whole(draft, document, grammar) and _changes_object(words, grammar))
    if is_told and not is_level:
        draft.kind = CHANGE
        _set_sign(draft, sign or 1)
    elif before is not None and before.kind in (MONEY, COUNT) and before.sentence == draft.sentence and _restates(before, draft, document, grammar):
        draft.kind = CHANGE
        _set_sign(draft, _direction(before.left, grammar) or 1)
    elif before is not None and before.kind is CHANGE and before.sentence == draft.sentence and (
        is_by or _is_contrasted(before, draft, document, grammar) or _goes_on(words, grammar) or _is_next(before, draft, document, grammar)
    ):
        draft.kind, draft.per = CHANGE, before.per  # `by 12 per cent rather than by 10`, `growth of 22 percent a year instead of 18 percent`
        _set_sign(draft, -1 if before.low < 0 else 1)
    elif words and words[-1] in grammar.to and not _is_of_whole(draft, document, grammar) and _is_growth(words, grammar):
        draft.kind = CHANGE  # `the growth target was raised to 5 %`


def _is_excess(draft: Draft, grammar: Grammar) -> bool:
    """`a dépassé de plus de 20 %`: whether the qualifier holds the preposition behind a verb of exceeding."""
    left, qualifier = draft.left, draft.words[len(draft.left) :]
    return bool(left and qualifier) and left[-1] in grammar.exceeding and qualifier[0] in grammar.by


def _restates(before: Draft, draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`rose by $2bn, or 5 %`, `en baisse de 300 millions, soit 6 %`: whether a percentage says a change in money or things again."""
    end = before.noun[1] if before.noun is not None and before.noun[1] > before.end else before.end
    words = document.folded[end + 1 : draft.qualifier_start + 1].split()
    if not words or grammar.restating.begin(words)[1] != len(words) or _is_of_whole(draft, document, grammar):
        return False
    left = list(before.left)
    return bool(left) and (left[-1] in grammar.by or left[-1] in grammar.moves) and (_ends_as_change(left, grammar) or _changes_object(left, grammar))


def _goes_on(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether a state or `and`, and a preposition such as `by` lead to a percentage: `les importations ont crû de 212 %, le Qatar de 245 %`."""
    return len(words) > 1 and words[-1] in grammar.by and (words[-2] in grammar.joiners or ends_with_state(words[:-1], grammar))


def _is_next(before: Draft, draft: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether a list of changes goes on without its verb: `les AE augmentent de 10 % et les CP de 5 %`, `de 20 % pour la poudre, de 50 % pour l'acier`."""
    end, start = before.end, draft.qualifier_start
    gap, words = document.text[end:start], document.folded[end + 1 : start + 1].split()
    if len(gap) > _LIST_GAP or "\n" in gap or not words or _is_of_whole(draft, document, grammar):
        return False
    if words[-1] not in grammar.by:
        return grammar.head_last and _is_bare_next(before, words, grammar)
    joint = max((place for place, word in enumerate(words) if word in grammar.joiners), default=-1)
    mark = max(gap.rfind(","), gap.rfind(";"))
    behind = document.folded[end + mark + 2 : start + 1].split() if mark >= 0 else words
    subject = (words[joint + 1 :] if joint >= 0 and len(words) - joint <= len(behind) else behind)[:-1]
    if joint < 0 and mark < 0:
        return False
    if not subject:
        return True
    is_named = subject[0] in grammar.singulars or subject[0] in grammar.definites or subject[0] in grammar.pronouns
    return is_named and not any(word in grammar.levels or word in grammar.sure_verbs or word in grammar.auxiliaries or word in grammar.contrasts for word in subject)


def _is_bare_next(before: Draft, words: Sequence[str], grammar: Grammar) -> bool:
    """`Orders fell 10 per cent and deliveries 5 per cent`: a list without prepositions whose next member names things only."""
    named = words[1:]
    if words[0] not in grammar.joiners or not 0 < len(named) <= _BARE_NAME or not before.left or before.left[-1] not in grammar.moves:
        return False
    return not any(w in grammar.stops or w in grammar.verbs or w in grammar.levels or w in grammar.auxiliaries or w.isdigit() for w in named) and not ends_with_state(named, grammar)


def _is_contrasted(before: Draft, draft: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether a percentage is set against a change right before it in the same unit, without a verb between."""
    size = grammar.contrasts.end(draft.left)[1]
    if before.unit != "percent" or draft.start - before.end > _CONTRAST or not size:
        return False
    between = document.folded[before.end + 1 : draft.qualifier_start + 1].split()[:-size]
    return not any(word in grammar.moves or word in grammar.sure_verbs for word in between)


def _is_named_change(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether a change is named before with what changes between: `une croissance de son chiffre d'affaires de 5 %`."""
    for place in range(len(words) - 2, max(0, len(words) - _GOAL), -1):
        if words[place].isdigit() or words[place] in grammar.auxiliaries or words[place] in grammar.sure_verbs:
            return False
        if words[place] in grammar.change_nouns:
            return words[place - 1] in grammar.ones or words[place - 1] in grammar.definites
    return False


def _leads_to_level(draft: Draft, grammar: Grammar) -> bool:
    """Whether the qualifier begins with the word that leads to a level: `est tombée à moins de 10 %`."""
    qualifier = draft.words[len(draft.left) :]
    return bool(qualifier) and qualifier[0] in grammar.to and qualifier[0] in grammar.range_joints and not grammar.barely.begin(qualifier)[1]


def _is_of_whole(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """Whether `of` follows and the whole that a percentage is a share of: `an increase to 2 % of GDP`."""
    right = draft.right
    is_beside = bool(right) and document.text[draft.end : draft.end + 1] in _BLANKS and not (len(right) > 1 and right[1] in grammar.spans_of_time)
    return is_beside and (right[0] in grammar.count_linkers or _leads_on(right, grammar))


def _is_first_level(draft: Draft, grammar: Grammar) -> bool:
    """Whether a percentage is where a share came from: `est tombée de 76 % à 48 %`, but not `une hausse de 25 % à 30 %`."""
    words = draft.left
    if not draft.right or (words[-2:-1] and words[-2] in grammar.change_nouns):
        return False
    return _leads_on(draft.right, grammar) and not any(word in grammar.growths for word in words[-_GOAL:])


def _leads_on(right: Sequence[str], grammar: Grammar) -> bool:
    """Whether a percentage is the first of two levels: `de 0,5 % à 0,3 %`, but not `de 5 % à 3 milliards`."""
    if right[0] not in grammar.range_joints:
        return False
    behind = next((word for word in right[1:] if not word.isdigit()), "")
    return right[1:2] != [behind] and (behind in grammar.percent_signs or behind in grammar.percents)


def _is_growth(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether a percentage is one to which the goal for growth moves, which is named before: `l'objectif de croissance est relevé à`."""
    return any(word in grammar.growths for word in words[-_GOAL:]) and any(word in grammar.moves for word in words[-_MOVE:-1])


def _read_points(draft: Draft, document: Document, sign: int, grammar: Grammar) -> None:
    """Points of a percentage; `a five-point plan` and `l'un des deux points` have points of another sort."""
    draft.kind, draft.unit = CHANGE, "percentage_point"
    is_beside = document.text[draft.end : draft.end + 1] in _BLANKS
    if is_beside and grammar.less.begin(draft.right)[0] and not grammar.not_more_or_less.begin(draft.right)[1]:
        sign = -1
    if draft.form == "word" and not (sign or draft.hyphenated) and draft.words and draft.words[-1] in grammar.determiners:
        draft.reason = Reason.ENUMERATION
    if draft.hyphenated and not any(word in grammar.moves or word in grammar.change_nouns for word in draft.right[:2]):
        draft.reason = Reason.ENUMERATION
    _set_sign(draft, -1 if sign < 0 else 1)


def _is_size(draft: Draft, document: Document, grammar: Grammar) -> bool:
    """`the fall was steeper still, at 57 percent`, `la hausse atteint 5 %`: the size of a change just named; sets it."""
    words = draft.left[:-1] if draft.left and draft.rule == "range" and draft.left[-1] in grammar.range_openings else draft.left
    if len(words) > _ARTICLE and words[-2] in grammar.articles and words[-_ARTICLE] in grammar.sizes:
        words = words[:-2]  # `growth was a sluggish 3.8%`
    if not words or words[-1] not in grammar.sizes or _is_of_whole(draft, document, grammar):
        return False
    for place in range(len(words) - 2, max(-1, len(words) - _SIZE), -1):
        if words[place] in grammar.growths or (words[place] in grammar.change_nouns and place and words[place - 1] in grammar.skip):
            draft.kind = CHANGE
            _set_sign(draft, -1 if words[place] in grammar.fall else 1)
            return True
    return False


def _is_apart_change(draft: Draft, grammar: Grammar) -> bool:
    """`30 % de crédits en plus`: the words that say the change stand behind the noun; sets it where they do."""
    if grammar.more_or_less_apart.isdisjoint(draft.right):
        return False
    for place in range(1, min(_APART, len(draft.right))):
        words = draft.right[place:]
        if words[0] in grammar.clause_starts:
            return False
        for table, sign in ((grammar.more_apart, 1), (grammar.less_apart, -1)):
            if table.begin(words)[1]:
                draft.kind = CHANGE
                _set_sign(draft, sign)
                return True
    return False


def _follows_change(before: Draft, draft: Draft, sign: int) -> bool:
    """`climbed by £65.7bn (27%)`: a percentage in brackets behind a rise in money is the rise again."""
    return draft.start - before.end <= 3 and (sign != 0 or before.in_change)


def _direction(words: Sequence[str], grammar: Grammar, *, whole: bool = False) -> int:
    """1 where the nearest verb or noun of change says a rise, -1 a fall, 0 where there is none near (or at all)."""
    if grammar.moves.keys().isdisjoint(words):
        return 0
    for word in reversed(words if whole else words[-7:]):
        if word in grammar.fall:
            return -1
        if word in grammar.rise:
            return 1
    return 0


def _ends_as_change(words: Sequence[str], grammar: Grammar) -> bool:
    """`grew by`, `en hausse de`, `rose`: the last words before the number bring the size of a change."""
    if not words:
        return False
    moves, last = grammar.moves, words[-1]
    if last in moves:
        return not grammar.not_moves.end(words)[1]
    if _exceeds(words, grammar):
        return True
    near = words[-5:-1] if last in grammar.count_linkers else words[:-1]
    if grammar.not_moves.end(words[:-1])[1]:
        return False
    return last in grammar.by and any(word in moves for word in near)


def _exceeds(words: Sequence[str], grammar: Grammar) -> bool:
    """`a dépassé de 20 %`, `exceeded our forecast by 20 percent`, but not `exceeded the target of 20 percent`."""
    if not words or words[-1] not in grammar.by or (grammar.head_last and words[-1] in grammar.count_linkers):
        return False
    return not grammar.exceeding.isdisjoint(words[-_OBJECT:] if grammar.head_last else words[-2:])


def _changes_object(words: Sequence[str], grammar: Grammar) -> bool:
    """`a relevé son budget de défense de`: a verb of change with its object, which itself holds a linker, before the last preposition."""
    if grammar.head_last or not words or words[-1] not in grammar.by:
        return False
    for place in range(len(words) - 3, max(-1, len(words) - _OBJECT), -1):
        word = words[place]
        if word.isdigit() or word in grammar.auxiliaries:
            return False
        if word in grammar.moves:
            opening, rest = words[place + 1], words[place + 2 : -1]
            return opening in grammar.determiners and word not in grammar.change_nouns and not any(w in grammar.levels or (w in grammar.stops and w not in grammar.inner_linkers and w not in grammar.singulars) for w in rest)
    return False


def read_change_by_part(draft: Draft, document: Document, grammar: Grammar, before: Draft | None) -> None:
    """`fell by half`, `cut in half`, `en hausse d'un tiers`: a fraction that is the size of a change."""
    following = document.text[draft.end : draft.end + 2]
    behind = draft.right if following[:1] in _BLANKS and following[1:].isalpha() else []
    more, less = (table.begin(behind)[0] or part.begin(behind)[0] for table, part in ((grammar.more, grammar.part_more), (grammar.less, grammar.part_less)))
    if more or less:
        draft.kind = CHANGE
        _set_sign(draft, -1 if less else 1)
    elif behind and behind[0] in grammar.count_linkers:
        is_counted = any(word in grammar.goods or word in grammar.persons for word in behind[1:6])
        if draft.left and draft.left[-1] in grammar.fall and not is_counted:
            draft.kind = CHANGE  # `lost a fifth of their strength`
            _set_sign(draft, -1)
    elif draft.left and draft.left[-1] in grammar.into and _direction(draft.left, grammar) < 0:
        draft.kind = CHANGE  # `cut in half`
        _set_sign(draft, -1)
    elif draft.left and (draft.left[-1] in grammar.by or _is_qualified(draft, grammar)) and (
        _ends_as_change(draft.left, grammar) or _changes_object(draft.left, grammar)
    ):
        draft.kind = CHANGE
        _set_sign(draft, _direction(draft.left, grammar) or _direction(draft.left, grammar, whole=True) or 1)
    elif draft.left and draft.left[-1] in grammar.by_parts and _direction(draft.left[-_NEAR_VERB:], grammar):
        draft.kind = CHANGE  # `réduites des deux tiers`
        _set_sign(draft, _direction(draft.left[-_NEAR_VERB:], grammar))
    elif before is not None and before.kind is CHANGE and before.sentence == draft.sentence and _is_next(before, draft, document, grammar):
        draft.kind = CHANGE
        _set_sign(draft, -1 if before.low < 0 else 1)


def _is_qualified(draft: Draft, grammar: Grammar) -> bool:
    """Whether a qualifier alone, which may hold the preposition, leads to a fraction: `ont baissé de plus de moitié`, not `perdu plus de la moitié`."""
    return draft.qualifier_start < draft.start and draft.words[-1] not in grammar.definites


def _set_sign(draft: Draft, sign: int) -> None:
    if sign < 0 and draft.low > 0:
        draft.low, draft.high = -draft.high, -draft.low


def read_multiple(draft: Draft, document: Document, grammar: Grammar) -> None:
    """`six-fold`, `100 times as much`, `multiplié par cinq`: a change of the number less one, in percent.

    Five times fewer are a fifth, hence a fall of 80 percent.
    """
    behind = draft.right
    words = draft.left
    if behind and behind[0] in grammar.fold.heads and grammar.fold.begin(behind)[0]:
        reach = document.folded.find(behind[0], draft.end + 1)
        draft.end = reach - 1 + len(behind[0])
        is_fall = draft.low > 1 and grammar.fold_less.begin(behind)[0] is not None
    else:
        count = grammar.multiplied.end(words)[1]
        if not count:
            return
        draft.start = step_back(document.folded, draft.start, " ".join(words[-count:]), max(0, draft.start - 64))
        is_fall = draft.low > 0 and (grammar.divided.end(words)[1] > 0 or _direction(words[:-count], grammar) < 0)
    if is_fall:
        draft.low, draft.high = 1 / draft.high, 1 / draft.low  # `fell by a factor of three`, `divisé par cinq`
    draft.kind, draft.unit, draft.tag = CHANGE, "percent", "change"
    draft.low, draft.high = round((draft.low - 1) * _HUNDRED, 2).normalize(), round((draft.high - 1) * _HUNDRED, 2).normalize()
    draft.rule = "multiple"
