"""What the text around a sentence says of its quantities: headings, lists, the sentence before, the same figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.document import BULLETS, Document, Hit
from etl.extract.stages.acts import is_soft
from etl.extract.stages.clause import judge, with_mood
from etl.extract.stages.cues import Cue
from etl.extract.stages.judgement import NOTHING, Judgement
from etl.extract.stages.passage import FAR, Passage, Words, gap
from etl.lexicon import Pack
from etl.records import Quantity, Span
from tracker.vocabulary import Kind, Modality, Stage

_BEFORE_REACH = 25
_BRACKET_REACH = 20
_RESTATED_REACH = 60
_VALUE_REACH = 14
_COVER_REACH = 30
_MOST_PARTS = 12
_OWN_PRICES = frozenset(("noun", "past"))
_RISE_REACH = 45
_PAUSES = frozenset(",;:()")
_HEADLINES = 2
_LONG = 3000
_BLOCK = 500
_INHERITED = frozenset(("heading", "carried"))
_OWN = frozenset(("cue", "part"))
_PROMISED = (Stage.NEED, Stage.PROPOSAL, Stage.PLEDGE)
_SMALL = 12
"""Counts up to here are too common to be the same figure."""
_ECHOED = (Modality.ASSERTED, Modality.PLANNED, Modality.FORECAST)
_PARTS = (Kind.SHARE, Kind.CHANGE)
_WORDS: dict[str, Words] = {}


class Seat(NamedTuple):
    """A quantity in its sentence."""

    quantity: Quantity
    sentence: int
    """Index of its sentence."""
    passage: Passage
    left: int
    right: int


class Discourse:
    """One pass over an article that judges its quantities in order."""

    def __init__(self, document: Document, hits: Sequence[Hit[Cue]]) -> None:
        self._document = document
        self._hits = hits
        self._starts = [hit[0] for hit in hits]
        self._passages: dict[tuple[int, int], Passage] = {}
        self._words = _words_of(document.pack)

    def seat(self, quantity: Quantity) -> Seat:
        """The quantity with its sentence and its place in it."""
        index = self._document.sentence_index(quantity.start)
        passage = self._passage(index, quantity.start)
        left, right = passage.place(quantity.start, quantity.end)
        return Seat(quantity, index, passage, left, right)

    def judge_all(self, seats: Sequence[Seat]) -> list[Judgement]:
        """One judgement a quantity, by its own sentence or by what was said before."""
        judgements: list[Judgement] = []
        starts: list[tuple[int, Judgement]] = []
        last: Seat | None = None
        parts_end, whole = 0, NOTHING
        for number, seat in enumerate(seats, 1):
            following = seats[number] if number < len(seats) and seats[number].sentence == seat.sentence else None
            rival = self._rival(seat, following, seats, number)
            judgement = self._judge(seat, last, judgements[-1] if judgements else NOTHING, rival)
            if len(judgements) < parts_end:
                judgement = judgement if judgement.stage else whole
            elif following and judgement.stage and seat.quantity.kind not in _PARTS:
                parts = count_parts(seats, number - 1)
                if parts:
                    parts_end, whole = number + parts, judgement._replace(rule="carried")
            if starts and starts[-1][0] == len(judgements) - 1 and judgement.modality is Modality.ASSERTED:
                judgement = judgements[-1]._replace(rule="carried")
            if following and judgement.modality is not Modality.ASSERTED and _is_start_of_rise(seat, following):
                starts.append((len(judgements), _compared(judgement)))
            judgements.append(judgement)
            last = seat
        for index, judgement in starts:
            judgements[index] = judgement
        return _echo(seats, judgements)

    def _rival(self, seat: Seat, following: Seat | None, seats: Sequence[Seat], number: int) -> int:
        """The place of the next quantity of the sentence that is not the same said again in brackets."""
        if following is None:
            return FAR
        between = self._document.text[seat.quantity.end : following.quantity.start]
        if "(" not in between or ")" in between or len(between) > _BRACKET_REACH:
            return following.left
        after = seats[number + 1] if number + 1 < len(seats) else None
        return after.left if after is not None and after.sentence == seat.sentence else FAR

    def _passage(self, index: int, offset: int) -> Passage:
        """The sentence, or of a very long one the stretch around `offset`, so that time stays linear in any text."""
        span = self._document.sentences[index]
        block = -1
        if span.end - span.start > _LONG:
            block = offset // _BLOCK
            span = Span(max(span.start, (block - 1) * _BLOCK), min(span.end, (block + 2) * _BLOCK))
        passage = self._passages.get((index, block))
        if passage is None:
            low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
            passage = Passage(self._document.text, span, self._hits[low:high], self._words)
            self._passages[index, block] = passage
        return passage

    def _judge(self, seat: Seat, last: Seat | None, before: Judgement, rival: int) -> Judgement:
        beside = last is not None and last.sentence == seat.sentence
        if beside and last is not None:
            after = self._after_last(seat, last, before)
            if after is not None:
                return after
        own = judge(
            seat.passage, seat.quantity, seat.left, seat.right, rival, last.quantity.end if beside and last is not None else -9
        )
        if beside and before.stage and is_soft(own.act) and seat.quantity.kind in _PARTS:
            return before._replace(rule="carried")
        covered = None if beside else self._covered(seat, last, before, own)
        if covered is not None:
            return covered
        if own.act is not None:
            return own
        inherited = before._replace(rule="carried") if beside else self._inherit(seat, last, before)
        if not beside and own.mood is not None and inherited.rule == "carried":
            return inherited._replace(modality=Modality.PLANNED) if _is_rest(seat, inherited) else own
        if inherited.act is None:
            return own
        return with_mood(seat.passage, inherited, own, seat.quantity, seat.left, seat.right)

    def _after_last(self, seat: Seat, last: Seat, before: Judgement) -> Judgement | None:
        """The judgement that the quantity before in the sentence settles: said again, measured against, the worth of it."""
        if before.rule == "ballot":
            return before
        if self._is_restated(seat, last):
            return before._replace(rule="restated")
        if _has_before(seat, "comparison", _BEFORE_REACH) and not _has_act_between(seat, last):
            return _compared(before, self._is_forecast(seat))
        if before.stage and before.modality is not Modality.DENIED and _is_price(seat, last):
            return before._replace(rule="worth")
        return None

    def _covered(self, seat: Seat, last: Seat | None, before: Judgement, own: Judgement) -> Judgement | None:
        """The judgement of the sentence before where this one only says what is in its deal: `Il porte sur 180 chars`."""
        if last is None and own.act == "price" and seat.sentence:
            sale = self._above(seat, seat.sentence - 1)
            return sale if sale.stage is Stage.AUTHORISATION else None
        is_open = own.stage is None or (own.cue is not None and own.cue.left >= seat.right)
        if not is_open or not _has_before(seat, "cover", _COVER_REACH):
            return None
        if last is not None and seat.sentence - last.sentence <= 1:
            return before._replace(rule="carried") if before.stage else None
        found = self._heading(seat, last.sentence if last is not None else -1)
        return found if found is not None and found.stage else None

    def _is_forecast(self, seat: Seat) -> bool:
        """Whether the quantity is what was forecast, right after such a word: `against a forecast of 3 billion`."""
        return any(
            placed.cue.mood == "forecast" and 0 <= seat.left - placed.right <= _BEFORE_REACH for placed in seat.passage.moods
        )

    def _is_restated(self, seat: Seat, last: Seat) -> bool:
        """Whether the quantity says the one before again: in brackets, or after a word such as `soit`."""
        start, end = last.quantity.end, seat.quantity.start
        if end - start > _RESTATED_REACH:
            return False
        between = self._document.text[start:end]
        if "(" in between:
            return ")" not in between and end - start <= _BRACKET_REACH
        return "," in between and not _is_total(seat) and _has_before(seat, "restatement", _BEFORE_REACH)

    def _inherit(self, seat: Seat, last: Seat | None, before: Judgement) -> Judgement:
        """What the discourse says of a quantity whose sentence has no act: the heading, or what went before."""
        stop = last.sentence if last is not None else -1
        heading = self._heading(seat, stop)
        if heading is not None:
            return heading
        if last is None:
            return NOTHING
        if before.stage is None:
            is_listed = before.act is not None and before.rule in _INHERITED and self._is_item(seat.sentence)
            return before if is_listed and self._is_item(last.sentence) else NOTHING
        if seat.quantity.kind is Kind.SHARE and not self._is_item(seat.sentence) and before.stage in _PROMISED:
            return NOTHING
        if seat.sentence - last.sentence <= 1 and _has_before(seat, "value", _VALUE_REACH):
            return before._replace(rule="carried")
        is_item = self._is_item(seat.sentence)
        if is_item or self._is_same_paragraph(last.sentence, seat.sentence):
            return before._replace(rule="carried")
        return NOTHING

    def _heading(self, seat: Seat, stop: int) -> Judgement | None:
        """The judgement of the line just above, or of a line above that ends with a colon, down to `stop`."""
        document = self._document
        for above in range(seat.sentence - 1, stop, -1):
            sentence = document.sentences[above]
            is_heading = document.text[sentence.end - 1] == ":"
            if is_heading or (above == seat.sentence - 1 and self._is_same_paragraph(above, seat.sentence)):
                found = self._above(seat, above)
                if found.act is not None and (is_heading or found.stage is not Stage.NEED):
                    return found._replace(rule="heading" if is_heading else "carried")
            if is_heading:
                break
        return None

    def _above(self, seat: Seat, above: int) -> Judgement:
        """What a sentence above says of a quantity, as if this stood at its end."""
        end = self._document.sentences[above].end
        passage = self._passage(above, end - 1)
        return judge(passage, seat.quantity, *passage.place(end, end))

    def _is_same_paragraph(self, first: int, second: int) -> bool:
        sentences = self._document.sentences
        return self._document.text.find("\n", sentences[first].start, sentences[second].start) < 0

    def _is_item(self, index: int) -> bool:
        """Whether a sentence is a list item: a bullet before it, or no full stop after it."""
        text, sentence = self._document.text, self._document.sentences[index]
        return text[sentence.start] in BULLETS or text[sentence.end - 1] not in ".!?…»”\""


def count_parts(seats: Sequence[Seat], number: int) -> int:
    """How many quantities right behind one in its sentence, two or more, add up to it; 0 where none do."""
    whole = seats[number].quantity
    if whole.low != whole.high:
        return 0
    rest, parts = whole.low, 0
    for part, index, *_ in seats[number + 1 : number + 1 + _MOST_PARTS]:
        if index != seats[number].sentence or part.unit != whole.unit or part.low != part.high or part.low > rest:
            return 0
        rest, parts = rest - part.low, parts + 1
        if rest == 0:
            return parts if parts > 1 else 0
    return 0


def _is_rest(seat: Seat, inherited: Judgement) -> bool:
    """Whether a number is part of what was just told to be under contract: `the first 30 are due next year`."""
    if inherited.stage not in (Stage.CONTRACT, Stage.AWARD):
        return False
    return not seat.passage.words.remainders.isdisjoint(seat.passage.words_before(seat.quantity.start)[-2:])


def _is_start_of_rise(seat: Seat, following: Seat) -> bool:
    """Whether a plan or goal rises or falls from the quantity to the next: `from 30 to 80 a month`, so that it is a fact."""
    one, two, passage = seat.quantity, following.quantity, seat.passage
    if one.kind is not two.kind or two.start - one.end > _RISE_REACH or one.kind is Kind.CHANGE:
        return False
    if not _PAUSES.isdisjoint(passage.text[one.end : two.start]):
        return False
    words = passage.words
    if words.starts.isdisjoint(passage.words_before(one.start)[-4:]):
        return False
    return not words.ends.isdisjoint(passage.words_before(two.start)[-4:])


def _is_price(seat: Seat, last: Seat) -> bool:
    """Whether money is what the things before it are worth or bought for."""
    if seat.quantity.kind is not Kind.MONEY or last.quantity.kind is Kind.MONEY:
        return False
    passage = seat.passage
    if any(placed.cue.act == "order" and placed.cue.form in _OWN_PRICES and 0 <= seat.left - placed.right <= _VALUE_REACH for placed in passage.acts):
        return False
    return _has_before(seat, "value", _VALUE_REACH) or passage.word_before(seat.quantity.start) in passage.words.exchange


def _words_of(pack: Pack) -> Words:
    """The words of a pack that are sought beside a few places only; made once."""
    if pack.code not in _WORDS:
        stages = pack.stages
        _WORDS[pack.code] = Words(
            tuple(stages.suffixes.items()),
            frozenset(stages.auxiliaries),
            frozenset(stages.passives),
            frozenset(stages.participial),
            frozenset(stages.possession),
            frozenset(stages.exchange),
            frozenset(stages.starts),
            frozenset(stages.ends),
            frozenset(stages.remainders),
            frozenset(stages.indefinites),
        )
    return _WORDS[pack.code]


def _has_act_between(seat: Seat, last: Seat) -> bool:
    return any(last.right <= placed.left and placed.right <= seat.left for placed in seat.passage.acts)


def _is_total(seat: Seat) -> bool:
    """Whether words of a total stand beside the quantity: `or 3 billion in total` says a sum, not the same again."""
    return any(
        placed.cue.aggregate == "total" and gap(seat.left, seat.right, placed, 0) <= _BRACKET_REACH
        for placed in seat.passage.aggregates
    )


def _compared(before: Judgement, is_forecast: bool = False) -> Judgement:
    """The reading of a figure that the one before is measured against; what a plan is measured against is a fact."""
    if is_forecast:
        return before._replace(stage=None, modality=Modality.FORECAST, rule="compared")
    if before.stage is None or before.modality not in (Modality.ASSERTED, Modality.DENIED):
        return before._replace(stage=None, modality=Modality.ASSERTED, rule="compared")
    return before._replace(rule="compared")


def _has_before(seat: Seat, mark: str, reach: int) -> bool:
    marked = seat.passage.marks.get(mark)
    return marked is not None and any(0 <= seat.left - placed[1] <= reach for placed in marked)


def _echo(seats: Sequence[Seat], judgements: list[Judgement]) -> list[Judgement]:
    """The judgements, where a headline's or an unbound figure takes the reading of the same figure elsewhere."""
    known: dict[tuple[object, ...], Judgement] = {}
    for seat, judgement in zip(seats, judgements, strict=True):
        if judgement.rule in _OWN and judgement.modality in _ECHOED and seat.quantity.low > _SMALL:
            known.setdefault((seat.quantity.low, seat.quantity.high, seat.quantity.unit), judgement)
    if not known:
        return judgements
    return [_echoed(seat, judgement, known) for seat, judgement in zip(seats, judgements, strict=True)]


def _echoed(seat: Seat, judgement: Judgement, known: dict[tuple[object, ...], Judgement]) -> Judgement:
    if judgement.rule in _OWN or judgement.rule == "heading" or (judgement.act is not None and seat.sentence >= _HEADLINES):
        return judgement
    other = known.get((seat.quantity.low, seat.quantity.high, seat.quantity.unit))
    return judgement if other is None else other._replace(rule="echo")
