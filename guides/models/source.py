"""The register of sources that all guides share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    class Grade(models.TextChoices):
        OFFICIAL = "official", _("official text")
        MIRROR = "mirror", _("official text, read through a copy elsewhere")
        THIRD_PARTY = "third-party", _("report by others")

    class Seen(models.TextChoices):
        LIVE = "live", _("the live page")
        STORED = "stored", _("a stored copy")

    key = models.SlugField(_("key"), max_length=20, unique=True)
    titles = models.JSONField(_("title in each language"), default=dict)
    language = models.CharField(_("language of the text"), max_length=12, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    archived_address = models.CharField(_("archived address"), max_length=500, blank=True)
    version = models.CharField(_("version or date shown"), max_length=200, blank=True)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade.choices)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    seen_as = models.CharField(
        _("seen as"), max_length=8, choices=Seen.choices, default=Seen.STORED
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.key}: {next(iter(self.titles.values()), '')}"

    def title_in(self, language: str) -> str:
        """The title in that language, else in whichever there is."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.key)
