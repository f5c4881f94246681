"""A deterministic corpus of news-like articles, built from the templates in this folder's TOML files."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
TEMPLATES = {"en": "english.toml", "fr": "french.toml"}
ARTICLE_BYTES = 2_500
NEWS = (3, 6)
"""Number slots that the counted sentences of an article fill: press articles on the subject carry about as many."""
DENSE = (8, 12)
"""The same for texts that are mostly figures: budget reports, lists of deliveries, company results."""

_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")


@dataclass(frozen=True, slots=True)
class BenchArticle:
    """One generated article; `language` is that of its templates."""

    id: str
    language: str
    title: str
    text: str


@cache
def load_templates(language: str) -> dict[str, list[str] | str]:
    """The template lists of one language, as written in its file."""
    templates: dict[str, list[str] | str] = tomllib.loads((FOLDER / TEMPLATES[language]).read_text(encoding="utf-8"))
    return templates


def make_articles(
    count: int, *, language: str | None = None, seed: int = 2026, figures: tuple[int, int] = NEWS
) -> list[BenchArticle]:
    """`count` articles, alternately English and French, or all of one `language`; the same for the same seed."""
    languages = [language] if language else list(TEMPLATES)
    return [make_article(number, languages[number % len(languages)], seed, figures) for number in range(count)]


def make_article(number: int, language: str, seed: int = 2026, figures: tuple[int, int] = NEWS) -> BenchArticle:
    """The article of that number: it does not depend on how many others are made."""
    writer = _Writer(language, random.Random(f"{seed}/{language}/{number}"))
    title, text = writer.write(figures)
    return BenchArticle(f"{language}-{number:06}", language, title, text)


class _Writer:
    """Fills the templates of one language from one random stream."""

    def __init__(self, language: str, stream: random.Random) -> None:
        templates = load_templates(language)
        self.lists = {name: value for name, value in templates.items() if isinstance(value, list)}
        self.decimal, self.group = str(templates["decimal"]), str(templates["group"])
        self.stream = stream

    def write(self, figures: tuple[int, int]) -> tuple[str, str]:
        """The title, and the text that begins with it; its counted sentences fill about so many number slots."""
        title = self.fill(self.stream.choice(self.lists["title"]))
        sentences = self._sentences(ARTICLE_BYTES - len(title.encode()), figures)
        sentences[0] = self.fill(self.stream.choice(self.lists["dateline"])) + sentences[0]
        return title, f"{title}\n\n{_paragraphs(sentences, self.stream)}"

    def fill(self, template: str) -> str:
        """The template with every slot filled, first letter upper-case."""
        text = self._expand(template)
        return text[:1].upper() + text[1:]

    def _sentences(self, size: int, figures: tuple[int, int]) -> list[str]:
        counted = self.stream.sample(self.lists["counted"], len(self.lists["counted"]))
        plain = self.stream.sample(self.lists["plain"], len(self.lists["plain"]))
        wanted, sentences = self.stream.randint(*figures), []
        while wanted > 0:
            template = counted.pop()
            wanted -= _count_quantities(template)
            sentences.append(self.fill(template))
        while plain and sum(len(sentence.encode()) + 1 for sentence in sentences) < size - 60:
            sentences.insert(self.stream.randint(1, len(sentences)), self.fill(plain.pop()))
        return sentences

    def _expand(self, template: str) -> str:
        return _SLOT.sub(self._slot, template)

    def _slot(self, match: re.Match[str]) -> str:
        name, low, high = match.groups()
        if low is None:
            return self._expand(self.stream.choice(self.lists[name]))
        number = self.stream.randint(int(low), int(high))
        if name == "g":
            return f"{number // 100 * 100:,}".replace(",", self.group)
        return f"{number}{self.decimal}{self.stream.randint(1, 9)}" if name == "d" else str(number)


def _count_quantities(template: str) -> int:
    """How many quantities a counted sentence brings: its slots for money, shares and numbers, one at least."""
    slots = [match[1] for match in _SLOT.finditer(template)]
    return max(1, sum(slot in ("money", "percent", "d", "g", "n", "wordnumber") for slot in slots))


def _paragraphs(sentences: list[str], stream: random.Random) -> str:
    """The sentences in paragraphs of one to four."""
    blocks, at = [], 0
    while at < len(sentences):
        step = stream.randint(1, 4)
        blocks.append(" ".join(sentences[at : at + step]))
        at += step
    return "\n\n".join(blocks)
