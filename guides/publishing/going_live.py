"""The writes that readers see: publish, withdraw, restore, check, render again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import (
    Edition,
    EditorialEvent,
    Guide,
    PageStamp,
    Publication,
    Revision,
    User,
)
from guides.rendering import Refused

from .checks import candidates, check
from .drafts import save_draft
from .facts import apply_facts
from .refusals import NotAllowed, NotPublishable, Refusal
from .rendered import RENDERED, Library, clear, keep
from .translations import how_far_behind

#: Days until a guide is due again; what is history moves less.
REVIEW_DAYS, HISTORIC_REVIEW_DAYS = 90, 365


@transaction.atomic
def publish(revisions: Sequence[Revision], *, by: User | None) -> list[Publication]:
    """Make these revisions live together, or none of them.

    Raises `NotPublishable` with every reason for every revision at once, and `NotAllowed` where
    four eyes are wanted and `by` wrote one of them. `by` is None for the release itself. What
    links to a guide is rendered again, since its title, parts or languages may have changed.
    """
    four_eyes(revisions, by)
    for revision in sorted(revisions, key=lambda one: one.edition_id):
        lock(revision.edition)
    library = Library(coming=revisions)
    refusals: list[Refusal] = []
    ready = []
    for candidate in candidates(revisions):
        found, rendered = check(candidate, library)
        refusals += found
        ready.append((candidate.revision, rendered))
    if refusals:
        raise NotPublishable(refusals)
    now = timezone.now()
    made = []
    for revision, rendered in ready:
        assert rendered is not None
        edition = revision.edition
        end_publication(edition, by, now)
        edition.live = Publication.objects.create(
            edition=edition, revision=revision, published_at=now, published_by=by
        )
        edition.review_state = Edition.ReviewState.APPROVED
        keep(edition, rendered)
        save_rendered(edition, "live", "review_state")
        if revision.facts is not None:
            take_over_check(edition.guide, revision)
            apply_facts(edition.guide, revision.facts)
        record(EditorialEvent.Kind.PUBLISHED, edition, by, revision=revision.number)
        made.append(edition.live)
    for revision, _rendered in ready:  # only now is its source what it is from now on
        revision.edition.behind = how_far_behind(revision.edition)
        revision.edition.save(update_fields=["behind"])
    render_linking({revision.edition.guide.slug for revision in revisions}, revisions)
    PageStamp.objects.rise()
    return made


def lock(edition: Edition) -> None:
    """Make it and its guide what they are now, and nobody else's until the transaction ends.

    On SQLite the transaction itself is the lock: it is IMMEDIATE.
    """
    rows = Edition.objects.select_related("guide").select_for_update(of=("self", "guide"))
    edition.refresh_from_db(from_queryset=rows)


def take_over_check(guide: Guide, revision: Revision) -> None:
    """A new day of checking is that of whoever wrote it down; nobody means the release, which
    compared stored copies."""
    assert revision.facts is not None
    before = guide.checked_on.isoformat() if guide.checked_on else None
    if revision.facts["checked_on"] != before:
        guide.checked_by = revision.made_by


def four_eyes(revisions: Iterable[Revision], by: User | None) -> None:
    if not settings.EDITORIAL_FOUR_EYES or by is None:
        return
    if any(revision.made_by_id == by.pk for revision in revisions):
        raise NotAllowed(_("Somebody else has to publish what you wrote."))


def end_publication(
    edition: Edition, by: User | None, now: datetime.datetime, because: str = ""
) -> None:
    Publication.objects.filter(edition=edition, ended_at__isnull=True).update(
        ended_at=now, ended_by=by, withdrawn_because=because
    )


@transaction.atomic
def withdraw(*, edition: Edition, by: User | None, because: str) -> None:
    """Take an edition away from readers, who are told why; nothing happens where it is gone.

    Refused without a reason, and where live guides still link to a guide that would be gone in
    every language: their links would lead nowhere.
    """
    lock(edition)
    if edition.live is None:
        return
    refusals = []
    if not because.strip():
        refusals.append(
            Refusal(edition.language, "because", _("Say why, for readers."), code="no-reason")
        )
    others = Edition.objects.live().filter(guide=edition.guide).exclude(pk=edition.pk)
    if not others.exists():
        refusals += [
            Refusal(
                one.language,
                "because",
                _("Other guides link here; change them first."),
                code="linked",
                slug=one.guide.slug,
            )
            for one in linking({edition.guide.slug})
            if one.guide_id != edition.guide_id
        ]
    if refusals:
        raise NotPublishable(refusals)
    end_publication(edition, by, timezone.now(), because)
    edition.live = None
    clear(edition)
    save_rendered(edition, "live")
    record(EditorialEvent.Kind.WITHDRAWN, edition, by)
    render_linking({edition.guide.slug}, ())
    PageStamp.objects.rise()


@transaction.atomic
def restore(*, revision: Revision, by: User | None) -> Revision:
    """A new draft with the text and facts of an older revision; publishing it is another step."""
    edition = Edition.objects.select_related("guide", "latest").get(pk=revision.edition_id)
    restored = save_draft(
        guide=edition.guide,
        language=edition.language,
        by=by,
        text=revision.text(),
        facts=revision.facts,
        source_digests=revision.source_digests,
        made_from=edition.latest.number if edition.latest else 0,
    )
    record(EditorialEvent.Kind.RESTORED, edition, by, revision=revision.number)
    return restored


@transaction.atomic
def mark_checked(*, guide: Guide, by: User, on: datetime.date) -> None:
    """Somebody compared the guide with the live pages of its sources, and nothing has changed."""
    days = HISTORIC_REVIEW_DAYS if guide.is_historic else REVIEW_DAYS
    guide.checked_on, guide.checked_by = on, by
    guide.review_by = on + datetime.timedelta(days=days)
    guide.save(update_fields=["checked_on", "checked_by", "review_by"])
    EditorialEvent.objects.create(kind=EditorialEvent.Kind.CHECKED, about=guide.slug, by=by)
    PageStamp.objects.rise()


def linking(slugs: set[str]) -> list[Edition]:
    """Live editions whose text links to one of these guides."""
    links = Edition.linked.through.objects.filter(guide__slug__in=slugs).values("edition")
    editions = Edition.objects.live().filter(pk__in=links)
    return list(editions.select_related("guide", "live__revision"))


def render_linking(slugs: set[str], done: Iterable[Revision]) -> None:
    """Render again what links to these guides, and their other languages, whose facts may have
    changed with the source; the editions just published aside."""
    finished = {revision.edition_id for revision in done}
    same = Edition.objects.live().filter(guide__slug__in=slugs)
    around = [*linking(slugs), *same.select_related("guide", "live__revision")]
    editions = {edition.pk: edition for edition in around if edition.pk not in finished}.values()
    refusals = render_again(editions)
    if refusals:
        raise NotPublishable(refusals)


def render_again(editions: Iterable[Edition]) -> list[Refusal]:
    """Rebuild what rendering made of the live revisions; what is refused stays as it was."""
    library = Library()
    refusals = []
    rendered = []
    for edition in editions:
        assert edition.live is not None
        try:
            keep(edition, library.render(edition.live.revision))
            edition.behind = how_far_behind(edition)
        except Refused as refused:
            refusals += [
                Refusal(
                    edition.language,
                    "body",
                    problem.message,
                    problem.line,
                    problem.code,
                    edition.guide.slug,
                )
                for problem in refused.problems
            ]
        else:
            rendered.append(edition)
    with transaction.atomic():
        for edition in rendered:
            save_rendered(edition)
        PageStamp.objects.rise()
    return refusals


def save_rendered(edition: Edition, *others: str) -> None:
    """What rendering made of it, with these columns as well."""
    edition.save(update_fields=[*others, *RENDERED])
    edition.linked.set(Guide.objects.filter(slug__in=edition.links))


def record(kind: str, edition: Edition, by: User | None, **details: object) -> None:
    EditorialEvent.objects.create(
        kind=kind, about=edition.guide.slug, language=edition.language, by=by, details=details
    )
