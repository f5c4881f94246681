"""Finds the entries of several word tables in one pass over a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import ahocorasick_rs

from etl.extract.document import HIDDEN, Hit, Matcher, leftmost_longest


class JointMatcher:
    """Finds for each of several matchers what it would find alone, by one automaton for all.

    An entry of one table may hide what another table has inside it or running over its end: `a year later` hides
    `a year`. Which entries may do so to which tables is worked out when the automaton is built, so that only around
    those a table looks once more for itself.
    """

    def __init__(self, matchers: Sequence[Matcher[Any]]) -> None:
        self.matchers = tuple(matchers)
        entries: dict[str, list[tuple[int, Any]]] = {}
        for table, matcher in enumerate(self.matchers):
            for pattern, value in matcher.entries():
                entries.setdefault(pattern, []).append((table, value))
        self._meanings = [tuple(meanings) for meanings in entries.values()]
        tables = [_Table(pattern for pattern, _ in matcher.entries()) for matcher in self.matchers]
        self._broken = [_shadowed(pattern, tables) for pattern in entries]
        """For each entry the tables that it may hide something from where it ends inside a word, and so matches nothing."""
        self._whole = [
            tuple(table for table in broken if all(table != own for own, _ in meanings))
            for broken, meanings in zip(self._broken, self._meanings, strict=True)
        ]
        """The same where it matches: from the tables that it belongs to it hides what it should."""
        kind, automaton = ahocorasick_rs.MatchKind.LeftmostLongest, ahocorasick_rs.Implementation.DFA
        self._automaton = ahocorasick_rs.AhoCorasick(list(entries), matchkind=kind, implementation=automaton)

    def find(self, folded: str) -> list[list[Hit[Any]]]:
        """The hits of each matcher in a folded text, in the order of the matchers."""
        meanings, whole, broken = self._meanings, self._whole, self._broken
        last, new = len(folded), tuple.__new__
        found: list[list[Hit[Any]]] = [[] for _ in self.matchers]
        hidden: dict[int, list[tuple[int, int]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            if end != last and folded[end].isalnum():
                shadowed = broken[index]
            else:
                shadowed = whole[index]
                for table, value in meanings[index]:
                    found[table].append(new(Hit, (start, end - 1, value)))
            for table in shadowed:
                hidden.setdefault(table, []).append((start, end))
        for table, places in hidden.items():
            for start, end in places:
                found[table] += self.matchers[table].find_all(folded, start, end + HIDDEN)
            found[table] = leftmost_longest(found[table])
        return found


class _Table:
    """The entries of one table, asked what they share with some words."""

    def __init__(self, patterns: Iterator[str]) -> None:
        self._sorted = sorted(patterns)
        self._patterns = frozenset(self._sorted)

    def holds_beginning(self, words: str) -> bool:
        """Whether an entry is the first of the words, or the first of them."""
        return any(words[:at] in self._patterns for at, character in enumerate(words) if character == " ")

    def goes_on(self, words: str) -> bool:
        """Whether an entry begins with the words, or is them."""
        place = bisect_left(self._sorted, words)
        return any(pattern.startswith(words) for pattern in self._sorted[place : place + 1])


def _shadowed(pattern: str, tables: Sequence[_Table]) -> tuple[int, ...]:
    """The tables with an entry that the pattern hides where it is found: one that begins it, or begins inside it.

    No longer entry begins where it does, for that would have been found in its place.
    """
    if " " not in pattern[1:]:
        return ()
    parts = [pattern[at:] for at, character in enumerate(pattern) if character == " " and at]
    return tuple(
        number
        for number, table in enumerate(tables)
        if table.holds_beginning(pattern) or any(table.holds_beginning(part) or table.goes_on(part) for part in parts)
    )
