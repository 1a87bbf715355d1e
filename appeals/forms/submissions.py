"""That the dossier was sent, and what was replied."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models import Case, Submission

from .base import DateField, Form, TimeField, Versioned
from .cases import refuse_half, zone_choices

A_DAY = datetime.timedelta(days=1)


class SendingFields(Form):
    """When and where, as the owner says."""

    sent_on = DateField(label=_("Sent on"))
    sent_time = TimeField(
        label=_("Time"), required=False, help_text=_("In the time zone of the notice.")
    )
    sent_where = forms.CharField(
        label=_("Where it was sent"),
        max_length=200,
        help_text=_("For example: Seller Central, Account Health, the button on the notice."),
    )
    amazon_reference = forms.CharField(
        label=_("Amazon's reference"),
        max_length=100,
        required=False,
        help_text=_("The case number that you were given. It can be added later."),
    )

    def __init__(self, *args: Any, case: Case, round: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.rounds = {one.round: one for one in case.submissions.all()}
        self.round = round

    def clean_sent_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["sent_on"]
        today = timezone.localdate(timezone=zoneinfo.ZoneInfo(self.case.time_zone))
        # Where it was sent, tomorrow may have begun.
        if day > today + A_DAY:
            raise ValidationError(_("This day is still to come."), code="future")
        if self.case.notice_on and day < self.case.notice_on:
            words = _("This is before the day on which the notice was received (%(day)s).")
            raise ValidationError(words, code="before", params={"day": self.case.notice_on})
        self._check_beside(day)
        return day

    def _check_beside(self, day: datetime.date) -> None:
        """Rounds and replies come one after the other; between two zones a day may be another."""
        earlier, own = self.rounds.get(self.round - 1), self.rounds.get(self.round)
        if earlier and earlier.reply_on and day < earlier.reply_on - A_DAY:
            words = _("This is before the day on which the reply was received (%(day)s).")
            raise ValidationError(words, code="before", params={"day": earlier.reply_on})
        if own and own.reply_on and day > own.reply_on + A_DAY:
            words = _("This is after the day on which the reply was received (%(day)s).")
            raise ValidationError(words, code="after", params={"day": own.reply_on})


class SealForm(SendingFields):
    """The sending, and the owner's word that this is what was sent."""

    made_of = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )
    is_sent = forms.BooleanField(
        label=_("This is what I sent, and I confirm it."),
        error_messages={"required": _("Tick the sentence to seal the dossier.")},
    )


class SendingForm(Versioned, SendingFields):
    """What was noted of a sending, changed later."""


class ReplyDeadlineForm(Versioned):
    """When the answer to a reply is due, as the reply says."""

    marks_optional = False

    reply_deadline_on = DateField(
        label=_("Deadline"),
        required=False,
        help_text=_("Only as the reply gives it. We never work one out."),
    )
    reply_deadline_time = TimeField(
        label=_("Time"), required=False, help_text=_("If the reply gives one.")
    )
    reply_time_zone = forms.ChoiceField(label=_("Time zone of the reply"), choices=())
    reply_has_no_deadline = forms.BooleanField(label=_("The reply gives none"), required=False)

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission
        self.fields["reply_time_zone"].choices = zone_choices(
            self.get_initial_for_field(self.fields["reply_time_zone"], "reply_time_zone")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_half(self, "reply_")
        day = cleaned.get("reply_deadline_on")
        received = self.received_on()
        if day and received and day < received:
            words = _("This is before the day on which the reply was received (%(day)s).")
            self.add_error(
                "reply_deadline_on",
                ValidationError(words, code="before", params={"day": received}),
            )
        return cleaned

    def received_on(self) -> datetime.date | None:
        return self.submission.reply_on


class ReplyForm(ReplyDeadlineForm):
    """The reply, copied in or corrected."""

    marks_optional = True

    reply_answer = forms.ChoiceField(
        label=_("What it says"), choices=Submission.Answer.choices, widget=forms.RadioSelect
    )
    reply_text = forms.CharField(
        label=_("Text of the reply"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
        help_text=_("Paste the whole of it, in the language it came in."),
    )
    reply_on = DateField(
        label=_("Received on"),
        help_text=_("Where none came: the day from which on there is something new."),
    )
    reply_reference = forms.CharField(
        label=_("Amazon's case number"),
        max_length=100,
        required=False,
        help_text=_("If the reply has one."),
    )
    field_order = ["reply_text", "reply_answer", "reply_on", "reply_reference"]

    def clean_reply_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["reply_on"]
        if day > timezone.localdate() + A_DAY:
            raise ValidationError(
                _("This day is still to come. Look at the year, month and day again."),
                code="future",
            )
        if day < self.submission.sent_on - A_DAY:
            words = _("This is before the day on which the dossier was sent (%(day)s).")
            raise ValidationError(words, code="before", params={"day": self.submission.sent_on})
        later = self.submission.case.submissions.filter(round=self.submission.round + 1).first()
        if later and day > later.sent_on + A_DAY:
            words = _("This is after the day on which the next round was sent (%(day)s).")
            raise ValidationError(words, code="after", params={"day": later.sent_on})
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reply_answer") != Submission.Answer.NONE and not cleaned.get("reply_text"):
            self.add_error(
                "reply_text", ValidationError(_("Copy in what the reply says."), code="text")
            )
        return cleaned

    def received_on(self) -> datetime.date | None:
        return self.cleaned_data.get("reply_on")


def sending(submission: Submission) -> dict[str, Any]:
    names = SendingFields.base_fields
    return {name: getattr(submission, name) for name in names} | {"version": submission.version}


def reply(submission: Submission) -> dict[str, Any]:
    names = [name for name in ReplyForm.base_fields if name != "version"]
    values = {name: getattr(submission, name) for name in names}
    values["reply_time_zone"] = submission.reply_time_zone or submission.time_zone
    return values | {"version": submission.version}
