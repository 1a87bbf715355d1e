"""What happened, to be read: who did what, and which text was live from when to when."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guides.models import EditorialEvent, Publication
from guides.templatetags.reading import language_name


class ReadOnly(admin.ModelAdmin):
    """History is added to by the writes themselves, never here."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(EditorialEvent)
class EditorialEventAdmin(ReadOnly):
    list_display = ["at", "by", "kind", "about", "in_language"]
    list_filter = ["kind", "language"]
    list_select_related = ["by"]
    search_fields = ["about", "by__email"]
    fields = ["at", "by", "kind", "about", "in_language", "what"]
    readonly_fields = fields

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, event: EditorialEvent) -> str:
        return language_name(event.language) if event.language else "–"

    @admin.display(description=_("details"))
    def what(self, event: EditorialEvent) -> SafeString:
        text = json.dumps(event.details, ensure_ascii=False, indent=2)
        return format_html('<pre class="desk-plain">{}</pre>', text)


@admin.register(Publication)
class PublicationAdmin(ReadOnly):
    list_display = ["title", "in_language", "number", "published_at", "published_by", "ended_at",
                    "ended_by", "withdrawn_because"]  # fmt: skip
    list_filter = ["edition__language"]
    list_select_related = ["edition", "revision", "published_by", "ended_by"]
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
