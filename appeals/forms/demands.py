"""What a line of the notice asks for, and one demand in its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appeals.models import Case, Demand
from appeals.models.demand import Rule, Scope, Standing
from appeals.presenters.texts import AskingText
from appeals.presets import is_advice
from appeals.rules.lines import NoticeLine
from appeals.sentences.names import clipped

from .base import Form, InlineRadios, Versioned

#: How long a line may be in a list to choose from.
IN_A_LIST = 60
MOST_MONTHS = 120


def line_choices(lines: Iterable[NoticeLine]) -> list[tuple[str, str]]:
    return [(str(one.number), f"{one.number}  {clipped(one.text, IN_A_LIST)}") for one in lines]


class MarkForm(Form):
    """What one line asks for: an item, something new, that one is not asked, the deadline.

    `versions` is what the page knew of each demand, and, as 0, of the row that has the text;
    `version` that of the one `chosen` on a page of two versions.
    """

    marks_optional = False

    asks = forms.ChoiceField(label=_("What this line asks for"))
    label = forms.CharField(label=_("Its number in the notice"), max_length=20, required=False)
    months = forms.IntegerField(
        label=_("Months of each provider, at least"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
    )
    versions = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    chosen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    instead = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        choices: list[Any],
        takes_months: bool,
        is_notice: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_notice:
            self.fields["label"].label = gettext("Its number in the reply")
        self.fields["asks"].choices = [("", gettext("Choose")), *choices]
        if not takes_months:
            del self.fields["months"]

    def clean_versions(self) -> dict[int, int]:
        try:
            pairs = [pair.split(":") for pair in self.cleaned_data["versions"].split(",")]
            return {int(ordinal): int(version) for ordinal, version in pairs}
        except ValueError:
            raise ValidationError(_("This page was too old. Open it again."), code="old") from None

    def version_of(self, ordinal: int) -> int:
        """What whoever sent this knew of that demand; 0 is the case."""
        sent = self.cleaned_data
        if sent["chosen"] == sent["asks"] and sent["version"] is not None:
            return int(sent["version"])
        return int(sent["versions"].get(ordinal, 0))


def versions_of(case: Case, version: int) -> str:
    """`version`: of the row that has the text."""
    pairs = {0: version} | {one.ordinal: one.version for one in case.demands.all()}
    return ",".join(f"{ordinal}:{version}" for ordinal, version in pairs.items())


class WordsForm(Form):
    """A demand in the words of the notice."""

    label = forms.CharField(
        label=_("Number in the notice"),
        max_length=20,
        help_text=_("As it is written there: 4., (4), IV. Any text will do."),
    )
    wording = forms.CharField(
        label=_("Words of the notice"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    name = forms.CharField(
        label=_("Your short name for it"),
        max_length=60,
        required=False,
        help_text=_("For this page and the overview. It is not sent."),
    )
    scope = forms.ChoiceField(label=_("Who has to answer"), choices=())
    line = forms.TypedChoiceField(
        label=_("Line of the notice"),
        choices=(),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, text: AskingText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.providers = {one.letter: one for one in text.case.providers.all()}
        self.fields["line"].choices = [("", gettext("None")), *line_choices(text.lines)]
        if not text.is_notice:
            self.fields["label"].label = gettext("Number in the reply")
            self.fields["wording"].label = gettext("Words of the reply")
            self.fields["line"].label = gettext("Line of the reply")
        if not text.lines:
            del self.fields["line"]
        if "scope" in self.fields:
            self.fields["scope"].choices = [
                (Scope.CASE, gettext("The store, once")),
                (Scope.PROVIDER, gettext("Each provider")),
                *(
                    (letter, gettext("%(provider)s alone") % {"provider": one.name})
                    for letter, one in self.providers.items()
                ),
            ]

    def values(self) -> dict[str, Any]:
        """As the actions take them."""
        values = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        if "scope" in values:
            values["provider"] = self.providers.get(values["scope"])
            if values["provider"] is not None:
                values["scope"] = Scope.PROVIDER
        return values


class NewDemandForm(WordsForm):
    field_order = ["wording", "label", "name", "scope", "line"]


class DemandForm(Versioned, WordsForm):
    """One demand as it is; what its rule does not have is not asked."""

    months = forms.IntegerField(
        label=_("Months of each provider, at least"), min_value=1, max_value=MOST_MONTHS
    )
    standing = forms.ChoiceField(label=_("In this case"), choices=(), widget=InlineRadios)
    field_order = ["standing", "line", "label", "wording", "name", "months", "scope"]

    def __init__(self, *args: Any, demand: Demand, is_used: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_out_already = demand.out_line is not None
        is_added = demand.rule == Rule.ANSWERED
        self.fields["wording"].required = is_added
        if not is_added or is_used:
            del self.fields["scope"]
        if demand.rule != Rule.PAID:
            del self.fields["months"]
        if "line" in self.fields:
            self.fields["line"].help_text = _(
                "What is not asked needs the line that shows it: the one that says so, or the one "
                "that begins the list without it."
            )
        self.fields["standing"].choices = [
            (Standing.ASKED, gettext("Asked")),
            (Standing.LEFT_OUT, gettext("Not asked this time")),
            *([(Standing.ADVISED, gettext("Only our advice"))] if is_advice(demand) else []),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        has_line = cleaned.get("line") is not None or self.is_out_already
        if cleaned.get("standing") == Standing.LEFT_OUT and not has_line:
            if "line" not in self.fields:
                self.add_error(
                    "standing",
                    ValidationError(
                        _("Copy in the text of the notice first: a line of it has to show this."),
                        code="text",
                    ),
                )
            elif "line" not in self.errors:
                self.add_error(
                    "line", ValidationError(_("Choose the line that shows it."), code="line")
                )
        return cleaned


def initial_of(demand: Demand) -> dict[str, Any]:
    return {
        "version": demand.version,
        "label": demand.label,
        "wording": demand.wording,
        "name": demand.name,
        "scope": demand.provider.letter if demand.provider else demand.scope,
        "line": demand.line,
        "months": demand.months,
        "standing": demand.standing,
    }


def saved(stale: Mapping[str, Any]) -> dict[str, Any]:
    """What two versions differ in, by the fields of the form."""
    values = dict(stale)
    provider = values.pop("provider", None)
    if provider is not None:
        values["scope"] = provider.letter
    return values
