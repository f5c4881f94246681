"""What no foreign key guards is found on demand, and the loader leaves nothing to find."""

from pathlib import Path

import pytest
from sqlalchemy import text

from etl.pipeline import ingest
from etl.reextract import reextract
from tests.store.builders import write_news
from tracker.database import open_database
from tracker.integrity import UNCHECKED, Reference, find_orphans
from tracker.model import Base


def test_the_loader_leaves_no_orphan(database_url: str, tmp_path: Path) -> None:
    write_news(tmp_path / "news", 5)
    ingest(database_url, [str(tmp_path / "news")])
    reextract(database_url, everything=True)
    engine = open_database(database_url)
    assert find_orphans(engine) == []
    engine.dispose()


@pytest.mark.parametrize("reference", UNCHECKED, ids=lambda reference: f"{reference.table}.{reference.column}")
def test_an_orphan_is_named(database_url: str, tmp_path: Path, reference: Reference) -> None:
    write_news(tmp_path / "news", 1)
    ingest(database_url, [str(tmp_path / "news")])
    engine = open_database(database_url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {reference.table} SET {reference.column} = 'nowhere'"))
    (line,) = find_orphans(engine)
    assert line.startswith(f"{reference.table}.{reference.column}: ") and reference.target in line
    engine.dispose()


def test_every_key_without_a_foreign_key_is_listed() -> None:
    keys = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if (column.name.endswith(("_key", "_run")) or column.name == "party_id") and not column.foreign_keys
    }
    assert keys - {("article", "item_key")} == {(reference.table, reference.column) for reference in UNCHECKED}
