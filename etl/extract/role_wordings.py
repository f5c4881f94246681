"""The noun phrases of a sentence that may be what is counted, paid for or measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.role_phrases import Line, Wording, read_phrase, read_phrase_before, word_phrase

_REACH: Final = 20
_LINK_WORDS: Final = g.ADVERB | g.PREPOSITION | g.DETERMINER | g.PREDICATE
_LINK_REACH: Final = 7
_CONTAINER_TRIES: Final = 3
_GOODS_REACH: Final = 500
_AMOUNTS: Final = g.Cue.AMOUNT
_PEOPLE: Final = g.Cue.TITLE | g.DESCRIPTION


class Phrases:
    """The noun phrases of a line that may be an object."""

    __slots__ = ("cues", "document", "heads_first", "line")

    def __init__(self, document: Document, line: Line, cues: Sequence[Hit[int]], *, heads_first: bool) -> None:
        self.heads_first = heads_first
        self.document = document
        self.line = line
        self.cues = cues

    def counted(self, first: int, last: int) -> Wording | None:
        """The noun phrase after a count: `180 K2 tanks`, `dozens of tanks`; before a colon: `Rafale Export: 92`."""
        flags = self.line.flags
        index = last
        while index < len(flags) and flags[index] & (g.OF | g.DETERMINER):
            index += 1
        phrase = read_phrase(self.line, index)
        if phrase and not self._is_party(phrase):
            return word_phrase(self.document, self.line, phrase)
        if first and flags[first - 1] & g.AGENT:
            return self.container(first)  # "mortars delivered by the hundred"
        return self.headed(first)

    def following(self, last: int) -> Wording | None:
        """The noun that an amount describes: `a $50 billion (£38 billion) programme`."""
        flags = self.line.flags
        index = self._after_brackets(last)
        if self.heads_first or index >= len(flags) or flags[index] & (g.ENDS_PHRASE | g.DETERMINER):
            return None
        phrase = read_phrase(self.line, index)
        return self._text(phrase) if phrase else None

    def whole(self, last: int) -> Wording | None:
        """The whole of a share that is itself the subject: `Half of the shells were made here`."""
        flags = self.line.flags
        if last >= len(flags) or not flags[last] & g.OF:
            return None
        phrase = read_phrase(self.line, last + 1)
        if phrase and phrase[1] < len(flags) and flags[phrase[1]] & g.PREDICATE:
            return self._text(phrase)
        return None

    def headed(self, first: int) -> Wording | None:
        """The noun phrase before a colon that the amount follows: `Chiffre d'affaires : 6,9 Md€`."""
        flags = self.line.flags
        index = first
        while index > 0 and flags[index - 1] & (g.ADVERB | g.PREPOSITION | g.DETERMINER):
            index -= 1
        if index == 0 or not flags[index - 1] & g.MARK:
            return None
        text = self.document.text
        if text[self.line.starts[index - 1]] != ":":
            return None
        begin = index - 1
        while begin > 0 and not flags[begin - 1] & (g.MARK | g.QUANTITY):
            begin -= 1
        phrase = read_phrase(self.line, begin)
        return self._text(phrase) if phrase and phrase[1] < index else None

    def purpose(self, last: int, *, only_adjacent: bool = False) -> Wording | None:
        """What money is for, after the amount: `$3 million for shells`, `d'aide militaire`, `to be spent on radars`."""
        flags = self.line.flags
        last = self._after_brackets(last)
        if last < len(flags) and flags[last] & (g.ADJACENT | g.PURPOSE):
            found = self._governed(last + 1)
            if found or only_adjacent:
                return found
        if only_adjacent:
            return None
        index_at = self.line.index_at
        phrases = {index_at(cue.start): cue for cue in self.cues if cue.value & g.Cue.PURPOSE}
        for index in range(last, min(last + _REACH, len(flags))):
            flag = flags[index]
            if flag & (g.QUANTITY | g.SUBORDINATOR):
                return None
            if not flag & g.PURPOSE and index not in phrases:
                continue
            begin = self.line.index_before(phrases[index].end) + 1 if index in phrases else index + 1
            if index in phrases or flag & g.PURPOSE:
                found = self._governed(begin)
                if found:
                    return found
        return None

    def _governed(self, index: int) -> Wording | None:
        """The object that begins at a word after a preposition, numbers apart."""
        phrase = read_phrase(self.line, index)
        if phrase is None or self.line.flags[phrase[0]] & g.NUMBER:
            return None
        return self._text(phrase)

    def _after_brackets(self, index: int) -> int:
        """The index after a restatement in brackets: `$6 billion (US$4 billion) for bases`."""
        starts, text = self.line.starts, self.document.text
        if index < len(starts) and text[starts[index]] == "(":
            for close in range(index + 1, min(index + _REACH, len(starts))):
                if text[starts[close]] == ")":
                    return close + 1
        return index

    def container(self, first: int) -> Wording | None:
        """The noun before the amount: `contracts worth $5 million`, `a sale to Romania at a cost of $80 million`."""
        index = first
        flags = self.line.flags
        if first > 1 and flags[first - 1] & g.OF and flags[first - 2] & g.MARK:
            index = first - 2  # "its first payment, of $2 million"
        for _ in range(_CONTAINER_TRIES):
            index = self._skip_links(index)
            phrase = read_phrase_before(self.line, index, of_links=1 + self.heads_first)
            if phrase is None:
                return None
            fault = self._fault(phrase)
            if not fault:
                return word_phrase(self.document, self.line, self._without_numbers(phrase))
            before = phrase[0] - 1
            while before >= 0 and flags[before] & g.DETERMINER:
                before -= 1
            if before < 0 or not flags[before] & (g.PREPOSITION | g.ADVERB) or (fault == "party" and index == first):
                return None
            index = before + 1
        return None

    def _skip_links(self, index: int) -> int:
        """The index of the first of the adverbs, prepositions, determiners and verb forms before `index`."""
        flags = self.line.flags
        start = index
        while index > 0 and flags[index - 1] & _LINK_WORDS and start - index < _LINK_REACH:
            index -= 1
        return index

    def subject(self, first: int) -> Wording | None:
        """The subject of the clause: `Pensions absorb ...`, `Le carnet de commandes atteint ...`."""
        flags = self.line.flags
        index = first
        while index > 0:
            while index > 0 and not flags[index - 1] & g.PREDICATE:
                index -= 1
            while index > 0 and flags[index - 1] & (g.PREDICATE | g.ADVERB | g.PRONOUN):
                index -= 1
            phrase = read_phrase_before(self.line, index, of_links=1 + self.heads_first) if index else None
            if phrase:
                fault = self._fault(phrase)
                if fault == "party":
                    return self._before_partners(phrase[0])
                if fault != "amount":
                    return None if fault else word_phrase(self.document, self.line, self._without_numbers(phrase))
        while index < first and flags[index] & (g.MARK | g.ADVERB | g.DETERMINER | g.SUBORDINATOR):
            index += 1
        phrase = read_phrase(self.line, index)
        return self._text(phrase) if phrase and phrase[1] <= first else None

    def _before_partners(self, index: int) -> Wording | None:
        """The subject before the parties that a preposition ties to it: `the programme with Italy and Japan costs`."""
        flags = self.line.flags
        while index > 0 and flags[index - 1] & (g.DETERMINER | g.CONJUNCTION | g.PARTY):
            index -= 1
        if index == 0 or not flags[index - 1] & g.PREPOSITION or flags[index - 1] & g.OF:
            return None
        phrase = read_phrase_before(self.line, index - 1)
        return self._text(phrase) if phrase else None

    def nearest_goods(self, offset: int, cues_before: Iterator[Hit[int]]) -> Wording | None:
        """The last thing of the trade named before `offset`: `shells` in `800,000 shells ... the first 180,000`."""
        begin = offset - _GOODS_REACH
        for cue in cues_before:
            if cue.start < begin:
                return None
            if cue.value & g.Cue.GOODS:
                return self._cue(cue)
        return None

    def spending(self, cues_before: Iterator[Hit[int]]) -> Wording | None:
        """What a share of the economy is spent on: named in the sentence, else before it."""
        for cue in self.cues:
            if cue.value & g.Cue.SPENDING:
                return self._cue(cue)
        return next((self._cue(cue) for cue in cues_before if cue.value & g.Cue.SPENDING), None)

    def _cue(self, cue: Hit[int]) -> Wording:
        return Wording(self.document.text[cue.start : cue.end], cue.start, cue.end)

    def _text(self, phrase: tuple[int, int]) -> Wording | None:
        """The words of a phrase that may be an object; None for a party, a person, an amount or a number."""
        return None if self._fault(phrase) else word_phrase(self.document, self.line, self._without_numbers(phrase))

    def _without_numbers(self, phrase: tuple[int, int]) -> tuple[int, int]:
        first, last = phrase
        while first < last and self.line.flags[first] & g.NUMBER:
            first += 1
        return first, last

    def _after_adjectives(self, phrase: tuple[int, int]) -> int:
        """The index of the first word of a phrase that is no ordinal or the like."""
        head, last = phrase
        while head < last and self.line.flags[head] & g.ADJECTIVE:
            head += 1
        return head

    def _fault(self, phrase: tuple[int, int]) -> str:
        """Why a phrase is no object: `party`, `amount`; empty where it may be one."""
        phrase = self._without_numbers(phrase)
        if self._after_adjectives(phrase) == phrase[1]:
            return "amount"  # nothing, or "the second" of something
        if self._is_party(phrase):
            return "party"
        flags = self.line.flags
        if flags[phrase[0] if self.heads_first else phrase[1] - 1] & g.PARTY:
            return "party"
        head = self._after_adjectives(phrase)
        start, end = self.line.starts[head], self.line.ends[phrase[1] - 1]
        governed = any(flags[i] & (g.PURPOSE | g.ADJACENT) for i in range(max(phrase[0] - 2, 0), phrase[0]))
        for cue in self.cues:
            if cue.start < start or cue.end > end:
                continue
            is_head = cue.start == start if self.heads_first else cue.end == end
            if is_head and cue.value & _AMOUNTS:
                return "amount"
            if cue.value & g.Cue.TITLE and flags[phrase[1] - 1] & g.CAPITAL:
                return "party"
            if is_head and cue.value & _PEOPLE and not governed and not cue.value & (g.Cue.PROGRAMME | g.Cue.GOODS):
                return "party"
        return ""

    def _is_party(self, phrase: tuple[int, int]) -> bool:
        """Whether the words are names of parties and numbers and nothing else."""
        flags = self.line.flags
        words = flags[phrase[0] : phrase[1]]
        return any(flag & g.PARTY for flag in words) and all(
            flag & (g.PARTY | g.NUMBER | g.OF | g.DETERMINER | g.GENITIVE | g.CONJUNCTION) for flag in words
        )
