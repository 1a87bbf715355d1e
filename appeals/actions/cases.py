"""Opening a case or a register; its particulars, its notice, its deadline."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from appeals.models import Case, Checklist, Demand, Event
from appeals.models.case import EXAMPLE
from appeals.presets import SEPTEMBER_2018
from guides.models import User

from . import lines
from .refusals import NoNotice, NotTheOwner, TooManyCases
from .rows import locked, record, write

#: Of one person: the list shows all of them, and deleting an account is one transaction.
MOST_CASES = 200
NOTICE = ("notice_on", "notice_text", "amazon_reference")
DEADLINE = ("deadline_on", "deadline_time", "has_no_deadline", "time_zone")


class Particulars(TypedDict, total=False):
    marketplace: str
    seller_id: str
    company: str
    payer_names: Sequence[str]


class Changes(Particulars, total=False):
    store: str


class Deadline(TypedDict, total=False):
    """As the notice gives it; all empty: not entered."""

    deadline_on: datetime.date | None
    deadline_time: datetime.time | None
    has_no_deadline: bool
    time_zone: str


class Notice(Deadline, total=False):
    notice_on: datetime.date
    notice_text: str
    amazon_reference: str


class Opening(Particulars, Deadline, total=False):
    notice_text: str
    amazon_reference: str


@transaction.atomic
def open_case(
    *,
    by: User,
    store: str,
    notice_on: datetime.date,
    preset: str = SEPTEMBER_2018,
    code: uuid.UUID | None = None,
    **fields: Unpack[Opening],
) -> Case:
    """A case for this notice, asking what the preset asks until the notice is read closer.

    `code`: what the form names it by; the same form sent twice opens one case. Raises
    TooManyCases.
    """
    given = {"store": store, "notice_on": notice_on} | _plain(fields)
    if same := _opened(by, code, given):
        return same
    case = _open(by, preset, code, given)
    record(case, Event.Kind.CASE_OPENED, by=by, notice_on=notice_on.isoformat(), preset=preset)
    return case


@transaction.atomic
def open_register(
    *,
    by: User,
    store: str,
    preset: str = SEPTEMBER_2018,
    code: uuid.UUID | None = None,
    **fields: Unpack[Particulars],
) -> Case:
    """The same for a store without a notice: before anything has happened. Raises TooManyCases."""
    given = {"store": store} | _plain(fields)
    if same := _opened(by, code, given):
        return same
    case = _open(by, preset, code, given)
    record(case, Event.Kind.CASE_OPENED, by=by, preset=preset)
    return case


@transaction.atomic
def change(case: Case, *, by: User, version: int, **fields: Unpack[Changes]) -> tuple[str, ...]:
    current = locked(case.pk)
    changed = write(current, version=version, values=_plain(fields))
    if changed:
        record(current, Event.Kind.CASE_CHANGED, by=by, fields=changed)
    return changed


@transaction.atomic
def record_notice(
    case: Case, *, by: User, version: int, **fields: Unpack[Notice]
) -> tuple[str, ...]:
    """Copy in the notice, which makes a register an appeal; or correct what was copied."""
    current = locked(case.pk)
    was_register = current.is_register
    if was_register and fields.get("notice_on") is None:
        raise NoNotice
    before = current.notice_text
    changed = write(current, version=version, values=_plain(fields))
    if not changed:
        return ()
    if "notice_text" in changed:
        lines.follow_text(current, by=by, before=before)
    if was_register:
        kind = Event.Kind.NOTICE_RECORDED
    elif set(changed) <= set(DEADLINE):
        kind = Event.Kind.DEADLINE_SET
    else:
        kind = Event.Kind.NOTICE_CHANGED
    record(current, kind, by=by, fields=changed, **_dates(current))
    return changed


@transaction.atomic
def set_deadline(
    case: Case, *, by: User, version: int, **fields: Unpack[Deadline]
) -> tuple[str, ...]:
    """Give the notice's deadline, say that it gives none, or, all empty, clear both."""
    current = locked(case.pk)
    if current.is_register:
        raise NoNotice
    cleared = {"deadline_on": None, "deadline_time": None, "has_no_deadline": False}
    changed = write(current, version=version, values=cleared | _plain(fields))
    if changed:
        record(current, Event.Kind.DEADLINE_SET, by=by, fields=changed, **_dates(current))
    return changed


@transaction.atomic
def close(case: Case, *, by: User, version: int, closed_as: str, lesson: str) -> tuple[str, ...]:
    """How it ended, as the owner says; again, to correct that. Raises StaleVersion, NotTheOwner."""
    current = locked(case.pk)
    if by.pk != current.owner_id:
        raise NotTheOwner
    values: dict[str, Any] = {"closed_as": closed_as, "lesson": lesson}
    if not current.is_closed:
        values["closed_at"] = timezone.now()
    changed = write(current, version=version, values=values)
    if "closed_as" in changed:
        record(current, Event.Kind.CASE_CLOSED, by=by, outcome=closed_as)
    return changed


@transaction.atomic
def reopen(case: Case, *, by: User) -> None:
    """Go on where it stood. Doing it twice is doing it once. Raises NotTheOwner."""
    current = locked(case.pk)
    if by.pk != current.owner_id:
        raise NotTheOwner
    values = {"closed_as": "", "closed_at": None}
    if write(current, version=current.version, values=values):
        record(current, Event.Kind.CASE_REOPENED, by=by)


def _opened(by: User, code: uuid.UUID | None, given: dict[str, Any]) -> Case | None:
    """What the same form, saying the same, opened a moment ago: two may come at once, so under
    the person's lock. Gone back to and filled in for another store, it is another form."""
    if code is None:
        return None
    User.objects.select_for_update().get(pk=by.pk)
    case = Case.objects.visible_to(by).filter(code=code).first()
    is_same = case and all(getattr(case, name) == value for name, value in given.items())
    return case if is_same else None


def _open(by: User, preset: str, code: uuid.UUID | None, given: dict[str, Any]) -> Case:
    if Case.objects.filter(owner=by).count() >= MOST_CASES:
        raise TooManyCases(MOST_CASES)
    requirements = list(Checklist.objects.get(key=preset).requirements.order_by("position", "pk"))
    if code in (None, EXAMPLE) or Case.objects.filter(code=code).exists():
        code = uuid.uuid4()
    case = Case.objects.create(owner=by, code=code, ordinals_given=len(requirements), **given)
    Demand.objects.bulk_create(
        Demand(
            case=case,
            ordinal=ordinal,
            label=requirement.label,
            position=requirement.position,
            scope=requirement.scope,
            rule=requirement.rule,
            months=requirement.months,
            standing=requirement.standing,
            guide_id=requirement.guide_id,
        )
        for ordinal, requirement in enumerate(requirements, start=1)
    )
    return case


def _plain(fields: Any) -> dict[str, Any]:
    """The fields as the row keeps them: names as a list, which is what JSON gives back."""
    values = dict(fields)
    if "payer_names" in values:
        values["payer_names"] = list(values["payer_names"])
    return values


def _dates(case: Case) -> dict[str, Any]:
    """What the timeline says of notice and deadline: days and zone, no words."""
    return {
        "notice_on": case.notice_on.isoformat() if case.notice_on else None,
        "deadline_on": case.deadline_on.isoformat() if case.deadline_on else None,
        "deadline_time": case.deadline_time.isoformat("minutes") if case.deadline_time else None,
        "time_zone": case.time_zone,
        "has_no_deadline": case.has_no_deadline,
    }
