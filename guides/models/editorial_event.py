"""Who did what to which guide or source: added to, never rewritten."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .lasting import Lasting


class EditorialEvent(Lasting):
    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("saved a draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrew")
        RESTORED = "restored", _("restored")
        CHECKED = "checked", _("checked, nothing changed")
        SOURCE_CHANGED = "source-changed", _("changed a source")

    kind = models.CharField(_("what"), max_length=16, choices=Kind.choices)
    # By name and not by key: an event outlives what it mentions.
    about = models.CharField(_("about"), max_length=80)
    language = models.CharField(_("language"), max_length=12, blank=True)
    # Empty: done by the release.
    by = models.ForeignKey(
        "guides.User",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("editorial event")
        verbose_name_plural = _("editorial events")
        indexes = [
            # The history of one guide, newest first.
            models.Index(fields=["about", "-at"], name="guides_event_about"),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.get_kind_display()}"
