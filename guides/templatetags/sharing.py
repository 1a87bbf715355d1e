"""What a page says of itself to whoever forwards it or searches for it."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from ..models import Edition
from ..sharing import cards

register = template.Library()
#: In a script element no text may end it, and none may open a comment.
IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag
def share_addresses(edition: Edition) -> dict[str, str]:
    """`page` and `picture`, absolute, in the language of the text; and `locale`."""
    with override(edition.language):
        picture = reverse("guides:share-picture", args=[edition.guide.slug])
    return {
        "page": settings.SITE_URL + edition.get_absolute_url(),
        "picture": settings.SITE_URL + picture,
        "locale": cards.locale_of(edition.language),
    }


@register.simple_tag
def described(edition: Edition, shared: dict[str, Any]) -> SafeString:
    """The description for machines: data in a script element, which no browser runs."""
    words = cards.described(edition, shared["page"], shared["picture"])
    data = json.dumps(words, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)
    # Every character that could leave the element was replaced.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308
