"""What the form templates ask for: the template of a field's kind, the list of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

register = template.Library()

#: A field is drawn by the first template whose widget it has: one for each shape of a field.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, "crispy/choices.html"),  # and several boxes, which are a kind of it
    (forms.CheckboxInput, "crispy/checkbox.html"),
    (forms.PasswordInput, "crispy/password.html"),
    (forms.Widget, "crispy/control.html"),
)

#: In the summary these are enough; the whole message stands under the field.
IN_SHORT = {
    "secret": _("looks like a secret"),
    "unseen": _("characters that cannot be seen"),
}


@register.filter
def field_template(field: BoundField) -> str:
    widget = field.field.widget
    return next(name for kind, name in KINDS if isinstance(widget, kind))


@register.filter
def is_marked_optional(field: BoundField) -> bool:
    return not field.field.required and getattr(field.form, "marks_optional", True)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary: `anchor` is the id of the control, "" where there is none."""

    anchor: str
    label: str
    message: str


def anchor_of(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, forms.RadioSelect):  # and boxes: the first of them
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def problems_of(form: forms.BaseForm) -> list[Problem]:
    """What concerns the whole form first, then field by field as they stand on the page."""
    problems = []
    for name in (NON_FIELD_ERRORS, *form.fields):
        errors = form.errors.get(name)
        if not errors:
            continue
        field = form[name] if name in form.fields else None
        anchor = anchor_of(field) if field else ""
        label = str(field.label) if field and anchor else ""
        for error, message in zip(errors.as_data(), errors, strict=True):
            problems.append(Problem(anchor, label, str(IN_SHORT.get(error.code or "", message))))
    return problems


@register.inclusion_tag("crispy/error_summary.html")
def error_summary(*forms_and_sets: Any) -> dict[str, Any]:
    """Everything that is wrong in the forms and formsets of a page, in their order; a list of
    them is as good as each of them."""
    problems: list[Problem] = []
    saves = False
    several = [each if isinstance(each, list) else [each] for each in forms_and_sets]
    for each in chain.from_iterable(several):
        parts = [each]
        if isinstance(each, BaseFormSet):
            problems += [Problem("", "", message) for message in each.non_form_errors()]
            parts = each.forms
        for form in parts:
            if form.is_bound and form.errors:
                problems += problems_of(form)
        saves = saves or all(getattr(form, "saves", True) for form in parts)
    return {"problems": problems, "saves": saves}
