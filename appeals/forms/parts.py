"""The forms of a provider's page by the name of their part, and what saving each one does."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.safestring import SafeString

from appeals import actions
from appeals.actions.explanations import About
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
        self.fields = FORMS[name](
            data, initial=initial(name, provider, explained), auto_id=f"id_{name}_%s"
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

    @transaction.atomic
    def save(self, *, by: User) -> None:
        """Raises StaleVersion where this part was changed meanwhile, and Gone.

        The version is that of the whole provider: what only another part changed is no conflict.
        """
        version = self.fields.cleaned_data["version"]
        try:
            self._write(by=by, version=version)
        except StaleVersion as stale:
            now = stale.row
            assert isinstance(now, Provider)
            if made_from(self.name, now) != self.fields.cleaned_data["made_from"]:
                raise
            self._write(by=by, version=now.version)

    def _write(self, *, by: User, version: int) -> None:
        values = dict(self.fields.cleaned_data)
        del values["version"], values["made_from"]
        match self.name:
            case "periods":
                assert self.rows is not None
                spans = [span for row in self.rows if (span := row.span())]
                actions.periods.replace(self.provider, by=by, version=version, spans=spans)
            case "free":
                self._save_free(values, by=by, version=version)
            case "contacts":
                assert self.rows is not None
                payees = [row.cleaned_data for row in self.rows if row.cleaned_data.get("name")]
                actions.providers.change(
                    self.provider, by=by, version=version, payees=payees, **values
                )
            case _:
                actions.providers.change(self.provider, by=by, version=version, **values)

    def _save_free(self, values: dict[str, Any], *, by: User, version: int) -> None:
        """The tick, and the sentence that explains it."""
        sentence = values.pop("free_sentence") if values["is_free"] else ""
        values.pop("free_sentence", None)
        actions.providers.change(self.provider, by=by, version=version, **values)
        about = About(provider=self.provider.letter, field="is_free")
        before = actions.explanations.find(self.provider.case, about)
        if sentence and (before is None or before.sentence != sentence):
            actions.explanations.write(
                self.provider.case, by=by, about=about, kind="reason", sentence=sentence
            )
        elif not sentence and before is not None:
            actions.explanations.remove(self.provider.case, by=by, about=about)


def initial(name: str, provider: Provider, explained: Mapping[str, Explanation]) -> dict[str, Any]:
    values = {
        field: getattr(provider, field)
        for field in FORMS[name].base_fields
        if hasattr(provider, field)
    }
    values["made_from"] = made_from(name, provider)
    if name == "free" and "is_free" in explained:
        values["free_sentence"] = explained["is_free"].sentence
    return values


def made_from(name: str, provider: Provider) -> str:
    """Tells whether a part still is what a form was made from."""
    fields = [getattr(provider, one, None) for one in FORMS[name].base_fields if one != "version"]
    rows = initial_rows(name, provider) if name in ROWS else []
    return sha256(repr((fields, rows)).encode()).hexdigest()[:16]


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
