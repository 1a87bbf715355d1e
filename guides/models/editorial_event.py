"""Who did what to which guide or source: added to, never rewritten."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .lasting import Lasting


class EditorialEvent(Lasting):
    class Kind(models.TextChoices):
        ADDED = "added", _("added a guide")
        DRAFTED = "drafted", _("saved a draft")
        SUBMITTED = "submitted", _("sent for review")
        APPROVED = "approved", _("approved")
        SENT_BACK = "sent-back", _("sent back")
        MATCHED = "matched", _("matched a translation")
        UNAFFECTED = "unaffected", _("marked a change as not affecting a translation")
        SCHEDULED = "scheduled", _("gave a release its time")
        UNSCHEDULED = "unscheduled", _("took a release's time away")
        RELEASED = "released", _("made a release live")
        NOT_RELEASED = "not-released", _("could not make a release live")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrew")
        RESTORED = "restored", _("restored")
        CHECKED = "checked", _("checked, nothing changed")
        POSTPONED = "postponed", _("postponed a check")
        RENAMED = "renamed", _("changed an address")
        SOURCE_CHANGED = "source-changed", _("changed a source")
        SOURCE_PROPOSED = "source-proposed", _("proposed a change of a source")
        SOURCE_REFUSED = "source-refused", _("refused a change of a source")
        PICTURE_ADDED = "picture-added", _("added a picture")
        PICTURE_CHANGED = "picture-changed", _("changed what is kept with a picture")
        PICTURE_REMOVED = "picture-removed", _("removed a picture")
        PREVIEW_SHARED = "preview-shared", _("made a preview link")
        PREVIEW_ENDED = "preview-ended", _("ended a preview link")
        LINK_IGNORED = "link-ignored", _("ignored a broken link")
        FEEDBACK_HANDLED = "feedback-handled", _("handled what readers said")
        MISS_HANDLED = "miss-handled", _("handled a search without results")
        IMPORTED = "imported", _("brought in texts")
        EXPORTED = "exported", _("took texts out")

    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
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
