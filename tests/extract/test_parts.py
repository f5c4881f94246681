"""A long text is extracted in parts: the same claims as of each part alone, every offset that of the whole."""

import pytest

from etl.extract import extract_article
from etl.parts import MOST_NUMBERS, PART_CHARACTERS, cut_text, extract_in_parts
from etl.records import Article, Extraction, Screened, Span
from tracker.vocabulary import Reason

FILLER = "The committee heard a long statement on the harbour and its future from the minister.\n"
CLAIM = "On 3 May 2023 Norland pledged $ 2.2 billion (2 billion euros) to Ukraine, its minister said.\n\n"


def fill(characters: int) -> str:
    """So many characters of sentences without a number."""
    return (FILLER * (characters // len(FILLER) + 1))[:characters]


def make_article(text: str, **fields: object) -> Article:
    """An English article."""
    return Article("long", text, "long.txt", language="en", **fields)  # type: ignore[arg-type]


def test_a_short_text_is_one_part() -> None:
    article = make_article(CLAIM)
    assert extract_in_parts(article, extract_article) == extract_article(article)


def test_offsets_are_those_of_the_whole() -> None:
    text = CLAIM + fill(PART_CHARACTERS) + "\n\n" + CLAIM + fill(PART_CHARACTERS) + "\n\n" + CLAIM
    found = extract_in_parts(make_article(text), extract_article)
    assert [claim.quote for claim in found.claims] == ["$ 2.2 billion", "2 billion euros"] * 3
    for number, claim in enumerate(found.claims):
        assert text[claim.start : claim.end] == claim.quote
        assert text[claim.sentence.start : claim.sentence.end] == CLAIM.strip()
        assert claim.restates == (found.claims[number - 1].start if number % 2 else None)
        words = [text[item.start : item.end] for item in claim.evidence if item.field == "stage"]
        assert words == ["pledged"] or number % 2
    assert [text[item.start : item.end] for item in found.screened] == ["3 May 2023"] * 3


def test_boilerplate_of_the_page_is_that_of_its_part() -> None:
    text = fill(PART_CHARACTERS) + "\n\n" + CLAIM
    inside = Span(text.rindex("$"), len(text))
    found = extract_in_parts(make_article(text, boilerplate=(inside,)), extract_article)
    assert found.claims == ()
    assert {item.reason for item in found.screened} == {Reason.BOILERPLATE, Reason.DATE}


@pytest.mark.parametrize("seam", ["\n\n", "\n", ". ", " ", "x"])
def test_parts_make_up_the_whole_and_end_at_seams(seam: str) -> None:
    text = ("word" * 10 + seam) * (3 * PART_CHARACTERS // 40)
    parts = list(cut_text(text))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= PART_CHARACTERS for start, end in parts)
    assert seam == "x" or all(text[:end].endswith(seam) for _, end in parts)


def test_a_dump_of_numbers_is_read_up_to_a_point() -> None:
    def find_many(part: Article) -> Extraction:
        return Extraction(part, (), tuple(Screened(i, i + 1, "1", Reason.DATE) for i in range(MOST_NUMBERS // 2)))

    found = extract_in_parts(make_article(fill(10 * PART_CHARACTERS)), find_many)
    assert len(found.screened) == MOST_NUMBERS
    (issue,) = found.issues
    assert issue.kind == "too_many_numbers" and f"of {10 * PART_CHARACTERS:,} characters" in issue.message
