"""Every example in every language pack, and what the loader refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import extract_claims
from etl.extract import open_document, read_quantities
from etl.lexicon import Example, available_languages, check_pack, load_pack
from etl.records import Claim, Interval
from tracker.errors import ConfigurationError, UsageError

EXAMPLES = [
    pytest.param(code, example, id=f"{code}:{example.rule}:{number}")
    for code in available_languages()
    for number, example in enumerate(load_pack(code).example, 1)
]


def value_of(claim: Claim, name: str) -> str:
    """A field of a claim as an example writes it: an empty string for none."""
    value = getattr(claim, name)
    return "" if value is None else str(value)


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_example(code: str, example: Example) -> None:
    start = example.text.find(example.quote)
    assert start >= 0, "the quote does not stand in the text"
    quantities = read_quantities(open_document(example.text, code, Interval.parse(example.published)))
    reasons = [q.reason for q in quantities if q.start < start + len(example.quote) and start < q.end]
    claims = extract_claims(example.text, language=code, published=example.published)
    found = [c for c in claims if c.start < start + len(example.quote) and start < c.end]
    if example.absent:
        assert not found
        assert not reasons
    elif example.screened:
        assert not found
        assert example.screened in reasons
    else:
        assert found, f"no claim at {example.quote!r}"
        assert {name: value_of(found[0], name) for name in example.want} == example.want


@pytest.mark.parametrize("code", available_languages())
def test_words_and_units_are_sound(code: str) -> None:
    check_pack(load_pack(code))


@pytest.mark.parametrize("code", available_languages())
def test_examples_show_what_is_read_and_what_is_not(code: str) -> None:
    examples = load_pack(code).example
    assert [e for e in examples if e.want]
    assert [e for e in examples if e.screened or e.absent]


def test_language_without_a_pack() -> None:
    with pytest.raises(UsageError, match="language: 'xx' has no language pack; use one of"):
        load_pack("xx")


def pack_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: tuple[str, str]) -> None:
    """Makes a pack `zz` out of the English one with one line changed, and loads it."""
    from etl import lexicon

    text = (lexicon.LANGUAGES / "en.toml").read_text(encoding="utf-8").replace('code = "en"', 'code = "zz"', 1)
    assert change[0] in text
    (tmp_path / "zz.toml").write_text(text.replace(*change, 1), encoding="utf-8")
    monkeypatch.setattr(lexicon, "LANGUAGES", tmp_path)
    monkeypatch.setattr(lexicon, "available_languages", lambda: ("zz",))
    check_pack(load_pack.__wrapped__("zz"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('decimal = "."', 'decimal = "."\ndezimal = ","'), r"zz\.toml\.numbers: unknown key 'dezimal'"),
        (('decimal = "."', "decimal = 5"), r"zz\.toml\.numbers\.decimal: 5 is not str"),
        (('decimal = "."\n', ""), r"zz\.toml\.numbers: the key 'decimal' is missing"),
        (('hundreds = ["hundred"]', "hundreds = [1]"), r"zz\.toml\.numbers\.hundreds\[0\]: 1 is not str"),
        (('kilometer = ["kilometre"', 'kilomter = ["kilometre"'), r"zz\.toml\.units\.physical: 'kilomter' is no unit"),
        (("[units.time]\n", '[units.time]\nmeter = ["feet"]\n'), r"zz\.toml\.units: the word 'feet' means both"),
    ],
    ids=["unknown key", "wrong type", "missing key", "wrong item", "unknown unit", "duplicate word"],
)
def test_loader_names_file_and_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        pack_with(monkeypatch, tmp_path, change)
