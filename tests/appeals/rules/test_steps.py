"""The next step: exactly one, first match wins, and what follows when it is skipped."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from appeals.rules import assess, next_step
from appeals.rules.facts import (
    DemandFacts,
    Ended,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
)

from .build import (
    B_ASKED,
    B_MISSING,
    LIVE,
    NO_DEADLINE_YET,
    NOTICE,
    NOW,
    PRESET,
    READY,
    SENT,
    case,
    complete_case,
    confirmed,
    described,
    evidence,
    finding_explained,
    paid,
    period,
    proof,
    provider,
    replied,
    sections,
    with_deadline,
)

SOON = (NOW + timedelta(hours=24)).date()
LATER = (NOW + timedelta(days=5)).date()


def ids(facts, now=NOW):
    return " ".join(step.id for step in assess(facts, now).steps)


@pytest.mark.parametrize(
    ("facts", "kind", "id"),
    [
        pytest.param(
            replace(READY, providers=(LIVE,), is_closed=True),
            None,
            None,
            id="a closed case has none",
        ),
        pytest.param(case(notice=None), "record-notice", "notice", id="nothing at all"),
        pytest.param(
            case(notice=None, providers=(provider(found=""),)),
            "fill",
            "fill/1/A",
            id="a register needs no notice",
        ),
        pytest.param(
            case(notice=NO_DEADLINE_YET),
            "set-deadline",
            "deadline",
            id="the deadline was not looked up",
        ),
        pytest.param(
            case(notice=NO_DEADLINE_YET, providers=(LIVE,)),
            "end-access",
            "finding/secret-still-live/A",
            id="a live secret before the deadline",
        ),
        pytest.param(
            with_deadline(case(), LATER),
            "add-provider",
            "provider",
            id="a deadline given, no provider",
        ),
        pytest.param(
            case(), "add-provider", "provider", id="a deadline marked as none, no provider"
        ),
        pytest.param(
            replace(READY, providers=(LIVE,), submissions=SENT),
            "end-access",
            "finding/secret-still-live/A",
            id="a live secret before waiting",
        ),
        pytest.param(
            replace(READY, providers=(provider(found=""),), submissions=SENT),
            "wait",
            "wait",
            id="waiting before gaps",
        ),
        pytest.param(
            case(notice=NO_DEADLINE_YET, submissions=SENT),
            "wait",
            "wait",
            id="waiting before the deadline",
        ),
        pytest.param(
            replied(NO_DEADLINE_YET),
            "set-deadline",
            "deadline",
            id="the reply's deadline was not looked up",
        ),
        pytest.param(
            replied(NOTICE), "confirm", "confirm/6", id="a second round is confirmed again"
        ),
        pytest.param(
            with_deadline(READY, date(2018, 9, 19)),
            "resolve",
            "finding/deadline-passed",
            id="a passed deadline",
        ),
        pytest.param(
            replace(finding_explained(replace(READY, providers=(LIVE,)), "secret-still-live")),
            "confirm",
            "confirm/6",
            id="a live secret explained",
        ),
        pytest.param(
            complete_case(evidence(9), paid(1, "02")),
            "resolve",
            "finding/proof-outside-use/5/A/1",
            id="a finding before an upload",
        ),
        pytest.param(
            complete_case(evidence(9), evidence(8)), "file", "file/8", id="the older upload"
        ),
        pytest.param(
            complete_case(evidence(8, is_withdrawn=True), paid(1, "03", "04")),
            "confirm",
            "confirm/6",
            id="a withdrawn upload is left alone",
        ),
        pytest.param(
            case(providers=(provider(found="", email=""),)),
            "fill",
            "fill/1/A",
            id="one piece, lowest position",
        ),
        pytest.param(
            case(
                providers=(provider(found="", email=""),),
                demands=(replace(PRESET[0], position=9), *PRESET[1:]),
            ),
            "fill",
            "fill/2/A",
            id="position, not ordinal",
        ),
        pytest.param(
            case(providers=(provider(web_site="", email=""),)),
            "fill",
            "fill/3/A",
            id="one piece before two",
        ),
        pytest.param(
            case(
                providers=(
                    provider("B", email=""),
                    provider("A", found="", did="x"),
                    provider("AA", found=""),
                )
            ),
            "fill",
            "fill/1/A",
            id="letter A first",
        ),
        pytest.param(
            case(providers=(provider("AA", found=""), provider("B", found=""))),
            "fill",
            "fill/1/B",
            id="letter B before AA",
        ),
        pytest.param(
            replace(READY, demands=(*PRESET, DemandFacts(8, 0, Rule.ANSWERED, Scope.CASE))),
            "fill",
            "fill/8/0",
            id="a gap of the case",
        ),
        pytest.param(READY, "confirm", "confirm/6", id="only the confirmation is missing"),
        pytest.param(
            replace(confirmed(READY), company="Other"),
            "confirm-again",
            "confirm/6",
            id="confirmed, then changed",
        ),
        pytest.param(confirmed(READY), "complete", "end", id="everything asked is here"),
        pytest.param(
            confirmed(replace(READY, notice=None)),
            "complete-register",
            "end",
            id="a register that is whole",
        ),
        pytest.param(
            replace(READY, demands=case(without=[6]).demands),
            "complete",
            "end",
            id="no confirmation is asked",
        ),
        pytest.param(
            replace(READY, demands=(*PRESET[:5], replace(PRESET[5], standing=Standing.ADVISED))),
            "complete",
            "end",
            id="a confirmation that is only advised",
        ),
        pytest.param(
            confirmed(with_deadline(B_MISSING, SOON)),
            "complete-with-gaps",
            "end",
            id="close to the deadline",
        ),
        pytest.param(
            confirmed(with_deadline(B_MISSING, LATER)),
            "fill",
            "fill/2/B",
            id="not yet close to the deadline",
        ),
        pytest.param(confirmed(B_MISSING), "fill", "fill/2/B", id="no deadline to be close to"),
        pytest.param(
            with_deadline(B_MISSING, SOON),
            "confirm",
            "confirm/6",
            id="a gap passed over, not confirmed",
        ),
        pytest.param(
            confirmed(with_deadline(replace(B_MISSING, asks=()), SOON)),
            "fill",
            "fill/2/B",
            id="close, but asked of nobody",
        ),
        pytest.param(
            confirmed(
                with_deadline(replace(B_MISSING, asks=(replace(B_ASKED, provider="A"),)), SOON)
            ),
            "fill",
            "fill/2/B",
            id="close, but asked about another",
        ),
        pytest.param(
            confirmed(
                with_deadline(replace(B_MISSING, asks=(replace(B_ASKED, provider=None),)), SOON)
            ),
            "complete-with-gaps",
            "end",
            id="close, asked about all",
        ),
        pytest.param(
            replace(confirmed(with_deadline(B_MISSING, SOON)), submissions=SENT),
            "wait",
            "wait",
            id="close, and sent",
        ),
        pytest.param(
            confirmed(
                finding_explained(with_deadline(B_MISSING, date(2018, 9, 19)), "deadline-passed")
            ),
            "complete-with-gaps",
            "end",
            id="the deadline passed, explained",
        ),
    ],
)
def test_the_next_step(facts, kind, id):
    step = assess(facts, NOW).next_step

    assert (step and step.kind) == kind
    assert (step and step.id) == id


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            case(
                notice=NO_DEADLINE_YET,
                providers=(replace(LIVE, found=""), provider("B", shared_secret=True)),
                evidence=(evidence(9), evidence(8), described(), described("B"), paid(1, "02")),
            ),
            "finding/secret-still-live/A finding/secret-still-live/B deadline"
            " finding/proof-outside-use/5/A/1 file/8 file/9 fill/1/A fill/5/A fill/5/B confirm/6",
            id="everything at once",
        ),
        pytest.param(case(notice=None), "notice provider confirm/6", id="nothing at all"),
        pytest.param(
            case(providers=(ProviderFacts("A", name="ERP"),)),
            "fill/1/A fill/4/A fill/2/A fill/5/A fill/3/A confirm/6",
            id="the smallest gap first",
        ),
        pytest.param(
            replace(READY, providers=(LIVE,), submissions=SENT),
            "finding/secret-still-live/A wait",
            id="nothing follows waiting",
        ),
        pytest.param(
            case(
                providers=(provider("B", found="", email=""), provider("A", found="", email="")),
                demands=(replace(PRESET[1], position=2), PRESET[0], replace(PRESET[0], ordinal=9)),
            ),
            "fill/1/A fill/9/A fill/1/B fill/9/B fill/2/A fill/2/B",
            id="of one position, by letter",
        ),
        pytest.param(confirmed(READY), "end", id="the end is alone"),
    ],
)
def test_all_steps_in_order(facts, expected):
    assert ids(facts) == expected


def test_skipping_leads_round_in_a_circle():
    steps = assess(case(providers=(ProviderFacts("A", name="ERP"),)), NOW).steps
    seen = []
    step = next_step(steps)
    while step.id not in seen:
        seen.append(step.id)
        step = next_step(steps, after=step.id)

    assert seen == [each.id for each in steps]
    assert step == steps[0]


def test_a_step_that_was_done_meanwhile_starts_again():
    steps = assess(READY, NOW).steps

    assert next_step(steps, after="fill/1/A") == steps[0]
    assert next_step((), after="fill/1/A") is None


@pytest.mark.parametrize(
    ("facts", "can_be_skipped"),
    [
        pytest.param(READY, True, id="confirm"),
        pytest.param(confirmed(READY), False, id="complete"),
        pytest.param(confirmed(with_deadline(B_MISSING, SOON)), False, id="complete with gaps"),
        pytest.param(confirmed(replace(READY, notice=None)), False, id="a whole register"),
        pytest.param(replace(READY, submissions=SENT), False, id="wait"),
    ],
)
def test_an_end_cannot_be_skipped(facts, can_be_skipped):
    assert assess(facts, NOW).next_step.can_be_skipped is can_be_skipped


def test_advice_is_never_a_gap():
    ended = provider(ended=Ended.ACCESS)

    assert ids(replace(READY, providers=(ended,))) == "confirm/6"


def test_a_finding_of_advice_is_a_step():
    early = provider(ended=Ended.ACCESS, ended_on=date(2018, 2, 1), periods=(period("03", id=1),))
    facts = complete_case(
        paid(1, "03"),
        evidence(2, proofs=[proof(7)]),
        providers=(early,),
        demands=case(without=[4]).demands,
    )

    assert ids(facts).split()[0] == "finding/ended-before-use/A"


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        pytest.param((), "confirm/6", id="no letter: nothing of it is missing"),
        pytest.param((1, 2, 4, 5), "write/3", id="one section is empty"),
        pytest.param((5,), "write/1", id="the first of several"),
        pytest.param((1, 2, 3, 4, 5), "confirm/6", id="a confirmation is no prose"),
    ],
)
def test_a_letter_that_is_begun_is_to_be_finished(letter, expected):
    assert assess(replace(READY, letter=sections(*letter)), NOW).next_step.id == expected


def test_no_section_is_written_for_what_is_not_asked():
    demands = tuple(
        replace(one, standing=Standing.ADVISED) if one.ordinal == 3 else one for one in PRESET
    )
    facts = replace(READY, demands=demands, letter=sections(1, 2, 4, 5))

    assert assess(facts, NOW).next_step.id == "confirm/6"
