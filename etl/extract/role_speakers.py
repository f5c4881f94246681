"""Whom the article credits with what a sentence says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.role_phrases import Line, read_phrase, read_phrase_before, word_phrase

_QUOTES: Final = (("“", "”"), ("«", "»"), ("„", "“"))
_SAYING: Final = g.Cue.SAYING | g.Cue.ANNOUNCING
_SPEAKERS: Final = g.Cue.TITLE | g.DESCRIPTION
_NAME_REACH: Final = 4
_SUBJECT_REACH: Final = 8
_CLOSING: Final = frozenset(":.!?…»”")


class Attribution(NamedTuple):
    """A speaker that a line names, or the pronoun that stands for one."""

    speaker: str | None
    """As worded; None where a pronoun speaks."""
    start: int
    """Span of the cue."""
    end: int
    is_doubtful: bool = False
    """Whether another attribution of the line goes first: `selon son ministère` inside what somebody says."""
    is_source: bool = False
    """Whether it names a source (`according to`) and nobody who speaks."""


def read_attributions(document: Document, line: Line, cues: Sequence[Hit[int]]) -> list[Attribution]:
    """All attributions of a line in text order."""
    found = []
    for cue in cues:
        if cue.value & g.Cue.ACCORDING:
            found.extend(_according(document, line, cue))
        elif cue.value & _SAYING:
            found.extend(_saying(document, line, cue, cues))
    return found


def choose_attribution(line: Line, attributions: Sequence[Attribution], offset: int) -> Attribution | None:
    """The attribution that covers the quantity at `offset`: of its own part between semicolons, else of the sentence."""
    if not attributions:
        return None
    if len(attributions) == 1:
        return attributions[0]
    begin = max((mark for mark in line.breaks if mark <= offset), default=line.span.start)
    end = min((mark for mark in line.breaks if mark > offset), default=line.span.end)
    near = [a for a in attributions if begin <= a.start < end] or list(attributions)
    return next((a for a in near if not a.is_doubtful), near[0])


def _according(document: Document, line: Line, cue: Hit[int]) -> list[Attribution]:
    index = line.index_before(cue.end) + 1
    phrase = read_phrase(line, index, of_links=2)
    if phrase is None:
        return []
    own = any(flag & g.POSSESSIVE for flag in line.flags[index : phrase[1]])
    return [Attribution(word_phrase(document, line, phrase).text, cue.start, cue.end, own, True)]


def _saying(document: Document, line: Line, cue: Hit[int], cues: Sequence[Hit[int]]) -> list[Attribution]:
    first = line.index_at(cue.start)
    after = max(line.index_before(cue.end) + 1, first + 1)
    if first >= len(line):
        return []
    if line.flags[first] & g.PRONOUN:  # the verb and its pronoun are one word: "tranche-t-il"
        return [Attribution(None, cue.start, cue.end)]
    if cue.value & g.Cue.ANNOUNCING and not _is_parenthetical(document, line, first, after, cues):
        return []
    words, pronoun = _subject(document, line, first, after, cues)
    return [Attribution(words, cue.start, cue.end)] if words or pronoun else []


def _is_parenthetical(
    document: Document, line: Line, first: int, after: int, cues: Sequence[Hit[int]]
) -> bool:
    """Whether a verb stands beside what is said and not before its object: `..., he announced`, `confirmed: ...`."""
    flags = line.flags
    while after < len(flags) and flags[after] & g.ADVERB:
        after += 1
    if after >= len(flags) or flags[after] & (g.MARK | g.PREPOSITION):
        begin = first
        while begin > 0 and first - begin < _SUBJECT_REACH and not flags[begin - 1] & (g.MARK | g.QUANTITY | g.VERB):
            begin -= 1
            if flags[begin] & g.SUBORDINATOR:
                return False
        if begin > 0 and flags[begin - 1] & g.MARK:
            return True
        return after < len(flags) and document.text[line.starts[after]] in _CLOSING
    if first == 0 or not flags[first - 1] & (g.MARK | g.AUXILIARY):
        return False
    index = _skip_time(line, after)
    phrase = read_phrase(line, index, of_links=2)
    return phrase is not None and _may_speak(line, phrase, cues)


def _subject(
    document: Document, line: Line, first: int, after: int, cues: Sequence[Hit[int]]
) -> tuple[str | None, bool]:
    """Who says, as worded, and whether a pronoun does."""
    flags = line.flags
    index = first
    while index > 0 and flags[index - 1] & (g.ADVERB | g.AUXILIARY):
        index -= 1
    if index > 0 and flags[index - 1] & g.PRONOUN:
        return None, True
    outer = _before_parenthesis(line, index)
    if outer:
        return word_phrase(document, line, outer).text, False
    phrase = None
    if index > 0 and not flags[index - 1] & (g.MARK | g.QUANTITY | g.CONJUNCTION):
        phrase = read_phrase_before(line, index, of_links=2)
        if phrase and _may_speak(line, phrase, cues):
            return word_phrase(document, line, phrase).text, False
    inverted = _inverted(document, line, after, cues)
    if inverted != (None, False):
        return inverted
    if phrase:
        return word_phrase(document, line, phrase).text, False
    return _before_apposition(document, line, index), False


def _before_parenthesis(line: Line, index: int) -> tuple[int, int] | None:
    """The subject before `, lui,` or `, which counts wrecks,`: None where no such parenthesis ends at `index`."""
    flags = line.flags
    close = index - 1
    if close < 2 or not flags[close] & g.MARK:
        return None
    opening = close - 1
    while opening > 0 and not flags[opening] & g.MARK:
        opening -= 1
    inner = flags[opening + 1 : close]
    if len(inner) > _SUBJECT_REACH or any(flag & g.QUANTITY for flag in inner):
        return None
    if opening <= 0 or not flags[opening + 1] & (g.PRONOUN | g.RELATIVE | g.ADVERB | g.SUBORDINATOR):
        return None
    return read_phrase_before(line, opening, of_links=1)


def _skip_time(line: Line, index: int) -> int:
    """The index after adverbs and dates: `mardi`, `le 18 mars`."""
    flags = line.flags
    size = len(flags)
    while index < size:
        if flags[index] & (g.ADVERB | g.NUMBER):
            index += 1
        elif flags[index] & g.DETERMINER and index + 1 < size and flags[index + 1] & g.NUMBER:
            index += 2
        else:
            break
    return index


def _inverted(
    document: Document, line: Line, after: int, cues: Sequence[Hit[int]]
) -> tuple[str | None, bool]:
    """The subject after the verb: `said Jan Lipavsky`, `a déclaré mardi le ministre, Jean Dupont`."""
    flags = line.flags
    after = _skip_time(line, after)
    if after < len(flags) and flags[after] & g.PRONOUN:
        return None, True
    phrase = read_phrase(line, after, of_links=2)
    if phrase is None or not _may_speak(line, phrase, cues):
        return None, False
    last = phrase[1]
    if last + 1 < len(flags) and flags[last] & g.MARK and flags[last + 1] & g.CAPITAL:
        name = read_phrase(line, last + 1)
        if name and 2 <= name[1] - name[0] <= _NAME_REACH:
            return word_phrase(document, line, name).text, False
    return word_phrase(document, line, phrase).text, False


def _may_speak(line: Line, phrase: tuple[int, int], cues: Sequence[Hit[int]]) -> bool:
    """Whether a phrase holds a name, a title or a described party."""
    if any(line.flags[i] & (g.CAPITAL | g.PARTY) for i in range(*phrase)):
        return True
    start, end = line.starts[phrase[0]], line.ends[phrase[1] - 1]
    return any(cue.value & _SPEAKERS and start <= cue.start < end for cue in cues)


def _before_apposition(document: Document, line: Line, index: int) -> str | None:
    """The subject before a parenthesis: `Steffen Hebestreit, the government's spokesman, replied`, `he [Lipavsky]`."""
    flags = line.flags
    close = index - 1
    if close < 0 or not flags[close] & g.MARK:
        return None
    opening = close - 1
    while opening >= 0 and not flags[opening] & g.MARK:
        opening -= 1
    if opening < 0:
        outer = None
        inner = (0, close) if close <= _NAME_REACH + 2 else None
    else:
        outer = read_phrase_before(line, opening)
        inner = (opening + 1, close) if 0 < close - opening - 1 <= _NAME_REACH + 2 else None
    for phrase in (outer, inner):
        if phrase and any(line.flags[i] & (g.CAPITAL | g.PARTY) for i in range(*phrase)):
            return word_phrase(document, line, phrase).text
    return word_phrase(document, line, outer).text if outer else None


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks, with the marks, in text order."""
    found = []
    for opening, closing in _QUOTES:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start + 1)
            if end < 0:
                break
            found.append((start, end + 1))
            start = text.find(opening, end + 1)
    return sorted(found)
