"""Which round a case is in, and when its answer is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from .facts import CaseFacts, DeadlineFacts, NoticeFacts, SubmissionFacts

NEAR = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Round:
    number: int
    notice: NoticeFacts | None  # the notice, or the reply that opened the round
    sent: SubmissionFacts | None  # this round's sending, while no reply is recorded

    @property
    def deadline(self) -> DeadlineFacts | None:
        return self.notice.deadline if self.notice else None

    @property
    def lacks_deadline(self) -> bool:
        """There is a notice, but neither its deadline nor that it has none was entered. Where no
        reply came there is nothing that could give one."""
        notice = self.notice
        if notice is None or notice.is_silent:
            return False
        return notice.deadline is None and not notice.has_no_deadline


def current_round(facts: CaseFacts) -> Round:
    """A reply closes its round and opens the next."""
    number, notice = 1, facts.notice
    for submission in sorted(facts.submissions, key=lambda each: each.round):
        if submission.reply is None:
            return Round(submission.round, notice, submission)
        number, notice = submission.round + 1, submission.reply
    return Round(number, notice, None)


def ends_at(deadline: DeadlineFacts) -> datetime:
    """The moment it ends, in UTC; without a time, the midnight that ends its day."""
    # In UTC, because Python subtracts two times of one zone by the wall clock, which is an
    # hour out where the clock changes between them.
    if deadline.at is None:
        midnight = datetime.combine(deadline.on + timedelta(days=1), time(), deadline.zone)
        return midnight.astimezone(UTC)
    return datetime.combine(deadline.on, deadline.at, deadline.zone).astimezone(UTC)


def has_passed(deadline: DeadlineFacts | None, now: datetime) -> bool:
    if deadline is None:
        return False
    end = ends_at(deadline)
    return end <= now if deadline.at is None else end < now


def is_near(deadline: DeadlineFacts | None, now: datetime) -> bool:
    """From 48 hours before it, also when it has passed."""
    return deadline is not None and now >= ends_at(deadline) - NEAR
