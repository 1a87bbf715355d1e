"""The writes that readers see: publish, restore, check, render again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from guides.models import (
    Edition,
    EditorialEvent,
    Guide,
    PageStamp,
    Picture,
    Publication,
    Revision,
    User,
)
from guides.rendering import Refused, pictures_in

from .checks import candidates, check
from .drafts import save_draft
from .facts import apply_facts, with_later_check
from .four_eyes import lacking_approval
from .refusals import NotPublishable, Refusal
from .rendered import RENDERED, Library, keep
from .translations import how_far_behind

#: Days until a guide is due again; what is history moves less.
REVIEW_DAYS, HISTORIC_REVIEW_DAYS = 90, 365


@transaction.atomic
def publish(
    revisions: Sequence[Revision], *, by: User | None, is_bundled: bool = False
) -> list[Publication]:
    """Make these revisions live together, or none of them.

    Raises `NotPublishable` with every reason for every revision at once. Where four eyes are
    wanted, one reason is that nobody else approved it, whoever publishes it, and also where `by`
    is None. `is_bundled` is for what the release itself brings, which nobody here has written.
    What links to a guide is rendered again, since its title, parts or languages may have changed.
    """
    for revision in sorted(revisions, key=lambda one: one.edition_id):
        lock(revision.edition)
    library = Library(coming=revisions)
    # Asked under the lock: an approval can be taken back.
    refusals: list[Refusal] = [] if is_bundled else lacking_approval(revisions)
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
        if edition.latest_id == revision.pk:
            edition.review_state = Edition.ReviewState.APPROVED
            edition.submitted_by = edition.submitted_at = None
        keep(edition, rendered)
        save_rendered(edition, "live", "review_state", "submitted_by", "submitted_at")
        if revision.facts is not None:
            facts = with_later_check(edition.guide, revision.facts)
            take_over_check(edition.guide, facts, revision.made_by)
            apply_facts(edition.guide, facts)
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


def take_over_check(guide: Guide, facts: Mapping[str, Any], by: User | None) -> None:
    """A new day of checking is that of whoever wrote it down; nobody means the release, which
    compared stored copies."""
    before = guide.checked_on.isoformat() if guide.checked_on else None
    if facts["checked_on"] != before:
        guide.checked_by = by


def end_publication(
    edition: Edition,
    by: User | None,
    now: datetime.datetime,
    because: str = "",
    successor: Guide | None = None,
) -> None:
    Publication.objects.filter(edition=edition, ended_at__isnull=True).update(
        ended_at=now, ended_by=by, withdrawn_because=because, succeeded_by=successor
    )


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
    body = edition.live.revision.body if edition.live else ""
    edition.pictured.set(Picture.objects.filter(key__in=pictures_in(body)))


def record(kind: str, edition: Edition, by: User | None, **details: object) -> None:
    EditorialEvent.objects.create(
        kind=kind, about=edition.guide.slug, language=edition.language, by=by, details=details
    )
