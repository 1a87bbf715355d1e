"""What happened, to be read: who did what, and which text was live from when to when."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guides.dates import DateField
from guides.events import language_called, sentence
from guides.models import (
    Edition,
    EditorialEvent,
    Feedback,
    OldSlug,
    Publication,
    SearchMiss,
    Source,
    User,
)
from guides.publishing.postponing import handle_feedback
from guides.templatetags.reading import language_name

from .event_lines import lines, titled

#: Lines of the register on one page.
A_PAGE = 50
#: Who did it, where it was the release.
NOBODY = "release"


class LanguageFilter(admin.SimpleListFilter):
    """Languages under their own names; `field` leads to the column."""

    title = _("language")
    parameter_name = "language"
    field = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, language_name(code)) for code, _name in settings.LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


class EditionLanguageFilter(LanguageFilter):
    field = "edition__language"


class ReadOnly(admin.ModelAdmin):
    """History is added to by the writes themselves, never here."""

    actions = None
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EventsForm(forms.Form):
    """What the register is narrowed down to; everything may stay empty."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    about = forms.CharField(
        label=_("About"),
        max_length=80,
        required=False,
        help_text=_("Part of a title, an address or a key."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        everyone = User.objects.filter(pk__in=EditorialEvent.objects.values("by"))
        people = list(everyone.order_by("email").values_list("pk", "email"))
        self.fields["who"].choices = [("", _("All")), (NOBODY, _("the release")), *people]
        kinds = sorted(EditorialEvent.Kind.choices, key=lambda kind: str(kind[1]))
        self.fields["kind"].choices = [("", _("All")), *kinds]
        languages = [(code, language_called(code)) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [("", _("All")), *languages]

    def narrowed(self) -> QuerySet[EditorialEvent]:
        """The events that were asked for; a field that cannot be read narrows nothing."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        events = EditorialEvent.objects.select_related("by")
        if who := asked.get("who"):
            events = events.filter(by=None if who == NOBODY else who)
        for name in ("kind", "language"):
            if name in asked:
                events = events.filter(**{name: asked[name]})
        if about := asked.get("about"):
            events = events.filter(Q(about__icontains=about) | Q(about__in=called_like(about)))
        if since := asked.get("since"):
            events = events.filter(at__gte=begin_of(since))
        if until := asked.get("until"):
            events = events.filter(at__lt=begin_of(until + datetime.timedelta(days=1)))
        return events


def begin_of(day: datetime.date) -> datetime.datetime:
    """Midnight, where the reader is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def called_like(words: str) -> set[str]:
    """The addresses, present and former, of guides and the keys of sources with such a title or
    address. Three queries."""
    titled = Edition.objects.filter(
        Q(latest__title__icontains=words) | Q(guide__slug__icontains=words)
    )
    slugs = set(titled.values_list("guide__slug", flat=True))
    slugs |= set(OldSlug.objects.filter(guide__slug__in=slugs).values_list("slug", flat=True))
    folded = words.casefold()
    return slugs | {
        key
        for key, titles in Source.objects.values_list("key", "titles")
        if any(folded in title.casefold() for title in titles.values())
    }


@admin.register(EditorialEvent)
class EditorialEventAdmin(ReadOnly):
    """The register is a list of sentences, which a page of one adds what was kept with it to."""

    fields = ["when", "who", "told", "kept"]
    readonly_fields = fields

    @method_decorator(require_safe)
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = EventsForm(request.GET)
        page = Paginator(form.narrowed(), A_PAGE).get_page(request.GET.get("page"))
        asked = request.GET.copy()
        asked.pop("page", None)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": gettext("Who did what"),
            "form": form,
            "page": page,
            "lines": lines(page.object_list, reader=request.user),
            "is_narrowed": any(asked.values()),
            "asked": asked.urlencode(),
        }
        return render(request, "admin/guides/editorialevent/events.html", context)

    @admin.display(description=_("when"), ordering="at")
    def when(self, event: EditorialEvent) -> str:
        return minute(event.at)

    @admin.display(description=_("who"), ordering="by")
    def who(self, event: EditorialEvent) -> str:
        return event.by.email if event.by else gettext("the release")

    @admin.display(description=_("what"))
    def told(self, event: EditorialEvent) -> str:
        about = titled([event])(event).title
        return sentence(event.kind, event.details, about=about, language=event.language)

    @admin.display(description=_("details"))
    def kept(self, event: EditorialEvent) -> SafeString | str:
        """What it was and what it became, or whatever was written down."""
        if not event.details:
            return "–"
        text = json.dumps(event.details, ensure_ascii=False, indent=2)
        return format_html('<pre class="desk-plain">{}</pre>', text)


@admin.register(Publication)
class PublicationAdmin(ReadOnly):
    list_display = ["title", "in_language", "number", "since", "who", "until", "withdrawn_because"]
    list_filter = [EditionLanguageFilter]
    list_select_related = ["edition", "revision", "published_by"]
    search_fields = ["edition__guide__slug", "revision__title"]
    fields = list_display
    readonly_fields = list_display

    @admin.display(description=_("title"), ordering="revision__title")
    def title(self, publication: Publication) -> str:
        return publication.revision.title

    @admin.display(description=_("language"), ordering="edition__language")
    def in_language(self, publication: Publication) -> str:
        return language_name(publication.edition.language)

    @admin.display(description=_("revision"), ordering="revision__number")
    def number(self, publication: Publication) -> int:
        return publication.revision.number

    @admin.display(description=_("live from"), ordering="published_at")
    def since(self, publication: Publication) -> str:
        return minute(publication.published_at)

    @admin.display(description=_("published by"), ordering="published_by")
    def who(self, publication: Publication) -> str:
        return (
            publication.published_by.email if publication.published_by else gettext("the release")
        )

    @admin.display(description=_("live to"), ordering="ended_at")
    def until(self, publication: Publication) -> str:
        return minute(publication.ended_at) if publication.ended_at else "–"


@admin.register(Feedback)
class FeedbackAdmin(ReadOnly):
    """What readers said, of whom nothing is known; that it was seen to is all one can write."""

    actions = ["handle"]
    list_display = ["given_on", "guide", "in_language", "part", "was_useful", "sentence", "handled"]
    list_filter = [EditionLanguageFilter, "was_useful", ("handled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["edition__guide"]
    search_fields = ["edition__guide__slug", "sentence"]
    fields = list_display
    readonly_fields = list_display

    @admin.display(description=_("guide"), ordering="edition__guide__slug")
    def guide(self, feedback: Feedback) -> str:
        return feedback.edition.guide.slug

    @admin.display(description=_("language"), ordering="edition__language")
    def in_language(self, feedback: Feedback) -> str:
        return language_name(feedback.edition.language)

    @admin.display(description=_("handled at"), ordering="handled_at")
    def handled(self, feedback: Feedback) -> str:
        return minute(feedback.handled_at) if feedback.handled_at else "–"

    def has_handle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("guides.change_feedback")

    @admin.action(description=_("Mark as handled"), permissions=["handle"])
    def handle(self, request: HttpRequest, chosen: QuerySet[Feedback]) -> None:
        # As on the board: the register says who did it.
        waiting = chosen.filter(handled_at=None).select_related("edition__guide").order_by("-pk")
        count = sum(handle_feedback(newest=said, by=request.user) for said in waiting)
        words = ngettext(
            "%(count)d was marked as handled.", "%(count)d were marked as handled.", count
        )
        self.message_user(request, words % {"count": count})


@admin.register(SearchMiss)
class SearchMissAdmin(ReadOnly):
    list_display = ["query", "in_language", "day", "times"]
    list_filter = [LanguageFilter]
    search_fields = ["query"]
    fields = list_display
    readonly_fields = list_display

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, miss: SearchMiss) -> str:
        return language_name(miss.language)


def minute(moment: datetime.datetime) -> str:
    """2026-11-24 09:30, where the site is."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
