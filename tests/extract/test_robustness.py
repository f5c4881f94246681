"""Any text at all: no exception, true spans, no overlap, the same result again, and time in proportion to length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from etl import extract_claims, extract_quantities
from etl.records import Claim, Quantity
from tests.bench.corpus import load_templates, make_article

LANGUAGES = ("en", "fr")
MEGABYTE = 1_000_000

# Fragments that number grammars trip over; drawn together with arbitrary Unicode so that they meet in odd orders.
FRAGMENTS = [
    *"0123456789$€£¥%.,;:-–—'’\"«»()[]{}/+~≈<>=°²³½¼\n\r\t ",
    "\u00a0", "\u202f", "\u2009", "\u200b", "\ufeff", "\u0301", "\u202e", "\u061c", "\U0001f680", "٣", "１", "Ⅳ", "²",
    "\r\n", "\x00", "\x1f", "e\u0301", "İ", "ß", "ﬁ", "1.500", "1,5", "2 000", "12-13", "24/25", "1/2", "3°", "5e6", "n°",
    "bn", "M€", "Md€", "US$", "Rs", "km", "155mm", "F-16", "EU-27", "2A6", "US", "GDP", "PIB",
]  # fmt: skip


def template_words(language: str) -> list[str]:
    """The words of the benchmark's templates: ordinary vocabulary with number words, units and cues among it."""
    lists = (value for value in load_templates(language).values() if isinstance(value, list))
    return sorted({word.strip("{}.,:") for texts in lists for text in texts for word in text.split()} - {""})


WORDS = {language: template_words(language) for language in LANGUAGES}
tokens = {
    language: st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(WORDS[language]), st.text(max_size=3))
    for language in LANGUAGES
}


def texts(language: str) -> st.SearchStrategy[str]:
    """Arbitrary text, or fragments and words joined with and without spaces."""
    joined = st.builds(str.join, st.sampled_from(["", " ", "\u00a0", "\n", "-"]), st.lists(tokens[language], max_size=30))
    return st.one_of(st.text(max_size=200), joined)


def check_spans(text: str, found: Sequence[Quantity | Claim]) -> None:
    """Every quote is the text at its span, and the spans stand in order without overlap."""
    faults = [one[:7] for one in found if not is_true(text, one)]
    faults += [following[:7] for one, following in pairwise(found) if one.end > following.start]
    assert faults[:3] == []


def is_true(text: str, one: Quantity | Claim) -> bool:
    """Whether a quantity quotes the text at its span and has a finite value."""
    inside = 0 <= one.start < one.end <= len(text) and text[one.start : one.end] == one.quote
    return inside and one.low.is_finite() and one.high.is_finite() and one.low <= one.high


def check_quantities(text: str, language: str | None) -> None:
    """What must hold of the quantities of any text, twice over."""
    quantities = extract_quantities(text, language=language)
    check_spans(text, quantities)
    assert extract_quantities(text, language=language) == quantities


def check_claims(text: str, language: str | None) -> None:
    """What must hold of the claims of any text: links point to claims, the evidence and the sentence lie in the text."""
    claims = extract_claims(text, language=language)
    check_spans(text, claims)
    starts = {claim.start for claim in claims}
    for claim in claims:
        assert {*claim.totals, claim.restates} - {None} <= starts - {claim.start}
        assert 0 <= claim.sentence.start <= claim.start < claim.end <= claim.sentence.end <= len(text)
        for evidence in claim.evidence:
            assert evidence.start is None or 0 <= evidence.start <= (evidence.end or 0) <= len(text)
    assert extract_claims(text, language=language) == claims


CHECKS = {"quantities": check_quantities, "claims": check_claims}
parametrize_check = pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
parametrize_language = pytest.mark.parametrize("language", LANGUAGES)


@parametrize_check
@parametrize_language
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_text_gives_true_spans(check: Callable[[str, str], None], language: str, data: st.DataObject) -> None:
    check(data.draw(texts(language)), language)


