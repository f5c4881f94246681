"""A text of a book's length is extracted in parts, so that memory depends on the part and not on the whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from etl.records import Article, Claim, Evidence, Extraction, Issue, Screened, Span

PART_CHARACTERS = 100_000
"""Forty pages. What a text says of its figures stands nearer than that, so little is lost at the seams."""
MOST_NUMBERS = 30_000
"""A text with more of them is a dump of figures; it is read up to there. Each takes some ten thousand bytes on its way."""

_SEAMS = ("\n\n", "\n", ". ", " ")

Extract = Callable[[Article], Extraction]


def extract_in_parts(article: Article, extract: Extract) -> Extraction:
    """What `extract` finds in an article; part by part where it is long, all offsets those of the whole text."""
    text = article.text
    if len(text) <= PART_CHARACTERS:
        return extract(article)
    claims: list[Claim] = []
    screened: list[Screened] = []
    issues = list(article.issues)
    for part in cut_text(text):
        found = extract(_take_part(article, part))
        claims += [_move_claim(claim, part.start) for claim in found.claims]
        screened += [item._replace(start=item.start + part.start, end=item.end + part.start) for item in found.screened]
        issues += [_move_issue(issue, part.start) for issue in found.issues]
        numbers = [claim.start for claim in claims] + [item.start for item in screened]
        numbers += [issue.start for issue in issues if issue.start is not None]
        if len(numbers) > MOST_NUMBERS:
            end = sorted(numbers)[MOST_NUMBERS]
            claims = [_forget_behind(claim, end) for claim in claims if claim.start < end]
            screened = [item for item in screened if item.start < end]
            issues = [issue for issue in issues if issue.start is None or issue.start < end]
            issues.append(_too_many(text, end))
            break
    return Extraction(article, tuple(claims), tuple(screened), tuple(issues))


def _forget_behind(claim: Claim, end: int) -> Claim:
    """The claim without links to claims from `end` on."""
    restates = claim.restates if claim.restates is not None and claim.restates < end else None
    return claim._replace(restates=restates, totals=tuple(start for start in claim.totals if start < end))


def cut_text(text: str) -> Iterator[Span]:
    """The text in parts that end with a paragraph, else a line, a sentence, a word, at worst anywhere."""
    start = 0
    while len(text) - start > PART_CHARACTERS:
        furthest = start + PART_CHARACTERS
        found = (text.rfind(seam, start + PART_CHARACTERS // 2, furthest) + len(seam) for seam in _SEAMS)
        end = next((place for place in found if place > start + PART_CHARACTERS // 2), furthest)
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def _take_part(article: Article, part: Span) -> Article:
    """The part as an article of its own, without what reading the whole has noted."""
    inside = (
        Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
        for span in article.boilerplate
        if span.start < part.end and span.end > part.start
    )
    return dataclasses.replace(
        article, text=article.text[part.start : part.end], boilerplate=tuple(inside), locators=(), issues=()
    )


def _move_claim(claim: Claim, by: int) -> Claim:
    return claim._replace(
        start=claim.start + by,
        end=claim.end + by,
        restates=None if claim.restates is None else claim.restates + by,
        totals=tuple(start + by for start in claim.totals),
        sentence=Span(claim.sentence.start + by, claim.sentence.end + by),
        evidence=tuple(_move_evidence(item, by) for item in claim.evidence),
    )


def _move_evidence(evidence: Evidence, by: int) -> Evidence:
    start, end = evidence.start, evidence.end
    return evidence._replace(start=None if start is None else start + by, end=None if end is None else end + by)


def _move_issue(issue: Issue, by: int) -> Issue:
    if issue.start is None or issue.end is None:
        return issue
    return issue._replace(start=issue.start + by, end=issue.end + by)


def _too_many(text: str, end: int) -> Issue:
    message = f"more than {MOST_NUMBERS:,} numbers: only the first {end:,} of {len(text):,} characters were searched for claims"
    return Issue("too_many_numbers", message)
