"""Lists of names with numbers whose last member alone says what is counted: `Berlin sent 12, Rome 8 and Oslo six tanks`."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.quantities.draft import COUNT, Draft
from etl.extract.quantities.grammar import Grammar
from tracker.vocabulary import Reason

_WIDEST = 40
"""Characters between two numbers of a list."""
_MOST_WORDS = 5


def name_series(drafts: Sequence[Draft], text: str, grammar: Grammar) -> None:
    """Gives numbers that count nothing of their own what the next number of the list counts."""
    if not any(draft.kind is None and _is_open(draft, text) for draft in drafts):
        return
    following: Draft | None = None
    for draft in reversed(drafts):
        if following is not None and draft.kind is None and _is_open(draft, text) and _is_listed(text[draft.end : following.start], grammar):
            draft.kind, draft.unit, draft.noun, draft.reason = COUNT, following.unit, following.noun, None
            draft.inherited, draft.rule = True, "count.inherited"
        is_counted = draft.kind is COUNT and draft.reason is None and draft.noun is not None and draft.tag is None
        following = draft if is_counted else None


def _is_open(draft: Draft, text: str) -> bool:
    """Whether nothing is known of the number but that it may be part of the name before it: `Poland 14`."""
    if draft.tag is not None or draft.form not in ("digits", "word"):
        return False
    if draft.reason is None:
        return True
    return draft.rule == "name" and draft.reason is Reason.DESIGNATION and text[draft.start : draft.end].isdigit()


def _is_listed(gap: str, grammar: Grammar) -> bool:
    """Whether a comma or `and` and a name stand between two numbers, and no other word."""
    if len(gap) > _WIDEST or "\n" in gap or gap[:1] not in (",", " "):
        return False
    words = gap.removeprefix(",").replace("’", " ").replace("'", " ").split()
    if words and words[0] in grammar.joiners:
        words = words[1:]
    elif gap[0] == " ":
        return False
    named = [word for word in words if word[0].isupper()]
    return bool(named) and len(words) <= _MOST_WORDS and all(w.lower() in grammar.skip or w in named for w in words)
