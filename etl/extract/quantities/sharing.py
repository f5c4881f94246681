"""What numbers hand to one another once all are judged: levels, people, currencies, rates."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.document import Document
from etl.extract.phrases import fold_phrase
from etl.extract.quantities.draft import COUNT, MONEY, UNKNOWN_CURRENCY, Draft
from etl.extract.quantities.grammar import Grammar
from etl.extract.quantities.memory import MONEY_ALWAYS, is_paid

_BLANKS = " \u00a0\u202f"
_MONEY_FLOOR = 1_000_000
_AROUND = 3


def name_levels(drafts: list[Draft]) -> None:
    """`rose from 20 to 30 tanks`: the first level counts what the second does."""
    for draft in drafts:
        level = draft.next_level
        if level is not None and draft.kind is None and draft.reason is None:
            draft.reason, draft.kind, draft.unit, draft.per = level.reason, level.kind, level.unit, level.per
            draft.noun, draft.inherited, draft.rule = level.noun, True, f"{level.kind}.inherited"


def name_people(drafts: list[Draft]) -> None:
    """Counts of nothing named are of people where the counts around them, that name something, all are."""
    counts = [draft for draft in drafts if draft.kind is COUNT and draft.reason is None]
    for index, draft in enumerate(counts):
        if draft.rule == "count.lone" and draft.unit == "item":
            near = {other.unit for other in counts[max(0, index - _AROUND) : index + _AROUND + 1] if other.noun is not None}
            if near == {"person"}:
                draft.unit = "person"


def name_orphans(drafts: list[Draft], text: str, grammar: Grammar) -> None:
    """Millions and billions that name no currency before any sum of money take the currency of the first that does.

    Where none does, billions of nothing are money all the same, of a currency that nobody tells unless the magnitude
    does (`50,000 crore`).
    """
    money = next((d for d in drafts if d.tag == "currency" and d.reason is None), None)
    unit = money.unit if money is not None else UNKNOWN_CURRENCY
    told = False
    for draft in drafts:
        if draft.rule == "count.lone" and _may_be_paid(draft, grammar) and (money is not None or _is_unnamed(draft)):
            draft.kind, draft.unit, draft.rule, told = MONEY, unit, "money.inherited", True
            if money is None:
                magnitude = fold_phrase(text[draft.core : draft.end]).rsplit(" ", 1)[-1]
                draft.unit = unit = grammar.magnitude_homes.get(magnitude, unit)
        elif told and money is None and draft.rule == "count.inherited" and draft.noun is None and draft.scale >= _MONEY_FLOOR:
            draft.kind, draft.unit, draft.rule = MONEY, unit, "money.inherited"


def _is_unnamed(draft: Draft) -> bool:
    """Whether a number counts neither things nor people."""
    return draft.noun is None and draft.unit == "item"


def _may_be_paid(draft: Draft, grammar: Grammar) -> bool:
    """Billions, and millions that a word of paying stands before."""
    return draft.scale >= _MONEY_FLOOR and (draft.low >= MONEY_ALWAYS or draft.scale >= MONEY_ALWAYS or is_paid(draft, grammar))


def carry(draft: Draft, before: Draft, grammar: Grammar) -> None:
    """A number beside a rate is a rate too: `douze pièces par mois, contre six`, `$2 million each, SM-6s $3.9 million`.

    A total is none: `20 million euros each, for a total of 880 million`.
    """
    if before.sentence != draft.sentence or draft.unit != before.unit or draft.kind != before.kind or draft.scale != before.scale:
        return
    if grammar.totals.end(draft.left)[1] or grammar.totals.begin(draft.right)[1]:
        return
    if draft.inherited or (draft.kind is MONEY and before.per == "item"):
        draft.per = before.per


def spread_rates(drafts: Sequence[Draft], document: Document) -> None:
    """`UAH 2.5 billion ($60 million) a month`: the rate behind the bracket holds for both."""
    first: Draft | None = None
    for second in drafts:
        if second.per and first is not None and not first.per and first.kind == second.kind and first.reason is None:
            gap = document.text[first.end : second.qualifier_start]
            if gap.strip(_BLANKS) == "(" and document.text[second.end : second.end + 1] == ")":
                first.per = second.per
        first = second
