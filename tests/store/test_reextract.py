"""Newer rules: the same claims updated, vanished ones withdrawn and not deleted, new ones added; the rest untouched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from etl.extract import extract_article
from etl.pipeline import ingest
from etl.records import Article, Extraction, Issue
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


def with_a_doubt(article: Article) -> Extraction:
    """Rules that doubt the first word of every text."""
    found = extract_article(article)
    doubt = Issue("doubtful_word", "is it one?", None, 0, 5, article.text[:5])
    return Extraction(article, found.claims, found.screened, (doubt,))


def failing(article: Article) -> Extraction:
    """Rules with a fault in them."""
    raise ValueError(f"no rule for {article.id}")


def issues(url: str) -> list[tuple[str, str]]:
    """Kind and run of all issues."""
    engine = open_database(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text("SELECT kind, run_key FROM issue ORDER BY kind, run_key"))]
    engine.dispose()
    return found


def test_issues_of_older_rules_go_and_those_of_reading_stay(database_url: str, tmp_path: Path) -> None:
    write_news(tmp_path / "news", 2)
    (tmp_path / "news" / "0002.txt").write_bytes(b"12.03.2024\nLe minist\xe8re a promis 5 millions d'euros.\n")
    assert ingest(database_url, [str(tmp_path / "news")]).issues_by_kind == {"encoding": 1}
    assert [kind for kind, _ in issues(database_url)] == ["encoding"]
    first = reextract(database_url, everything=True, extract=with_a_doubt)
    assert (first.issues, first.settled, len(issues(database_url))) == (3, 0, 4)
    known = issues(database_url)
    again = reextract(database_url, everything=True, extract=with_a_doubt)
    assert (again.issues, again.settled, issues(database_url)) == (0, 0, known)
    newer = reextract(database_url, everything=True)
    assert (newer.issues, newer.settled) == (0, 3)
    assert [kind for kind, _ in issues(database_url)] == ["encoding"]


def test_where_the_rules_fail_the_claims_stay(store: str) -> None:
    engine = open_database(store)
    before = dump_store(engine)["claim"]
    failed = reextract(store, everything=True, extract=failing)
    assert (failed.withdrawn, failed.issues) == (0, 3)
    assert dump_store(engine)["claim"] == before
    mended = reextract(store)
    assert (mended.articles, mended.unchanged, mended.settled) == (3, 3, 3)
    engine.dispose()


def test_two_jobs_read_again_what_one_does(store: str) -> None:
    changes: list[ClaimChange] = []
    summary = reextract(store, everything=True, jobs=2, batch=1, extract=with_other_stage, report=changes.append)
    assert (summary.articles, summary.changed, len(changes)) == (3, 3, 3)
    assert len(quotes(store, "WHERE stage = 'contract'")) == 3


def test_claims_of_a_copy_stay_uncounted(database_url: str, tmp_path: Path) -> None:
    write_news(tmp_path / "news", 1)
    copy = tmp_path / "news" / "copy.txt"
    copy.write_bytes((tmp_path / "news" / "0000.txt").read_bytes())
    ingest(database_url, [str(tmp_path / "news")])
    reextract(database_url, everything=True, extract=with_other_stage)
    engine = open_database(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claims WHERE counts_once")).scalar() == 1
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
