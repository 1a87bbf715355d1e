"""The owner's confirmation of the facts as they were shown."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.models import Case, Confirmation, Event
from guides.models import User

from .refusals import FactsChanged, NotTheOwner
from .rows import locked, record


def text() -> str:
    """What the owner confirms, in the reader's language; kept as it was shown."""
    return _("I confirm this is true and that I will follow the terms.")


@transaction.atomic
def confirm(case: Case, *, by: User, digest: str, text: str) -> Confirmation:
    """Keep that the owner confirmed these facts, in the words that were shown.

    `digest` is that of the assessment the page was made from: what changed while the owner was
    reading is not confirmed; what is confirmed is not confirmed again. Raises NotTheOwner,
    FactsChanged.
    """
    current = locked(case.pk)
    if by.pk != current.owner_id:
        raise NotTheOwner
    assessment = current.assess()
    if assessment.digest != digest:
        raise FactsChanged
    last = current.confirmations.filter(round=assessment.round).first()
    if last is not None and last.digest == digest:
        return last
    now = timezone.now()
    if last is not None:  # the latest counts, also where the clock was set back meanwhile
        now = max(now, last.confirmed_at + datetime.timedelta(microseconds=1))
    confirmation = Confirmation.objects.create(
        case=current,
        round=assessment.round,
        text=text,
        digest=digest,
        confirmed_by=by,
        confirmed_at=now,
    )
    record(current, Event.Kind.CONFIRMED, by=by, round=assessment.round)
    return confirmation
