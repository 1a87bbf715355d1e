"""The glossary: every term on one page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .. import glossary
from ..models import Edition, Guide
from .public import public_page


@login_not_required
@require_safe
@public_page()
def terms(request: HttpRequest) -> HttpResponse:
    """By pinyin in Chinese, by the alphabet elsewhere. One query, however many there are."""
    editions = (
        Edition.objects.live()
        .filter(guide__kind=Guide.Kind.TERM)
        .select_related("guide", "live__revision")
        .only(
            *("language", "parts", "guide__slug", "guide__source_language", "guide__standing"),
            *("guide__is_reported", "live__revision__title", "live__revision__sort"),
        )
        .order_by("guide__position", "guide__slug", "language")
    )
    listed = glossary.entries(editions, get_language())
    context = {"letters": glossary.by_letter(listed), "count": len(listed)}
    return render(request, "guides/terms.html", context)
