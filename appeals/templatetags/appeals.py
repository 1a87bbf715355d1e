"""What templates ask of cases: a value by its key, the next step on the home page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from appeals.models import Case
from appeals.presenters.ledger import Ledger

register = template.Library()


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    return values[key]


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
