"""What the forms of a case share."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guides.dates import DateField, MonthField
from guides.forms import Form

__all__ = [
    "DateField",
    "Form",
    "InlineRadios",
    "LinesField",
    "MonthField",
    "Once",
    "TimeField",
    "Versioned",
]


class Versioned(Form):
    """Carries the version of the row that the page was made from."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class Once(forms.UUIDField):
    """Names what a form makes before it is made: sent twice, the form makes it once.

    What was tampered with is left out; then it is as if the form had no name for it.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4)

    def clean(self, value: Any) -> uuid.UUID | None:
        try:
            return super().clean(value)
        except ValidationError:
            return None


class InlineRadios(forms.RadioSelect):
    """Side by side: for a few short choices."""

    is_inline = True


class TimeField(forms.TimeField):
    """A time of day, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(**({"widget": widget} | kwargs))


class LinesField(forms.CharField):
    """Several names, one a line; as a list without empty or repeated ones."""

    def __init__(self, *, item_length: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(**({"widget": widget, "max_length": 4000} | kwargs))
        self.item_length = item_length

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        lines = list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
        if any(len(line) > self.item_length for line in lines):
            raise ValidationError(
                _("A name has at most %(length)s characters. Put each on a line of its own."),
                code="long",
                params={"length": self.item_length},
            )
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value
