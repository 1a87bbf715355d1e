"""What a person has typed and not saved yet: kept for them alone, and never over something newer
of their own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from guides.models import Draft, Guide, User

#: Of one language of a guide: several times what its longest text can hold, in blocks.
MOST_VALUES = 8_000
MOST_CHARACTERS = 300_000
#: For how long somebody who typed is said to be writing.
PRESENT = datetime.timedelta(minutes=15)

#: The values of each field under its name, in their order.
Typed = Mapping[str, Sequence[str]]


class TooMuch(Exception):
    """No text that could ever be published is as long as this."""


class WrittenElsewhere(Exception):
    """The person has typed something else in another window since; that stays as it is."""


def version_of(draft: Draft | None) -> str:
    """What a page says it has seen: when that was saved, "" for nothing."""
    return draft.saved_at.isoformat() if draft else ""


@transaction.atomic
def keep(
    *, person: User, guide: Guide, language: str, made_from: int, typed: Typed, seen: str
) -> Draft:
    """The person's draft in that language holds this from now on.

    `seen` is the version of the draft that it goes on from. Raises `WrittenElsewhere` where there
    is another one by now that says something else, and `TooMuch`; nothing is written then.
    """
    if sum(map(len, typed.values())) > MOST_VALUES or characters(typed) > MOST_CHARACTERS:
        raise TooMuch
    values = {name: list(some) for name, some in typed.items()}
    own = Draft.objects.filter(person=person, guide=guide, language=language)
    draft = own.select_for_update().first()
    if draft is None:
        try:
            with transaction.atomic():
                return Draft.objects.create(
                    person=person, guide=guide, language=language, made_from=made_from, typed=values
                )
        except IntegrityError:  # two windows at once; the other was first
            raise WrittenElsewhere from None
    is_same = draft.typed == values and draft.made_from == made_from
    if version_of(draft) != seen and not is_same:
        raise WrittenElsewhere
    draft.made_from, draft.typed, draft.saved_at = made_from, values, timezone.now()
    draft.save(update_fields=["made_from", "typed", "saved_at"])
    return draft


def characters(typed: Typed) -> int:
    return sum(len(name) + sum(map(len, values)) for name, values in typed.items())


@transaction.atomic
def forget(*, person: User, guide: Guide, language: str, seen: str) -> bool:
    """The person's draft is no longer needed; one that was typed elsewhere since stays."""
    draft = (
        Draft.objects.filter(person=person, guide=guide, language=language)
        .select_for_update()
        .first()
    )
    if draft is None or version_of(draft) != seen:
        return False
    draft.delete()
    return True


def drafts_of(person: User, guide: Guide) -> dict[str, Draft]:
    """The person's own, by language. One query."""
    return {one.language: one for one in Draft.objects.filter(person=person, guide=guide)}


def others_writing(person: User, guide: Guide, now: datetime.datetime) -> QuerySet[Draft]:
    """What others have typed just now, the latest first."""
    return (
        Draft.objects.filter(guide=guide, saved_at__gte=now - PRESENT, person__is_active=True)
        .exclude(person=person)
        .select_related("person")
        .order_by("-saved_at")
    )
