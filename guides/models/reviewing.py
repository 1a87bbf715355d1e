"""From a draft to what readers see: what reviewers answered, and what goes live together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .edition import Edition, Revision
from .lasting import Lasting


class Review(Lasting):
    """A reviewer's answer to one revision; the newest one counts."""

    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("revision")
    )
    by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    at = models.DateTimeField(_("at"), default=timezone.now)
    is_approved = models.BooleanField(_("approved"))
    # Why it was sent back, for whoever wrote it.
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                name="guides_review_sent_back_says_why",
                condition=Q(is_approved=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.is_approved}"


class Release(models.Model):
    """Revisions that go live together, whole or not at all: now, or at a time. A single text
    that has a time is a release of one."""

    class State(models.TextChoices):
        OPEN = "open", _("being put together")
        SCHEDULED = "scheduled", _("has its time")
        LIVE = "live", _("live")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    publish_at = models.DateTimeField(_("goes live at"), null=True, blank=True)
    # The zone that its time was given in, and is shown in.
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    made_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("at"), default=timezone.now)
    # Who gave it its time, in whose name it goes live.
    scheduled_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("scheduled by"),
    )  # fmt: skip
    ended_at = models.DateTimeField(_("live or cancelled at"), null=True, blank=True)
    # What kept it from going live at its time, as sentences with their places.
    refusals = models.JSONField(_("what stood in the way"), default=list, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.CheckConstraint(
                name="guides_release_scheduled_has_a_time",
                condition=~Q(state="scheduled") | (Q(publish_at__isnull=False) & ~Q(zone="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "publish_at"], name="guides_release_due")]

    def __str__(self) -> str:
        return self.name


class ReleaseItem(models.Model):
    """One language of one guide in a release, as the revision that was put into it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="release_items")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="release_items")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("part of a release")
        verbose_name_plural = _("parts of a release")
        constraints = [
            models.UniqueConstraint(name="guides_releaseitem_once", fields=["release", "edition"]),
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.revision}"
