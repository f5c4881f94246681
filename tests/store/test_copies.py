"""Reposts: the same sentences and no figure of their own."""

import pytest
from sqlalchemy import text

from etl.copies import is_repost, read_body, sketch_body
from etl.load import load_batch, start_run
from etl.records import Extraction, Span
from etl.reposts import find_copies
from tests.store.builders import make_article, make_claim, make_rows, make_story
from tracker.database import open_database, writing
from tracker.vocabulary import RunKind

STORY = make_story("naval") + " Norland will pay $20 million for it, the minister told the house on Tuesday."


@pytest.mark.parametrize(
    ("new", "quotes", "wanted"),
    [
        pytest.param(STORY, ["$20 million"], True, id="same"),
        pytest.param("SHARE THIS\n" + STORY.replace("\n", " ").upper() + "\nSource link -32", [], True, id="clutter and case"),
        pytest.param(STORY.split(" The naval committee heard witness number 8")[0] + ".", [], True, id="cut short"),
        pytest.param(STORY[:200], [], False, id="a quotation of two sentences"),
        pytest.param(STORY + " " + make_story("aerial", 6), [], False, id="much added"),
        pytest.param(STORY.replace("$20", "$25"), ["$25 million"], False, id="another figure"),
        pytest.param(make_story("aerial"), [], False, id="another story"),
        pytest.param("", [], False, id="empty"),
    ],
)
def test_is_repost(new: str, quotes: list[str], wanted: bool) -> None:
    assert is_repost(read_body(new), read_body(STORY), quotes) is wanted


def test_sketches_of_reposts_meet() -> None:
    sketch = sketch_body(read_body(STORY))
    framed = sketch_body(read_body(f"Read more\n{STORY}\nAll rights reserved, says the site of the paper."))
    assert len(set(sketch) & set(framed)) >= 6
    assert len(sketch) == 8


def test_clutter_does_not_weigh() -> None:
    clutter = "Please subscribe to our newsletter for more of this. "
    assert read_body(clutter + STORY, (Span(0, len(clutter)),)).weights == read_body(STORY).weights


def rows_of(name: str, body: str, run_key: str, quote: str = "$20 million"):  # type: ignore[no-untyped-def]
    """The rows of an article with one claim."""
    article = make_article(body, id=name)
    claims = (make_claim(body, quote, "20000000"),) if quote in body else ()
    return make_rows(run_key, Extraction(article, claims, ()))


def test_a_repost_is_linked_and_not_counted(database_url: str) -> None:
    engine = open_database(database_url)
    run_key = start_run(engine, RunKind.INGEST, "1", "h", {})
    first = rows_of("first", STORY, run_key)
    repost = rows_of("repost", "By our staff\n" + STORY + "\nRead also: more of this", run_key)
    update = rows_of("update", STORY.replace("$20", "$25"), run_key, "$25 million")
    load_batch(engine, [first], [], run_key)
    loaded = load_batch(engine, [repost, update], [], run_key)
    assert (loaded.new, loaded.copies) == (2, 1)
    with engine.connect() as connection:
        copies = dict(connection.execute(text("SELECT name, copy_of FROM article")).all())
        assert copies == {"first": None, "repost": first.identity.key, "update": None}
        counted = connection.execute(text("SELECT quote, COUNT(*) FROM claims WHERE counts_once GROUP BY quote")).all()
        assert dict(counted) == {"$20 million": 1, "$25 million": 1}
    engine.dispose()


def test_reposts_in_one_batch(database_url: str) -> None:
    engine = open_database(database_url)
    run_key = start_run(engine, RunKind.INGEST, "1", "h", {})
    batch = [rows_of(str(number), f"Page {number}\n{STORY}", run_key) for number in range(4)]
    assert load_batch(engine, batch, [], run_key).copies == 3
    with writing(engine) as connection:
        assert find_copies(connection, [rows_of("5", "Page 5\n" + STORY, run_key)]).copies
    engine.dispose()


def test_a_sentence_that_all_pages_have_makes_no_copies(database_url: str) -> None:
    engine = open_database(database_url)
    run_key = start_run(engine, RunKind.INGEST, "1", "h", {})
    slogan = "Subscribe to the paper that brings you the news of the harbour. "
    batch = [rows_of(str(number), slogan + make_story(f"topic{number}", 3), run_key) for number in range(60)]
    for half in (batch[:30], batch[30:]):
        assert load_batch(engine, half, [], run_key).copies == 0
    with engine.connect() as connection:
        owners = "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM article_sketch GROUP BY sentence_hash) counts"
        assert (connection.execute(text(owners)).scalar() or 0) <= 30
    engine.dispose()
