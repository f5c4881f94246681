"""What a number that names no unit takes from the quantities before it."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.quantities.columns import Columns
from etl.extract.quantities.draft import COUNT, MEASURE, MONEY, Draft
from etl.extract.quantities.grammar import Grammar

_THOUSAND = 1000
_MILLION = 1_000_000
_VERB = 3
"""How far before a number the verb of delivery may stand, in words."""
MONEY_ALWAYS = 1_000_000_000
"""The magnitude from which a number is money where the article speaks of any."""


class Memory:
    """The quantities that a later number may lean on: the last of each kind, in text order."""

    __slots__ = ("before", "columns", "count", "dropped", "enumerated", "has_lone", "measure", "money")

    def __init__(self) -> None:
        self.before: Draft | None = None
        self.columns: Sequence[Columns] = ()
        self.count: Draft | None = None
        self.enumerated: Draft | None = None
        """The last number that only enumerates."""
        self.measure: Draft | None = None
        self.money: Draft | None = None
        self.dropped = False
        """Whether a draft has turned out to be no number, or part of another."""
        self.has_lone = False
        """Whether a draft counts nothing that the text names."""

    def add(self, draft: Draft, *, in_brackets: bool) -> None:
        """Remembers a kept quantity; a sum in brackets only converts the one before it."""
        self.before = draft
        if draft.kind is MONEY:
            if not in_brackets or self.money is None:
                self.money = draft
        elif draft.kind is COUNT and not (draft.is_minor and self.count is not None and self.count.sentence == draft.sentence):
            self.count = draft
        elif draft.kind is MEASURE:
            self.measure = draft

    def in_sentence(self, sentence: int) -> Draft | None:
        """The last count, sum of money or measure of the sentence."""
        found = [d for d in (self.count, self.money, self.measure) if d is not None and d.sentence == sentence]
        return max(found, key=lambda d: d.start, default=None)


def inherit(draft: Draft, memory: Memory, grammar: Grammar, *, sure: bool) -> None:
    """Takes kind and unit from a quantity before; `sure` keeps the number as a count where there is none.

    Billions are money where the article speaks of any; a number without a magnitude takes after the count or sum of
    its own sentence, else after a count of the sentence before.
    """
    draft.inherited = True
    model = _find_model(draft, memory, grammar)
    if draft.form == "digits" and draft.scale == 1 and draft.low != draft.low.to_integral_value() and (model is None or model.kind is COUNT):
        return  # no things are counted in decimals
    if model is None and not sure:
        return
    if model is None:
        draft.kind, draft.unit, draft.rule = COUNT, "item", "count.lone"
        memory.has_lone = True
        return
    draft.kind, draft.unit, draft.rule = model.kind, model.unit, f"{model.kind}.inherited"
    draft.noun = model.noun if model.kind is COUNT else None


def _find_model(draft: Draft, memory: Memory, grammar: Grammar) -> Draft | None:
    count, money = memory.count, memory.money
    scale = max(draft.scale, int(draft.low)) if draft.form == "vague" and draft.low >= _MILLION else draft.scale
    if scale >= MONEY_ALWAYS:
        return money
    if scale >= 1000:
        if money is not None and is_paid(draft, grammar):
            return money
        if count is not None and count.scale >= _THOUSAND and count.sentence == draft.sentence and not grammar.handled.isdisjoint(draft.left[-_VERB:]):
            return count  # `1.6 million drones for 114 billion, of which they had delivered 1.28 million`
        scaled = [d for d in (count, money) if d is not None and (d.scale >= 1000 or (d is count and scale == 1000 and d.low >= 1000))]
        return max(scaled, key=lambda d: d.start, default=money)
    same = memory.in_sentence(draft.sentence)
    if same is not None and (same.kind is not MONEY or same.scale == 1):
        return same
    if count is not None and draft.sentence - count.sentence <= 2:
        return count
    return None


def is_grouped(draft: Draft) -> bool:
    """Whether the number is written in groups of thousands, as labels never are."""
    return draft.form == "digits" and draft.low >= 1000 and draft.end - draft.core > 4


def is_paid(draft: Draft, grammar: Grammar) -> bool:
    """Whether a word of paying stands shortly before the number: `will put 40 million towards ...`."""
    return any(word in grammar.payments for word in draft.left[-6:])
