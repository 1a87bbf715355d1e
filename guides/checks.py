"""What a self-check means: which question is next, and what the answers so far come to.

All answers stand in one short text, which an address carries and nothing else keeps: a stamp of
the check's structure and one digit a question, in their order; 0 is a question without an answer.
Rewording leaves it as it is. Where answers lead elsewhere than before, the stamp is another one,
so that an old address never counts as an answer that its reader did not give.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# A part as rendering leaves it: of a question its "answers", of an outcome its "verdict".
Part = dict[str, Any]
Answer = dict[str, Any]

END = "end"
#: The outcome of whoever collected none.
NONE = "none"
STAMP_LENGTH = 4
#: No text of answers is longer; what is cut off is no answer.
MAX_TEXT = 60


@dataclass(frozen=True, slots=True)
class Question:
    """A question under its number, which counts all questions of the check from 1."""

    number: int
    part: Part

    @property
    def answers(self) -> list[Answer]:
        return self.part["answers"]  # type: ignore[no-any-return]

    def answer(self, chosen: str) -> Answer | None:
        return next((one for one in self.answers if one["id"] == chosen), None)


@dataclass(frozen=True, slots=True)
class Given:
    """A question that the answers lead to, and its answer."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What some answers come to, with those that led to it; none for `NONE`."""

    part: Part
    because: tuple[Given, ...]


@dataclass(frozen=True)
class Answers:
    """Answers to a check as far as they were given. `chosen` holds one id or "" a question.

    `is_old`: something of the text that they were read from could not be understood.
    """

    parts: Sequence[Part]
    chosen: tuple[str, ...]
    is_old: bool = False

    @cached_property
    def text(self) -> str:
        """What an address carries; "" where nothing was answered."""
        digits = "".join(one or "0" for one in self.chosen).rstrip("0")
        return f"{stamp(self.parts)}-{digits}" if digits else ""

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """From the first question on, as far as there are answers. Others are remembered only."""
        asked = {question.part["id"]: question for question in questions(self.parts)}
        way, coming = [], next(iter(asked), END)
        while coming != END:
            question = asked[coming]
            answer = question.answer(self.chosen[question.number - 1])
            if answer is None:
                break
            way.append(Given(question, answer))
            coming = answer["next"]
        return tuple(way)

    @cached_property
    def next(self) -> Question | None:
        """The first question without an answer; None at the end."""
        asked = questions(self.parts)
        if not self.given:
            return next(iter(asked), None)
        coming = self.given[-1].answer["next"]
        return next((one for one in asked if one.part["id"] == coming), None)

    @property
    def way(self) -> tuple[Question, ...]:
        """The questions that were asked, and the one that is."""
        coming = (self.next,) if self.next else ()
        return (*(one.question for one in self.given), *coming)

    def on_the_way(self, number: str) -> Question | None:
        """The question of that number, where the answers lead to it."""
        return next((one for one in self.way if str(one.number) == number), None)

    def before(self, question: Question) -> Question | None:
        place = self.way.index(question)
        return self.way[place - 1] if place else None

    def after(self, question: Question) -> Question | None:
        place = self.way.index(question) + 1
        return self.way[place] if place < len(self.way) else None

    def skipped(self, question: Question | None = None) -> list[int]:
        """The numbers that were left out right before that question, or all that were."""
        asked = [one.number for one in self.way]
        if question is None:
            return [one.number for one in questions(self.parts) if one.number not in asked]
        before = self.before(question)
        return list(range((before.number if before else 0) + 1, question.number))

    def with_answer(self, question: Question, answer: str) -> Answers | None:
        """The same with that answer, later ones kept; None where the question has no such one."""
        if question.answer(answer) is None:
            return None
        at = question.number - 1
        return Answers(self.parts, (*self.chosen[:at], answer, *self.chosen[at + 1 :]))

    def outcomes(self) -> list[Outcome]:
        """What the answers come to, in the order of the check; never empty at the end."""
        found = []
        for part in self.parts:
            because = tuple(one for one in self.given if part["id"] in one.answer["outcomes"])
            if because:
                found.append(Outcome(part, because))
        nothing = [Outcome(part, ()) for part in self.parts if part["id"] == NONE]
        return found or nothing


def questions(parts: Sequence[Part]) -> tuple[Question, ...]:
    asked = [part for part in parts if part.get("answers")]
    return tuple(Question(number, part) for number, part in enumerate(asked, 1))


def read(parts: Sequence[Part], text: str) -> Answers:
    """The answers that a text holds. What is not understood of it is left out."""
    asked = questions(parts)
    nothing = ("",) * len(asked)
    if not text:
        return Answers(parts, nothing)
    start, _dash, digits = text[:MAX_TEXT].partition("-")
    if start != stamp(parts):
        return Answers(parts, nothing, is_old=True)
    chosen = tuple(
        digit if question.answer(digit) else ""
        for question, digit in zip(asked, digits.ljust(len(asked), "0"), strict=False)
    )
    understood = "".join(one or "0" for one in chosen).rstrip("0")
    return Answers(parts, chosen, is_old=understood != text.partition("-")[2].rstrip("0"))


def stamp(parts: Sequence[Part]) -> str:
    """Four hex digits of where each answer leads, whatever its words."""
    known = [
        [
            question.part["id"],
            [[one["next"], list(one["outcomes"]), one["is_unsure"]] for one in question.answers],
        ]
        for question in questions(parts)
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:STAMP_LENGTH]
