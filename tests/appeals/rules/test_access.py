"""When access ended: one row, one reason."""

from dataclasses import replace
from datetime import date

import pytest

from appeals.rules.facts import (
    Ended,
)

from .build import (
    CELL,
    ENDED,
    PAID,
    USED,
    check_cell,
    complete_case,
    evidence,
    finding_explained,
    not_known,
    of_provider,
    paid,
    period,
    proof,
    provider,
    row,
    with_providers,
)

ENDED_MAY = {"ended": Ended.ACCESS, "ended_on": date(2018, 5, 20)}

SHOT = evidence("shot", "page", [proof(ENDED)])

ENDED_ROWS = [
    row(
        "ended with date and proof",
        of_provider(SHOT, ended=Ended.ACCESS, ended_on=date(2018, 9, 13)),
        ENDED,
        "ready",
    ),
    row(
        "ended today",
        of_provider(SHOT, ended=Ended.ACCESS, ended_on=date(2018, 9, 20)),
        ENDED,
        "ready",
    ),
    row(
        "to end tomorrow",
        of_provider(SHOT, ended=Ended.ACCESS, ended_on=date(2018, 9, 21)),
        ENDED,
        "started",
        "ended ended-on",
    ),
    row(
        "ended without a date", of_provider(SHOT, ended=Ended.ACCESS), ENDED, "started", "ended-on"
    ),
    row(
        "a date of an unknown end",
        of_provider(SHOT, ended_on=date(2018, 9, 13)),
        ENDED,
        "started",
        "ended",
    ),
    row(
        "ended without a proof",
        of_provider(ended=Ended.SECRET, ended_on=date(2018, 9, 13)),
        ENDED,
        "started",
        "proof",
    ),
    row("nothing of the end", of_provider(), ENDED, "not-started", "ended ended-on proof"),
    row(
        "a secret was shared and nothing ended",
        of_provider(shared_secret=True),
        ENDED,
        "needs-a-look",
        "ended ended-on proof",
        "secret-still-live",
    ),
    row(
        "keys were handed over and nothing ended",
        of_provider(hands_over_keys=True, shared_secret=False),
        ENDED,
        "needs-a-look",
        "ended ended-on proof",
        "secret-still-live",
    ),
    row(
        "not known whether a secret was shared",
        of_provider(shared_secret=None),
        ENDED,
        "not-started",
        "ended ended-on proof",
    ),
    row(
        "no secret was shared",
        of_provider(shared_secret=False),
        ENDED,
        "not-started",
        "ended ended-on proof",
    ),
    row(
        "a shared secret that ends tomorrow",
        of_provider(shared_secret=True, ended=Ended.SECRET, ended_on=date(2018, 9, 21)),
        ENDED,
        "needs-a-look",
        "ended ended-on proof",
        "secret-still-live",
    ),
    row(
        "a shared secret that was replaced",
        of_provider(shared_secret=True, ended=Ended.SECRET, ended_on=date(2018, 9, 20)),
        ENDED,
        "started",
        "proof",
    ),
    row(
        "not known whether it ended counts as not ended",
        replace(of_provider(shared_secret=True), explanations=(not_known("ended"),)),
        ENDED,
        "needs-a-look",
        "ended-on proof",
        "secret-still-live",
    ),
    row(
        "a live secret explained",
        finding_explained(of_provider(shared_secret=True), "secret-still-live"),
        ENDED,
        "not-started",
        "ended ended-on proof",
    ),
    row(
        "ended in the month before use",
        of_provider(SHOT, ended=Ended.ACCESS, ended_on=date(2018, 2, 28)),
        ENDED,
        "needs-a-look",
        "",
        "ended-before-use used-after-ended",
    ),
    row(
        "ended in the first month of use",
        of_provider(
            SHOT, ended=Ended.ACCESS, ended_on=date(2018, 3, 1), periods=(period("03", "03"),)
        ),
        ENDED,
        "ready",
    ),
    row(
        "ended before use, but only the secret",
        of_provider(SHOT, ended=Ended.SECRET, ended_on=date(2018, 2, 28)),
        ENDED,
        "ready",
    ),
    row(
        "ended, and no month of use is known",
        of_provider(SHOT, **ENDED_MAY, periods=()),
        ENDED,
        "ready",
    ),
    row(
        "ended before use marks the months of use too",
        of_provider(SHOT, ended=Ended.ACCESS, ended_on=date(2018, 2, 28), periods=(period("03"),)),
        USED,
        "needs-a-look",
        "",
        "ended-before-use",
    ),
    row(
        "used in the month after access ended",
        of_provider(**ENDED_MAY, periods=(period("03", "06"),)),
        USED,
        "needs-a-look",
        "",
        "used-after-ended",
    ),
    row(
        "used in the month in which access ended",
        of_provider(**ENDED_MAY, periods=(period("03", "05"),)),
        USED,
        "ready",
    ),
    row(
        "used after the secret was replaced",
        of_provider(ended=Ended.SECRET, ended_on=date(2018, 5, 20)),
        USED,
        "ready",
    ),
    row(
        "still in use, as far as access went",
        of_provider(**ENDED_MAY, periods=(period("03"),)),
        USED,
        "ready",
    ),
    row(
        "used after access ended, explained",
        finding_explained(of_provider(**ENDED_MAY), "used-after-ended"),
        USED,
        "ready",
    ),
    row(
        "used after access ended, explained, then longer",
        with_providers(
            finding_explained(
                of_provider(**ENDED_MAY, periods=(period("03", "06"),)), "used-after-ended"
            ),
            provider(**ENDED_MAY, periods=(period("03", "07"),)),
        ),
        USED,
        "needs-a-look",
        "",
        "used-after-ended",
    ),
    row(
        "the end of access stops no proof of payment",
        complete_case(paid(1, "03", "04"), providers=(provider(**ENDED_MAY),)),
        PAID,
        "ready",
        "",
        "used-after-ended",
        shown=2,
    ),
    row(
        "an open end stops where access ended",
        complete_case(
            paid(1, "03"),
            paid(2, "06"),
            providers=(provider(**ENDED_MAY, periods=(period("03"),)),),
        ),
        PAID,
        "needs-a-look",
        "month-1",
        "proof-outside-use",
        shown=1,
    ),
]


@pytest.mark.parametrize(CELL, [*ENDED_ROWS])
def test_the_end_of_access(facts, cell, state, missing, findings, shown):
    check_cell(facts, cell, state, missing, findings, shown)
