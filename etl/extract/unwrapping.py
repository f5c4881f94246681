"""Typing that says nothing: line ends of two characters, two blanks for one, lines broken at a width in mid-sentence."""

from __future__ import annotations

import re
from typing import Final

_FEWEST: Final = 3
"""So many lines must run on for a text to be wrapped."""
_NARROWEST, _WIDEST = 40, 100
"""How many characters the longest line of a wrapped text has."""
_RUNNING_ON: Final = 0.3
"""What share of the full lines of a wrapped text goes on with a small letter; rows of tables do not."""
_COLUMNS = ("  ", "\t")


_IDLE = re.compile(r"\r(?=\n)|(?<=[^\W\d] ) (?=\w)|(?<=\d ) (?=[^\W\d])|(?<=[.!?;:,] ) (?=\w)")
"""A line end's first half, and the second of two blanks in a sentence; what stands between two numbers may part columns."""


def drop_idle(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the characters that say nothing, and the offsets in it before which one was dropped, in order.

    Phrases of several words are looked for with one blank between them: `go  to` and a `go` at a line's end are found too.
    """
    if "\r" not in text and "  " not in text:
        return text, ()
    places = [match.start() for match in _IDLE.finditer(text)]
    if not places:
        return text, ()
    pieces: list[str] = []
    begin = 0
    for place in places:
        pieces.append(text[begin:place])
        begin = place + 1
    pieces.append(text[begin:])
    return "".join(pieces), tuple(place - number for number, place in enumerate(places))


def unwrap_lines(text: str) -> str:
    """The text with a blank in place of each line end that only wraps a sentence.

    Every offset stays; a text whose lines are its paragraphs comes back as it is.
    """
    if text.count("\n") <= _FEWEST:
        return text
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    full = [number for number in range(len(lines) - 1) if _is_full(lines[number], lines[number + 1], width)]
    running_on = sum(lines[number + 1][0].islower() for number in full)
    if len(full) < _FEWEST or running_on < max(_FEWEST - 1, _RUNNING_ON * len(full)):
        return text
    wrapped = frozenset(full)
    pieces: list[str] = []
    for number, line in enumerate(lines):
        if number not in wrapped:
            pieces.append(line + "\n")
        else:
            pieces.append(line + " ")
    return "".join(pieces)[:-1]


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether a line ends because the first word of the next did not fit: no bullet, no row of a table, no blank line."""
    line = line.rstrip()
    if not line or not following[:1].isprintable() or following[:1] in ("", " ") or any(mark in line.strip() for mark in _COLUMNS):
        return False
    begins_word = following[0].isalnum() or following[0] in "«“\"‘'($€£"
    return begins_word and len(line) + 1 + len(following.split(None, 1)[0]) > width
