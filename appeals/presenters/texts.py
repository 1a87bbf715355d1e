"""A text that asks: the notice, or the reply that opened a later round."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from appeals.models import Case, Demand, Submission
from appeals.rules.lines import NoticeLine, lines_of
from appeals.sentences import DeadlineWords, links, of_deadline


@dataclass(frozen=True, slots=True)
class AskingText:
    """Costs no query where the case has its facts."""

    case: Case
    submission: Submission | None = None  # the sending replied to; None: the notice

    @property
    def is_notice(self) -> bool:
        return self.submission is None

    @property
    def is_silent(self) -> bool:
        """No reply came, and something has changed."""
        none = Submission.Answer.NONE
        return self.submission is not None and self.submission.reply_answer == none

    @property
    def round(self) -> int:
        """That which it opened."""
        return self.submission.round + 1 if self.submission else 1

    @property
    def title(self) -> str:
        if self.submission is None:
            return _("Notice")
        if self.is_silent:
            return _("No reply to round %(round)s") % {"round": self.submission.round}
        return _("Reply to round %(round)s") % {"round": self.submission.round}

    @property
    def text(self) -> str:
        return self.submission.reply_text if self.submission else self.case.notice_text

    @property
    def lines(self) -> tuple[NoticeLine, ...]:
        return lines_of(self.text)

    @property
    def received_on(self) -> datetime.date | None:
        return self.submission.reply_on if self.submission else self.case.notice_on

    @property
    def reference(self) -> str:
        return self.submission.reply_reference if self.submission else self.case.amazon_reference

    @property
    def answer(self) -> str:
        """What a reply says."""
        return str(self.submission.get_reply_answer_display()) if self.submission else ""

    @property
    def deadline_line(self) -> int | None:
        return self.submission.reply_deadline_line if self.submission else self.case.deadline_line

    @property
    def has_no_deadline(self) -> bool:
        if self.submission:
            return self.submission.reply_has_no_deadline
        return self.case.has_no_deadline

    @property
    def deadline_day(self) -> str:
        """Day and time as it gives them; empty: not entered, or none."""
        if self.submission:
            on, at = self.submission.reply_deadline_on, self.submission.reply_deadline_time
        else:
            on, at = self.case.deadline_on, self.case.deadline_time
        if on is None:
            return ""
        return f"{on:%Y-%m-%d} {at:%H:%M}" if at else f"{on:%Y-%m-%d}"

    @property
    def deadline(self) -> DeadlineWords | None:
        """How long is left, while its round goes on."""
        now = self.case.now()
        assessment = self.case.assess(now)
        is_due = assessment.round == self.round and not assessment.is_waiting
        return of_deadline(assessment, now) if is_due else None

    @property
    def version(self) -> int:
        """Of the row that has it."""
        return self.submission.version if self.submission else self.case.version

    @property
    def url(self) -> str:
        if self.submission is None:
            return links.to_notice(self.case.code)
        return links.to_reply(self.case.code, self.submission.round)

    @property
    def deadline_url(self) -> str:
        """Where its deadline is entered."""
        if self.submission is None:
            return links.to_notice(self.case.code, "deadline_on")
        return links.to_reply(self.case.code, self.submission.round, "reply_deadline_on")

    def line_url(self, number: int, of: int | None = None, *, apart: bool = False) -> str:
        """Where the line is marked; in the example, nowhere."""
        if self.case.is_example:
            return ""
        query = f"?of={of}" if of is not None else ""
        query += "&apart=1" if apart else ""
        if self.submission is None:
            address = reverse("appeals:notice-line", args=[self.case.code, number])
        else:
            address = reverse(
                "appeals:reply-line", args=[self.case.code, self.submission.round, number]
            )
        return f"{address}{query}#line-{number}"

    def asked_again(self, number: int) -> tuple[int, ...]:
        """Ordinals of what this line of a reply asks once more."""
        pairs = self.submission.reply_lines if self.submission else []
        return tuple(ordinal for line, ordinal in pairs if line == number)

    def has_marked(self, demand: Demand, number: int) -> bool:
        """Whether this line asks for the demand first, or takes it out."""
        if (demand.out_round, demand.out_line) == (self.round, number):
            return True
        return (demand.round, demand.line) == (self.round, number)


def text_of_round(case: Case, round: int) -> AskingText | None:
    """What opened the round; None where no such reply is recorded."""
    if round == 1:
        return AskingText(case)
    found = (one for one in case.submissions.all() if one.round == round - 1 and one.has_reply)
    return next((AskingText(case, one) for one in found), None)
