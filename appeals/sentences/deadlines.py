"""The deadline: how long is left, and when it is where."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.rules.assessment import Assessment

BEIJING = zoneinfo.ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """A deadline that was entered."""

    left: str  # how long is left, or that it has passed
    written: str  # as the notice writes it: day, time, zone
    in_beijing: str  # the same moment there; empty where that is the notice's zone
    is_near: bool  # from 48 hours before, also when it has passed


def of_deadline(assessment: Assessment, now: datetime) -> DeadlineWords | None:
    """None: not entered, or none is given."""
    deadline, end = assessment.deadline, assessment.deadline_at
    if deadline is None or end is None:
        return None
    at = f" {deadline.at:%H:%M}" if deadline.at else ""
    is_there = str(deadline.zone) == str(BEIJING)
    return DeadlineWords(
        left=_left(end - now, assessment.has_deadline_passed),
        written=f"{deadline.on:%Y-%m-%d}{at} {zone_at(end.astimezone(deadline.zone))}",
        in_beijing=""
        if is_there
        else _("%(time)s Beijing time")
        % {"time": end.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")},
        is_near=assessment.is_deadline_near,
    )


def zone_at(moment: datetime) -> str:
    """What its zone is called then: Beijing time, or PST and PDT by the season."""
    if str(moment.tzinfo) == str(BEIJING):
        return _("Beijing time")
    return moment.tzname() or ""


def _left(left: timedelta, has_passed: bool) -> str:
    """In days until two are left, then in whole hours, then in minutes: never more than is left."""
    if has_passed or left <= timedelta():
        return _("The deadline has passed")
    hours = left // HOUR
    if hours >= 48:
        days = hours // 24
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    if hours >= 1:
        return ngettext("%(hours)s hour left", "%(hours)s hours left", hours) % {"hours": hours}
    return _("Less than an hour left")
