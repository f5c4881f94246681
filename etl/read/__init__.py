"""Readers: inputs in, articles out. What cannot be read becomes an issue, and the next input is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.lexicon import available_languages
from etl.read.inputs import expand_inputs, read_input
from etl.read.options import Limits, ReadOptions
from etl.records import Article, Issue
from tracker.errors import UsageError

__all__ = ["Limits", "ReadOptions", "expand_inputs", "read_articles"]


def read_articles(inputs: Sequence[str], options: ReadOptions | None = None) -> Iterator[Article | Issue]:
    """The articles of files, folders, URLs and `-` (standard input) in order; one bad input yields an `Issue`.

    UsageError where an option itself is wrong, before anything is read.
    """
    settings = options or ReadOptions()
    _check_options(settings)
    return _read_each(inputs, settings)


def _check_options(options: ReadOptions) -> None:
    if options.language is not None and options.language not in available_languages():
        known = ", ".join(available_languages())
        raise UsageError(f"--language: {options.language!r} has no language pack; use one of {known}")


def _read_each(inputs: Sequence[str], options: ReadOptions) -> Iterator[Article | Issue]:
    for item in expand_inputs(inputs):
        yield from read_input(item, options)
