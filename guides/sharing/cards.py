"""A guide as a forwarded card: what its picture says, and what search engines are told of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from ..glossary import words_of
from ..models import Edition, Guide, Revision
from ..rendering import html_language
from .picture import Card, Colour


def card(edition: Edition, today: datetime.date) -> Card:
    """What the picture of a live edition says, in its own language."""
    assert edition.live is not None
    return card_of(edition.live.revision, edition.guide, edition.language, today)


def card_of(revision: Revision, guide: Guide, language: str, today: datetime.date) -> Card:
    """What the picture of a guide says with that text, whether it is live or not."""
    with override(language):
        word, colour = verdict_or_standing(guide)
        return Card(
            language=language.partition("-")[0],
            kind=guide.kind_name,
            title=revision.card or revision.title,
            word=word,
            colour=colour,
            date=guide.checked_on.isoformat() if guide.checked_on else "",
            checked=how_checked(guide, today),
            is_overdue=guide.is_overdue(today),
            promise=_("Independent. Not affiliated with Amazon."),
        )


def verdict_or_standing(guide: Guide) -> tuple[str, Colour]:
    """A way to authorize is judged while it can be chosen; everything else is current or not."""
    if guide.is_historic:
        words = _("Historic")
    elif guide.kind == Guide.Kind.METHOD and guide.method:
        return str(guide.method.get_verdict_display()), guide.method.verdict
    else:
        words = _("Current")
    if guide.is_reported:
        words = _("%(standing)s, reported") % {"standing": words}
    return words, "standing"


def how_checked(guide: Guide, today: datetime.date) -> str:
    if guide.is_overdue(today):
        return _("Due for review")
    if guide.checked_by_id is None:
        return _("Against a stored copy")
    return _("Against the source")


def described(edition: Edition, address: str, picture: str) -> dict[str, Any]:
    """The guide in the words of schema.org. Addresses are absolute."""
    guide = edition.guide
    assert edition.live is not None
    revision = edition.live.revision
    site = {"@type": "Organization", "name": "Keyright", "url": settings.SITE_URL}
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "inLanguage": html_language(edition.language),
        "url": address,
    }
    if guide.kind == Guide.Kind.TERM:
        return known | {
            "@type": "DefinedTerm",
            "name": revision.title,
            "alternateName": words_of(revision.keywords),
            "description": revision.summary,
        }
    changed = timezone.localdate(edition.live.published_at)
    return known | {
        "@type": "Article",
        "headline": revision.title,
        "description": revision.summary,
        "image": picture,
        "dateModified": max(changed, guide.checked_on or changed).isoformat(),
        "author": site,
        "publisher": site,
        "isAccessibleForFree": True,
    }


def locale_of(language: str) -> str:
    """As Open Graph writes it: zh_CN, en_US."""
    return {"zh-hans": "zh_CN", "en": "en_US"}.get(language, get_language_info(language)["code"])
