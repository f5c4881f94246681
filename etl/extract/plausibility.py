"""The bounds of `seeds/plausibility.toml`, beyond which a claim is flagged."""

from __future__ import annotations

import functools
import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from etl.extract.document import fold_text
from etl.records import Claim
from tracker.errors import ConfigurationError
from tracker.resources import resource_path
from tracker.vocabulary import Kind

_FILE = ("seeds", "plausibility.toml")
_KEYS = {"name", "kind", "unit", "per", "words", "base", "low", "high", "why"}


class Bound(NamedTuple):
    """What a kind of figure does not go beyond, and why. Money in euros."""

    name: str
    kind: Kind
    unit: str | None
    per: str | None
    words: tuple[str, ...]
    """Folded words of which the object must hold one; none: any object."""
    base: tuple[str, ...]
    """The same of the base."""
    low: Decimal | None
    high: Decimal | None
    why: str

    def measures(self, kind: Kind, unit: str, per: str | None) -> bool:
        """Whether it is about such quantities."""
        return kind is self.kind and self.unit in (None, unit) and self.per in (None, per)

    def holds_for(self, wording: str, base: str) -> bool:
        """Whether it is about such an object and base, both folded."""
        return _names(wording, self.words) and _names(base, self.base)


def _names(wording: str, words: tuple[str, ...]) -> bool:
    return not words or any(f" {word} " in wording for word in words)


def find_bounds(claim: Claim) -> list[Bound]:
    """The bounds that are about the claim."""
    bounds = _bounds_of(claim.kind, claim.unit, claim.per)
    if not bounds:
        return []
    wording, base = (f"{fold_text(text or '')} " for text in (claim.object, claim.base))
    return [bound for bound in bounds if bound.holds_for(wording, base)]


@functools.cache
def _bounds_of(kind: Kind, unit: str, per: str | None) -> tuple[Bound, ...]:
    """The bounds on such quantities, so that the many claims without any cost nothing."""
    return tuple(bound for bound in load_bounds() if bound.measures(kind, unit, per))


@functools.cache
def load_bounds() -> tuple[Bound, ...]:
    """All bounds; ConfigurationError where the file is wrong."""
    path = resource_path(*_FILE)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_read_bound(item) for item in table["bound"])
    except (tomllib.TOMLDecodeError, KeyError, ValueError, InvalidOperation) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error


def _read_bound(item: dict[str, Any]) -> Bound:
    unknown = set(item) - _KEYS
    if unknown:
        raise ValueError(f"bound {item.get('name')!r}: unknown key {min(unknown)!r}")
    low, high = item.get("low"), item.get("high")
    if low is None and high is None:
        raise ValueError(f"bound {item['name']!r}: needs `low` or `high`")
    return Bound(
        item["name"],
        Kind(item["kind"]),
        item.get("unit"),
        item.get("per"),
        _fold(item.get("words", ())),
        _fold(item.get("base", ())),
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        item["why"],
    )


def _fold(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(fold_text(word).split()) for word in words)
