"""A revision as readers would see it, and the way to it for those who were sent a link."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from guides import glossary, moments
from guides.models import AuthorizationMethod, Edition, Guide, PreviewLink, Revision
from guides.publishing import Library, guide_facts, preview_links
from guides.publishing.facts import DATES
from guides.publishing.rendered import keep
from guides.rendering import Refused

from . import guide_page
from .detail import show_guide

ROBOTS = "noindex, nofollow, noarchive"


def page_of(
    request: HttpRequest, revision: Revision, facts: Mapping[str, Any], **shown: Any
) -> HttpResponse:
    """The page of the site, by its own renderer and templates, as a stranger gets it.

    `facts` are those that the guide is shown with, `shown` what the page says besides. Raises
    `Refused` where the text cannot become a page.
    """
    language = revision.edition.language
    rendered = Library(coming=[revision]).render(revision)
    guide = with_facts(revision.edition.guide, facts)
    edition = Edition(guide=guide, language=language)
    keep(edition, rendered)
    around = guide_page.neighbours(edition, language, facts["related"])
    context = guide_page.shown(edition, revision, around) | {
        "languages": [language],
        "user": AnonymousUser(),
        **shown,
    }
    if guide.kind == Guide.Kind.TERM:
        others = guide_page.live_editions(guide.slug)
        context["other_names"] = glossary.unsaid(
            revision.title, [one for one in others if one.language != language]
        )
    with override(language):
        return show_guide(request, context)


def with_facts(guide: Guide, facts: Mapping[str, Any]) -> Guide:
    """A copy of the guide with these facts, not saved."""
    changed = copy.copy(guide)
    for name in ("standing", "is_reported", "reference", "agreement"):
        setattr(changed, name, facts[name])
    for name in DATES:
        day = facts[name]
        setattr(changed, name, datetime.date.fromisoformat(day) if day else None)
    changed.successor = Guide.objects.filter(slug=facts["successor"] or "").first()
    if facts["method"]:
        changed.method = AuthorizationMethod(**facts["method"])
    return changed


@login_not_required
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The one revision that this link is for. What is wrong, ended or expired is the same 404."""
    link = preview_links.opened(token)
    response = not_here(request) if link is None else show(request, link)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = ROBOTS
    # The address is the key to this page: no other site is told it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def not_here(request: HttpRequest) -> HttpResponse:
    context = {"user": AnonymousUser(), "messages": (), "with_account": False}
    return render(request, "404.html", context, status=404)


def show(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    revision = link.revision
    language = revision.edition.language
    # The facts of a translation are the live ones: those of another draft are not this link's.
    facts = revision.facts or guide_facts(revision.edition.guide)
    with override(language):
        said = {
            "messages": [words_of(link)],
            "is_shared_preview": True,
            "with_account": False,
        }
        try:
            response = page_of(request, revision, facts, **said)
        except Refused:
            response = render(request, "guides/preview_refused.html", said, status=422)
    response.headers["Content-Language"] = language
    return response


def words_of(link: PreviewLink) -> str:
    live = link.revision.edition.live
    words = (
        _("Preview of revision %(number)s, which is published now. This link works until %(time)s.")
        if live is not None and live.revision_id == link.revision_id
        else _(
            "Preview of revision %(number)s: it is not published and may still change. "
            "This link works until %(time)s."
        )
    )
    until = moments.told(link.expires_at, settings.TIME_ZONE)
    return words % {"number": link.revision.number, "time": until}
