"""What servers said about the version of a page (ETag, Last-Modified), kept in a file that only grows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tracker.errors import UsageError


class Validators:
    """The validators of fetched addresses; without a file it keeps none, and every page is fetched in full."""

    def __init__(self, path: str | None) -> None:
        self._path = Path(path) if path else None
        self._known: dict[str, dict[str, str]] = self._load() if self._path else {}

    def headers(self, url: str) -> dict[str, str]:
        """The request headers that ask for a page only if it changed."""
        known = self._known.get(url, {})
        pairs = (("If-None-Match", known.get("etag")), ("If-Modified-Since", known.get("last_modified")))
        return {name: value for name, value in pairs if value}

    def note(self, url: str, headers: Mapping[str, str]) -> None:
        """Keeps what an answer says, at once, so that a killed run loses nothing."""
        if self._path is None:
            return
        found = {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}
        if any(found.values()) and self._known.get(url) != found:
            self._known[url] = found
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"url": url, **found}) + "\n")

    def _load(self) -> dict[str, dict[str, str]]:
        known: dict[str, dict[str, str]] = {}
        if self._path is None or not self._path.exists():
            return known
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{self._path}: cannot be read as a fetch cache ({error}); name another file") from error
        for line in lines:
            try:
                item = json.loads(line)
                known[item["url"]] = {"etag": item["etag"], "last_modified": item["last_modified"]}
            except (ValueError, KeyError, TypeError):
                continue  # a line cut short by a kill costs one full fetch
        return known
