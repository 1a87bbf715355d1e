"""From a draft to an approved text: sent for review, approved, or sent back with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Edition, EditorialEvent, Review, Revision, User

from .checks import candidates, check
from .drafts import StaleRevision
from .four_eyes import authors_of, who_has_to
from .going_live import lock, record
from .refusals import NotAllowed, NotPublishable, Refusal
from .rendered import Library

State = Edition.ReviewState


class NotInReview(Exception):
    """Nobody asks for an answer to this revision, or readers have it already."""


@transaction.atomic
def submit(*, edition: Edition, by: User | None) -> None:
    """Ask reviewers to look at the newest revision; once more is nothing new.

    Raises `NotPublishable` with every reason for which it could not go live, neither by itself
    nor with the other drafts that there are: a reviewer's time is not asked for that.
    """
    lock(edition)
    revision = edition.latest
    if revision is None or not edition.has_draft:
        words = _("There is nothing new to review.")
        raise NotPublishable([Refusal(edition.language, "review", words, code="nothing")])
    if edition.review_state != State.DRAFT:
        return
    if refusals := never_publishable(revision):
        raise NotPublishable(refusals)
    edition.review_state = State.IN_REVIEW
    edition.submitted_by, edition.submitted_at = by, timezone.now()
    edition.save(update_fields=["review_state", "submitted_by", "submitted_at"])
    record(EditorialEvent.Kind.SUBMITTED, edition, by, revision=revision.number)


def never_publishable(revision: Revision) -> Sequence[Refusal]:
    """What would be refused of it by itself, and with the drafts of its guide's other languages
    too; it may link to guides that are drafts as yet. What lacks is said of the latter."""
    coming = list(drafts().select_related("edition__guide"))
    library = Library(coming=coming)
    if not refusals_of([revision], revision, library):
        return []
    guide = revision.edition.guide_id
    together = [one for one in coming if one.edition.guide_id == guide]
    return refusals_of(together, revision, library)


def drafts() -> QuerySet[Revision]:
    """The newest revision of every edition of which readers do not have it."""
    unpublished = Q(live__isnull=True) | ~Q(live__revision=F("latest"))
    return Revision.objects.filter(pk__in=Edition.objects.filter(unpublished).values("latest"))


def refusals_of(
    revisions: Sequence[Revision], revision: Revision, library: Library
) -> Sequence[Refusal]:
    return [
        refusal
        for candidate in candidates(revisions)
        if candidate.revision.pk == revision.pk
        for refusal in check(candidate, library)[0]
    ]


@transaction.atomic
def approve(*, revision: Revision, by: User) -> Review:
    """Say that this very revision may go live.

    Raises `StaleRevision` where there is a newer one, `NotInReview` where nobody asked, and
    `NotAllowed` where four eyes are wanted and it is the work of `by`.
    """
    edition = in_review(revision)
    authors = authors_of([revision])[revision.pk]
    if settings.EDITORIAL_FOUR_EYES and by.pk in authors:
        raise NotAllowed(who_has_to(revision, authors))
    edition.review_state = State.APPROVED
    edition.save(update_fields=["review_state"])
    record(EditorialEvent.Kind.APPROVED, edition, by, revision=revision.number)
    return Review.objects.create(revision=revision, by=by, is_approved=True)


@transaction.atomic
def send_back(*, revision: Revision, by: User, reason: str) -> Review:
    """Back to whoever writes it, who is told why. What was approved can be sent back too, until
    it is live. Raises as `approve` does, and `NotPublishable` without a reason."""
    edition = in_review(revision)
    reason = reason.strip()
    if not reason:
        words = _("Say what has to change, in a sentence or two.")
        raise NotPublishable([Refusal(edition.language, "reason", words, code="no-reason")])
    edition.review_state = State.DRAFT
    edition.submitted_by = edition.submitted_at = None
    edition.save(update_fields=["review_state", "submitted_by", "submitted_at"])
    record(EditorialEvent.Kind.SENT_BACK, edition, by, revision=revision.number, reason=reason)
    return Review.objects.create(revision=revision, by=by, is_approved=False, reason=reason)


def in_review(revision: Revision) -> Edition:
    """Its edition, locked, where this revision can be answered."""
    edition = revision.edition
    lock(edition)
    if edition.latest is not None and edition.latest_id != revision.pk:
        raise StaleRevision(edition.latest)
    if not is_open(edition):
        raise NotInReview
    return edition


def is_open(edition: Edition) -> bool:
    """Whether its newest revision can be approved or sent back."""
    return edition.has_draft and edition.review_state != State.DRAFT


# --- What waits for whom -------------------------------------------------------------------


def waiting_for(person: User) -> list[Edition]:
    """The editions that this person can answer, the longest waiting first, each with its guide,
    newest revision and who sent it: none of their own where four eyes are wanted. Two queries at
    most; empty for whoever may not review."""
    if not person.has_perm("guides.review_guide"):
        return []
    waiting = list(
        Edition.objects.filter(review_state=State.IN_REVIEW)
        .select_related("guide", "latest", "live__revision", "submitted_by")
        .defer("parts", "plain", "folded", "latest__body", "live__revision__body")
        .order_by("submitted_at", "pk")
    )
    if not settings.EDITORIAL_FOUR_EYES or not waiting:
        return waiting
    authors = authors_of(edition.latest for edition in waiting if edition.latest)
    return [one for one in waiting if one.latest and person.pk not in authors[one.latest.pk]]


def sent_back(edition: Edition) -> Review | None:
    """The answer that stands open: sent back, and neither sent for review again nor live since.
    One query, and two more where there is one."""
    if edition.review_state != State.DRAFT or not edition.has_draft:
        return None
    newest = (
        Review.objects.filter(revision__edition=edition).select_related("by", "revision").first()
    )
    live = edition.live.revision.number if edition.live else 0
    if newest is None or newest.is_approved or newest.revision.number <= live:
        return None
    names = [edition.guide.slug, *edition.guide.old_slugs.values_list("slug", flat=True)]
    since = EditorialEvent.objects.filter(
        kind=EditorialEvent.Kind.SUBMITTED,
        about__in=names,
        language=edition.language,
        at__gt=newest.at,
    )
    return None if since.exists() else newest
