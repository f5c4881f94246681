"""Whether a noun phrase may be an object, and which of its words are the object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from etl.extract.document import Document, Hit
from etl.extract.roles import grammar as g
from etl.extract.roles.phrases import Line, Wording, word_phrase

_AMOUNTS: Final = g.Cue.AMOUNT
_PEOPLE: Final = g.Cue.TITLE | g.DESCRIPTION
_NO_PEOPLE: Final = g.Cue.PROGRAMME | g.Cue.GOODS
_OPENING: Final = g.NUMBER | g.GENITIVE | g.PARTY
"""Without one of these in front a phrase opens with no number and no owner."""
_BESIDE_PARTY: Final = g.PARTY | g.NUMBER | g.OF | g.DETERMINER | g.GENITIVE | g.CONJUNCTION


class Nouns:
    """The noun phrases of one line, judged."""

    __slots__ = ("cues", "document", "heads_first", "line", "participles", "past")

    def __init__(self, document: Document, line: Line, cues: Sequence[Hit[int]], grammar: g.Grammar) -> None:
        self.heads_first = grammar.heads_first
        self.participles = grammar.participle_suffixes
        self.past = grammar.predicate_suffixes
        self.document = document
        self.line = line
        self.cues = cues

    def _text(self, phrase: tuple[int, int]) -> Wording | None:
        """The words of a phrase that may be an object, or of what an amount in it is of (`growth of sales`).

        None for a party, a person, an amount or a number.
        """
        fault = self.fault(phrase)
        inner: tuple[int, int] | None = phrase
        while fault == "amount" and inner:
            inner = self._complement(inner)
            fault = self.fault(inner) if inner else fault
        if fault or inner is None:
            return None
        return word_phrase(self.document, self.line, self._without_numbers(inner))

    def _complement(self, phrase: tuple[int, int]) -> tuple[int, int] | None:
        """The part of a phrase after its first `of`."""
        flags = self.line.flags
        for index in range(phrase[0] + 1, phrase[1] - 1):
            if flags[index] & g.OF:
                index += 1
                while index < phrase[1] and flags[index] & (g.DETERMINER | g.OF):
                    index += 1
                return (index, phrase[1]) if index < phrase[1] else None
        return None

    def _without_numbers(self, phrase: tuple[int, int]) -> tuple[int, int]:
        """The phrase without the numbers and the owner that it opens with: `Leonardo's order backlog`."""
        first, last = phrase
        flags = self.line.flags
        if first < last and not flags[first] & _OPENING:
            return phrase
        while first < last and flags[first] & (g.NUMBER | g.GENITIVE):
            first += 1
        owner = first
        while owner < last and flags[owner] & g.PARTY:
            owner += 1
        if first < owner < last - 1 and flags[owner] & g.GENITIVE:
            first = owner + 1
        return first, last

    def _after_adjectives(self, phrase: tuple[int, int]) -> int:
        """The index of the first word of a phrase that is no ordinal or the like."""
        head, last = phrase
        flags = self.line.flags
        while head < last and flags[head] & g.ADJECTIVE:
            head += 1
        return head

    def fault(self, phrase: tuple[int, int]) -> str:
        """Why a phrase is no object: `party`, `amount`; empty where it may be one."""
        flags = self.line.flags
        phrase = self._without_numbers(phrase)
        head = self._after_adjectives(phrase)
        if head == phrase[1] or flags[head] & g.OF:
            return "amount"  # nothing, or "the second of" something
        if self._is_party(phrase) or flags[phrase[1] - 1] & g.GENITIVE:
            return "party"
        if flags[phrase[0] if self.heads_first else phrase[1] - 1] & g.PARTY:
            return "party"
        return self._told_fault(phrase, head) if self.cues else ""

    def _told_fault(self, phrase: tuple[int, int], head: int) -> str:
        """What the nouns that the pack knows say against a phrase whose own words begin at `head`."""
        flags, starts, ends = self.line.flags, self.line.starts, self.line.ends
        after = head + 1
        while after < phrase[1] and not flags[after] & g.OF:
            after += 1
        while after - 1 > head and flags[after - 1] & g.NUMBER:
            after -= 1  # "fiscal 2025"
        start, end, head_end = starts[head], ends[phrase[1] - 1], ends[after - 1]  # "Ministry of Defence" and its head
        for cue_start, cue_end, value in self.cues:
            if cue_start < start or cue_end > end:
                continue
            is_head = cue_start == start if self.heads_first else cue_end in (end, head_end)
            if is_head and value & _AMOUNTS:
                return "amount"
            if value & g.Cue.TITLE and flags[phrase[1] - 1] & g.CAPITAL:
                return "party"
            if is_head and value & _PEOPLE and not value & _NO_PEOPLE and not self._is_governed(phrase[0]):
                return "party"
        return ""

    def _is_governed(self, first: int) -> bool:
        """Whether a preposition of purpose, or one of what is beside, stands right before a phrase or its article."""
        return any(flag & (g.PURPOSE | g.ADJACENT) for flag in self.line.flags[max(first - 2, 0) : first])

    def _is_party(self, phrase: tuple[int, int]) -> bool:
        """Whether the words are names of parties and numbers and nothing else."""
        found = 0
        for flag in self.line.flags[phrase[0] : phrase[1]]:
            if not flag & _BESIDE_PARTY:
                return False
            found |= flag
        return found & g.PARTY != 0

    def names_goods(self, phrase: tuple[int, int]) -> bool:
        return self._has_goods(self.line.starts[phrase[0]], self.line.ends[phrase[1] - 1])

    def _has_goods(self, start: int, end: int) -> bool:
        return any(cue.value & g.Cue.GOODS and start <= cue.start and cue.end <= end for cue in self.cues)

    def names_thing(self, wording: Wording) -> bool:
        """Whether a wording holds a thing of the trade or a name."""
        return self._has_goods(wording.start, wording.end) or any(char.isupper() for char in wording.text[1:]) or wording.text[:1].isupper()

    def _cue(self, cue: Hit[int]) -> Wording:
        return Wording(self.document.text[cue.start : cue.end], cue.start, cue.end)

    def _is_place(self, index: int) -> bool:
        """Whether a preposition governs nothing but a proper name: `300 millions à Bourges`."""
        flags = self.line.flags
        if flags[index] & (g.PURPOSE | g.OF) or index + 1 >= len(flags) or not flags[index + 1] & g.CAPITAL:
            return False
        word = self.document.text[self.line.starts[index + 1] : self.line.ends[index + 1]]
        ends = index + 2 >= len(flags) or bool(flags[index + 2] & g.ENDS_PHRASE)
        return ends and word.isalpha() and not word.isupper()
