"""The benchmark's own parts on a handful of articles; speed itself is never asserted."""

from __future__ import annotations

import html
import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.bench import builds, compile, speed
from tests.bench.accuracy import Expected, align_parts, judge, read_unit, report_accuracy
from tests.bench.corpus import ARTICLE_BYTES, make_article, make_articles
from tests.bench.inputs import make_pages, write_archive, write_lines, write_texts
from tests.bench.peers import Found, load_peers
from tests.bench.speed import report_memory, report_speed
from tests.bench.stores import Store, report_claims
from tracker.errors import UsageError
from tracker.queries import load_reports, load_views


def test_the_corpus_is_the_same_every_time() -> None:
    first, second = make_articles(20), make_articles(40)
    assert first == second[:20]
    assert {article.language for article in first} == {"en", "fr"}
    assert len({article.text for article in second}) == 40
    assert make_article(3, "fr", seed=1) != make_article(3, "fr", seed=2)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_articles_have_the_size_and_the_numbers_of_news(language: str) -> None:
    articles = make_articles(100, language=language)
    sizes = [len(article.text.encode()) for article in articles]
    assert min(sizes) > 0.9 * ARTICLE_BYTES and max(sizes) < 1.1 * ARTICLE_BYTES
    assert not any("{" in article.text or "}" in article.text for article in articles)
    digits = [sum(word[:1].isdigit() for word in article.text.split()) for article in articles]
    assert 4 <= sum(digits) / len(digits) <= 12


def test_every_peer_runs_or_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    report_speed(4, 1)
    out = capsys.readouterr().out
    assert "extract_quantities" in out and "extract_claims" in out
    for peer in load_peers():
        assert peer.name in out


def test_both_builds_are_measured_where_one_is_compiled(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(speed, "is_compiled", lambda: True)
    monkeypatch.setattr(speed, "run_pure", lambda function, *arguments: function(*arguments))
    monkeypatch.setattr(speed, "MINIMUM_SECONDS", 1e-9)
    monkeypatch.setattr(speed, "load_peers", list)
    report_speed(4, 1)
    out = capsys.readouterr().out
    assert "extract_claims, compiled " in out and "extract_claims, pure Python " in out


def test_without_a_compiler_one_line_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -pthread")
    monkeypatch.setattr(compile, "compile_package", None)
    compile.main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 and "no C compiler (no-such-compiler;" in lines[0]


def test_a_text_that_the_builds_read_otherwise_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2024-03-05\n\nNorland pledged $5 million for radars.\n", encoding="utf-8")
    monkeypatch.setattr(builds, "is_compiled", lambda: False)
    builds.report_builds([str(path)])
    monkeypatch.setattr(builds, "is_compiled", lambda: True)
    builds.report_builds([str(path)])
    told, agreed = capsys.readouterr().out.splitlines()
    assert "make fast" in told and agreed.startswith("1 texts: ")
    monkeypatch.setattr(builds, "run_pure", lambda function, *arguments: {str(path): "otherwise"})
    with pytest.raises(SystemExit, match=r"a\.txt"):
        builds.report_builds([str(path)])


def test_memory_is_reported_after_one_and_five_times_the_articles(capsys: pytest.CaptureFixture[str]) -> None:
    report_memory(2)
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines() if "after" in line][1:] == ["2", "10"]


def expect(low: str, high: str, unit: str | None, span: tuple[int, int] | None = None) -> Expected:
    return Expected(Decimal(low), Decimal(high), unit, span)


