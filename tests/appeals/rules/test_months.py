"""Months: text, order, arithmetic, and which of them are months of use."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from appeals.rules import assess
from appeals.rules.facts import DemandFacts, Ended, Rule, Scope
from appeals.rules.months import Month, months_between

from .build import (
    BEIJING,
    LOS_ANGELES,
    NOW,
    PRESET,
    case,
    evidence,
    explanation,
    month,
    not_known,
    paid,
    period,
    proof,
    provider,
    used,
)


@pytest.mark.parametrize(
    ("start", "added", "end"),
    [
        pytest.param("2018-05", 0, "2018-05", id="nothing added"),
        pytest.param("2018-05", 1, "2018-06", id="inside a year"),
        pytest.param("2018-11", 1, "2018-12", id="into December"),
        pytest.param("2018-12", 1, "2019-01", id="over the end of a year"),
        pytest.param("2018-01", -1, "2017-12", id="back over the end of a year"),
        pytest.param("2018-12", 12, "2019-12", id="a whole year"),
        pytest.param("2018-06", -18, "2016-12", id="a year and a half back"),
    ],
)
def test_adding_months(start, added, end):
    assert str(Month.parse(start) + added) == end


@pytest.mark.parametrize(
    "text", ["2018-00", "2018-13", "0000-05", "10000-05", "2018-5", "2018-05-01", "", "x"]
)
def test_what_is_not_a_month(text):
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_the_years_that_a_date_can_have():
    assert Month(1, 1).first_day() == date.min
    assert Month.of(date.max) == Month(9999, 12)
    with pytest.raises(ValueError, match="10000"):
        Month(10000, 1)


def test_a_month_reads_its_own_text_and_knows_its_first_day():
    may = Month.of(date(2018, 5, 31))

    assert Month.parse(str(may)) == may == Month(2018, 5)
    assert may.first_day() == date(2018, 5, 1)
    assert str(Month(318, 4)) == "0318-04"
    assert Month(2017, 12) < Month(2018, 1) < Month(2018, 2)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("05", "05", "2018-05", id="one month"),
        pytest.param("2017-11", "02", "2017-11 2017-12 2018-01 2018-02", id="over a year's end"),
        pytest.param("06", "05", "", id="backwards"),
    ],
)
def test_months_between(first, last, expected):
    assert " ".join(map(str, months_between(month(first), month(last)))) == expected


def months(facts, now=NOW):
    [state] = assess(facts, now).providers
    return " ".join(str(one).removeprefix("2018-") for one in state.months)


def without_notice(facts):
    return replace(facts, notice=None)


def in_zone(facts, zone):
    return replace(without_notice(facts), zone=zone)


ENDED_JULY = {"ended": Ended.ACCESS, "ended_on": date(2018, 7, 1)}
LATE = datetime(2018, 9, 30, 23, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        pytest.param(used(), NOW, "", id="no period"),
        pytest.param(used(period("06", "06")), NOW, "06", id="one month"),
        pytest.param(
            used(period("03", "05"), period("07", "08", 2)), NOW, "03 04 05 07 08", id="a gap"
        ),
        pytest.param(
            used(period("03", "05"), period("04", "06", 2)), NOW, "03 04 05 06", id="an overlap"
        ),
        pytest.param(
            used(period("07", "08"), period("03", "04", 2)),
            NOW,
            "03 04 07 08",
            id="the later period first",
        ),
        pytest.param(used(period("2017-12", "01")), NOW, "2017-12 01", id="over the end of a year"),
        pytest.param(used(period("08")), NOW, "08 09", id="an open end reaches the notice"),
        pytest.param(
            used(period("06"), **ENDED_JULY), NOW, "06 07", id="an open end stops with access"
        ),
        pytest.param(
            used(period("08"), ended=Ended.ACCESS, ended_on=date(2018, 9, 20)),
            NOW,
            "08 09",
            id="access ended in the notice's month",
        ),
        pytest.param(
            replace(used(period("07"), ended=Ended.ACCESS, ended_on=date(2018, 10, 3))),
            datetime(2018, 11, 1, tzinfo=BEIJING),
            "07 08 09",
            id="access ended after the notice's month",
        ),
        pytest.param(
            used(period("06"), ended=Ended.SECRET, ended_on=date(2018, 7, 1)),
            NOW,
            "06 07 08 09",
            id="the secret's end ends no use",
        ),
        pytest.param(
            used(period("06"), ended=Ended.ACCESS),
            NOW,
            "06 07 08 09",
            id="access ended on an unknown day",
        ),
        pytest.param(
            used(period("06"), ended_on=date(2018, 7, 1)),
            NOW,
            "06 07 08 09",
            id="a day on which it is not known what ended",
        ),
        pytest.param(
            without_notice(used(period("06"), **ENDED_JULY)),
            NOW,
            "06 07",
            id="no notice, and access ended",
        ),
        pytest.param(
            without_notice(used(period("06"))), NOW, "06 07 08 09", id="no notice: up to today"
        ),
        pytest.param(
            without_notice(used(period("06"))),
            datetime(2018, 11, 1, tzinfo=BEIJING),
            "06 07 08 09 10 11",
            id="no notice: later today",
        ),
        pytest.param(
            without_notice(used(period("08"), ended=Ended.ACCESS, ended_on=date(2018, 11, 1))),
            NOW,
            "08 09",
            id="no notice: access ends later",
        ),
        pytest.param(
            used(period("06")),
            datetime(2019, 3, 1, tzinfo=BEIJING),
            "06 07 08 09",
            id="long after the notice",
        ),
        pytest.param(used(period("11")), NOW, "11", id="begun after the notice"),
        pytest.param(used(period("09"), **ENDED_JULY), NOW, "09", id="begun after access ended"),
        pytest.param(
            used(period("03", "12")),
            NOW,
            "03 04 05 06 07 08 09 10 11 12",
            id="an end that is given stands",
        ),
        pytest.param(
            in_zone(used(period("09")), BEIJING),
            LATE.replace(day=30, hour=23),
            "09",
            id="today is the notice's day",
        ),
        pytest.param(
            in_zone(used(period("09")), BEIJING),
            datetime(2018, 9, 30, 9, 30, tzinfo=LOS_ANGELES),
            "09 10",
            id="already next month in the notice's zone",
        ),
        pytest.param(
            in_zone(used(period("09")), LOS_ANGELES),
            datetime(2018, 10, 1, 9, tzinfo=BEIJING),
            "09",
            id="not yet next month in the notice's zone",
        ),
        pytest.param(
            replace(
                used(receipts=(paid(1, "05"), paid(2, "03"))),
                explanations=(not_known("first_month"),),
            ),
            NOW,
            "03 05",
            id="first month not known: those shown",
        ),
        pytest.param(
            replace(
                used(
                    receipts=(
                        paid(1, "05", "2016-01", "03", "2017-11", "2016-12"),
                        paid(2, "04", "2015-02"),
                    )
                ),
                explanations=(not_known("first_month"),),
            ),
            NOW,
            "2015-02 2016-01 2016-12 2017-11 03 04 05",
            id="first month not known: in order of time",
        ),
        pytest.param(
            replace(
                used(period("03", "03"), period("08", "08", 2), receipts=(paid(1, "05"),)),
                explanations=(not_known("first_month"),),
            ),
            NOW,
            "03 05 08",
            id="first month not known: between two periods",
        ),
        pytest.param(
            replace(
                used(receipts=(paid(1, "05"), paid(2, "03"))),
                explanations=(not_known("first_month", "B"),),
            ),
            NOW,
            "",
            id="first month not known of another provider",
        ),
        pytest.param(
            replace(
                used(receipts=(evidence(1, "payment", [proof(3, of="05")]),)),
                explanations=(not_known("first_month"),),
            ),
            NOW,
            "",
            id="first month not known: other demands show no use",
        ),
        pytest.param(
            replace(
                used(receipts=(paid(1, "05", is_withdrawn=True),)),
                explanations=(not_known("first_month"),),
            ),
            NOW,
            "",
            id="first month not known: withdrawn",
        ),
        pytest.param(
            replace(
                used(receipts=(paid(1, "05", kind="refund"),)),
                explanations=(not_known("first_month"),),
            ),
            NOW,
            "",
            id="first month not known: a refund",
        ),
    ],
)
def test_months_of_use(facts, now, expected):
    assert months(facts, now) == expected


def test_months_of_use_do_not_hang_on_a_demand_for_payments():
    assert months(case(without=[5], providers=(provider(),))) == "03 04 05 06 07 08"


def test_a_payment_explained_at_one_demand_shows_use_there_alone():
    facts = used(
        receipts=(evidence(1, proofs=[proof(5, of="05"), proof(8, of="06")], payer="Nobody"),)
    )
    facts = replace(facts, demands=(*PRESET, DemandFacts(8, 8, Rule.PAID, Scope.PROVIDER)))
    about = next(one for one in assess(facts, NOW).findings if one.place.demand == 5)
    said = explanation(finding=about.key, kept=about.kept)

    assert months(replace(facts, explanations=(not_known("first_month"), said))) == "05"


def test_now_has_to_know_its_zone():
    with pytest.raises(ValueError, match="zone"):
        assess(case(), datetime(2018, 9, 20, 12))
