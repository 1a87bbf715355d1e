"""What the seller states in their own words: explanations, confirmation, consent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Explanation(models.Model):
    """A sentence that stands for what cannot be had, and what it was about."""

    class Kind(models.TextChoices):
        NOT_KNOWN = "not-known", _("I do not remember")
        DOES_NOT_APPLY = "does-not-apply", _("Does not apply")
        REASON = "reason", _("There is a reason")

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="explanations")
    provider = models.ForeignKey(
        "appeals.Provider",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="explanations",
    )
    # One of these three says what it is about; a finding is named by its code and place.
    demand = models.ForeignKey(
        "appeals.Demand", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    field = models.CharField(max_length=40, blank=True)
    finding = models.CharField(max_length=80, blank=True)
    evidence = models.ForeignKey(
        "appeals.Evidence", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    sentence = models.CharField(_("sentence"), max_length=1000, blank=True)
    # For a demand the pieces that were missing, for a finding its values: when they change,
    # the sentence no longer stands for what it was written about.
    about = models.JSONField(default=list, editable=False)
    made_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        constraints = [
            models.CheckConstraint(
                name="appeals_explanation_about_one_thing",
                condition=Q(demand__isnull=False, field="", finding="")
                | (Q(demand__isnull=True, finding="") & ~Q(field=""))
                | (Q(field="") & ~Q(finding="")),
            ),
        ]

    def __str__(self) -> str:
        return self.sentence[:60]

    @property
    def version(self) -> int:
        """Another for each writing: a new sentence is a new row."""
        return self.pk


class Confirmation(models.Model):
    """The owner's confirmation, for one round, of the facts as they were then."""

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="confirmations")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("text confirmed"))
    digest = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.case} {self.confirmed_at:%Y-%m-%d}"


class Consent(models.Model):
    """That a person agreed to files being kept, to which text, in which language, when."""

    user = models.ForeignKey("guides.User", on_delete=models.CASCADE, related_name="consents")
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=12)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                name="appeals_consent_once_a_text", fields=["user", "text_version"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.text_version}"
