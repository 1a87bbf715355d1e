"""A guide: one subject of the site, whatever its kind, in as many languages as it has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .user import validate_language


class GuideQuerySet(models.QuerySet["Guide"]):
    def published(self) -> GuideQuerySet:
        """Guides that have a live edition in some language."""
        return self.filter(editions__live__isnull=False).distinct()

    def called(self, *slugs: str) -> GuideQuerySet:
        """Those at these addresses, now or before they were renamed: an old address is never
        given to another guide."""
        return self.filter(Q(slug__in=slugs) | Q(old_slugs__slug__in=slugs)).distinct()

    def keys_of(self, slugs: Iterable[str]) -> dict[str, int]:
        """Their primary keys by these addresses, present or former. One query."""
        asked = set(slugs)
        called = self.filter(Q(slug__in=asked) | Q(old_slugs__slug__in=asked))
        rows = called.values_list("pk", "slug", "old_slugs__slug")
        return {name: pk for pk, *names in rows for name in names if name in asked}


class Guide(models.Model):
    """What the languages share. Its facts are set by publishing a revision, never by a form:
    no fact goes live without note, history and review."""

    class Kind(models.TextChoices):
        """Under the names of whole lists; for one guide there is `kind_name`."""

        CLAUSE = "clause", _("Clauses")
        METHOD = "method", _("Authorization methods")
        STEPS = "steps", _("Step guides")
        CHECK = "check", _("Self-check")
        REQUIREMENT = "requirement", _("What a notice asks for")
        ARTICLE = "article", _("Articles")
        TERM = "term", _("Terms")

    class Standing(models.TextChoices):
        CURRENT = "current", _("Current")
        HISTORIC = "historic", _("Historic")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("place among its kind"), default=100)
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing.choices, default=Standing.CURRENT
    )
    is_reported = models.BooleanField(_("known from reports only"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("what holds today"),
    )
    reference = models.CharField(_("number of the clause"), max_length=20, blank=True)
    agreement = models.JSONField(_("agreement, in each language"), null=True, blank=True)
    source_language = models.CharField(
        _("written first in"), max_length=12, default="zh-hans", validators=[validate_language]
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    # Empty: checked by the release itself, against stored copies of the sources.
    checked_by = models.ForeignKey(
        "guides.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
    )
    review_by = models.DateField(_("next review by"), null=True, blank=True)
    related = models.ManyToManyField(
        "self", symmetrical=False, blank=True, verbose_name=_("related guides")
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "slug"]
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        # Writing drafts is `change_guide`; this is for what readers see.
        permissions = [
            ("publish_guide", "Can publish, withdraw and mark as checked"),
            ("review_guide", "Can approve and send back"),
        ]
        constraints = [
            models.CheckConstraint(
                name="guides_guide_valid_from_before_to",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("guides:guide-detail", args=[self.slug])

    def address_in(self, language: str) -> str:
        """Its page in that language."""
        with override(language):
            return self.get_absolute_url()

    @property
    def kind_name(self) -> str:
        """What this one is."""
        return str(ONE_OF_A_KIND[Guide.Kind(self.kind)])

    @property
    def former_addresses(self) -> str:
        """The slugs that it had before, with spaces between. One query."""
        return " ".join(self.old_slugs.order_by("pk").values_list("slug", flat=True))

    @property
    def is_historic(self) -> bool:
        return self.standing == self.Standing.HISTORIC

    def is_overdue(self, today: date) -> bool:
        return self.review_by is not None and self.review_by < today

    def edition(self, language: str) -> Any:
        """Its edition in that language, or None; from the prefetched ones if there are."""
        return next((one for one in self.editions.all() if one.language == language), None)


ONE_OF_A_KIND = {
    Guide.Kind.CLAUSE: _("Clause"),
    Guide.Kind.METHOD: _("Way to authorize"),
    Guide.Kind.STEPS: _("Steps"),
    Guide.Kind.CHECK: _("Self-check"),
    Guide.Kind.REQUIREMENT: _("What a notice asks for"),
    Guide.Kind.ARTICLE: _("Article"),
    Guide.Kind.TERM: _("Term"),
}


class AuthorizationMethod(models.Model):
    """The facts of a guide of kind method: choices and numbers, so that the comparison is
    computed and translated, never written twice."""

    class Era(models.TextChoices):
        MWS = "mws", _("MWS")
        SP_API = "sp-api", _("SP-API")

    class Verdict(models.TextChoices):
        FINE = "fine", _("Fine")
        CARE = "care", _("With care")
        NEVER = "never", _("Do not use")
        UNCHECKED = "unchecked", _("Not checked")

    class SecretHeldBy(models.TextChoices):
        SELLER = "seller", _("You")
        PROVIDER = "provider", _("The other side")

    class EndedBy(models.TextChoices):
        SELLER = "seller", _("Yes, by yourself")
        SELLER_THEN_ROTATE = "seller-then-rotate", _("Only with a new secret as well")
        SUPPORT = "support", _("No: through Seller Support, and all others stop with it")

    class Renews(models.TextChoices):
        AUTHORIZATION = "authorization", _("the authorization")
        SECRET = "secret", _("the secret")
        NOTHING = "nothing", _("nothing")

    class HandedOver(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        CONSENT = "consent", _("Your consent, on Amazon's own page")
        TOKEN = "token", _("Seller ID and authorization token")
        KEY_PAIR = "key-pair", _("Access key and Secret Key")
        APP_CREDENTIALS = "app-credentials", _("Client ID, client secret and refresh token")

    guide = models.OneToOneField(
        Guide, on_delete=models.CASCADE, related_name="method", verbose_name=_("guide")
    )
    era = models.CharField(_("era"), max_length=8, choices=Era.choices)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    secret_held_by = models.CharField(
        _("who holds the secret"), max_length=10, choices=SecretHeldBy.choices
    )
    ended_by = models.CharField(_("can it be ended alone"), max_length=20, choices=EndedBy.choices)
    is_listed = models.BooleanField(_("shown in Seller Central"), null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(
        _("renewed every so many days"), null=True, blank=True
    )
    renews = models.CharField(
        _("what is renewed"), max_length=14, choices=Renews.choices, default=Renews.NOTHING
    )
    handed_over = models.CharField(
        _("what is handed over"), max_length=16, choices=HandedOver.choices
    )

    class Meta:
        verbose_name = _("facts of a method")
        verbose_name_plural = _("facts of methods")
        constraints = [
            models.CheckConstraint(
                name="guides_method_renewal_says_what",
                condition=models.Q(renewal_days__isnull=True, renews="nothing")
                | (models.Q(renewal_days__isnull=False) & ~models.Q(renews="nothing")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide} ({self.get_era_display()})"
