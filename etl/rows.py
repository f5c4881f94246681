"""Records as rows: values in the order of the table's columns and in the wording that both databases take.

Decimals travel as canonical text, days and moments as ISO text, lists as JSON, so that one row serves SQLite's
`executemany` and PostgreSQL's COPY, and nothing is converted twice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from etl.copies import Body, read_body
from etl.normalised import NormalisedArticle, NormalisedClaim
from etl.records import Article, Claim, Evidence, Interval, Issue
from tracker.model import WORDING_LENGTH, canonical_decimal
from tracker.money import Conversion, Rate
from tracker.parties import party_identifiers

CONTEXT_CHARACTERS = 40
"""How much of the text before and after the quote a claim keeps."""

Row = tuple[Any, ...]

_LINE_NUMBER = re.compile(r":\d+\Z")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ArticleIdentity(NamedTuple):
    """The keys of an article: this version of it, the item that it is a version of, and its text."""

    key: str
    item_key: str
    text_sha256: str


class ArticleRows(NamedTuple):
    """All that one article brings into the store."""

    identity: ArticleIdentity
    source: Row | None
    article: Row
    claims: list[Row]
    parties: list[Row]
    links: list[Row]
    conversions: list[Row]
    rates: set[Rate]
    issues: list[Row]
    body: Body
    """By what a repost of the article is recognised."""


def content_key(*parts: str | None) -> str:
    """The key of something that these parts identify: 32 hex digits."""
    text = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def identify_article(article: Article) -> ArticleIdentity:
    """The keys of an article. The version's key is that of its words and metadata, wherever they lie.

    The item is its URL or, without one, the file that holds it and its name there; what comes through standard
    input has no place to come back to, so each text is an item of its own.
    """
    text_sha256 = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    key = content_key(
        article.url or article.id,
        article.title,
        article.byline,
        article.language,
        article.published.isoformat() if article.published else None,
        article.source_name,
        article.source_domain,
        text_sha256,
    )
    if article.url:
        item_key = content_key("url", article.url)
    elif article.location in ("", "-") or article.location.startswith(("-:", "-#")):
        item_key = content_key("text", key)
    else:
        item_key = content_key("file", os.path.abspath(_LINE_NUMBER.sub("", article.location)), article.id)  # noqa: PTH100
    return ArticleIdentity(key, item_key, text_sha256)


def claim_key(article_key: str, claim: Claim) -> str:
    """The key of a claim: hash of article, span and kind; claims of one article lie side by side in the index."""
    spot = f"{article_key}\x1f{claim.start}\x1f{claim.end}\x1f{claim.kind.value}"
    return article_key[:20] + hashlib.blake2b(spot.encode(), digest_size=6).hexdigest()


def moment_text(moment: dt.datetime) -> str:
    """A moment in UTC as both databases read it."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def storable(text: str | None) -> str | None:
    """A name or place without the characters that no database takes (NUL, halves of surrogate pairs)."""
    if text is None or (text.isascii() and "\x00" not in text):
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def article_rows(
    normalised: NormalisedArticle, identity: ArticleIdentity, run_key: str, extractor: str, now: str
) -> ArticleRows:
    """The rows of one article, its claims and its issues. `extractor` is the hash of the rules that read it."""
    extraction = normalised.extraction
    article = extraction.article
    source = source_row(article)
    keys = {item.claim.start: claim_key(identity.key, item.claim) for item in normalised.claims}
    conversions: list[Row] = []
    parties: list[Row] = []
    links: list[Row] = []
    rates: set[Rate] = set()
    for item in normalised.claims:
        key = keys[item.claim.start]
        parties += party_rows(key, item.claim)
        if item.claim.restates is not None or item.claim.totals:
            links += link_rows(key, item.claim, keys)
        for conversion in item.conversions:
            conversions.append(conversion_row(key, conversion))
            rates.update(conversion.rates)
    rules_of: dict[Issue, str | None] = dict.fromkeys(extraction.issues, extractor)
    rules_of |= dict.fromkeys(article.issues)
    return ArticleRows(
        identity,
        source,
        article_row(article, identity, source[0] if source else None, run_key, extractor),
        [claim_row(keys[item.claim.start], identity.key, article, item, run_key) for item in normalised.claims],
        parties,
        links,
        conversions,
        rates,
        [issue_row(issue, identity.key, article.location, run_key, now, rules) for issue, rules in rules_of.items()],
        read_body(article.text, article.boilerplate),
    )


