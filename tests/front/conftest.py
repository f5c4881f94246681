"""A small store made by hand, so that every row of an answer is known; and the command line as a function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from sqlalchemy.orm import Session

from tracker.cli import main
from tracker.database import open_database, session
from tracker.model import (
    Article,
    Claim,
    ClaimLink,
    ClaimParty,
    Conversion,
    ExchangeRate,
    Issue,
    Party,
    Run,
    Source,
)
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

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
TEXT = (
    "Norland pledged some $ 2.2 billion (2 billion euros) for radars.\n"
    "Half of the fleet is grounded. =cmd says the list: 40 trucks were sent to Ostmark.\n"
    "Norland did not deliver 14 boats."
)


class Outcome(NamedTuple):
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def tracker(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """The command line: `tracker("claims", "--csv").out`."""
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        printed = capsys.readouterr()
        return Outcome(int(str(left.value.code or 0)), printed.out, printed.err)

    return run


@pytest.fixture
def filled_url(database_url: str) -> str:
    """A store of one source, two articles, six claims, on each kind of database."""
    engine = open_database(database_url)
    with session(engine) as opened:
        _fill(opened)
    engine.dispose()
    return database_url


@pytest.fixture
def store(filled_url: str) -> Iterator[Session]:
    """A session on that store."""
    engine = open_database(filled_url)
    with session(engine) as opened:
        yield opened
    engine.dispose()


def _fill(opened: Session) -> None:
    counts = {"read": 2, "new": 2}
    opened.add(Run(key="run1", kind=RunKind.INGEST, status=RunStatus.FINISHED, started_at=NOON, finished_at=NOON,
                   version="0.1", packs_hash="0" * 64, settings={}, counts=counts))  # fmt: skip
    opened.add(Source(key="src1", name="The Ledger", domain="ledger.example", country="GB", kind=SourceKind.NEWSPAPER,
                      tier=2))  # fmt: skip
    opened.add(Party(id="norland", kind=PartyKind.STATE, name="Kingdom of Norland"))
    opened.flush()
    for key, day in (("art1", dt.date(2024, 5, 1)), ("art2", dt.date(2024, 6, 2))):
        opened.add(_article(key, day))
    opened.flush()
    dollars = _claim("aa01", "$ 2.2 billion", Kind.MONEY, "2200000000", "USD", qualifier=Qualifier.ABOUT,
                     stage=Stage.PLEDGE, modality=Modality.PLANNED, object="radars", actor="Norland", actor_party="norland", date="2024-05-01",
                     eur="2052238805.97", usd="2200000000")  # fmt: skip
    euros = _claim("aa02", "2 billion euros", Kind.MONEY, "2000000000", "EUR", stage=Stage.PLEDGE,
                   modality=Modality.PLANNED, object="radars", actor="Norland", actor_party="norland", is_restatement=True, counts_once=False,
                   eur="2000000000", usd="2144000000")  # fmt: skip
    half = _claim("ab03", "Half", Kind.SHARE, "50", "percent", base="the fleet", actor="Norland")
    trucks = _claim("ac04", "40", Kind.COUNT, "40", "item", stage=Stage.DELIVERY, object="Trucks",
                    counterparty="Ostmark")  # fmt: skip
    boats = _claim("ad05", "14", Kind.COUNT, "14", "item", stage=Stage.DELIVERY, modality=Modality.DENIED, object="boats",
                   actor="Norland", counts_once=False)  # fmt: skip
    later = _claim("ae06", "2 billion euros", Kind.MONEY, "0.1", "EUR", high="0.3000000000000000000004", article="art2",
                   stage=Stage.PLEDGE, object="=1+1", actor="Ostmark", eur="0.1")  # fmt: skip
    gone = _claim("af07", "14", Kind.COUNT, "14", "item", article="art2", withdrawn_at=NOON)
    opened.add_all([dollars, euros, half, trucks, boats, later, gone])
    opened.flush()
    opened.add(ClaimParty(claim_key="aa01", role=Role.ACTOR, wording="Norland", party_id="norland"))
    opened.add(ClaimParty(claim_key="aa02", role=Role.ACTOR, wording="Norland", party_id="norland"))
    opened.add(ClaimLink(claim_key="aa02", kind=LinkKind.RESTATES, target_key="aa01"))
    for unit, value, rate in (("EUR", "2052238805.97", "0.932836"), ("USD", "2200000000", "1")):
        opened.add(Conversion(claim_key="aa01", unit=unit, low=Decimal(value), high=Decimal(value), rate=Decimal(rate),
                              rate_date=dt.date(2024, 4, 30), rate_source="test rates",
                              rule=RateRule.PREVIOUS_PUBLISHED))  # fmt: skip
    opened.add(ExchangeRate(currency="USD", rate_date=dt.date(2024, 4, 30), source="test rates", per_eur=Decimal("1.072")))
    start = TEXT.index("2 billion euros")
    opened.add(Issue(key="is1", run_key="run1", article_key="art1", location="a.txt", kind="rate_differs",
                     message="the bracketed rate differs by 2 %", start_offset=start, end_offset=start + 15,
                     quote="2 billion euros", created_at=NOON))  # fmt: skip


def _article(key: str, day: dt.date) -> Article:
    return Article(key=key, item_key=key, source_key="src1", name=key, location=f"{key}.txt", url=f"https://x.example/{key}",
                   title=f"Title of {key}", language="en", published_from=day, published_to=day, text=TEXT,
                   text_sha256="1" * 64, original_sha256="2" * 64, media_type="text/plain", boilerplate=[], locators=[],
                   extracted_with="3" * 64, run_key="run1")  # fmt: skip


def _claim(key: str, quote: str, kind: Kind, low: str, unit: str, *, high: str | None = None, article: str = "art1",
           eur: str | None = None, usd: str | None = None, date: str | None = None, **fields: Any) -> Claim:  # fmt: skip
    start = TEXT.index(quote)
    first, last = Decimal(low), Decimal(high or low)
    day = dt.date.fromisoformat(date) if date else None
    stage = fields.get("stage")
    settled: dict[str, Any] = {
        "qualifier": Qualifier.EXACT, "modality": Modality.ASSERTED, "aggregation": Aggregation.SINGLE,
        "topic": Topic.AID, "is_restatement": False, "is_summed": False, "counts_once": True,
    } | fields  # fmt: skip
    evidence = [["stage", "test.pledge", TEXT.index("pledged"), TEXT.index("pledged") + 7]] if stage else []
    return Claim(key=key, article_key=article, start_offset=start, end_offset=start + len(quote), quote=quote,
                 prefix=TEXT[max(0, start - 10):start], suffix=TEXT[start + len(quote):][:10], sentence=TEXT.split("\n")[0],
                 kind=kind, low=first, high=last, low_float=float(first), high_float=float(last), lower_bound=first,
                 upper_bound=last, unit=unit, date=date, date_from=day, date_to=day,
                 month="2024-05" if article == "art1" else "2024-06", rule=f"{kind.value}.test", confidence=0.9,
                 eur_float=float(eur) if eur else None, eur_high_float=float(last if unit == "EUR" else eur) if eur else None,
                 usd_float=float(usd) if usd else None,
                 evidence=evidence, first_run="run1", last_run="run1", **settled)  # fmt: skip
