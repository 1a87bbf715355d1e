"""When payments were made: before the first month of use, after the notice."""

from dataclasses import replace
from datetime import date

import pytest

from appeals.rules import assess
from appeals.rules.cells import State
from appeals.rules.facts import NoticeFacts
from appeals.rules.places import Page

from .build import (
    NOW,
    PAID,
    case,
    codes,
    complete_case,
    evidence,
    finding_explained,
    not_known,
    paid,
    period,
    proof,
    provider,
)


def on(day):
    return {"shown": (("shows", "Receipt"), ("about_on", day))}


BEFORE, AFTER, OUTSIDE = ["paid-before-use"], ["paid-after-notice"], ["proof-outside-use"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param(complete_case(paid(1, "03")), [], id="no date"),
        pytest.param(complete_case(paid(1, "03", **on(""))), [], id="a blank date"),
        pytest.param(complete_case(paid(1, "03", **on("2018-03-01"))), [], id="the first day"),
        pytest.param(complete_case(paid(1, "03", **on("2018-02-28"))), BEFORE, id="the day before"),
        pytest.param(complete_case(paid(1, **on("2018-02-28"))), [], id="filed nowhere"),
        pytest.param(
            complete_case(evidence(1, proofs=[proof(PAID)], **on("2018-02-28"))),
            BEFORE,
            id="for no month in particular",
        ),
        pytest.param(
            complete_case(paid(1, "02", **on("2018-02-28"))),
            OUTSIDE,
            id="its month is found outside the use already",
        ),
        pytest.param(
            complete_case(paid(1, "02", "03", **on("2018-02-28"))),
            OUTSIDE,
            id="one of its months is",
        ),
        pytest.param(
            complete_case(paid(1, "09", **on("2018-02-28"))),
            [*BEFORE, *OUTSIDE],
            id="its month is after the use, its date before: two facts",
        ),
        pytest.param(
            complete_case(paid(1, "03", **on("2018-02-28")), providers=(provider(periods=()),)),
            [],
            id="no months of use yet",
        ),
        pytest.param(
            complete_case(
                paid(1, "05", **on("2018-02-28")), explanations=(not_known("first_month"),)
            ),
            [],
            id="the first month is not known",
        ),
        pytest.param(
            complete_case(
                paid(1, "03", **on("2018-01-05")),
                providers=(
                    provider(periods=(period("2017-12", "2017-12", 1), period("03", "08"))),
                ),
            ),
            [],
            id="between two times of use",
        ),
        pytest.param(
            complete_case(
                evidence(1, "page", [proof(PAID)], **on("2018-02-28")),
                providers=(provider(is_free=True),),
            ),
            [],
            id="a page that says it is free",
        ),
        pytest.param(
            complete_case(paid(1, "03", **on("2018-02-28")), providers=(provider(is_free=True),)),
            ["free-but-paid"],
            id="free, and yet paid: found as that",
        ),
        pytest.param(
            complete_case(paid(1, "03", kind="chat", **on("2018-02-28"))),
            ["kind-does-not-fit"],
            id="no payment: found as that",
        ),
        pytest.param(
            complete_case(paid(1, "03", kind="email", **on("2018-02-28"))), BEFORE, id="an e-mail"
        ),
        pytest.param(complete_case(paid(1, "03", **on("2018-09-12"))), [], id="the notice's day"),
        pytest.param(complete_case(paid(1, "03", **on("2018-09-13"))), AFTER, id="the day after"),
        pytest.param(
            complete_case(
                paid(1, "03", **on("2018-09-13")),
                notice=None,
            ),
            [],
            id="a register has no notice",
        ),
        pytest.param(
            complete_case(
                paid(1, "03", **on("2018-09-13")),
                notice=NoticeFacts(date(2018, 9, 13), has_no_deadline=True),
            ),
            [],
            id="a later notice",
        ),
        pytest.param(
            complete_case(paid(1, "03", is_withdrawn=True, **on("2018-02-28"))), [], id="withdrawn"
        ),
        pytest.param(
            complete_case(paid(1, "03", **on("2018-02-28")), demands=case(without=[PAID]).demands),
            [],
            id="not asked this time",
        ),
        pytest.param(
            complete_case(evidence(1, "payment", [proof(3)], **on("2018-02-28"))),
            [],
            id="filed under another item",
        ),
    ],
)
def test_what_is_found_of_a_date(facts, found):
    assert sorted(codes(assess(facts, NOW))) == sorted(found)


@pytest.mark.parametrize(
    ("day", "values"),
    [
        ("2018-02-28", {"paid": "2018-02-28", "first": "2018-03"}),
        ("2018-09-13", {"paid": "2018-09-13", "notice": "2018-09-12"}),
    ],
)
def test_it_says_where_and_stops_that_proof_alone(day, values):
    facts = complete_case(paid(1, "03", **on(day)), paid(2, "04", **on("2018-04-01")))

    result = assess(facts, NOW)

    [finding] = result.open_findings
    assert dict(finding.values) == values
    assert (finding.place.page, finding.place.evidence, finding.place.field) == (
        Page.EVIDENCE,
        1,
        "about_on",
    )
    cell = result.cell(PAID, "A")
    assert (cell.state, cell.months_shown) == (State.NEEDS_A_LOOK, 1)
    assert result.next_step.finding == finding


@pytest.mark.parametrize(
    ("day", "other"), [("2018-02-28", "2018-02-27"), ("2018-09-13", "2018-09-14")]
)
def test_a_sentence_closes_it_until_the_date_changes(day, other):
    [code] = codes(assess(complete_case(paid(1, "03", "04", **on(day))), NOW))
    facts = finding_explained(complete_case(paid(1, "03", "04", **on(day))), code)
    page, receipt = facts.evidence

    again = replace(facts, evidence=(page, replace(receipt, **on(other))))

    assert codes(assess(facts, NOW)) == []
    assert assess(facts, NOW).cell(PAID, "A").state is State.READY
    assert codes(assess(again, NOW)) == [code]


def test_a_sentence_lapses_when_the_use_begins_otherwise():
    facts = finding_explained(complete_case(paid(1, "05", **on("2018-02-28"))), BEFORE[0])
    later = replace(facts, providers=(provider(periods=(period("04", "08", id="period-A"),)),))

    assert codes(assess(later, NOW)) == BEFORE
