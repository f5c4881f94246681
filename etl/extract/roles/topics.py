"""Whom an article is about: the parties to fall back on where a sentence names nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.document import Document, Hit, fold_text
from etl.extract.parties import WORDS, Name, display_names, home_words, load_parties, name_matcher
from etl.extract.roles import grammar as g
from etl.extract.roles.candidates import Candidate
from etl.records import Quantity
from tracker.vocabulary import Kind

_TITLE_WEIGHT = 4.0
_LEAD_WEIGHT = 2.0
_IN_TITLE = -1
_NOWHERE = -2
"""In place of the offset of a party that the text does not name there."""
_CURRENCY_WEIGHT = 2.0
_BODY_WEIGHT = 0.5
"""How much a body of a state, a programme or a word of its home news counts beside the state's own name."""
_DATELINE_WEIGHT = 1.5
_FEW = 3
_INDENT = 8
_LEAD = 400
_BEFORE = 20
_SHORT = 5
"""A word of no more letters has no ending to speak of."""
_PLACE_MARKS = frozenset("-–—,():|/")
_INTERNATIONAL = frozenset({"USD", "EUR"})
_PLACE_FORMS = frozenset({"capital", "metonym"})
_PLAIN_FORMS = frozenset({"name", "acronym"})
_RECIPIENTS = g.RECIPIENT | g.PURPOSE


class Topics(NamedTuple):
    """The parties that an article is about, None where there is none of the sort."""

    state: Candidate | None
    """The state that is named most."""
    company: Candidate | None
    recipient: Candidate | None
    """The state that gets."""
    donor: Candidate | None = None
    """The state that is named most, the one that gets apart."""
    is_about_company: bool = False
    """Whether the title names the company and no state: its results and orders."""


class _Mention(NamedTuple):
    text: str
    start: int
    name: Name
    weight: float
    is_recipient: bool


def read_topics(
    document: Document, names: Sequence[Hit[Name]], grammar: g.Grammar, quantities: Sequence[Quantity] = ()
) -> Topics:
    """The main state, company and recipient of an article, by title, lead, currency and how often they are named."""
    mentions = [*_title_mentions(document, grammar), *_text_mentions(document, names, grammar)]
    named = {mention.name.country or mention.name.party for mention in mentions}
    mentions += [m for m in _currency_mentions(quantities, document.pack.code) if m.name.country in named]
    scores: defaultdict[str, float] = defaultdict(float)
    received: defaultdict[str, int] = defaultdict(int)
    companies: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, int] = defaultdict(int)
    language = document.pack.code
    shown = display_names(language)
    known = load_parties()
    best: dict[str, _Mention] = {}
    plainest: dict[str, int] = {}
    """How plainly it is named: by the name that the party table shows, by another, by a capital."""
    for mention in mentions:
        name = mention.name
        key = name.party or mention.text
        if not mention.weight or not _may_be_topic(name):
            continue
        if name.kind == "company":
            companies[key] += mention.weight
        else:
            key = name.country or key
            scores[key] += mention.weight
            counts[key] += 1
            if mention.is_recipient and known[key].kind == "state":
                received[key] += 1
        plainness = 4 * (shown.get(key) == mention.text) + 2 * (name.party == key) + (name.form in _PLAIN_FORMS)
        if plainness > plainest.get(key, -1):
            best[key], plainest[key] = mention, plainness
    recipient = max(received, key=lambda key: (received[key], scores[key]), default=None)
    if recipient and received[recipient] < 2 and counts[recipient] > _FEW:
        recipient = None
    totals = dict(scores)
    for key, weight in _home_scores(document, names, mentions).items():
        totals[key] = totals.get(key, 0.0) + weight
        best.setdefault(key, _Mention(shown[key], _NOWHERE, _name_of_state(key), weight, False))
    told = [key for key in totals if totals[key] >= _LEAD_WEIGHT or best[key].start < _LEAD]
    state = max(told, key=lambda key: totals[key], default=None)
    donor = max((key for key in scores if key != recipient), key=lambda key: scores[key], default=None)
    company = max((key for key in companies if companies[key] >= _LEAD_WEIGHT), key=companies.__getitem__, default=None)
    titled = {mention.name.kind for mention in mentions if mention.start == _IN_TITLE}
    own = "company" in titled and "state" not in titled and "body" not in titled
    parties = {key: _candidate(key, best, language) for key in {state, company, recipient, donor} if key is not None}
    found = [parties[key] if key else None for key in (state, company, recipient, donor)]
    return Topics(found[0], found[1], found[2], found[3], own)


def _may_be_topic(name: Name) -> bool:
    """Whether an article may be about the party of a name."""
    is_told = name.party is not None or name.kind == "company"
    return is_told and not name.is_observer and name.kind != "weapon" and (name.kind != "programme" or name.country != "")


def is_place_of_report(text: str, start: int, end: int, name: Name) -> bool:
    """Whether a name opens a line as the place of a report: `BRUSSELS -`, `Paris, 3 May`, `(Ottawa)`."""
    if name.form not in _PLACE_FORMS or text[end : end + 3].strip()[:1] not in _PLACE_MARKS:
        return False
    return text[text.rfind("\n", max(start - _INDENT, 0), start) + 1 : start].strip(" (•") == ""


