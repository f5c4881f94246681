"""Rules of the house that a program can check."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from etl.lexicon import available_languages, load_pack

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted([*(ROOT / "tracker").rglob("*.py"), *(ROOT / "etl").rglob("*.py")])
TOP_LEVEL = {"pyproject.toml", "tracker", "etl", "migrations", "tests", "seeds", "README.md", "CHANGELOG.md",
             "CONTRIBUTING.md", "LICENSE", "NOTICE", "Makefile", "constraints.txt"}  # fmt: skip


def tracked_files() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_imports_run_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_top_level_holds_nothing_else() -> None:
    names = {name.split("/")[0] for name in tracked_files()}
    assert {name for name in names if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("path", CODE, ids=[str(path.relative_to(ROOT)) for path in CODE])
def test_no_code_names_a_language(path: Path) -> None:
    codes, names = set(available_languages()), {load_pack(code).name.lower() for code in available_languages()}
    docstrings, strings = _strings(ast.parse(path.read_text(encoding="utf-8")))
    named = [text for text in strings - docstrings if text in codes or any(name in text.lower() for name in names)]
    allowed = {"en"} if path.name == "__init__.py" and path.parent.name == "etl" else set()
    assert not set(named) - allowed


def _strings(tree: ast.AST) -> tuple[set[str], set[str]]:
    """The docstrings of a module, and all its strings."""
    docstrings = {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    strings = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return docstrings, strings


@pytest.mark.parametrize("path", CODE, ids=[str(path.relative_to(ROOT)) for path in CODE])
def test_every_module_and_public_function_says_what_it_gives(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [] if ast.get_docstring(tree) or not tree.body else ["module"]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            silent.append(node.name)
    assert not silent


@pytest.mark.parametrize("path", CODE, ids=[str(path.relative_to(ROOT)) for path in CODE])
def test_no_error_is_swallowed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert not all(isinstance(line, ast.Pass) for line in node.body), f"line {node.lineno}"
            assert node.type is not None, f"line {node.lineno}"
