"""The tables: one class each, and what one row of it means. Keys are content hashes that the loader makes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    Enum,
    Float,
    ForeignKey,
    Index,
    MetaData,
    Numeric,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import DateTime, TypeEngine

from tracker.vocabulary import (
    Aggregation,
    Kind,
    LinkKind,
    Modality,
    PartyKind,
    Qualifier,
    RateRule,
    Role,
    RunKind,
    RunStatus,
    SourceKind,
    Stage,
    Topic,
)

KEY_LENGTH = 32
"""Hex digits of a content key: 128 bits."""

COUNTED = (
    "counts_once",
    "kind",
    "stage",
    "month",
    "article_key",
    "modality",
    "eur_float",
    "eur_high_float",
    "usd_float",
    "low_float",
    "high_float",
    "actor_party",
    "counterparty_party",
    "actor",
    "counterparty",
    "object",
)
"""Every number that the reports add up and by what, in one index: a sum over a million claims reads no claim."""

WORDING_LENGTH = 160
"""The longest wording of a party or thing; PostgreSQL refuses to index texts of any length."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def canonical_decimal(value: Decimal) -> str:
    """The one spelling of a number: plain digits, no exponent, no trailing zeros, no plus: `2200000000`, `66.67`, `-50`."""
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that comes back digit for digit: NUMERIC on PostgreSQL, canonical text on SQLite.

    SQLite would keep NUMERIC as a float. A view may hand such a text on as a number; that is read back too.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TEXT on SQLite, unbounded NUMERIC elsewhere."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """The value as the driver takes it."""
        if value is None:
            return None
        canonical = canonical_decimal(value)
        return canonical if dialect.name == "sqlite" else Decimal(canonical)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The stored value as a Decimal."""
        if value is None:
            return None
        written = str(value)
        # Most are plain digits, which are canonical as they are; a report may bring some hundred thousand.
        return Decimal(written if written.isdigit() else canonical_decimal(Decimal(written)))


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment in UTC; PostgreSQL keeps the zone, SQLite gets it back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC; a naive one is taken to be UTC."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The stored moment, always with its zone."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _words(vocabulary: type[StrEnum]) -> Enum:
    """A vocabulary stored as its lower-case words; a new word needs no migration."""
    return Enum(
        vocabulary,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda words: [word.value for word in words],
    )


_VOCABULARIES: tuple[type[StrEnum], ...] = (
    Aggregation,
    Kind,
    LinkKind,
    Modality,
    PartyKind,
    Qualifier,
    RateRule,
    Role,
    RunKind,
    RunStatus,
    SourceKind,
    Stage,
    Topic,
)


class Base(DeclarativeBase):
    """What all tables share: named constraints and one column type for each Python type."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it as a plain dict
        str: Text(),
        Decimal: ExactDecimal(),
        dt.date: Date(),
        dt.datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        **{vocabulary: _words(vocabulary) for vocabulary in _VOCABULARIES},
    }


def _key() -> String:
    return String(KEY_LENGTH)


class Source(Base):
    """A publisher."""

    __tablename__ = "source"
    __table_args__ = (CheckConstraint("tier between 1 and 3", name="tier_known"),)

    key: Mapped[str] = mapped_column(_key(), primary_key=True)
    name: Mapped[str]
    domain: Mapped[str | None] = mapped_column(index=True)
    country: Mapped[str | None] = mapped_column(String(2))
    kind: Mapped[SourceKind] = mapped_column(default=SourceKind.UNKNOWN)
    tier: Mapped[int] = mapped_column(default=3)
    """1 official primary, 2 quoting a primary, 3 other."""


class Run(Base):
    """One ingest or re-extraction."""

    __tablename__ = "run"

    key: Mapped[str] = mapped_column(_key(), primary_key=True)
    kind: Mapped[RunKind]
    status: Mapped[RunStatus]
    started_at: Mapped[dt.datetime] = mapped_column(index=True)
    finished_at: Mapped[dt.datetime | None]
    version: Mapped[str]
    """Of the tracker."""
    packs_hash: Mapped[str]
    """SHA-256 over the language packs."""
    settings: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]


class Article(Base):
    """One version of one published item; a changed item is a new row that supersedes the old."""

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("published_from <= published_to", name="published_ordered"),
        Index("ix_article_published_from_key", "published_from", "key"),
    )

    key: Mapped[str] = mapped_column(_key(), primary_key=True)
    item_key: Mapped[str] = mapped_column(_key(), index=True)
    """The published item that this is a version of: hash of its URL, or of where it lies and its name."""
    source_key: Mapped[str | None] = mapped_column(ForeignKey("source.key"), index=True)
    name: Mapped[str]
    """What the input calls it: a file's stem, the id of a JSON article, a URL."""
    location: Mapped[str]
    """Where it was read."""
    url: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str | None]
    byline: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(16), index=True)
    published_from: Mapped[dt.date | None]
    published_to: Mapped[dt.date | None]
    text: Mapped[str]
    """The archived text that all offsets refer to."""
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    original_sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str]
    retrieved_at: Mapped[dt.datetime | None]
    boilerplate: Mapped[list[Any]]
    """Stretches of page clutter: [start, end] pairs."""
    locators: Mapped[list[Any]]
    """Where a stretch stood in the original: [start, end, label] triples."""
    extracted_with: Mapped[str] = mapped_column(String(64), index=True)
    """Hash of packs and version that read its claims last."""
    superseded_by: Mapped[str | None] = mapped_column(ForeignKey("article.key"), index=True)
    copy_of: Mapped[str | None] = mapped_column(ForeignKey("article.key"), index=True)
    """The article whose body this one reposts; its claims are not counted again."""
    run_key: Mapped[str] = mapped_column(ForeignKey("run.key"), index=True)
    """The run that stored it."""

    source: Mapped[Source | None] = relationship()
    claims: Mapped[list[Claim]] = relationship(back_populates="article")


