"""The last step of every reader: flags beat what the file says, and what neither says is looked up in the text."""

from __future__ import annotations

import dataclasses
import functools
import re
from urllib.parse import urlsplit

from etl.dating import month_numbers
from etl.lexicon import Pack, available_languages, load_pack
from etl.read.dates import Calendar, Dated, parse_date
from etl.read.decoding import storable_text
from etl.read.first_lines import find_published, without_date
from etl.read.language import normalise_language, plain_language, recognise_language
from etl.read.options import ReadOptions
from etl.records import Article, Interval, Issue

_LONGEST_TITLE = 250
_TITLE_LINES = 5
_NO_TITLE = re.compile(r"https?:|www\.|[\[<{#*=]|[\d\s./:-]+\Z")


def finish_article(
    article: Article,
    options: ReadOptions,
    *,
    published: str | None = None,
    body_start: int = 0,
    is_templated: bool = False,
) -> Article:
    """`article` with language, publication date, source and title settled; what was wrong is in its `issues`.

    `published` is the date as the file's metadata words it, `body_start` the offset where a header ends, `is_templated`
    whether the article's language may be that of the site's template or of a whole feed instead of its own.
    """
    text, replaced = storable_text(article.text)
    issues = list(article.issues)
    if replaced:
        issues.append(Issue("encoding", replaced, article.location))
    language, doubt = _settle_language(article.language, text[body_start:], options, is_templated)
    if doubt:
        issues.append(Issue("language", doubt, article.location))
    dated = _settle_published(published, article.published, text, body_start, language, options)
    if dated.doubt:
        issues.append(Issue(dated.kind, dated.doubt, article.location))
    return dataclasses.replace(
        article,
        text=text,
        title=_one_line(article.title) or _first_line_title(text, body_start, calendar_of(language)),
        url=_one_line(article.url),
        byline=_one_line(article.byline),
        language=language,
        published=dated.interval,
        source_name=options.source or _one_line(article.source_name),
        source_domain=article.source_domain or domain_of(article.url),
        issues=tuple(issues),
    )


def _settle_language(
    stated: str | None, body: str, options: ReadOptions, is_templated: bool
) -> tuple[str, str | None]:
    """The language by flag, metadata or text, and what is doubtful about it."""
    if options.language:
        return options.language, None
    declared = normalise_language(stated)
    language = declared or recognise_language(body)
    if language not in available_languages():
        plain = plain_language(body) if declared and is_templated else None
        if plain:
            return plain, f"declared as {language!r}, which has no language pack; overruled, as the text is plainly {plain!r}"
        return language, f"no language pack for {language!r}; there are {', '.join(available_languages())}"
    if stated and not declared:
        return language, f"{stated[:40]!r} is no language code such as 'en'; the text was asked instead"
    return language, None


def _settle_published(
    wording: str | None, known: Interval | None, text: str, body_start: int, language: str, options: ReadOptions
) -> Dated:
    if options.published:
        return Dated(options.published)
    if known:
        return Dated(known)
    stated = parse_date(wording, calendar_of(language)) if wording else None
    if stated and stated.interval:
        return stated
    found = find_published(text, body_start, calendar_of(language))
    if stated is None:
        return found or Dated(None)
    return Dated(found.interval if found else None, stated.doubt, stated.kind)


@functools.cache
def calendar_of(language: str) -> Calendar:
    """The calendar of a language; for one without a pack the bare one, which reads ISO dates and numbers."""
    return _pack_calendar(load_pack(language)) if language in available_languages() else Calendar({})


def _pack_calendar(pack: Pack) -> Calendar:
    """The calendar that a pack's words of time make; slashes leave the day's place open unless the pack settles it."""
    words = pack.boilerplate
    return Calendar(month_numbers(pack.dates), pack.dates.day_first and not pack.dates.month_first, words.published, words.updated)


def domain_of(url: str | None) -> str | None:
    """The host of a URL without `www.`; None where there is none."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if isinstance(host, str) else None


def _one_line(value: str | None) -> str | None:
    return (" ".join(storable_text(value).text.split()) or None) if value else None


def _first_line_title(text: str, body_start: int, calendar: Calendar) -> str | None:
    """The headline that a text begins with: a first line of title length that does not end like a sentence."""
    for line in text[body_start : body_start + 4 * _LONGEST_TITLE].split("\n")[:-1][:_TITLE_LINES]:
        rest = without_date(line.strip(), calendar)
        if not rest or _NO_TITLE.match(rest):
            continue
        return None if rest[-1] in ".:;,…" or len(rest) > _LONGEST_TITLE else rest
    return None
