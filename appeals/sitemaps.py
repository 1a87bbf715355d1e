"""The pages of the example, for search engines; nothing else of cases is public."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from appeals.models.case import EXAMPLE


class Example(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> Sequence[str]:
        return ["case-detail", "notice", "letter", "dossier"]

    def location(self, item: str) -> str:
        return reverse(f"appeals:{item}", args=[EXAMPLE])
