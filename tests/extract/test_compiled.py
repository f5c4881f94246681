"""Compiled modules are found while they fit the sources, and never hide one that was edited. Nothing is compiled here."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from pathlib import Path

import pytest

from etl import compiled
from etl.compiled import BESIDE, GROUP, PACKAGE, ROOT, STAMP, SWITCH, CompiledFinder, digest_sources, prefer_compiled

NAME = f"{PACKAGE}.roles.binding"
LIBRARY = f"{GROUP}__mypyc"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A source tree with one module of the package, and what looks like its compiled build in `.compiled`."""
    for name in ("etl/extract/__init__.py", "etl/extract/roles/__init__.py", "etl/extract/roles/binding.py", *BESIDE):
        write(tmp_path / name, f"# {name}\n")
    for name in (NAME, LIBRARY):
        write(tmp_path / ".compiled" / (name.replace(".", "/") + EXTENSION_SUFFIXES[0]), "")
    write(tmp_path / ".compiled" / STAMP, digest_sources(tmp_path))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", [NAME, LIBRARY])
def test_what_fits_the_sources_is_found_compiled(root: Path, name: str) -> None:
    spec = CompiledFinder(root / ".compiled", root).find_spec(name)
    assert spec is not None and isinstance(spec.loader, ExtensionFileLoader)


@pytest.mark.parametrize("name", ["etl.records", "etl.extraction", f"{PACKAGE}.roles", f"{PACKAGE}.added", "json"])
def test_what_is_not_compiled_is_left_to_the_sources(root: Path, name: str) -> None:
    assert CompiledFinder(root / ".compiled", root).find_spec(name) is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda root: write(root / "etl/extract/roles/binding.py", "x = 1\n"), id="edited"),
        pytest.param(lambda root: write(root / "etl/records.py", "x = 1\n"), id="edited beside"),
        pytest.param(lambda root: write(root / "etl/extract/new.py", ""), id="added"),
        pytest.param(lambda root: (root / "etl/extract/roles/__init__.py").unlink(), id="removed"),
        pytest.param(lambda root: (root / ".compiled" / STAMP).unlink(), id="half a build"),
        pytest.param(lambda root: write(root / ".compiled" / STAMP, "0" * 64), id="another build"),
    ],
)
def test_what_does_not_fit_is_left_to_the_sources(root: Path, change: Callable[[Path], object]) -> None:
    change(root)
    assert CompiledFinder(root / ".compiled", root).find_spec(NAME) is None


def test_what_another_python_compiled_is_left_to_the_sources(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "EXTENSION_SUFFIXES", [".cpython-399-elsewhere.so"])
    assert not CompiledFinder(root / ".compiled", root).fits


@pytest.mark.parametrize(
    ("folder", "switch", "added"),
    [
        pytest.param(".compiled", "", 1, id="compiled"),
        pytest.param(".compiled", "1", 0, id="switched off"),
        pytest.param("nothing", "", 0, id="nothing compiled"),
    ],
)
def test_nothing_is_added_to_the_imports_without_need(
    root: Path, monkeypatch: pytest.MonkeyPatch, folder: str, switch: str, added: int
) -> None:
    before = list(sys.meta_path)
    monkeypatch.setattr(sys, "meta_path", list(before))
    monkeypatch.setenv(SWITCH, switch)
    prefer_compiled(root / folder, root)
    assert len(sys.meta_path) == len(before) + added


def test_a_process_can_be_told_to_run_the_sources() -> None:
    program = "import etl.extract.claims as claims; print(claims.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {SWITCH: "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == ROOT / "etl" / "extract" / "claims.py"


def test_the_digest_covers_all_that_the_package_imports() -> None:
    imported = set()
    for path in ROOT.joinpath(*PACKAGE.split(".")).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(("etl.", "tracker.")):
                imported.add(node.module)
    outside = {name for name in imported if not name.startswith(f"{PACKAGE}.")}
    assert {f"{name.replace('.', '/')}.py" for name in outside} == set(BESIDE)


@pytest.mark.parametrize("word", ["__file__", "cached_property"])
def test_no_module_has_what_compiled_ones_lack(word: str) -> None:
    """A compiled module lies elsewhere than its data, which `resource_path` finds; its classes have no `__dict__`."""
    package = ROOT.joinpath(*PACKAGE.split("."))
    assert not [path.name for path in package.rglob("*.py") if word in path.read_text(encoding="utf-8")]
