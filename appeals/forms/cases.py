"""A case's particulars, its notice and its deadline."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models import Case

from .base import DateField, Form, LinesField, Once, TimeField, Versioned

# Zones that notices of the marketplaces are written in.
ZONES = {
    "Asia/Shanghai": _("Beijing time"),
    "America/Los_Angeles": _("Pacific Time (PST / PDT)"),
    "America/Denver": _("Mountain Time (MST / MDT)"),
    "America/Chicago": _("Central Time (CST / CDT)"),
    "America/New_York": _("Eastern Time (EST / EDT)"),
    "UTC": "UTC",
    "Europe/London": _("London (GMT / BST)"),
    "Europe/Berlin": _("Central Europe (CET / CEST)"),
    "Asia/Tokyo": _("Tokyo (JST)"),
    "Asia/Dubai": _("Dubai (GST)"),
    "Asia/Kolkata": _("India (IST)"),
    "Asia/Singapore": _("Singapore (SGT)"),
    "Australia/Sydney": _("Sydney (AEST / AEDT)"),
    "America/Sao_Paulo": _("São Paulo (BRT)"),
}

MARKETPLACES = (
    ("", _("Not chosen")),
    *((code, code) for code in ("US", "CA", "MX", "BR", "UK", "DE", "FR", "IT", "ES", "NL")),
    *((code, code) for code in ("SE", "PL", "BE", "IE", "TR", "JP", "AU", "SG", "IN", "AE")),
    *((code, code) for code in ("SA", "EG", "ZA")),
)


class StoreFields(Form):
    """Which store it is, and who pays for it."""

    store = forms.CharField(
        label=_("Store"),
        max_length=200,
        help_text=_("A name you will know it by, such as “My shop US”."),
    )
    marketplace = forms.ChoiceField(label=_("Marketplace"), choices=MARKETPLACES, required=False)
    company = forms.CharField(
        label=_("Company of the store"),
        max_length=200,
        required=False,
        help_text=_("As it is registered with Amazon. Payers are compared with it."),
    )
    payer_names = LinesField(
        label=_("Others who pay for the store"),
        required=False,
        item_length=200,
        help_text=_(
            "One name a line: an owner's own card, a sister company. Leave it empty if nobody."
        ),
    )
    seller_id = forms.CharField(
        label=_("Seller ID"),
        max_length=60,
        required=False,
        help_text=_("The merchant token, which is not secret. Never a key or a password."),
    )


class DeadlineFields(Form):
    """Only what the notice says: a day, perhaps a time, a zone; or that it gives none."""

    deadline_on = DateField(
        label=_("Deadline"),
        required=False,
        help_text=_("Only as the notice gives it. We never work one out."),
    )
    deadline_time = TimeField(
        label=_("Time"), required=False, help_text=_("If the notice gives one.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone of the notice"), choices=())
    has_no_deadline = forms.BooleanField(label=_("The notice gives none"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices(
            self.get_initial_for_field(self.fields["time_zone"], "time_zone")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_half(self)
        return cleaned


def refuse_half(form: forms.Form, prefix: str = "") -> None:
    """A deadline that is given and marked as none, or a time without its day; `prefix` stands
    before the names of the fields."""
    day, none = f"{prefix}deadline_on", f"{prefix}has_no_deadline"
    given = form.cleaned_data
    if given.get(none) and given.get(day):
        words = _("Either give the day or tick that there is none.")
        form.add_error(none, ValidationError(words, code="deadline"))
    if given.get(f"{prefix}deadline_time") and not given.get(day) and day not in form.errors:
        form.add_error(day, ValidationError(_("Give the day that the time is on."), code="day"))


def zone_choices(kept: str | None) -> list[tuple[str, Any]]:
    """The zones offered, and the one that is kept, if it is another."""
    choices: list[tuple[str, Any]] = list(ZONES.items())
    if kept and kept not in ZONES:
        choices.append((kept, kept))
    return choices


def refuse_before(form: DeadlineFields, notice_on: datetime.date | None) -> None:
    """A deadline before its notice was copied wrongly, or the notice's day was."""
    day = form.cleaned_data.get("deadline_on")
    if day and notice_on and day < notice_on:
        words = _("This is before the day on which the notice was received (%(day)s).")
        form.add_error(
            "deadline_on", ValidationError(words, code="before", params={"day": notice_on})
        )


class NoticeFields(DeadlineFields):
    notice_text = forms.CharField(
        label=_("Text of the notice"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
        help_text=_("Paste the whole of it, in the language it came in."),
    )
    notice_on = DateField(label=_("Received on"))
    amazon_reference = forms.CharField(
        label=_("Amazon's case number"),
        max_length=100,
        required=False,
        help_text=_("If the notice has one."),
    )

    def clean_notice_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["notice_on"]
        # Where the notice was read, tomorrow may have begun.
        if day > timezone.localdate() + datetime.timedelta(days=1):
            raise ValidationError(
                _("This day is still to come. Look at the year, month and day again."),
                code="future",
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_before(self, cleaned.get("notice_on"))
        return cleaned


class OpenCaseForm(NoticeFields, StoreFields):
    """The notice copied in, and the store that it is about."""

    code = Once()

    field_order = [
        "notice_text",
        "notice_on",
        "amazon_reference",
        "deadline_on",
        "deadline_time",
        "time_zone",
        "has_no_deadline",
        "store",
        "marketplace",
        "company",
        "payer_names",
        "seller_id",
    ]


class OpenRegisterForm(StoreFields):
    code = Once()


class CaseForm(Versioned, StoreFields):
    """The particulars, changed later."""


class NoticeForm(Versioned, NoticeFields):
    """The whole notice, copied in later or corrected."""


class DeadlineForm(Versioned, DeadlineFields):
    """The deadline alone, of a notice received on that day."""

    marks_optional = False

    def __init__(self, *args: Any, notice_on: datetime.date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice_on = notice_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_before(self, self.notice_on)
        return cleaned


def particulars(case: Case) -> dict[str, Any]:
    return _initial(case, StoreFields)


def notice_fields(case: Case) -> dict[str, Any]:
    return _initial(case, NoticeFields)


def deadline(case: Case) -> dict[str, Any]:
    return _initial(case, DeadlineFields)


def _initial(case: Case, fields: type[Form]) -> dict[str, Any]:
    values = {name: getattr(case, name) for name in fields.base_fields}
    return values | {"version": case.version}
