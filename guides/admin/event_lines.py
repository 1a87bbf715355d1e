"""Events as the desk shows them: sentences, with a link to what they are about while it is there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext

from guides.events import sentence
from guides.models import Edition, EditorialEvent, OldSlug, Picture, Release, Source, User

Kind = EditorialEvent.Kind
OF_SOURCES = {Kind.SOURCE_CHANGED, Kind.SOURCE_PROPOSED, Kind.SOURCE_REFUSED}
OF_PICTURES = {Kind.PICTURE_ADDED, Kind.PICTURE_CHANGED, Kind.PICTURE_REMOVED}
OF_RELEASES = {Kind.SCHEDULED, Kind.UNSCHEDULED, Kind.RELEASED, Kind.NOT_RELEASED}
#: Named by what somebody typed, or by a file: nothing to open.
OF_NOTHING = {Kind.MISS_HANDLED, Kind.LINK_IGNORED, Kind.IMPORTED, Kind.EXPORTED}
OF_GUIDES = set(Kind) - OF_SOURCES - OF_PICTURES - OF_RELEASES - OF_NOTHING
#: Stands in a sentence for the title, so that a template can make a link of it.
PLACE = "\x00"


@dataclass(frozen=True, slots=True)
class Titled:
    """What an event is about: what it is called now, and its page; no page where it is gone."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: `who` `before` `about` `after`, in this order a sentence. `at` is
    aware; the page shows it in the reader's zone."""

    key: int
    at: datetime.datetime
    who: str
    before: str
    about: Titled
    after: str


def lines(events: Iterable[EditorialEvent], *, reader: User) -> list[Line]:
    """These events in their order, each with its `by` loaded. Five queries at most."""
    told = list(events)
    about = titled(told)
    return [line(event, about(event), reader) for event in told]


def titled(events: Sequence[EditorialEvent]) -> Callable[[EditorialEvent], Titled]:
    """What tells of each of these what it is about."""

    def named(kinds: Container[str]) -> set[str]:
        return {event.about for event in events if event.kind in kinds}

    guides = titles_of_guides(named(OF_GUIDES))
    sources = titles_of_sources(named(OF_SOURCES))
    pictures = pages_of_pictures(named(OF_PICTURES))
    releases = pages_of_releases(
        {event.details.get("release") for event in events if event.kind in OF_RELEASES} - {None}
    )

    def about(event: EditorialEvent) -> Titled:
        unknown = Titled(event.about)
        if event.kind in OF_GUIDES:
            languages = guides.get(event.about, {})
            return languages.get(event.language) or languages.get("") or unknown
        if event.kind in OF_SOURCES:
            return sources.get(event.about, unknown)
        if event.kind in OF_PICTURES:
            return Titled(event.about, pictures.get(event.about, ""))
        if event.kind in OF_RELEASES:
            return Titled(event.about, releases.get(event.details.get("release"), ""))
        return unknown

    return about


def line(event: EditorialEvent, about: Titled, reader: User) -> Line:
    words = sentence(event.kind, event.details, about=PLACE, language=event.language)
    before, _place, after = words.partition(PLACE)
    return Line(event.pk, event.at, who_did(event.by, reader), before, about, after)


def who_did(person: User | None, reader: User) -> str:
    if person is None:
        return gettext("the release")
    return pgettext("who did it at the desk", "You") if person == reader else person.email


def titles_of_guides(slugs: set[str]) -> Mapping[str, Mapping[str, Titled]]:
    """By the address, present or former, and the language; "" is the reader's, else the source's."""
    if not slugs:
        return {}
    now = dict(OldSlug.objects.filter(slug__in=slugs).values_list("slug", "guide__slug"))
    rows = Edition.objects.filter(guide__slug__in={*slugs, *now.values()}).values_list(
        "guide", "guide__slug", "guide__source_language", "language", "latest__title"
    )
    found: dict[str, dict[str, Titled]] = {}
    for pk, slug, source, language, title in rows:
        of_guide = found.setdefault(slug, {})
        of_guide[language] = Titled(title or slug, reverse("admin:guides_guide_change", args=[pk]))
        if language == get_language() or (language == source and "" not in of_guide):
            of_guide[""] = of_guide[language]
    return found | {old: found.get(slug, {}) for old, slug in now.items()}


def titles_of_sources(keys: set[str]) -> Mapping[str, Titled]:
    if not keys:
        return {}
    language = get_language() or settings.LANGUAGE_CODE
    return {
        source.key: Titled(
            source.title_in(language), reverse("admin:guides_source_change", args=[source.pk])
        )
        for source in Source.objects.filter(key__in=keys)
    }


def pages_of_pictures(keys: set[str]) -> Mapping[str, str]:
    if not keys:
        return {}
    rows: Sequence[tuple[str, int]] = Picture.objects.filter(key__in=keys).values_list("key", "pk")
    return {key: reverse("admin:guides_picture_change", args=[pk]) for key, pk in rows}


def pages_of_releases(keys: set[int]) -> Mapping[int, str]:
    if not keys:
        return {}
    present = Release.objects.filter(pk__in=keys).values_list("pk", flat=True)
    return {pk: reverse("admin:guides_release_change", args=[pk]) for pk in present}
