"""The seller's own words for the letter: one section a demand and language, with its history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.lasting import Lasting

#: The letter goes out in this language; the other is there to check it by.
SENT_IN = "en"
CHECKED_IN = "zh-hans"


class LetterSection(models.Model):
    """What the letter says about one demand, in one language, as it is now."""

    demand = models.ForeignKey("appeals.Demand", on_delete=models.CASCADE, related_name="letter")
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"), blank=True)
    # Raised by every write: a form made from an older one is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("last changed at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["language"]
        verbose_name = _("section of the letter")
        verbose_name_plural = _("sections of the letter")
        constraints = [
            models.UniqueConstraint(
                name="appeals_lettersection_once_a_language", fields=["demand", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand} ({self.language})"


class LetterRevision(Lasting):
    """A section as somebody once saved it; or, set aside, as it was not taken."""

    class Way(models.TextChoices):
        HAND = "hand", _("saved")
        ITSELF = "itself", _("saved by itself")
        RESTORED = "restored", _("brought back")
        ASIDE = "aside", _("not taken, kept here")

    section = models.ForeignKey(LetterSection, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)
    way = models.CharField(_("how"), max_length=8, choices=Way.choices)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("earlier text of a section")
        verbose_name_plural = _("earlier texts of a section")
        constraints = [
            models.UniqueConstraint(
                name="appeals_letterrevision_number_once", fields=["section", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"
