"""The register of sources changes by these: at once, or once somebody else has agreed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Edition, EditorialEvent, PageStamp, Source, SourceChange, User
from guides.usage import uses_of_source

from .facts import by_language
from .files import digest_of
from .going_live import render_again
from .refusals import NotAllowed, NotPublishable, Refusal

#: What the register says of a source, as `sources.json` has it.
Facts = Mapping[str, Any]
#: Names in the file and in the register.
COLUMNS = {
    "title": "titles", "language": "language", "publisher": "publisher", "address": "address",
    "archived": "archived_address", "version": "version", "grade": "grade", "seen_on": "seen_on",
    "seen_as": "seen_as",
}  # fmt: skip
State = SourceChange.State


class StaleChange(Exception):
    """The register says something else by now than when this was proposed."""


class ProposedAnew(Exception):
    """Whoever proposed it has put something else in its place since it was looked at."""


class AlreadyDecided(Exception):
    """Somebody was quicker to apply or refuse this change."""


def source_facts(source: Source) -> dict[str, Any]:
    facts = {name: getattr(source, column) for name, column in COLUMNS.items()}
    facts["title"] = by_language(source.titles)
    return facts | {"seen_on": source.seen_on.isoformat() if source.seen_on else None}


def facts_now(key: str) -> dict[str, Any] | None:
    source = Source.objects.filter(key=key).first()
    return source_facts(source) if source else None


# --- Proposing -----------------------------------------------------------------------------


def add_source(*, key: str, facts: Facts, by: User) -> SourceChange | None:
    """As `change_source`; where there is one under that key already, `NotPublishable`."""
    if Source.objects.filter(key=key).exists():
        raise NotPublishable([Refusal("", "key", _("There is a source with this key already."))])
    return _propose(key, None, facts, by, "guides.add_source")


def change_source(*, key: str, facts: Facts, by: User) -> SourceChange | None:
    """Have the register say this of a source; None where it says so already.

    The change is applied at once where one person may decide, else it waits for another. One's
    own that is waiting gives way to it; somebody else's is in the way: `NotPublishable`.
    """
    return _propose(key, facts_now(key), facts, by, "guides.change_source")


def remove_source(*, source: Source, by: User) -> SourceChange | None:
    """As `change_source`. Raises `NotAllowed` while a text cites it."""
    refuse_where_cited(source)
    return _propose(source.key, source_facts(source), None, by, "guides.delete_source")


@transaction.atomic
def _propose(
    key: str, before: Facts | None, after: Facts | None, by: User, right: str
) -> SourceChange | None:
    if before == after:
        return None
    waiting = SourceChange.objects.select_for_update().filter(key=key, state=State.WAITING).first()
    if waiting is not None and waiting.proposed_by_id != by.pk:
        words = _("A change of this source is waiting already; it is decided first.")
        raise NotPublishable([Refusal("", "key", words, code="waiting")])
    change = waiting or SourceChange(key=key)
    change.before, change.after = before and dict(before), after and dict(after)
    change.proposed_by, change.proposed_at = by, timezone.now()
    change.save()
    if not settings.EDITORIAL_FOUR_EYES and by.has_perm(right):
        _apply(change, by)
    else:
        _record(EditorialEvent.Kind.SOURCE_PROPOSED, change, by)
    return change


def propose(key: str, before: Facts | None, after: Facts) -> bool:
    """What somebody brings in by a command waits for a person; False where one waits already."""
    if before == after or SourceChange.objects.filter(key=key, state=State.WAITING).exists():
        return False
    change = SourceChange.objects.create(
        key=key, before=before and dict(before), after=dict(after), proposed_by=None
    )
    _record(EditorialEvent.Kind.SOURCE_PROPOSED, change, None)
    return True


# --- Deciding ------------------------------------------------------------------------------


def waiting_changes(person: User) -> QuerySet[SourceChange]:
    """The changes that this person may decide, the oldest first."""
    if not person.has_perm("guides.review_guide"):
        return SourceChange.objects.none()
    waiting = SourceChange.objects.filter(state=State.WAITING).select_related("proposed_by")
    if settings.EDITORIAL_FOUR_EYES:
        waiting = waiting.exclude(proposed_by=person)
    return waiting.order_by("proposed_at", "pk")


@transaction.atomic
def apply_change(*, change: SourceChange, by: User, seen: str | None = None) -> list[Refusal]:
    """Make the register say what was proposed; answers with texts that could not be made again.

    `seen` is the digest of what `by` has looked at. Raises `NotAllowed` where four eyes are wanted
    and it is their own, or where a text cites what would be removed; `StaleChange`,
    `ProposedAnew`, and `AlreadyDecided`.
    """
    change = _locked(change)
    if settings.EDITORIAL_FOUR_EYES and change.proposed_by_id == by.pk:
        raise NotAllowed(_("Somebody else has to agree to what you proposed."))
    if is_stale(change):
        raise StaleChange
    if seen is not None and seen != digest_of_change(change):
        raise ProposedAnew
    return _apply(change, by)


@transaction.atomic
def refuse_change(*, change: SourceChange, by: User, reason: str) -> None:
    """Leave the register as it is, and say why. Raises `NotPublishable` without a reason, and
    `AlreadyDecided`."""
    change = _locked(change)
    if not reason.strip():
        words = _("Say why, for whoever proposed it.")
        raise NotPublishable([Refusal("", "reason", words, code="no-reason")])
    _decide(change, State.REFUSED, by, reason.strip())
    _record(EditorialEvent.Kind.SOURCE_REFUSED, change, by, reason=change.reason)


def is_stale(change: SourceChange) -> bool:
    return facts_now(change.key) != change.before


def digest_of_change(change: SourceChange) -> str:
    """Of what it proposes: a row may say something else by the time that it is agreed to."""
    return digest_of({"before": change.before, "after": change.after})


def _locked(change: SourceChange) -> SourceChange:
    change = SourceChange.objects.select_for_update().get(pk=change.pk)
    if change.state != State.WAITING:
        raise AlreadyDecided
    return change


def _apply(change: SourceChange, by: User) -> list[Refusal]:
    source = Source.objects.filter(key=change.key).first()
    if change.after is None:
        assert source is not None
        refuse_where_cited(source)
        source.delete()
    else:
        write(source or Source(key=change.key), change.after).save()
    _decide(change, State.APPLIED, by)
    _record(EditorialEvent.Kind.SOURCE_CHANGED, change, by)
    before, after = change.before or {}, change.after or {}
    refusals = []
    if before.get("grade") != after.get("grade"):
        # Texts say how good their sources are.
        refusals = render_again(citing_live(change.key))
    PageStamp.objects.rise()
    return refusals


def _decide(change: SourceChange, state: str, by: User, reason: str = "") -> None:
    change.state, change.decided_by, change.decided_at = state, by, timezone.now()
    change.reason = reason
    change.save()


def write(source: Source, facts: Facts) -> Source:
    """The row with these facts; the caller saves it."""
    for name, column in COLUMNS.items():
        setattr(source, column, facts[name])
    day = facts["seen_on"]
    source.seen_on = datetime.date.fromisoformat(day) if day else None
    return source


def refuse_where_cited(source: Source) -> None:
    if uses_of_source(source):
        raise NotAllowed(_("A text cites this source, so it stays. Take the citation out first."))


def citing_live(key: str) -> list[Edition]:
    live = Edition.objects.live().select_related("guide", "live__revision")
    return [one for one in live if key in {line["key"] for line in one.cited}]


def _record(kind: str, change: SourceChange, by: User | None, **details: Any) -> None:
    EditorialEvent.objects.create(
        kind=kind,
        about=change.key,
        by=by,
        details={"before": change.before, "after": change.after, **details},
    )
