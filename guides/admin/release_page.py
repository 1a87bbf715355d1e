"""One release on the desk: what it holds, what stands in its way, and its time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guides.dates import DateField, plain
from guides.forms import Form
from guides.models import Edition, Guide, Release, ReleaseItem, Revision, User
from guides.moments import NoSuchTime, all_zones, moment, told, zone_of
from guides.publishing import Refusal, releases
from guides.templatetags.reading import language_name
from guides.time_zones import TIME_ZONES

from .page import Page

#: Drafts that are offered at once; the others are found by a word.
MOST_DRAFTS = 60
#: Fields of a text that stand on its guide's page with the facts of the guide.
OF_FACTS = {"checked_on", "review_by", "reference", "successor", "related"}


class ClockField(forms.TimeField):
    """A time of day to the minute, in full-width digits too."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, str):
            value = plain(value)
        found: datetime.time | None = super().to_python(value)
        return found


def zone_choices() -> list[tuple[Any, Any]]:
    """Those in words first, then every zone that there is."""
    others = sorted(all_zones() - dict(TIME_ZONES).keys())
    return [
        (gettext("Often used"), list(TIME_ZONES)),
        (gettext("All others"), [(name, name.replace("_", " ")) for name in others]),
    ]


class NameForm(Form):
    marks_optional = False

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("For editors only, such as what it is about."),
    )


class TimeForm(Form):
    marks_optional = False

    day = DateField(label=_("Day"))
    time = ClockField(label=_("Time"))
    zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()
        self.comes_twice = False

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.keys() >= {"day", "time", "zone"}:
            return
        try:
            found = moment(given["day"], given["time"], given["zone"])
        except NoSuchTime:
            words = gettext(
                "On this day there is no %(time)s there: the clocks are put forward over it. "
                "Choose an earlier or a later time."
            )
            self.add_error("time", words % {"time": f"{given['time']:%H:%M}"})
            return
        self.comes_twice = found.comes_twice
        given["at"] = found.at


