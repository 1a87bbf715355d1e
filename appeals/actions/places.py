"""Where the seller has looked for providers that nobody remembered."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from appeals.models import Case, Event
from appeals.places import PLACES
from guides.models import User

from .rows import locked, record


@transaction.atomic
def look(case: Case, *, by: User, done: Collection[str] = (), undone: Collection[str] = ()) -> None:
    """Tick these places and untick those; the others stay as they are, whoever ticked them."""
    current = locked(case.pk)
    before = set(current.places_looked)
    after = (before | set(done)) - set(undone)
    current.places_looked = [key for key in PLACES if key in after]
    current.save(update_fields=["places_looked"])
    for places, is_done in ((after - before, True), (before - after, False)):
        named = [key for key in PLACES if key in places]
        if named:
            record(
                current,
                Event.Kind.PLACES_LOOKED,
                by=by,
                is_change=False,
                places=named,
                is_done=is_done,
            )
