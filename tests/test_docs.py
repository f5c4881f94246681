"""Documents that cannot rot: commands, options, formats, views and the SQL of the README are what the program has."""

import csv
import re
import subprocess
import textwrap
from pathlib import Path

import pytest
from typer.main import get_command

from etl.pipeline import ingest
from etl.read.registry import readable_extensions
from tracker.cli import build_app
from tracker.database import open_database, session
from tracker.exports import format_names
from tracker.queries import ClaimFilters, claim_detail, load_reports, load_views
from tracker.queries.ask import run_statement

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLES = ROOT / "seeds" / "articles"


def command_names() -> list[str]:
    names = []
    for name, command in get_command(build_app()).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return names


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_in_the_readme(name: str) -> None:
    group, _, command = name.partition(" ")
    lines = [line for line in README.splitlines() if line.startswith("| `tracker ") and f"`tracker {group}" in line]
    assert lines, f"README: no table row for tracker {name}"
    assert not command or any(f"`tracker {name}`" in line or f"`{command}" in line for line in lines)


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    groups = {name.split()[0] for name in command_names()}
    named = set(re.findall(r"(?:^ +|`)tracker ([a-z]+)", README, re.MULTILINE))
    assert named <= groups


@pytest.mark.parametrize("name", sorted(ClaimFilters.__dataclass_fields__))
def test_every_filter_is_in_the_readme(name: str) -> None:
    assert f"`--{name.replace('_', '-')}`" in README


@pytest.mark.parametrize("name", format_names())
def test_every_export_format_is_in_the_readme(name: str) -> None:
    assert f"`.{name}`" in README


@pytest.mark.parametrize("extension", readable_extensions())
def test_every_readable_extension_is_in_the_readme(extension: str) -> None:
    assert f"`{extension}`" in README


@pytest.mark.parametrize("name", load_reports())
def test_every_report_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("view", load_views().values(), ids=list(load_views()))
def test_every_column_of_a_view_is_described_in_the_readme(view: object) -> None:
    heading = f"### `{view.name}`"  # type: ignore[attr-defined]
    assert heading in README
    section = README.split(heading)[1].split("\n#")[0]
    wanted = [f"| `{c.name}` | {c.type} | {c.description} |" for c in view.columns]  # type: ignore[attr-defined]
    assert [line for line in section.splitlines() if line.startswith("| `")] == wanted


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets is not None
    printed = subprocess.run(["make", "-C", str(ROOT), "help"], capture_output=True, text=True, check=True).stdout
    for target in targets[1].split():
        assert re.search(rf"^  make {target} +\S", printed, re.MULTILINE), target


def test_the_changelog_has_its_unreleased_part_on_top() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_the_samples_are_listed_beside_them() -> None:
    listed = re.findall(r"^\| `([^`]+)`", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in SAMPLES.iterdir() if path.name != "README.md")


def test_the_sql_of_the_readme_runs_and_its_claim_is_there(tmp_path: Path) -> None:
    statements = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
    statements += re.findall(r'tracker sql "(SELECT [^.].*?)"', README)
    assert len(statements) >= 2
    url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    ingest(url, [str(SAMPLES)])
    engine = open_database(url, read_only=True)
    try:
        for statement in statements:
            assert run_statement(engine, textwrap.dedent(statement)).rows, statement
        shown = re.findall(r"tracker show ([0-9a-f.]+)$", README, re.MULTILINE)
        with session(engine) as opened:
            assert [claim_detail(opened, key).claim.quote for key in shown] == ["$ 2.2 billion"]
    finally:
        engine.dispose()


def test_seed_tables_can_be_read_as_csv() -> None:
    for path in (ROOT / "seeds").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            widths = {len(row) for row in csv.reader(handle)}
        assert len(widths) == 1, path.name
