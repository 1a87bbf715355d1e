"""Correcting the timeline: by adding, since nothing on it is ever changed."""

from __future__ import annotations

from django.db import transaction

from appeals.models import Case, Correction, Event
from guides.models import User

from .refusals import Gone
from .rows import locked


@transaction.atomic
def correct(case: Case, *, by: User, event: int, sentence: str) -> Correction:
    """Put the sentence under that line. Sending it twice puts it there once. Raises Gone."""
    current = locked(case.pk)
    if not Event.objects.of_case(current).filter(pk=event).exists():
        raise Gone
    same = {"event": event, "by_id": by.pk, "sentence": sentence}
    before = current.corrections.filter(**same).first()
    return before or Correction.objects.create(case=current, **same)
