"""Payments where the start or the end of use is open: one row, one reason."""

from dataclasses import replace

import pytest

from .build import (
    CELL,
    PAID,
    check_cell,
    explained,
    explanation,
    not_known,
    paid,
    period,
    row,
    used,
)

OPEN_ROWS = [
    row(
        "first month not known: a doubt in the month of the notice is one doubt",
        replace(
            used(receipts=(paid(1, "05"), paid(2, "09", payer="Nobody"))),
            explanations=(not_known("first_month"),),
        ),
        PAID,
        "needs-a-look",
        "shortage",
        "payer-unknown",
        shown=1,
    ),
    row("no period and no receipt", used(), PAID, "not-started", "period shortage", shown=0),
    row(
        "no period, its first month explained",
        replace(used(), explanations=(not_known("first_month"),)),
        PAID,
        "started",
        "shortage",
        shown=0,
    ),
    row("no period, all of it explained", explained(used(), PAID), PAID, "explained", shown=0),
    row(
        "outside where no month of use is known",
        used(receipts=(paid(1, "05"), paid(2, "06"))),
        PAID,
        "started",
        "period shortage",
        shown=0,
    ),
    row(
        "an open end counts the month of the notice",
        used(period("08"), receipts=(paid(1, "08"), paid(2, "09"))),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "an open end stops at the month of the notice",
        used(period("08"), receipts=(paid(1, "08"), paid(2, "10"))),
        PAID,
        "needs-a-look",
        "month-1",
        "proof-outside-use",
        shown=1,
    ),
    row(
        "first month not known: each month shown is one of use",
        replace(
            used(receipts=(paid(1, "2016-01"), paid(2, "06"))),
            explanations=(not_known("first_month"),),
        ),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "first month not known: one month shown leaves the shortage",
        replace(used(receipts=(paid(1, "05"),)), explanations=(not_known("first_month"),)),
        PAID,
        "started",
        "shortage",
        shown=1,
    ),
    row(
        "first month not known: a payment in doubt shows no use",
        replace(
            used(receipts=(paid(1, "05"), paid(2, "06", payer="Nobody"))),
            explanations=(not_known("first_month"),),
        ),
        PAID,
        "needs-a-look",
        "shortage",
        "payer-unknown",
        shown=1,
    ),
    row(
        "first month not known: a month after the notice is outside",
        replace(
            used(receipts=(paid(1, "05"), paid(2, "06"), paid(3, "10"))),
            explanations=(not_known("first_month"),),
        ),
        PAID,
        "needs-a-look",
        "",
        "proof-outside-use",
        shown=2,
    ),
    row(
        "first month not known: the month of the notice is not outside",
        replace(
            used(receipts=(paid(1, "08"), paid(2, "09"))), explanations=(not_known("first_month"),)
        ),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "first month not known beside a period: earlier months count",
        replace(
            used(period("06", "06"), receipts=(paid(1, "02"), paid(2, "06"))),
            explanations=(not_known("first_month"),),
        ),
        PAID,
        "ready",
        shown=2,
    ),
    row(
        "first month not known beside a period: later months do not",
        replace(
            used(period("06", "06"), receipts=(paid(1, "02", "06"), paid(2, "07"))),
            explanations=(not_known("first_month"),),
        ),
        PAID,
        "needs-a-look",
        "",
        "proof-outside-use",
        shown=2,
    ),
    row(
        "first month explained otherwise: no month counts",
        replace(
            used(receipts=(paid(1, "05"), paid(2, "06"))),
            explanations=(
                explanation("Never used.", "does-not-apply", provider="A", field="first_month"),
            ),
        ),
        PAID,
        "started",
        "shortage",
        shown=0,
    ),
]


@pytest.mark.parametrize(CELL, [*OPEN_ROWS])
def test_payments_of_open_use(facts, cell, state, missing, findings, shown):
    check_cell(facts, cell, state, missing, findings, shown)
