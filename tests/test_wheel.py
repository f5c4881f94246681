"""The built wheel in an environment of its own: it carries its data files and works without the source tree."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "TRACKER_DATABASE_URL")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT, folder=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are borrowed from the environment of the tests."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"))
    run(*pip, "install", "--quiet", "--no-deps", str(wheel), folder=folder)
    return folder


def test_the_wheel_holds_code_data_and_licences_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("etl/languages/en.toml", "etl/languages/fr.toml", "tracker/views/claims.sql", "tracker/views/columns.toml",
                   "tracker/units.txt", "tracker/stopwords.txt", "tracker/seeds/parties.csv",
                   "tracker/seeds/articles/12-depeches.jsonl", "tracker/migrations/env.py"):  # fmt: skip
        assert wanted in names, wanted
    assert not [name for name in names if name.startswith("tests") or name.endswith((".pyc", ".sqlite3", ".so", ".sha256"))]
    assert wheel.name.endswith("-py3-none-any.whl")
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_installed_command_works_away_from_the_source(installed: Path, tmp_path: Path) -> None:
    python, tracker = installed / "bin" / "python", installed / "bin" / "tracker"
    where = run(python, "-c", "import tracker, etl; print(tracker.__file__, etl.__file__)", folder=tmp_path)
    assert all(Path(path).is_relative_to(installed) for path in where.split())
    assert run(tracker, "--version", folder=tmp_path).startswith("tracker ")
    (tmp_path / "a.txt").write_text("2024-03-05\n\nNorland pledged $5 million for radars.\n", encoding="utf-8")
    assert "claims stored" in run(tracker, "ingest", "a.txt", folder=tmp_path)
    found = run(tracker, "sql", "SELECT quote, low, low_eur IS NOT NULL AS eur FROM claims", "--csv", folder=tmp_path)
    assert found == "quote,low,eur\n$5 million,5000000,1\n"
    run(tracker, "export", "claims.csv", folder=tmp_path)
    assert (tmp_path / "datapackage.json").is_file()
