"""A guide in one language: its revisions, which of them is live, and what rendering made of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .guide import Guide
from .lasting import Lasting
from .user import validate_language


class EditionQuerySet(models.QuerySet["Edition"]):
    def live(self) -> EditionQuerySet:
        return self.filter(live__isnull=False)

    def with_text(self) -> EditionQuerySet:
        """With what a list shows of each (title, card, summary), and without the long columns."""
        return self.select_related("guide", "live__revision").defer(
            "parts", "plain", "folded", "live__revision__body", "live__revision__facts"
        )


class Edition(models.Model):
    class ReviewState(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in-review", _("in review")
        APPROVED = "approved", _("approved")

    guide = models.ForeignKey(
        Guide, on_delete=models.PROTECT, related_name="editions", verbose_name=_("guide")
    )
    language = models.CharField(_("language"), max_length=12, validators=[validate_language])
    latest = models.ForeignKey(
        "guides.Revision",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("latest revision"),
    )
    live = models.ForeignKey(
        "guides.Publication",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("live publication"),
    )
    review_state = models.CharField(
        _("review"), max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT
    )
    # Who asked for the review that it is in, and when.
    submitted_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("sent for review by"),
    )  # fmt: skip
    submitted_at = models.DateTimeField(_("sent for review at"), null=True, blank=True)
    # The time of the release that it waits in, kept by that release.
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    # What rendering made of the live revision; rebuilt by publishing and by `render_guides`.
    parts = models.JSONField(default=list, editable=False)
    plain = models.TextField(blank=True, editable=False)
    links = models.JSONField(default=list, editable=False)
    cited = models.JSONField(default=list, editable=False)
    # The guides of `links` once more: what links to one is asked for on its page.
    linked = models.ManyToManyField(Guide, related_name="linked_from", editable=False)
    # The pictures that its text shows.
    pictured = models.ManyToManyField("guides.Picture", related_name="shown_in", editable=False)
    # The words of it as search compares them (guides/search/folding.py).
    folded = models.TextField(blank=True, editable=False)
    # In a translation that its source has left behind: by how many changes, and since which day.
    # Null: it says what the source says.
    behind = models.JSONField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "language"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                name="guides_edition_one_a_language", fields=["guide", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide} ({self.language})"

    def get_absolute_url(self) -> str:
        return self.guide.address_in(self.language)

    @property
    def is_source(self) -> bool:
        """Whether this is the language that the others are translated from."""
        return self.language == self.guide.source_language

    def distance_to(self, language: str) -> tuple[bool, bool]:
        """The lower, the better for readers of that language: theirs, else the source's, else
        any other."""
        return self.language != language, not self.is_source

    @property
    def title(self) -> str:
        """The live title."""
        return self.live.revision.title if self.live else ""

    @property
    def has_draft(self) -> bool:
        """Whether the latest revision is newer than the one readers get."""
        return self.latest_id is not None and (
            self.live is None or self.live.revision_id != self.latest_id
        )


#: The note of all that one release brings, in one language for all.
RELEASE_NOTE = "Keyright release"


class Revision(Lasting):
    """An unchangeable copy of an edition's source text."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    card = models.CharField(_("title of the forwarded card"), max_length=120, blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    keywords = models.CharField(_("keywords"), max_length=500, blank=True)
    when = models.CharField(_("who should choose it"), max_length=200, blank=True)
    sort = models.CharField(_("sorted under"), max_length=100, blank=True)
    body = models.TextField(_("text"), blank=True)
    # In the source language the facts of the guide as guide.json has them; null elsewhere.
    facts = models.JSONField(null=True, blank=True, editable=False)
    # In a translation the digests of the source's blocks that it was made from; null elsewhere.
    source_digests = models.JSONField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.CharField(_("what changed and why"), max_length=300, blank=True)
    is_minor = models.BooleanField(_("minor change"), default=False)
    # Listed among the changes with thanks, without a name.
    corrects_report = models.BooleanField(_("corrects what a reader reported"), default=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                name="guides_revision_number_once", fields=["edition", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"

    #: What a person writes of a revision, in the order of the bundled files' header.
    TEXT_FIELDS = ("title", "card", "summary", "keywords", "when", "sort", "body")

    @property
    def came_with_a_release(self) -> bool:
        """Whether its note says no more than that."""
        return self.made_by_id is None and self.note == RELEASE_NOTE

    def text(self) -> dict[str, Any]:
        """What a person wrote: title, card, summary, keywords, when, sort, body."""
        return {name: getattr(self, name) for name in self.TEXT_FIELDS}


class PublicationQuerySet(models.QuerySet["Publication"]):
    def with_text(self) -> PublicationQuerySet:
        """With what a list shows of each, and without the long columns."""
        return self.select_related("revision", "edition__guide").defer(
            "revision__body",
            "revision__facts",
            "revision__source_digests",
            *(f"edition__{name}" for name in ("parts", "plain", "folded", "links", "cited")),
        )

    def with_neighbours(self) -> PublicationQuerySet:
        """Each with the numbers of the revisions that its edition published before and after:
        `number_before`, `number_after`, None where there is none."""
        same = Publication.objects.filter(edition=OuterRef("edition"))
        earlier = same.filter(pk__lt=OuterRef("pk")).order_by("-pk")
        later = same.filter(pk__gt=OuterRef("pk")).order_by("pk")
        return self.annotate(
            number_before=Subquery(earlier.values("revision__number")[:1]),
            number_after=Subquery(later.values("revision__number")[:1]),
        )


class Publication(models.Model):
    """Which revision was live from when to when, by whom, and why it was withdrawn."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="publications", verbose_name=_("edition")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", verbose_name=_("revision")
    )
    published_at = models.DateTimeField(_("live from"))
    # Empty: published by the release.
    published_by = models.ForeignKey(
        "guides.User",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    ended_at = models.DateTimeField(_("live to"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "guides.User", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("ended by"),
    )  # fmt: skip
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=300, blank=True)
    # Where readers of what was withdrawn are sent on to.
    succeeded_by = models.ForeignKey(
        Guide, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name=_("in its place"),
    )  # fmt: skip

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                name="guides_publication_one_live",
                fields=["edition"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="guides_publication_withdrawal_has_an_end",
                condition=Q(withdrawn_because="") | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="guides_publication_successor_of_withdrawn",
                condition=Q(succeeded_by__isnull=True) | ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} {self.published_at:%Y-%m-%d}"
