"""One claim on the terminal: everything that `tracker show` prints."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from tracker.cli.display import console, plain_table, short_value
from tracker.exports.cells import write_cell
from tracker.queries import ClaimDetail, short_key

FIELDS = ("kind", "low", "high", "qualifier", "unit", "per", "base", "object", "actor", "counterparty", "speaker", "stage",
          "modality", "aggregation", "topic", "date")  # fmt: skip
NUMBER_STYLE, CUE_STYLE = "bold black on yellow", "underline cyan"
PARTY_STYLE = "bold green"
OF_NUMBER = ("kind", "low", "high", "qualifier", "unit", "per")
ROLES = ("actor", "counterparty", "speaker")


def print_claim(detail: ClaimDetail) -> None:
    """The claim, its passage and its reasons."""
    out = console()
    _print_head(out, detail)
    out.print(_passage(detail), soft_wrap=False)
    out.print()
    _print_fields(out, detail)
    _print_table(out, "Conversions", ("unit", "value", "rate", "rate date", "source", "rule"), _conversions(detail))
    _print_table(out, "Links", ("relation", "claim", "quote"), [(x.relation, short_key(x.key), x.quote) for x in detail.links])
    _print_table(out, "Checks", ("issue", "what", "passage"), [(x.kind, x.message, x.quote or "") for x in detail.doubts])
    _print_table(out, "History", ("when (UTC)", "what"), [(write_cell(x.at)[:16], x.what) for x in detail.history])


def _print_head(out: Console, detail: ClaimDetail) -> None:
    claim, article = detail.claim, detail.article
    shown = short_value(claim.low, claim.high, claim.unit, claim.per, claim.qualifier.value)
    out.print(Text.assemble((shown, "bold"), f"   claim {short_key(claim.key)} = {claim.key}"))
    published = "/".join(dict.fromkeys(write_cell(day) for day in (article.published_from, article.published_to) if day))
    source = article.source.name if article.source else None
    facts = [article.title, source, published or "date unknown", article.language, article.url]
    out.print(Text(" | ".join(fact for fact in facts if fact), style="dim"))
    place = f"{article.location}, characters {claim.start_offset}-{claim.end_offset}, sha256 {article.text_sha256[:16]}"
    out.print(Text(place, style="dim"))
    out.print()


def _passage(detail: ClaimDetail) -> Text:
    """The passage with the number, the parties and the cues marked; the number last, so that it wins."""
    claim, first = detail.claim, detail.passage_start
    text = Text(detail.passage)
    for reason in detail.reasons:
        if reason.start is not None and reason.end is not None:
            _mark(text, PARTY_STYLE if reason.field in ROLES else CUE_STYLE, reason.start - first, reason.end - first)
    for party in detail.parties:
        sentence = detail.passage.find(claim.sentence)
        at = detail.passage.find(party.wording, max(sentence, 0))
        if at >= 0:
            _mark(text, PARTY_STYLE, at, at + len(party.wording))
    _mark(text, NUMBER_STYLE, claim.start_offset - first, claim.end_offset - first)
    return text


def _mark(text: Text, style: str, start: int, end: int) -> None:
    if end > 0 and start < len(text):
        text.stylize(style, max(start, 0), end)


def _print_fields(out: Console, detail: ClaimDetail) -> None:
    table = plain_table()
    for name in ("field", "value", "rule", "words"):
        table.add_column(name, overflow="fold")
    reasons: dict[str, list[Any]] = {}
    for reason in detail.reasons:
        reasons.setdefault(reason.field, []).append(reason)
    of_number = reasons.pop("quantity", [])
    for field in FIELDS:
        value = _value(detail, field)
        because = reasons.pop(field, [])
        if not because and field in OF_NUMBER:
            because = of_number
        rules = list(dict.fromkeys(reason.rule for reason in because)) or [detail.claim.rule] * (field in OF_NUMBER)
        words = "; ".join(dict.fromkeys(" ".join(reason.words.split()) for reason in because if reason.words))
        table.add_row(field, Text(value), Text(", ".join(rules)), Text(words, style="cyan"))
    for field, because in reasons.items():
        words = "; ".join(reason.words for reason in because if reason.words)
        table.add_row(field, "", Text(", ".join(reason.rule for reason in because)), Text(words, style="cyan"))
    out.print(table)
    _print_limits(out, detail)


def _value(detail: ClaimDetail, field: str) -> str:
    value = write_cell(getattr(detail.claim, field))
    if field in ROLES:
        resolved = next((party for party in detail.parties if party.role == field and party.party), None)
        if resolved is not None:
            return f"{value} = {resolved.name or resolved.party}"
    return value or "-"


def _print_limits(out: Console, detail: ClaimDetail) -> None:
    claim = detail.claim
    lower, upper = write_cell(claim.lower_bound) or "open", write_cell(claim.upper_bound) or "open"
    lines = [f"bounds {lower} to {upper}", f"confidence {write_cell(claim.confidence)}"]
    if claim.other_low is not None:
        lines.append(f"other reading {write_cell(claim.other_low)} to {write_cell(claim.other_high)}")
    out.print(Text("; ".join(lines), style="dim"))


def _conversions(detail: ClaimDetail) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for item in detail.conversions:
        ends = [write_cell(end) for end in (item.low, item.high) if end is not None]
        value = " to ".join(dict.fromkeys(ends)) or f"none: {item.reason}"
        rule = item.rule or ("" if item.reason else "fixed factor")
        lines.append(
            (item.unit, value, write_cell(item.rate), write_cell(item.rate_date), item.rate_source or "", rule)
        )
    return lines


def _print_table(out: Console, title: str, names: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    rows = list(lines)
    if not rows:
        return
    table = plain_table(title=title, title_justify="left", title_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(" ".join(value.split())) for value in row))
    out.print()
    out.print(table)
