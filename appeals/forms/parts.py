"""The forms of a provider's page by the name of their part, and what saving each one does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.safestring import SafeString

from appeals import actions
from appeals.actions.periods import Span
from appeals.actions.refusals import StaleVersion
from appeals.models import Explanation, Provider
from guides.models import User

from .providers import (
    AccessForm,
    ContactsForm,
    DescribedForm,
    FoundForm,
    FreeForm,
    PartFields,
    PayeeForm,
    PeriodForm,
)

FORMS: Mapping[str, type[PartFields]] = {
    "found": FoundForm,
    "contacts": ContactsForm,
    "described": DescribedForm,
    "periods": PartFields,
    "free": FreeForm,
    "access": AccessForm,
}
#: The rows that a part may hold beside its fields: the form of one, and how many at most.
ROWS: Mapping[str, tuple[type[Any], int]] = {
    "contacts": (PayeeForm, 20),
    "periods": (PeriodForm, 40),
}


class PartForm:
    """One part: its fields and, where it has them, its rows, bound to the same data."""

    def __init__(
        self,
        name: str,
        provider: Provider,
        explained: Mapping[str, Explanation],
        data: QueryDict | None = None,
    ) -> None:
        self.name = name
        self.provider = provider
        self.explained = explained
        self.fields = FORMS[name](
            data, part=name, initial=initial(name, provider, explained), auto_id=f"id_{name}_%s"
        )
        self.rows: BaseFormSet[Any] | None = None
        if name in ROWS:
            row, most = ROWS[name]
            rows = formset_factory(row, extra=1, max_num=most, absolute_max=most)
            self.rows = rows(data, prefix=f"{name}_rows", initial=initial_rows(name, provider))
        self.is_bound = data is not None
        #: Something under the rows, such as the way to "I do not remember".
        self.below_rows = SafeString()

    def is_valid(self) -> bool:
        return self.fields.is_valid() and (self.rows is None or self.rows.is_valid())

    def is_changed(self) -> bool:
        """Whether something else was sent than what the page had shown.

        A part that was only sent along may have been changed elsewhere meanwhile: then it
        differs from what is kept, and still nobody wrote in it here.
        """
        sent = set(self.fields.changed_data) - {"version", "made_from"}
        if not sent and not (self.rows is not None and self.rows.has_changed()):
            return False
        return not self.is_valid() or self._digest() != self.fields.cleaned_data["made_from"]

    def as_sent(self) -> dict[str, str]:
        """What was sent of this part, by the names that its page gives them."""
        own = [self.fields.add_prefix(name) for name in self.fields.fields if name != "version"]
        data = self.fields.data
        rows = [name for name in data if name.startswith(f"{self.name}_rows-")]
        return {name: data[name] for name in (*own, *rows) if name in data}

    def _digest(self) -> str:
        values = self.fields.cleaned_data
        if self.name == "contacts":
            return digest(self.name, values, self._payees())
        if self.name == "periods":
            return digest(self.name, values, [asdict(span) for span in self._spans()])
        return digest(self.name, values, [])

    @transaction.atomic
    def save(self, *, by: User, is_pressed: bool = True) -> None:
        """Raises StaleVersion where this part was changed meanwhile, and Gone.

        The version is that of the whole provider: what only another part changed is no conflict.
        A part that was not pressed is measured by what it was made from alone: a version that
        was chosen on the page of two versions was chosen for another part.
        """
        version = self.fields.cleaned_data["version"] if is_pressed else 0
        try:
            self._write(by=by, version=version)
        except StaleVersion as stale:
            now = stale.row
            assert isinstance(now, Provider)
            sent = self.fields.cleaned_data["made_from"]
            if made_from(self.name, now, self.explained) != sent:
                raise
            self._write(by=by, version=now.version)

    def _write(self, *, by: User, version: int) -> None:
        values = dict(self.fields.cleaned_data)
        del values["version"], values["made_from"]
        match self.name:
            case "periods":
                actions.periods.replace(self.provider, by=by, version=version, spans=self._spans())
            case "free":
                self._save_free(values, by=by, version=version)
            case "contacts":
                actions.providers.change(
                    self.provider, by=by, version=version, payees=self._payees(), **values
                )
            case _:
                actions.providers.change(self.provider, by=by, version=version, **values)

    def _spans(self) -> list[Span]:
        assert self.rows is not None
        return [span for row in self.rows if (span := row.span())]

    def _payees(self) -> list[dict[str, Any]]:
        assert self.rows is not None
        return [row.cleaned_data for row in self.rows if row.cleaned_data.get("name")]

    def _save_free(self, values: dict[str, Any], *, by: User, version: int) -> None:
        """The tick, and the sentence that explains it."""
        is_free = values["is_free"]
        sentence = values["free_sentence"] if is_free else ""
        actions.explanations.say_free(
            self.provider, by=by, version=version, is_free=is_free, sentence=sentence
        )


def was_sent(name: str, data: QueryDict) -> bool:
    """Whether a part is among what a page sent."""
    return data.get("part") == name or f"{name}-made_from" in data


def initial(name: str, provider: Provider, explained: Mapping[str, Explanation]) -> dict[str, Any]:
    return _kept(name, provider, explained) | {
        "version": provider.version,
        "made_from": made_from(name, provider, explained),
    }


def _kept(name: str, provider: Provider, explained: Mapping[str, Explanation]) -> dict[str, Any]:
    values = {
        field: getattr(provider, field)
        for field in FORMS[name].base_fields
        if hasattr(provider, field)
    }
    if name == "free" and "is_free" in explained:
        values["free_sentence"] = explained["is_free"].sentence
    return values


def made_from(name: str, provider: Provider, explained: Mapping[str, Explanation]) -> str:
    """Tells whether a part still is what a form was made from."""
    rows = initial_rows(name, provider) if name in ROWS else []
    return digest(name, _kept(name, provider, explained), rows)


def digest(name: str, values: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """The same for what is kept and for what comes back of it from a page, untouched."""
    fields = FORMS[name].base_fields.keys() - {"version", "made_from"}
    written = [(field, _written(values.get(field))) for field in sorted(fields)]
    listed = [sorted((field, _written(value)) for field, value in row.items()) for row in rows]
    return sha256(repr((written, listed)).encode()).hexdigest()[:16]


def _written(value: Any) -> str:
    """As a form sends it back: without a difference between nothing, empty and not ticked."""
    return str(value or "").replace("\r\n", "\n").strip()


def initial_rows(name: str, provider: Provider) -> list[dict[str, Any]]:
    if name == "contacts":
        return list(provider.payees)
    return [
        {
            "first": period.first,
            "last": period.last,
            "is_approximate": period.is_approximate,
            "sentence": period.sentence,
        }
        for period in provider.periods.all()
    ]
