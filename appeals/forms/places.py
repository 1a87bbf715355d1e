"""What turned up in the six places, and providers copied from another case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.models import Provider
from appeals.places import PLACES

from .base import Form, LinesField


class PlacesForm(Form):
    """A tick and a few names for each place; `shown` is what was ticked when the page was made."""

    marks_optional = False

    shown = forms.MultipleChoiceField(
        choices=[(key, key) for key in PLACES],
        required=False,
        widget=forms.MultipleHiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in PLACES:
            self.fields[f"looked_{key}"] = forms.BooleanField(
                label=_("Looked through"), required=False
            )
            self.fields[f"names_{key}"] = LinesField(
                label=_("Names found there, one a line"), required=False, item_length=200
            )

    def names(self) -> list[str]:
        """Every name, once, in the order of the places."""
        found = (name for key in PLACES for name in self.cleaned_data[f"names_{key}"])
        return list(dict.fromkeys(found))

    def looked(self) -> tuple[list[str], list[str]]:
        """What was ticked, and what was unticked, on this page."""
        shown = set(self.cleaned_data["shown"])
        ticked = {key for key in PLACES if self.cleaned_data[f"looked_{key}"]}
        return sorted(ticked - shown), sorted(shown - ticked)


def looked_before(keys: Iterable[str]) -> dict[str, Any]:
    ticked = [key for key in keys if key in PLACES]
    return {"shown": ticked} | {f"looked_{key}": True for key in ticked}


class CopyForm(Form):
    """Which providers of one's own other cases to copy."""

    providers = forms.MultipleChoiceField(
        label=_("Copy these"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Iterable[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.pk): one for one in offered}
        self.fields["providers"].choices = [(key, _said(one)) for key, one in self.offered.items()]

    def chosen(self) -> list[Provider]:
        return [self.offered[key] for key in self.cleaned_data["providers"]]


def _said(provider: Provider) -> str:
    """Its name, and what tells it from another of that name."""
    contacts = (provider.legal_name, provider.web_site, provider.email, provider.telephone)
    return "  ".join(filter(None, (provider.name, *contacts)))
