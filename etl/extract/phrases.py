"""Tables of folded phrases, looked up by the words that stand before or behind a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from etl.extract.document import fold_text

V = TypeVar("V")


def fold_phrase(phrase: str) -> str:
    """A lexicon phrase as it stands in folded text, without blanks at its ends."""
    return " ".join(fold_text(phrase).split())


def spellings(phrase: str) -> set[str]:
    """A lexicon phrase as folded text has it: with its accents and without, `U.S. dollars` with the blank for its stop."""
    folded = fold_phrase(phrase)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return {folded, plain, fold_text(phrase).strip()}


class Phrases(dict[str, V]):
    """A table of folded phrases that knows their first and last words, so that most look-ups end at once."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        super().__init__(entries)
        self.heads: dict[str, int] = {}
        """The first words, each with the number of words of the longest entry that it begins."""
        self.tails: dict[str, int] = {}
        """The same of the last words."""
        for phrase in entries:
            words = phrase.split(" ")
            self.heads[words[0]] = max(len(words), self.heads.get(words[0], 0))
            self.tails[words[-1]] = max(len(words), self.tails.get(words[-1], 0))

    def begin(self, words: Sequence[str]) -> tuple[V | None, int]:
        """The value of the longest entry that begins the words, and how many words it has."""
        longest = self.heads.get(words[0]) if words else None
        if longest is None:
            return None, 0
        if longest > 1:
            for count in range(min(longest, len(words)), 1, -1):
                value = self.get(" ".join(words[:count]))
                if value is not None:
                    return value, count
        value = self.get(words[0])
        return value, value is not None

    def end(self, words: Sequence[str]) -> tuple[V | None, int]:
        """The value of the longest entry that ends the words, and how many words it has."""
        longest = self.tails.get(words[-1]) if words else None
        if longest is None:
            return None, 0
        if longest > 1:
            for count in range(min(longest, len(words)), 1, -1):
                value = self.get(" ".join(words[-count:]))
                if value is not None:
                    return value, count
        value = self.get(words[-1])
        return value, value is not None


def phrase_set(words: Iterable[str]) -> Phrases[int]:
    """A set of phrases, as a table so that the same look-ups serve sets and tables."""
    return Phrases(dict.fromkeys((fold_phrase(word) for word in words), 1))


def verb_forms(table: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every stem of a table with every ending of its key: `"- s ed"` and `climb` give `climb`, `climbs`, `climbed`."""
    forms: list[str] = []
    for endings, stems in table.items():
        tails = ["" if ending == "-" else ending for ending in endings.split() or ["-"]]
        forms += [stem + tail for stem in stems for tail in tails]
    return forms


def phrase_table(table: Mapping[str, tuple[str, ...]]) -> Phrases[str]:
    """The words of a table of lists, each giving the key that it stands under."""
    return Phrases({fold_phrase(word): meaning for meaning, words in table.items() for word in words})
