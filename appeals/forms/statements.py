"""What the seller states: explanations, of whom something was asked, the confirmation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models import Explanation

from .base import DateField, Form, Versioned


class ExplanationForm(Versioned):
    """A tick alone is kept, but it is the sentence that counts: it is not called optional."""

    marks_optional = False

    kind = forms.ChoiceField(
        label=_("What it is"), choices=Explanation.Kind.choices, widget=forms.RadioSelect
    )
    sentence = forms.CharField(
        label=_("In a sentence"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you know, and why the rest cannot be had. No guessed dates."),
    )

    def __init__(self, *args: Any, of_finding: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_finding:
            # What does not fit needs its reason; "I do not remember" would explain nothing.
            self.fields["kind"].choices = [
                choice for choice in Explanation.Kind.choices if choice[0] == "reason"
            ]
            self.fields["kind"].initial = "reason"
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["sentence"].required = True


class AskingForm(Versioned):
    whom = forms.CharField(
        label=_("Asked of"),
        max_length=200,
        help_text=_("A person, the provider, the bank."),
    )
    asked_on = DateField(label=_("Asked on"))

    def clean_asked_on(self) -> Any:
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day


class ConfirmationForm(Form):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_confirmed = forms.BooleanField(
        label=_("I confirm this is true and that I will follow the terms."),
        error_messages={"required": _("Tick the sentence to confirm it.")},
    )


class CorrectionForm(Form):
    sentence = forms.CharField(
        label=_("What it should have said"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence. It stands under the line, and is never changed either."),
    )
