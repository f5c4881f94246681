"""Whom each sentence credits: by its own words, its quotation, its interview or its list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from etl.extract.roles import grammar as g
from etl.extract.roles.layout import (
    first_person_name,
    is_interview,
    is_list_item,
    opening_sentences,
    paragraph_of,
    sentences_before_list,
    speaks_in_first_person,
)
from etl.extract.roles.phrases import read_phrase, word_phrase
from etl.extract.roles.reader import Place, Reader, Sentence
from etl.extract.roles.speakers import Attribution, choose_attribution, quoted_spans, read_attributions, read_quoted
from etl.extract.roles.turns import Turns

_CREDITS: Final = g.Cue.SAYING | g.Cue.ANNOUNCING | g.Cue.ACCORDING
_DASHES: Final = ("–", "—", "―")
_PRONOUN_REACH: Final = 3
"""How many sentences back a pronoun that speaks may refer."""


class CreditFinder:
    """Finds speakers in text order: `he added` stands for the one who spoke before."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._quotations = quoted_spans(reader.document.text)
        self._closes = frozenset("”»\"")
        self._interviewee = self._read_interviewee()
        self._turns = Turns(reader.document, reader.names, reader.grammar.cues)
        self._read: dict[int, list[Attribution]] = {}
        self._speaker: str | None = None

    def find(self, place: Place) -> Attribution | None:
        """Who is credited with a quantity, pronouns resolved; None where the article speaks itself."""
        sentence = place.sentence
        found = self._read.get(sentence.number)
        if found is None:
            found = self._read[sentence.number] = self._attribute(sentence)
        chosen = choose_attribution(sentence.line, found, place.quantity.start)
        if chosen is None:
            return None
        speaker = chosen.speaker or self._named_earlier(found, chosen) or self._speaker_before(sentence.number)
        speaker = speaker or self._speaker
        self._speaker = speaker or self._speaker
        return chosen._replace(speaker=speaker) if speaker else None

    @staticmethod
    def _named_earlier(found: list[Attribution], pronoun: Attribution) -> str | None:
        """Whom the sentence credited before a pronoun: `the minister pointed out ...; ..., he said`."""
        named = [a.speaker for a in found if a.speaker and not a.is_source and a.start < pronoun.start]
        return named[-1] if named else None

    def _attribute(self, sentence: Sentence) -> list[Attribution]:
        return (
            self._own(sentence)
            or self._by_turn(sentence)
            or self._by_quote(sentence)
            or self._by_colon(sentence)
            or self._by_interview(sentence)
            or self._by_quotation(sentence)
            or self._by_dash(sentence)
            or self._by_list(sentence)
        )

    def _own(self, sentence: Sentence) -> list[Attribution]:
        if not sentence.classes & _CREDITS:
            return []
        return read_attributions(self.reader.document, sentence.line, sentence.cues, self.reader.grammar.passives)

    def _by_turn(self, sentence: Sentence) -> list[Attribution]:
        """Who has the floor in a transcript."""
        turn = self._turns.at(sentence.line.span.start)
        return [Attribution(turn.speaker, turn.start, turn.end, is_label=True)] if turn else []

    def _by_quote(self, sentence: Sentence) -> list[Attribution]:
        """Who is named after a quotation that ends in the sentence, whatever the verb."""
        start, end = sentence.line.span
        if not self._closes.isdisjoint(self.reader.document.text[start:end]):
            return read_quoted(self.reader.document, sentence.line, sentence.cues)
        return []

    def _by_colon(self, sentence: Sentence) -> list[Attribution]:
        """The person named before a quotation that a colon opens: `It is the verdict of senator Ann Lee: "One in three flies."`."""
        text, span = self.reader.document.text, sentence.line.span
        position = bisect_left(self._quotations, (span.start, 0))
        if position >= len(self._quotations) or not span.start < self._quotations[position][0] < span.end:
            return []
        colon = text.rfind(":", span.start, self._quotations[position][0])
        if colon < 0 or text[colon + 1 : self._quotations[position][0]].strip(" \u00a0\u202f«“\""):
            return []
        persons = [candidate for candidate in sentence.candidates if candidate.kind == "person" and candidate.end <= colon]
        if not persons:
            return []
        phrase = read_phrase(sentence.line, persons[-1].first)  # with all of a name such as "Dominique de Legge"
        text = word_phrase(self.reader.document, sentence.line, phrase).text if phrase else persons[-1].text
        return [Attribution(text, persons[-1].start, persons[-1].end)]

    def _said_in(self, number: int) -> list[Attribution]:
        """The attributions of another sentence."""
        return self._own(self.reader.sentence(number)) if self.reader.has_cue(number, _CREDITS) else []

    def _by_interview(self, sentence: Sentence) -> list[Attribution]:
        """The person interviewed, where the paragraph speaks in the first person."""
        start = sentence.line.span.start
        words = self.reader.grammar.first_person
        if self._interviewee and speaks_in_first_person(self.reader.document, start, words):
            return [Attribution(self._interviewee, start, start)]
        return []

    def _by_quotation(self, sentence: Sentence) -> list[Attribution]:
        """The attributions of the sentences where the quotation around a sentence ends or begins."""
        start, end = sentence.line.span
        document = self.reader.document
        position = bisect_right(self._quotations, (start, len(document.text))) - 1
        if position < 0:
            return []
        opening, closing = self._quotations[position]
        if end <= closing + 1:
            for index in (document.sentence_index(closing), document.sentence_index(max(opening - 2, 0))):
                found = self._said_in(index) if index != sentence.number else []
                if found:
                    return found
        return []

    def _by_dash(self, sentence: Sentence) -> list[Attribution]:
        """The attributions of the sentences behind, in a paragraph that is a speech with a dash before it: `– We get 154. ..., says Ann Lee`."""
        document = self.reader.document
        start, end = paragraph_of(document, sentence.line.span.start)
        if document.text[start : start + 1] not in _DASHES or not start < end:
            return []
        number = sentence.number + 1
        while number < len(document.sentences) and document.sentences[number].start < end:
            found = self._said_in(number)
            if found:
                return found
            number += 1
        return []

    def _by_list(self, sentence: Sentence) -> list[Attribution]:
        """The attributions of the paragraph that introduces the list of a sentence."""
        document = self.reader.document
        if is_list_item(document, sentence.line.span.start):
            for index in sentences_before_list(document, sentence.number):
                found = self._said_in(index)
                if found:
                    return found
        return []

    def _speaker_before(self, index: int) -> str | None:
        """Whom the pronoun of an attribution stands for: the last speaker of the sentences before."""
        for before in range(index - 1, max(index - _PRONOUN_REACH, 0) - 1, -1):
            found = [a for a in self._said_in(before) if a.speaker]
            if found:
                return min(reversed(found), key=lambda a: a.is_source).speaker
        return self._person_before(index)

    def _person_before(self, index: int) -> str | None:
        """The person whom the sentence before names, with the title where it stands before the name."""
        if index == 0:
            return None
        sentence = self.reader.sentence(index - 1)
        people = [c.text for c in sentence.candidates if c.kind == "person"]
        return people[0] if people else first_person_name(self.reader.document, sentence.line)

    def _read_interviewee(self) -> str | None:
        """The person interviewed: the first one named in the opening of an interview."""
        document = self.reader.document
        if is_interview(document, self.reader.grammar.interview):
            for index in range(opening_sentences(document)):
                name = first_person_name(document, self.reader.sentence(index).line)
                if name:
                    return name
        return None
