"""The timeline of a case: what, who, when. Added to, never rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.lasting import Lasting, LastingQuerySet

if TYPE_CHECKING:
    from .case import Case
    from .demand import Demand

#: What told of a provider that was added: `source` in the details of that line. Also the address
#: of the bundled guide.
SELF_CHECK = "self-check"

#: Fields of a provider that a demand is answered by, by its rule.
FIELDS = {
    "learned": ("found",),
    "contacts": (*("name", "legal_name", "web_site", "email", "telephone", "app_name", "payees"),),
    "described": ("did", "received"),
    "used": ("first_month", "last_month"),
    "paid": ("is_free",),
    "ended": ("method", "shared_secret", "ended", "ended_on", "ended_how"),
}


class EventQuerySet(LastingQuerySet):
    def of_case(self, case: Case) -> EventQuerySet:
        return self.filter(case_code=case.code)

    def forget(self) -> None:
        """Remove lines for good: with their case, which nothing of it outlives."""
        self._raw_delete(self.db)

    def about(self, demand: Demand) -> EventQuerySet:
        """Lines that name the demand, or a field or an act that answers it."""
        wanted = Q(text__regex=f'"demand": {demand.ordinal}[,}}]')
        if names := "|".join(FIELDS.get(demand.rule, ())):
            wanted |= Q(
                kind=Event.Kind.PROVIDER_CHANGED, text__regex=f'"fields": .[^]]*"({names})"'
            )
            wanted |= Q(text__regex=f'"field": "({names})"')
        if demand.rule == "used":
            wanted |= Q(kind=Event.Kind.PERIODS_CHANGED)
        if demand.rule == "confirmed":
            wanted |= Q(kind=Event.Kind.CONFIRMED)
        return self.annotate(text=Cast("details", models.TextField())).filter(wanted)


class Event(Lasting):
    class Kind(models.TextChoices):
        CASE_OPENED = "case-opened", _("opened the case")
        CASE_CHANGED = "case-changed", _("changed the case's particulars")
        NOTICE_RECORDED = "notice-recorded", _("copied in the notice")
        NOTICE_CHANGED = "notice-changed", _("changed the notice")
        DEADLINE_SET = "deadline-set", _("set the deadline")
        DEMAND_CHANGED = "demand-changed", _("changed a demand")
        PROVIDER_ADDED = "provider-added", _("added a provider")
        PROVIDER_CHANGED = "provider-changed", _("changed a provider")
        PROVIDER_DELETED = "provider-deleted", _("deleted a provider")
        PLACES_LOOKED = "places-looked", _("looked for forgotten providers")
        PERIODS_CHANGED = "periods-changed", _("changed the months of use")
        EVIDENCE_ADDED = "evidence-added", _("added a file")
        EVIDENCE_FILED = "evidence-filed", _("said what a file shows")
        EVIDENCE_WITHDRAWN = "evidence-withdrawn", _("withdrew a file")
        EVIDENCE_REMOVED = "evidence-removed", _("removed a file that proved nothing")
        FILE_DELETED = "file-deleted", _("deleted a withdrawn file for good")
        KEEPING_SET = "keeping-set", _("chose how long files are kept after closing")
        FILES_DELETED = "files-deleted", _("deleted the files, as was chosen")
        EXPLAINED = "explained", _("wrote an explanation")
        EXPLANATION_REMOVED = "explanation-removed", _("took back an explanation")
        ASKED = "asked", _("asked someone for something")
        ASKING_REMOVED = "asking-removed", _("took back that someone was asked")
        CONFIRMED = "confirmed", _("confirmed the facts")
        LETTER_WRITTEN = "letter-written", _("wrote a section of the letter")
        LETTER_RESTORED = "letter-restored", _("brought back a text of the letter")
        DOWNLOADED = "downloaded", _("downloaded a file")
        SUBMITTED = "submitted", _("recorded a submission")
        SUBMISSION_CHANGED = "submission-changed", _("changed what was noted of a submission")
        REPLIED = "replied", _("recorded a reply")
        REPLY_CHANGED = "reply-changed", _("changed the reply")
        CASE_REOPENED = "case-reopened", _("opened the case again")
        CASE_CLOSED = "case-closed", _("closed the case")

    # By code and number, not by key: the line stays when what it mentions is deleted.
    case_code = models.UUIDField()
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    by_id = models.PositiveBigIntegerField(_("who"), null=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    # Names as they were then: letter, provider, exhibit, months. Never a value that was typed
    # into a text field.
    details = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            # The timeline of one case, newest first.
            models.Index(fields=["case_code", "-at"], name="appeals_event_case"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"


class Correction(Lasting):
    """What a line of the timeline should have said. The line itself stays as it is."""

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="corrections")
    event = models.PositiveBigIntegerField()
    sentence = models.CharField(_("correction"), max_length=500)
    by_id = models.PositiveBigIntegerField(_("who"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.sentence[:60]}"
