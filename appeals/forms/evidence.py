"""Adding files, and saying of one what it is and what it proves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from appeals.actions.consents import TEXT
from appeals.models import Evidence
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from guides.dates import YEARS
from guides.forms import speak_plainly

from .base import DateField, Form, InlineRadios, LinesField, MonthField, Versioned

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.gif,application/pdf,image/jpeg,image/png,image/gif"
AT_ONCE = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, list | tuple) else [data]
        if len(several) > AT_ONCE:
            raise ValidationError(
                _("At most %(count)s files at a time. Add the rest after these."),
                code="many",
                params={"count": AT_ONCE},
            )
        if not any(several):
            raise ValidationError(self.error_messages["required"], code="required")
        return [one for one in several if one]


class ConsentForm(Form):
    consent = forms.BooleanField(
        label=TEXT,
        error_messages={"required": _("Tick this first; the files are then chosen once more.")},
    )


class UploadForm(forms.Form):
    """Only which files. Their names are looked at one by one, so that one of them that is
    refused does not cost the others."""

    marks_optional = False
    saves = False

    files = FilesField(
        label=_("Files"),
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak_plainly(self.fields["files"])


class ProofsField(forms.MultipleChoiceField):
    """What a file proves: `5/A/2018-04`, `3/A`, `8`. As a set of `ProofFacts`.

    Any month is taken, not only those offered: months of use may have changed meanwhile.
    Whether there is such a demand and such a provider is the action's to say.
    """

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return read_proof(str(value)) is not None

    def clean(self, value: Any) -> frozenset[ProofFacts]:
        return frozenset(filter(None, map(read_proof, super().clean(value))))


def read_proof(text: str) -> ProofFacts | None:
    """The proof that a tick stands for; None for anything else."""
    demand, *rest = text.split("/")
    if not re.fullmatch("[0-9]{1,4}", demand) or len(rest) > 2:
        return None
    provider = rest[0] if rest else None
    if provider is not None and not re.fullmatch("[A-Z]{1,4}", provider):
        return None
    try:
        month = Month.parse(rest[1]) if len(rest) == 2 else None
    except ValueError:
        return None
    # A month strip reaches from the first month to the last, whoever named them.
    if month is not None and month.year not in YEARS:
        return None
    return ProofFacts(int(demand), provider, month)


def write_proof(proof: ProofFacts) -> str:
    parts = (str(proof.demand), proof.provider, str(proof.month) if proof.month else None)
    return "/".join(part for part in parts if part is not None)


class MonthsField(forms.CharField):
    """Several months in one line; as a tuple of months."""

    def clean(self, value: Any) -> tuple[Month, ...]:
        words = [word for word in re.split(r"[\s,;，、；]+", super().clean(value)) if word]
        one = MonthField()
        try:
            return tuple(Month.of(one.clean(word)) for word in words)
        except ValidationError:
            raise ValidationError(
                _("Write each month like 2018-05, with a comma between them."), code="invalid"
            ) from None


class ParticularsForm(Versioned):
    """What one file is, and what it proves. `groups` are the ticks, provider by provider."""

    marks_optional = False

    kind = forms.ChoiceField(label=_("This is"), choices=Evidence.Kind.choices, widget=InlineRadios)
    shows = forms.CharField(
        label=_("What it shows"),
        max_length=300,
        required=False,
        help_text=_("One line for the index, such as “Payment for May 2018”."),
    )
    about_on = DateField(
        label=_("Date on it"), required=False, help_text=_("Not the day you add it.")
    )
    amount = forms.CharField(
        label=_("Amount"), max_length=60, required=False, help_text=_("As written there.")
    )
    currency = forms.CharField(
        label=_("Currency"), max_length=20, required=False, help_text=_("As written there.")
    )
    payer = forms.CharField(
        label=_("Payer"), max_length=200, required=False, help_text=_("Who paid, as written.")
    )
    payees = LinesField(
        label=_("Payee"),
        required=False,
        item_length=200,
        help_text=_("Who was paid, as written. Several: one a line."),
    )
    private_note = forms.CharField(
        label=_("Note for yourself"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who may open this case see it."),
    )
    proofs = ProofsField(label=_("What it proves"), required=False)

    def __init__(
        self, *args: Any, offers: Sequence[Offer], about: ProofFacts | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.about = about
        for offer in offers:
            if offer.takes_months:
                self.fields[offer.other_name] = MonthsField(
                    label=_("Other months"),
                    required=False,
                    max_length=400,
                    help_text=_("Months that are not among these, such as prepaid ones."),
                )

    def groups(self) -> list[Group]:
        """The ticks as the page draws them, provider by provider."""
        ticked = set(self["proofs"].value() or ())
        groups: dict[str | None, Group] = {}
        for offer in self.offers:
            group = groups.setdefault(offer.provider, Group(offer.provider_name))
            group.lines.append(self._line(offer, ticked))
            is_meant = self.about is not None and self.about.provider == offer.provider
            if is_meant or any(tick.is_ticked for tick in group.lines[-1].ticks):
                group.is_open = True
            if group.lines[-1].other is not None and group.lines[-1].other.errors:
                group.is_open = True
        if len(groups) == 1:
            next(iter(groups.values())).is_open = True
        return list(groups.values())

    def _line(self, offer: Offer, ticked: set[str]) -> Line:
        own = [proof for proof in map(read_proof, sorted(ticked)) if proof and offer.holds(proof)]
        proofs = sorted({*offer.proofs, *own}, key=write_proof)
        ticks = [
            Tick(
                write_proof(proof),
                str(proof.month) if proof.month else offer.name,
                write_proof(proof) in ticked,
            )
            for proof in proofs
        ]
        other = self[offer.other_name] if offer.takes_months else None
        return Line(offer.name, ticks, other)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        proofs = set(cleaned.get("proofs", ()))
        for offer in self.offers:
            for month in cleaned.pop(offer.other_name, ()) if offer.takes_months else ():
                proofs.add(ProofFacts(offer.demand, offer.provider, month))
        cleaned["proofs"] = frozenset(proofs)
        return cleaned


@dataclass(frozen=True, slots=True)
class Offer:
    """A cell of the case that a file may be filed under."""

    demand: int
    provider: str | None
    provider_name: str
    name: str  # of the demand, with its number
    proofs: tuple[ProofFacts, ...]  # ticks offered
    takes_months: bool = False

    @property
    def other_name(self) -> str:
        return f"other_{self.demand}_{self.provider}"

    def holds(self, proof: ProofFacts) -> bool:
        return (proof.demand, proof.provider) == (self.demand, self.provider)


@dataclass(slots=True)
class Tick:
    value: str
    label: str
    is_ticked: bool


@dataclass(slots=True)
class Line:
    name: str
    ticks: list[Tick]
    other: BoundField | None


@dataclass(slots=True)
class Group:
    name: str
    lines: list[Line] = field(default_factory=list)
    is_open: bool = False
