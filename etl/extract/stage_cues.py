"""The cue lexicon of a pack: every surface of `[stages]` with what it says, in one matcher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.extract.document import Matcher, fold_text
from etl.lexicon import Pack, StageWords
from tracker.errors import ConfigurationError
from tracker.vocabulary import Aggregation, Topic

TOPICS = tuple(Topic)
_TOPIC_INDEX = {topic.value: index for index, topic in enumerate(TOPICS)}
_AGGREGATES = {value.value for value in Aggregation}

ACTS = frozenset(
    "need propose pledge announce vote authorise tender award order allocate pay spend deliver"
    " make hold earn employ lose fire measure budget trade".split()
)
MOODS = frozenset("planned likely would conditional forecast target able".split())
FORMS = frozenset("base present past future conditional going noun".split())


class Cue(NamedTuple):
    """What one surface says. A surface may say several things: `backlog` an act, a stock and a topic."""

    act: str | None = None
    form: str | None = None
    mood: str | None = None
    aggregate: str | None = None
    topics: tuple[int, ...] = ()
    is_break: bool = False
    is_condition: bool = False
    is_negation: bool = False
    is_none: bool = False


_NOTHING = Cue()
_MATCHERS: dict[str, Matcher[Cue]] = {}


def cue_matcher(pack: Pack) -> Matcher[Cue]:
    """The matcher over all stage cues of a pack, made once."""
    if pack.code not in _MATCHERS:
        _MATCHERS[pack.code] = Matcher(compile_cues(pack.stages, pack.code))
    return _MATCHERS[pack.code]


def compile_cues(words: StageWords, code: str) -> dict[str, Cue]:
    """Folded surface -> cue. A longer wording also says what the words inside it say, where it says nothing itself."""
    cues: dict[str, Cue] = {}
    for surface, said in _all_entries(words, code):
        key = fold_text(surface).strip()
        cues[key] = _merge(cues.get(key, _NOTHING), said)
    for surface in list(cues):
        for part in _parts(surface):
            if part in cues:
                cues[surface] = _merge(cues[surface], cues[part]._replace(is_none=False))
    for surface in words.ignore:
        cues[fold_text(surface).strip()] = _NOTHING
    return cues


def _all_entries(words: StageWords, code: str) -> Iterator[tuple[str, Cue]]:
    yield from _act_entries(words, code)
    yield from _table(words.moods, MOODS, f"{code}.toml.stages.moods", "mood")
    yield from _table(words.aggregates, _AGGREGATES, f"{code}.toml.stages.aggregates", "aggregate")
    for topic, surfaces in words.topics.items():
        _check(topic, _TOPIC_INDEX, f"{code}.toml.stages.topics")
        yield from ((surface, Cue(topics=(_TOPIC_INDEX[topic],))) for surface in surfaces)
    yield from ((surface, Cue(is_break=True)) for surface in words.breaks)
    yield from ((surface, Cue(is_condition=True)) for surface in words.conditions)
    yield from ((surface, Cue(is_negation=True)) for surface in words.negations)
    yield from ((surface, Cue(is_none=True)) for surface in words.none)


def _act_entries(words: StageWords, code: str) -> Iterator[tuple[str, Cue]]:
    """Past forms first, then nouns, then the rest: `orders` is a noun before it is a verb."""
    later = []
    for act, verbs in words.verbs.items():
        _check(act, ACTS, f"{code}.toml.stages.verbs")
        for verb in verbs:
            for surface, form in conjugate(verb, words, code):
                if form in ("past", "future", "conditional"):
                    yield surface, Cue(act=act, form=form)
                else:
                    later.append((surface, Cue(act=act, form=form)))
    for act, nouns in words.nouns.items():
        _check(act, ACTS, f"{code}.toml.stages.nouns")
        yield from ((surface, Cue(act=act, form="noun")) for surface in nouns)
    yield from later


def conjugate(verb: str, words: StageWords, code: str) -> Iterator[tuple[str, str]]:
    """The surfaces of `stem|conjugation rest` with their forms: `hand|ed over` gives `handed over`, past, and so on."""
    stem, _, pattern = verb.partition("|")
    name, _, rest = pattern.partition(" ")
    tail = f" {rest}" if rest else ""
    if name in FORMS:
        yield stem + tail, name
        return
    if name not in words.endings:
        known = ", ".join((*words.endings, *sorted(FORMS)))
        raise ConfigurationError(f"{code}.toml.stages.verbs: {verb!r} names no conjugation; known are {known}")
    for form, endings in words.endings[name].items():
        _check(form, FORMS, f"{code}.toml.stages.endings.{name}")
        for ending in endings:
            yield stem + ending + tail, form


def _table(table: dict[str, tuple[str, ...]], known: Iterable[str], where: str, facet: str) -> Iterator[tuple[str, Cue]]:
    for value, surfaces in table.items():
        _check(value, known, where)
        yield from ((surface, _NOTHING._replace(**{facet: value})) for surface in surfaces)


def _check(key: str, known: Iterable[str], where: str) -> None:
    if key not in known:
        raise ConfigurationError(f"{where}: unknown key {key!r}; known keys are {', '.join(sorted(known))}")


def _merge(first: Cue, second: Cue) -> Cue:
    """Both together; where they contradict each other, what the first says."""
    keep_act = first.act is not None
    return Cue(
        first.act if keep_act else second.act,
        first.form if keep_act else second.form,
        first.mood or second.mood,
        first.aggregate or second.aggregate,
        first.topics + tuple(t for t in second.topics if t not in first.topics),
        first.is_break or second.is_break,
        first.is_condition or second.is_condition,
        first.is_negation or second.is_negation,
        first.is_none or second.is_none,
    )


def _parts(surface: str) -> Iterator[str]:
    """The shorter runs of words inside a surface, longest first."""
    tokens = surface.split()
    for size in range(len(tokens) - 1, 0, -1):
        for start in range(len(tokens) - size + 1):
            yield " ".join(tokens[start : start + size])
