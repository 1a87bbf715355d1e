"""What the toolbar of the desk offers to put into a text: guides, terms, sources, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from guides.models import Edition, Guide, Picture, Source

if TYPE_CHECKING:
    from .guides import GuideAdmin


@require_safe
def choices(request: HttpRequest, admin: GuideAdmin) -> JsonResponse:
    """Each list has `{"key", "titles", "picture"}` of what can be chosen: its key in a text, its
    titles by language, and the address of a picture. Three queries."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    guides = titles_of_guides()
    return JsonResponse(
        {
            "guide": [one for one in guides if one["kind"] != Guide.Kind.TERM],
            "term": [one for one in guides if one["kind"] == Guide.Kind.TERM],
            "source": [
                {"key": source.key, "titles": source.titles}
                for source in Source.objects.only("key", "titles")
            ],
            "picture": [
                {"key": one.key, "titles": one.alt, "picture": one.get_absolute_url()}
                for one in Picture.objects.only("id", "key", "alt")
            ],
        }
    )


def titles_of_guides() -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    rows = Edition.objects.order_by("guide__kind", "guide__position", "guide__slug")
    for slug, kind, language, title in rows.values_list(
        "guide__slug", "guide__kind", "language", "latest__title"
    ):
        one = found.setdefault(slug, {"key": slug, "kind": kind, "titles": {}})
        one["titles"][language] = title or slug
    return list(found.values())
