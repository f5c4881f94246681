"""What the layout of a text says: paragraphs, lists and interviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from etl.extract.document import BULLETS, Document
from etl.extract.roles import grammar as g
from etl.extract.roles.phrases import Line
from etl.records import Span

_PARAGRAPH: Final = 3000
"""How far a paragraph is looked at, so that a text without line breaks costs no more than another."""
_LONGEST_LIST: Final = 100
_INDENT: Final = 12
_HEADING: Final = 400
_OPENING_SENTENCES: Final = 4


def paragraph_of(document: Document, offset: int) -> Span:
    """The line of text that holds `offset`, as far as it is near."""
    text = document.text
    first, last = max(offset - _PARAGRAPH, 0), min(offset + _PARAGRAPH, len(text))
    start, end = text.rfind("\n", first, offset), text.find("\n", offset, last)
    return Span(start + 1 if start >= 0 else first, end if end >= 0 else last)


def is_list_item(document: Document, offset: int) -> bool:
    """Whether the paragraph at `offset` opens with a bullet or a number."""
    text = document.text
    start = text.rfind("\n", max(offset - _PARAGRAPH, 0), offset) + 1
    opening = text[start : start + _INDENT].lstrip()[:1]
    return opening in BULLETS or opening.isdigit()


def sentences_before_list(document: Document, index: int) -> Iterator[int]:
    """The sentences of the paragraph that introduces the list of sentence `index`, the last first."""
    sentences = document.sentences
    last = max(index - _LONGEST_LIST, -1)
    while index > last and is_list_item(document, sentences[index].start):
        index -= 1
    if index == last:
        return
    begin = paragraph_of(document, sentences[index].start).start
    while index >= 0 and sentences[index].start >= begin:
        yield index
        index -= 1


def is_interview(document: Document, phrases: Sequence[str]) -> bool:
    """Whether the opening of an article says that it is an interview."""
    opening = document.folded[:_HEADING]
    return any(phrase in opening for phrase in phrases)


def speaks_in_first_person(document: Document, offset: int, words: frozenset[str]) -> bool:
    """Whether the paragraph at `offset` holds a word of the first person."""
    start, end = paragraph_of(document, offset)
    return not words.isdisjoint(document.folded[start : end + 1].split())


def first_person_name(document: Document, line: Line) -> str | None:
    """The first person named in a line: two capitalised words or more that are no party."""
    flags, text = line.flags, document.text
    index = 0
    while index < len(flags):
        end = index
        while end < len(flags) and flags[end] & g.CAPITAL and not flags[end] & (g.PARTY | g.MARK):
            if flags[end] & (g.DETERMINER | g.ADVERB | g.PRONOUN) or text[line.starts[end] : line.ends[end]].isupper():
                break
            end += 1
        if end - index >= 2:
            return text[line.starts[index] : line.ends[end - 1]]
        index = max(end, index + 1)
    return None


def opening_sentences(document: Document) -> int:
    """How many sentences may introduce the person interviewed."""
    return min(len(document.sentences), _OPENING_SENTENCES)
