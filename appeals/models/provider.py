"""A third-party service that had access to the seller's account, and when it was used."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Provider(models.Model):
    class Method(models.TextChoices):
        KEYS = "keys", _("Keys handed over")
        APPLICATION = "application", _("Application authorized")
        DEVELOPER = "developer", _("Developer authorized")
        UNKNOWN = "unknown", pgettext_lazy("answer", "Not known")

    class Shared(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", pgettext_lazy("answer", "Not known")

    class Ended(models.TextChoices):
        ACCESS = "access", _("All access ended")
        SECRET = "secret", _("The secret was replaced; access goes on by authorization")
        NOTHING = "nothing", _("Nothing ended yet")
        UNKNOWN = "unknown", pgettext_lazy("answer", "Not known")

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="providers")
    letter = models.CharField(_("letter"), max_length=4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    legal_name = models.CharField(_("company name"), max_length=200, blank=True)
    # Agency, payment service, a person: [{"name": …, "sentence": …}], each with its sentence.
    payees = models.JSONField(_("others who are paid for it"), default=list, blank=True)
    web_site = models.CharField(_("web site"), max_length=300, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    app_name = models.CharField(_("application or developer ID"), max_length=200, blank=True)
    found = models.TextField(_("how you learned of it"), blank=True)
    did = models.TextField(_("what it did"), blank=True)
    received = models.TextField(_("what you saw or received"), blank=True)
    method = models.CharField(
        _("how it was let in"), max_length=12, choices=Method.choices, blank=True
    )
    shared_secret = models.CharField(
        _("was a key, token or password given"), max_length=8, choices=Shared.choices, blank=True
    )
    ended = models.CharField(_("what ended"), max_length=8, choices=Ended.choices, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_how = models.CharField(_("how it ended"), max_length=500, blank=True)
    is_free = models.BooleanField(_("free of charge"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        # Letters sort A…Z, AA, AB: by the order they were given in.
        ordering = ["pk"]
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        constraints = [
            models.UniqueConstraint(name="appeals_provider_letter_once", fields=["case", "letter"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("appeals:provider-detail", args=[self.case.code, self.letter])


class UsePeriod(models.Model):
    """Months of use, from and to, each kept as its first day; without an end: still in use."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="periods")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)
    is_approximate = models.BooleanField(_("approximate"), default=False)
    sentence = models.CharField(_("why it is approximate"), max_length=500, blank=True)

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = _("period of use")
        verbose_name_plural = _("periods of use")
        constraints = [
            models.CheckConstraint(
                name="appeals_useperiod_whole_months",
                condition=Q(first__day=1) & (Q(last__isnull=True) | Q(last__day=1)),
            ),
            models.CheckConstraint(
                name="appeals_useperiod_not_backwards",
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
            ),
            models.CheckConstraint(
                name="appeals_useperiod_approximate_says_why",
                condition=Q(is_approximate=False) | ~Q(sentence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m} – {self.last:%Y-%m}" if self.last else f"{self.first:%Y-%m} –"
