"""Our extractor and the peers on public test sets, all scored by one rule.

A set is a file of JSON Lines, one text a line:

    {"text": "worth $2bn", "language": "en", "complete": true, "source": "where it is from",
     "expected": [{"low": "2000000000", "high": "2000000000", "unit": "dollar", "start": 6, "end": 10}]}

`start`, `end` may be missing, and `unit` null for a bare number. `complete` says that every quantity of the text is
listed: only then is a further finding an error and F1 given, else the share found (recall). No set is shipped:
the licences are the publishers'.

The rule: every end of the expected range stands among the ends of the quantities that overlap the expected span
(anywhere in the text where the set gives no span). `value` asks for the number, `unit` also for the unit, by the names
and factors of `unit_names.toml`: 7 feet 10 inches are 94 inches, two thirds are 66.67 percent. A fall that the set
writes without its sign ("dropped 7 %") is right with it. What is said in several units is right as one quantity and as
its parts, whichever the set asks for, and two levels ("from 5 to 7") as a range.
"""

from __future__ import annotations

import json
import tomllib
import warnings
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.peers import Found, Missing, Peer, load_peers, load_tracker
from tracker.errors import UsageError

UNIT_NAMES = Path(__file__).with_name("unit_names.toml")
TOLERANCE = Decimal("0.0002")
"""Relative: peers hold floats, and a third is not decimal."""


class Expected(NamedTuple):
    """One quantity that a set asks for; the span is None where the set gives none."""

    low: Decimal
    high: Decimal
    unit: str | None
    span: tuple[int, int] | None


class Example(NamedTuple):
    """One text of a set."""

    text: str
    language: str
    expected: list[Expected]
    complete: bool


class Score(NamedTuple):
    """What an extractor got of one set."""

    wanted: int
    value: int
    unit: int
    found: int
    """Quantities that it reported in the complete texts, right or wrong."""
    complete: bool

    def share(self, right: int) -> float:
        """F1 of a complete set, else the share found, in percent."""
        return 100 * (2 * right / (self.wanted + self.found) if self.complete else right / self.wanted)


def report_accuracy(folder: Path, *, misses: bool = False) -> None:
    """Prints for every set and extractor the value and value+unit scores, ours first, and what it misses when asked."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise UsageError(f"{folder}: no *.jsonl file; see the docstring of tests/bench/accuracy.py for the form")
    ready = [load_tracker(), *(peer for peer in load_peers() if not _print_missing(peer))]
    extractors = [peer for peer in ready if isinstance(peer, Peer)]
    print(f"{'set':<28}{'wanted':>7}{'':>8}" + "".join(f"{peer.name.split()[0][:18]:>20}" for peer in extractors))
    for path in paths:
        examples = list(read_examples(path))
        kind = "F1" if examples[0].complete else "recall"
        scores = [_score_if_spoken(peer, examples) for peer in extractors]
        cells = "".join(f"{_cell(score):>20}" for score in scores)
        wanted = sum(len(one.expected) for one in examples)
        print(f"{path.stem:<28}{wanted:>7}{kind:>8}{cells}{_lag(scores)}", flush=True)
        if misses:
            _print_misses(extractors[0], examples)


def _print_missing(peer: Peer | Missing) -> bool:
    if isinstance(peer, Missing):
        print(f"{peer.name} skipped: {peer.reason}")
    return isinstance(peer, Missing)


def _cell(score: Score | None) -> str:
    return "-" if score is None else f"{score.share(score.value):.1f} {score.share(score.unit):6.1f}"


def _lag(scores: list[Score | None]) -> str:
    """A note where a peer does better than ours, which comes first: by how much in value, in value and unit."""
    ours, *theirs = ((score.share(score.value), score.share(score.unit)) for score in scores if score)
    value, unit = (max((one[at] for one in theirs), default=0.0) - ours[at] for at in (0, 1))
    return f"  behind by {max(value, 0):.1f} {max(unit, 0):.1f}" if max(value, unit) > 0 else ""


def read_examples(path: Path) -> Iterator[Example]:
    """The texts of a set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield Example(entry["text"], entry["language"], list(map(_expected, entry["expected"])), entry["complete"])


def _expected(entry: dict[str, Any]) -> Expected:
    span = (entry["start"], entry["end"]) if "start" in entry else None
    return Expected(Decimal(entry["low"]), Decimal(entry["high"]), entry["unit"], span)


def _score_if_spoken(peer: Peer, examples: list[Example]) -> Score | None:
    return score_peer(peer, examples) if examples[0].language in peer.languages else None


def score_peer(peer: Peer, examples: list[Example]) -> Score:
    """The counts of one extractor over one set."""
    wanted = value = unit = found = 0
    for example in examples:
        quantities = align_parts(_extract(peer, example), example.expected)
        found += len(quantities) if example.complete else 0
        for expected in example.expected:
            by_value, by_unit = judge(expected, quantities)
            wanted, value, unit = wanted + 1, value + by_value, unit + by_unit
    return Score(wanted, value, unit, found, examples[0].complete)


