"""Who acts: the candidate that is best placed to be the subject of the clause that holds the quantity."""

from __future__ import annotations

from typing import Final

from etl.extract import role_grammar as g
from etl.extract.role_candidates import Candidate, is_dateline
from etl.extract.role_phrases import Line

SURE: Final = 2.0
"""What a candidate must score to be taken without looking at the sentences before."""


def rate_actor(line: Line, candidate: Candidate, first: int, last: int) -> float:
    """How well a candidate fits as the actor of the quantity at the words from `first` to `last` (excluded)."""
    if is_dateline(line, candidate):
        return -1.0
    if candidate.last <= first:
        return _rate_before(line, candidate, first)
    return _rate_after(line, candidate, last)


def _rate_before(line: Line, candidate: Candidate, first: int) -> float:
    flags = line.flags
    between = flags[candidate.last : first]
    if len(between) <= 2 and between and all(f & g.MARK for f in between):
        return 4.5  # "Sweden (0.7 billion)", "Togo: 256 million"
    if candidate.governor & g.AGENT:
        score = 3.0
    elif candidate.governor & g.PREPOSITION:
        score = 0.8
    elif candidate.is_owner:
        score = 1.6
    elif candidate.form == "adjective":
        score = 0.7
    else:
        score = 3.0 + (1.5 if _has_predicate(flags, candidate.last) else 0.0)
    if candidate.kind == "person":
        score -= 0.3
    marks = sum(1 for flag in between if flag & (g.MARK | g.SUBORDINATOR))
    return score - 0.02 * len(between) - 0.15 * marks


def _rate_after(line: Line, candidate: Candidate, last: int) -> float:
    distance = candidate.first - last
    if candidate.governor & g.AGENT:
        score = 3.2
    elif candidate.governor & g.PREPOSITION:
        score = 0.6
    elif candidate.is_owner or candidate.form == "adjective":
        score = 0.6
    else:
        score = 1.2 + (0.5 if _has_predicate(line.flags, candidate.last) else 0.0)
    return score - 0.03 * distance


def _has_predicate(flags: list[int], index: int) -> bool:
    """Whether a verb follows within a few words, adverbs and an apposition apart."""
    limit = min(index + 5, len(flags))
    while index < limit:
        flag = flags[index]
        if flag & g.PREDICATE:
            return True
        if not flag & (g.ADVERB | g.PRONOUN | g.MARK | g.CAPITAL | g.RELATIVE | g.CONJUNCTION):
            return False
        index += 1
    return False
