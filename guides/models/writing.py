"""What the desk keeps besides texts: work under way, links to look at it, and pictures."""

from __future__ import annotations

import datetime
import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .edition import Revision
from .guide import Guide
from .user import validate_language


class Draft(models.Model):
    """What one person has typed and not yet saved as a revision: one for each language."""

    person = models.ForeignKey("guides.User", on_delete=models.CASCADE, related_name="drafts")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="drafts")
    # Not the edition: the first draft of a language is there before it.
    language = models.CharField(_("language"), max_length=12, validators=[validate_language])
    # The number of the revision that the form was made from; 0 where there was none.
    made_from = models.PositiveIntegerField(_("made from revision"), default=0)
    # What the fields of the form hold, under their names.
    typed = models.JSONField(_("typed"), default=dict)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    class Meta:
        verbose_name = _("unsaved work")
        verbose_name_plural = _("unsaved work")
        constraints = [
            models.UniqueConstraint(
                name="guides_draft_one_a_person", fields=["person", "guide", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide} ({self.language})"


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, now: datetime.datetime) -> PreviewLinkQuerySet:
        """Those that still lead somewhere."""
        return self.filter(ended_at__isnull=True, expires_at__gt=now)


class PreviewLink(models.Model):
    """A way for people without an account to see one revision, for a while."""

    # The address itself is shown once and kept nowhere.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="preview_links",
        verbose_name=_("revision"),
    )  # fmt: skip
    made_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.revision} {self.expires_at:%Y-%m-%d}"


class PictureManager(models.Manager["Picture"]):
    """Without the bytes, which only the answer to a picture's own address reads."""

    def get_queryset(self) -> models.QuerySet[Picture]:
        return super().get_queryset().defer("content")


class Picture(models.Model):
    """A picture that texts show by its key. Its bytes and its address never change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9-]+\Z")],
    )
    # As it was made again here: without metadata, the right way up.
    # In the database: a picture and its bytes are there together or not at all, on every machine.
    content = models.BinaryField()
    media_type = models.CharField(max_length=40, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    # What a text begins with that takes it in; what readers get stands in the text itself.
    alt = models.JSONField(_("alternative text in each language"), default=dict)
    taken_on = models.DateField(_("taken on"))
    made_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = PictureManager()

    class Meta:
        ordering = ["-made_at", "key"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Of its bytes; the same in every language."""
        return reverse("picture", args=[self.pk])


class OldSlugQuerySet(models.QuerySet["OldSlug"]):
    def present(self) -> dict[str, str]:
        """The address that a guide has now, by each that it had before. One query."""
        return dict(self.values_list("slug", "guide__slug"))


class OldSlug(models.Model):
    """An address that a guide had before it was renamed; it leads to the guide for good."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="old_slugs")
    since = models.DateTimeField(_("renamed at"), default=timezone.now)

    objects = OldSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.slug


class LinkCheck(models.Model):
    """What an address elsewhere answered when it was last asked."""

    class Answer(models.TextChoices):
        FINE = "fine", _("answers")
        GONE = "gone", _("not found")
        REFUSED = "refused", _("refuses to answer")
        FAILED = "failed", _("fails")
        UNREACHABLE = "unreachable", _("cannot be reached")
        NOT_ASKED = "not-asked", _("is never asked: not a public address")

    address = models.CharField(_("address"), max_length=500, unique=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    # Since when, and how many times in a row, it has not answered as it should.
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("times in a row"), default=0)
    # As long as it fails in the same way.
    ignored_because = models.CharField(_("ignored because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        indexes = [models.Index(fields=["checked_at"], name="guides_linkcheck_oldest")]

    def __str__(self) -> str:
        return self.address


class SourceChange(models.Model):
    """A change of the register of sources: what it was, what it is to be, and who said so."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")

    key = models.CharField(_("key"), max_length=20)
    # Facts as the register has them; null: not there before, or not there after.
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("proposed by"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("change of a source")
        verbose_name_plural = _("changes of sources")
        constraints = [
            models.UniqueConstraint(
                name="guides_sourcechange_one_waiting",
                fields=["key"],
                condition=Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"
