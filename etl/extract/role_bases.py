"""The whole that a share is a part of, and what a change is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.role_phrases import Line, phrase_text, read_phrase

_REACH = 5
_ENDS_COMPARISON = g.MARK | g.QUANTITY | g.SUBORDINATOR | g.VERB | g.AUXILIARY


def share_base(document: Document, line: Line, first: int, last: int, cues: Sequence[Hit[int]]) -> str | None:
    """The whole of a share: `60 % of EU acquisitions`, `its share of world exports rose to 43 %`."""
    flags = line.flags
    index = last
    while index < len(flags) and flags[index] & (g.MARK | g.ADVERB) and index - last < 2:
        index += 1
    if index < len(flags) and flags[index] & g.OF:
        phrase = read_phrase(line, index + 1)
        if phrase:
            return phrase_text(document, line, phrase)
        return _after_of(document, line, index + 1)
    for cue in reversed(cues):
        if cue.value & g.Cue.SHARE and cue.start < line.starts[first]:
            phrase = read_phrase(line, line.index_before(cue.end) + 1)
            if phrase:
                return phrase_text(document, line, phrase)
    return None


def _after_of(document: Document, line: Line, index: int) -> str | None:
    """The words up to the next mark, where they are a clause: `un tiers de ce que tire la Russie`."""
    flags = line.flags
    end = index
    while end < len(flags) and not flags[end] & (g.MARK | g.QUANTITY):
        end += 1
    return phrase_text(document, line, (index, end)) if 0 < end - index <= _REACH + 3 else None


def change_base(document: Document, line: Line, last: int, cues: Sequence[Hit[int]]) -> str | None:
    """What a change is compared with: `4.79 per cent above last year's allocation`, `par rapport à 2022`."""
    flags = line.flags
    for cue in cues:
        if not cue.value & g.Cue.COMPARISON:
            continue
        begin = line.index_at(cue.start)
        if begin < last:
            continue
        if begin - last > _REACH or any(flag & (g.MARK | g.QUANTITY) for flag in flags[last:begin]):
            return None
        index = end = line.index_before(cue.end) + 1
        while end < len(flags) and end - index < _REACH and not flags[end] & _ENDS_COMPARISON:
            end += 1
        if end > index:
            return phrase_text(document, line, (index, end))
    return None
