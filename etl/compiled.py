"""Extraction compiled to C, where `make fast` has made it: found before the sources for as long as it fits them."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "etl" / ".compiled"
STAMP = "sources.sha256"
PACKAGE = "etl.extract"
GROUP = "etl_extract"
"""What mypyc calls the library that holds the code; each module is a small library beside it."""
BESIDE = (
    "etl/dating.py",
    "etl/lexicon.py",
    "etl/records.py",
    "tracker/errors.py",
    "tracker/resources.py",
    "tracker/vocabulary.py",
)
"""Modules outside the package whose types the compiled code relies on."""
SWITCH = "TRACKER_PURE_PYTHON"
"""The environment variable that has the sources run all the same, where it is set to anything."""


def prefer_compiled(folder: Path = FOLDER, root: Path = ROOT) -> None:
    """Has the compiled modules found before their sources from now on; does nothing where there are none."""
    if folder.exists() and not os.environ.get(SWITCH):
        sys.meta_path.insert(0, CompiledFinder(folder, root))


def is_compiled() -> bool:
    """Whether this process takes the modules of the package compiled."""
    return any(isinstance(finder, CompiledFinder) and finder.fits for finder in sys.meta_path)


def digest_sources(root: Path = ROOT) -> str:
    """SHA-256 (hex) over all that compiled modules are made of and for: the sources with their names, and this Python."""
    digest = hashlib.sha256(EXTENSION_SUFFIXES[0].encode())
    package = root.joinpath(*PACKAGE.split("."))
    for path in sorted([*package.rglob("*.py"), *(root / name for name in BESIDE)]):
        digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class CompiledFinder:
    """Finds compiled modules, unless they are for another Python or a source was edited, added or removed since."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._root = root

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to load the compiled module of that name; None leaves it to the source."""
        if not name.startswith((f"{PACKAGE}.", GROUP)) or not self.fits:
            return None
        file = self._folder / (name.replace(".", "/") + EXTENSION_SUFFIXES[0])
        return spec_from_file_location(name, file) if file.exists() else None

    @cached_property
    def fits(self) -> bool:
        """Whether the folder was made for this Python of the sources as they are now; found out once a process."""
        stamp = self._folder / STAMP
        return stamp.exists() and stamp.read_text(encoding="ascii") == digest_sources(self._root)
