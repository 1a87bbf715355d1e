"""What the desk's templates ask for beyond what their pages hand them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from ..models import EditorialEvent

register = template.Library()

RECENT = 12


@register.simple_tag(takes_context=True)
def recent_events(context: Context) -> Any:
    """The last things that editors and releases did, for those who may see them."""
    if not context["user"].has_perm("guides.view_editorialevent"):
        return ()
    return EditorialEvent.objects.select_related("by")[:RECENT]
