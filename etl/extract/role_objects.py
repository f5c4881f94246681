"""What is counted, paid for or measured, and the whole that a share is a part of."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.role_phrases import Line, phrase_text, read_phrase, read_phrase_before

_REACH = 14


def counted_object(document: Document, line: Line, last: int) -> str | None:
    """The noun phrase after a count: `180 K2 tanks`, `dozens of tanks`, `330 000 d'obus`."""
    index = last
    flags = line.flags
    while index < len(flags) and flags[index] & (g.OF | g.ADVERB | g.DETERMINER):
        index += 1
    phrase = read_phrase(line, index)
    return phrase_text(document, line, phrase) if phrase else None


def purpose_object(document: Document, line: Line, last: int, cues: Sequence[Hit[int]]) -> str | None:
    """What money is for, after the amount: `$3 million for shells`, `d'aide militaire`, `to be spent on radars`."""
    flags = line.flags
    limit = min(last + _REACH, len(flags))
    for cue in cues:
        if not cue.value & g.Cue.PURPOSE:
            continue
        begin = line.index_at(cue.start)
        if begin < last:
            continue
        if begin >= limit or any(f & (g.QUANTITY | g.SUBORDINATOR) or _ends_clause(f) for f in flags[last:begin]):
            break
        after = line.index_before(cue.end) + 1
        phrase = read_phrase(line, after)
        if phrase is None or _is_mere_party(flags, phrase) or flags[phrase[0]] & g.NUMBER:
            continue
        if begin > last and flags[begin] & g.OF and not flags[begin] & ~(g.OF | g.PREPOSITION | g.DETERMINER):
            continue
        return phrase_text(document, line, phrase)
    return None


def _ends_clause(flag: int) -> bool:
    return False


def _is_mere_party(flags: list[int], phrase: tuple[int, int]) -> bool:
    return all(flags[i] & g.PARTY for i in range(*phrase))


def container_object(document: Document, line: Line, first: int, cues: Sequence[Hit[int]]) -> str | None:
    """The noun before the amount: `contracts worth $5 million`, `un marché de 4 M€`."""
    flags = line.flags
    index = first
    while index > 0 and flags[index - 1] & (g.ADVERB | g.OF | g.PREPOSITION | g.DETERMINER | g.PREDICATE) and (
        first - index < 5
    ):
        index -= 1
    phrase = read_phrase_before(line, index)
    if phrase is None or _is_mere_party(flags, phrase):
        return None
    return phrase_text(document, line, phrase)


def subject_object(document: Document, line: Line, first: int) -> str | None:
    """The subject of the sentence: `Pensions absorb ...`, `Le carnet de commandes atteint ...`."""
    flags = line.flags
    index = 0
    while index < first and flags[index] & (g.MARK | g.ADVERB | g.DETERMINER | g.SUBORDINATOR):
        index += 1
    phrase = read_phrase(line, index)
    if phrase is None or phrase[1] > first or _is_mere_party(flags, phrase):
        return None
    return phrase_text(document, line, phrase)
