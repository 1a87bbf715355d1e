"""The deadline in words."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from appeals.rules import facts as rules
from appeals.sentences import of_deadline

from .conftest import BEIJING, assessed, case

PACIFIC = zoneinfo.ZoneInfo("America/Los_Angeles")
DAY = datetime.date(2018, 9, 24)
#: 2018-09-24 22:59 in California.
END = datetime.datetime(2018, 9, 25, 5, 59, tzinfo=datetime.UTC)


def said(before, zone=PACIFIC, at=datetime.time(22, 59), end=END):
    deadline = rules.DeadlineFacts(DAY, zone, at)
    facts = case(notice=rules.NoticeFacts(datetime.date(2018, 9, 12), deadline))
    now = end - before
    return of_deadline(assessed(facts, now), now)


@pytest.mark.parametrize(
    ("before", "left", "is_near"),
    [
        ({"days": 4, "hours": 23}, "4 days left", False),
        ({"hours": 48, "minutes": 1}, "2 days left", False),
        ({"hours": 47, "minutes": 59}, "47 hours left", True),
        ({"hours": 1}, "1 hour left", True),
        ({"minutes": 59}, "Less than an hour left", True),
        ({"minutes": -1}, "The deadline has passed", True),
    ],
)
def test_how_long_is_left(before, left, is_near):
    words = said(datetime.timedelta(**before))

    assert (words.left, words.is_near) == (left, is_near)


def test_it_is_said_as_the_notice_has_it_and_in_beijing():
    words = said(datetime.timedelta(days=3))

    assert words.written == "2018-09-24 22:59 PDT"
    assert words.in_beijing == "2018-09-25 13:59 Beijing time"


def test_it_is_said_once_where_the_notice_is_in_beijing_time():
    words = said(datetime.timedelta(days=3), zone=BEIJING)

    assert (words.written, words.in_beijing) == ("2018-09-24 22:59 Beijing time", "")


def test_without_a_time_it_ends_with_its_day():
    end = datetime.datetime(2018, 9, 24, 16, tzinfo=datetime.UTC)
    words = said(datetime.timedelta(minutes=1), zone=BEIJING, at=None, end=end)

    assert (words.written, words.left) == (
        "2018-09-24 Beijing time",
        "Less than an hour left",
    )


def test_there_may_be_none():
    now = datetime.datetime(2018, 9, 20, tzinfo=datetime.UTC)

    assert of_deadline(assessed(case(), now), now) is None