def _candidate(key: str, best: dict[str, _Mention], language: str) -> Candidate:
    """A topic as the text words it, by its plain name where the text has an adjective or a body of a state only."""
    text, start, name = best[key][:3]
    end = start + len(text)
    if name.party is None:
        pass  # a company that the party table lacks
    elif name.kind == "state" or name.form not in ("name", "acronym") or name.party != key:
        text = display_names(language)[key]
        name = name._replace(party=key, kind=load_parties()[key].kind)
    return Candidate(
        start, end, 0, 0, text, name.party, name.kind, 0, True, False, 0, name.country, name.form
    )


def _title_mentions(document: Document, grammar: g.Grammar) -> list[_Mention]:
    title = document.title
    if not title:
        return []
    folded = fold_text(title)
    return [
        _Mention(
            title[start:end],
            _IN_TITLE,
            name,
            _weight(name, _TITLE_WEIGHT),
            _is_recipient(_words_before(folded, start), folded, end, name, grammar),
        )
        for start, end, name in name_matcher(document.pack.code).find(folded)
        if name.kind not in WORDS and (title[start].isupper() or name.form == "adjective")
    ]


def _currency_mentions(quantities: Sequence[Quantity], language: str) -> list[_Mention]:
    """The states whose own currency the article counts in: an ISO 4217 code begins with that of its country."""
    units = [q.unit for q in quantities if q.kind == Kind.MONEY and q.unit and q.unit not in _INTERNATIONAL]
    found = []
    for unit in sorted(set(units)):
        key = unit[:2].lower()
        party = load_parties().get(key)
        if party and party.kind == "state":
            weight = _CURRENCY_WEIGHT * min(units.count(unit), _FEW)
            found.append(_Mention(display_names(language)[key], _NOWHERE, _name_of_state(key), weight, False))
    return found


def _home_scores(document: Document, names: Sequence[Hit[Name]], mentions: Sequence[_Mention]) -> dict[str, float]:
    """How much the words of an article speak for the home news of a state, which news often does not name.

    Each word counts once, and only where no other state is named often.
    """
    often = Counter(m.name.country for m in mentions if m.name.kind == "state" and m.start >= 0)
    taken = [(name.start, name.end) for name in names]
    scores: dict[str, float] = {}
    words: set[str] = set()
    for start, end, country in home_words(document.pack.code).find(document.folded):
        word = document.text[start:end].lower()
        is_known = word in words or any(begin < end and start < finish for begin, finish in taken)
        if is_known or any(often[other] >= _FEW for other in often if other != country):
            continue
        words.add(word)
        scores[country] = scores.get(country, 0.0) + _BODY_WEIGHT * (_LEAD_WEIGHT if start < _LEAD else 1.0)
    return scores


def _name_of_state(key: str) -> Name:
    return Name(key, "state", "name", key, True, False)


def _text_mentions(document: Document, names: Sequence[Hit[Name]], grammar: g.Grammar) -> list[_Mention]:
    text, folded = document.text, document.folded
    found: list[_Mention] = []
    for start, end, name in names:
        if not _may_be_topic(name):
            continue
        weight = _weight(name, _LEAD_WEIGHT if start < _LEAD else 1.0)
        if name.form in _PLACE_FORMS and is_place_of_report(text, start, end, name):
            weight = _DATELINE_WEIGHT
        if name.kind == "company":
            found.append(_Mention(text[start:end], start, name, weight, False))
            continue
        words = _words_before(folded, start)
        if weight and _is_acted_on(words, start, grammar, found[-1] if found else None):
            weight = 0.0
        gets = name.kind == "state" and _is_recipient(words, folded, end, name, grammar)
        found.append(_Mention(text[start:end], start, name, weight, gets))
    return found


def _words_before(folded: str, start: int) -> list[str]:
    """The last words before a name, as far as they are near."""
    return folded[max(start - _BEFORE, 0) : start + 1].split()[-3:]


def _is_acted_on(words: list[str], start: int, grammar: g.Grammar, before: _Mention | None) -> bool:
    """Whether a name is the object of a participle (`deterring Russia and China`): only mentioned, no topic."""
    suffixes = grammar.participle_suffixes
    if not suffixes or not words:
        return False
    word = words[-1]
    if word.endswith(suffixes):
        return len(word) > _SHORT and word not in grammar.flags
    if before is None or before.weight or start - before.start - len(before.text) > _SHORT:
        return False
    return bool(grammar.flags.get(word, 0) & g.CONJUNCTION)


def _is_recipient(words: list[str], folded: str, end: int, name: Name, grammar: g.Grammar) -> bool:
    """Whether a name stands as the one who gets: `to Ukraine`, `pour Kiev`, `Ukraine aid`, `aux forces ukrainiennes`."""
    if _governor(words, grammar, name.form == "adjective") & _RECIPIENTS or (words and words[-1] in grammar.giving):
        return True
    if not grammar.aid:
        return False
    following = folded[end + 1 : end + 20].split(maxsplit=1)
    return bool(following) and following[0] in grammar.aid


def _weight(name: Name, weight: float) -> float:
    if name.form == "adjective":
        return weight / 2
    return weight * _BODY_WEIGHT if name.kind in ("body", "programme") and name.country else weight


def _governor(words: list[str], grammar: g.Grammar, is_adjective: bool) -> int:
    """The class of the preposition before a name, a determiner between them apart, and a noun before an adjective."""
    flags = grammar.flags
    nouns = int(is_adjective)
    for word in reversed(words):
        flag = flags.get(word, 0)
        if flag & g.PREPOSITION:
            return flag
        if not flag & g.DETERMINER:
            if not nouns:
                return 0
            nouns -= 1
    return 0
