"""The timeline by rounds: which line belongs to which, and what stands under it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.models import Case, Event, Submission
from appeals.rules.assessment import Assessment
from appeals.rules.facts import Standing
from appeals.timeline import Line

from .notice_page import LineRow, line_rows
from .rounds import Standpoint
from .sealed import Sealed, sealed
from .texts import AskingText


@dataclass(frozen=True, slots=True)
class SealedBox:
    submission: Submission
    page: Sealed


@dataclass(frozen=True, slots=True)
class ReplyBox:
    text: AskingText
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what stands under it."""

    line: Line
    sealed: SealedBox | None = None
    reply: ReplyBox | None = None


@dataclass(frozen=True, slots=True)
class Day:
    on: datetime.date
    lines: tuple[Told, ...]
    round: int | None

    @property
    def anchor(self) -> str:
        return f"day-{self.on}" if self.round is None else f"day-{self.on}-round-{self.round}"


@dataclass(frozen=True, slots=True)
class RoundOfDays:
    number: int | None  # None: no rounds are told apart
    note: str  # whether it goes on
    days: tuple[Day, ...]


def by_day(lines: Sequence[Line], round: int | None = None) -> tuple[Day, ...]:
    """Days are those of the zone that is active."""
    return _days([Told(one) for one in lines], round)


def plain(lines: Sequence[Line]) -> tuple[RoundOfDays, ...]:
    """Where something is looked for, and before anything was sent: days alone."""
    return (RoundOfDays(None, "", by_day(lines)),) if lines else ()


def by_round(
    case: Case, stands: Standpoint, events: Sequence[Event], lines: Sequence[Line]
) -> tuple[RoundOfDays, ...]:
    """Newest first, like the lines. One query, for when the replies were recorded."""
    replied = [
        (one.at, one.pk, one.details["round"] + 1)
        for one in Event.objects.of_case(case).filter(kind=Event.Kind.REPLIED)
    ]
    told = [
        (_round_of(event, replied), _told(case, event, line))
        for event, line in zip(events, lines, strict=True)
    ]
    return tuple(
        RoundOfDays(number, _note(case, stands, number), _days([one for _n, one in of_it], number))
        for number, of_it in (
            (number, list(of_it)) for number, of_it in groupby(told, key=lambda each: each[0])
        )
    )


def _round_of(event: Event, replied: Sequence[tuple[datetime.datetime, int, int]]) -> int:
    """A reply opens the next round, and its own line stands in that."""
    opened = [number for at, key, number in replied if (at, key) <= (event.at, event.pk)]
    return max(opened, default=1)


def _days(told: Sequence[Told], round: int | None) -> tuple[Day, ...]:
    return tuple(
        Day(day, tuple(of_day), round)
        for day, of_day in groupby(told, key=lambda each: timezone.localdate(each.line.at))
    )


def _told(case: Case, event: Event, line: Line) -> Told:
    if event.kind not in (Event.Kind.SUBMITTED, Event.Kind.REPLIED):
        return Told(line)
    number = event.details.get("round")
    row = next((one for one in case.submissions.all() if one.round == number), None)
    if row is None:
        return Told(line)
    if event.kind == Event.Kind.SUBMITTED:
        return Told(line, sealed=SealedBox(row, sealed(case, row)))
    text = AskingText(case, row)
    shown = line_rows(text, prefix=f"round-{text.round}-")
    return Told(line, reply=ReplyBox(text, shown) if shown else None)


def _note(case: Case, stands: Standpoint, number: int) -> str:
    if number < stands.round or stands.is_waiting:
        return _("Sealed, does not change any more")
    return _("Closed") if case.is_closed else _("Under way")


# --- The head of the page --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """Where the case stands, and what can be recorded now."""

    stands: Standpoint
    asked: str  # how many of what this round asks are ready
    last: Submission | None  # sealed last
    submission_url: str  # each empty where it makes no sense now
    reply_url: str
    outcome_url: str


def head(case: Case, stands: Standpoint, assessment: Assessment) -> Head:
    rows = list(case.submissions.all())
    is_open = not (case.is_closed or case.is_register)
    return Head(
        stands=stands,
        asked=_asked(stands, assessment),
        last=rows[-1] if rows else None,
        submission_url=_url("submission", case, stands.round)
        if is_open and not stands.is_waiting
        else "",
        reply_url=_url("reply", case, stands.round) if stands.is_waiting else "",
        outcome_url=_url("outcome", case) if rows and is_open else "",
    )


def _asked(stands: Standpoint, assessment: Assessment) -> str:
    """Of what the reply asks; of everything in the first round, and where no line of the reply is
    marked."""
    wanted = stands.asked
    states = [
        one.state
        for one in assessment.demands
        if one.demand.standing is Standing.ASKED and (not wanted or one.demand.ordinal in wanted)
    ]
    done = sum(state is not None and state.is_done for state in states)
    return ngettext("%(done)s of %(count)s ready", "%(done)s of %(count)s ready", len(states)) % {
        "done": done,
        "count": len(states),
    }


def _url(name: str, case: Case, *parts: int) -> str:
    return reverse(f"appeals:{name}", args=[case.code, *parts])
