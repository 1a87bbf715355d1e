"""The example, for search engines: from its first page all others are found. No case is public."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from appeals.models.case import EXAMPLE


class Example(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> Sequence[str]:
        return ["appeals:case-detail"]

    def location(self, item: str) -> str:
        return reverse(item, args=[EXAMPLE])
