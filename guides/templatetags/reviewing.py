"""How far a draft is on its way to readers, for the page of its guide."""

from __future__ import annotations

from typing import Any

from django import template

from ..models import Edition
from ..publishing.reviewing import is_open, sent_back

register = template.Library()


@register.simple_tag
def review_of(edition: Edition | None) -> dict[str, Any]:
    """The state of the draft of an edition, empty where there is none; and the answer that sent
    it back, until it is sent again. Three queries where there may be one."""
    if edition is None or not edition.has_draft:
        return {}
    return {
        "is_open": is_open(edition),
        "is_approved": is_open(edition) and edition.review_state == "approved",
        "sent_back": sent_back(edition),
    }
