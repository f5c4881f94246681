"""What went wrong with a fetch, in words: urllib3 wraps the cause, and says both as a tuple."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

from urllib3.exceptions import DecodeError

from etl.read.resource import one_line


def all_causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, the first cause last."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def failure_in_words(causes: Sequence[BaseException]) -> str:
    """What a failed request came to, by the cause nearest to its bottom that says it."""
    for cause in reversed(causes):
        words = _words_of(cause)
        if words:
            return words
    return one_line(causes[0])


def _words_of(error: BaseException) -> str | None:
    """What a failure of the network or of HTTP says; None for one that only wraps such a failure."""
    if isinstance(error, IncompleteRead):
        return _broken_off(error)
    if isinstance(error, RemoteDisconnected):
        return "the server hung up without an answer"
    if isinstance(error, DecodeError):
        return f"the body is not packed as its header says ({one_line(error.args[-1])})"
    if getattr(error, "strerror", None):
        return one_line(error)
    return f"the answer is not as HTTP wants it ({one_line(error)})" if isinstance(error, HTTPException) else None


def _broken_off(error: IncompleteRead) -> str:
    got = error.partial if isinstance(error.partial, int) else len(error.partial)
    if not error.expected:
        return "the answer broke off before its end"
    return f"the answer broke off after {got:,} of {got + error.expected:,} bytes"
