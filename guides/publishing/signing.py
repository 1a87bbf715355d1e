"""Whose name stands in the records of the guides."""

from __future__ import annotations

from django.db.models import Q

from guides.models import EditorialEvent, Guide, Publication, Revision, User


def has_signed(person: User) -> bool:
    """Whether a text was written, published, withdrawn or checked by this account. Without the
    account those records would say that the release did it."""
    published = Q(published_by=person) | Q(ended_by=person)
    return (
        Revision.objects.filter(made_by=person).exists()
        or Publication.objects.filter(published).exists()
        or EditorialEvent.objects.filter(by=person).exists()
        or Guide.objects.filter(checked_by=person).exists()
    )
