"""Reposts: the same sentences and no figure of their own."""

import itertools

import pytest
from sqlalchemy import text

from etl.copies import is_repost, read_body, sketch_body
from etl.load import load_batch, start_run
from etl.records import Extraction, Interval, Span
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


def test_whatever_the_order_the_same_are_copies_and_counted(database_url: str) -> None:
    """The wire of Monday, its reprint of Tuesday, a cut of it from Sunday, an undated page, a longer piece, a feature."""
    cut = STORY.replace(make_story("naval", 5), "")
    wire = {
        "monday": (STORY, "2023-05-01"),
        "tuesday": ("By our staff\n" + STORY, "2023-05-02"),
        "sunday, cut": (cut, "2023-04-30"),
        "undated": (STORY, None),
        "feature": (STORY + " " + make_story("aerial", 20), "2023-05-03"),
    }
    engine = open_database(database_url)
    run_key = start_run(engine, RunKind.INGEST, "1", "h", {})
    seen = []
    for number, order in enumerate(itertools.islice(itertools.permutations(wire), 0, None, 19)):
        rows = {}
        for name, (body, day) in wire.items():
            # a story of its own each time, so that one store does for all
            published = Interval.parse(day) if day else None
            article = make_article(body.replace("naval", f"naval{number}"), id=f"{number} {name}", published=published)
            claim = make_claim(article.text, "$20 million", "20000000")
            rows[name] = make_rows(run_key, Extraction(article, (claim,), ()))
        if number % 2:
            load_batch(engine, [rows[name] for name in order], [], run_key)
        else:
            for name in order:
                load_batch(engine, [rows[name]], [], run_key)
        names = {item.identity.key: name for name, item in rows.items()}
        with engine.connect() as connection:
            found = connection.execute(text("SELECT key, copy_of FROM article WHERE name LIKE :run"), {"run": f"{number} %"}).all()
            counted = connection.execute(text("SELECT article_key FROM claims WHERE counts_once")).scalars().all()
        copies = {names[key]: names.get(copy_of) for key, copy_of in found}
        seen.append((copies, sorted(names[key] for key in counted if key in names)))
    engine.dispose()
    originals = {"monday": None, "tuesday": "monday", "sunday, cut": "monday", "undated": "monday", "feature": None}
    assert seen == [(originals, ["feature", "monday"])] * len(seen)


@pytest.mark.parametrize("order", [("short", "full"), ("full", "short")], ids=" first, ".join)
def test_what_says_no_more_than_another_is_the_copy(database_url: str, order: tuple[str, str]) -> None:
    bodies = {"short": STORY, "full": STORY + " " + make_story("aerial", 6)}
    engine = open_database(database_url)
    run_key = start_run(engine, RunKind.INGEST, "1", "h", {})
    found = [load_batch(engine, [rows_of(name, bodies[name], run_key)], [], run_key).copies for name in order]
    with engine.connect() as connection:
        counted = connection.execute(text("SELECT name FROM article WHERE copy_of IS NULL")).scalars().all()
    engine.dispose()
    assert (found, counted) == ([0, 1], ["full"])


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
