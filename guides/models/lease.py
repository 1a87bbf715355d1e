"""Who may do the work that happens by itself: one process at a time, on any machine."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q


class LeaseQuerySet(models.QuerySet["Lease"]):
    def take(self, name: str, holder: str, now: datetime.datetime, seconds: int) -> bool:
        """Hold the lease until `seconds` from now; False when another holds it still.

        One conditional update decides, so of two that ask at once one gets it. A holder that
        crashed loses it by the time, and may renew its own before that. One that ends far later
        than any could was taken before the clock was set back, and is over.
        """
        length = datetime.timedelta(seconds=seconds)
        is_over = Q(held_until__lte=now) | Q(held_until__gt=now + 2 * length)
        self.get_or_create(name=name, defaults={"held_until": now, "holder": ""})
        return bool(
            self.filter(is_over | Q(holder=holder), name=name).update(
                holder=holder, held_until=now + length
            )
        )

    def give_back(self, name: str, holder: str, now: datetime.datetime) -> None:
        self.filter(name=name, holder=holder).update(holder="", held_until=now)


class Lease(models.Model):
    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=120, blank=True)
    held_until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
