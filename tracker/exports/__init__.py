"""Exports: a view into a file. One format a file in `tracker/exports/formats/`, found by the suffix that it is named for.

A format has `write(rows, path)`; it writes the whole file or leaves the old one alone.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import TrackerError, UsageError
from tracker.exports import formats
from tracker.queries import Rows

if TYPE_CHECKING:
    from tracker.exports.frames import claims_frame, rows_frame, view_frame

__all__ = ["check_target", "claims_frame", "export_rows", "format_names", "rows_frame", "view_frame"]


def __getattr__(name: str) -> Any:
    """The frame functions, loaded when asked for: pandas takes most of a second to import."""
    if name in ("claims_frame", "rows_frame", "view_frame"):
        return getattr(importlib.import_module("tracker.exports.frames"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def format_names() -> tuple[str, ...]:
    """The suffixes that can be written, without their dot."""
    return tuple(found.name for found in pkgutil.iter_modules(formats.__path__))


def export_rows(rows: Rows, path: Path) -> list[Path]:
    """Write rows to a file in the format of its suffix; the files written."""
    check_target(path)
    suffix = path.suffix.lower().removeprefix(".")
    written: list[Path] = importlib.import_module(f"{formats.__name__}.{suffix}").write(rows, path)
    return written


def check_target(path: Path) -> None:
    """UsageError where no file of that name can be written; asked first, so that no query runs in vain."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in format_names():
        known = ", ".join(f".{name}" for name in format_names())
        raise UsageError(f"{path}: the suffix {path.suffix!r} is no export format; use one of {known}")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {str(path.parent)!r} does not exist; make it or name another")


@contextlib.contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block ends well; one clear line where it cannot."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise TrackerError(f"{path}: cannot be written ({error.strerror}); choose another folder") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise TrackerError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
