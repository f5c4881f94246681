"""The cue lexicon of a pack: every surface of `[stages]` with what it says, in one matcher."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from etl.extract.document import Matcher, fold_text
from etl.extract.stages.acts import ACT_NAMES, FORMS, MOODS, UNDER_WAY
from etl.lexicon import Pack, StageWords, Table
from tracker.errors import ConfigurationError
from tracker.vocabulary import Aggregation, Topic

TOPICS = tuple(Topic)
_TOPIC_INDEX = {topic.value: index for index, topic in enumerate(TOPICS)}
HINT_WEIGHT = 0.4
_AGGREGATES = {*(value.value for value in Aggregation), "whole", "span", "done", "reached"}


class Cue(NamedTuple):
    """What one surface says. A surface may say several things: `backlog` an act, a stock and a topic."""

    act: str | None = None
    form: str | None = None
    mood: str | None = None
    aggregate: str | None = None
    topics: tuple[tuple[int, float], ...] = ()
    """Index in `TOPICS` and how much it counts."""
    marks: frozenset[str] = frozenset()
    """What else it does, such as `break` or `condition`."""


_NOTHING = Cue()
_INHERITED = frozenset(("break", "condition", "negation", "subordinate"))
_CARRIED = _INHERITED - {"break"}
"""What a word of sums takes over: `of which` begins no clause of its own."""
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
                inherited = cues[part].marks & (_CARRIED if cues[surface].aggregate else _INHERITED)
                lent = cues[part]._replace(marks=inherited)
                if cues[surface].form == "noun" and not surface.startswith(part):
                    lent = lent._replace(mood=None)  # `on order` in `follow-on order` says nothing
                cues[surface] = _merge(cues[surface], lent)
    for surface in words.ignore:
        cues[fold_text(surface).strip()] = _NOTHING
    return cues


def _all_entries(words: StageWords, code: str) -> Iterator[tuple[str, Cue]]:
    yield from _act_entries(words, code)
    yield from _table(words.moods, MOODS, f"{code}.toml.stages.moods", lambda mood: Cue(mood=mood))
    yield from _table(words.aggregates, _AGGREGATES, f"{code}.toml.stages.aggregates", lambda sum_: Cue(aggregate=sum_))
    for table, weight in ((words.topics, 1.0), (words.hints, HINT_WEIGHT)):
        for topic, surfaces in table.items():
            _check(topic, _TOPIC_INDEX, f"{code}.toml.stages.topics")
            yield from ((surface, Cue(topics=((_TOPIC_INDEX[topic], weight),))) for surface in surfaces)
    for mark, surfaces in (
        ("break", words.breaks),
        ("subordinate", words.subordinates),
        ("condition", words.conditions),
        ("negation", words.negations),
        ("none", words.none),
        ("comparison", words.comparisons),
        ("restatement", words.restatements),
        ("value", words.values),
        ("norm", words.norms),
        ("partial", words.partials),
        ("part", words.parts),
        ("zero", words.zeros),
        ("cover", words.covers),
        ("cancel", words.cancels),
        ("licence", words.licences),
        ("pending", words.pending),
        ("option", words.options),
        ("optional", words.optionals),
        ("legislature", words.legislatures),
        ("denial", words.denials),
        ("ballot", words.ballots),
        ("draft", words.drafts),
    ):
        yield from ((surface, Cue(marks=frozenset((mark,)))) for surface in surfaces)


def _act_entries(words: StageWords, code: str) -> Iterator[tuple[str, Cue]]:
    """Past forms first, then nouns, then the rest: `orders` is a noun before it is a verb."""
    later = []
    for act, verbs in words.verbs.items():
        _check(act, ACT_NAMES, f"{code}.toml.stages.verbs")
        for verb in verbs:
            for surface, form in conjugate(verb, words, code):
                if form in ("past", "future", "conditional"):
                    yield surface, Cue(act=act, form=form)
                else:
                    later.append((surface, Cue(act=act, form=form)))
                if form == "going" and act in UNDER_WAY:
                    later += [(f"{marker} {surface}", Cue(act=act, form="future")) for marker in words.progressives]
                if form == "infinitive":
                    later += [(f"{marker} {surface}", Cue(act=act, form="past")) for marker in words.recents]
                if form == "infinitive":
                    later += [(f"{marker} {surface}", Cue(act=act, form="future")) for marker in words.intentions]
                if form == "base":
                    later += [(f"{marker} {surface}", Cue(act=act, form="infinitive")) for marker in words.infinitives]
    for act, nouns in words.nouns.items():
        _check(act, ACT_NAMES, f"{code}.toml.stages.nouns")
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


def _table(
    table: Table, known: Collection[str], where: str, make: Callable[[str], Cue]
) -> Iterator[tuple[str, Cue]]:
    for value, surfaces in table.items():
        _check(value, known, where)
        cue = make(value)
        yield from ((surface, cue) for surface in surfaces)


def _check(key: str, known: Collection[str], where: str) -> None:
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
        first.topics + tuple(new for new in second.topics if new[0] not in {old[0] for old in first.topics}),
        first.marks | second.marks,
    )


def _parts(surface: str) -> Iterator[str]:
    """The shorter runs of words inside a surface, longest first."""
    tokens = surface.split()
    for size in range(len(tokens) - 1, 0, -1):
        for start in range(len(tokens) - size + 1):
            yield " ".join(tokens[start : start + size])
