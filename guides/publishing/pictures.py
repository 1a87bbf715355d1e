"""The register of pictures: adding, changing, removing, and where each is shown."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guides.models import (
    Edition,
    EditorialEvent,
    PageStamp,
    Picture,
    Release,
    ReleaseItem,
    User,
)
from guides.pictures.making import Made
from guides.rendering import pictures_in

from .facts import by_language
from .going_live import render_again
from .refusals import NotAllowed, Refusal

#: What opens a line that shows a picture: texts without it are not looked through.
OPENS = "![["


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
    """
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    before = facts_of(picture)
    picture.alt, picture.taken_on = dict(alt), taken_on
    after = facts_of(picture)
    if before == after:
        return []
    picture.save(update_fields=["alt", "taken_on"])
    record(EditorialEvent.Kind.PICTURE_CHANGED, picture.key, by, before=before, after=after)
    refusals: list[Refusal] = []
    if before["taken_on"] != after["taken_on"]:
        shown = picture.shown_in.live().select_related("guide", "live__revision")
        refusals = render_again(shown)
        PageStamp.objects.rise()
    return refusals


@transaction.atomic
def remove_picture(*, picture: Picture, by: User) -> None:
    """Raises NotAllowed while a text shows it: live, newest, or waiting in a release."""
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if where_shown(picture.key):
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


# --- Where it is shown ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Showing:
    """An edition that shows a picture: to readers, in its newest text, in a release to come."""

    edition: Edition
    is_live: bool
    is_newest: bool
    is_waiting: bool

    @property
    def title(self) -> str:
        """Of the newest text."""
        return self.edition.latest.title if self.edition.latest else ""


def showings() -> dict[str, list[Showing]]:
    """Where each picture is shown, by its key. Three queries, whatever the number of pictures."""
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for how, edition, body in _bodies():
        for key in pictures_in(body):
            found[key][edition].add(how)
    named = {edition for places in found.values() for edition in places}
    editions = (
        Edition.objects.filter(pk__in=named)
        .select_related("guide", "latest")
        .defer("parts", "plain", "folded", "latest__body", "latest__facts")
        .order_by("guide__slug", "-language")
        if named
        else ()
    )
    return {
        key: [
            Showing(edition, *(how in places[edition.pk] for how in ("live", "newest", "waiting")))
            for edition in editions
            if edition.pk in places
        ]
        for key, places in found.items()
    }


def where_shown(key: str) -> list[Showing]:
    return showings().get(key, [])


def _bodies() -> Iterator[tuple[str, int, str]]:
    """How, edition and text of whatever shows some picture."""
    editions = Edition.objects.order_by()
    for how, body in (("live", "live__revision__body"), ("newest", "latest__body")):
        rows = editions.filter(**{f"{body}__contains": OPENS})
        yield from ((how, *row) for row in rows.values_list("pk", body))
    waiting = ReleaseItem.objects.filter(
        release__state__in=[Release.State.OPEN, Release.State.SCHEDULED],
        revision__body__contains=OPENS,
    )
    items = waiting.order_by().values_list("edition", "revision__body")
    yield from (("waiting", edition, body) for edition, body in items)
