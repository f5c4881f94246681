"""Whom the article credits with what a sentence says."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import role_grammar as g
from etl.extract.document import Document, Hit
from etl.extract.role_candidates import Candidate
from etl.extract.role_phrases import Line, phrase_text, read_phrase, read_phrase_before
from etl.records import Evidence, Span


def find_speaker(
    document: Document, line: Line, cues: Sequence[Hit[int]], candidates: Sequence[Candidate]
) -> tuple[str | None, Span | None, bool]:
    """The speaker of a line as worded, the cue, and whether the line leaves the speaker to a pronoun."""
    for cue in cues:
        if cue.value & g.Cue.ACCORDING:
            phrase = read_phrase(line, line.index_before(cue.end) + 1)
            if phrase:
                return phrase_text(document, line, phrase), Span(cue.start, cue.end), False
    for cue in cues:
        if not cue.value & (g.Cue.SAYING | g.Cue.ANNOUNCING):
            continue
        first, after = line.index_at(cue.start), line.index_before(cue.end) + 1
        if cue.value & g.Cue.ANNOUNCING and not cue.value & g.Cue.SAYING and not _is_parenthetical(line, first):
            continue
        words, pronoun = _subject(document, line, first, after, candidates)
        if words or pronoun:
            return words, Span(cue.start, cue.end), pronoun
    return None, None, False


def _is_parenthetical(line: Line, first: int) -> bool:
    return first > 0 and bool(line.flags[first - 1] & g.MARK)


def _subject(
    document: Document, line: Line, first: int, after: int, candidates: Sequence[Candidate]
) -> tuple[str | None, bool]:
    """Who says: the phrase before the verb, or after it where a mark or a quantity stands before the verb."""
    flags = line.flags
    index = first
    while index > 0 and flags[index - 1] & (g.ADVERB | g.AUXILIARY):
        index -= 1
    if index > 0 and flags[index - 1] & g.PRONOUN:
        return None, True
    if index > 0 and not flags[index - 1] & (g.MARK | g.QUANTITY):
        phrase = read_phrase_before(line, index)
        if phrase:
            for c in candidates:
                if c.first < phrase[1] and phrase[0] < c.last:
                    return document.text[min(c.start, line.starts[phrase[0]]) : line.ends[phrase[1] - 1]], False
            return phrase_text(document, line, phrase), False
        return None, False
    while after < len(flags) and flags[after] & (g.ADVERB | g.NUMBER):
        after += 1
    if after < len(flags) and flags[after] & g.PRONOUN:
        return None, True
    phrase = read_phrase(line, after, of_links=2)
    if phrase is None:
        return None, False
    text = phrase_text(document, line, phrase)
    last = phrase[1]
    if last + 1 < len(flags) and flags[last] & g.MARK and flags[last + 1] & g.CAPITAL:
        name = read_phrase(line, last + 1)
        if name and name[1] - name[0] >= 2:
            text = document.text[line.starts[phrase[0]] : line.ends[name[1] - 1]]
            if phrase[1] - phrase[0] > 3:
                text = phrase_text(document, line, name)
    return text, False


def evidence(span: Span | None, rule: str) -> Evidence:
    """Why a line has its speaker."""
    return Evidence("speaker", rule, *(span or (None, None)))
