"""Sentences as rows of classed words, and the noun phrases in them.

There is no part-of-speech tagger: a noun phrase is what function words, verb forms and punctuation leave between
them, which the pack lists. This holds for every language that separates its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.parties import Name
from etl.extract.roles import grammar as g
from etl.records import Quantity, Span
from tracker.vocabulary import Kind

_WORDS = re.compile(r"(\w+(?:[-‑./&]\w+)*|[^\w\s'’])")
"""Splits a sentence into gaps and words, in turns."""
_MAX_WORDS = 9
_GROUP_MARKS = ".,"
_BREAKS = g.MARK | g.SUBORDINATOR
_SHORT = 5
"""A word of no more letters has no ending to speak of: `king`."""
_REMEMBERED = 50_000
_CONTEXT = g.VERB | g.HOMOGRAPH | g.PARTICIPLE | g.OPENING | g.MAY_OWN
_VERBAL = g.VERB | g.HOMOGRAPH
_BEFORE_NOUN = g.DETERMINER | g.OF | g.ADJECTIVE | g.PREPOSITION
_UNSURE = g.HOMOGRAPH | g.PARTICIPLE | g.OPENING | g.MAY_OWN
_UNSETTLING = _BEFORE_NOUN | g.CONJUNCTION
_BEFORE_VERB = g.AUXILIARY | g.ANAPHOR | g.RELATIVE
_BEFORE_HOMOGRAPH = g.VERB | g.QUANTITY | g.NUMBER | g.GENITIVE
_BEFORE_QUANTITY = g.ADVERB | g.PREPOSITION
_HALTS = g.ENDS_PHRASE | g.DETERMINER | g.PARTICIPLE
"""What may end a phrase; any other word belongs to it."""
_NO_NOUN = g.NUMBER | g.GENITIVE
_NO_NOUN_BEFORE = _NO_NOUN | g.DETERMINER | g.OF
_AFTER_VERB = g.DETERMINER | g.QUANTITY | g.NUMBER | g.SUBORDINATOR | g.ANAPHOR
_AFTER_PARTICIPLE = g.DETERMINER | g.PREPOSITION | g.ADVERB | g.CONJUNCTION | g.SUBORDINATOR | g.MARK


class Line:
    """One sentence: the offsets and classes of its words and marks, and where semicolons part it."""

    __slots__ = ("_breaks_before", "breaks", "ends", "flags", "span", "starts")

    def __init__(
        self, span: Span, starts: list[int], ends: list[int], flags: list[int], breaks: list[int]
    ) -> None:
        self.span = span
        self.breaks = breaks
        self.starts = starts
        self.ends = ends
        self.flags = flags
        self._breaks_before: list[int] | None = None

    def breaks_between(self, first: int, last: int) -> int:
        """How many marks and subordinators stand between two words."""
        counts = self._breaks_before
        if counts is None:
            counts = self._breaks_before = list(accumulate([flag & _BREAKS != 0 for flag in self.flags], initial=0))
        return counts[last] - counts[first]

    def index_at(self, offset: int) -> int:
        """The index of the first word that begins at or after `offset`."""
        return bisect_left(self.starts, offset)

    def index_before(self, offset: int) -> int:
        """The index of the last word that ends at or before `offset`, -1 where there is none."""
        return bisect_right(self.ends, offset) - 1

    def __len__(self) -> int:
        return len(self.starts)


def read_line(
    document: Document,
    span: Span,
    grammar: g.Grammar,
    names: Sequence[Hit[Name]],
    quantities: Sequence[Quantity],
    compounds: Sequence[Hit[int]] = (),
) -> Line:
    """The words of a sentence with their classes; names, quantities and compounds are those inside the sentence."""
    text = document.text
    parts = _WORDS.split(text[span.start : span.end])
    offsets = list(accumulate(map(len, parts), initial=span.start))
    words, starts, ends = parts[1::2], offsets[1:-1:2], offsets[2::2]
    try:
        flags = list(map(grammar.words.__getitem__, words))
    except KeyError:
        flags = [_class_of(word, grammar) for word in words]
    breaks = [starts[index] for index, word in enumerate(words) if word == ";"] if ";" in words else []
    if "." in words:
        _drop_stops(words, flags, grammar)
    line = Line(span, starts, ends, flags, breaks)
    for cue in compounds:
        _mark_compound(line, cue, grammar)
    for quantity in quantities:
        acts = quantity.kind == Kind.CHANGE and text[quantity.start].isalpha()  # "doubled"
        _mark(line, quantity.start, quantity.end, g.QUANTITY | g.VERB if acts else g.QUANTITY)
        if quantity.kind == Kind.COUNT and not grammar.heads_first:
            after = line.index_at(quantity.end)
            if after < len(flags):
                flags[after] &= ~(g.VERB | g.HOMOGRAPH)  # "five ships": what is counted is a noun
    for name in names:
        _mark(line, name.start, name.end, g.CAPITAL if name.value.kind == "weapon" else g.PARTY)
    for index in [index for index, flag in enumerate(flags) if flag & _CONTEXT and not flag & g.QUANTITY]:
        if index and not flags[index] & _UNSURE and not flags[index - 1] & _UNSETTLING:
            continue  # a verb that nothing before it makes a noun
        flags[index] = _class_in_context(flags, index, words[index], starts[index], text, grammar)
    return line


def _mark_compound(line: Line, cue: Hit[int], grammar: g.Grammar) -> None:
    """Gives the words of a compound preposition its sense, with the plain one that ends it: `on behalf of`."""
    flags, sense = line.flags, grammar.sense(cue.value)
    first, last = line.index_at(cue.start), line.index_before(cue.end) + 1
    if sense & g.PREPOSITION and last < len(flags) and flags[last] & g.PREPOSITION:
        last += 1
    for index in range(first, last):
        flags[index] = sense


def _drop_stops(words: list[str], flags: list[int], grammar: g.Grammar) -> None:
    """Gives the stop of an abbreviation no meaning: `M. Marchand` is one phrase."""
    last = len(words) - 1
    index = words.index(".")
    while 0 <= index < last:
        before = words[index - 1] if index else "."
        if before[0].isupper() and ("." in before or before in grammar.abbreviations):
            flags[index - 1] = flags[index] = g.CAPITAL
        try:
            index = words.index(".", index + 1)
        except ValueError:
            return


def _class_of(word: str, grammar: g.Grammar) -> int:
    """The class of a printed word wherever it stands, remembered."""
    known = grammar.words
    if word not in known:
        if len(known) > _REMEMBERED:
            known.clear()
        known[word] = _classify(word, grammar)
    return known[word]


def _classify(word: str, grammar: g.Grammar) -> int:
    first = word[0]
    if not first.isalnum():
        return g.MARK
    if first.isdigit():
        return g.NUMBER
    folded = word.lower()
    flag = grammar.flags.get(folded, 0)
    if first.isupper():
        if len(word) > 1 and word.isupper():
            return g.CAPITAL
        if flag & (g.DETERMINER | g.PREPOSITION | g.ADVERB):
            return flag | g.CAPITAL
        if flag & ~_VERBAL or (flag and folded.endswith(grammar.opening_suffixes)):
            return g.CAPITAL | g.OPENING
        return g.CAPITAL
    if not flag:
        flag = _unknown(folded, grammar)
    return flag | g.MAY_OWN if folded in grammar.genitives else flag


def _unknown(word: str, grammar: g.Grammar) -> int:
    """The class of a word that the pack lacks: a pronoun where its last part is one (`a-t-il`), a verb by its ending."""
    if "-" in word:
        return grammar.flags.get(word.rpartition("-")[2], 0) & g.PRONOUN
    if grammar.verb_suffixes and word.endswith(grammar.verb_suffixes):
        return g.VERB
    if len(word) <= _SHORT:
        return 0
    if word.endswith(grammar.predicate_suffixes):
        return g.HOMOGRAPH
    return g.PARTICIPLE if word.endswith(grammar.participle_suffixes) else 0


def _class_in_context(flags: list[int], index: int, word: str, start: int, text: str, grammar: g.Grammar) -> int:
    """The class of a word that depends on the words around it."""
    flag = flags[index]
    previous = flags[index - 1] if index else g.MARK
    if flag & g.MAY_OWN:
        return g.GENITIVE if start and text[start - 1] in "'’" else flag & ~g.MAY_OWN
    if flag & g.OPENING:
        return _class_at_opening(flags, index, grammar.flags[word.lower()]) if previous & g.MARK else g.CAPITAL
    if flag & g.PARTICIPLE and not flag & g.VERB:
        return g.VERB if _follows_auxiliary(flags, index) else flag  # "would be looking at"
    if previous & _BEFORE_NOUN and not previous & g.AUXILIARY:
        if previous & g.PREPOSITION and (word.endswith(grammar.infinitives) or _keeps_verb(flags, index, word, grammar)):
            return flag & g.VERB  # "de livrer"; but "de commandes", "en aide militaire"
        if not previous & g.ADJECTIVE or flag & g.HOMOGRAPH or word.endswith(grammar.predicate_suffixes):
            return 0  # "military support"; but "the military spent"
    if previous & g.CONJUNCTION and index > 1 and flags[index - 2] & g.ADJECTIVE:
        return 0  # "new and backlogged jets"
    if flag & g.HOMOGRAPH:
        if previous & g.AUXILIARY and previous & g.PREPOSITION and word in grammar.finites:
            return 0  # "a signature to contracts"
        return g.VERB if _is_verb(flags, index) else 0
    return flag


def _keeps_verb(flags: list[int], index: int, word: str, grammar: g.Grammar) -> bool:
    """Whether a word after a preposition is a verb: `elle en absorbera`, `d'un montant estimé à`."""
    if flags[index] & g.HOMOGRAPH:
        return False
    if flags[index - 1] & g.PRONOUN:
        return True
    after = flags[index + 1] if index + 1 < len(flags) else 0
    return bool(after & g.PREPOSITION) and not after & g.OF and word.endswith(grammar.predicate_suffixes)


def _class_at_opening(flags: list[int], index: int, flag: int) -> int:
    """The class of a capitalised word that begins a sentence or part of it; participles go before function words."""
    if flag & ~_VERBAL:
        return flag & ~_VERBAL | g.CAPITAL
    following = flags[index + 1] if index + 1 < len(flags) else g.MARK
    return g.VERB if following & _AFTER_PARTICIPLE and not following & (g.CAPITAL | g.PARTY) else g.CAPITAL


def _follows_auxiliary(flags: list[int], index: int) -> bool:
    """Whether an auxiliary stands before a word, adverbs apart; `to` is none."""
    while index > 1 and flags[index - 1] & g.ADVERB:
        index -= 1
    return index > 0 and bool(flags[index - 1] & g.AUXILIARY) and not flags[index - 1] & g.PREPOSITION


def _is_verb(flags: list[int], index: int) -> bool:
    """Whether a word that may be a noun or a verb is a verb, by the words around it."""
    before = index - 1
    while before > 0 and flags[before] & g.ADVERB:
        before -= 1
    previous = flags[before] if before >= 0 else g.MARK
    if previous & _BEFORE_VERB:
        return True
    if index == 0 or index + 1 >= len(flags):
        return False
    following = flags[index + 1]
    if not flags[index] & g.VERB:
        if previous & g.MARK and following & g.PREPOSITION:
            return True  # "the programme, priced at"
        return bool(following & _AFTER_VERB and previous & (g.CAPITAL | g.PARTY))  # "the Bundeswehr enlarged a contract"
    if following & g.AUXILIARY and following & g.PREPOSITION:  # "the ministry plans to buy"
        return bool(previous & (g.CAPITAL | g.PARTY)) and index + 2 < len(flags) and bool(flags[index + 2] & g.VERB)
    if following & (g.PREDICATE | g.OF) or previous & _BEFORE_HOMOGRAPH:
        return False
    after = index + 1
    while after + 1 < len(flags) and flags[after] & _BEFORE_QUANTITY and not flags[after] & (g.OF | g.PURPOSE):
        after += 1
    return bool(following & _AFTER_VERB or flags[after] & g.QUANTITY)


def _mark(line: Line, start: int, end: int, flag: int) -> None:
    """Gives the words of a stretch a class of its own; the words of a name lose the class that they have alone."""
    starts, flags = line.starts, line.flags
    first = bisect_left(starts, start)
    if first < len(flags) and flags[first] & g.QUANTITY:
        return  # "Taiwan dollars"
    for index in range(first, bisect_left(starts, end)):
        flags[index] = flag if flag & g.QUANTITY else flag | (flags[index] & g.CAPITAL)


def read_phrase(line: Line, index: int, *, of_links: int = 1) -> tuple[int, int] | None:
    """The noun phrase that begins at word `index`, as first and last word (excluded); None where there is none.

    A determiner in front is left out. `of_links` of-phrases are taken along: `rounds of 155 mm ammunition`.
    """
    flags = line.flags
    size = len(flags)
    while index < size and flags[index] & g.DETERMINER:
        index += 1
    first = last = index
    limit = min(size, first + _MAX_WORDS)
    while index < limit:
        flag = flags[index]
        if not flag & _HALTS:
            last = index = index + 1
            continue
        if (flag & g.DETERMINER and not flag & g.OF) or (flag & g.PARTICIPLE and index > first and takes_object(flags, index)):
            break
        if not flag & g.ENDS_PHRASE:
            index += 1
            last = index
        elif flag & g.OF and of_links and last > first:
            of_links -= 1
            index += 1
            while index < size and flags[index] & g.DETERMINER:
                index += 1
        elif flag & g.CONJUNCTION and last > first and flags[last - 1] & g.ADJECTIVE:
            index += 1  # "the seventh and eighth ships"
        else:
            break
    if last == first or (flags[first] & _NO_NOUN and all(flag & _NO_NOUN for flag in flags[first:last])):
        return None
    return first, last


def takes_object(flags: list[int], index: int) -> bool:
    """Whether what follows a participle is its object: `the quarter ending March 31`."""
    following = flags[index + 1] if index + 1 < len(flags) else 0
    return bool(following & (g.DETERMINER | g.NUMBER | g.CAPITAL | g.PARTY | g.QUANTITY))


def read_phrase_before(line: Line, index: int, *, of_links: int = 1) -> tuple[int, int] | None:
    """The noun phrase that ends with the word before `index`, as first and last word (excluded)."""
    flags = line.flags
    last = index
    first = index
    while index > 0 and last - index < _MAX_WORDS:
        flag = flags[index - 1]
        if not flag & g.ENDS_PHRASE:
            if flag & g.DETERMINER:
                break
            index -= 1
            first = index
        elif flag & g.OF and of_links and first < last:
            of_links -= 1
            index -= 1
        else:
            break
        while index > 0 and flags[index - 1] & g.DETERMINER and index >= 2 and flags[index - 2] & g.OF and of_links:
            index -= 1
    if first == last or (flags[first] & _NO_NOUN_BEFORE and all(flag & _NO_NOUN_BEFORE for flag in flags[first:last])):
        return None
    return first, last


class Wording(NamedTuple):
    """Words of the text, as printed, with their span."""

    text: str
    start: int
    end: int


def word_phrase(document: Document, line: Line, phrase: tuple[int, int]) -> Wording:
    """The words of a phrase, without the possessive of what owns it and with the whole of a number that opens it: `2,400-ton vessels`."""
    first, last = phrase
    while first < last - 1 and line.flags[first] & g.GENITIVE:
        first += 1
    text, start, end = document.text, line.starts[first], line.ends[last - 1]
    while start > 1 and text[start].isdigit() and text[start - 1] in _GROUP_MARKS and text[start - 2].isdigit():
        start -= 2
        while start and text[start - 1].isdigit():
            start -= 1
    return tuple.__new__(Wording, (text[start:end], start, end))
