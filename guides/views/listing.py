"""The home page and the list of all guides."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..models import Guide
from .guide_page import in_language, listed_editions, unfinished_steps
from .public import public_page

CHECKS_ON_HOME = 3


@login_not_required
@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    language = get_language()
    latest = (
        listed_editions()
        .filter(guide__checked_on__isnull=False)
        .exclude(guide__kind=Guide.Kind.TERM)  # so many are checked at once that nothing else shows
        .order_by(
            "-guide__checked_on",
            "guide__standing",  # current before historic
            "guide__position",
            "guide__slug",
            "language",
        )
    )
    # A guide has at most one edition a language, so these rows are enough guides.
    rows = latest[: CHECKS_ON_HOME * len(settings.LANGUAGES)]
    context = {"checks": in_language(rows, language)[:CHECKS_ON_HOME]}
    if request.user.is_authenticated:
        context["under_way"] = unfinished_steps(request.user, language)
    return render(request, "guides/home.html", context)


@login_not_required
@require_safe
@public_page()
def guide_list(request: HttpRequest) -> HttpResponse:
    """Every guide under its kind; the terms, which have a page of their own, as one row."""
    editions = listed_editions().order_by("guide__position", "guide__slug", "language")
    shown = in_language(editions, get_language())
    kinds = {kind: [one for one in shown if one.guide.kind == kind] for kind in Guide.Kind}
    terms = [one.guide for one in kinds.pop(Guide.Kind.TERM)]
    context = {
        "kinds": [(kind, rows) for kind, rows in kinds.items() if rows],
        "count": len(shown) - len(terms),
        "terms": terms,
        # The row is as fresh as the term that was checked longest ago.
        "oldest_term": min(
            (term for term in terms if term.checked_on),
            key=lambda term: term.checked_on,
            default=None,
        ),
    }
    return render(request, "guides/guide_list.html", context)
