"""Lists of numbers whose last member alone says what is counted: `Berlin sent 12, Rome 8 and Oslo six tanks`, `300, 400 and 500 vehicles`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.quantities.draft import COUNT, SHARE, Draft
from etl.extract.quantities.grammar import Grammar
from tracker.vocabulary import Reason

_WIDEST = 40
"""Characters between two numbers of a list."""
_MOST_WORDS = 5
_DATED = re.compile(r" \((?:19|20)\d\d[^()\d]{0,3}\)")
_DATED_GAP = re.compile(r" \((?:19|20)\d\d[^()\d]{0,3}\)[,;]?(?: \w{1,3})? ")
"""A year in brackets, and what may stand between it and the next number: a comma, `and`, `et`."""


def name_series(drafts: Sequence[Draft], text: str, grammar: Grammar) -> None:
    """Gives numbers that count nothing of their own what the next number of the list counts."""
    if not any(draft.kind is None and _is_open(draft, text) for draft in drafts):
        return
    following: Draft | None = None
    for draft in reversed(drafts):
        gap = text[draft.end : following.start] if following is not None and draft.kind is None and _is_open(draft, text) else None
        if following is not None and gap is not None and _is_listed(gap, grammar, alone=draft.reason is None and _is_beside(following)):
            draft.kind, draft.unit, draft.noun, draft.reason = following.kind, following.unit, following.noun, None
            draft.inherited, draft.rule = True, "count.inherited" if draft.kind is COUNT else "percent.inherited"
        is_counted = draft.kind is COUNT and draft.noun is not None and draft.tag is None
        is_told = draft.reason is None and (is_counted or (draft.kind is SHARE and draft.unit == "percent"))
        following = draft if is_told else None


def count_dated_series(drafts: Sequence[Draft], text: str) -> None:
    """Gives numbers of a list with a year in brackets each what the first counts: `Deliveries: 12 (2024), 18 (2025), 24 (2026)`."""
    before: Draft | None = None
    for draft in drafts:
        if draft.reason is Reason.DATE:
            continue
        is_open = draft.kind is None and draft.reason is None and draft.form == "digits" and _DATED.match(text, draft.end)
        if before is not None and is_open and _DATED_GAP.fullmatch(text, before.end, draft.start):
            draft.kind, draft.unit, draft.noun = before.kind, before.unit, before.noun
            draft.inherited, draft.rule = True, "count.inherited"
        before = draft if draft.kind is COUNT and draft.reason is None else None


def _is_open(draft: Draft, text: str) -> bool:
    """Whether nothing is known of the number but that it may be part of the name before it: `Poland 14`."""
    if draft.tag is not None or draft.form not in ("digits", "word"):
        return False
    if draft.reason is None:
        return True
    return draft.rule == "name" and draft.reason is Reason.DESIGNATION and text[draft.start : draft.end].isdigit()


def _is_beside(draft: Draft) -> bool:
    """Whether what a number counts follows at once; `items 3 and 7 of the file` are labels."""
    return draft.noun is None or draft.inherited or draft.noun[0] <= draft.end + 1


def _is_listed(gap: str, grammar: Grammar, *, alone: bool) -> bool:
    """Whether a comma or `and` stands between two numbers, with a name or, where it may, `alone`, and no other word."""
    if len(gap) > _WIDEST or "\n" in gap or gap[:1] not in (",", " "):
        return False
    words = gap.removeprefix(",").replace("’", " ").replace("'", " ").split()
    if words and words[0] in grammar.joiners:
        words = words[1:]
    elif gap[0] == " ":
        return False
    named = [word for word in words if word[0].isupper()]
    return (bool(named) or (alone and not words)) and len(words) <= _MOST_WORDS and all(w.lower() in grammar.skip or w in named for w in words)
