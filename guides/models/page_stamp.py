"""Which state of the public pages is the present one, for those who keep copies of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageStamp(models.Model):
    """One row, whose number rises in every transaction that changes what readers see."""

    number = models.BigIntegerField(_("number"), default=1)

    class Meta:
        verbose_name = _("stamp of the public pages")
        verbose_name_plural = _("stamps of the public pages")

    def __str__(self) -> str:
        return str(self.number)
