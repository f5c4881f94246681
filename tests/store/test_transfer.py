"""A store moved to the other kind of database and back holds the same, row by row."""

from pathlib import Path

import pytest

from etl.pipeline import ingest
from etl.reextract import reextract
from etl.transfer import copy_database
from tests.store.builders import dump_store, write_news
from tests.store.test_reextract import without_claims
from tracker.database import check, open_database
from tracker.errors import UsageError


def test_there_and_back(database_url: str, tmp_path: Path) -> None:
    there, back = f"sqlite:///{tmp_path / 'there.sqlite3'}", f"sqlite:///{tmp_path / 'back.sqlite3'}"
    news = tmp_path / "news"
    write_news(news, 6)
    (news / "bad.json").write_text("{", encoding="utf-8")
    ingest(there, ["seeds/articles", str(news)])
    (news / "0003.txt").write_text((news / "0002.txt").read_text(encoding="utf-8"), encoding="utf-8")
    ingest(there, [str(news)])
    reextract(there, everything=True, extract=without_claims)
    reextract(there, everything=True)
    seen: list[tuple[str, int]] = []
    first = copy_database(there, database_url, lambda table, rows: seen.append((table, rows)))
    second = copy_database(database_url, back)
    assert first == second
    counts = {copy.table: copy.rows for copy in first}
    assert (counts["run"], counts["article"] > 14, counts["claim"] > 40, counts["issue"] > 0) == (4, True, True, True)
    assert ("claim", counts["claim"]) in seen
    dumps = []
    for url in (there, database_url, back):
        engine = open_database(url)
        dumps.append(dump_store(engine))
        assert check(engine) == []
        engine.dispose()
    assert dumps[0] == dumps[2]
    assert {table: len(rows) for table, rows in dumps[0].items()} == {table: len(rows) for table, rows in dumps[1].items()}
    assert any(row[-2] != "None" for row in dumps[0]["article"]), "one article supersedes or copies another"


def test_target_must_be_empty(database_url: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.sqlite3'}"
    write_news(tmp_path / "news", 1)
    ingest(source, [str(tmp_path / "news")])
    ingest(database_url, [str(tmp_path / "news")])
    with pytest.raises(UsageError, match="holds articles or runs already"):
        copy_database(source, database_url)
    with pytest.raises(UsageError, match="onto itself"):
        copy_database(source, source)
