"""Presets that a case is opened with. A case copies one and then follows its own notice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .demand import Rule, Scope, Standing, rule_fits_scope


class Checklist(models.Model):
    key = models.SlugField(_("key"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    def __str__(self) -> str:
        return self.key


class Requirement(models.Model):
    """One thing that a preset asks. The guide that explains it also words it."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("number"), max_length=20)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    rule = models.CharField(_("rule"), max_length=12, choices=Rule.choices)
    months = models.PositiveSmallIntegerField(_("months of proof"), null=True, blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices)
    guide = models.ForeignKey(
        "guides.Guide", on_delete=models.PROTECT, related_name="+", verbose_name=_("guide")
    )

    class Meta:
        ordering = ["checklist", "position"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.UniqueConstraint(
                name="appeals_requirement_one_a_position", fields=["checklist", "position"]
            ),
            models.CheckConstraint(
                name="appeals_requirement_paid_counts_months",
                condition=models.Q(rule="paid", months__isnull=False, months__gte=1)
                | (~models.Q(rule="paid") & models.Q(months__isnull=True)),
            ),
            models.CheckConstraint(
                name="appeals_requirement_rule_fits_scope", condition=rule_fits_scope()
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} {self.label}"
