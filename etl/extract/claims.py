"""Joins the extraction stages: from an article's text to its claims, screened numbers and doubts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from etl.extract.boilerplate import mark_boilerplate
from etl.extract.dates import find_dates, hear_dates, mark_compared, read_dates
from etl.extract.dates.scan import DateMention
from etl.extract.dates.words import date_lexicon
from etl.extract.document import Document, digit_runs, fold_text, split_sentences
from etl.extract.joint import JointMatcher
from etl.extract.links import link_claims
from etl.extract.models import look_up
from etl.extract.quantities import (
    Draft,
    Grammar,
    apply_spans,
    find_drafts,
    inside,
    judge_drafts,
    load_grammar,
    merge_ranges,
    resolve_currencies,
)
from etl.extract.readings import DateReading, LinkReading, RoleReading, StageReading
from etl.extract.roles import bind_roles
from etl.extract.stages import describe, hear_opinion, judge_quantities, sum_years
from etl.extract.unwrapping import drop_idle, unwrap_lines
from etl.lexicon import Pack, available_languages, load_pack
from etl.records import Article, Claim, Evidence, Extraction, Interval, Issue, Quantity, Screened, Span
from tracker.vocabulary import Kind, Reason

_SPANS_OF_TIME = ("ago", "period")
_COUNT = Kind.COUNT


def open_document(
    text: str,
    language: str,
    published: Interval | None = None,
    title: str | None = None,
    boilerplate: Sequence[Span] | None = (),
) -> Document:
    """A text made ready for the stages; UsageError where the language has no pack.

    What belongs to the page is marked beside the `boilerplate` that the reader knew already; None marks nothing.
    """
    pack = load_pack(language)
    printed = text
    text, dropped = drop_idle(text)
    text = unwrap_lines(text)
    folded = fold_text(text)
    marked: tuple[Span, ...] = ()
    if boilerplate is not None:
        marked = mark_boilerplate(text, pack, folded)
        if boilerplate:
            marked = tuple(sorted({*marked, *_fit(boilerplate, dropped)}))
    return Document(text, folded, pack, published, title, split_sentences(text, pack), marked, "" if printed is text else printed, dropped)


def _fit(spans: Sequence[Span], dropped: Sequence[int]) -> Sequence[Span]:
    """Spans of the article as it was read, in the text that lacks what was dropped."""
    places = [offset + number for number, offset in enumerate(dropped)]
    return [Span(*(offset - bisect_left(places, offset) for offset in span)) for span in spans] if places else spans


def read_quantities(document: Document) -> list[Quantity]:
    """Every number of the document in order, without overlaps, each with its reason where it is no claim.

    Offsets refer to `document.text`, as the later stages want them.
    """
    return [_freeze(draft, document) for draft in _read_drafts(document)[0]]


def _read_drafts(document: Document) -> tuple[list[Draft], list[DateMention]]:
    """Every number of the document in order, without overlaps, and its dates."""
    grammar = load_grammar(document.pack.code)
    numbers, times, homes, apart = _load_matcher(document.pack, grammar).find(document.folded)
    digits = digit_runs(document.text)
    mentions = find_dates(document, times, digits)
    dates = [Span(m.start, m.end) for m in mentions if m.kind not in _SPANS_OF_TIME]
    drafts = find_drafts(document, grammar, dates, numbers, digits)
    _screen_periods(drafts, [Span(m.start, m.end) for m in mentions if m.kind in _SPANS_OF_TIME])
    if document.boilerplate:
        apply_spans(drafts, document.boilerplate, Reason.BOILERPLATE)
    resolve_currencies(drafts, document, grammar, homes)
    drafts = merge_ranges(drafts, document, grammar)
    judge_drafts(drafts, document, grammar, apart)
    return drafts, mentions


_MATCHERS: dict[str, JointMatcher] = {}


def _load_matcher(pack: Pack, grammar: Grammar) -> JointMatcher:
    """The matcher of a pack's number words, words of time, words that show where an article is at home, and of rates."""
    times = date_lexicon(pack).matcher
    known = _MATCHERS.get(pack.code)
    if known is None or known.matchers[1] is not times:
        known = _MATCHERS[pack.code] = JointMatcher((grammar.number_words, times, grammar.home, grammar.apart_words))
    return known


def _screen_periods(drafts: Sequence[Draft], periods: Sequence[Span]) -> None:
    """`over the next four years`, `six months ago`: spans of time that date another figure are no claims."""
    for draft in drafts:
        if draft.tag == "time" and draft.reason is None and inside(periods, draft.core, draft.end):
            draft.reason = Reason.DURATION


