"""What is deleted for good: a withdrawn file, a case, and what was chosen to go after closing.

Rows go in one transaction and their bytes after it. A crash between the two leaves bytes that
belong to nothing, which `check_files` removes; never a row without its bytes.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from appeals.evidence import holding
from appeals.evidence.keeping import discard, discard_preview
from appeals.models import Case, Event, Evidence, Explanation, Submission
from guides.models import User

from .refusals import Gone, NotTheOwner, NotWithdrawn
from .rows import fresh, locked, record, write

log = logging.getLogger("keyright.deletion")

#: Cases of one round: the next comes a minute later.
AT_ONCE = 50


@transaction.atomic
def delete_case(case: Case, *, by: User) -> None:
    """The case with all that it holds, its timeline too: nothing of it stays. Raises Gone,
    NotTheOwner."""
    current = locked(case.pk)
    if current.owner_id != by.pk:
        raise NotTheOwner
    _delete(current)


def delete_cases_of(person: User) -> None:
    """Every case of the account; the caller opened the transaction and locked the account."""
    for key in person.cases.order_by("pk").values_list("pk", flat=True):
        with suppress(Gone):  # deleted in another window
            _delete(locked(key))


@transaction.atomic
def delete_file(evidence: Evidence, *, by: User) -> None:
    """The file of a withdrawn exhibit and what was said of it; its number stays listed.

    Where a sealed package holds the bytes they stay for that package alone. Twice is the same as
    once. Raises Gone, NotWithdrawn.
    """
    case = locked(evidence.case_id)
    current = fresh(evidence)
    if not current.is_withdrawn:
        raise NotWithdrawn
    if not current.has_file:
        return
    is_held = bool(holding.rounds_holding(current))
    _erase(current, timezone.now(), is_held=is_held)
    if is_held:
        discard_preview(current.stored_as)
    else:
        discard(current.stored_as)
    details: dict[str, Any] = {"evidence": str(current.code), "exhibit": current.exhibit}
    record(case, Event.Kind.FILE_DELETED, by=by, is_change=False, **details)


@transaction.atomic
def keep_files(
    case: Case, *, by: User, version: int, delete_files_after: int | None
) -> tuple[str, ...]:
    """Let files and sealed packages go that many days after closing; None: they stay. Raises
    NotTheOwner, StaleVersion."""
    current = locked(case.pk)
    if current.owner_id != by.pk:
        raise NotTheOwner
    changed = write(current, version=version, values={"delete_files_after": delete_files_after})
    if changed:
        record(current, Event.Kind.KEEPING_SET, by=by, is_change=False, days=delete_files_after)
    return changed


def delete_due(now: datetime) -> int:
    """Delete the files of closed cases whose owners chose that, and answer of how many cases.

    Each case is a transaction of its own, looked at again under its lock: opened again or put
    off meanwhile, it keeps everything.
    """
    due = Case.objects.past_keeping(now).values_list("pk", flat=True)[:AT_ONCE]
    return sum(_try_to_delete_files(key, now) for key in list(due))


def _try_to_delete_files(key: int, now: datetime) -> bool:
    """A case that cannot be read keeps no other from what its owner chose."""
    try:
        return _delete_files(key, now)
    except DatabaseError:
        raise  # that is not about this case
    except Exception:
        log.exception("the files of case %s were not deleted", key)
        return False


def _delete_files(key: int, now: datetime) -> bool:
    with suppress(Gone), transaction.atomic():
        case = locked(key)
        if case.files_go_at is None or case.files_go_at > now:
            return False
        discard(*holding.names_of(case))
        files = list(case.evidence.filter(file_deleted_at=None))
        for evidence in files:
            if evidence.exhibit:
                _erase(evidence, now, is_held=False)
            else:
                evidence.delete()
        case.evidence.exclude(file_deleted_at=None).update(size=0)
        sealed = Submission.objects.filter(case=case, package_deleted_at=None)
        packages = sealed.update(package_deleted_at=now)
        days, after = case.delete_files_after, F("version") + 1
        Case.objects.filter(pk=key).update(delete_files_after=None, version=after)
        counts: dict[str, Any] = {"days": days, "files": len(files), "packages": packages}
        record(case, Event.Kind.FILES_DELETED, by=None, **counts)
        return True
    return False


def _delete(case: Case) -> None:
    discard(*holding.names_of(case))
    Event.objects.of_case(case).forget()
    case.delete()


def _erase(evidence: Evidence, now: datetime, *, is_held: bool) -> None:
    """Leave the number, and when it was withdrawn and deleted."""
    evidence.proofs.all().delete()
    Explanation.objects.filter(evidence=evidence).delete()
    Evidence.objects.filter(pk=evidence.pk).update(
        kind="",
        shows="",
        about_on=None,
        amount="",
        currency="",
        payer="",
        payees=[],
        private_note="",
        original_name="",
        media_type="",
        size=evidence.size if is_held else 0,
        pages=None,
        observed={},
        sha256="",
        withdrawn_at=evidence.withdrawn_at or now,
        file_deleted_at=now,
        version=F("version") + 1,
    )
