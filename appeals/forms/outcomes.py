"""How a case ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.models import Case

from .base import Versioned


class OutcomeForm(Versioned):
    closed_as = forms.ChoiceField(
        label=_("How it ended"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
    lesson = forms.CharField(
        label=_("What it taught you"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence, for yourself. It is not sent and not shown to others."),
    )


def outcome_of(case: Case) -> dict[str, Any]:
    """As it is; for an open case what the last reply says, if that ends it."""
    closed_as = case.closed_as
    if not closed_as:
        last = max(case.submissions.all(), key=lambda one: one.round, default=None)
        answer = last.reply_answer if last else ""
        closed_as = answer if answer in Case.Outcome.values else ""
    return {"closed_as": closed_as, "lesson": case.lesson, "version": case.version}
