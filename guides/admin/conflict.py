"""Two who wrote at once: both texts, what each changed, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides.differences import Run, compare, folded
from guides.models import AuthorizationMethod, Guide, Revision

from .forms import FactsForm, MethodForm, TextForm
from .page import Column, Page, facts_shown, other_guides

if TYPE_CHECKING:
    from .guides import GuideAdmin


@dataclass(frozen=True, slots=True)
class Field:
    """One field that the two do not agree about; each side is compared with what both began
    from. `control` holds what goes on with it: None where it goes on as it is."""

    label: str
    theirs: tuple[Run, ...]
    mine: tuple[Run, ...]
    control: forms.BoundField | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One language: the newest revision on one side, what was just typed on the other.

    Where only one side touched a field, that side's text goes on; `fields` are those that both
    touched or only mine did, `taken` those that only the other did.
    """

    column: Column
    theirs: Revision
    fields: tuple[Field, ...]
    taken: tuple[Field, ...]
    hidden: tuple[SafeString, ...]


def show_conflict(
    request: HttpRequest,
    admin: GuideAdmin,
    page: Page,
    stale: Sequence[Column],
    saved: Sequence[Column],
) -> HttpResponse:
    context = admin.context(request, page.guide, _("Two texts at once; choose one")) | {
        "page": page,
        "conflicts": [conflict(column) for column in stale],
        "saved": saved,
    }
    return render(request, "admin/guides/guide/conflict.html", context, status=409)


def conflict(column: Column) -> Conflict:
    theirs = column.latest
    assert theirs is not None
    before = column.seen.text() if column.seen else dict.fromkeys(Revision.TEXT_FIELDS, "")
    mine, other = column.typed_text(), theirs.text()
    given = column.form.cleaned_data
    form = TextForm(
        slug=column.guide.slug,
        language=column.language,
        kind=column.guide.kind,
        is_source=column.is_source,
        initial=merged(before, mine, other)
        | column.typed_note()
        | {"matched": given.get("matched")},
    )
    labels = {name: str(field.label) for name, field in form.fields.items()}
    controls = {name: form[name] for name in labels if mine.get(name) != before.get(name)}
    fields = differing(before, mine, other, labels)
    hidden = [field for field in form if field.name not in fields or field.name not in controls]
    facts_fields: dict[str, Field] = {}
    touched: set[str] = set()
    if column.facts is not None:
        facts_before, facts_mine = column.facts_before, column.typed_facts() or {}
        facts_other = facts_shown(column.guide, theirs)
        names = {name: label_of(name) for name in facts_other}
        facts_fields = differing(facts_before, facts_mine, facts_other, names)
        touched = {name for name in names if facts_mine[name] != facts_before[name]}
        hidden += carried_facts(column, merged(facts_before, facts_mine, facts_other))
    shown = {
        name: replace(field, control=controls.get(name)) for name, field in fields.items()
    } | facts_fields
    is_mine = controls.keys() | touched
    return Conflict(
        column,
        theirs,
        fields=tuple(field for name, field in shown.items() if name in is_mine),
        taken=tuple(field for name, field in shown.items() if name not in is_mine),
        hidden=tuple(as_hidden(field) for field in hidden),
    )


def as_hidden(field: forms.BoundField) -> SafeString:
    """The field unseen, and so without what its label and hint would be tied to."""
    return field.field.hidden_widget().render(field.html_name, field.value())


def merged(
    before: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """What goes on: mine where I changed it, theirs elsewhere."""
    return {
        name: mine[name] if mine[name] != before.get(name) else value
        for name, value in theirs.items()
    }


def differing(
    before: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    labels: Mapping[str, str],
) -> dict[str, Field]:
    return {
        name: Field(
            label=label,
            theirs=folded(compare(in_words(before.get(name)), in_words(theirs[name]))),
            mine=folded(compare(in_words(before.get(name)), in_words(mine[name]))),
        )
        for name, label in labels.items()
        if name in theirs and mine[name] != theirs[name]
    }


def carried_facts(column: Column, facts: Mapping[str, Any]) -> list[forms.BoundField]:
    """The fields that send these facts on."""
    assert column.facts is not None
    form = FactsForm(prefix="facts", facts=facts, guides=other_guides(column.guide))
    fields = list(form)
    if column.method is not None:
        method = AuthorizationMethod(guide=column.guide, **(facts["method"] or {}))
        fields += list(MethodForm(prefix="method", instance=method))
    return fields


def label_of(name: str) -> str:
    """What the desk calls a fact."""
    return (
        _("Facts of the method")
        if name == "method"
        else str(Guide._meta.get_field(name).verbose_name)
    )


def in_words(value: Any) -> str:
    """A fact on one line or several, for a person to compare."""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {in_words(one)}" for name, one in value.items())
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "–" if value is None or value == "" else str(value)
