"""What the desk's templates ask for beyond what their pages hand them."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import reverse

from ..models import Edition, EditorialEvent

register = template.Library()

RECENT = 12


@register.simple_tag(takes_context=True)
def recent_events(context: Context) -> list[tuple[EditorialEvent, str, str]]:
    """The last things that editors and releases did, for those who may see them, each with the
    title and the page of what it was done to. Two queries."""
    if not context["user"].has_perm("guides.view_editorialevent"):
        return []
    events = list(EditorialEvent.objects.select_related("by")[:RECENT])
    editions = Edition.objects.filter(guide__slug__in={event.about for event in events})
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    for pk, slug, source, language, title in editions.values_list(
        "guide", "guide__slug", "guide__source_language", "language", "latest__title"
    ):
        page = reverse("admin:guides_guide_change", args=[pk])
        titles[slug, language] = (title or slug, page)
        if language == source:
            titles[slug, ""] = titles[slug, language]
    return [
        (event, *titles.get((event.about, event.language), (event.about, ""))) for event in events
    ]
