"""Whom a description stands for: `the country`, `son pays`, `the company`."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from etl.extract.document import Hit
from etl.extract.parties import Name, display_names
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate
from etl.extract.roles.reader import Reader

_REACH: Final = 600
_WORD: Final = 16
_PLAIN: Final = 2
"""A description of a company with more words tells of another one than the article's."""


def resolve_description(reader: Reader, candidate: Candidate) -> Candidate:
    """The party that a described state or company stands for: the article's own, else the nearest one named before.

    After a possessive it is the first one named in the sentence: `Estonian minister ... his country`. Other
    descriptions (`the navy`) say who acts by themselves and stay as they are.
    """
    if candidate.kind != "description":
        return candidate
    company = reader.topics.company
    if candidate.party and not (company and candidate.classes & g.Cue.COMPANY and company.country == candidate.country):
        return candidate
    before = reader.document.folded[max(candidate.start - _WORD, 0) : candidate.start + 1].rstrip()
    word = before[before.rfind(" ") + 1 :]
    if word not in reader.grammar.definites:
        return candidate
    own = bool(reader.grammar.flags.get(word, 0) & g.POSSESSIVE)
    if candidate.classes & g.Cue.STATE:
        return _resolved(reader, candidate, "state", reader.topics.state, own)
    if candidate.classes & g.Cue.COMPANY and candidate.last - candidate.first <= _PLAIN:
        return _resolved(reader, candidate, "company", reader.topics.company, own)
    return candidate


def _resolved(reader: Reader, candidate: Candidate, kind: str, topic: Candidate | None, own: bool) -> Candidate:
    if topic and not own:
        return topic
    name = _named_before(reader, candidate, kind, own)
    if name is None:
        return topic or candidate
    start, end, value = name
    assert value.party is not None  # names of several parties are passed over
    text = reader.document.text[start:end]
    if value.form != "name":
        text = display_names(reader.document.pack.code)[value.party]
    return candidate._replace(start=start, end=end, text=text, party=value.party, kind=kind, country=value.country)


def _named_before(reader: Reader, candidate: Candidate, kind: str, own: bool) -> Hit[Name] | None:
    """The nearest party of a kind before a description; after a possessive the first one of the sentence."""
    names = reader.names
    last = bisect_left(names, (candidate.start,))
    start = max(reader.document.sentence_at(candidate.start).start, candidate.start - _REACH)
    first = bisect_left(names, (start,))
    for index in range(first, last) if own else range(last - 1, -1, -1):
        name = names[index]
        if name.start < candidate.start - _REACH:
            return None
        if name.value.kind == kind and name.value.party and not name.value.is_observer:
            return name
    return None
