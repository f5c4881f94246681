"""The language of an article: what its metadata says, else what its text looks like."""

from __future__ import annotations

import functools
import re
from typing import Any

from etl.lexicon import available_languages

_SAMPLE = slice(200, 360)
"""Past the headline and the date line; 160 characters tell languages apart and take a twentieth of a millisecond."""
_LONG_SAMPLE = 1_000
_TAG = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9-_]*)?\s*\Z")
_UNLIKELY = 0.02
_ENOUGH = 100


def normalise_language(tag: str | None) -> str | None:
    """The two-letter code of a language tag such as `en-GB` or `fr_FR`; None for what is no such tag."""
    match = _TAG.match(tag or "")
    return match[1].lower() if match else None


def detect_language(text: str) -> str:
    """The language, of those that have a pack, that a text looks most like.

    A text that is far more likely in another language gets that language's code: reading it as one of ours would
    invent claims.
    """
    identifier = _identifier()
    ours = available_languages()
    sample = text[_SAMPLE] if len(text) >= 2 * _SAMPLE.stop else text[: _SAMPLE.stop]
    code: str = identifier.classify(sample)[0]
    if code in ours:
        return code
    likelihoods: list[tuple[str, float]] = identifier.rank(text[:_LONG_SAMPLE])
    best, likelihood = next(((each, value) for each, value in likelihoods if each in ours), (ours[0], 0.0))
    is_foreign = len(text.strip()) >= _ENOUGH and likelihood < _UNLIKELY * likelihoods[0][1]
    return likelihoods[0][0] if is_foreign else best


@functools.cache
def _identifier() -> Any:
    """The classifier over all languages that it knows, loaded when the first text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # slow to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