class ArticleSketch(Base):
    """One of the few sentences that an article is recognised by when another reposts it."""

    __tablename__ = "article_sketch"
    __table_args__ = ({"sqlite_with_rowid": False},)

    sentence_hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_key: Mapped[str] = mapped_column(ForeignKey("article.key"), primary_key=True)


class Shard(Base):
    """A part of a run's inputs that is stored in full, so that nobody does it again."""

    __tablename__ = "shard"

    key: Mapped[str] = mapped_column(_key(), primary_key=True)
    """Hash of the inputs with size and time of change, the settings and the rules."""
    run_key: Mapped[str] = mapped_column(ForeignKey("run.key"), index=True)
    counts: Mapped[dict[str, Any]]
    finished_at: Mapped[dt.datetime]


class Issue(Base):
    """A data problem: what could not be read or is doubtful, and where."""

    __tablename__ = "issue"

    key: Mapped[str] = mapped_column(_key(), primary_key=True)
    run_key: Mapped[str] = mapped_column(ForeignKey("run.key"), index=True)
    article_key: Mapped[str | None] = mapped_column(ForeignKey("article.key"), index=True)
    location: Mapped[str | None]
    kind: Mapped[str] = mapped_column(String(64), index=True)
    message: Mapped[str]
    start_offset: Mapped[int | None] = mapped_column(BigInteger)
    end_offset: Mapped[int | None] = mapped_column(BigInteger)
    quote: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    extracted_with: Mapped[str | None] = mapped_column(String(64))
    """Hash of the rules that raised it, as of `article`; null for what was found in reading."""

    article: Mapped[Article | None] = relationship()


