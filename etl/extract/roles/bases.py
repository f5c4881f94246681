"""The whole that a share is a part of, and what a change is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.document import Document, Hit, fold_text
from etl.extract.roles import grammar as g
from etl.extract.roles.phrases import Line, Wording, read_phrase, word_phrase
from etl.extract.roles.reader import Place, Reader
from tracker.vocabulary import Kind, Topic

_REACH = 5
_LONGEST = 9
"""Words of what a change is compared with: `the same period of the year before`."""
_PART = "fraction"
"""The rule that reads `half`."""
_MULTIPLE = "multiple"
"""The rule that reads `double`."""
_ECONOMY_REACH = 5
"""As many sentences on a share of a budget is one of the economy again."""
_SPANS = re.compile(r"[ \u00a0](\w+)[ \u00a0](\d{4}[-–/]\d{2,4})[ \u00a0](\w+)[ \u00a0]\d{4}[-–/]\d")
"""`between 2014–18 and 2019–23`: the change is one from the first span of years."""
_ENDS_COMPARISON = g.MARK | g.QUANTITY | g.SUBORDINATOR | g.VERB | g.AUXILIARY | g.CONJUNCTION
_NO_LAST = g.PREPOSITION | g.DETERMINER


def share_base(
    document: Document, line: Line, first: int, last: int, cues: Sequence[Hit[int]], *, is_part: bool = False
) -> Wording | None:
    """The whole of a share: `60 % of EU acquisitions`, `its share of world exports rose to 43 %`."""
    index = _find_of(line, last)
    if index is not None:
        phrase = read_phrase(line, index + 1)
        if phrase:
            return word_phrase(document, line, phrase)
        return _after_of(document, line, index + 1)
    if is_part and 0 < last < len(line) and line.flags[last] & g.DETERMINER and not line.flags[last] & (g.SUBORDINATOR | g.OF | g.PRONOUN):
        phrase = read_phrase(line, last)  # "half its arms"
        if phrase and document.text[line.ends[last - 1] : line.starts[last]].isspace():
            return word_phrase(document, line, phrase)
    for cue in reversed(cues):
        if cue.value & g.Cue.SHARE and cue.start < line.starts[first]:
            phrase = read_phrase(line, line.index_before(cue.end) + 1)
            whole = _whole_behind(document, line, phrase) if phrase else None
            if whole:
                return word_phrase(document, line, whole)
    return None


def _whole_behind(document: Document, line: Line, phrase: tuple[int, int]) -> tuple[int, int] | None:
    """The whole of which a phrase behind `share of` names a part: itself, or `total` in `la part de l'Asie dans le total`.

    None where the phrase is only a party, whose share it is: `la part de la Russie est tombée à 12 %`.
    """
    flags = line.flags
    head = phrase[0] if document.pack.roles.heads_first else phrase[1] - 1
    if not flags[head] & (g.CAPITAL | g.PARTY):
        return phrase
    after = phrase[1]
    return read_phrase(line, after + 1) if after < len(flags) and flags[after] & g.PLACE else None


def _find_of(line: Line, last: int) -> int | None:
    """Where the `of` right behind a share stands."""
    flags, index = line.flags, last
    while index < len(flags) and flags[index] & (g.MARK | g.ADVERB) and index - last < 2:
        index += 1
    return index if index < len(flags) and flags[index] & g.OF else None


def _after_of(document: Document, line: Line, index: int) -> Wording | None:
    """The words up to the next mark, where they are a clause: `un tiers de ce que tire la Russie`."""
    flags = line.flags
    end = index
    if index < len(flags) and flags[index] & g.PREPOSITION:
        return None  # "un tiers, d'après les syndicats"
    if _stands_for_other(document, line, index):
        return None
    amount = index + (index < len(flags) and flags[index] & g.DETERMINER != 0)
    if amount < len(flags) and flags[amount] & g.QUANTITY:
        return _amount_at(document, line, amount)
    while end < len(flags) and not flags[end] & (g.MARK | g.QUANTITY):
        end += 1
    while end > index and flags[end - 1] & (g.DETERMINER | g.PREPOSITION | g.CONJUNCTION):
        end -= 1  # "16 % du montant du contrat des 18 Rafale"
    return word_phrase(document, line, (index, end)) if 0 < end - index <= _REACH + 3 else None


def _stands_for_other(document: Document, line: Line, index: int) -> bool:
    """Whether the word that names the whole is a pronoun: `85 per cent of it`, `half of which`, `a third of those are`."""
    flags = line.flags
    if index >= len(flags):
        return False
    flag, following = flags[index], flags[index + 1] if index + 1 < len(flags) else g.MARK
    if flag & g.DETERMINER:
        return bool(following & (g.MARK | g.AUXILIARY | g.CONJUNCTION))
    if following & g.SUBORDINATOR:
        return False  # "40 % de ceux qui"
    word = document.folded[line.starts[index] + 1 : line.ends[index] + 1]
    return bool(flag & (g.ANAPHOR | g.SUBORDINATOR)) or word in document.pack.roles.obliques


def _amount_at(document: Document, line: Line, index: int) -> Wording:
    """The amount that a share is a part of, with its noun: `64 per cent of the 11 billion contract`."""
    end = index
    while end < len(line) and line.flags[end] & g.QUANTITY:
        end += 1
    phrase = read_phrase(line, end)
    return word_phrase(document, line, (index, phrase[1] if phrase else end))


def change_base(
    document: Document, line: Line, last: int, cues: Sequence[Hit[int]], *, is_multiple: bool = False
) -> Wording | None:
    """What a change is compared with: `5 per cent above the plan`, `par rapport à 2022`; behind a multiple, `le double de 2017`."""
    flags = line.flags
    spans = _SPANS.match(document.text, line.ends[last - 1]) if 0 < last <= len(flags) else None
    if spans and (spans[1].lower(), spans[3].lower()) in document.pack.ranges.pairs:
        return Wording(spans[2], spans.start(2), spans.end(2))
    if is_multiple and 0 < last < len(flags) and flags[last] & g.OF:
        phrase = read_phrase(line, last + 1)  # "le double du premier contrat"; "le double de l'an passé"
        return word_phrase(document, line, phrase) if phrase else _after_of(document, line, last + 1)
    for cue in cues:
        if not cue.value & g.Cue.COMPARISON:
            continue
        begin = line.index_at(cue.start)
        if begin < last:
            continue
        if begin - last > _REACH or any(flag & (g.MARK | g.QUANTITY) for flag in flags[last:begin]):
            break
        compared = _words_from(document, line, line.index_before(cue.end) + 1)
        if compared:
            return compared
    opening = next((cue for cue in cues if cue.value & g.Cue.COMPARISON), None)
    if opening and line.index_at(opening.start) == 0 and " " in document.text[opening.start : opening.end]:
        return _words_from(document, line, line.index_before(opening.end) + 1)  # "Compared with 2022, sales rose by 5 per cent"
    return None


def _words_from(document: Document, line: Line, index: int) -> Wording | None:
    """The words from one on, up to a mark, a verb, a figure, a clause or a second thing; without a preposition at either end."""
    flags = line.flags
    if index < len(flags) and flags[index] & g.PREPOSITION:
        index += 1
    end = index
    while end < len(flags) and end - index < _LONGEST and not flags[end] & _ENDS_COMPARISON:
        end += 1
    while end > index and flags[end - 1] & _NO_LAST:
        end -= 1
    return word_phrase(document, line, (index, end)) if end > index else None


class BaseFinder:
    """Finds bases in text order: a share without its own takes that of the share before."""

    def __init__(self, reader: Reader) -> None:
        self.document = reader.document
        self.cues = reader.grammar.cues
        self.base: Wording | None = None
        """The base of the last share."""
        self.is_named = False
        """Whether the last base stands right behind its share, so that there is no doubt: `60 % of EU acquisitions`."""
        self._sentence = -2

    def find(self, place: Place, last_object: Wording | None) -> Wording | None:
        """The whole of a share, or what a change is compared with; None for other kinds."""
        kind = place.quantity.kind
        self.is_named = False
        if kind == Kind.SHARE:
            self.base = self._whole(place, last_object)
            self._sentence = place.sentence.number
            return self.base
        if kind == Kind.CHANGE:
            return change_base(
                self.document, place.sentence.line, place.last, place.sentence.cues, is_multiple=place.quantity.rule == _MULTIPLE
            )
        return None

    def is_economy(self) -> bool:
        """Whether the last base is a country's output or its whole budget."""
        return self.base is not None and any(
            hit.value & g.Cue.ECONOMY for hit in self.cues.find(fold_text(self.base.text))
        )

    def _whole(self, place: Place, last_object: Wording | None) -> Wording | None:
        """Named beside the share, owned (`37 % held by Airbus`), that of the last share, or the last object."""
        line = place.sentence.line
        if place.quantity.noun:  # "one howitzer in three"
            self.is_named = True
            return Wording(self.document.text[place.quantity.noun.start : place.quantity.noun.end], *place.quantity.noun)
        is_part = place.quantity.rule == _PART
        found = share_base(self.document, line, place.first, place.last, place.sentence.cues, is_part=is_part)
        if found:
            self.is_named = _find_of(line, place.last) is not None
            return found
        if place.last < len(line) and line.flags[place.last] & g.AGENT:
            for c in place.sentence.candidates:
                if c.is_head and not c.governor and c.last <= place.first:
                    return Wording(c.text, c.start, c.end)
        apart = place.sentence.number - self._sentence
        near = apart <= 1 or (apart <= _ECONOMY_REACH and place.stage.topic is Topic.BUDGET and self.is_economy())
        return self.base if near and self.base else last_object
