"""How a row is written: under the case's lock, against a version, with a line on the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F, Model
from django.utils import timezone

from appeals.models import Case, Event
from guides.models import User

from .refusals import Gone, StaleVersion

Row = TypeVar("Row", bound=Model)


def locked(case_id: int) -> Case:
    """The case as it is now; until the transaction ends, no other action writes to it.

    On SQLite the transaction itself is the lock: it is IMMEDIATE.
    """
    try:
        return Case.objects.select_for_update().get(pk=case_id)
    except Case.DoesNotExist:
        raise Gone from None


def fresh(row: Row) -> Row:
    """The row as the database has it. A form may have assigned to the one it was given."""
    try:
        return type(row)._default_manager.get(pk=row.pk)
    except type(row).DoesNotExist:  # type: ignore[attr-defined]
        raise Gone from None


def check_version(row: Model, version: int | None, sent: Mapping[str, Any]) -> None:
    """Raise StaleVersion if `row`, about to be replaced, says something else than the form knew.

    None is whoever saw no form. What is already there is no conflict, whatever its version.
    """
    current = {name: getattr(row, name) for name in sent}
    differing = [name for name, value in sent.items() if current[name] != value]
    if version is not None and version != row.pk and differing:
        raise StaleVersion(
            row,
            {name: current[name] for name in differing},
            {name: sent[name] for name in differing},
        )


def write(
    row: Row,
    *,
    version: int,
    values: Mapping[str, Any],
    beside: Mapping[str, tuple[Any, Any]] | None = None,
) -> tuple[str, ...]:
    """Set what differs, if `row` (fresh) is still at the version that the form was made from.

    `beside` are things kept in other tables that share the version, each as it is and as it is
    to be; the caller writes those. Answers the names of what changed. What is already there is
    not written again, whatever its version: sending a form twice is no conflict. Raises
    StaleVersion.
    """
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    others = {name: pair for name, pair in (beside or {}).items() if pair[0] != pair[1]}
    if not changed and not others:
        return ()
    written = (
        type(row)
        ._default_manager.filter(pk=row.pk, version=version)
        .update(**changed, version=F("version") + 1)
    )
    if not written:
        raise StaleVersion(
            row,
            {name: getattr(row, name) for name in changed} | {n: p[0] for n, p in others.items()},
            changed | {name: pair[1] for name, pair in others.items()},
        )
    for name, value in changed.items():
        setattr(row, name, value)
    row.version = version + 1  # type: ignore[attr-defined]
    return (*changed, *others)


def record(
    case: Case, kind: Event.Kind, /, *, by: User | None, is_change: bool = True, **details: Any
) -> Event:
    """One line of the timeline, and the time of the case's last change where it is one. By
    nobody: it happened by itself.

    Details name things as they are called now: letters, names, numbers, months; never a text
    that somebody wrote.
    """
    now = timezone.now()
    if is_change:
        Case.objects.filter(pk=case.pk).update(changed_at=now)
        case.changed_at = now
    return Event.objects.create(
        case_code=case.code, kind=kind, by_id=by.pk if by else None, at=now, details=details
    )
