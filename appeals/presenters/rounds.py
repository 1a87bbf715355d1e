"""Where a case stands between its notice, its sendings and the replies."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from appeals.models import Case, Submission
from appeals.models.demand import Standing

from .texts import AskingText, text_of_round


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The state of a case, and its round."""

    state: str  # Preparing, Waiting, More asked, or how it was closed
    round: int
    text: AskingText  # what opened the round
    sent: Submission | None  # this round's sending, while no reply is recorded
    days: int  # since then, the first day being one
    new: frozenset[int]  # ordinals of what a reply was the first to ask; none in round 1
    again: frozenset[int]  # of what it asks again
    compare_url: str  # what differs from the round before; empty in the first

    @property
    def is_waiting(self) -> bool:
        return self.sent is not None

    @property
    def asked(self) -> frozenset[int]:
        """Of what the reply that opened this round asks."""
        return self.new | self.again

    @property
    def in_full(self) -> str:
        """More asked, round 2; the state alone in the first round before it is sent."""
        if self.round == 1 and self.sent is None:
            return self.state
        return _("%(state)s, round %(round)s") % {"state": self.state, "round": self.round}

    @property
    def waiting(self) -> str:
        """Waiting, day 3"""
        return ngettext("Waiting, day %(days)s", "Waiting, day %(days)s", self.days) % {
            "days": self.days
        }

    @property
    def opened_on(self) -> str:
        on = self.text.received_on
        return on.isoformat() if on else ""


def standpoint(case: Case) -> Standpoint:
    """No query where the case has its facts."""
    rows = list(case.submissions.all())
    last = rows[-1] if rows else None
    round = last.round + 1 if last and last.has_reply else last.round if last else 1
    sent = last if last and not last.has_reply else None
    text = text_of_round(case, round) or AskingText(case)
    today = timezone.localdate(case.now(), timezone=case.zone)
    return Standpoint(
        state=_state(case, text, sent),
        round=round,
        text=text,
        sent=sent if not case.is_closed else None,
        days=max(1, (today - sent.sent_on).days + 1) if sent else 0,
        new=frozenset(
            one.ordinal
            for one in case.demands.all()
            if one.round == round > 1 and one.standing == Standing.ASKED
        ),
        again=frozenset(
            ordinal for line in text.lines for ordinal in text.asked_again(line.number)
        ),
        compare_url=reverse("appeals:submission-compare", args=[case.code, round - 1, round])
        if round > 1
        else "",
    )


def _state(case: Case, text: AskingText, sent: Submission | None) -> str:
    if case.is_closed:
        return str(case.get_closed_as_display())
    if sent is not None:
        return pgettext("state of a case", "Waiting")
    if text.submission and text.submission.reply_answer == Submission.Answer.MORE:
        return pgettext("state of a case", "More asked")
    return pgettext("state of a case", "Preparing")
