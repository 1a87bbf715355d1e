"""Where the next step is done, by whom, and why."""

from dataclasses import replace

import pytest

from appeals.rules import assess
from appeals.rules.facts import (
    DemandFacts,
    Rule,
    Scope,
)
from appeals.rules.places import Actor, Page

from .build import (
    B_MISSING,
    CONTACTS,
    DESCRIBED,
    LIVE,
    NO_DEADLINE_YET,
    NOW,
    PAID,
    PRESET,
    READY,
    SENT,
    case,
    complete_case,
    confirmed,
    evidence,
    explained,
    paid,
    period,
    provider,
    replied,
)


@pytest.mark.parametrize(
    ("facts", "place", "actor"),
    [
        pytest.param(case(notice=None), (Page.NOTICE, None, None, None), Actor.HELPER, id="notice"),
        pytest.param(
            case(notice=NO_DEADLINE_YET),
            (Page.NOTICE, None, None, "deadline"),
            Actor.HELPER,
            id="deadline",
        ),
        pytest.param(
            replied(NO_DEADLINE_YET),
            (Page.REPLY, None, None, "deadline"),
            Actor.HELPER,
            id="the reply's deadline",
        ),
        pytest.param(case(), (Page.NEW_PROVIDER, None, None, "name"), Actor.HELPER, id="provider"),
        pytest.param(
            replace(READY, submissions=SENT),
            (Page.REPLY, None, None, None),
            Actor.AMAZON,
            id="wait",
        ),
        pytest.param(
            complete_case(evidence(9)), (Page.EVIDENCE, None, None, None), Actor.HELPER, id="upload"
        ),
        pytest.param(
            complete_case(providers=(provider(email=""),)),
            (Page.PROVIDER, "A", 2, "email"),
            Actor.HELPER,
            id="field",
        ),
        pytest.param(
            complete_case(paid(1, "03", "04"), providers=(provider(web_site="", email=""),)),
            (Page.PROVIDER, "A", CONTACTS, "web_site"),
            Actor.HELPER,
            id="the first of two fields",
        ),
        pytest.param(
            case(providers=(provider(),)),
            (Page.NEW_EVIDENCE, "A", DESCRIBED, None),
            Actor.HELPER,
            id="proof",
        ),
        pytest.param(
            complete_case(paid(1, "03")),
            (Page.NEW_EVIDENCE, "A", PAID, None),
            Actor.HELPER,
            id="month",
        ),
        pytest.param(
            complete_case(paid(1, "03"), providers=(provider(periods=(period("03", "03"),)),)),
            (Page.PROVIDER, "A", PAID, None),
            Actor.HELPER,
            id="sentence",
        ),
        pytest.param(
            complete_case(providers=(provider(is_free=True),)),
            (Page.PROVIDER, "A", PAID, "is_free"),
            Actor.HELPER,
            id="free",
        ),
        pytest.param(
            replace(READY, demands=(*PRESET, DemandFacts(8, 8, Rule.ANSWERED, Scope.PROVIDER))),
            (Page.LETTER, "A", 8, None),
            Actor.HELPER,
            id="answer of a provider",
        ),
        pytest.param(
            replace(READY, demands=(*PRESET, DemandFacts(8, 8, Rule.ANSWERED, Scope.CASE))),
            (Page.LETTER, None, 8, None),
            Actor.HELPER,
            id="answer of the case",
        ),
        pytest.param(
            explained(
                replace(READY, demands=(*PRESET, DemandFacts(8, 8, Rule.ANSWERED, Scope.CASE))),
                8,
                None,
                sentence="",
            ),
            (Page.NEW_EVIDENCE, None, 8, None),
            Actor.HELPER,
            id="answer of the case, ticked without a sentence",
        ),
        pytest.param(
            B_MISSING,
            (Page.PROVIDER, "B", CONTACTS, "email"),
            Actor.PROVIDER,
            id="asked of somebody",
        ),
        pytest.param(READY, (Page.CONFIRMATION, None, 6, None), Actor.OWNER, id="confirmation"),
        pytest.param(
            replace(confirmed(READY), company="Other"),
            (Page.CONFIRMATION, None, 6, None),
            Actor.OWNER,
            id="confirmation again",
        ),
        pytest.param(confirmed(READY), (Page.DOSSIER, None, None, None), Actor.OWNER, id="end"),
        pytest.param(
            confirmed(replace(READY, notice=None)),
            (Page.NOTICE, None, None, None),
            Actor.HELPER,
            id="a whole register",
        ),
        pytest.param(
            complete_case(paid(1, "04", payer="Nobody")),
            (Page.EVIDENCE, "A", PAID, "payer"),
            Actor.HELPER,
            id="finding",
        ),
        pytest.param(
            complete_case(providers=(LIVE,)),
            (Page.PROVIDER, "A", 7, "ended"),
            Actor.OWNER,
            id="live secret",
        ),
    ],
)
def test_a_step_says_where_and_who(facts, place, actor):
    step = assess(facts, NOW).next_step

    where = step.place
    assert (where.page, where.provider, where.demand, where.field) == place
    assert step.actor is actor


def test_a_step_gives_its_reason():
    finding = assess(complete_case(paid(1, "04", payer="Nobody")), NOW).next_step
    gap = assess(complete_case(paid(1, "04")), NOW).next_step
    again = assess(replace(confirmed(READY), company="Other"), NOW).next_step
    first = assess(READY, NOW).next_step

    assert finding.finding.written == ("Nobody",)
    assert gap.cell.months_shown == 1
    assert again.finding.code == "changed-since-confirmed"
    assert first.finding is None