class Claim(Base):
    """The machine's reading of one assertion of one article."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("end_offset > start_offset", name="span_ordered"),
        CheckConstraint("low_float <= high_float", name="value_ordered"),
        Index("ix_claim_article_key_start_offset", "article_key", "start_offset"),
        Index("ix_claim_counted", *COUNTED),
    )

    key: Mapped[str] = mapped_column(_key(), primary_key=True)
    article_key: Mapped[str] = mapped_column(ForeignKey("article.key"))
    start_offset: Mapped[int] = mapped_column(BigInteger)
    end_offset: Mapped[int] = mapped_column(BigInteger)
    quote: Mapped[str]
    prefix: Mapped[str]
    """Some 40 characters before the quote; `suffix` the same after it."""
    suffix: Mapped[str]
    sentence: Mapped[str]
    kind: Mapped[Kind]
    qualifier: Mapped[Qualifier]
    low: Mapped[Decimal]
    high: Mapped[Decimal]
    low_float: Mapped[float] = mapped_column(Float(53))
    """`low` for arithmetic; likewise `high_float`."""
    high_float: Mapped[float] = mapped_column(Float(53))
    lower_bound: Mapped[Decimal | None]
    """The least that the wording admits, None where it sets no floor; `upper_bound` likewise."""
    upper_bound: Mapped[Decimal | None]
    other_low: Mapped[Decimal | None]
    """The other reading of the number where two stand."""
    other_high: Mapped[Decimal | None]
    eur_float: Mapped[float | None] = mapped_column(Float(53))
    """Low end in euros, for sums and filters; the exact value is in `conversion`. The next two likewise."""
    eur_high_float: Mapped[float | None] = mapped_column(Float(53))
    usd_float: Mapped[float | None] = mapped_column(Float(53))
    unit: Mapped[str] = mapped_column(String(64))
    per: Mapped[str | None] = mapped_column(String(32))
    base: Mapped[str | None]
    object: Mapped[str | None] = mapped_column(String(WORDING_LENGTH))
    actor: Mapped[str | None] = mapped_column(String(WORDING_LENGTH))
    actor_party: Mapped[str | None] = mapped_column(String(64))
    """Identifier of the party, the same as in `claim_party`, so that sums by party need no join."""
    counterparty: Mapped[str | None] = mapped_column(String(WORDING_LENGTH))
    counterparty_party: Mapped[str | None] = mapped_column(String(64))
    speaker: Mapped[str | None]
    speaker_party: Mapped[str | None] = mapped_column(String(64))
    stage: Mapped[Stage | None]
    stage_as_reported: Mapped[str | None]
    modality: Mapped[Modality]
    aggregation: Mapped[Aggregation]
    topic: Mapped[Topic] = mapped_column(index=True)
    date: Mapped[str | None] = mapped_column(String(32))
    """ISO day, month, year or `first/last`."""
    date_from: Mapped[dt.date | None] = mapped_column(index=True)
    date_to: Mapped[dt.date | None]
    month: Mapped[str | None] = mapped_column(String(7))
    """YYYY-MM of `date_from`, else of the publication."""
    is_restatement: Mapped[bool]
    is_summed: Mapped[bool]
    counts_once: Mapped[bool]
    """A sum may add it: no restatement, no repeat, no total beside its parts, not denied, withdrawn or superseded."""
    rule: Mapped[str]
    confidence: Mapped[float] = mapped_column(Float(53))
    evidence: Mapped[list[Any]]
    """Why each field has its value: [field, rule, start, end] lists."""
    # Keys of `run`, without a foreign key: to check two for each of millions of claims is a fifth of the load.
    first_run: Mapped[str] = mapped_column(_key())
    last_run: Mapped[str] = mapped_column(_key())
    withdrawn_at: Mapped[dt.datetime | None]
    """When newer rules no longer found it."""

    article: Mapped[Article] = relationship(back_populates="claims")
    parties: Mapped[list[ClaimParty]] = relationship(primaryjoin="Claim.key == foreign(ClaimParty.claim_key)")
    conversions: Mapped[list[Conversion]] = relationship(primaryjoin="Claim.key == foreign(Conversion.claim_key)")


class Party(Base):
    """A state, body, company, programme or weapon system."""

    __tablename__ = "party"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[PartyKind]
    name: Mapped[str]
    """The name to show."""
    iso: Mapped[str | None] = mapped_column(String(3))
    country: Mapped[str | None] = mapped_column(String(64))
    """Identifier of the state that it belongs to."""
    home: Mapped[str | None] = mapped_column(String(64))
    """The party that its name stands for."""

    names: Mapped[list[PartyName]] = relationship()


class PartyName(Base):
    """A name of a party in one language."""

    __tablename__ = "party_name"
    __table_args__ = ({"sqlite_with_rowid": False},)

    party_id: Mapped[str] = mapped_column(ForeignKey("party.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, index=True)
    form: Mapped[str] = mapped_column(String(16), primary_key=True)
    """What sort of name: `name`, `adjective`, `acronym`, ..."""


class ClaimParty(Base):
    """A party in a role of a claim, as the text words it; the party is null where it is unknown."""

    __tablename__ = "claim_party"
    __table_args__ = (Index("ix_claim_party_party_id_role", "party_id", "role"), {"sqlite_with_rowid": False})

    # Written together with its claim and never apart, so without a foreign key, as the runs of a claim.
    claim_key: Mapped[str] = mapped_column(_key(), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    wording: Mapped[str]
    # A key of `party` that the loader has looked up, likewise.
    party_id: Mapped[str | None] = mapped_column(String(64))


class ClaimLink(Base):
    """`claim_key` says `target_key` again (`restates`) or adds it up (`totals`); both in one article."""

    __tablename__ = "claim_link"
    __table_args__ = ({"sqlite_with_rowid": False},)

    claim_key: Mapped[str] = mapped_column(ForeignKey("claim.key"), primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(primary_key=True)
    target_key: Mapped[str] = mapped_column(ForeignKey("claim.key"), primary_key=True, index=True)


class Conversion(Base):
    """A claim's value in another currency or unit, or the reason why there is none."""

    __tablename__ = "conversion"
    __table_args__ = ({"sqlite_with_rowid": False},)

    # As in `claim_party`.
    claim_key: Mapped[str] = mapped_column(_key(), primary_key=True)
    unit: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Currency or unit of this value."""
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    rate: Mapped[Decimal | None]
    """How many of `unit` one unit of the claim is."""
    rate_date: Mapped[dt.date | None]
    rate_source: Mapped[str | None]
    rule: Mapped[RateRule | None]
    """How the rate was chosen; null for a physical unit, whose factor never changes."""
    reason: Mapped[str | None] = mapped_column(String(32))
    """Why there is no value: `unknown_date`, `missing_rate`, `currency_not_published`, `rate_too_old`, ..."""


class ExchangeRate(Base):
    """One published rate that a conversion used."""

    __tablename__ = "exchange_rate"
    __table_args__ = ({"sqlite_with_rowid": False},)

    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    rate_date: Mapped[dt.date] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    per_eur: Mapped[Decimal]
    """How many of the currency one euro is."""
