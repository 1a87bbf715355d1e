"""One sending of the dossier, sealed as it was sent, and what Amazon replied."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, time

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Submission(models.Model):
    """A round. What is sealed is never written again; the reply is added to it, once."""

    class Answer(models.TextChoices):
        MORE = "more", _("It asks for more")
        REINSTATED = "reinstated", _("The account is reinstated")
        PARTLY = "partly", _("It is reinstated in part")
        UPHELD = "upheld", _("The suspension is upheld")
        NONE = "none", _("No reply came, and something has changed")

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="submissions")
    round = models.PositiveSmallIntegerField(_("round"))

    # What the seller says of the sending. The reference often comes later.
    sent_on = models.DateField(_("sent on"))
    sent_time = models.TimeField(pgettext_lazy("when it was sent", "time"), null=True, blank=True)
    sent_where = models.CharField(_("where it was sent"), max_length=200)
    amazon_reference = models.CharField(_("Amazon's reference"), max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    # The sealed package: the PDF has bytes of its own; the originals are those of the case,
    # kept under their names for as long as this row is, whatever becomes of their evidence.
    sealed_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    sealed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_text = models.TextField(_("text confirmed"), editable=False)
    digest = models.CharField(max_length=64, editable=False)  # of the facts
    made_of = models.DateTimeField(editable=False)  # the change that it was made after
    time_zone = models.CharField(max_length=64, editable=False)  # of the notice, then
    pdf_stored_as = models.CharField(max_length=100, unique=True, editable=False)
    originals = models.JSONField(default=list, editable=False)  # names, in the manifest's order
    manifest = models.TextField(editable=False)
    manifest_sha256 = models.CharField(max_length=64, editable=False)
    # Set when the owner's choice let the bytes go: the record stays, the package cannot be had.
    package_deleted_at = models.DateTimeField(null=True, editable=False)
    # What its sheets say, part by part, to be compared with another round.
    outline = models.JSONField(default=list, editable=False)

    # The reply: a notice of its own, which opens the next round.
    reply_on = models.DateField(_("reply received on"), null=True, blank=True)
    reply_answer = models.CharField(
        _("what it says"), max_length=12, choices=Answer.choices, blank=True
    )
    reply_text = models.TextField(_("text of the reply"), blank=True)
    reply_reference = models.CharField(_("reference of the reply"), max_length=100, blank=True)
    reply_deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    reply_deadline_time = models.TimeField(_("time of the deadline"), null=True, blank=True)
    reply_deadline_line = models.PositiveSmallIntegerField(
        _("line that gives the deadline"), null=True, blank=True, editable=False
    )
    reply_has_no_deadline = models.BooleanField(_("the reply gives no deadline"), default=False)
    reply_time_zone = models.CharField(_("time zone of the reply"), max_length=64, blank=True)
    # Lines that ask again for what was asked before: [[line, ordinal], …]. Not among what the
    # version guards: each is added or taken away by itself.
    reply_lines = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["round"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(name="appeals_submission_round_once", fields=["case", "round"]),
            models.CheckConstraint(
                name="appeals_submission_reply_says_what",
                condition=Q(reply_on__isnull=True, reply_answer="", reply_text="")
                | (Q(reply_on__isnull=False) & ~Q(reply_answer="")),
            ),
            models.CheckConstraint(
                name="appeals_submission_deadline_or_none",
                condition=Q(reply_has_no_deadline=False) | Q(reply_deadline_on__isnull=True),
            ),
            models.CheckConstraint(
                name="appeals_submission_time_needs_a_day",
                condition=Q(reply_deadline_time__isnull=True) | Q(reply_deadline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="appeals_submission_deadline_needs_a_reply",
                condition=Q(reply_on__isnull=False)
                | Q(reply_deadline_on__isnull=True, reply_has_no_deadline=False),
            ),
        ]
        indexes = [
            # Whether a package that somebody checks was sealed here.
            models.Index(fields=["manifest_sha256"], name="appeals_submission_manifest"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("appeals:submission", args=[self.case.code, self.round])

    @property
    def sent_at(self) -> datetime:
        """Aware, in the zone that the notice had then; without a time, when the day begins."""
        zone = zoneinfo.ZoneInfo(self.time_zone)
        return datetime.combine(self.sent_on, self.sent_time or time(), zone).astimezone(UTC)

    @property
    def has_reply(self) -> bool:
        return self.reply_on is not None

    @property
    def has_package(self) -> bool:
        return self.package_deleted_at is None
