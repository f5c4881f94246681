"""Several word tables searched for at once find what each finds alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.extract.document import Matcher, fold_text
from etl.extract.joint import JointMatcher

WORDS = ("a", "an", "year", "years", "ago", "later", "half", "po", "pound")
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
tables = st.lists(st.sets(phrases, max_size=6).map(lambda entries: {entry: entry for entry in entries}), min_size=1, max_size=3)
texts = st.lists(st.sampled_from((*WORDS, "x", ",", "po-")), max_size=12).flatmap(
    lambda words: st.sampled_from((" ", "  ", "-")).map(lambda blank: blank.join(words))
)


@given(tables, texts)
def test_each_table_finds_what_it_finds_alone(entries: list[dict[str, str]], text: str) -> None:
    matchers = [Matcher(table) for table in entries]
    folded = fold_text(text)
    assert JointMatcher(matchers).find(folded) == [matcher.find(folded) for matcher in matchers]


@given(tables, texts)
def test_a_matcher_finds_the_leftmost_and_longest_whole_words(entries: list[dict[str, str]], text: str) -> None:
    folded = fold_text(text)
    for table in entries:
        found, place = [], 0
        while place < len(folded):
            fits = [e for e in table if folded.startswith(f" {e}", place) and not folded[place + 1 + len(e) :][:1].isalnum()]
            if fits:
                entry = max(fits, key=len)
                found.append((place, place + len(entry), entry))
                place += len(entry) + 1
            else:
                place += 1
        assert Matcher(table).find(folded) == found
