"""What a self-check is made of: questions with answers, outcomes, and where each answer leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..checks import END, NONE
from .blocks import VERDICTS, Block
from .problems import Problem, said
from .structure import Section

MAX_QUESTIONS = 20
# An answer is one digit of an address.
MAX_ANSWERS = 9


def answers_of(section: Section) -> tuple[Block, ...]:
    return tuple(block for block in section.blocks if block.kind == "answer")


def verdicts_of(section: Section) -> tuple[Block, ...]:
    return tuple(block for block in section.blocks if block.kind in VERDICTS and not block.depth)


def tasks_of(section: Section) -> tuple[Block, ...]:
    return tuple(block for block in section.blocks if block.kind == "task")


def check_questions(sections: Sequence[Section]) -> list[Problem]:
    """What is wrong with the parts of a self-check, whichever they are, and with their order."""
    questions = [section for section in sections if answers_of(section)]
    outcomes = [section for section in sections if not answers_of(section)]
    words = _("The id “end” stands for the end of the check.")
    problems = [Problem(one.line, said(words), "id") for one in sections if one.id == END]
    if not questions:
        words = _("A self-check needs a question: a part with answers, - Words -> #next")
        problems.append(Problem(1, said(words), "parts"))
    if len(questions) > MAX_QUESTIONS:
        words = _("A self-check has at most %(limit)s questions.")
        line = questions[MAX_QUESTIONS].line
        problems.append(Problem(line, said(words, limit=MAX_QUESTIONS), "parts"))
    for question in questions:
        problems += _check_question(question)
    for outcome in outcomes:
        problems += _check_outcome(outcome)
    for question in questions:
        problems += _check_targets(question, questions, outcomes)
    return [*problems, *_check_reached(questions, outcomes)]


def _check_question(question: Section) -> Iterator[Problem]:
    answers = answers_of(question)
    unsure = [answer for answer in answers if answer.is_unsure]
    if not unsure:
        words = _("One answer of each question is for who does not remember: - [?] Words -> #next")
        yield Problem(question.line, said(words), "unsure")
    for answer in unsure[1:]:
        words = _("One answer of a question is marked [?], not two.")
        yield Problem(answer.line, said(words), "unsure")
    if len(answers) < 2:
        yield Problem(answers[0].line, said(_("A question has at least two answers.")), "answers")
    if len(answers) > MAX_ANSWERS:
        words = _("A question has at most %(limit)s answers.")
        line = answers[MAX_ANSWERS].line
        yield Problem(line, said(words, limit=MAX_ANSWERS), "answers")
    for block in (*verdicts_of(question), *tasks_of(question)):
        words = _("Verdicts and things to do stand in outcomes, not in questions.")
        yield Problem(block.line, said(words), "parts")
    yield from _unread_answers(question)


def _unread_answers(section: Section) -> Iterator[Problem]:
    """List items that look like answers and would be shown as text."""
    for block in section.blocks:
        if block.kind == "item" and "->" in block.text:
            words = _("An answer is: - Words -> #next +#outcome, or -> end")
            yield Problem(block.line, said(words), "answer")


def _check_outcome(outcome: Section) -> Iterator[Problem]:
    verdicts = verdicts_of(outcome)
    if not verdicts:
        words = _("An outcome says why, with its verdict: - [care] Reason")
        yield Problem(outcome.line, said(words), "verdict")
    for block in verdicts[1:]:
        yield Problem(block.line, said(_("An outcome has one verdict.")), "verdict")
    if not tasks_of(outcome) and outcome.id != NONE:
        words = _("An outcome says what to do: - [ ] What to do -> [[guide#id|Button]] {#id}")
        yield Problem(outcome.line, said(words), "tasks")
    yield from _unread_answers(outcome)


def _check_targets(
    question: Section, questions: Sequence[Section], outcomes: Sequence[Section]
) -> Iterator[Problem]:
    places = {section.id: place for place, section in enumerate(questions)}
    collected = {section.id for section in outcomes}
    for answer in answers_of(question):
        if answer.next in collected:
            words = _("“%(id)s” is no question. Outcomes are collected: +#%(id)s")
            yield Problem(answer.line, said(words, id=answer.next), "target")
        elif answer.next != END and answer.next not in places:
            words = _("There is no question “%(id)s”.")
            yield Problem(answer.line, said(words, id=answer.next), "target")
        elif answer.next != END and places[answer.next] <= places[question.id]:
            words = _("An answer leads on, never back: “%(id)s” does not come later.")
            yield Problem(answer.line, said(words, id=answer.next), "target")
        for name, times in Counter(answer.outcomes).items():
            if name == NONE:
                words = _("The outcome “none” shows by itself when nothing was collected.")
                yield Problem(answer.line, said(words), "target")
            elif name not in collected:
                words = _("There is no outcome “%(id)s”.")
                yield Problem(answer.line, said(words, id=name), "target")
            elif times > 1:
                words = _("The outcome “%(id)s” is named twice here.")
                yield Problem(answer.line, said(words, id=name), "target")


def _check_reached(questions: Sequence[Section], outcomes: Sequence[Section]) -> Iterator[Problem]:
    """Parts that no way through the check comes to; and `none`, where a way needs it."""
    if not questions:
        return
    reached, bare = {questions[0].id}, {questions[0].id}
    collected: set[str] = set()
    for question in questions:  # in their order, since answers lead on
        for answer in answers_of(question):
            if question.id in reached:
                reached.add(answer.next)
                collected.update(answer.outcomes)
            if question.id in bare and not answer.outcomes:
                bare.add(answer.next)
    if END in bare:
        collected.add(NONE)
    for section in (*questions, *outcomes):
        if section.id not in reached | collected:
            words = _("Nothing leads to this part.")
            yield Problem(section.line, said(words), "unreached")
    if END in bare and NONE not in {section.id for section in outcomes}:
        words = _(
            "Some answers collect nothing: what they lead to is written in the outcome {#none}."
        )
        yield Problem(questions[0].line, said(words), "none")