@dataclass
class Item:
    """A line of a release, with what was said against it."""

    revision: Revision
    waits: str = ""
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        return self.revision.edition

    @property
    def language(self) -> str:
        return language_name(self.edition.language)

    @property
    def newer(self) -> int | None:
        """The number of a newer draft, which did not slip in."""
        latest = self.edition.latest
        return latest.number if latest and latest.number > self.revision.number else None

    @property
    def live(self) -> int | None:
        return self.edition.live.revision.number if self.edition.live else None

    @property
    def compared(self) -> str:
        """Where it is beside what readers get; empty where that is nothing, or the same."""
        if self.live in (None, self.revision.number):
            return ""
        pair = sorted([self.live or 0, self.revision.number])
        where = [self.edition.guide_id, self.edition.language, *pair]
        return reverse("admin:guides_guide_compare", args=where)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the summary: where it leads, and the words."""

    address: str
    words: str


class ReleasePage:
    """What the page of a release shows, before or after something was sent from it."""

    def __init__(self, release: Release, person: User, sent: QueryDict | None = None) -> None:
        self.release, self.person, self.sent = release, person, sent
        self.wrong: list[Wrong] = []
        self.items = [Item(one.revision) for one in releases.items_of(release)]
        self.ticked = set(sent.getlist("add")) if sent is not None else set()
        data = sent if sent is not None and "name" in sent else None
        self.name = NameForm(data, initial={"name": release.name})
        self.time = TimeForm(None, initial=self.time_shown())
        self._say_who_waits()

    def _say_who_waits(self) -> None:
        rows = [ReleaseItem(edition=one.edition, revision=one.revision) for one in self.items]
        waiting = {
            (one.slug, one.language): str(one.message)
            for one in releases.waiting_elsewhere(self.release, rows)
        }
        for item in self.items:
            item.waits = waiting.get((item.edition.guide.slug, item.edition.language), "")

    def time_shown(self) -> dict[str, Any]:
        """Its time where it was given, or was to be; else where the editor is."""
        release = self.release
        if not release.publish_at:
            return {"zone": self.person.time_zone}
        there = release.publish_at.astimezone(zone_of(release.zone))
        return {"day": there.date(), "time": there.time(), "zone": release.zone}

    def bind_time(self) -> None:
        """Read the time that was sent, or show it as it was typed."""
        self.time = TimeForm(self.sent)

    def keep_time(self, given: QueryDict) -> None:
        """Show what was typed before another button was pressed."""
        typed = {name: given[name] for name in ("day", "time", "zone") if given.get(name)}
        self.time = TimeForm(None, initial=self.time_shown() | typed)

    def typed_time(self) -> str:
        """What was typed, as a query, so that another button does not lose it."""
        sent = self.sent or QueryDict()
        shown = TimeForm(None, initial=self.time_shown())
        typed = {name: sent.get(name, "") for name in ("day", "time", "zone")}
        was = {name: shown[name].value() or "" for name in typed}
        is_new = any(typed[name] and typed[name] != as_typed(was[name]) for name in typed)
        return "?" + urlencode(typed) if is_new else ""

    @property
    def is_open(self) -> bool:
        return self.release.state == Release.State.OPEN

    @property
    def is_scheduled(self) -> bool:
        return self.release.state == Release.State.SCHEDULED

    @property
    def is_over(self) -> bool:
        return not (self.is_open or self.is_scheduled)

    @property
    def seen(self) -> str:
        return ",".join(str(one.revision.pk) for one in self.items)

    @property
    def when(self) -> str:
        return releases.when(self.release)

    @property
    def own_time(self) -> str:
        return own_time(self.release, self.person)

    def drafts(self, word: str) -> tuple[list[Edition], bool]:
        """Drafts that could be added, newest first, and whether there are more. One query."""
        held = [one.edition.pk for one in self.items]
        found = list(with_draft(word).exclude(pk__in=held)[: MOST_DRAFTS + 1])
        return found[:MOST_DRAFTS], len(found) > MOST_DRAFTS

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Each in the summary with its place, and beside the text that it is about."""
        for refusal, item, wrong in said(refusals, self.items):
            self.wrong.append(wrong)
            if item is not None:
                item.wrong.append(Wrong(wrong.address, about(refusal)))
            if refusal.field == "time" and self.time.is_bound:
                self.time.add_error("time", str(refusal.message))

    def refuse_form(self, form: Form) -> None:
        for name, errors in form.errors.items():
            label = form.fields[name].label
            for error in errors:
                words = gettext("%(field)s: %(message)s") % {"field": label, "message": error}
                self.wrong.append(Wrong(f"#{form[name].id_for_label}", words))

    def kept(self) -> list[Wrong]:
        """What stood in the way at its time."""
        refusals = map(refusal_of, self.release.refusals)
        return [wrong for _refusal, _item, wrong in said(refusals, self.items)]


def as_typed(value: Any) -> str:
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def own_time(release: Release, person: User) -> str:
    """The same moment where the reader is; empty where clocks show the same there."""
    if release.publish_at is None:
        return ""
    there = release.publish_at.astimezone(zone_of(release.zone))
    here = release.publish_at.astimezone(zone_of(person.time_zone))
    return "" if there.utcoffset() == here.utcoffset() else told(here, person.time_zone)


def with_draft(word: str = "") -> QuerySet[Edition]:
    """Editions whose newest text readers do not get, the one written last first."""
    unpublished = Q(live__isnull=True) | ~Q(live__revision=F("latest"))
    found = Edition.objects.filter(unpublished, latest__isnull=False)
    if word:
        found = found.filter(Q(latest__title__icontains=word) | Q(guide__slug__icontains=word))
    return (
        found.select_related("guide", "latest", "live__revision")
        .defer("parts", "plain", "folded", "latest__body", "live__revision__body")
        .order_by("-latest__made_at", "-latest__pk")
    )


