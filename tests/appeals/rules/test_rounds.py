"""Rounds, deadlines and the hours before them, in whatever zone the notice is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from appeals.rules import assess
from appeals.rules.facts import DeadlineFacts, NoticeFacts, SubmissionFacts
from appeals.rules.places import Page
from appeals.rules.rounds import ends_at, has_passed, is_near
from appeals.rules.steps import StepKind

from .build import BEIJING, LOS_ANGELES, NOW, case, codes, explanation, with_deadline

DAY = date(2018, 11, 4)  # clocks in Los Angeles go back an hour in the night before it
NOON = DeadlineFacts(DAY, BEIJING, time(12))
NOON_IN_BEIJING = datetime(2018, 11, 4, 12, tzinfo=BEIJING)
MIDNIGHT_IN_BEIJING = datetime(2018, 11, 5, tzinfo=BEIJING)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("deadline", "end"),
    [
        pytest.param(NOON, datetime(2018, 11, 4, 4, tzinfo=UTC), id="a time in Beijing"),
        pytest.param(
            DeadlineFacts(DAY, BEIJING),
            datetime(2018, 11, 4, 16, tzinfo=UTC),
            id="a day in Beijing",
        ),
        pytest.param(
            DeadlineFacts(DAY, LOS_ANGELES, time(0, 30)),
            datetime(2018, 11, 4, 7, 30, tzinfo=UTC),
            id="before the clocks change",
        ),
        pytest.param(
            DeadlineFacts(DAY, LOS_ANGELES, time(12)),
            datetime(2018, 11, 4, 20, tzinfo=UTC),
            id="after the clocks change",
        ),
        pytest.param(
            DeadlineFacts(DAY, LOS_ANGELES),
            datetime(2018, 11, 5, 8, tzinfo=UTC),
            id="a day of 25 hours",
        ),
        pytest.param(
            DeadlineFacts(date(2018, 12, 31), UTC),
            datetime(2019, 1, 1, tzinfo=UTC),
            id="the last day of a year",
        ),
    ],
)
def test_the_moment_a_deadline_ends(deadline, end):
    assert ends_at(deadline) == end


@pytest.mark.parametrize(
    ("deadline", "now", "passed"),
    [
        pytest.param(None, NOW, False, id="no deadline"),
        pytest.param(NOON, NOON_IN_BEIJING - SECOND, False, id="a second before"),
        pytest.param(NOON, NOON_IN_BEIJING, False, id="at the very moment"),
        pytest.param(NOON, NOON_IN_BEIJING + SECOND, True, id="a second after"),
        pytest.param(
            NOON, NOON_IN_BEIJING.astimezone(LOS_ANGELES), False, id="the same moment elsewhere"
        ),
        pytest.param(DeadlineFacts(DAY, BEIJING), NOON_IN_BEIJING, False, id="on its day"),
        pytest.param(
            DeadlineFacts(DAY, BEIJING),
            MIDNIGHT_IN_BEIJING - SECOND,
            False,
            id="the last second of its day",
        ),
        pytest.param(DeadlineFacts(DAY, BEIJING), MIDNIGHT_IN_BEIJING, True, id="its day is over"),
        pytest.param(
            DeadlineFacts(DAY, LOS_ANGELES),
            MIDNIGHT_IN_BEIJING,
            False,
            id="its day is not over in its zone",
        ),
    ],
)
def test_a_deadline_has_passed(deadline, now, passed):
    assert has_passed(deadline, now) is passed


@pytest.mark.parametrize(
    ("deadline", "hours", "near"),
    [
        pytest.param(NOON, -49, False, id="49 hours before"),
        pytest.param(NOON, -48, True, id="48 hours before"),
        pytest.param(NOON, 1, True, id="after it"),
        pytest.param(DeadlineFacts(DAY, BEIJING), -37, False, id="a day: 49 hours before its end"),
        pytest.param(DeadlineFacts(DAY, BEIJING), -36, True, id="a day: 48 hours before its end"),
        pytest.param(None, 0, False, id="no deadline"),
    ],
)
def test_a_deadline_is_near(deadline, hours, near):
    assert is_near(deadline, NOON_IN_BEIJING + timedelta(hours=hours)) is near


def test_hours_are_counted_through_a_change_of_clocks():
    noon = DeadlineFacts(DAY, LOS_ANGELES, time(12))

    # By the wall clock these are 48 hours; one of them came twice.
    assert not is_near(noon, datetime(2018, 11, 2, 12, tzinfo=LOS_ANGELES))
    assert is_near(noon, datetime(2018, 11, 2, 13, tzinfo=LOS_ANGELES))
    whole_day = DeadlineFacts(DAY, LOS_ANGELES)
    assert not is_near(whole_day, datetime(2018, 11, 3, 0, tzinfo=LOS_ANGELES))
    assert is_near(whole_day, datetime(2018, 11, 3, 1, tzinfo=LOS_ANGELES))


def sent(round, reply=None):
    return SubmissionFacts(round, NOW - timedelta(days=5 - round), reply)


def a_reply(deadline=None):
    return NoticeFacts(date(2018, 9, 18), deadline, has_no_deadline=deadline is None)


PAST = DeadlineFacts(date(2018, 9, 19), BEIJING)
AHEAD = DeadlineFacts(date(2018, 10, 30), BEIJING)


@pytest.mark.parametrize(
    ("submissions", "round", "waiting", "findings"),
    [
        pytest.param([], 1, False, ["deadline-passed"], id="nothing sent"),
        pytest.param([sent(1)], 1, True, [], id="sent"),
        pytest.param([sent(1, a_reply())], 2, False, [], id="a reply without a deadline"),
        pytest.param([sent(1, a_reply(AHEAD))], 2, False, [], id="a reply with a deadline ahead"),
        pytest.param(
            [sent(1, a_reply(PAST))],
            2,
            False,
            ["deadline-passed"],
            id="a reply with a deadline in the past",
        ),
        pytest.param([sent(1, a_reply(PAST)), sent(2)], 2, True, [], id="sent again"),
        pytest.param(
            [sent(1, a_reply(AHEAD)), sent(2, a_reply(PAST))],
            3,
            False,
            ["deadline-passed"],
            id="a third round",
        ),
    ],
)
def test_rounds(submissions, round, waiting, findings):
    facts = with_deadline(case(), date(2018, 9, 19))

    for order in (1, -1):
        result = assess(replace(facts, submissions=tuple(submissions[::order])), NOW)

        assert (result.round, result.is_waiting) == (round, waiting)
        assert codes(result) == findings


@pytest.mark.parametrize(
    ("reply", "asks"),
    [
        pytest.param(NoticeFacts(date(2018, 9, 18)), True, id="a reply, not looked at for it"),
        pytest.param(a_reply(), False, id="a reply without"),
        pytest.param(a_reply(AHEAD), False, id="a reply with one"),
        pytest.param(NoticeFacts(date(2018, 9, 18), is_silent=True), False, id="no reply came"),
    ],
)
def test_the_deadline_of_a_reply_is_asked_for(reply, asks):
    result = assess(replace(case(), submissions=(sent(1, reply),)), NOW)

    assert (StepKind.SET_DEADLINE in [one.kind for one in result.steps]) is asks


def test_what_the_page_shows_of_a_deadline():
    facts = with_deadline(case(), date(2018, 9, 21), time(12))

    result = assess(facts, NOW)

    assert result.deadline == facts.notice.deadline
    assert result.deadline_at == NOW + timedelta(days=1)
    assert (result.is_deadline_near, result.has_deadline_passed) == (True, False)
    assert assess(facts, NOW + timedelta(days=2)).has_deadline_passed
    assert not assess(facts, NOW - timedelta(days=2)).is_deadline_near
    assert assess(case(), NOW).deadline_at is None


def test_a_passed_deadline_is_explained_for_its_round_and_day_alone():
    facts = with_deadline(case(), date(2018, 9, 19))
    [finding] = assess(facts, NOW).findings
    said = replace(facts, explanations=(explanation(finding=finding.key, kept=finding.kept),))

    assert codes(assess(said, NOW)) == []
    assert codes(assess(with_deadline(said, date(2018, 9, 18)), NOW)) == ["deadline-passed"]
    assert codes(assess(with_deadline(said, date(2018, 9, 19), time(9)), NOW)) == [
        "deadline-passed"
    ]
    second = replace(said, submissions=(sent(1, a_reply(PAST)),))
    [again] = assess(second, NOW).open_findings
    assert again.place.page is Page.REPLY


def test_today_is_the_date_in_the_zone_of_the_notice():
    late = datetime(2018, 9, 20, 22, tzinfo=UTC)

    assert assess(case(), late).today == date(2018, 9, 21)
    assert assess(case(zone=LOS_ANGELES), late).today == date(2018, 9, 20)
