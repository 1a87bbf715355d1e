"""One provider, piece by piece: each part of its page is a form, sent together with the others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.actions.periods import Span
from appeals.models import Provider

from .base import DateField, Form, InlineRadios, MonthField, Versioned


class NewProviderForm(Form):
    """`after`: how many letters were given when it was made, so that it adds one if sent twice."""

    after = forms.IntegerField(
        required=False, min_value=0, max_value=32_000, widget=forms.HiddenInput
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As you call it. Two applications of one company are two providers."),
    )


class PartFields(Versioned):
    """Nearly everything here may stay empty, so nothing says that it may."""

    marks_optional = False

    made_from = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part

    def add_prefix(self, field_name: str) -> str:
        """All parts are sent at once: what each was made from has a name of its own."""
        return f"{self.part}-made_from" if field_name == "made_from" else field_name


class FoundForm(PartFields):
    found = forms.CharField(
        label=_("How you learned of it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Who told you, where and roughly when: a friend, a chat group, an advertisement."
        ),
    )


class ContactsForm(PartFields):
    name = forms.CharField(label=_("Name"), max_length=200)
    legal_name = forms.CharField(
        label=_("Name of its company"),
        max_length=200,
        required=False,
        help_text=_("As on its invoices, contract or web site."),
    )
    web_site = forms.CharField(label=_("Web site"), max_length=300, required=False)
    # Whatever they could be written to at: it is kept as it is known.
    email = forms.CharField(
        label=pgettext_lazy("contact", "E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput,
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    app_name = forms.CharField(
        label=_("Application name or developer ID"),
        max_length=200,
        required=False,
        help_text=_("As Seller Central shows it. An ID is not secret; a key or token is."),
    )

    field_order = ["name", "legal_name", "web_site", "email", "telephone", "app_name"]


class PayeeForm(Form):
    """Somebody else who was paid for this service, with the sentence that says why."""

    marks_optional = False

    name = forms.CharField(label=_("Paid to"), max_length=200, required=False)
    sentence = forms.CharField(label=_("Who they are, and why"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("sentence") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", ValidationError(_("Give the name that was paid."), code="name"))
        if cleaned.get("name") and not cleaned.get("sentence") and "sentence" not in self.errors:
            self.add_error(
                "sentence",
                ValidationError(
                    _(
                        "Say in a sentence why it was paid to them. To take the row away, empty both."
                    ),
                    code="sentence",
                ),
            )
        return cleaned


class DescribedForm(PartFields):
    did = forms.CharField(
        label=_("What it did"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you used it for: orders, listings, advertising, reviews."),
    )
    received = forms.CharField(
        label=_("What you saw or received"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it showed or sent you: reports, screens, e-mails."),
    )


STILL_TO_COME = {
    "first": _("This month is still to come. Look at the year once more."),
    "last": _("This month is still to come. Leave it empty while the service is in use."),
}


class PeriodForm(Form):
    """Whole months of use. An empty end: still in use."""

    marks_optional = False

    first = MonthField(label=pgettext_lazy("period", "From"), required=False)
    last = MonthField(label=_("To (empty: still in use)"), required=False)
    is_approximate = forms.BooleanField(label=_("Only approximate"), required=False)
    sentence = forms.CharField(
        label=_("Why only approximate"),
        max_length=500,
        required=False,
        help_text=_("What you go by: the first invoice, a message, a colleague."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if not self.is_empty() and first is None and "first" not in self.errors:
            self.add_error("first", ValidationError(_("Give the first month."), code="required"))
        for name, month in (("first", first), ("last", last)):
            if month and month > timezone.localdate():
                self.add_error(name, ValidationError(STILL_TO_COME[name], code="future"))
        if first and last and last < first:
            self.add_error(
                "last",
                ValidationError(
                    _("The end month is before the start month. They may be swapped."),
                    code="backwards",
                ),
            )
        if cleaned.get("sentence") and not cleaned.get("is_approximate"):
            self.add_error(
                "is_approximate",
                ValidationError(_("Tick this, or empty the sentence below."), code="tick"),
            )
        if (
            cleaned.get("is_approximate")
            and not cleaned.get("sentence")
            and "sentence" not in self.errors
        ):
            self.add_error(
                "sentence",
                ValidationError(_("Say in a sentence what the months go by."), code="sentence"),
            )
        return cleaned

    def is_empty(self) -> bool:
        return not any(self.data.get(self.add_prefix(name)) for name in self.fields)

    def span(self) -> Span | None:
        """What was entered; None for a row left empty."""
        if self.is_empty():
            return None
        cleaned = self.cleaned_data
        is_approximate = cleaned["is_approximate"]
        return Span(
            cleaned["first"],
            cleaned["last"],
            is_approximate,
            cleaned["sentence"] if is_approximate else "",
        )


class FreeForm(PartFields):
    """Nothing was paid. The sentence is kept as an explanation of the tick."""

    is_free = forms.BooleanField(label=_("It was free of charge"), required=False)
    free_sentence = forms.CharField(
        label=_("Why it cost nothing"),
        required=False,
        max_length=1000,
        help_text=_("A free plan, a trial, an exchange: one sentence. A page of the plan helps."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("free_sentence") and not cleaned.get("is_free"):
            self.add_error(
                "is_free",
                ValidationError(_("Tick this, or empty the sentence below."), code="tick"),
            )
        return cleaned


class AccessForm(PartFields):
    method = forms.ChoiceField(
        label=_("How it was let in"),
        required=False,
        choices=Provider.Method.choices,
        widget=InlineRadios,
    )
    shared_secret = forms.ChoiceField(
        label=_("Was a key, token or password given to it"),
        required=False,
        choices=Provider.Shared.choices,
        widget=InlineRadios,
        help_text=_("Only whether. Never write the key itself here."),
    )
    ended = forms.ChoiceField(
        label=_("What ended"),
        required=False,
        choices=Provider.Ended.choices,
        widget=InlineRadios,
    )
    ended_on = DateField(label=_("On which day"), required=False)
    ended_how = forms.CharField(
        label=_("How"),
        max_length=500,
        required=False,
        help_text=_("Revoked in Seller Central, key replaced, account of a colleague closed."),
    )

    def clean_ended_on(self) -> Any:
        day = self.cleaned_data["ended_on"]
        if day and day > timezone.localdate():
            raise ValidationError(
                _("This day is still to come. Record it once access has ended."), code="future"
            )
        return day
