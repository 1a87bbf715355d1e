"""Which state of the public pages is the present one, for those who keep copies of them."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

ONLY = 1


class PageStampQuerySet(models.QuerySet["PageStamp"]):
    def present(self) -> int:
        """The number now; 0 before anything was published. One query."""
        return self.filter(pk=ONLY).values_list("number", flat=True).first() or 0

    def rise(self) -> None:
        """Say that readers see something else once this transaction is committed.

        Called last in it: the row is held until then, so whoever else publishes waits here.
        """
        if not transaction.get_connection(self.db).in_atomic_block:
            raise transaction.TransactionManagementError("the stamp rises with what it stands for")
        if not self.filter(pk=ONLY).update(number=F("number") + 1):
            self.bulk_create([PageStamp(pk=ONLY, number=0)], ignore_conflicts=True)
            self.filter(pk=ONLY).update(number=F("number") + 1)


class PageStamp(models.Model):
    """One row, whose number rises in every transaction that changes what readers see."""

    number = models.BigIntegerField(_("number"), default=1)

    objects = PageStampQuerySet.as_manager()

    class Meta:
        verbose_name = _("stamp of the public pages")
        verbose_name_plural = _("stamps of the public pages")

    def __str__(self) -> str:
        return str(self.number)
