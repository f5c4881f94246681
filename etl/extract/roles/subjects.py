"""How well a party fits as the subject: the candidate that is best placed to be the subject of the clause that holds the quantity."""

from __future__ import annotations

import itertools
from typing import Final

from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate, is_dateline
from etl.extract.roles.phrases import Line

SURE: Final = 2.0
"""What a candidate must score to be taken without looking at the sentences before."""
_NEAR: Final = 3
_BESIDE: Final = 2
_CLAUSE_REACH: Final = 5
_THIN: Final = g.MARK | g.ADVERB | g.DETERMINER
_PASSED: Final = g.ADVERB | g.PRONOUN | g.MARK | g.CAPITAL | g.RELATIVE | g.CONJUNCTION


def rate_actor(line: Line, candidate: Candidate, first: int, last: int, *, heads_first: bool, is_rate: bool) -> float:
    """How well a candidate fits as the actor of the quantity at the words from `first` to `last` (excluded)."""
    if is_dateline(line, candidate):
        return -1.0
    if candidate.last <= first:
        return _rate_before(line, candidate, first, heads_first)
    return _rate_after(line, candidate, last, is_rate=is_rate)


def _rate_before(line: Line, candidate: Candidate, first: int, heads_first: bool) -> float:
    distance = first - candidate.last
    if distance <= _NEAR:
        rating = _rate_beside(candidate, line.flags[candidate.last : first])
        if rating:
            return rating
    if candidate.governor & g.AGENT:
        score = 2.9 if candidate.kind == "company" else 1.8
    elif (candidate.is_given and not _goes_on(line, candidate)) or _is_enclosed(line, candidate, first):
        score = 1.0  # "Finland, which borders Russia, bought"
    elif candidate.governor & g.OF and heads_first and candidate.kind in ("state", "body") and candidate.is_head:
        score = 2.3  # "le projet de l'Estonie"
    elif candidate.governor & g.PREPOSITION:
        score = 2.1 if candidate.first <= 2 and _is_setting(line, candidate) else 0.8
    elif candidate.is_owner or not candidate.is_head:
        score = 2.2 if candidate.form != "adjective" else 1.9 if candidate.first <= 2 else 1.2
    else:
        score = 3.0 + (1.5 if has_predicate(line, candidate, heads_first=heads_first) else 0.0)
    return score - 0.02 * distance - 0.15 * line.breaks_between(candidate.last, first)


def _is_setting(line: Line, candidate: Candidate) -> bool:
    """Whether a preposition makes a candidate the place of what follows: `In Chile`, `Au Pérou, les crédits`."""
    if candidate.governor & g.PLACE:
        return True
    is_apart = candidate.last < len(line) and bool(line.flags[candidate.last] & g.MARK)
    return is_apart and candidate.kind == "state" and bool(candidate.governor & g.RECIPIENT)


def _goes_on(line: Line, candidate: Candidate) -> bool:
    """Whether a verb follows at once: `said Poland will`."""
    flags = line.flags
    return candidate.last < len(flags) and bool(flags[candidate.last] & (g.PREDICATE | g.ADVERB))


def _is_enclosed(line: Line, candidate: Candidate, first: int) -> bool:
    """Whether a candidate stands in a relative clause between marks that ends before the quantity."""
    flags = line.flags
    begin = candidate.first
    while begin > 0 and not flags[begin - 1] & g.MARK:
        begin -= 1
    if begin == 0 or begin == candidate.first or not flags[begin] & g.RELATIVE:
        return False
    return any(flags[index] & g.MARK for index in range(candidate.last, first))


def _rate_beside(candidate: Candidate, between: list[int]) -> float:
    """The rating of a candidate right before the quantity, 0 where its place says nothing."""
    if not candidate.is_head:
        return 0.0
    if candidate.is_given and not any(flag & g.PREDICATE for flag in between):
        return 0.5  # "gave Ukraine 14 tanks"
    wanted = _THIN | g.OF if candidate.governor & g.AGENT else _THIN
    mark = 0
    for flag in between:
        if not flag & wanted:
            return 0.0
        mark |= flag & g.MARK
    if candidate.governor & g.AGENT:
        return 5.0  # "the purchase by Poland of hundreds"
    is_named = candidate.kind not in ("description", "person")
    if len(between) < _NEAR and (not candidate.governor or (is_named and mark)):
        return 5.0  # "Sweden (0.7 billion)", "Togo: 256 million", "and the Netherlands 24"
    return 0.0


def _is_place(between: list[int]) -> bool:
    """Whether only a preposition of place, with its article, stands between a quantity and a party."""
    return bool(between) and bool(between[0] & (g.PLACE | g.RECIPIENT)) and not any(f & g.MARK for f in between)


def _rate_after(line: Line, candidate: Candidate, last: int, *, is_rate: bool) -> float:
    flags = line.flags
    between = flags[last : candidate.first]
    if candidate.governor & g.AGENT:
        score = 2.5 if _is_blocked(between) else 5.0
    elif is_rate and candidate.kind == "state" and len(between) <= _BESIDE and _is_place(between):
        score = 5.2  # "up 93 % in Poland, 47 % in Germany"
    elif candidate.governor & g.PREPOSITION or candidate.is_owner or not candidate.is_head:
        score = 0.6
    elif not between and candidate.kind == "description" and has_predicate(line, candidate):
        score = 3.6  # "32 countries have pledged"
    elif len(between) <= _CLAUSE_REACH and _opens_clause(between):
        score = 4.6 if has_predicate(line, candidate) else 1.2
    else:
        score = 1.4 + (0.6 if has_predicate(line, candidate) else 0.0)
    return score - 0.03 * len(between)


def _is_blocked(between: list[int]) -> bool:
    """Whether another quantity stands between, one in brackets apart."""
    return any(flag & g.QUANTITY and not before & g.MARK for before, flag in itertools.pairwise(between))


def _opens_clause(between: list[int]) -> bool:
    """Whether the words after a quantity open a clause that describes it: `six more, which Ukraine bought`."""
    return any(f & g.RELATIVE for f in between) and not _is_blocked(between)


def has_predicate(line: Line, candidate: Candidate, *, heads_first: bool = False) -> bool:
    """Whether a verb follows a candidate within a few words, adverbs and an apposition apart.

    Where nouns open their phrases, an unknown word after a proper name is a verb: `la Norvège parle`.
    """
    flags = line.flags
    index = candidate.last
    if heads_first and index < len(flags) and not flags[index] and candidate.kind in ("state", "body", "company"):
        return candidate.form != "adjective"
    limit = min(index + 6, len(flags))
    while index < limit:
        flag = flags[index]
        if flag & g.PREDICATE:
            return True
        if not flag & _PASSED:
            return False
        index += 1
    return False
