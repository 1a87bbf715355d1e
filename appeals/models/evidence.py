"""One stored original, and what it proves."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def unfiled(self) -> EvidenceQuerySet:
        """Uploads that prove nothing yet, oldest first."""
        return self.filter(proofs__isnull=True, withdrawn_at__isnull=True).order_by("pk")


class Evidence(models.Model):
    """Made by the upload at once, unfiled; its particulars are a second write, so that a
    refused field never costs the file."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Payment receipt")
        INVOICE = "invoice", _("Invoice")
        STATEMENT = "statement", _("Bank or account statement")
        REFUND = "refund", _("Refund")
        CONTRACT = "contract", _("Contract")
        EMAIL = "email", _("E-mail")
        CHAT = "chat", _("Chat")
        PAGE = "page", _("Web page or screen")
        OTHER = "other", _("Something else")

    case = models.ForeignKey("appeals.Case", on_delete=models.CASCADE, related_name="evidence")
    code = models.UUIDField(_("code"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    shows = models.CharField(_("what it shows"), max_length=300, blank=True)
    about_on = models.DateField(_("date it is about"), null=True, blank=True)
    amount = models.CharField(_("amount, as written"), max_length=60, blank=True)
    currency = models.CharField(_("currency, as written"), max_length=20, blank=True)
    payer = models.CharField(_("payer"), max_length=200, blank=True)
    payees = models.JSONField(_("payees"), default=list, blank=True)
    private_note = models.TextField(_("note for yourself"), blank=True)

    # The name of its bytes in private storage; never part of an address.
    stored_as = models.CharField(max_length=100, unique=True, editable=False)
    original_name = models.CharField(_("file name"), max_length=255, editable=False)
    media_type = models.CharField(_("type"), max_length=40, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    # Small facts that the hints need: pixels, camera, program, private numbers and their page.
    observed = models.JSONField(default=dict, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    # A-5-2: the provider's letter or 0, the demand's ordinal, a running number. Given with the
    # first proof; it never changes and is never given again.
    exhibit_letter = models.CharField(max_length=4, blank=True, editable=False)
    exhibit_ordinal = models.PositiveSmallIntegerField(null=True, editable=False)
    exhibit_number = models.PositiveSmallIntegerField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Its bytes are gone, and what was said of them. Where a sealed package holds them they are
    # kept for that alone, and `size` still says how much that is; else it is 0.
    file_deleted_at = models.DateTimeField(_("file deleted at"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                name="appeals_evidence_exhibit_once",
                fields=["case", "exhibit_letter", "exhibit_ordinal", "exhibit_number"],
                condition=Q(exhibit_number__isnull=False),
            ),
            models.CheckConstraint(
                name="appeals_evidence_exhibit_whole_or_none",
                condition=Q(
                    exhibit_letter="", exhibit_ordinal__isnull=True, exhibit_number__isnull=True
                )
                | (
                    ~Q(exhibit_letter="")
                    & Q(exhibit_ordinal__isnull=False, exhibit_number__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="appeals_evidence_file_deleted_only_when_withdrawn",
                condition=Q(file_deleted_at__isnull=True) | Q(withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            # The same bytes in the same case are linked, not kept twice.
            models.Index(fields=["case", "sha256"], name="appeals_evidence_bytes"),
        ]

    def __str__(self) -> str:
        return self.exhibit or self.original_name

    def get_absolute_url(self) -> str:
        return reverse("appeals:evidence-detail", args=[self.case.code, self.code])

    @property
    def exhibit(self) -> str:
        """Its number, such as A-5-2, or nothing while it proves nothing."""
        if self.exhibit_number is None:
            return ""
        return f"{self.exhibit_letter}-{self.exhibit_ordinal}-{self.exhibit_number}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def has_file(self) -> bool:
        return self.file_deleted_at is None


class Proof(models.Model):
    """That an evidence proves a demand: of a provider where the demand has providers, for a
    month (its first day) where months count."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="proofs")
    demand = models.ForeignKey("appeals.Demand", on_delete=models.CASCADE, related_name="proofs")
    provider = models.ForeignKey(
        "appeals.Provider", on_delete=models.CASCADE, null=True, blank=True, related_name="proofs"
    )
    month = models.DateField(_("month"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        constraints = [
            # Four of them, because a database counts each empty field as another one.
            models.UniqueConstraint(
                name="appeals_proof_once_a_provider_and_month",
                fields=["evidence", "demand", "provider", "month"],
                condition=Q(provider__isnull=False, month__isnull=False),
            ),
            models.UniqueConstraint(
                name="appeals_proof_once_a_provider",
                fields=["evidence", "demand", "provider"],
                condition=Q(provider__isnull=False, month__isnull=True),
            ),
            models.UniqueConstraint(
                name="appeals_proof_once_a_month",
                fields=["evidence", "demand", "month"],
                condition=Q(provider__isnull=True, month__isnull=False),
            ),
            models.UniqueConstraint(
                name="appeals_proof_once_a_demand",
                fields=["evidence", "demand"],
                condition=Q(provider__isnull=True, month__isnull=True),
            ),
            models.CheckConstraint(
                name="appeals_proof_whole_months",
                condition=Q(month__isnull=True) | Q(month__day=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.demand}"
