"""The language of an article: what its metadata says, else what its text looks like."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import Any

from etl.lexicon import available_languages

_SAMPLE = slice(200, 360)
"""Past the headline and the date line; 160 characters tell languages apart and take a twentieth of a millisecond."""
_LONG_SAMPLE = 1_000
_TAG = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9-_]*)?\s*\Z")
_UNLIKELY = 0.02
_ENOUGH = 100
_WINDOW = 130
_WINDOWS = 16
_SURE = 0.8
_MOST = 0.75
"""Share of a text's windows that are surely in a language where the whole is plainly in it: quotations may be in others."""


def normalise_language(tag: str | None) -> str | None:
    """The two-letter code of a language tag such as `en-GB` or `fr_FR`; None for what is no such tag."""
    match = _TAG.match(tag or "")
    return match[1].lower() if match else None


def detect_language(text: str) -> str:
    """The language, of those that have a pack, that a text looks most like."""
    code = _quick_guess(text)
    return code if code in available_languages() else _likeliest(text)[0]


def recognise_language(text: str) -> str:
    """The language of a text: one that has a pack, unless the text is far more likely in another.

    Reading a text of another language as one of ours would invent claims.
    """
    code = _quick_guess(text)
    if code in available_languages():
        return code
    ours, foreign = _likeliest(text)
    return foreign or ours


def plain_language(text: str) -> str | None:
    """The language that a text is plainly in, of those that have a pack; None where it is another, mixed or too short.

    Windows all over the text are asked one by one, as of two mixed languages the commoner one would seem sure.
    """
    words = text.strip()
    if len(words) < _ENOUGH:
        return None
    count = max(1, min(_WINDOWS, len(words) // _WINDOW))
    step = len(words) // count
    windows = [words[start : start + _WINDOW] for start in range(0, step * count, step)]
    likeliest = [_identifier().rank(window)[0] for window in windows]
    sure = Counter(code for code, likelihood in likeliest if likelihood >= _SURE)
    code, votes = sure.most_common(1)[0] if sure else ("", 0)
    return code if code in available_languages() and votes >= _MOST * count else None


def _quick_guess(text: str) -> str:
    sample = text[_SAMPLE] if len(text) >= 2 * _SAMPLE.stop else text[: _SAMPLE.stop]
    return str(_identifier().classify(sample)[0])


def _likeliest(text: str) -> tuple[str, str | None]:
    """The likeliest language that has a pack, and another one where that is firmly likelier."""
    likelihoods: list[tuple[str, float]] = _identifier().rank(text[:_LONG_SAMPLE])
    ours = available_languages()
    best, likelihood = next(((each, value) for each, value in likelihoods if each in ours), (ours[0], 0.0))
    top, most = likelihoods[0]
    is_foreign = top not in ours and len(text.strip()) >= _ENOUGH and likelihood < _UNLIKELY * most
    return best, top if is_foreign else None


@functools.cache
def _identifier() -> Any:
    """The classifier over all languages that it knows, loaded when the first text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # slow to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
