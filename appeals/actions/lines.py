"""What lines of a text that asks became, taken back, and moved when the text is corrected.

The notice opens round 1; the reply to a round opens the next, and its lines are those of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from appeals.models import Case, Demand, Event, Submission
from appeals.models.demand import Rule, Standing
from appeals.presets import is_advice
from appeals.rules.lines import moved
from guides.models import User

from .demands import change, check_line, is_asked_again, record_change, remove
from .refusals import WrongPlace
from .rows import fresh, locked, record, write


@transaction.atomic
def ask_again(demand: Demand, *, by: User, version: int, round: int, line: int) -> None:
    """The reply that opened this round asks again, in this line, for what was asked before.

    What was left out or only advised is asked then. Saying it twice is saying it once. Raises
    StaleVersion, NoSuchLine, and WrongPlace for what this very text was the first to ask.
    """
    case = locked(demand.case_id)
    check_line(case, round, line)
    if demand.round >= round:
        raise WrongPlace
    if demand.standing != Standing.ASKED:
        change(demand, by=by, version=version, standing=Standing.ASKED)
    submission = case.submissions.get(round=round - 1)
    pair = [line, demand.ordinal]
    if pair not in submission.reply_lines:
        _keep(submission, [*submission.reply_lines, pair])
        record_change(case, demand, by, "again", line=line, round=round - 1)


@transaction.atomic
def unmark(case: Case, *, by: User, line: int, only: int | None = None, round: int = 1) -> None:
    """This line asks for nothing, or not for that (an ordinal; 0: the deadline).

    What the line had added goes, advice is advice again, and what it left out is asked. Raises
    InUse where something is filed or written under what it had added.
    """
    current = locked(case.pk)
    for demand in current.demands.filter(round=round, line=line):
        if only not in (None, demand.ordinal):
            continue
        if demand.out_line is not None:  # a later reply has taken it out
            change(demand, by=by, version=demand.version, line=None)
        elif demand.rule == Rule.ANSWERED and demand.standing == Standing.ASKED:
            remove(demand, by=by)
        else:
            change(demand, by=by, version=demand.version, line=None, standing=_standing(demand))
    for demand in current.demands.filter(out_round=round, out_line=line):
        if only in (None, demand.ordinal):
            standing = Standing.ASKED if demand.line else _standing(demand)
            change(demand, by=by, version=demand.version, standing=standing)
    if round > 1:
        _forget_again(current, by, round, line, only)
    if only in (None, 0):
        _unmark_deadline(current, by, round, line)


@transaction.atomic
def mark_deadline(
    case: Case, *, by: User, version: int, line: int | None, round: int = 1
) -> tuple[str, ...]:
    """Which line gives the deadline. `version` is that of the case, or of the submission replied
    to. Raises NoSuchLine and StaleVersion."""
    current = locked(case.pk)
    check_line(current, round, line)
    if round == 1:
        changed = write(current, version=version, values={"deadline_line": line})
        kind, details = Event.Kind.NOTICE_CHANGED, dict[str, Any]()
    else:
        submission = current.submissions.get(round=round - 1)
        changed = write(submission, version=version, values={"reply_deadline_line": line})
        kind, details = Event.Kind.REPLY_CHANGED, {"round": round - 1}
    if changed:
        record(current, kind, by=by, fields=changed, **details)
    return changed


def follow_text(case: Case, *, by: User, before: str) -> None:
    """After the notice's text was changed: its lines have moved, and marks move with them.

    What a line that is gone had left out or made count is as if no line said anything of it.
    """
    there = moved(before, case.notice_text)
    _move(case, 1, there, by)
    if case.deadline_line is not None:
        case.deadline_line = there.get(case.deadline_line)
        case.save(update_fields=["deadline_line"])


def follow_reply(submission: Submission, *, by: User, before: str) -> None:
    """The same for the text of a reply, whose lines are those of the next round."""
    there = moved(before, submission.reply_text)
    case, deadline = submission.case, submission.reply_deadline_line
    Submission.objects.filter(pk=submission.pk).update(
        reply_lines=[
            [there[line], ordinal] for line, ordinal in submission.reply_lines if line in there
        ],
        reply_deadline_line=there.get(deadline) if deadline else None,
    )
    round = submission.round + 1
    lost = [pair for pair in submission.reply_lines if pair[0] not in there]
    _not_again(case, by, round, lost)
    _move(case, round, there, by)


def _move(case: Case, round: int, there: Mapping[int, int], by: User) -> None:
    for demand in case.demands.filter(round=round, line__isnull=False):
        line = there.get(demand.line or 0)
        if line == demand.line:
            continue
        values: dict[str, Any] = {"line": line}
        if line is None and demand.out_line is None:
            values["standing"] = _told(case, demand, by, _standing(demand))
        _set(demand, values)
    for demand in case.demands.filter(out_round=round):
        line = there.get(demand.out_line or 0)
        if line is None:
            standing = Standing.ASKED if demand.line else _standing(demand)
            _told(case, demand, by, standing)
            _set(demand, {"out_line": None, "out_round": None, "standing": standing})
        elif line != demand.out_line:
            _set(demand, {"out_line": line})


def _told(case: Case, demand: Demand, by: User, standing: Standing) -> Standing:
    """What it is from now on, of which the timeline has a line where that is something else."""
    if standing != demand.standing:
        change = "advised" if standing == Standing.ADVISED else "asked"
        record_change(case, demand, by, change)
    return standing


def _set(demand: Demand, values: Mapping[str, Any]) -> None:
    Demand.objects.filter(pk=demand.pk).update(**values, version=F("version") + 1)


def _standing(demand: Demand) -> Standing:
    """What it is when no line of its own says anything of it."""
    if is_advice(demand) and not is_asked_again(demand):
        return Standing.ADVISED
    return Standing.ASKED


def _forget_again(case: Case, by: User, round: int, line: int, only: int | None) -> None:
    submission = case.submissions.get(round=round - 1)
    gone = [pair for pair in submission.reply_lines if pair[0] == line and only in (None, pair[1])]
    if not gone:
        return
    _keep(submission, [pair for pair in submission.reply_lines if pair not in gone])
    _not_again(case, by, round, gone)


def _not_again(case: Case, by: User, round: int, gone: Iterable[list[int]]) -> None:
    """After these marks went: that is told, and advice is advice again."""
    for _line, ordinal in gone:
        demand = case.demands.filter(ordinal=ordinal).first()
        if demand is None:  # taken away while a reply still asked for it again
            continue
        record_change(case, demand, by, "not-again", round=round - 1)
        if demand.line is None and demand.standing == Standing.ASKED:
            change(demand, by=by, version=demand.version, standing=_standing(demand))


def _keep(submission: Submission, pairs: list[list[int]]) -> None:
    Submission.objects.filter(pk=submission.pk).update(reply_lines=pairs)


def _unmark_deadline(case: Case, by: User, round: int, line: int) -> None:
    if round == 1:
        if case.deadline_line == line:
            current = fresh(case)
            mark_deadline(current, by=by, version=current.version, line=None)
        return
    submission = case.submissions.get(round=round - 1)
    if submission.reply_deadline_line == line:
        mark_deadline(case, by=by, version=submission.version, line=None, round=round)
