"""Releases: revisions of several guides and languages that go live together, whole or not at all.

Every function locks the release first and editions after it, so that no two wait for each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from guides.models import Edition, EditorialEvent, Release, ReleaseItem, Revision, User
from guides.moments import told, written

from .going_live import publish
from .refusals import NotPublishable, Refusal

State = Release.State
Kind = EditorialEvent.Kind
#: How much of a name an event keeps.
ABOUT = 80


class ReleaseChanged(Exception):
    """It is not what the page showed: somebody changed it meanwhile, or it is live or cancelled."""


# --- What there is -------------------------------------------------------------------------


def scheduled() -> QuerySet[Release]:
    """Those that have their time, the next one first."""
    return Release.objects.filter(state=State.SCHEDULED).order_by("publish_at", "pk")


def being_made() -> QuerySet[Release]:
    """Those without a time, what could not go live at its time among them; newest first."""
    return Release.objects.filter(state=State.OPEN)


def items_of(release: Release) -> list[ReleaseItem]:
    """What it holds, with everything that publishing needs of each. One query."""
    items = ReleaseItem.objects.filter(release=release).select_related(
        "revision__edition__guide",
        "revision__edition__live__revision",
        "revision__edition__latest",
    )
    return list(items.order_by("pk"))


def revisions_of(release: Release) -> list[Revision]:
    return [item.revision for item in items_of(release)]


# --- Putting one together ------------------------------------------------------------------


@transaction.atomic
def make(*, name: str, by: User, revisions: Iterable[Revision] = ()) -> Release:
    release = Release.objects.create(name=name, made_by=by)
    put_in(release=release, revisions=revisions)
    return release


@transaction.atomic
def rename(*, release: Release, name: str) -> None:
    _lock(release, State.OPEN, State.SCHEDULED)
    release.name = name
    release.save(update_fields=["name"])


@transaction.atomic
def put_in(*, release: Release, revisions: Iterable[Revision]) -> None:
    """These exact revisions, each in the place of another one of its edition. While it waits for
    its time a release stays what it was when that was given: `ReleaseChanged` is raised."""
    _lock(release, State.OPEN)
    for revision in revisions:
        ReleaseItem.objects.update_or_create(
            release=release, edition=revision.edition, defaults={"revision": revision}
        )


@transaction.atomic
def take_out(*, release: Release, editions: Iterable[int]) -> None:
    _lock(release, State.OPEN)
    ReleaseItem.objects.filter(release=release, edition__in=list(editions)).delete()


# --- What would be refused -----------------------------------------------------------------


def check(*, release: Release, by: User | None) -> list[Refusal]:
    """Everything that would be refused if `by` made it live now. Nothing is written."""
    items = items_of(release)
    return [*_of_the_release(items), *_of_publishing(release, by)]


def _of_the_release(items: Sequence[ReleaseItem]) -> list[Refusal]:
    """What publishing itself cannot know: nothing in it, or something that readers passed by."""
    if not items:
        return [Refusal("", "items", _("Nothing is in this release yet."), code="nothing")]
    found = []
    for item in items:
        live = item.revision.edition.live
        if live is None or live.revision.number < item.revision.number:
            continue
        if live.revision_id == item.revision_id:
            words = gettext("Revision %(number)s is live already. Take it out of this release.")
            found.append(_refusal(item, words % {"number": item.revision.number}, "live"))
        else:
            words = gettext(
                "Revision %(number)s is older than revision %(live)s, which is live. Take the "
                "newest draft, or take it out of this release."
            )
            values = {"number": item.revision.number, "live": live.revision.number}
            found.append(_refusal(item, words % values, "older"))
    return found


def _refusal(item: ReleaseItem, words: str, code: str) -> Refusal:
    edition = item.revision.edition
    return Refusal(edition.language, "items", words, code=code, slug=edition.guide.slug)


def _of_publishing(release: Release, by: User | None) -> list[Refusal]:
    """Published, and taken back before anybody sees it."""
    revisions = revisions_of(release)  # anew: publishing changes what it is handed
    if not revisions:
        return []
    try:
        with transaction.atomic():
            publish(revisions, by=by)
            transaction.set_rollback(True)
    except NotPublishable as refused:
        return list(refused.refusals)
    return []


def waiting_elsewhere(release: Release, items: Sequence[ReleaseItem]) -> list[Refusal]:
    """An edition waits in one release at a time: which of two were to win nobody could see."""
    others = ReleaseItem.objects.filter(
        release__state=State.SCHEDULED, edition__in=[item.edition_id for item in items]
    )
    others = others.exclude(release=release).select_related("release")
    by_edition = {other.edition_id: other.release for other in others}
    words = gettext("This already waits in “%(name)s”, for %(time)s.")
    return [
        _refusal(item, words % {"name": other.name, "time": when(other)}, "elsewhere")
        for item in items
        if (other := by_edition.get(item.edition_id))
    ]


def when(release: Release) -> str:
    """Its time as it was given, with the zone; empty without one."""
    return told(release.publish_at, release.zone) if release.publish_at else ""


def _written(release: Release) -> str:
    """Its time as records keep it."""
    return written(release.publish_at, release.zone) if release.publish_at else ""


# --- Live, or at a time --------------------------------------------------------------------


@transaction.atomic
def publish_now(*, release: Release, by: User, seen: Sequence[int] | None = None) -> Release:
    """Live at once, whole or not at all; it may have had a time.

    Raises `NotPublishable` with everything at once, and `ReleaseChanged` where it does not hold
    the revisions that the page showed: `seen` are their keys.
    """
    _lock(release, State.OPEN, State.SCHEDULED, seen=seen)
    _go_live(release, by, timezone.now())
    return release


@transaction.atomic
def give_time(
    *,
    release: Release,
    at: datetime.datetime,
    zone: str,
    by: User,
    seen: Sequence[int] | None = None,
) -> Release:
    """Let it go live then, in the name of `by`; one that has a time gets this one instead.

    `zone` is the IANA name of the zone that the time was given in. Refused like publishing, and
    where the time has passed or one of its texts waits in another release.
    """
    _lock(release, State.OPEN, State.SCHEDULED, seen=seen)
    items = items_of(release)
    # Held until the end, so that of two releases that take the same text at once one is refused.
    editions = Edition.objects.filter(pk__in=[item.edition_id for item in items])
    list(editions.order_by("pk").select_for_update())
    refusals = [*waiting_elsewhere(release, items), *check(release=release, by=by)]
    if at <= timezone.now():
        words = _("This time has passed. Choose a later one, or publish now.")
        refusals.insert(0, Refusal("", "time", words, code="past"))
    if refusals:
        raise NotPublishable(refusals)
    details = {"before": _written(release)} if release.state == State.SCHEDULED else {}
    release.state, release.publish_at, release.zone = State.SCHEDULED, at, zone
    release.scheduled_by, release.refusals = by, []
    release.save(update_fields=["state", "publish_at", "zone", "scheduled_by", "refusals"])
    editions.update(publish_at=at)
    _record(Kind.SCHEDULED, release, by, time=_written(release), **details)
    return release


@transaction.atomic
def schedule(
    revisions: Sequence[Revision],
    *,
    at: datetime.datetime,
    zone: str,
    by: User,
    name: str = "",
) -> Release:
    """Let these revisions go live together at that time: a single text is a release of one."""
    release = make(name=name or revisions[0].title, by=by, revisions=revisions)
    return give_time(release=release, at=at, zone=zone, by=by)


@transaction.atomic
def take_time_away(*, release: Release, by: User) -> None:
    """It stays together, and waits for somebody to publish it or to give it another time."""
    _lock(release, State.SCHEDULED)
    _record(Kind.UNSCHEDULED, release, by, time=_written(release))
    release.state, release.publish_at, release.zone = State.OPEN, None, ""
    release.save(update_fields=["state", "publish_at", "zone"])
    _forget_time(release)


@transaction.atomic
def cancel(*, release: Release, by: User) -> None:
    """It never goes live. Its texts stay the drafts that they are."""
    _lock(release, State.OPEN, State.SCHEDULED)
    if release.state == State.SCHEDULED:
        _record(Kind.UNSCHEDULED, release, by, time=_written(release), cancelled=True)
        _forget_time(release)
    release.state, release.ended_at = State.CANCELLED, timezone.now()
    release.save(update_fields=["state", "ended_at"])


# --- By itself -----------------------------------------------------------------------------


def due(now: datetime.datetime) -> list[int]:
    """The keys of the releases whose time has come, the earliest first."""
    return list(scheduled().filter(publish_at__lte=now).values_list("pk", flat=True))


@transaction.atomic
def publish_due(pk: int, now: datetime.datetime) -> Release | None:
    """Make it live, in the name of whoever gave it its time; None where another already did.

    The row is held from here to the commit, so two that ask at once do it once. What is refused
    is kept back with its reasons, and never tried again by itself.
    """
    rows = Release.objects.select_for_update(of=("self",)).select_related("scheduled_by")
    release = rows.filter(pk=pk, state=State.SCHEDULED, publish_at__lte=now).first()
    if release is None:
        return None
    by = release.scheduled_by
    try:
        if by is None or not _may_still_publish(by):
            raise NotPublishable(_nobody())
        _go_live(release, by, now)
    except NotPublishable as refused:
        _keep_back(release, refused.refusals)
    return release


def _may_still_publish(person: User) -> bool:
    return person.is_active and person.is_staff and person.has_perm("guides.publish_guide")


def _nobody() -> list[Refusal]:
    words = _(
        "Whoever gave this release its time no longer has an account that may publish. Somebody "
        "who may has to publish it, or give it its time again."
    )
    return [Refusal("", "by", words, code="nobody")]


def _keep_back(release: Release, refusals: Sequence[Refusal]) -> None:
    """Open again, with the time that it was to have and what stood in the way."""
    release.state, release.refusals = State.OPEN, _kept(release, refusals)
    release.save(update_fields=["state", "refusals"])
    _forget_time(release)
    words = {"time": _written(release), "refusals": len(release.refusals)}
    _record(Kind.NOT_RELEASED, release, release.scheduled_by, **words)


def _kept(release: Release, refusals: Sequence[Refusal]) -> list[dict[str, Any]]:
    """Everything that stood in the way, as JSON, with its sentences in every language: whoever
    reads it later has one of them, and a sentence with values in it is made in one."""
    by = release.scheduled_by
    told: dict[str, list[Refusal]] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            nobody = [] if by is not None and _may_still_publish(by) else _nobody()
            found = [*nobody, *check(release=release, by=by)] or list(refusals)
            told[code] = [replace(one, message=str(one.message)) for one in found]
    return [
        {
            "language": one.language,
            "field": one.field,
            "line": one.line,
            "code": one.code,
            "slug": one.slug,
            "message": {code: str(told[code][at].message) for code in told},
        }
        for at, one in enumerate(told[settings.LANGUAGE_CODE])
    ]


def _go_live(release: Release, by: User, now: datetime.datetime) -> None:
    items = items_of(release)
    if refusals := _of_the_release(items):
        raise NotPublishable([*refusals, *_of_publishing(release, by)])
    publish([item.revision for item in items], by=by)
    details = {}
    if release.state == State.SCHEDULED:
        details["time"] = _written(release)
        _forget_time(release)
    release.state, release.ended_at, release.refusals = State.LIVE, now, []
    release.save(update_fields=["state", "ended_at", "refusals"])
    _record(Kind.RELEASED, release, by, **details)


def _lock(release: Release, *states: str, seen: Sequence[int] | None = None) -> None:
    """Make it what it is now and nobody else's until the transaction ends."""
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    if release.state not in states:
        raise ReleaseChanged
    if seen is not None:
        held = ReleaseItem.objects.filter(release=release).values_list("revision", flat=True)
        if sorted(held) != sorted(seen):
            raise ReleaseChanged


def _forget_time(release: Release) -> None:
    items = ReleaseItem.objects.filter(release=release)
    Edition.objects.filter(pk__in=items.values("edition")).exclude(publish_at=None).update(
        publish_at=None
    )


def _record(kind: str, release: Release, by: User | None, **details: object) -> None:
    texts = [
        {"guide": slug, "language": language, "revision": number}
        for slug, language, number in ReleaseItem.objects.filter(release=release).values_list(
            "edition__guide__slug", "edition__language", "revision__number"
        )
    ]
    EditorialEvent.objects.create(
        kind=kind,
        about=release.name[:ABOUT],
        by=by,
        details={"release": release.pk, "texts": texts, **details},
    )
