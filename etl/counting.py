"""What a run has done so far, and what it did: the counts that progress, summary and the run's row show."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from etl.load import Loaded

_COUNTS = ("read", "new", "unchanged", "superseding", "copies", "claims")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    read: int
    new: int
    unchanged: int
    claims: int
    issues: int
    seconds: float
    location: str
    """The input that was read last."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did."""

    run_key: str
    read: int
    new: int
    """Articles stored; `superseding` are among them."""
    unchanged: int
    superseding: int
    copies: int
    claims: int
    screened: dict[str, int]
    """Numbers that are no claims, by reason."""
    issues_by_kind: dict[str, int]
    seconds: float

    @property
    def issues(self) -> int:
        """All issues."""
        return sum(self.issues_by_kind.values())


@dataclass(slots=True)
class Tally:
    """The counts of a run while it goes on."""

    started: float = field(default_factory=time.monotonic)
    counts: Counter[str] = field(default_factory=Counter)
    screened: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    location: str = ""

    def add_loaded(self, loaded: Loaded) -> None:
        """Count what a batch brought in."""
        self.counts.update(
            new=loaded.new,
            unchanged=loaded.unchanged,
            superseding=loaded.superseding,
            copies=loaded.copies,
            claims=loaded.claims,
        )

    def add(self, other: Tally) -> None:
        """Count what another process did."""
        self.counts.update(other.counts)
        self.screened.update(other.screened)
        self.issues.update(other.issues)
        self.location = other.location or self.location

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    def progress(self) -> Progress:
        """How far the run has come."""
        counts = self.counts
        return Progress(
            counts["read"],
            counts["new"],
            counts["unchanged"],
            counts["claims"],
            self.issues.total(),
            self.seconds,
            self.location,
        )

    def summary(self, run_key: str) -> RunSummary:
        """What the run did."""
        counts = self.counts
        return RunSummary(
            run_key,
            counts["read"],
            counts["new"],
            counts["unchanged"],
            counts["superseding"],
            counts["copies"],
            counts["claims"],
            dict(sorted(self.screened.items())),
            dict(sorted((+self.issues).items())),
            self.seconds,
        )

    def as_counts(self) -> dict[str, Any]:
        """What the run's row keeps."""
        return {
            **{name: self.counts[name] for name in _COUNTS},
            "screened": dict(sorted(self.screened.items())),
            "issues": dict(sorted((+self.issues).items())),
            "seconds": round(self.seconds, 3),
        }

    @classmethod
    def from_counts(cls, counts: dict[str, Any]) -> Tally:
        """The tally that `as_counts` kept."""
        numbers = Counter({name: counts[name] for name in _COUNTS})
        return cls(counts=numbers, screened=Counter(counts["screened"]), issues=Counter(counts["issues"]))