def found(low: str, high: str, unit: str | None, start: int = 0, end: int = 5) -> Found:
    return Found(start, end, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("expected", "quantities", "verdict"),
    [
        pytest.param(expect("2", "2", "dollar"), [found("2", "2", "USD")], (True, True), id="another name"),
        pytest.param(expect("2", "2", "dollar"), [found("2", "2", "EUR")], (True, False), id="wrong unit"),
        pytest.param(expect("50", "50", "cent"), [found("0.5", "0.5", "USD")], (True, True), id="hundredth"),
        pytest.param(expect("94", "94", "inch"), [found("2.3876", "2.3876", "metre")], (True, True), id="conversion"),
        pytest.param(expect("0.5", "0.5", None), [found("50", "50", "percent")], (True, True), id="fraction"),
        pytest.param(expect("3", "3", None), [found("4", "4", None)], (False, False), id="wrong value"),
        pytest.param(expect("7", "7", "%"), [found("-7", "-7", "percent")], (True, True), id="a fall"),
        pytest.param(expect("-7", "-7", "%"), [found("7", "7", "percent")], (False, False), id="no fall"),
        pytest.param(expect("3", "3", None, (9, 10)), [found("3", "3", None)], (False, False), id="elsewhere"),
        pytest.param(expect("3", "5", "km"), [found("3", "3", None), found("5", "5", "km")], (True, False), id="ends"),
        pytest.param(expect("5", "5", "km"), [found("3", "5", "km")], (True, True), id="end of a range"),
        pytest.param(expect("5", "5", "km"), [], (False, False), id="nothing"),
    ],
)  # fmt: skip
def test_the_verdict_on_a_quantity(expected: Expected, quantities: list[Found], verdict: tuple[bool, bool]) -> None:
    assert judge(expected, quantities) == verdict


def test_what_is_said_in_two_units_is_right_whole_and_in_parts() -> None:
    whole, parts = found("94", "94", "inch", 0, 17), [found("7", "7", "foot", 0, 6), found("10", "10", "inch", 8, 17)]
    asked = [expect("7", "7", "foot", (0, 6)), expect("10", "10", "inch", (8, 17))]
    assert align_parts([whole], asked) == parts
    assert align_parts(parts, [expect("94", "94", "inch", (0, 17))]) == [whole]
    other = [found("7", "7", "foot", 0, 6), found("9", "9", "inch", 8, 17)]
    assert align_parts(other, [expect("94", "94", "inch", (0, 17))]) == other
    levels = [found("5", "5", None, 0, 1), found("7", "7", "km", 5, 9)]
    assert align_parts(levels, [expect("5", "7", "km", (0, 9))]) == [found("5", "7", "km", 0, 9)]
    assert align_parts([found("95", "95", "inch", 0, 17)], asked) == [found("95", "95", "inch", 0, 17)]


def test_an_unknown_unit_is_a_dimension_of_its_own() -> None:
    assert read_unit("Furlongs") == {"furlongs": Decimal(1)}


def test_a_rate_may_be_part_of_the_unit_or_stand_beside_it() -> None:
    quantity = found("15", "15", "USD")._replace(per="hour")
    assert judge(expect("15", "15", "dollar per hour"), [quantity]) == (True, True)
    assert judge(expect("15", "15", "dollar"), [quantity]) == (True, True)
    assert judge(expect("15", "15", "dollar per day"), [quantity]) == (True, False)


def test_accuracy_is_printed_for_a_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = [{"low": "2000000000", "high": "2000000000", "unit": "dollar", "start": 6, "end": 10}]
    line = {"text": "worth $2bn", "language": "en", "complete": True, "source": "own", "expected": expected}
    (tmp_path / "own.jsonl").write_text(json.dumps(line), encoding="utf-8")
    report_accuracy(tmp_path, misses=True)
    row = next(row for row in capsys.readouterr().out.splitlines() if row.startswith("own"))
    assert row.split()[1:5] == ["1", "F1", "100.0", "100.0"]


def test_a_folder_without_sets_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"{tmp_path.name}: no"):
        report_accuracy(tmp_path)


def test_synthetic_claims_fill_a_store_and_every_view_and_report_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report_claims(Store("SQLite", lambda: str(tmp_path / "bench.sqlite3")), 100)
    out = capsys.readouterr().out
    assert "100 synthetic claims into SQLite" in out
    assert all(f"view {name}" in out for name in load_views())
    assert all(f"report {name}" in out for name in load_reports())


def test_the_inputs_hold_the_articles(tmp_path: Path) -> None:
    articles = make_articles(4)
    pages = make_pages(articles)
    assert len(list(write_texts(tmp_path / "texts", articles).iterdir())) == 4
    assert len(write_lines(tmp_path / "lines.jsonl", articles).read_text(encoding="utf-8").splitlines()) == 4
    assert all(html.escape(article.title) in page for article, page in zip(articles, pages, strict=True))
    assert write_archive(tmp_path / "pages.warc.gz", articles, pages).stat().st_size > 0
