"""What a command that reads says where no input gave an article."""

from __future__ import annotations

from collections.abc import Collection

from etl.read.resource import INSTALL, MISSING_EXTRA
from tracker.errors import TrackerError, UsageError


def nothing_read(kinds: Collection[str]) -> TrackerError:
    """The error that ends the command, by the kinds of the issues; a missing extra is for the user to mend."""
    if MISSING_EXTRA in kinds:
        return UsageError(f"nothing could be read, for want of a reader; {INSTALL}")
    return TrackerError("nothing could be read; the lines above say why")
