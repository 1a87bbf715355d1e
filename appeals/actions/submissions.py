"""Recording that the dossier was sent, which seals it; and the reply, which opens the next round."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q

from appeals.dossier import outline
from appeals.dossier.of_case import dossier_of
from appeals.dossier.package import OriginalChanged, Package
from appeals.dossier.pdf import make_pdf
from appeals.evidence import storage
from appeals.letter.of_case import texts_of
from appeals.models import Case, Event, Submission
from appeals.models.demand import Rule
from appeals.rules.cells import State
from appeals.rules.facts import Standing
from guides.models import User

from . import lines
from .refusals import (
    FactsChanged,
    InUse,
    NoNotice,
    NotConfirmed,
    NotTheOwner,
    OriginalsLost,
    WrongPlace,
)
from .rows import fresh, locked, record, write


class Sending(TypedDict):
    """What the owner says of it."""

    sent_on: datetime.date
    sent_time: datetime.time | None
    sent_where: str
    amazon_reference: str


class Reply(TypedDict, total=False):
    reply_on: datetime.date
    reply_answer: str
    reply_text: str
    reply_reference: str
    reply_deadline_on: datetime.date | None
    reply_deadline_time: datetime.time | None
    reply_has_no_deadline: bool
    reply_time_zone: str


def seal(
    case: Case,
    *,
    by: User,
    made_of: datetime.datetime,
    text: str,
    **sending: Unpack[Sending],
) -> Submission:
    """Record that the owner sent this round, and keep its package as it is now, for ever.

    `case` is loaded with its facts; `made_of` is the change after which the page was made, `text`
    what the owner confirmed on it. What is open is sealed as a declared gap. Sending the same twice
    seals it once. The PDF is made before the transaction, so that nobody waits for it. Raises
    NotTheOwner, NoNotice, NotConfirmed, FactsChanged, OriginalsLost, WrongPlace (this round was
    sent already, or the case is closed), and DossierNotMade.
    """
    if by.pk != case.owner_id:
        raise NotTheOwner
    same = case.submissions.filter(made_of=made_of, **sending).first()
    if same is not None:
        return same
    _check(case, made_of)
    made = dossier_of(case, texts_of(case), as_it_is=True)
    package = Package.of(made, make_pdf(made).content)
    try:
        package.check()
    except (OriginalChanged, FileNotFoundError) as lost:
        raise OriginalsLost from lost
    with _kept(package.pdf) as stored_as, transaction.atomic():
        current = locked(case.pk)
        same = current.submissions.filter(made_of=made_of, **sending).first()
        if same is None:
            _check(current, made_of)
            submission = Submission.objects.create(
                case=current,
                round=made.round,
                sealed_by=by,
                confirmed_text=text,
                digest=made.digest,
                made_of=made_of,
                time_zone=current.time_zone,
                pdf_stored_as=stored_as,
                originals=list(package.stored_as),
                manifest=package.manifest_bytes.decode("ascii"),
                manifest_sha256=package.manifest_sha256,
                outline=outline.kept(outline.outline(made)),
                **sending,
            )
            record(current, Event.Kind.SUBMITTED, by=by, **_named(submission))
            return submission
    # The other of two equal forms was quicker; the bytes made for this one are in nobody's row.
    storage.remove(stored_as)
    return same


def package_of(submission: Submission) -> Package:
    """The sealed package: the same bytes every time. Raises OriginalsLost."""
    try:
        with storage.open_stored(submission.pdf_stored_as) as file:
            pdf = file.read()
        return Package.sealed(
            changed_at=submission.made_of.astimezone(zoneinfo.ZoneInfo(submission.time_zone)),
            pdf=pdf,
            manifest_bytes=submission.manifest.encode("ascii"),
            stored_as=tuple(submission.originals),
        )
    except (OriginalChanged, FileNotFoundError) as lost:
        raise OriginalsLost from lost


@transaction.atomic
def change(
    submission: Submission, *, by: User, version: int, **sending: Unpack[Sending]
) -> tuple[str, ...]:
    """When and where it was sent, and under which reference; the package stays. Raises
    StaleVersion, NotTheOwner."""
    case = locked(submission.case_id)
    if by.pk != case.owner_id:
        raise NotTheOwner
    current = fresh(submission)
    changed = write(current, version=version, values=sending)
    if changed:
        record(case, Event.Kind.SUBMISSION_CHANGED, by=by, fields=changed, **_named(current))
    return changed


@transaction.atomic
def record_reply(
    submission: Submission, *, by: User, version: int, **fields: Unpack[Reply]
) -> tuple[str, ...]:
    """Copy in the reply, which opens the next round; or correct what was copied.

    Whether the case is closed is its own write. Raises StaleVersion, NotTheOwner, and InUse where
    it is to be none and something is marked as asked by it.
    """
    case = locked(submission.case_id)
    if by.pk != case.owner_id:
        raise NotTheOwner
    current = fresh(submission)
    is_first, before = not current.has_reply, current.reply_text
    changed = write(current, version=version, values=fields)
    if not changed:
        return ()
    if current.reply_answer == Submission.Answer.NONE and _is_marked(current):
        raise InUse
    if "reply_text" in changed and not is_first:
        lines.follow_reply(current, by=by, before=before)
    kind = Event.Kind.REPLIED if is_first else Event.Kind.REPLY_CHANGED
    record(case, kind, by=by, fields=changed, **_dates(current), **_named(current))
    return changed


@transaction.atomic
def set_reply_deadline(
    submission: Submission, *, by: User, version: int, **fields: Unpack[Reply]
) -> tuple[str, ...]:
    """Give the deadline of the round that the reply opened, or say that the reply gives none.

    Raises StaleVersion, and NoNotice where no reply is recorded.
    """
    case = locked(submission.case_id)
    current = fresh(submission)
    if not current.has_reply:
        raise NoNotice
    changed = write(current, version=version, values=fields)
    if changed:
        on, at = current.reply_deadline_on, current.reply_deadline_time
        record(
            case,
            Event.Kind.DEADLINE_SET,
            by=by,
            fields=changed,
            deadline_on=on.isoformat() if on else None,
            deadline_time=at.isoformat("minutes") if at else None,
            time_zone=current.reply_time_zone,
            has_no_deadline=current.reply_has_no_deadline,
            **_named(current),
        )
    return changed


def record_download(case: Case, *, by: User, what: str, is_to_send: bool) -> None:
    """A line on the timeline for `pdf`, `copy` (with the Chinese beside it) or `package`.

    `is_to_send`: the one to send was made from the case as it was loaded; until something changes,
    the next step is to send it.
    """
    if is_to_send:
        Case.objects.filter(pk=case.pk).update(dossier_made_of=case.changed_at)
    record(case, Event.Kind.DOWNLOADED, by=by, is_change=False, dossier=what)


def record_sealed_download(submission: Submission, *, by: User, what: str) -> None:
    record(
        submission.case,
        Event.Kind.DOWNLOADED,
        by=by,
        is_change=False,
        sealed=what,
        **_named(submission),
    )


def _check(case: Case, made_of: datetime.datetime) -> None:
    """That this round can be sealed, with the facts that the owner was shown."""
    if case.is_register:
        raise NoNotice
    assessment = case.assess()
    if assessment.is_waiting or case.is_closed:
        raise WrongPlace
    if case.changed_at != made_of:
        raise FactsChanged
    for one in assessment.demands:
        is_asked = one.demand.standing is Standing.ASKED
        if one.demand.rule.value == Rule.CONFIRMED and is_asked and one.state is not State.READY:
            raise NotConfirmed


@contextmanager
def _kept(content: bytes) -> Iterator[str]:
    """The bytes under a name, for as long as their row is made; they go again if that fails."""
    stored_as = storage.settle(storage.spool([content], len(content)))
    try:
        yield stored_as
    except BaseException:
        storage.remove(stored_as)
        raise


def _is_marked(submission: Submission) -> bool:
    """Whether the reply asks for something, or takes it out."""
    opened = submission.round + 1
    asked = submission.case.demands.filter(Q(round=opened) | Q(out_round=opened))
    return bool(submission.reply_lines) or asked.exists()


def _named(submission: Submission) -> dict[str, Any]:
    return {"round": submission.round}


def _dates(submission: Submission) -> dict[str, Any]:
    on = submission.reply_on
    return {"answer": submission.reply_answer, "on": on.isoformat() if on else None}
