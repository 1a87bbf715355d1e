"""What an editor fills in: a text in one language, the facts of a guide, a reason."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides import credentials
from guides.dates import DateField
from guides.forms import Form, ModelForm, refusal_of
from guides.models import AuthorizationMethod, Guide, Revision
from guides.publishing import renaming
from guides.publishing.facts import METHOD
from guides.publishing.going_live import HISTORIC_REVIEW_DAYS, REVIEW_DAYS
from guides.publishing.samples import without_samples
from guides.rendering import is_chinese
from guides.templatetags.reading import language_name, language_tag

from .blocks import Piece, from_fields, join, split

LINES = {"rows": 3}


class BodyWidget(forms.Textarea):
    """One field, or as many as there are blocks: `…-block` and `…-gap` instead of `…-body`."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name not in data and hasattr(data, "getlist"):
            pieces = sent_pieces(data, name.removesuffix("-body"))
            if pieces is not None:
                return join(pieces)
        return super().value_from_datadict(data, files, name)


def sent_pieces(data: QueryDict, language: str) -> list[Piece] | None:
    """The blocks that a form sends in that language; None where it sends the text as a whole."""
    if f"{language}-block" not in data:
        return None
    return from_fields(data.getlist(f"{language}-block"), data.getlist(f"{language}-gap"))


