"""The last steps of a round: make the dossier, send it and record that, wait for the reply."""

from dataclasses import replace

import pytest

from appeals.rules import assess
from appeals.rules.facts import SubmissionFacts
from appeals.rules.places import Actor, Page
from appeals.rules.steps import StepKind

from .build import NOTICE, NOW, confirmed
from .test_steps import B_MISSING, READY, SOON, with_deadline

MADE = replace(confirmed(READY), has_dossier=True)
SENT = SubmissionFacts(1, NOW)


def test_once_it_is_made_it_is_to_be_sent_by_the_owner():
    step = assess(MADE, NOW).next_step

    assert (step.kind, step.actor) == (StepKind.SEND, Actor.OWNER)
    assert (step.place.page, step.place.round) == (Page.SUBMISSION, 1)
    assert not step.can_be_skipped


def test_gaps_that_are_sent_are_still_named():
    facts = confirmed(with_deadline(B_MISSING, SOON))

    made = assess(replace(facts, has_dossier=True), NOW).next_step

    assert made.kind is StepKind.SEND
    assert made.passed_over == assess(facts, NOW).next_step.passed_over != ()


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(replace(READY, has_dossier=True), id="not confirmed"),
        pytest.param(replace(confirmed(B_MISSING), has_dossier=True), id="a gap"),
        pytest.param(replace(MADE, submissions=(SENT,)), id="sent"),
        pytest.param(replace(MADE, is_closed=True), id="closed"),
        pytest.param(replace(MADE, notice=None), id="a register"),
    ],
)
def test_what_is_not_ready_or_was_sent_is_not_to_be_sent(facts):
    assert all(step.kind is not StepKind.SEND for step in assess(facts, NOW).steps)


def test_waiting_leads_to_the_reply_of_its_round():
    (step,) = assess(replace(MADE, submissions=(SENT,)), NOW).steps

    assert (step.kind, step.place.page, step.place.round) == (StepKind.WAIT, Page.REPLY, 1)


def test_the_second_round_is_sent_as_such():
    replied = replace(READY, submissions=(replace(SENT, reply=NOTICE),))
    facts = replace(confirmed(replied, round=2), has_dossier=True)

    assert assess(facts, NOW).next_step.place.round == 2


def test_the_deadline_of_a_reply_is_entered_at_the_reply():
    open_deadline = replace(NOTICE, has_no_deadline=False)
    facts = replace(READY, submissions=(replace(SENT, reply=open_deadline),))

    step = next(one for one in assess(facts, NOW).steps if one.kind is StepKind.SET_DEADLINE)

    assert (step.place.page, step.place.round) == (Page.REPLY, 1)
