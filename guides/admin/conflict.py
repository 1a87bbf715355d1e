"""Two who wrote at once: both texts, what each changed, and the one that is to be the newest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides.differences import Run, compare, folded
from guides.merging import merge
from guides.models import AuthorizationMethod, Guide, Revision
from guides.publishing import StaleRevision, restore

from . import autosave
from .column import Column
from .forms import FactsForm, MethodForm, TextForm
from .page import Page, facts_shown, other_guides

if TYPE_CHECKING:
    from .guides import GuideAdmin

#: What can be chosen; the first is what an answer without a choice means.
CHOICES = ("mine", "theirs", "merged")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that the two do not agree about; each side is compared with what both began
    from. `control` holds both put together, to be changed: None where one side goes on as it is."""

    label: str
    theirs: tuple[Run, ...]
    mine: tuple[Run, ...]
    control: forms.BoundField | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One language: the newest revision on one side, what was just typed on the other.

    `fields` are those that both touched or only mine did, `taken` those that only the other did:
    these go on whatever is chosen. `is_clean`: both together lose nothing of either.
    """

    column: Column
    theirs: Revision
    fields: tuple[Field, ...]
    taken: tuple[Field, ...]
    hidden: tuple[SafeString, ...]
    is_clean: bool

    @property
    def controls(self) -> list[forms.BoundField]:
        return [one.control for one in self.fields if one.control is not None]


def show_conflict(
    request: HttpRequest,
    admin: GuideAdmin,
    page: Page,
    stale: Sequence[Column],
    saved: Sequence[Column],
) -> HttpResponse:
    """Both texts, of every language in which somebody was quicker. What was typed is kept as the
    person's draft: whoever chooses nothing now finds it on the page of the guide."""
    kept = autosave.keep_columns(request, page, stale)
    context = admin.context(request, page.guide, _("Two texts at once; choose one")) | {
        "page": page,
        "conflicts": [conflict(column) for column in stale],
        "saved": saved,
        "unsaved": autosave.unsaved_on(request, page, kept.versions),
        "now": timezone.now(),
    }
    return render(request, "admin/guides/guide/conflict.html", context, status=409)


def conflict(column: Column) -> Conflict:
    theirs = column.latest
    assert theirs is not None
    before = column.seen.text() if column.seen else dict.fromkeys(Revision.TEXT_FIELDS, "")
    mine, other = column.typed_text(), theirs.text()
    body = merge(before["body"], mine["body"], other["body"])
    together = merged(before, mine, other) | {"body": body.text}
    form = TextForm(
        slug=column.guide.slug,
        language=column.language,
        kind=column.guide.kind,
        is_source=column.is_source,
        initial=together
        | column.typed_note()
        | {"matched": column.form.cleaned_data.get("matched")},
    )
    labels = {name: str(field.label) for name, field in form.fields.items()}
    controls = {name: form[name] for name in labels if name in changed(before, mine)}
    fields = differing(before, mine, other, labels)
    hidden = [
        as_hidden(field) for field in form if field.name not in fields or field.name not in controls
    ]
    hidden += [as_mine(column, name, mine[name]) for name in fields if name in controls]
    facts_fields: dict[str, Field] = {}
    # What each touched, to tell what both did; the lines of the body are told apart by merging.
    my_changes = changed(before, mine)
    their_changes = changed(before, other) - {"body"}
    if column.facts is not None:
        facts_before, facts_mine = column.facts_before, column.typed_facts() or {}
        facts_other = facts_shown(column.guide, theirs)
        names = {name: label_of(name) for name in facts_other}
        facts_fields = differing(facts_before, facts_mine, facts_other, names)
        my_changes |= changed(facts_before, facts_mine)
        their_changes |= changed(facts_before, facts_other)
        facts = merged(facts_before, facts_mine, facts_other)
        hidden += [as_hidden(field) for field in carried_facts(column, facts)]
    shown = {
        name: replace(field, control=controls.get(name)) for name, field in fields.items()
    } | facts_fields
    return Conflict(
        column,
        theirs,
        fields=tuple(field for name, field in shown.items() if name in my_changes),
        taken=tuple(field for name, field in shown.items() if name not in my_changes),
        hidden=tuple(hidden),
        is_clean=body.is_clean and not my_changes & their_changes & shown.keys(),
    )


def as_hidden(field: forms.BoundField) -> SafeString:
    """The field unseen, and so without what its label and hint would be tied to."""
    return field.field.hidden_widget().render(field.html_name, field.value())


def as_mine(column: Column, name: str, text: str) -> SafeString:
    """What I typed there, beside the field in which both are put together."""
    return forms.HiddenInput().render(f"{column.language}-mine-{name}", text)


def merged(
    before: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """What goes on: mine where I changed it, theirs elsewhere."""
    return {
        name: mine[name] if mine[name] != before.get(name) else value
        for name, value in theirs.items()
    }


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {name for name, value in after.items() if value != before.get(name)}


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


# --- What was chosen -----------------------------------------------------------------------


@dataclass
class Chosen:
    """The two forms that one answer holds: mine as typed, and both put together."""

    mine: Page
    merged: Page
    choices: Mapping[str, str]

    @property
    def wrong(self) -> Page | None:
        """The one that cannot be kept as it is; what was put together counts where it is wanted."""
        if not self.mine.is_valid():
            return self.mine
        if "merged" in self.choices.values() and not self.merged.is_valid():
            return self.merged
        return None


def read_chosen(guide: Guide, sent: QueryDict) -> Chosen:
    mine = sent.copy()
    for name in sent:
        language, is_mine, field = name.partition("-mine-")
        if is_mine and field in Revision.TEXT_FIELDS:
            mine[f"{language}-{field}"] = sent[name]
    page = Page(guide, mine)
    choices = {
        column.language: wanted
        for column in page.posted
        if (wanted := sent.get(f"{column.language}-choice", "")) in CHOICES
    }
    return Chosen(page, Page(guide, sent), choices)


def keep_chosen(request: HttpRequest, admin: GuideAdmin, chosen: Chosen) -> HttpResponse:
    """The one chosen becomes the newest in each language. The others are in the revisions: theirs
    was there, and mine is saved before anything else stands on top of it."""
    stale = []
    source = chosen.mine.source.seen
    for mine, both in zip(chosen.mine.posted, chosen.merged.posted, strict=True):
        choice = chosen.choices.get(mine.language, CHOICES[0])
        wanted = both if choice == "merged" else mine
        if mine.is_stale:
            stale.append(wanted)
            continue
        try:
            with transaction.atomic():
                revision = keep(request, choice, mine, both, source)
        except StaleRevision as newer:
            wanted.edition = newer.latest.edition
            stale.append(wanted)
            continue
        if mine.is_source:
            source = revision
        autosave.forget_one(request, mine.guide, mine.language)
    if stale:
        page = chosen.merged if "merged" in chosen.choices.values() else chosen.mine
        return show_conflict(request, admin, page, stale, ())
    messages.success(request, _("Saved. What you did not choose is kept in the revisions."))
    return redirect("admin:guides_guide_change", chosen.mine.guide.pk)


def keep(
    request: HttpRequest, choice: str, mine: Column, both: Column, source: Revision | None
) -> Revision:
    theirs = mine.seen
    revision = mine.save(request.user, source)
    if choice == "theirs" and theirs is not None:
        return restore(revision=theirs, by=request.user)
    if choice == "merged" and both.typed_text() != mine.typed_text():
        both.renew(revision)
        return both.save(request.user, source)
    return revision
