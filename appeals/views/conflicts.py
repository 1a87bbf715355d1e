"""What is shown when a row was changed after its form was made: both, and nothing is lost."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from appeals.actions.periods import Span
from appeals.actions.refusals import StaleVersion
from appeals.models import Case
from appeals.sentences.names import listed


@dataclass(frozen=True, slots=True)
class Pair:
    """One field that differs: what is saved now, and the field with what was sent."""

    label: str
    saved: str
    field: BoundField | None


def conflict(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    stale: StaleVersion,
    *,
    back: str,
    hidden: Mapping[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Answer 409 with both texts. The form on the page is the one that was sent, made from the
    row as it is now: saving it again is a choice, not an accident."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(stale.row.version)  # type: ignore[attr-defined]
    pairs = [_pair(form, name, value) for name, value in stale.current.items()]
    differing = {pair.field.name for pair in pairs if pair.field is not None}
    context |= {
        "case": case,
        "form": form,
        "pairs": pairs,
        "others": [field for field in form if field.name not in differing and not field.is_hidden],
        "back": back,
        "hidden": hidden or {},
        "rows_differ": any(pair.field is None for pair in pairs),
    }
    return render(request, "appeals/conflict.html", context, status=409)


def _pair(form: forms.Form, name: str, saved: Any) -> Pair:
    if name not in form.fields:
        label = {"periods": _("Months of use"), "payees": _("Others who are paid for it")}
        return Pair(label.get(name, name), said(saved), None)
    field = form[name]
    choices = dict(getattr(field.field, "choices", ()))
    value = choices.get(saved, saved) if isinstance(saved, str) else saved
    return Pair(str(field.label), said(value), field)


def said(value: Any) -> str:
    """A value as a person reads it."""
    match value:
        case None | "" | [] | ():
            return _("empty")
        case bool():
            return _("yes") if value else _("no")
        case datetime.time():
            return f"{value:%H:%M}"
        case datetime.date():
            return value.isoformat()
        case Span():
            return _span(value)
        case {"name": name, "sentence": sentence}:
            return f"{name}: {sentence}"
        case list() | tuple() | frozenset():
            return listed(sorted(said(each) for each in value)) or _("empty")
        case _:
            return str(value)


def _span(span: Span) -> str:
    first = f"{span.first:%Y-%m}"
    if span.last is None:
        return _("%(first)s to now") % {"first": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": f"{span.last:%Y-%m}"}
