"""One thing that a case must show, as its notice asks it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    PROVIDER = "provider", _("of each provider")
    CASE = "case", _("once")


class Rule(models.TextChoices):
    LEARNED = "learned", _("how the service was found")
    CONTACTS = "contacts", _("providers and contacts")
    DESCRIBED = "described", _("description, with copies")
    USED = "used", _("months of use")
    PAID = "paid", _("proof of payment")
    CONFIRMED = "confirmed", _("the owner's confirmation")
    ENDED = "ended", _("proof that access ended")
    ANSWERED = "answered", _("an answer or a proof")


class Standing(models.TextChoices):
    ASKED = "asked", _("asked")
    ADVISED = "advised", _("our advice")
    LEFT_OUT = "left-out", _("not asked this time")


def rule_fits_scope() -> Q:
    """The owner confirms once, an answer may be either, every other rule looks at providers."""
    return (
        Q(rule="answered")
        | Q(rule="confirmed", scope="case")
        | (~Q(rule__in=["answered", "confirmed"]) & Q(scope="provider"))
    )


class DemandQuerySet(models.QuerySet["Demand"]):
    def in_use(self) -> DemandQuerySet:
        """Those that somebody still answers: of cases that are open."""
        return self.filter(case__closed_as="").exclude(standing=Standing.LEFT_OUT)


class Demand(models.Model):
    #: What those are called where the desk counts who points at a guide.
    in_use_name = _("demands of open cases")

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="demands")
    # Given on entry and never reused: it is part of exhibit numbers and addresses.
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), editable=False)
    label = models.CharField(_("number in the notice"), max_length=20)
    # What the seller calls it; never sent. Empty: its rule has a name, or the words serve.
    name = models.CharField(_("short name"), max_length=60, blank=True)
    # Empty: worded by its guide, in the reader's language.
    wording = models.CharField(_("words of the notice"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    scope = models.CharField(
        _("scope"), max_length=10, choices=Scope.choices, default=Scope.PROVIDER
    )
    # Where a reply asks about one provider only. What was asked does not go with the provider:
    # whoever deletes one asks it of the store first.
    provider = models.ForeignKey(
        "appeals.Provider", on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    line = models.PositiveSmallIntegerField(_("line of the notice"), null=True, blank=True)
    rule = models.CharField(_("rule"), max_length=12, choices=Rule.choices, default=Rule.ANSWERED)
    months = models.PositiveSmallIntegerField(_("months of proof"), null=True, blank=True)
    guide = models.ForeignKey(
        "guides.Guide", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing.choices, default=Standing.ASKED
    )
    # Whose line it is: of the notice, which opens round 1, or of the reply that opened this one.
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    # The line of a later reply that shows that it is no longer asked, and the round it opened.
    out_line = models.PositiveSmallIntegerField(
        _("line that takes it out"), null=True, blank=True, editable=False
    )
    out_round = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # Raised by every write but that of the order: a form made from an older one is refused.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["position", "ordinal"]
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        constraints = [
            models.UniqueConstraint(name="appeals_demand_ordinal_once", fields=["case", "ordinal"]),
            models.CheckConstraint(
                name="appeals_demand_paid_counts_months",
                condition=Q(rule="paid", months__isnull=False, months__gte=1)
                | (~Q(rule="paid") & Q(months__isnull=True)),
            ),
            models.CheckConstraint(
                name="appeals_demand_one_provider_needs_provider_scope",
                condition=Q(provider__isnull=True) | Q(scope="provider"),
            ),
            models.CheckConstraint(
                name="appeals_demand_rule_fits_scope", condition=rule_fits_scope()
            ),
            models.CheckConstraint(
                name="appeals_demand_left_out_by_a_line",
                condition=~Q(standing="left-out")
                | Q(line__isnull=False)
                | Q(out_line__isnull=False),
            ),
            models.CheckConstraint(
                name="appeals_demand_taken_out_by_a_line_of_a_round",
                condition=Q(out_line__isnull=True, out_round__isnull=True)
                | Q(out_line__isnull=False, out_round__isnull=False, standing="left-out"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.label}"


class Asking(models.Model):
    """That a cell of the table was asked of someone: helper, provider, bank."""

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="askings")
    provider = models.ForeignKey(
        "appeals.Provider", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    whom = models.CharField(_("asked of"), max_length=200)
    asked_on = models.DateField(_("asked on"))

    class Meta:
        verbose_name = _("question asked of someone")
        verbose_name_plural = _("questions asked of someone")
        constraints = [
            # Two of them, because a database counts each empty provider as another one.
            models.UniqueConstraint(
                name="appeals_asking_once_a_provider",
                fields=["demand", "provider"],
                condition=Q(provider__isnull=False),
            ),
            models.UniqueConstraint(
                name="appeals_asking_once_a_case",
                fields=["demand"],
                condition=Q(provider__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand}: {self.whom}"

    @property
    def version(self) -> int:
        """Another for each asking: a new one is a new row."""
        return self.pk