def _freeze(draft: Draft, document: Document) -> Quantity:
    start, end, kind, other = draft.start, draft.end, draft.kind, draft.other
    low, high = draft.low, draft.high
    if draft.scale > 1 or draft.tag == "change":
        plain = _plain(low)
        low, high = plain, (plain if high is low else _plain(high))
    noun = Span(*draft.noun) if draft.noun is not None and (kind is _COUNT or draft.noun[1] < draft.end) else None
    # Past the named tuple's own constructor, a call a number.
    return tuple.__new__(
        Quantity,
        (
            start, end, document.quote(start, end), kind, low, high, draft.qualifier, draft.unit, draft.per, draft.rule,
            draft.reason, noun, other, other,
        ),
    )  # fmt: skip


def _plain(value: Decimal) -> Decimal:
    """The value without an exponent and without the idle zeros that a multiplication leaves behind."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value


def extract_document(document: Document) -> tuple[list[Claim], list[Screened], list[Issue]]:
    """The claims, the screened numbers and the numbers that nothing explains, each in text order.

    Offsets refer to the article as it was read.
    """
    claims, screened, doubts = _extract(document)
    if not document.dropped:
        return claims, screened, doubts
    place = document.span_in_print
    return (
        [_claim_in_print(document, claim) for claim in claims],
        [Screened(*place(number.start, number.end), number.quote, number.reason) for number in screened],
        [doubt._replace(**place(doubt.start, doubt.end)._asdict()) for doubt in doubts if doubt.start is not None and doubt.end is not None],
    )


def _claim_in_print(document: Document, claim: Claim) -> Claim:
    """The claim with the offsets of the article as it was read."""
    place = document.span_in_print
    start, end = place(claim.start, claim.end)
    return claim._replace(
        start=start,
        end=end,
        restates=None if claim.restates is None else document.in_print(claim.restates),
        totals=tuple(document.in_print(part) for part in claim.totals),
        sentence=place(*claim.sentence),
        evidence=tuple(
            Evidence(proof.field, proof.rule, *(() if proof.start is None or proof.end is None else place(proof.start, proof.end)))
            for proof in claim.evidence
        ),
    )


def _extract(document: Document) -> tuple[list[Claim], list[Screened], list[Issue]]:
    """What `extract_document` gives, with offsets in `document.text`."""
    drafts, mentions = _read_drafts(document)
    quantities = [_freeze(draft, document) for draft in drafts]
    kept = [q for q in quantities if q.reason is None and q.kind is not None]
    screened = _list_screened(document, quantities, mentions)
    doubts = [_doubt(q) for q in quantities if q.reason is None and q.kind is None]
    if not kept:
        return [], screened, doubts
    mentions = mark_compared(document, mentions, kept)
    judged = judge_quantities(document, kept)
    links = link_claims(document, kept, judged.readings)
    sight = look_up(describe(document, judged))
    binding = bind_roles(document, kept, judged.readings, sight.roles)
    stages = hear_opinion(document.pack.code, judged, sight.stage, binding.readings)
    roles = binding.settle(stages)
    dates = hear_dates(document, kept, stages, sight.date, read_dates(document, kept, stages, mentions), mentions)
    stages = sum_years(kept, stages, dates)
    _share_readings(kept, links, stages, roles, dates)
    claims = [
        _assemble(document, *readings, kept) for readings in zip(kept, stages, roles, dates, links, strict=True)
    ]
    return claims, screened, doubts


def _doubt(quantity: Quantity) -> Issue:
    """A number that is neither a claim nor known to be none: kept, with its place."""
    message = f"{quantity.quote!r} is a number, but the text does not say of what"
    return Issue("unclear_number", message, None, quantity.start, quantity.end, quantity.quote)


def _list_screened(
    document: Document, quantities: Sequence[Quantity], mentions: Sequence[DateMention]
) -> list[Screened]:
    """The numbers that are no claim; those of one date as one, with its words (`September 27 to 29`)."""
    screened: list[Screened] = []
    dates = [m for m in mentions if m.kind not in _SPANS_OF_TIME]
    index = 0
    for quantity in quantities:
        if quantity.reason is None:
            continue
        start, end = quantity.start, quantity.end
        if quantity.reason is Reason.DATE:
            while index < len(dates) and dates[index].end <= start:
                index += 1
            if index < len(dates) and dates[index].start < end:
                start, end = min(start, dates[index].start), max(end, dates[index].end)
        if not screened or screened[-1].end < end:
            screened.append(Screened(start, end, document.quote(start, end), quantity.reason))
    return screened


def _share_readings(
    kept: Sequence[Quantity],
    links: Sequence[LinkReading],
    stages: list[StageReading],
    roles: list[RoleReading],
    dates: list[DateReading],
) -> None:
    """What is said of a figure holds for its restatement, and of the largest part for a sum with no words of its own."""
    for index, link in enumerate(links):
        if link.totals:
            main = max(link.totals, key=lambda part: kept[part].high)
            borrowed = {stages[part].cue_start for part in link.totals}
            if stages[index].cue_start in borrowed or stages[index].cue_start is None:
                total = stages[index].aggregation
                stages[index], dates[index] = stages[main]._replace(aggregation=total), dates[main]
        if link.restates is not None:
            said = link.restates
            stages[index], roles[index], dates[index] = stages[said], roles[said], dates[said]


def _assemble(
    document: Document,
    quantity: Quantity,
    stage: StageReading,
    role: RoleReading,
    date: DateReading,
    link: LinkReading,
    kept: list[Quantity],
) -> Claim:
    cue = document.text[stage.cue_start : stage.cue_end] if stage.cue_start is not None else None
    assert quantity.kind is not None  # only those are kept
    return Claim(
        start=quantity.start,
        end=quantity.end,
        quote=quantity.quote,
        kind=quantity.kind,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit or "item",
        per=quantity.per,
        base=role.base,
        object=role.object,
        actor=role.actor,
        counterparty=role.counterparty,
        speaker=role.speaker,
        stage=stage.stage,
        modality=stage.modality,
        aggregation=stage.aggregation,
        topic=stage.topic,
        date=date.date,
        restates=None if link.restates is None else kept[link.restates].start,
        totals=tuple(kept[i].start for i in link.totals),
        sentence=document.sentence_at(quantity.start),
        stage_as_reported=cue,
        actor_party=role.actor_party,
        counterparty_party=role.counterparty_party,
        speaker_party=role.speaker_party,
        rule=quantity.rule,
        confidence=_confidence(quantity, role, stage),
        other_low=quantity.other_low,
        other_high=quantity.other_high,
        evidence=(Evidence("quantity", quantity.rule, quantity.start, quantity.end), *stage.evidence, *role.evidence, *date.evidence, *link.evidence),
    )


def _confidence(quantity: Quantity, role: RoleReading, stage: StageReading) -> float:
    """From 1 downwards: each doubt takes a fixed part, so that the least sure claims can be listed first."""
    doubts = 0.0
    doubts += 0.3 if quantity.other_low is not None else 0.0
    doubts += 0.2 if quantity.rule.endswith("inherited") or quantity.rule == "count.lone" else 0.0
    doubts += 0.15 if role.actor is None else 0.0
    doubts += 0.1 if role.object is None else 0.0
    doubts += 0.05 if stage.stage is None else 0.0
    return round(max(0.1, 1.0 - doubts), 2)


def extract_article(article: Article) -> Extraction:
    """Everything that an article yields: claims, screened numbers, and the reader's issues passed on.

    Nothing is read in a language without a pack: the reader has made that an issue of the article.
    """
    if article.language not in available_languages():
        return Extraction(article, (), (), article.issues)
    document = open_document(article.text, article.language, article.published, article.title, article.boilerplate)
    claims, screened, doubts = extract_document(document)
    return Extraction(article, tuple(claims), tuple(screened), (*article.issues, *doubts))


_NO_QUANTITY = frozenset({Reason.DATE, Reason.DESIGNATION, Reason.ORDINAL, Reason.IDENTIFIER})


def measured_quantities(document: Document) -> list[Quantity]:
    """The quantities of an article as it was read, before screening: all but dates, designations, ordinals and labels."""
    found = [_freeze(draft, document) for draft in _read_drafts(document)[0] if draft.reason not in _NO_QUANTITY]
    return [_quantity_in_print(document, quantity) for quantity in found] if document.dropped else found


def _quantity_in_print(document: Document, quantity: Quantity) -> Quantity:
    """The quantity with the offsets of the article as it was read."""
    start, end = document.span_in_print(quantity.start, quantity.end)
    return quantity._replace(start=start, end=end, noun=quantity.noun and document.span_in_print(*quantity.noun))
