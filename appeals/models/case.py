"""One seller's appeal, from notice to outcome; without a notice it is a register."""

from __future__ import annotations

import uuid
import zoneinfo
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.rules.assessment import Assessment, assess
from appeals.rules.facts import CaseFacts

from .demand import Demand
from .facts import ROWS, facts_of

if TYPE_CHECKING:
    from guides.models import User


#: The code of the example, which is no row. None that is made by chance is ever like it.
EXAMPLE = uuid.UUID(int=0)

#: Days for which files may be kept after closing; without a choice they stay.
KEPT_AFTER_CLOSING = (180,)


def validate_time_zone(value: str) -> None:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(_("This is not a time zone."), code="time-zone") from None


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        """Cases that this person may open. Being staff opens none."""
        return self.filter(owner=user)

    def running(self) -> CaseQuerySet:
        return self.filter(closed_as="")

    def past_keeping(self, now: datetime) -> CaseQuerySet:
        """Closed for as long as the owner chose that files are kept after it, oldest first."""
        due = [
            Q(delete_files_after=days, closed_at__lte=now - timedelta(days=days))
            for days in KEPT_AFTER_CLOSING
        ]
        return self.filter(reduce(or_, due)).order_by("closed_at", "pk")

    def with_facts(self) -> CaseQuerySet:
        """With everything that the rules read and a page shows: eleven queries, however many
        cases there are and however much is in them."""
        return self.prefetch_related(*facts_rows())


def facts_rows() -> tuple[str | Prefetch[str], ...]:
    """What to load, demands together with the guides that word them."""
    return (Prefetch("demands", Demand.objects.select_related("guide")), *ROWS)


class Case(models.Model):
    class Outcome(models.TextChoices):
        REINSTATED = "reinstated", _("Reinstated")
        PARTLY = "partly", _("Partly reinstated")
        UPHELD = "upheld", _("Suspension upheld")
        ABANDONED = "abandoned", _("Not pursued")

    code = models.UUIDField(_("code"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        "guides.User", on_delete=models.PROTECT, related_name="cases", verbose_name=_("owner")
    )
    store = models.CharField(_("store"), max_length=200)
    marketplace = models.CharField(_("marketplace"), max_length=60, blank=True)
    seller_id = models.CharField(_("seller ID"), max_length=60, blank=True)
    company = models.CharField(_("company"), max_length=200, blank=True)
    payer_names = models.JSONField(_("names that pay for the store"), default=list, blank=True)

    notice_on = models.DateField(_("notice received on"), null=True, blank=True)
    notice_text = models.TextField(_("text of the notice"), blank=True)
    amazon_reference = models.CharField(_("Amazon's reference"), max_length=100, blank=True)
    # As the notice gives it, never guessed: a day, perhaps a time, and the zone they are in.
    deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    deadline_time = models.TimeField(_("time of the deadline"), null=True, blank=True)
    deadline_line = models.PositiveSmallIntegerField(
        _("line that gives the deadline"), null=True, blank=True
    )
    has_no_deadline = models.BooleanField(_("the notice gives no deadline"), default=False)
    time_zone = models.CharField(
        _("time zone of the notice"),
        max_length=64,
        default="Asia/Shanghai",
        validators=[validate_time_zone],
    )

    # Where the seller has looked for forgotten providers: keys of `appeals.places`.
    places_looked = models.JSONField(default=list, blank=True, editable=False)

    # The change after which the dossier to send was last made; another change: make it again.
    dossier_made_of = models.DateTimeField(null=True, blank=True, editable=False)

    closed_as = models.CharField(_("closed as"), max_length=12, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    # For the owner alone: what they would do otherwise another time.
    lesson = models.CharField(_("what it taught you"), max_length=500, blank=True)
    # Days after closing, where the owner chose that files and sealed packages go by themselves.
    delete_files_after = models.PositiveSmallIntegerField(
        _("when the files are deleted"), null=True, blank=True
    )
    made_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last changed at"), default=timezone.now, editable=False)
    # Raised by every write of the case's own fields: a form made from an older one is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Counters and not maxima: letters and ordinals of what was deleted are not given again.
    letters_given = models.PositiveIntegerField(default=0, editable=False)
    ordinals_given = models.PositiveIntegerField(default=0, editable=False)

    # The moment at which it is read; None: the present. The example's stands still.
    clock: datetime | None = None

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                name="appeals_case_outcome_has_a_time",
                condition=Q(closed_as="", closed_at__isnull=True)
                | (~Q(closed_as="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="appeals_case_deadline_or_none",
                condition=Q(has_no_deadline=False) | Q(deadline_on__isnull=True),
            ),
            models.CheckConstraint(
                name="appeals_case_time_needs_a_day",
                condition=Q(deadline_time__isnull=True) | Q(deadline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="appeals_case_deadline_needs_a_notice",
                condition=Q(notice_on__isnull=False)
                | Q(deadline_on__isnull=True, has_no_deadline=False),
            ),
        ]
        indexes = [
            # The list of one person's cases, latest change first.
            models.Index(fields=["owner", "-changed_at"], name="appeals_case_owner"),
        ]

    def __str__(self) -> str:
        return self.store

    def get_absolute_url(self) -> str:
        return reverse("appeals:case-detail", args=[self.code])

    @property
    def is_register(self) -> bool:
        """A store with providers and no notice: the same pages, before anything has happened."""
        return self.notice_on is None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """In which the notice reckons its days."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def is_closed(self) -> bool:
        return self.closed_as != ""

    @property
    def is_example(self) -> bool:
        """Invented, for everybody to read: nothing can be written to it."""
        return self.code == EXAMPLE

    @property
    def files_go_at(self) -> datetime | None:
        """When files and sealed packages are deleted; None unless chosen, and before closing."""
        if self.closed_at is None or self.delete_files_after is None:
            return None
        return self.closed_at + timedelta(days=self.delete_files_after)

    def now(self) -> datetime:
        return self.clock or timezone.now()

    def facts(self) -> CaseFacts:
        """What the rules are told, as loaded with the case; else loaded now, and kept.

        After a write of what it is made of, take a fresh case.
        """
        prefetch_related_objects([self], *facts_rows())
        return facts_of(self)

    def assess(self, now: datetime | None = None) -> Assessment:
        """What those facts amount to, now or at that moment."""
        return assess(self.facts(), now or self.now())
