"""What happened, to be read: who did what, and which text was live from when to when."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guides.models import EditorialEvent, Feedback, Publication, SearchMiss
from guides.templatetags.reading import language_name


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


@admin.register(EditorialEvent)
class EditorialEventAdmin(ReadOnly):
    list_display = ["when", "who", "kind", "about", "in_language"]
    list_filter = ["kind", LanguageFilter]
    list_select_related = ["by"]
    search_fields = ["about", "by__email"]
    fields = ["when", "who", "kind", "about", "in_language", "what"]
    readonly_fields = fields

    @admin.display(description=_("when"), ordering="at")
    def when(self, event: EditorialEvent) -> str:
        return minute(event.at)

    @admin.display(description=_("who"), ordering="by")
    def who(self, event: EditorialEvent) -> str:
        return event.by.email if event.by else gettext("the release")

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, event: EditorialEvent) -> str:
        return language_name(event.language) if event.language else "–"

    @admin.display(description=_("details"))
    def what(self, event: EditorialEvent) -> SafeString:
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
        count = chosen.filter(handled_at=None).update(handled_at=timezone.now())
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