def titles_of(slugs: set[str]) -> dict[str, tuple[int, str]]:
    """Key and title of these guides by slug, in the editor's language if there is one. One query."""
    rows = Edition.objects.filter(guide__slug__in=slugs).values_list(
        "guide__slug", "guide", "language", "latest__title"
    )
    found: dict[str, tuple[int, str]] = {}
    for slug, pk, language, title in rows.order_by("language"):
        if slug not in found or language == get_language():
            found[slug] = (pk, title or slug)
    return found


def said(
    refusals: Iterable[Refusal], items: Iterable[Item] = ()
) -> list[tuple[Refusal, Item | None, Wrong]]:
    """Each refusal in words with its place, and the line of the release that it is about."""
    refusals = list(refusals)
    titles = titles_of({one.slug for one in refusals if one.slug})
    by_place = {(one.edition.guide.slug, one.edition.language): one for one in items}
    found = []
    for refusal in refusals:
        item = by_place.get((refusal.slug, refusal.language))
        wrong = Wrong(place_of(refusal, item, titles), in_words(refusal, titles))
        found.append((refusal, item, wrong))
    return found


def place_of(refusal: Refusal, item: Item | None, titles: dict[str, tuple[int, str]]) -> str:
    """Where it is mended: a line of this page, or the field on the page of its guide."""
    if refusal.field == "time":
        return "#id_time"
    if item is not None and refusal.field == "items":
        return f"#item-{item.edition.pk}"
    if refusal.slug not in titles:
        return "#items"
    return on_its_page(refusal, titles[refusal.slug][0], is_newest=item is None or not item.newer)


def on_its_page(refusal: Refusal, pk: int, *, is_newest: bool) -> str:
    """The field on the page of the guide, which shows the newest draft: of a line the block that
    it stands in, or where the draft is another by now, the whole text."""
    page = reverse("admin:guides_guide_change", args=[pk])
    if refusal.field != "body":
        prefix = "facts" if refusal.field in OF_FACTS else refusal.language
        return f"{page}#id_{prefix}-{refusal.field}"
    if is_newest:
        shown = Page(Guide.objects.get(pk=pk))
        if cell := shown.cell_at(refusal.language, refusal.line):
            return f"{page}#{cell.id}"
    return f"{page}?whole=1#id_{refusal.language}-body"


def about(refusal: Refusal) -> str:
    if not refusal.line:
        return str(refusal.message)
    values = {"line": refusal.line, "message": refusal.message}
    return gettext("Line %(line)s: %(message)s") % values


def in_words(refusal: Refusal, titles: dict[str, tuple[int, str]]) -> str:
    if refusal.slug not in titles:
        return about(refusal)
    values = {
        "title": titles[refusal.slug][1],
        "language": language_name(refusal.language),
        "message": about(refusal),
    }
    return gettext("%(title)s, %(language)s: %(message)s") % values


def refusal_of(kept: dict[str, Any]) -> Refusal:
    """One that a release keeps, in the reader's language."""
    messages = kept["message"]
    words = messages.get(get_language()) or messages[settings.LANGUAGE_CODE]
    return Refusal(kept["language"], kept["field"], words, kept["line"], kept["code"], kept["slug"])


def newest_of(editions: Sequence[str]) -> list[Revision]:
    """The newest drafts of these editions, given by their keys as a form sends them."""
    keys = [int(key) for key in editions if key.isascii() and key.isdigit() and len(key) < 16]
    latest = with_draft().filter(pk__in=keys).order_by().values("latest")
    found = Revision.objects.filter(pk__in=latest).select_related("edition__guide")
    return list(found.order_by("edition__guide__position", "edition__guide", "edition__language"))


def to_release(release: Release, query: str = "") -> HttpResponse:
    return redirect(reverse("admin:guides_release_change", args=[release.pk]) + query)


def tell_time(request: HttpRequest, release: Release, time: TimeForm) -> None:
    values = {"name": release.name, "time": releases.when(release)}
    messages.success(request, gettext("“%(name)s” goes live: %(time)s.") % values)
    if time.comes_twice:
        words = gettext(
            "That hour comes twice there on that day, since the clocks are put back. The first "
            "of the two is meant."
        )
        messages.info(request, words)