@parametrize_check
@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=100))
@example(text="")
@example(text=" ")
@example(text="\ud800 5 %")
@example(text="١٢٣ مليون دولار")
@example(text="12 億ドル")
def test_a_text_of_unknown_language_gives_true_spans(check: Callable[[str, None], None], text: str) -> None:
    check(text, None)


@parametrize_check
@parametrize_language
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_article_with_noise_in_it_gives_true_spans(
    check: Callable[[str, str], None], language: str, data: st.DataObject
) -> None:
    text = make_article(data.draw(st.integers(0, 50)), language).text
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(tokens[language]) + text[at:]
    check(text, language)


@parametrize_check
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marker", ["\U0001f680", "e\u0301", "\u200b", "\u202e", "\r\n", "\u00a0"], ids=ascii)
def test_offsets_count_code_points(check: Callable[[str, str], None], language: str, marker: str) -> None:
    text = make_article(1, language).text
    shifted = f"{marker}\n\n{text}"
    check(shifted, language)
    quotes = [one.quote for one in extract_quantities(text, language=language)]
    assert [one.quote for one in extract_quantities(shifted, language=language)] == quotes


LONG = {
    "digits": "7" * (10 * MEGABYTE),
    "open brackets": "([" * (5 * MEGABYTE),
    "nested brackets": "(" * (5 * MEGABYTE) + ")" * (5 * MEGABYTE),
    "separators": ".,' " * (10 * MEGABYTE // 4),
    "commas": "," * (10 * MEGABYTE),
    "one-word lines": "word\n" * (2 * MEGABYTE),
    "spaces": " " * (10 * MEGABYTE),
    "quotes": '"' * (10 * MEGABYTE),
    "hyphens": "-" * (10 * MEGABYTE),
    "letters": "a" * (10 * MEGABYTE),
    "combining marks": "e" + "\u0301" * MEGABYTE,
}
"""Ten megabytes without a single plain quantity: whatever takes more than one look at a character shows here."""

DENSE = {
    "ones": "1 ",
    "ones with commas": "1,",
    "versions": "1.",
    "dollars": "$",
    "dollar one": "$1 ",
    "percents": "%",
    "number words": {"en": "one ", "fr": "un "},
    "scale words": {"en": "million ", "fr": "million "},
    "hyphenated words": {"en": "twenty-", "fr": "vingt-"},
    "qualifiers": {"en": "about ", "fr": "environ "},
    "ranges": {"en": "1 to ", "fr": "1 à "},
    "amounts": {"en": "$5 million, ", "fr": "5 millions d’euros, "},
    "years": "2024 ",
    "bracketed": "(1) ",
    "groups": "000 ",
    "slashes": "1/",
    "units": "5 km ",
}
"""Number parts in a row, dense beyond any news: work between neighbours must not multiply."""
DENSE_LENGTH = {"quantities": 100_000, "claims": 10_000}
"""Characters. Binding a claim looks at the other claims of its sentence, so there a thousand in one are the measure."""


Entry = Callable[..., list[Quantity] | list[Claim]]
ENTRIES: dict[str, Entry] = {"quantities": extract_quantities, "claims": extract_claims}
parametrize_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)


@pytest.mark.timeout(60)
@parametrize_entry
@pytest.mark.parametrize("name", LONG)
def test_ten_megabytes_of_one_thing_take_seconds(entry: Entry, name: str) -> None:
    check_spans(LONG[name], entry(LONG[name], language="en"))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("entry", ENTRIES)
@parametrize_language
@pytest.mark.parametrize("unit", DENSE.values(), ids=DENSE)
def test_many_number_parts_in_a_row_take_seconds(entry: str, language: str, unit: str | dict[str, str]) -> None:
    fragment = unit if isinstance(unit, str) else unit[language]
    text = fragment * (DENSE_LENGTH[entry] // len(fragment))
    check_spans(text, ENTRIES[entry](text, language=language))
