"""The register of pictures: adding, changing, removing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guides.models import (
    EditorialEvent,
    PageStamp,
    Picture,
    User,
)
from guides.pictures.making import Made
from guides.usage import uses_of_picture

from .facts import by_language
from .going_live import render_again
from .refusals import NotAllowed, Refusal


@transaction.atomic
def add_picture(
    *, key: str, made: Made, alt: Mapping[str, str], taken_on: datetime.date, by: User | None
) -> Picture:
    """A picture that texts may show from now on. Its bytes and its address never change."""
    picture = Picture.objects.create(
        key=key,
        content=made.content,
        media_type=made.media_type,
        width=made.width,
        height=made.height,
        size=len(made.content),
        sha256=made.sha256,
        alt=dict(alt),
        taken_on=taken_on,
        made_by=by,
    )
    record(EditorialEvent.Kind.PICTURE_ADDED, key, by, **facts_of(picture))
    return picture


@transaction.atomic
def change_picture(
    *, picture: Picture, alt: Mapping[str, str], taken_on: datetime.date, by: User
) -> list[Refusal]:
    """Other words for texts to come, or another day, which all that show it are told.

    Nothing happens where both are what they were. Answers with what could not be made again.
    Raises `NotAllowed` as `refuse_live_day`.
    """
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    before = facts_of(picture)
    picture.alt, picture.taken_on = dict(alt), taken_on
    after = facts_of(picture)
    if before == after:
        return []
    if before["taken_on"] != after["taken_on"]:
        refuse_live_day(picture, by)
    picture.save(update_fields=["alt", "taken_on"])
    record(EditorialEvent.Kind.PICTURE_CHANGED, picture.key, by, before=before, after=after)
    refusals: list[Refusal] = []
    if before["taken_on"] != after["taken_on"]:
        shown = picture.shown_in.live().select_related("guide", "live__revision")
        refusals = render_again(shown)
        PageStamp.objects.rise()
    return refusals


def refuse_live_day(picture: Picture, by: User) -> None:
    """Raises `NotAllowed` where readers see the day and `by` may not change what they see: without
    the right to publish, and where four eyes are wanted, whoever it is."""
    is_live = picture.shown_in.live().exists()
    if is_live and settings.EDITORIAL_FOUR_EYES:
        raise NotAllowed(
            _(
                "Readers see this day, and nobody changes it alone. Take the picture out of the "
                "texts that are live first."
            )
        )
    if is_live and not by.has_perm("guides.publish_guide"):
        raise NotAllowed(_("Readers see this day: only somebody who may publish changes it."))


@transaction.atomic
def remove_picture(*, picture: Picture, by: User) -> None:
    """Raises NotAllowed while a text shows it: live, newest, or waiting in a release."""
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if uses_of_picture(picture.key):
        raise NotAllowed(_("A text shows this picture, so it stays. Take it out there first."))
    record(EditorialEvent.Kind.PICTURE_REMOVED, picture.key, by, **facts_of(picture))
    picture.delete()


def same_picture(made: Made) -> Picture | None:
    """The one with the very same bytes, under whichever key."""
    return Picture.objects.filter(sha256=made.sha256).first()


def facts_of(picture: Picture) -> dict[str, Any]:
    """What the register says of it, as `pictures.json` has it."""
    return {"alt": by_language(picture.alt), "taken_on": picture.taken_on.isoformat()}


def record(kind: str, key: str, by: User | None, **details: Any) -> None:
    EditorialEvent.objects.create(kind=kind, about=key, by=by, details=details)