class TextForm(Form):
    """One language of a guide. What a draft may still lack, publishing asks for."""

    marks_optional = False

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    card = forms.CharField(
        label=_("Title of the forwarded card"),
        max_length=120,
        required=False,
        help_text=_("The conclusion: 24 Chinese characters or 60 letters at most."),
    )
    summary = forms.CharField(
        label=_("Summary"), max_length=500, required=False, widget=forms.Textarea(LINES)
    )
    keywords = forms.CharField(
        label=_("Keywords"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What readers may type instead, with commas between."),
    )
    when = forms.CharField(label=_("Who should choose it"), max_length=200, required=False)
    sort = forms.CharField(
        label=_("Sorted under"),
        max_length=100,
        required=False,
        help_text=_("How the title is read, such as its pinyin: the list of terms goes by it."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=BodyWidget({"rows": 30, "spellcheck": "true"}),
        help_text=_("Markdown: one line is one paragraph, and each ends with its source."),
    )
    note = forms.CharField(
        label=_("What changed and why"),
        max_length=300,
        required=False,
        help_text=_("One sentence, written for readers. Publishing needs it, small changes too."),
    )
    is_minor = forms.BooleanField(
        label=_("Minor change: the meaning stays the same"), required=False
    )
    corrects_report = forms.BooleanField(
        label=_("Corrects what a reader reported"),
        required=False,
        help_text=_("Listed among the changes with thanks, without a name."),
    )
    matched = forms.BooleanField(
        label=_("This translation now matches the other language"), required=False
    )

    def __init__(
        self, *args: Any, slug: str, language: str, kind: str, is_source: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=language, **kwargs)
        self.slug = slug
        #: Where in the text a secret was found, and what is said there.
        self.secret: tuple[int, Any] | None = None
        # The labels speak the editor's language, the text its own.
        for name in (*Revision.TEXT_FIELDS, "note"):
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = language_tag(language)
        if kind != Guide.Kind.METHOD:
            del self.fields["when"]
        if kind != Guide.Kind.TERM or not is_chinese(language):
            del self.fields["sort"]
        if is_source:
            del self.fields["matched"]

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n").rstrip("\n")

    def refusal_in(self, bound: forms.BoundField) -> ValidationError | None:
        if bound.name == "body" and isinstance(bound.data, str):
            return refusal_of(without_samples(bound.data, self.slug))
        return super().refusal_in(bound)

    def add_error(self, field: str | None, error: Any) -> None:
        """A secret in the text is said with its line: the text is long."""
        if field == "body" and getattr(error, "code", "") == "secret":
            text = without_samples(self["body"].data, self.slug)
            line = text.count("\n", 0, credentials.find(text)[0].start) + 1
            self.secret = line, error.message
            place = gettext("Line %(line)s: ") % {"line": line}
            error = ValidationError(format_html("{}{}", place, error.message), code="secret")
        super().add_error(field, error)

    def text(self, before: Revision | None) -> dict[str, str]:
        """What was typed; what this form has no field for stays as it was."""
        kept = before.text() if before else dict.fromkeys(Revision.TEXT_FIELDS, "")
        typed = {name: self.cleaned_data.get(name, old) for name, old in kept.items()}
        if sent_pieces(self.data, str(self.prefix)) and typed["body"] == join(split(kept["body"])):
            # Block by block empty lines are not seen, and so not changed either.
            typed["body"] = kept["body"]
        return typed


class FactsForm(Form):
    """What all languages of a guide share. It travels with the text in the source language."""

    marks_optional = False

    standing = forms.ChoiceField(label=_("Standing"), choices=Guide.Standing.choices)
    position = forms.IntegerField(
        label=_("Place among its kind"), min_value=0, max_value=32767, help_text=_("1 comes first.")
    )
    reference = forms.CharField(label=_("Number of the clause"), max_length=20, required=False)
    valid_from = DateField(label=_("Valid from"), required=False)
    valid_to = DateField(label=_("Valid to"), required=False)
    checked_on = DateField(
        label=_("Checked on"),
        required=False,
        help_text=_("The day on which you compared it with the live pages of its sources."),
    )
    review_by = DateField(
        label=_("Next review by"),
        required=False,
        help_text=_("Left as it is, it moves with the check: 90 days on, for history 365."),
    )
    successor = forms.ChoiceField(label=_("What holds today instead"), required=False)
    related = forms.CharField(
        label=_("Read on"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Addresses of guides, one a line, in the order shown."),
    )
    is_reported = forms.BooleanField(
        label=_("Its own text is known from reports only"), required=False
    )

    def __init__(
        self, *args: Any, facts: Mapping[str, Any], guides: Mapping[str, str], **kwargs: Any
    ) -> None:
        """`guides`: the title of every other guide by its slug."""
        self.before = facts
        super().__init__(*args, initial=shown(facts), **kwargs)
        self.fields["successor"].choices = [("", "–"), *guides.items()]
        if facts["kind"] == Guide.Kind.CLAUSE:
            for code, _name in settings.LANGUAGES:
                self.fields[f"agreement_{code}"] = forms.CharField(
                    label=gettext("Agreement, in %(language)s") % {"language": language_name(code)},
                    max_length=200,
                    required=False,
                )
        else:
            del self.fields["reference"]

    def clean_related(self) -> list[str]:
        return self.cleaned_data["related"].replace(",", " ").split()

    def clean_checked_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["checked_on"]
        # Nowhere on earth is it later than this.
        today = timezone.localdate(timezone=datetime.timezone(datetime.timedelta(hours=14)))
        if day and day > today:
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def clean(self) -> None:
        given = self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and first > last:
            self.add_error("valid_to", _("This is before the first day. They may be swapped."))

    def facts(self) -> dict[str, Any]:
        """All facts of the guide but those of a method, in the form that a revision keeps."""
        given = self.cleaned_data
        found = dict(self.before) | {
            "standing": given["standing"],
            "position": given["position"],
            "is_reported": given["is_reported"],
            "valid_from": iso(given["valid_from"]),
            "valid_to": iso(given["valid_to"]),
            "successor": given["successor"] or None,
            "related": given["related"],
            "checked_on": iso(given["checked_on"]),
            "review_by": iso(self.review_day()),
        }
        if "reference" in self.fields:
            agreement = {code: given[f"agreement_{code}"] for code, _name in settings.LANGUAGES}
            found["reference"] = given["reference"]
            found["agreement"] = {code: name for code, name in agreement.items() if name} or None
        return found

    def review_day(self) -> datetime.date | None:
        given = self.cleaned_data
        checked, review = given["checked_on"], given["review_by"]
        was_moved = iso(checked) != self.before["checked_on"]
        is_left = review is None or iso(review) == self.before["review_by"]
        if checked and is_left and (was_moved or review is None):
            is_history = given["standing"] == Guide.Standing.HISTORIC
            days = HISTORIC_REVIEW_DAYS if is_history else REVIEW_DAYS
            return checked + datetime.timedelta(days=days)
        return review


def shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the form shows them."""
    agreement = facts["agreement"] or {}
    return dict(facts) | {
        "successor": facts["successor"] or "",
        "related": "\n".join(facts["related"]),
        **{f"agreement_{code}": name for code, name in agreement.items()},
    }


def iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


class MethodForm(ModelForm):
    """The row of facts of an authorization method: choices and numbers, never prose."""

    marks_optional = False

    class Meta:
        model = AuthorizationMethod
        fields = METHOD

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        renews, days = given.get("renews"), given.get("renewal_days")
        if renews == AuthorizationMethod.Renews.NOTHING and days:
            self.add_error("renewal_days", _("Leave this empty where nothing is renewed."))
        if renews and renews != AuthorizationMethod.Renews.NOTHING and not days:
            self.add_error("renewal_days", _("After how many days is it renewed?"))
        return given

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in METHOD}


class AddGuideForm(Form):
    """A new guide: its lasting address, what it is, and the language it is written in first."""

    slug = forms.CharField(
        label=_("Address"),
        max_length=80,
        validators=[
            RegexValidator(r"\A[a-z0-9-]+\Z", _("Use small letters, digits and hyphens."), "slug")
        ],
        help_text=_("Small letters, digits and hyphens. It stays for good: links rely on it."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Guide.Kind.choices)
    source_language = forms.ChoiceField(
        label=_("Written first in"),
        choices=settings.LANGUAGES,
        help_text=_("The other language is translated from it."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("May stay empty: you can write it on the next page."),
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        why = renaming.refusal(None, slug)
        if why is not None:
            raise ValidationError(why.message, code=why.code)
        return slug

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n").rstrip("\n")
