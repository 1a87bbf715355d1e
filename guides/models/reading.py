"""What readers leave behind: ticks of those who signed in, and sentences without a person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .edition import Edition
from .guide import Guide


class ProgressQuerySet(models.QuerySet["Progress"]):
    def done(self, user: models.Model, guide: Guide) -> frozenset[str]:
        """The ids of the steps and things to do that this reader has ticked. One query."""
        return frozenset(self.filter(user=user, guide=guide).values_list("item", flat=True))

    def tick(self, user: models.Model, guide: Guide, items: Iterable[str]) -> None:
        self.carry(user, {guide.pk: items})

    def carry(self, user: models.Model, ticked: Mapping[int, Iterable[str]]) -> None:
        """Add ticks of several guides, by their keys; those that are there already stay as they
        are. One query."""
        self.bulk_create(
            [
                Progress(user=user, guide_id=guide, item=item)
                for guide, items in ticked.items()
                for item in items
            ],
            ignore_conflicts=True,
        )

    def untick(self, user: models.Model, guide: Guide, items: Iterable[str]) -> None:
        self.filter(user=user, guide=guide, item__in=list(items)).delete()


class Progress(models.Model):
    """One ticked step or thing to do of one reader."""

    user = models.ForeignKey("guides.User", on_delete=models.CASCADE, related_name="progress")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(_("step or thing to do"), max_length=80)
    done_at = models.DateTimeField(_("done at"), default=timezone.now)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(
                name="guides_progress_ticked_once", fields=["user", "guide", "item"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide} {self.item}"


class Feedback(models.Model):
    """A sentence about an edition. It names no person, and none is kept beside it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="feedback")
    # The step or other part it is about, by its id; empty: the whole page.
    part = models.CharField(_("part"), max_length=60, blank=True)
    was_useful = models.BooleanField(_("was useful"), null=True, blank=True)
    sentence = models.CharField(_("sentence"), max_length=500, blank=True)
    given_on = models.DateField(_("given on"))
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return f"{self.edition}: {self.sentence[:40]}"


class SearchMissQuerySet(models.QuerySet["SearchMiss"]):
    def record(self, query: str, language: str, day: datetime.date) -> bool:
        """Count it once more; False where that day has `MOST_A_DAY` others already.

        Two queries. What is counted at the same moment by two may be counted once.
        """
        # Small letters may be more than the capitals they come from: ß is two.
        query = query[: self.model.LONGEST]
        of_the_day = self.filter(day=day)
        same = Q(query=query, language=language)
        seen = of_the_day.aggregate(all=Count("pk"), same=Count("pk", filter=same))
        if seen["same"]:
            of_the_day.filter(same).update(times=F("times") + 1)
        elif seen["all"] < self.model.MOST_A_DAY:
            miss = SearchMiss(query=query, language=language, day=day)
            self.bulk_create([miss], ignore_conflicts=True)
        else:
            return False
        return True


class SearchMiss(models.Model):
    """A query that found nothing, counted by day. It names no person."""

    #: Different queries that are kept of one day, whoever sends them.
    MOST_A_DAY = 200
    #: Characters that are kept of one.
    LONGEST = 100

    query = models.CharField(_("query"), max_length=LONGEST)
    language = models.CharField(_("language"), max_length=12)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=1)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-times"]
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [
            models.UniqueConstraint(
                name="guides_searchmiss_once_a_day", fields=["query", "language", "day"]
            ),
        ]

    def __str__(self) -> str:
        return self.query
