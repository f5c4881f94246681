"""A quantity under construction, which the quantity stages pass from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.extract.quantities.numbers import Number
from tracker.vocabulary import Kind, Qualifier, Reason

BLANKS = " \u00a0\u202f\u2009"
DASHES = "-‑−–"
HYPHENS = ("-", "‑")
# An attribute of an enumeration costs ten times a name's, and the stages ask for these all the time.
MONEY, COUNT, SHARE, CHANGE = Kind.MONEY, Kind.COUNT, Kind.SHARE, Kind.CHANGE
MEASURE, DURATION = Kind.MEASURE, Kind.DURATION
EXACT = Qualifier.EXACT
UNKNOWN_CURRENCY = "XXX"
"""What ISO 4217 calls no currency: the text names one that is not known, or several may be meant.

It stands first among the codes of a name that no country's currency has a better right to.
"""
SIGN_CHARS = "$€£¥₴₹₽₩₪₺₸₾₼֏₦₫฿¢₱₵₲৳₮"


class Draft:
    """A quantity under construction; private to the quantity stages, which turn it into a frozen `Quantity`."""

    # Slots that are all set at once, because a default kept by the class takes several times as long to read.
    __slots__ = (
        "core", "end", "finest", "form", "high", "hyphenated", "in_change", "inherited", "is_minor", "kind", "left", "lone",
        "low", "next_level", "noun", "other", "per", "prefixed", "qualifier", "qualifier_start", "reason", "right", "rule",
        "scale", "sentence", "start", "tag", "unit", "words",
    )  # fmt: skip

    tag: str | None
    """`currency`, `percent`, `points`, `unit`, `time`, `change`, None for a bare number."""
    unit: str | None
    hyphenated: bool
    prefixed: bool
    """Whether a currency stands before the number."""
    lone: bool
    """Whether the number is only an article before its unit (`a mile`), or a bare `one`."""
    finest: str | None
    """The unit of the last part of a quantity said in several units: `7 feet 10 inches`."""
    qualifier: Qualifier
    qualifier_start: int
    per: str | None
    kind: Kind | None
    reason: Reason | None
    noun: tuple[int, int] | None
    rule: str
    sentence: int
    next_level: Draft | None
    """The number that says what this one counts: `from 20 to 30 tanks`."""
    is_minor: bool
    """Whether countries or the like are counted, which no later number leans on where there is something else."""
    inherited: bool
    """Whether kind and unit come from another quantity."""
    in_change: bool
    """Whether a list of changes runs on here: `the Navy comes next with £16.4bn (41%)`."""
    words: Sequence[str]
    """The folded words before it in its sentence."""
    left: Sequence[str]
    """The same without the qualifier."""
    right: Sequence[str]
    """The folded words behind it."""

    def __init__(self, number: Number) -> None:
        self.start, self.end, self.low, self.high, self.form, self.other, self.scale = number
        self.core = self.start
        """Where the number itself begins, behind a sign or currency."""
        self.tag = self.unit = self.finest = self.per = self.kind = self.reason = self.noun = self.next_level = None
        self.hyphenated = self.prefixed = self.lone = self.is_minor = self.inherited = self.in_change = False
        self.qualifier, self.rule = EXACT, ""
        self.qualifier_start = self.sentence = 0
        self.words = self.left = self.right = ()

    def multiply(self, factor: Decimal | int, end: int) -> None:
        """Multiplies the number by what stands up to `end`."""
        self.low, self.high, self.end = self.low * factor, self.high * factor, end

    def negate(self, start: int) -> None:
        """Takes in the minus that begins at `start`."""
        self.low, self.high, self.start = -self.high, -self.low, start
        self.rule = "signed"
