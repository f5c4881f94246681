"""Whom the article credits with what a sentence says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.extract.document import Document, Hit
from etl.extract.roles import grammar as g
from etl.extract.roles.phrases import Line, read_phrase, read_phrase_before, word_phrase

_QUOTES: Final = (("“", "”"), ("«", "»"), ("„", "“"))
_SAYING: Final = g.Cue.SAYING | g.Cue.ANNOUNCING
_SPEAKERS: Final = g.Cue.TITLE | g.Cue.SOURCE | g.DESCRIPTION
_NO_SUBJECT: Final = g.VERB | g.AUXILIARY | g.QUANTITY | g.PRONOUN
_NAME_REACH: Final = 4
_FEW: Final = 2
_SUBJECT_REACH: Final = 8
_PUBLISHED_REACH: Final = 4
"""Words between what is cited and who published it: `published on Tuesday by`."""
_CLOSES: Final = frozenset("”»\"’")
_CLOSING: Final = frozenset(":.!?…»”")


class Attribution(NamedTuple):
    """A speaker that a line names, or the pronoun that stands for one."""

    speaker: str | None
    """As worded; None where a pronoun speaks."""
    start: int
    """Span of the cue."""
    end: int
    is_doubtful: bool = False
    """Whether another attribution of the line goes first: `selon son ministère` inside what somebody says."""
    is_source: bool = False
    """Whether it names a source (`according to`) and nobody who speaks."""
    is_label: bool = False
    """Whether it is the label of a turn in a transcript, which leaves no doubt."""


def read_attributions(
    document: Document, line: Line, cues: Sequence[Hit[int]], passives: frozenset[str]
) -> list[Attribution]:
    """All attributions of a line in text order; `passives` are the auxiliaries of the passive."""
    found = []
    for cue in cues:
        if cue.value & g.Cue.ACCORDING:
            found.extend(_according(document, line, cue, cues))
        elif cue.value & _SAYING and not _is_passive(document, line, cue, passives):
            found.extend(_saying(document, line, cue, cues))
    return found


def _is_passive(document: Document, line: Line, cue: Hit[int], passives: frozenset[str]) -> bool:
    """Whether a verb of saying has an auxiliary of the passive before it: `has yet to be said`."""
    index = line.index_at(cue.start)
    while index > 0 and line.flags[index - 1] & g.ADVERB:
        index -= 1
    if index == 0 or not line.flags[index - 1] & g.AUXILIARY:
        return False
    before = document.text[line.starts[index - 1] : line.ends[index - 1]].lower()
    reflexive = index > 1 and line.flags[index - 2] & g.PRONOUN and not line.flags[index - 2] & (g.ANAPHOR | g.RELATIVE)
    return before in passives and not reflexive  # "s'est félicité" is active


def read_quoted(document: Document, line: Line, cues: Sequence[Hit[int]]) -> list[Attribution]:
    """Who is named right after a quotation and any verb: `..." scoffed Ann Lee`, `... », sourit une députée`."""
    flags, text = line.flags, document.text
    for index in range(1, len(flags) - 1):
        if not flags[index - 1] & g.MARK or text[line.starts[index - 1]] not in _CLOSES:
            continue
        while index < len(flags) - 1 and flags[index] & (g.MARK | g.PRONOUN | g.AUXILIARY | g.CLITIC):
            index += 1
        if flags[index] & g.VERB:
            words, pronoun = _inverted(document, line, index + 1, cues)
            if words or pronoun:
                return [Attribution(words, line.starts[index], line.ends[index])]
    return []


def choose_attribution(line: Line, attributions: Sequence[Attribution], offset: int) -> Attribution | None:
    """The attribution that covers the quantity at `offset`: of its own part between semicolons, else of the sentence."""
    if not attributions:
        return None
    if len(attributions) == 1:
        return attributions[0]
    begin = max((mark for mark in line.breaks if mark <= offset), default=line.span.start)
    end = min((mark for mark in line.breaks if mark > offset), default=line.span.end)
    near = [a for a in attributions if begin <= a.start < end] or list(attributions)
    return next((a for a in near if not a.is_doubtful), near[0])


def _according(document: Document, line: Line, cue: Hit[int], cues: Sequence[Hit[int]]) -> list[Attribution]:
    index = line.index_before(cue.end) + 1
    if index < len(line) and (line.flags[index] & g.PRONOUN or _is_alone(line, index)):
        return [Attribution(None, cue.start, cue.end, False, True)]  # "selon lui", "according to her,"
    begin = index
    while begin < len(line) and begin - index < _FEW and line.flags[begin] & (g.VERB | g.NUMBER | g.QUANTITY):
        begin += 1  # "trade data", "two people"
    phrase = read_phrase(line, begin, of_links=2)
    if phrase and begin > index:
        phrase = (index, phrase[1])
    if phrase is None:
        return []
    if " " not in document.text[cue.start : cue.end] and not _may_speak(line, phrase, cues):
        return []  # "manufacturers are quoting delivery times"
    phrase = _publisher(document, line, phrase, cues) or phrase
    own = any(flag & g.POSSESSIVE for flag in line.flags[index : phrase[1]])
    speaker = _name_behind(document, line, phrase) or word_phrase(document, line, phrase).text
    return [Attribution(speaker, cue.start, cue.end, own, True)]


def _publisher(document: Document, line: Line, phrase: tuple[int, int], cues: Sequence[Hit[int]]) -> tuple[int, int] | None:
    """Who published the figures that are cited: `selon les chiffres publiés mardi par le Seco`; None where nobody is named so."""
    flags, index = line.flags, phrase[1]
    words = document.folded[line.starts[phrase[0]] + 1 : line.ends[phrase[1] - 1] + 1].split()
    if not any(word in document.pack.roles.figures for word in words[:_FEW] + words[-_FEW:]):
        return None
    if index >= len(flags) or not (flags[index] | flags[index - 1]) & (g.VERB | g.HOMOGRAPH):
        return None
    while index < len(flags) and index - phrase[1] < _PUBLISHED_REACH and not flags[index] & (g.MARK | g.AGENT | g.QUANTITY | g.AUXILIARY):
        index += 1
    if index >= len(flags) or not flags[index] & g.AGENT:
        return None
    author = read_phrase(line, index + 1, of_links=2)
    return author if author and _may_speak(line, author, cues) else None


def _is_alone(line: Line, index: int) -> bool:
    """Whether a possessive has no noun behind it and so is a pronoun."""
    flags = line.flags
    return bool(flags[index] & g.POSSESSIVE) and (index + 1 == len(flags) or bool(flags[index + 1] & g.MARK))


def _saying(document: Document, line: Line, cue: Hit[int], cues: Sequence[Hit[int]]) -> list[Attribution]:
    first = line.index_at(cue.start)
    after = max(line.index_before(cue.end) + 1, first + 1)
    if first >= len(line) or (line.starts[first] != cue.start and not _is_inverted(line, first, cue)):
        return []  # no word of its own: "tubes lance-torpilles"
    if line.flags[first] & g.PRONOUN and line.ends[first] >= cue.end:  # the verb and its pronoun are one word: "tranche-t-il"
        return [Attribution(None, cue.start, cue.end)]
    if cue.value & g.Cue.ANNOUNCING and not _is_parenthetical(document, line, first, after, cues):
        return []
    words, pronoun = _subject(document, line, first, after, cues, addresses=bool(cue.value & g.Cue.ADDRESSING))
    return [Attribution(words, cue.start, cue.end)] if words or pronoun else []


def _is_inverted(line: Line, first: int, cue: Hit[int]) -> bool:
    """Whether a cue stands inside a word that ends with a pronoun: `tranche-t-il`."""
    return first > 0 and line.ends[first - 1] >= cue.end and bool(line.flags[first - 1] & g.PRONOUN)


def _is_parenthetical(
    document: Document, line: Line, first: int, after: int, cues: Sequence[Hit[int]]
) -> bool:
    """Whether a verb stands beside what is said and not before its object: `..., he announced`, `confirmed: ...`."""
    flags = line.flags
    while after < len(flags) and flags[after] & g.ADVERB:
        after += 1
    if after < len(flags) and flags[after] & g.SUBORDINATOR and not flags[after] & g.PREPOSITION:
        return True  # "announced on Monday that it would"
    if after >= len(flags) or (flags[after] & (g.MARK | g.PREPOSITION) and not flags[after] & g.AUXILIARY):
        begin = first
        while begin > 0 and first - begin < _SUBJECT_REACH and not flags[begin - 1] & (g.MARK | g.QUANTITY | g.VERB):
            begin -= 1
            if flags[begin] & g.SUBORDINATOR:
                return False
        if begin > 0 and flags[begin - 1] & g.MARK:
            return True
        return after < len(flags) and document.text[line.starts[after]] in _CLOSING
    begin = first
    while begin > 0 and flags[begin - 1] & (g.AUXILIARY | g.CLITIC):
        begin -= 1
    if first == 0 or (begin > 0 and not flags[begin - 1] & g.MARK):
        return False  # "ministers have promised Ukraine"
    index = _skip_time(line, after)
    phrase = read_phrase(line, index, of_links=2)
    return phrase is not None and _may_speak(line, phrase, cues)


def _subject(
    document: Document, line: Line, first: int, after: int, cues: Sequence[Hit[int]], *, addresses: bool
) -> tuple[str | None, bool]:
    """Who says, as worded, and whether a pronoun does; nobody who speaks stands behind a verb that `addresses` its hearers."""
    flags = line.flags
    index = _before_verb(line, first)
    if index < 0:
        return None, False
    if index > 0 and flags[index - 1] & g.PRONOUN:
        return None, bool(flags[index - 1] & (g.ANAPHOR | g.FIRST_PERSON | g.CAPITAL))
    outer = _before_parenthesis(line, index)
    if outer:
        return word_phrase(document, line, outer).text, False
    phrase = None
    if index > 0 and not flags[index - 1] & (g.MARK | g.QUANTITY | g.CONJUNCTION):
        phrase = _before_place(line, read_phrase_before(line, index, of_links=2))
        if phrase and _may_speak(line, phrase, cues):
            return word_phrase(document, line, phrase).text, False
    is_quoted = _is_quoted(document, line, index)
    inverted, pronoun = (None, False) if addresses else _inverted(document, line, after, cues, is_quoted=is_quoted)
    if inverted:
        return inverted, False
    if phrase and (_is_of_saying(document, line, phrase, after) or _may_speak(line, phrase, cues)):
        return word_phrase(document, line, phrase).text, False
    if pronoun or is_quoted:
        return None, pronoun
    return _before_apposition(document, line, index, cues), False


def _is_of_saying(document: Document, line: Line, phrase: tuple[int, int], after: int) -> bool:
    """Whether a subject and its verb stand as those of a saying do, whatever the subject: `the plan says that`, `..., the fund said`.

    `The delay adds 500 million` is none.
    """
    flags, begin = line.flags, phrase[0]
    if flags[after - 1] & g.SUBORDINATOR or (after < len(flags) and flags[after] & (g.SUBORDINATOR | g.MARK)):
        return True
    while begin > 0 and flags[begin - 1] & g.DETERMINER:
        begin -= 1
    return begin > 0 and document.text[line.starts[begin - 1]] == ","


def _is_quoted(document: Document, line: Line, index: int) -> bool:
    """Whether a quotation ends right before word `index`, a comma behind it or not."""
    if index == 0 or not line.flags[index - 1] & g.MARK:
        return False
    return not _CLOSES.isdisjoint(document.text[line.starts[max(index - 2, 0)] : line.ends[index - 1]])


def _before_place(line: Line, phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """The phrase, or the one before it where it only says where: `the institute in Colombo`, `one person familiar with the bid`."""
    if phrase is None:
        return None
    flags, index = line.flags, phrase[0]
    while index > 0 and flags[index - 1] & g.DETERMINER and not flags[index - 1] & g.PREPOSITION:
        index -= 1
    if index < 2 or not flags[index - 1] & g.PREPOSITION or flags[index - 1] & g.OF:
        return phrase
    return read_phrase_before(line, index - 1, of_links=2) or phrase


def _before_verb(line: Line, first: int) -> int:
    """The index after the subject of the verb at `first`; -1 for an infinitive, which has none."""
    flags, index = line.flags, first
    if index > 1 and flags[index - 1] & g.DETERMINER and not flags[index - 2] & (g.PREPOSITION | g.PREDICATE | g.MARK):
        index -= 1  # a pronoun: "d'autres sources l'évaluent à"
    while index > 0 and flags[index - 1] & (g.ADVERB | g.AUXILIARY | g.CLITIC):
        index -= 1
        if flags[index] & g.AUXILIARY and flags[index] & g.PREPOSITION:
            return -1  # "a government that likes to speak of"
    if index > 0 and flags[index - 1] & g.RELATIVE:
        index -= 1
        while index > 0 and flags[index - 1] & g.MARK:
            index -= 1  # "Ann Lee, who said"
    return index


def _before_parenthesis(line: Line, index: int) -> tuple[int, int] | None:
    """The subject before `, lui,`, `, which counts wrecks,` or `, of the Greens,`: None where no such parenthesis ends at `index`."""
    flags = line.flags
    close = index - 1
    if close < 2 or not flags[close] & g.MARK:
        return None
    opening = close - 1
    while opening > 0 and not flags[opening] & g.MARK:
        opening -= 1
    inner = flags[opening + 1 : close]
    if len(inner) > _SUBJECT_REACH or any(flag & g.QUANTITY for flag in inner):
        return None
    if opening <= 0 or not flags[opening + 1] & (g.PRONOUN | g.RELATIVE | g.ADVERB | g.SUBORDINATOR | g.OF):
        return None
    return read_phrase_before(line, opening, of_links=1)


def _skip_time(line: Line, index: int) -> int:
    """The index after adverbs and dates: `mardi`, `le 18 mars`."""
    flags = line.flags
    size = len(flags)
    while index < size:
        if flags[index] & (g.ADVERB | g.NUMBER):
            index += 1
        elif flags[index] & g.DETERMINER and index + 1 < size and flags[index + 1] & g.NUMBER:
            index += 2
        elif flags[index] & g.PREPOSITION and not flags[index] & g.AGENT:
            after = _skip_circumstance(line, index)
            if after == index:
                break
            index = after
        else:
            break
    return index


def _skip_circumstance(line: Line, index: int) -> int:
    """The index after a prepositional phrase that a noun phrase follows: `au début de mars`, `devant la presse`."""
    flags, after = line.flags, index
    while after < len(flags) and flags[after] & (g.PREPOSITION | g.ADVERB):
        after += 1
    if flags[after - 1] & g.PREPOSITION:
        phrase = read_phrase(line, after, of_links=0)
        after = phrase[1] if phrase else after
    while after < len(flags) and flags[after] & g.NUMBER:
        after += 1  # "en juin 2022"
    return after if after < len(flags) and flags[after] & g.DETERMINER else index


def _inverted(
    document: Document, line: Line, after: int, cues: Sequence[Hit[int]], *, is_quoted: bool = False
) -> tuple[str | None, bool]:
    """The subject after the verb: `said Jan Lipavsky`, `a déclaré mardi le ministre, Jean Dupont`; anybody behind a quotation."""
    flags = line.flags
    if flags[after - 1] & g.SUBORDINATOR:
        return None, False  # the cue is "said that"
    after = _skip_time(line, after)
    if after < len(flags) and flags[after] & g.SUBORDINATOR:
        return None, False  # "promised that Belgian jets would follow"
    if after < len(flags) and flags[after] & g.PRONOUN and not flags[after] & g.PREPOSITION:
        return None, after + 1 == len(flags) or not flags[after + 1] & (g.VERB | g.AUXILIARY)  # "said it was"
    phrase = read_phrase(line, after, of_links=2)
    if phrase is None or not (is_quoted or _may_speak(line, phrase, cues)) or _has_predicate(line, phrase[1]):
        return None, False
    return _name_behind(document, line, phrase) or word_phrase(document, line, phrase).text, False


def _has_predicate(line: Line, last: int) -> bool:
    """Whether a verb follows a phrase that ends at `last`, which makes it the subject of what is said: `said Labour had failed`."""
    flags = line.flags
    while last < len(flags) and flags[last] & g.ADVERB and not flags[last] & g.MARK:
        last += 1
    return last < len(flags) and bool(flags[last] & (g.VERB | g.AUXILIARY)) and not flags[last] & (g.HOMOGRAPH | g.PREPOSITION | g.PARTICIPLE)


def _name_behind(document: Document, line: Line, title: tuple[int, int]) -> str | None:
    """The name behind a title: `le ministre, Jean Dupont`, `le commissaire au Budget, Ann Lee`."""
    if _is_name(line, title):
        return None  # "said Ann Lee, Anduril's co-founder"
    flags, last = line.flags, title[1]
    if last < len(flags) and flags[last] & g.PREPOSITION:
        office = read_phrase(line, last + 1)
        last = office[1] if office else last
    elif last < len(flags) and not flags[last] & (g.MARK | g.QUANTITY | g.CAPITAL):
        last += 1  # "le ministre sortant"
    if last + 1 >= len(flags) or not flags[last] & g.MARK or not flags[last + 1] & g.CAPITAL:
        return None
    name = read_phrase(line, last + 1)
    return word_phrase(document, line, name).text if name and 2 <= name[1] - name[0] <= _NAME_REACH else None


def _may_speak(line: Line, phrase: tuple[int, int], cues: Sequence[Hit[int]]) -> bool:
    """Whether a phrase holds a name, a title or a described party."""
    if any(line.flags[i] & (g.CAPITAL | g.PARTY) for i in range(*phrase)):
        return True
    return _holds(line, phrase, cues, _SPEAKERS)


def _holds(line: Line, phrase: tuple[int, int], cues: Sequence[Hit[int]], classes: int) -> bool:
    """Whether a cue of one of the classes begins in a phrase."""
    start, end = line.starts[phrase[0]], line.ends[phrase[1] - 1]
    return any(cue.value & classes and start <= cue.start < end for cue in cues)


def _before_apposition(document: Document, line: Line, index: int, cues: Sequence[Hit[int]]) -> str | None:
    """The subject before a parenthesis: `Steffen Hebestreit, the government's spokesman, replied`, `he [Lipavsky]`."""
    flags = line.flags
    close = index - 1
    if close < 0 or not flags[close] & g.MARK:
        return None
    opening = close - 1
    wanted = "(" if document.text[line.starts[close]] == ")" else ""
    while opening >= 0 and not (flags[opening] & g.MARK and document.text[line.starts[opening]].startswith(wanted)):
        opening -= 1
    if opening < 0:
        outer = None
        inner = (0, close) if close <= _NAME_REACH + 2 and not any(flag & _NO_SUBJECT for flag in flags[:close]) else None
    else:
        outer = read_phrase_before(line, opening)
        inner = (opening + 1, close) if 0 < close - opening - 1 <= _NAME_REACH + 2 else None
    is_title = outer is not None and (not _is_name(line, outer) or _holds(line, outer, cues, g.Cue.TITLE))
    for phrase in (inner, outer) if inner and is_title and _is_name(line, inner) else (outer, inner):
        if phrase and any(line.flags[i] & (g.CAPITAL | g.PARTY) for i in range(*phrase)):
            return word_phrase(document, line, phrase).text
    return word_phrase(document, line, outer).text if outer and _may_speak(line, outer, cues) else None


def _is_name(line: Line, phrase: tuple[int, int]) -> bool:
    """Whether a phrase is two words or more with capitals: `Ann Lee`, `Guy de Lys`, not `minister of Defence`."""
    inner = line.flags[phrase[0] : phrase[1]]
    return 2 <= len(inner) <= _NAME_REACH and all(flag & (g.CAPITAL | g.OF) for flag in inner) and bool(inner[0] & inner[-1] & g.CAPITAL)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks, with the marks, in text order."""
    found = []
    for opening, closing in _QUOTES:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start + 1)
            if end < 0:
                break
            found.append((start, end + 1))
            start = text.find(opening, end + 1)
    return sorted(found)
