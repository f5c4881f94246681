"""How well a party fits as the subject: the candidate that is best placed to be the subject of the clause that holds the quantity."""

from __future__ import annotations

import itertools
from typing import Final

from etl.extract import role_grammar as g
from etl.extract.role_candidates import Candidate, is_dateline
from etl.extract.role_phrases import Line

SURE: Final = 2.0
"""What a candidate must score to be taken without looking at the sentences before."""
_GIVEN_REACH: Final = 3
_THIN: Final = g.MARK | g.ADVERB | g.DETERMINER
_PASSED: Final = g.ADVERB | g.PRONOUN | g.MARK | g.CAPITAL | g.RELATIVE | g.CONJUNCTION


def rate_actor(line: Line, candidate: Candidate, first: int, last: int, *, heads_first: bool) -> float:
    """How well a candidate fits as the actor of the quantity at the words from `first` to `last` (excluded)."""
    if is_dateline(line, candidate):
        return -1.0
    if candidate.last <= first:
        return _rate_before(line, candidate, first, heads_first)
    return _rate_after(line, candidate, last)


def _rate_before(line: Line, candidate: Candidate, first: int, heads_first: bool) -> float:
    flags = line.flags
    between = flags[candidate.last : first]
    if candidate.is_given and candidate.is_head and len(between) <= _GIVEN_REACH:
        return 0.5  # "gave Ukraine 14 tanks"
    is_named = candidate.kind not in ("description", "person")
    if (
        candidate.is_head
        and len(between) <= 2
        and all(f & _THIN for f in between)
        and (not candidate.governor or (is_named and any(f & g.MARK for f in between)))
    ):
        return 5.0  # "Sweden (0.7 billion)", "Togo: 256 million", "and the Netherlands 24"
    if candidate.governor & g.AGENT and len(between) <= 3 and all(f & (g.OF | _THIN) for f in between):
        return 5.0  # "the purchase by Poland of hundreds"
    if candidate.governor & g.AGENT:
        score = 2.9 if candidate.kind == "company" else 1.8
    elif candidate.governor & g.OF and heads_first and candidate.kind in ("state", "body") and candidate.is_head:
        score = 2.15  # "le projet de l'Estonie"
    elif candidate.governor & g.PREPOSITION:
        score = 2.1 if candidate.governor & g.PLACE and candidate.first <= 2 else 0.8
    elif candidate.is_owner or not candidate.is_head:
        score = 2.2 if candidate.form != "adjective" else 1.9 if candidate.first <= 2 else 1.2
    else:
        score = 3.0 + (1.5 if has_predicate(line, candidate, heads_first=heads_first) else 0.0)
    marks = sum(1 for flag in between if flag & (g.MARK | g.SUBORDINATOR))
    return score - 0.02 * len(between) - 0.15 * marks


def _rate_after(line: Line, candidate: Candidate, last: int) -> float:
    flags = line.flags
    between = flags[last : candidate.first]
    blocked = any(flag & g.QUANTITY and not before & g.MARK for before, flag in itertools.pairwise(between))
    if candidate.governor & g.AGENT:
        score = 2.5 if blocked else 5.0
    elif candidate.governor & g.PREPOSITION or candidate.is_owner or not candidate.is_head:
        score = 0.6
    elif not blocked and len(between) <= 5 and any(f & (g.RELATIVE | g.SUBORDINATOR) for f in between):
        score = 4.6 if has_predicate(line, candidate) else 1.2
    else:
        score = 1.4 + (0.6 if has_predicate(line, candidate) else 0.0)
    return score - 0.03 * len(between)


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
