"""What templates ask of cases: a value by its key, the next step on the home page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from appeals.models import Case
from appeals.models.case import EXAMPLE
from appeals.presenters.ledger import Ledger
from appeals.sentences.links import to_case

register = template.Library()


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    return values[key]


#: Numbers of exhibits, months and days, which must not be broken at their hyphens.
WHOLE = re.compile(r"\b(?:[A-Z]{1,4}|0)-\d+-\d+\b|\b\d{4}-\d{2}(?:-\d{2})?\b")


@register.filter
def whole(text: str) -> SafeString:
    """The text with its numbers kept in one piece: A-5-2, 2018-05."""
    escaped = str(conditional_escape(text))
    # Only what was escaped just now is marked as safe.
    return mark_safe(WHOLE.sub(r'<span class="nowrap">\g<0></span>', escaped))  # noqa: S308


@register.simple_tag
def example_url() -> str:
    """The example of a case, for everybody to read."""
    return to_case(EXAMPLE)


@register.inclusion_tag("appeals/_next_step_panel.html", takes_context=True)
def next_step_panel(context: Context) -> dict[str, Any]:
    """The next step of the case that is most pressing, for whoever is signed in.

    For a stranger, who has no session, it costs no query.
    """
    request = context["request"]
    user = request.user
    if not user.is_authenticated:
        return {"ledger": None}
    cases = list(Case.objects.visible_to(user).running().with_facts())
    ledgers = [Ledger.of(case, timezone.now()) for case in cases]
    ledgers = [one for one in ledgers if one.step is not None]
    return {"ledger": min(ledgers, key=_pressing, default=None), "count": len(cases)}


def _pressing(ledger: Ledger) -> tuple[bool, bool, float]:
    """Appeals before registers, near deadlines first, then what was touched last."""
    due = ledger.due_at
    return (
        ledger.case.is_register,
        due is None,
        due.timestamp() if due else -ledger.case.changed_at.timestamp(),
    )
