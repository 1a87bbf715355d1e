"""Taking a guide away from readers, who are told why, or where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from guides import credentials
from guides.models import Edition, EditorialEvent, Guide, PageStamp, Release, ReleaseItem, User

from .going_live import end_publication, linking, lock, record, render_linking, save_rendered
from .refusals import NotPublishable, Refusal
from .releases import when
from .rendered import clear


def withdraw(
    *, edition: Edition, by: User | None, because: str, successor: Guide | None = None
) -> None:
    """Take one language of a guide away; nothing happens where it is gone."""
    withdraw_all(
        editions=[edition], by=by, because={edition.language: because}, successor=successor
    )


@transaction.atomic
def withdraw_all(
    *,
    editions: Sequence[Edition],
    by: User | None,
    because: Mapping[str, str],
    successor: Guide | None = None,
) -> None:
    """Take these languages of a guide away together, or none of them.

    `because` has a sentence for the readers of each language; with a successor, which they are
    sent on to, it may be empty. Refused, with everything at once: without either, with a
    successor that is not live, where live guides still link to a guide that would be gone in
    every language, and where one of the languages waits for its time in a release.
    """
    for edition in sorted(editions, key=lambda one: one.pk):
        lock(edition)
    going = [edition for edition in editions if edition.live is not None]
    if not going:
        return
    guide = going[0].guide
    refusals = [
        *_of_reasons(going, because, successor),
        *_of_successor(guide, going, successor),
        *_of_links(guide, going),
        *_of_releases(going),
    ]
    if refusals:
        raise NotPublishable(refusals)
    now = timezone.now()
    for edition in going:
        why = because.get(edition.language, "").strip() or _in_its_place(edition.language)
        end_publication(edition, by, now, why, successor)
        edition.live = None
        clear(edition)
        save_rendered(edition, "live")
        details = {"successor": successor.slug} if successor else {}
        record(EditorialEvent.Kind.WITHDRAWN, edition, by, because=why, **details)
    render_linking({guide.slug}, ())
    PageStamp.objects.rise()


def _in_its_place(language: str) -> str:
    """The reason of a withdrawal that names what holds instead and says nothing else."""
    with override(language):
        return gettext("Another guide says this now.")


def _of_reasons(
    going: Sequence[Edition], because: Mapping[str, str], successor: Guide | None
) -> Iterator[Refusal]:
    for edition in going:
        why = because.get(edition.language, "")
        if not why.strip() and successor is None:
            words = _("Say why, for readers, or choose the guide that they go on with.")
            yield Refusal(edition.language, "because", words, code="no-reason")
        if credentials.find(why):
            words = _("This looks like a secret key; remove it.")
            yield Refusal(edition.language, "because", words, code="secret")


def _of_successor(
    guide: Guide, going: Sequence[Edition], successor: Guide | None
) -> Iterator[Refusal]:
    if successor is None:
        return
    if successor == guide:
        words = _("This is the guide that you are withdrawing. Choose another.")
        yield Refusal(going[0].language, "successor", words, code="itself")
    elif not Edition.objects.live().filter(guide=successor).exists():
        words = _("Readers cannot open that guide: it is not live. Choose another.")
        yield Refusal(going[0].language, "successor", words, code="successor")


def _of_links(guide: Guide, going: Sequence[Edition]) -> Iterator[Refusal]:
    gone = [edition.pk for edition in going]
    if Edition.objects.live().filter(guide=guide).exclude(pk__in=gone).exists():
        return
    for one in linking({guide.slug}):
        if one.guide_id != guide.pk:
            words = _("Other guides link here; change them first.")
            yield Refusal(one.language, "because", words, code="linked", slug=one.guide.slug)


def _of_releases(going: Sequence[Edition]) -> Iterator[Refusal]:
    """What has a time would come back by itself."""
    waiting = ReleaseItem.objects.filter(
        edition__in=[edition.pk for edition in going], release__state=Release.State.SCHEDULED
    )
    for item in waiting.select_related("release", "edition"):
        words = gettext("This waits in “%(name)s” to go live: %(time)s. Take it out there first.")
        values = {"name": item.release.name, "time": when(item.release)}
        yield Refusal(item.edition.language, "because", words % values, code="scheduled")
