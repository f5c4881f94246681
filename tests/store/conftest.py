"""What the store's tests share."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NOBODY = 65534

Shelve = Callable[..., Path]


@pytest.fixture
def shelve() -> Iterator[Shelve]:
    """Puts files into a folder that may be read and not written, and gives the folder.

    Where the tests run as root, who may write everywhere, they go on as an ordinary user from there.
    """
    folder = Path(tempfile.mkdtemp(prefix="tracker-shelf-"))
    is_root = os.geteuid() == 0

    def put(*files: Path) -> Path:
        for file in files:
            shutil.copy(file, folder)
        folder.chmod(0o555)
        if is_root:
            os.seteuid(NOBODY)
        return folder

    try:
        yield put
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.fixture
def read_only_folder(shelve: Shelve) -> Path:
    """An empty folder that may be read and not written."""
    return shelve()
