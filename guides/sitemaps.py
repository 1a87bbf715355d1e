"""What search engines are told: every public page, in each language that it exists in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from .models import Guide


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
        ]

    def location(self, item: tuple[str, str]) -> str:
        name, query = item
        return reverse(name) + query


class Guides(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> Sequence[Guide]:
        guides = Guide.objects.published().prefetch_related("editions")
        return list(guides.order_by("kind", "position", "slug"))

    def get_languages_for_item(self, item: Guide) -> list[str]:
        return [one.language for one in item.editions.all() if one.live_id]

    def location(self, item: Guide) -> str:
        address = item.get_absolute_url()
        # A step guide is one text for whoever searches, whatever page of it one reads.
        return f"{address}?all=1" if item.kind == Guide.Kind.STEPS else address

    def lastmod(self, item: Guide) -> date | None:
        return item.checked_on


SITEMAPS = {"pages": Pages, "guides": Guides}
