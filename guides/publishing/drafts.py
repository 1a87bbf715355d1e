"""Saving what an editor wrote: a new revision, made from the one they saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from guides.models import Edition, EditorialEvent, Guide, Revision, User
from guides.rendering import digests


class StaleRevision(Exception):
    """Somebody saved a newer revision meanwhile; both texts are kept for the page that says so."""

    def __init__(self, latest: Revision) -> None:
        self.latest = latest
        super().__init__(f"revision {latest.number} is newer")


def digests_of(revision: Revision) -> list[str]:
    """The digests of a revision's blocks, title, summary and keywords first."""
    return list(
        digests(
            title=revision.title,
            summary=revision.summary,
            keywords=revision.keywords,
            body=revision.body,
        )
    )


@transaction.atomic
def save_draft(
    *,
    guide: Guide,
    language: str,
    by: User | None,
    text: Mapping[str, str],
    made_from: int,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
    is_minor: bool = False,
    corrects_report: bool = False,
    source_digests: Sequence[str] | None = None,
) -> Revision:
    """A new revision with this text; nothing that readers see changes.

    `made_from` is the number of the revision that the form showed, 0 where there was none; with
    a newer one there `StaleRevision` is raised and nothing is written. The very same text, facts
    and note again make no new revision. `facts` belong to the source language, `source_digests`
    to a translation; left out, they stay as they were.
    """
    edition, _made = Edition.objects.get_or_create(guide=guide, language=language)
    # Locked where the database can, so that of two who save at once one is told.
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    latest = edition.latest
    if (latest.number if latest else 0) != made_from:
        assert latest is not None
        raise StaleRevision(latest)
    wanted: dict[str, Any] = {name: text.get(name, "") for name in Revision.TEXT_FIELDS}
    wanted["facts"] = _carried(facts, latest and latest.facts)
    wanted["source_digests"] = _carried(source_digests, latest and latest.source_digests)
    said = note, is_minor, corrects_report
    is_noted = latest is not None and (
        not note or said == (latest.note, latest.is_minor, latest.corrects_report)
    )
    if is_noted and all(getattr(latest, name) == value for name, value in wanted.items()):
        assert latest is not None
        return latest
    revision = Revision.objects.create(
        edition=edition,
        number=made_from + 1,
        made_by=by,
        note=note,
        is_minor=is_minor,
        corrects_report=corrects_report,
        **wanted,
    )
    edition.latest = revision
    edition.review_state = Edition.ReviewState.DRAFT
    edition.submitted_by = edition.submitted_at = None
    edition.save(update_fields=["latest", "review_state", "submitted_by", "submitted_at"])
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.DRAFTED,
        about=guide.slug,
        language=language,
        by=by,
        details={"revision": revision.number},
    )
    return revision


def _carried(given: Any, before: Any) -> Any:
    if given is None:
        return before
    return dict(given) if isinstance(given, Mapping) else list(given)
