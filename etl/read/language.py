"""The language of an article: what its metadata says, else what its text looks like."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from etl.lexicon import available_languages

_SAMPLE = slice(250, 550)
"""Past the headline and the date line; 300 characters tell languages apart and take a third of a millisecond."""
_TAG = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9-_]*)?\s*\Z")
_FIRM = 0.99
_ENOUGH = 150


def normalise_language(tag: str | None) -> str | None:
    """The two-letter code of a language tag such as `en-GB` or `fr_FR`; None for what is no such tag."""
    match = _TAG.match(tag or "")
    return match[1].lower() if match else None


def detect_language(text: str) -> str:
    """The language, of those that have a pack, that a text looks most like.

    A text that is firmly in another language gets that language's code: reading it as one of ours would invent claims.
    """
    sample = text[_SAMPLE] if len(text) >= 2 * _SAMPLE.stop else text[: _SAMPLE.stop]
    everything, ours = _identifiers()
    code, confidence = everything(sample)
    if code in available_languages():
        return code
    if confidence >= _FIRM and len(sample.strip()) >= _ENOUGH:
        return code
    return ours(sample)[0]


Classifier = Callable[[str], tuple[str, float]]


@functools.cache
def _identifiers() -> tuple[Classifier, Classifier]:
    """The classifiers over all languages and over those that have a pack, loaded when the first text needs them."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # slow to load

    everything = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    ours = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    ours.set_languages([code for code in available_languages() if code in everything.labels])
    return everything.classify, ours.classify