def source_row(article: Article) -> Row | None:
    """The publisher of an article, known by its domain or else by its name; None where neither is."""
    name, domain = storable(article.source_name), storable(article.source_domain)
    if not name and not domain:
        return None
    key = content_key("domain", domain.casefold()) if domain else content_key("name", (name or "").casefold())
    return (key, name or domain, domain, None, "unknown", 3)


def article_row(article: Article, identity: ArticleIdentity, source_key: str | None, run_key: str, extractor: str) -> Row:
    """The `article` row; whom it copies and what supersedes it is settled by the loader."""
    published: Interval | None = article.published
    return (
        identity.key,
        identity.item_key,
        source_key,
        storable(article.id),
        storable(article.location),
        storable(article.url),
        storable(article.title),
        storable(article.byline),
        article.language,
        published.first.isoformat() if published else None,
        published.last.isoformat() if published else None,
        article.text,
        identity.text_sha256,
        article.original_sha256 or identity.text_sha256,
        article.media_type,
        moment_text(article.retrieved_at) if article.retrieved_at else None,
        _encode_json(article.boilerplate) if article.boilerplate else "[]",
        _encode_json(article.locators) if article.locators else "[]",
        extractor,
        None,
        None,
        run_key,
    )


def claim_row(key: str, article_key: str, article: Article, item: NormalisedClaim, run_key: str) -> Row:
    """The `claim` row."""
    claim, text = item.claim, article.text
    start, end = claim.start, claim.end
    low = canonical_decimal(claim.low)
    high = low if claim.high is claim.low else canonical_decimal(claim.high)
    sentence = text[claim.sentence.start : claim.sentence.end] or claim.quote
    day = item.date_from or (article.published.first if article.published else None)
    eur, eur_high = _floats_in(item, "EUR")
    usd, _ = _floats_in(item, "USD")
    return (
        key,
        article_key,
        start,
        end,
        claim.quote,
        text[max(0, start - CONTEXT_CHARACTERS) : start],
        text[end : end + CONTEXT_CHARACTERS],
        sentence,
        claim.kind.value,
        claim.qualifier.value,
        low,
        high,
        float(claim.low),
        float(claim.high),
        low if item.lower_bound is claim.low else _decimal_text(item.lower_bound),
        high if item.upper_bound is claim.high else _decimal_text(item.upper_bound),
        _decimal_text(claim.other_low),
        _decimal_text(claim.other_high),
        eur,
        eur_high,
        usd,
        claim.unit,
        claim.per,
        claim.base,
        shorten(claim.object),
        shorten(claim.actor),
        known_party(claim.actor_party) if claim.actor else None,
        shorten(claim.counterparty),
        known_party(claim.counterparty_party) if claim.counterparty else None,
        claim.speaker,
        known_party(claim.speaker_party) if claim.speaker else None,
        claim.stage.value if claim.stage else None,
        claim.stage_as_reported,
        claim.modality.value,
        claim.aggregation.value,
        claim.topic.value,
        claim.date,
        item.date_from.isoformat() if item.date_from else None,
        item.date_to.isoformat() if item.date_to else None,
        f"{day.year:04}-{day.month:02}" if day else None,
        item.is_restatement,
        item.is_summed,
        item.counts_once,
        claim.rule,
        claim.confidence,
        evidence_text(claim.evidence),
        run_key,
        run_key,
        None,
    )


