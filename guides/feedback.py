"""What readers say of a guide: a form that asks for no name, and how much is taken of it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .forms import Form
from .models import Edition, Feedback

#: Rows of one day, of one guide and of all: beyond that nobody would read them.
MOST_OF_A_GUIDE, MOST_OF_A_DAY = 50, 500
YES, NO = "yes", "no"


class FeedbackForm(Form):
    marks_optional = False  # any one of them is enough

    useful = forms.ChoiceField(
        label=_("Was this useful?"),
        choices=[(YES, _("Useful")), (NO, _("It did not help"))],
        widget=forms.RadioSelect,
        required=False,
    )
    part = forms.ChoiceField(label=_("Which part is it about?"), required=False)
    sentence = forms.CharField(
        label=_("Is something wrong here, or missing?"),
        help_text=_(
            "One sentence is enough, 500 characters at most. Write no key, no password and "
            "nothing about your account."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        # A term is one paragraph: its only part has no title.
        parts = [(part["id"], part["title"]) for part in edition.parts if part["title"]]
        self.fields["part"].choices = [("", _("The whole page")), *parts]
        if not parts:
            del self.fields["part"]
        self.fields["useful"].widget.is_inline = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("useful") or cleaned.get("sentence", "").strip()):
            raise ValidationError(_("Nothing is said yet. Choose one, or write a sentence."))
        return cleaned

    def keep(self, day: datetime.date) -> Feedback:
        """Nothing beside it: no person, no address, no time of the day."""
        said = self.cleaned_data
        return Feedback.objects.create(
            edition=self.edition,
            part=said.get("part", ""),
            was_useful={YES: True, NO: False}.get(said["useful"]),
            sentence=said["sentence"].strip(),
            given_on=day,
        )


def is_full(edition: Edition, day: datetime.date) -> bool:
    today = Feedback.objects.filter(given_on=day)
    of_guide = today.filter(edition__guide=edition.guide_id)
    return of_guide.count() >= MOST_OF_A_GUIDE or today.count() >= MOST_OF_A_DAY
