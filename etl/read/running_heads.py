"""Which lines run along the edges of a document's pages: said on page after page, with no number in them but the page's.

Text may repeat from page to page too, each time with other numbers: a sentence for each year, a table of each country.
What tells the two apart is that a head's number counts with the pages and stands apart from its words.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_EDGE_LINES = 3
"""Lines at a page's top and bottom that may be running heads."""
_REPEATED = 3
_COUNTED = 0.75
"""Share of the steps from page to page that a page number keeps up with; a page without one may lie between."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST_NUMBER = 5
_MASK = "\0"
_APART = re.compile(
    rf"\A\W*(?:[^\W\d_]+\W+)?{_MASK}(?!\s*[^\W\d_A-ZÀ-Þ])|{_MASK}(?:\s*[^\W\d]+\s*\d+|\s*/\s*\d+)?\s*(?:\Z|[]|/,;:()[•·–—-])"
)
"""A number that counts no word behind it: `3 Report`, `Page 3 Report`, at the end or before a separator, `3 of 12`, `3/12`."""
_LONE_NUMBER = re.compile(r"[-–—|.\[\]() ]*\d{1,4}(?:\s*/\s*\d{1,4})?[-–—|.\[\]() ]*\Z")
_SENTENCE_END = re.compile(r"[.!?…][\s»\"”’')\]]*\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_WORDS = 3


class _Numbered(NamedTuple):
    """Lines that are alike but for one number, which counts with the pages."""

    lines: frozenset[str]
    pages: frozenset[int]
    offset: int
    """How far the number is ahead of the page's place in the document."""

    @property
    def weight(self) -> tuple[bool, int, int]:
        """How much it looks like the page's number: best a number alone, then on most pages, then from the first on."""
        return not any(_WORD.search(line) for line in self.lines), len(self.pages), -abs(self.offset)


class _Repeats(NamedTuple):
    """The edge lines that come back on several pages."""

    constant: dict[str, int]
    """Those that come back word for word, with the first page that has them."""
    numbered: frozenset[str]
    """Those in which the page's number differs, and nothing else."""
    text: frozenset[str]
    """Those in which other numbers differ."""


def find_furniture(pages: list[list[str]]) -> list[set[int]]:
    """For each page, given as its lines, the indices of the lines that run along it; never all of them."""
    repeats = _find_repeats(pages)
    return [_page_furniture(number, lines, repeats) for number, lines in enumerate(pages)]


def _find_repeats(pages: list[list[str]]) -> _Repeats:
    places: dict[str, list[int]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for line in dict.fromkeys(_edges(lines)):
            places[line].append(number)
    wanted = max(_REPEATED, len(pages) // 4)
    constant = {line: found[0] for line, found in places.items() if len(found) >= wanted}
    groups: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for line, found in places.items():
        if line not in constant:
            groups[_NUMBER.sub(_MASK, line)][line] = found
    alike = [group for group in groups.values() if len(_pages_of(group)) >= wanted]
    numbered = _agreeing(found for found in map(_find_numbering, alike) if found)
    every_line = frozenset(line for group in alike for line in group)
    return _Repeats(constant, numbered, every_line - numbered)


def _edges(lines: list[str]) -> list[str]:
    return lines[:_EDGE_LINES] + lines[max(_EDGE_LINES, len(lines) - _EDGE_LINES) :]


def _pages_of(group: dict[str, list[int]]) -> frozenset[int]:
    return frozenset(page for found in group.values() for page in found)


def _find_numbering(group: dict[str, list[int]]) -> _Numbered | None:
    """The lines of a group where one number differs, stands apart from the words and counts with the pages."""
    numbers = {line: _NUMBER.findall(line) for line in group}
    slots = [slot for slot, values in enumerate(zip(*numbers.values(), strict=True)) if len(set(values)) > 1]
    if len(slots) != 1 or not all(_stands_apart(line, slots[0]) for line in group):
        return None
    places = sorted((page, int(numbers[line][slots[0]])) for line, found in group.items() for page in found)
    steps = [(later[0] - page, later[1] - value) for (page, value), later in itertools.pairwise(places)]
    if sum(pages == counted for pages, counted in steps) < _COUNTED * len(steps):
        return None
    ((offset, _),) = Counter(value - page for page, value in places).most_common(1)
    return _Numbered(frozenset(group), _pages_of(group), offset)


def _stands_apart(line: str, slot: int) -> bool:
    """Whether the number at a place among those of a line may be its page's: whole, apart from words, in no sentence."""
    match = list(_NUMBER.finditer(line))[slot]
    masked = line[: match.start()] + _MASK + line[match.end() :]
    return (
        match[0].isdecimal()
        and len(match[0]) <= _LONGEST_NUMBER
        and _APART.search(masked) is not None
        and not _is_sentence(line)
    )


def _agreeing(found: Iterable[_Numbered]) -> frozenset[str]:
    """The lines whose number is the page's: a page has one, so of two that count apart the less likely is text."""
    accepted: list[_Numbered] = []
    for each in sorted(found, key=lambda numbered: (numbered.weight, min(numbered.lines)), reverse=True):
        if all(other.offset == each.offset or not other.pages & each.pages for other in accepted):
            accepted.append(each)
    return frozenset(line for each in accepted for line in each.lines)


def _page_furniture(number: int, lines: list[str], repeats: _Repeats) -> set[int]:
    """The lines that run along a page: from its top and its bottom inwards, up to the first line of the text."""
    found = {*_running_edge(number, lines, repeats, 1), *_running_edge(number, lines, repeats, -1)}
    if all(line in repeats.constant or line in repeats.numbered or _LONE_NUMBER.match(line) for line in lines):
        found = {index for index in found if _LONE_NUMBER.match(lines[index])}  # nothing else is said: it is the text
    return found if len(found) < len(lines) else set()


def _running_edge(number: int, lines: list[str], repeats: _Repeats, inwards: int) -> Iterator[int]:
    """The running lines at the top (`inwards` 1) or bottom (-1) of a page."""
    edge = 0 if inwards > 0 else len(lines) - 1
    for index in range(edge, edge + inwards * min(_EDGE_LINES, len(lines)), inwards):
        line = lines[index]
        is_lone_number = index == edge and _LONE_NUMBER.match(line)
        is_constant = line in repeats.constant and not _is_text(number, lines, index, repeats, inwards)
        if not (is_lone_number or is_constant or line in repeats.numbered):
            return
        yield index


def _is_text(number: int, lines: list[str], index: int, repeats: _Repeats, inwards: int) -> bool:
    """Whether a line that comes back word for word is text: a sentence where it first stands, or a part of such text."""
    if _is_sentence(lines[index]) and repeats.constant[lines[index]] == number:
        return True
    for near in range(index, index + inwards * _EDGE_LINES, inwards):
        further = near + inwards
        if not 0 <= further < len(lines) or not _belong_together(lines[near], lines[further], inwards):
            return False
        if lines[further] not in repeats.constant:
            return lines[further] in repeats.text
    return False


def _belong_together(near: str, further: str, inwards: int) -> bool:
    """Whether a line nearer to the page's edge and the next one inwards are of one text, if the latter is text."""
    if _is_sentence(near):
        return True
    if inwards < 0:
        return not _SENTENCE_END.search(further)
    return not _SENTENCE_END.search(near) and further[:1].islower()


def _is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence and is as long as one; it may have begun before."""
    return _SENTENCE_END.search(line) is not None and len(_WORD.findall(line)) >= _SENTENCE_WORDS