def _decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else canonical_decimal(value)


def evidence_text(evidence: Sequence[Evidence]) -> str:
    """Evidence as JSON: a list of [field, rule, start, end]."""
    parts = [
        f'["{field}","{rule}",{"null" if start is None else start},{"null" if end is None else end}]'
        for field, rule, start, end in evidence
    ]
    text = f"[{','.join(parts)}]"
    # Names of fields and rules hold nothing to escape; the encoder takes ten times as long to find that out.
    is_plain = text.count('"') == 4 * len(parts) and "\\" not in text and text.isprintable()
    return text if is_plain else _encode_json(evidence)


def known_party(identifier: str | None) -> str | None:
    """The identifier of a party, None where the seeds have no such party."""
    return identifier if identifier in party_identifiers() else None


def shorten(wording: str | None) -> str | None:
    """A wording as long as a column takes; what is cut off is shown by an ellipsis, and stands in the sentence."""
    if wording is None or len(wording) <= WORDING_LENGTH:
        return wording
    return wording[: WORDING_LENGTH - 1] + "…"


def _floats_in(item: NormalisedClaim, currency: str) -> tuple[float | None, float | None]:
    """Low and high end in a currency for arithmetic, None where the claim is no money or has no rate."""
    if item.claim.unit == currency:
        return float(item.claim.low), float(item.claim.high)
    for conversion in item.conversions:
        if conversion.unit == currency and conversion.low is not None and conversion.high is not None:
            return float(conversion.low), float(conversion.high)
    return None, None


def party_rows(key: str, claim: Claim) -> list[Row]:
    """The `claim_party` rows of a claim: one for each role that the text fills."""
    rows: list[Row] = []
    if claim.actor:
        rows.append((key, "actor", claim.actor, known_party(claim.actor_party)))
    if claim.counterparty:
        rows.append((key, "counterparty", claim.counterparty, known_party(claim.counterparty_party)))
    if claim.speaker:
        rows.append((key, "speaker", claim.speaker, known_party(claim.speaker_party)))
    return rows


def link_rows(key: str, claim: Claim, keys: dict[int, str]) -> list[Row]:
    """The `claim_link` rows of a claim; a link to a number that is no claim is left out."""
    rows: list[Row] = [(key, "totals", keys[start]) for start in dict.fromkeys(claim.totals) if start in keys]
    if claim.restates in keys:
        rows.append((key, "restates", keys[claim.restates]))
    return rows


def conversion_row(key: str, conversion: Conversion) -> Row:
    """The `conversion` row."""
    return (
        key,
        conversion.unit,
        _decimal_text(conversion.low),
        _decimal_text(conversion.high),
        _decimal_text(conversion.rate),
        conversion.rate_date.isoformat() if conversion.rate_date else None,
        conversion.rate_source,
        conversion.rule,
        conversion.reason,
    )


def rate_row(rate: Rate) -> Row:
    """The `exchange_rate` row."""
    return (rate.currency, rate.day.isoformat(), rate.source, canonical_decimal(rate.per_eur))


def issue_row(
    issue: Issue, article_key: str | None, location: str, run_key: str, now: str, rules: str | None = None
) -> Row:
    """The `issue` row; the same problem found again has the same key. `rules` is the hash of those that raised it."""
    place = storable(issue.location or location)
    quote, message = storable(issue.quote), storable(issue.message)
    span = f"{issue.start}-{issue.end}"
    key = content_key(article_key or place, issue.kind, message, span, quote)
    return (key, run_key, article_key, place, issue.kind[:64], message, issue.start, issue.end, quote, now, rules)


def plain_row(row: Iterable[Any]) -> Row:
    """A row that was read through the model, worded like the rows that are written."""
    return tuple([_plain_value(value) for value in row])


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return canonical_decimal(value)
    if isinstance(value, dt.datetime):
        return moment_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return _encode_json(value) if isinstance(value, (list, dict)) else value
