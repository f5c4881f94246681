"""The noun phrases of a sentence that may be what is counted, paid for or measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from etl.extract.document import Hit
from etl.extract.roles import grammar as g
from etl.extract.roles.nouns import Nouns
from etl.extract.roles.phrases import Wording, read_phrase, read_phrase_before, takes_object, word_phrase

_REACH: Final = 20
_LINK_WORDS: Final = g.ADVERB | g.PREPOSITION | g.DETERMINER | g.PREDICATE
_LINK_REACH: Final = 7
_CONTAINER_TRIES: Final = 3
_INFINITIVE: Final = g.VERB | g.ADVERB
_GOODS_REACH: Final = 500
_GOVERNORS: Final = 4
"""How many prepositions may tie a phrase to the subject."""


class Phrases(Nouns):
    """The noun phrases of a line that may be an object."""

    __slots__ = ()

    def counted(self, first: int, last: int) -> Wording | None:
        """The noun phrase after a count: `180 K2 tanks`, `dozens of tanks`; before a colon: `Rafale Export: 92`."""
        flags = self.line.flags
        index = last
        while index < len(flags) and flags[index] & (g.OF | g.DETERMINER):
            index += 1
        phrase = read_phrase(self.line, index)
        if phrase and phrase[1] < len(flags) and flags[phrase[1] - 1] & g.GENITIVE and flags[phrase[1]] & g.QUANTITY:
            phrase = read_phrase(self.line, self._after_quantity(phrase[1]))  # "two of the country's three bases"
        if phrase and not self._is_party(phrase):
            return word_phrase(self.document, self.line, phrase)
        if first and flags[first - 1] & g.AGENT:
            return self.container(first)  # "mortars delivered by the hundred"
        found = self.headed(first)
        if found is None and first and flags[first - 1] & (g.PREPOSITION | g.ADVERB):
            held = self.container(first)  # "puts tank losses at more than 400"
            return held if held and self._has_goods(held.start, held.end) else None
        return found

    def following(self, last: int) -> Wording | None:
        """The noun that an amount describes: `a $50 billion (£38 billion) programme`."""
        flags = self.line.flags
        index = self._after_brackets(last)
        if self.heads_first or index >= len(flags) or flags[index] & (g.ENDS_PHRASE | g.DETERMINER):
            return None
        phrase = read_phrase(self.line, index)
        return self._text(phrase) if phrase else None

    def names_amount(self, last: int) -> bool:
        """Whether the noun that an amount describes is a word for amounts: `the $2 billion estimated cost`."""
        flags = self.line.flags
        if self.heads_first or last >= len(flags) or flags[last] & (g.ENDS_PHRASE | g.DETERMINER):
            return False
        phrase = read_phrase(self.line, last)
        return phrase is not None and self.fault(phrase) == "amount"

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
        if last + 1 < len(flags) and flags[last] & g.ADVERB and flags[last + 1] & g.OF:
            last += 1  # "$140 million worth of services"
        if last < len(flags) and flags[last] & (g.ADJACENT | g.PURPOSE):
            found = None if self._is_place(last) else self._governed(last + 1)
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
            if index in phrases:
                found = self._governed(self.line.index_before(phrases[index].end) + 1)
            elif flag & g.PURPOSE or self._opens_infinitive(index):
                found = self._governed(index + 1)
            else:
                continue
            if found:
                return found
        return None

    def _opens_infinitive(self, index: int) -> bool:
        """Whether a word that is an auxiliary and a preposition opens an infinitive: `to build ships`."""
        flags = self.line.flags
        return bool(flags[index] & g.AUXILIARY and flags[index] & g.PREPOSITION and flags[index + 1 : index + 2] and (
            flags[index + 1] & g.VERB
        ))

    def _governed(self, index: int) -> Wording | None:
        """The object that begins at a word after a preposition, numbers apart; what another amount measures is none."""
        flags = self.line.flags
        while index < len(flags) and (flags[index] & _INFINITIVE or self._is_gerund(index)):
            index += 1  # "pour renforcer la défense", "to start building the frigates"
        phrase = read_phrase(self.line, self._after_quantity(index))
        if phrase is None or flags[phrase[0]] & g.NUMBER:
            return None
        after = phrase[1]
        while after < len(flags) and flags[after] & (g.OF | g.ADVERB):
            after += 1
        if after > phrase[1] and after < len(flags) and flags[after] & g.QUANTITY:
            counted = read_phrase(self.line, self._after_quantity(after))  # "pour l'achat de 800 camions"
            return self._text(counted) if counted else None  # but "pour un chiffre d'affaires de 9 milliards"
        return self._text(phrase)

    def _is_gerund(self, index: int) -> bool:
        """Whether a word is a participle with an object."""
        return bool(self.line.flags[index] & g.PARTICIPLE) and takes_object(self.line.flags, index)

    def _after_quantity(self, index: int) -> int:
        """The index after a quantity or number words: `to build nine new frigates`."""
        flags, starts, text = self.line.flags, self.line.starts, self.document.text
        while index < len(flags) and (flags[index] & g.QUANTITY or _is_number_word(flags[index], text[starts[index]])):
            index += 1
        return index

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
            after, index = index, self._skip_links(index)
            phrase = read_phrase_before(self.line, index, of_links=1 + self.heads_first)
            if phrase is None:
                return None
            if any(_is_finite(flag) for flag in flags[index:after]):
                phrase = self._governing(phrase)  # "weapons sold to clients totalled 5 million"
            found = self._text(phrase)
            if found:
                return found
            fault = self.fault(phrase)
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
        return index - 1 if self._opens_addition(index, start) else index

    def _opens_addition(self, index: int, end: int) -> bool:
        """Whether links add an amount behind a comma: `the programme, priced at 5 million`, `the guns, at a cost of`."""
        flags, line = self.line.flags, self.line
        if not 1 < index < end or not flags[index - 1] & g.MARK or flags[index] & (g.OF | g.DETERMINER | g.AUXILIARY):
            return False
        if self.document.text[line.starts[index - 1]] != "," or flags[index - 2] & g.CAPITAL:
            return False
        if flags[index] & g.VERB:
            return self.document.text[line.starts[index] : line.ends[index]].endswith(self.past)
        return bool(flags[index] & g.PREPOSITION)

    def subject(self, first: int) -> Wording | None:
        """The subject of the clause: `Pensions absorb ...`, `Le carnet de commandes atteint ...`."""
        flags = self.line.flags
        index = first
        while index > 0:
            while index > 0 and not flags[index - 1] & g.PREDICATE:
                index -= 1
            participle = index
            while index > 0 and flags[index - 1] & (g.PREDICATE | g.ADVERB | g.PRONOUN):
                index -= 1
            if participle and index and self._is_participle(participle - 1) and flags[index - 1] & g.MARK:
                index -= 1  # "the turnover, reaching 5 million"
            phrase = read_phrase_before(self.line, index, of_links=1 + self.heads_first) if index else None
            if phrase:
                fault = self.fault(phrase)
                if fault == "party":
                    return self._before_partners(phrase[0])
                found = self._text(self._governing(phrase))
                if found or fault != "amount":
                    return found
        while index < first and flags[index] & (g.MARK | g.ADVERB | g.DETERMINER | g.SUBORDINATOR):
            index += 1
        phrase = read_phrase(self.line, index)
        return self._text(phrase) if phrase and phrase[1] <= first else None

    def _is_participle(self, index: int) -> bool:
        """Whether a word has the ending of a present participle."""
        word = self.document.text[self.line.starts[index] : self.line.ends[index]]
        return word.endswith(self.participles)

    def _governing(self, phrase: tuple[int, int]) -> tuple[int, int]:
        """The noun phrase that prepositions tie a phrase to: `the weapons sold by Korea to customers` for the last."""
        outer = phrase
        for _ in range(_GOVERNORS):
            if self.names_goods(outer):
                return outer
            index = outer[0]
            while index > 0 and self.line.flags[index - 1] & (g.DETERMINER | g.QUANTITY | g.NUMBER):
                index -= 1
            if index == 0 or not self.line.flags[index - 1] & g.PREPOSITION:
                return outer
            while index > 0 and self.line.flags[index - 1] & (g.PREPOSITION | g.VERB):
                index -= 1
            before = read_phrase_before(self.line, index, of_links=1 + self.heads_first) if index else None
            if before is None:
                return phrase
            outer = before
        return outer

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


def _is_number_word(flag: int, letter: str) -> bool:
    """Whether a word that begins with a letter is a number: `nine`."""
    return bool(flag & g.NUMBER) and letter.isalpha()


def _is_finite(flag: int) -> bool:
    """Whether a word is a verb or an auxiliary and no preposition."""
    return bool(flag & g.PREDICATE) and not flag & g.PREPOSITION
