"""Newer rules: the same claims updated, vanished ones withdrawn and not deleted, new ones added; the rest untouched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from etl.extract import extract_article
from etl.pipeline import ingest
from etl.records import Article, Extraction
from etl.reextract import ClaimChange, reextract
from tests.store.builders import dump_store, write_news
from tracker.database import open_database, session
from tracker.model import Claim, Run
from tracker.vocabulary import RunKind, RunStatus, Stage

Rules = Callable[[Article], Extraction]


def without_claims(article: Article) -> Extraction:
    """Rules that find nothing."""
    return Extraction(article, (), ())


def with_other_stage(article: Article) -> Extraction:
    """Rules that read every claim as an order."""
    found = extract_article(article)
    return Extraction(article, tuple(c._replace(stage=Stage.CONTRACT) for c in found.claims), found.screened)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> str:
    """A store of three articles with a claim each."""
    write_news(tmp_path / "news", 3)
    ingest(database_url, [str(tmp_path / "news")])
    return database_url


def quotes(url: str, where: str = "") -> set[str]:
    """The quotes of the current claims."""
    engine = open_database(url)
    with engine.connect() as connection:
        found = set(connection.execute(text(f"SELECT quote FROM claims {where}")).scalars())
    engine.dispose()
    return found


def test_unchanged_rules_change_nothing(store: str) -> None:
    engine = open_database(store)
    before = dump_store(engine)
    assert reextract(store).articles == 0
    summary = reextract(store, everything=True)
    assert (summary.articles, summary.unchanged, summary.changed, summary.new, summary.withdrawn) == (3, 3, 0, 0, 0)
    assert dump_store(engine) == before
    with session(engine) as opened:
        runs = opened.scalars(select(Run).order_by(Run.key)).all()
        assert [run.kind for run in runs] == [RunKind.INGEST, RunKind.REEXTRACTION, RunKind.REEXTRACTION]
        assert {claim.last_run for claim in opened.scalars(select(Claim))} == {runs[-1].key}
        assert {claim.first_run for claim in opened.scalars(select(Claim))} == {runs[0].key}
    engine.dispose()


def test_changed_fields_are_updated_and_told(store: str) -> None:
    changes: list[ClaimChange] = []
    summary = reextract(store, everything=True, extract=with_other_stage, report=changes.append)
    assert (summary.changed, summary.new, summary.withdrawn) == (3, 0, 0)
    assert {change.fields["stage"][1] for change in changes} == {"contract"}
    assert quotes(store, "WHERE stage = 'contract'") == {"$ 20 million", "$ 21 million", "$ 22 million"}


def test_vanished_claims_are_withdrawn_and_come_back(store: str) -> None:
    engine = open_database(store)
    before = dump_store(engine)
    gone = reextract(store, everything=True, extract=without_claims)
    assert (gone.withdrawn, quotes(store)) == (3, set())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claim WHERE withdrawn_at IS NOT NULL")).scalar() == 3
        assert connection.execute(text("SELECT COUNT(*) FROM money_by_stage_and_month")).scalar() == 0
    assert reextract(store, everything=True, extract=without_claims).withdrawn == 0
    assert reextract(store, everything=True).restored == 3
    assert dump_store(engine) == before
    engine.dispose()


def test_only_what_older_rules_read_is_read_again(store: str) -> None:
    engine = open_database(store)
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET extracted_with = 'old' WHERE name = '0001'"))
    assert reextract(store, extract=with_other_stage).articles == 1
    assert quotes(store, "WHERE stage = 'contract'") == {"$ 21 million"}
    assert reextract(store).articles == 0
    engine.dispose()


def test_a_failed_run_says_so(store: str) -> None:
    def interrupt(_: Article) -> Extraction:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reextract(store, everything=True, extract=interrupt)
    engine = open_database(store)
    with session(engine) as opened:
        assert opened.scalars(select(Run).order_by(Run.key.desc())).first().status is RunStatus.FAILED  # type: ignore[union-attr]
    engine.dispose()
    assert len(quotes(store)) == 3
