"""Confirmation, answers and further demands: one row, one reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appeals.rules import assess
from appeals.rules.facts import (
    ConfirmationFacts,
    DemandFacts,
    Rule,
    Scope,
    Standing,
)

from .build import (
    CELL,
    CONFIRMED,
    NOW,
    PAID,
    PRESET,
    check_cell,
    complete_case,
    confirmed,
    evidence,
    explained,
    explanation,
    paid,
    proof,
    provider,
    row,
    with_providers,
)

TWO_RECEIPTS = complete_case(paid(1, "03"), paid(2, "04"))

ANSWER = DemandFacts(8, 8, Rule.ANSWERED, Scope.CASE)

ANSWER_OF_EACH = DemandFacts(8, 8, Rule.ANSWERED, Scope.PROVIDER)


def with_demand(demand, *more, **changes):
    """The preset and one demand more."""
    return complete_case(*more, demands=(*PRESET, demand), **changes)


CASE_ROWS = [
    row("not confirmed", TWO_RECEIPTS, CONFIRMED, "not-started", "confirmation", letter=None),
    row("confirmed as it is", confirmed(TWO_RECEIPTS), CONFIRMED, "ready", letter=None),
    row(
        "confirmed, then a field changed",
        with_providers(confirmed(TWO_RECEIPTS), provider(found="By mail.")),
        CONFIRMED,
        "needs-a-look",
        "confirmation",
        "changed-since-confirmed",
        letter=None,
    ),
    row(
        "confirmed, changed, confirmed again",
        confirmed(
            with_providers(confirmed(TWO_RECEIPTS), provider(found="By mail.")),
            NOW + timedelta(hours=1),
        ),
        CONFIRMED,
        "ready",
        letter=None,
    ),
    row(
        "confirmed, changed, and changed back",
        replace(confirmed(TWO_RECEIPTS), providers=(provider(),)),
        CONFIRMED,
        "ready",
        letter=None,
    ),
    row(
        "a confirmation is not explained away",
        replace(
            TWO_RECEIPTS, explanations=(explanation(demand=CONFIRMED, kept=("confirmation",)),)
        ),
        CONFIRMED,
        "not-started",
        "confirmation",
        letter=None,
    ),
    row(
        "a change after the confirmation is not explained away",
        replace(
            TWO_RECEIPTS,
            confirmations=(ConfirmationFacts(1, "0" * 64, NOW),),
            explanations=(
                explanation(
                    finding="changed-since-confirmed/6",
                    kept=("digest=" + assess(TWO_RECEIPTS, NOW).digest,),
                ),
            ),
        ),
        CONFIRMED,
        "needs-a-look",
        "confirmation",
        "changed-since-confirmed",
        letter=None,
    ),
    row(
        "confirmed in another round",
        replace(TWO_RECEIPTS, confirmations=confirmed(TWO_RECEIPTS, round=2).confirmations),
        CONFIRMED,
        "not-started",
        "confirmation",
        letter=None,
    ),
    row(
        "an answer in words",
        with_demand(replace(ANSWER, answer="We have none.")),
        8,
        "ready",
        letter=None,
    ),
    row(
        "a blank answer",
        with_demand(replace(ANSWER, answer=" ")),
        8,
        "not-started",
        "answer",
        letter=None,
    ),
    row(
        "an answer by a proof",
        with_demand(ANSWER, evidence(1, "other", [proof(8, None)])),
        8,
        "ready",
        letter=None,
    ),
    row(
        "an answer by a withdrawn proof",
        with_demand(ANSWER, evidence(1, "other", [proof(8, None)], is_withdrawn=True)),
        8,
        "not-started",
        "answer",
        letter=None,
    ),
    row(
        "an answer explained", explained(with_demand(ANSWER), 8, None), 8, "explained", letter=None
    ),
    row(
        "an answer of each provider, by its own proof",
        with_demand(
            ANSWER_OF_EACH,
            evidence(1, "other", [proof(8, "B")]),
            providers=(provider(), provider("B")),
        ),
        8,
        "not-started",
        "answer",
    ),
    row(
        "an answer of one provider alone",
        with_demand(
            replace(ANSWER_OF_EACH, provider="B"),
            evidence(1, "other", [proof(8, "B")]),
            providers=(provider(), provider("B")),
        ),
        8,
        "ready",
        letter="B",
    ),
    row(
        "a second demand for payments has its own proofs",
        with_demand(DemandFacts(8, 8, Rule.PAID, Scope.PROVIDER, months=1), paid(1, "03", "04")),
        8,
        "not-started",
        "month-1",
        shown=0,
    ),
    row(
        "a second demand for payments has its own doubts",
        with_demand(
            DemandFacts(8, 8, Rule.PAID, Scope.PROVIDER, months=1),
            paid(1, "03", "04"),
            paid(2, "03", demand=8, payer="Nobody"),
        ),
        5,
        "ready",
        "",
        "payer-unknown",
        shown=2,
    ),
    row(
        "a doubt about a file at one demand leaves it at the other",
        with_demand(
            DemandFacts(8, 8, Rule.PAID, Scope.PROVIDER, months=1),
            evidence(1, proofs=[proof(5, of="03"), proof(5, of="04"), proof(8, of="2017-12")]),
        ),
        5,
        "ready",
        "",
        "proof-outside-use",
        shown=2,
    ),
    row(
        "a demand of the site's advice has a state",
        complete_case(
            paid(1, "03", "04"), demands=(replace(PRESET[4], standing=Standing.ADVISED),)
        ),
        PAID,
        "ready",
        shown=2,
    ),
]


@pytest.mark.parametrize(CELL, [*CASE_ROWS])
def test_demands_of_the_case(facts, cell, state, missing, findings, shown):
    check_cell(facts, cell, state, missing, findings, shown)


def test_of_two_confirmations_at_once_the_same_one_counts_in_any_order():
    present = confirmed(TWO_RECEIPTS).confirmations[0]
    for other in ("0" * 64, "f" * 64):
        both = (present, replace(present, digest=other))
        [first, second] = (
            assess(replace(TWO_RECEIPTS, confirmations=order), NOW).cell(CONFIRMED).state
            for order in (both, both[::-1])
        )
        assert first == second
