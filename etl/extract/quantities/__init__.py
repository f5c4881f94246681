"""Numbers with their units: found in digits and words, joined into ranges, judged and screened."""

from __future__ import annotations

from etl.extract.quantities.currencies import resolve_currencies
from etl.extract.quantities.draft import Draft
from etl.extract.quantities.finding import find_drafts
from etl.extract.quantities.grammar import Grammar, load_grammar
from etl.extract.quantities.ranges import merge_ranges
from etl.extract.quantities.screen import apply_spans, inside, judge_drafts

__all__ = ["Draft", "Grammar", "apply_spans", "find_drafts", "inside", "judge_drafts", "load_grammar", "merge_ranges", "resolve_currencies"]
