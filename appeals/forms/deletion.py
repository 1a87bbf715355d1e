"""Forms before something is deleted for good, and for what goes by itself after closing."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models import Case
from appeals.rules.names import fold

from .base import Form, Versioned


class DeleteCaseForm(Form):
    """The name of the store typed once more; case, width, spaces and punctuation do not matter."""

    marks_optional = False
    saves = False

    name = forms.CharField(
        label=_("Name of the store"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["name"].help_text = _("Type it to confirm: %(store)s") % {"store": case.store}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if _folded(name) != _folded(self.case.store):
            raise ValidationError(
                _("This is another name, so nothing was deleted. Type %(store)s to delete it."),
                code="name",
                params={"store": self.case.store},
            )
        return name


def _folded(name: str) -> str:
    """A name of punctuation alone is compared as it is."""
    return fold(name) or name.strip()


class KeepingForm(Versioned):
    """Whether files go by themselves after closing."""

    marks_optional = False

    delete_files_after = forms.TypedChoiceField(
        label=_("Delete the material 180 days after closing"),
        help_text=_("Counted from the day the case is closed; opening it again stops it."),
        choices=(("", _("Off: it stays until you delete it")), ("180", _("On"))),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closed_at = case.closed_at

    def clean_delete_files_after(self) -> int | None:
        """What would go within a minute is deleted by whoever wants that, and sees it go."""
        days: int | None = self.cleaned_data["delete_files_after"]
        if not days or not self.closed_at:
            return days
        if self.closed_at + datetime.timedelta(days=days) <= timezone.now():
            raise ValidationError(
                _(
                    "This case was closed on %(day)s, so everything would go at once. Leave this "
                    "off, or delete the case yourself."
                ),
                code="at-once",
                params={"day": timezone.localdate(self.closed_at).isoformat()},
            )
        return days


def keeping(case: Case) -> dict[str, Any]:
    return {"delete_files_after": case.delete_files_after or "", "version": case.version}
