"""What search engines are told: every public page, in each language that it exists in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.sitemaps import Sitemap
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from .models import Edition, Guide


class Pages(Sitemap):
    """The pages that are no guide: address name and query string."""

    i18n = True
    alternates = True

    def items(self) -> Sequence[tuple[str, str]]:
        return [
            ("guides:home", ""),
            ("guides:guide-list", ""),
            ("guides:methods", ""),
            ("guides:methods", "?era=mws"),
            ("guides:terms", ""),
            ("guides:changes", ""),
        ]

    def location(self, item: tuple[str, str]) -> str:
        name, query = item
        return reverse(name) + query


class Guides(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> Sequence[Guide]:
        # Two queries, however many there are, and no text.
        live = Edition.objects.live().select_related("live")
        editions = live.only("guide", "language", "live__published_at")
        guides = Guide.objects.published().order_by("kind", "position", "slug")
        return list(guides.prefetch_related(Prefetch("editions", editions)))

    def get_languages_for_item(self, item: Guide) -> list[str]:
        return [one.language for one in item.editions.all()]

    def location(self, item: Guide) -> str:
        address = item.get_absolute_url()
        # A step guide is one text for whoever searches, whatever page of it one reads.
        return f"{address}?all=1" if item.kind == Guide.Kind.STEPS else address

    def lastmod(self, item: Guide) -> date | None:
        """When its text in any language was last published, or the whole last checked."""
        days = [
            timezone.localdate(one.live.published_at) for one in item.editions.all() if one.live
        ]
        return max([*days, *([item.checked_on] if item.checked_on else [])], default=None)


SITEMAPS = {"pages": Pages, "guides": Guides}