def _extract(peer: Peer, example: Example) -> list[Found]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return peer.extract(example.text, example.language)
        except Exception:  # a peer that fails on a text has found nothing there
            if peer.name == "tracker":
                raise
            return []


def align_parts(quantities: list[Found], expected: list[Expected]) -> list[Found]:
    """The quantities with `7 feet 10 inches` put together or taken apart where that is what the set asks for."""
    aligned: list[Found] = []
    for one in quantities:
        parts = [part for part in expected if part.span and one.start <= part.span[0] and part.span[1] <= one.end]
        apart = [Found(*part.span, part.low, part.high, part.unit) for part in parts if part.span]
        aligned += apart if len(apart) > 1 and _adds_up(one, apart) else [one]
    for whole in expected:
        near = [one for one in aligned if whole.span is None or _overlaps(one, whole.span)]
        joined = _join(whole, near) if len(near) > 1 else None
        if joined:
            aligned = [one for one in aligned if one not in near] + [joined]
    return aligned


def _join(whole: Expected, parts: list[Found]) -> Found | None:
    """The parts as the one quantity that the set asks for, the sum of them or the range between two; None where neither."""
    first, last = parts[0], parts[-1]
    if _adds_up(Found(0, 0, whole.low, whole.high, whole.unit), parts):
        return Found(first.start, last.end, whole.low, whole.high, whole.unit)
    if len(parts) == 2 and whole.low != whole.high and _equal(whole.low, first.low) and _equal(whole.high, last.high):
        return last._replace(start=first.start, low=first.low)
    return None


def _adds_up(whole: Found, parts: list[Found]) -> bool:
    """Whether the parts, each in its own unit, make up the whole."""
    units = [read_unit(part.unit) for part in parts]
    for dimension, factor in read_unit(whole.unit).items():
        if all(dimension in unit for unit in units) and whole.unit:
            total = sum((part.low * unit[dimension] for part, unit in zip(parts, units, strict=True)), Decimal(0))
            if _equal(whole.low * factor, total):
                return True
    return False


def judge(expected: Expected, quantities: list[Found]) -> tuple[bool, bool]:
    """Whether the quantities give the expected value, and whether with its unit."""
    near = [one for one in quantities if expected.span is None or _overlaps(one, expected.span)]
    ends = [(end, unit) for one in near for end in (one.low, one.high) for unit in _unit_names(one)]
    unit = all(any(_same_quantity(value, expected.unit, *end) for end in ends) for value in expected[:2])
    value = unit or all(any(_equal(value, end) for end, _ in ends) for value in expected[:2])
    return value, unit


def _unit_names(quantity: Found) -> Iterator[str | None]:
    """Its unit, and the rate that unit and `per` make: sets differ in whether a rate is part of the unit."""
    yield quantity.unit
    if quantity.per:
        yield f"{quantity.unit} per {quantity.per}"


def _overlaps(quantity: Found, span: tuple[int, int]) -> bool:
    return quantity.start < span[1] and span[0] < quantity.end


def _equal(wanted: Decimal, got: Decimal) -> bool:
    size = abs(got) if wanted > 0 else got
    return abs(wanted - size) <= TOLERANCE * max(abs(wanted), abs(size))


def _same_quantity(value: Decimal, unit: str | None, other_value: Decimal, other_unit: str | None) -> bool:
    others = read_unit(other_unit)
    return any(_equal(value * factor, other_value * others[name]) for name, factor in read_unit(unit).items() if name in others)


def read_unit(name: str | None) -> dict[str, Decimal]:
    """The dimensions that a unit's name may stand for, with its factor in each; its own where it is not listed."""
    folded = (name or "").casefold().strip()
    known = _load_unit_names()
    found = known.get(folded) or known.get(folded.removesuffix("s"))
    if found:
        return found
    unit, per, over = folded.rpartition(" per ")
    if not per:
        return {folded: Decimal(1)}
    rates = ((of, over_) for of in read_unit(unit).items() for over_ in read_unit(over).items())
    return {f"{of} per {over_}": factor / divisor for (of, factor), (over_, divisor) in rates}


@cache
def _load_unit_names() -> dict[str, dict[str, Decimal]]:
    names: dict[str, dict[str, Decimal]] = {}
    for dimension, factors in tomllib.loads(UNIT_NAMES.read_text(encoding="utf-8")).items():
        for factor, spellings in factors.items():
            for spelling in spellings:
                names.setdefault(spelling, {}).setdefault(dimension, Decimal(factor))
    return names


def _print_misses(peer: Peer, examples: list[Example]) -> None:
    for example in examples:
        quantities = align_parts(_extract(peer, example), example.expected)
        for expected in example.expected:
            value, unit = judge(expected, quantities)
            if not unit:
                got = "; ".join(f"{example.text[one.start : one.end]!r}={one.low}..{one.high} {one.unit}" for one in quantities)
                wanted = f"{expected.low}..{expected.high} {expected.unit}"
                print(f"    {'unit ' if value else 'value'} want {wanted}  got {got or 'nothing'}  in {example.text[:90]!r}")
