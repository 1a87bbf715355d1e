"""The register of sources: where each is used, and what every change was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guides.dates import DateField
from guides.forms import ModelForm
from guides.models import Edition, Source, SourceChange, User
from guides.publishing.files import digest_of
from guides.publishing.sources import (
    add_source,
    change_source,
    remove_source,
    source_facts,
)
from guides.templatetags.reading import language_name
from guides.usage import uses_of_source


def times_cited() -> Counter[str]:
    """How many live editions cite each source. One query."""
    lists: Iterable[list[dict[str, str]]] = Edition.objects.live().values_list("cited", flat=True)
    return Counter(line["key"] for cited in lists for line in cited)


def title_field(code: str) -> str:
    return f"title_{code}"


TitleFields = DeclarativeFieldsMetaclass(
    "TitleFields",
    (),
    {
        title_field(code): forms.CharField(max_length=300, required=False)
        for code, _name in settings.LANGUAGES
    },
)


class SourceForm(TitleFields, ModelForm):
    """Titles language by language, and the state of the row that the form was made from."""

    seen_on = DateField(label=_("Seen on"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    #: Who fills it in.
    person: User

    class Meta:
        model = Source
        fields = [
            "key", "language", "publisher", "address", "archived_address", "version", "grade",
            "seen_on", "seen_as",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = digest_of(source_facts(self.instance))
        for code, _name in settings.LANGUAGES:
            label = gettext("Title, %(language)s") % {"language": language_name(code)}
            self.fields[title_field(code)].label = label
            self.initial[title_field(code)] = self.instance.titles.get(code, "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        titles = {code: given.get(title_field(code), "") for code, _name in settings.LANGUAGES}
        if not any(titles.values()):
            self.add_error(title_field(settings.LANGUAGE_CODE), _("Give it a title."))
        self.instance.titles = {code: title for code, title in titles.items() if title}
        if self.instance.pk:
            self.compare_with_register(given)
        self.look_for_others(self.instance.key or given.get("key", ""))
        return given

    def look_for_others(self, key: str) -> None:
        """One change of a source waits at a time, and one's own gives way to the next."""
        others = SourceChange.objects.filter(key=key, state=SourceChange.State.WAITING)
        if others.exclude(proposed_by=self.person).exists():
            raise ValidationError(
                _(
                    "A change of this source is waiting already. What you typed is still here; "
                    "save it again once that one is decided."
                ),
                code="waiting",
            )

    def compare_with_register(self, given: dict[str, Any]) -> None:
        """Refuse once where somebody was quicker, with what stands there now beside each field.

        Saving again takes the page as it was then sent.
        """
        now = Source.objects.get(pk=self.instance.pk)
        digest = digest_of(source_facts(now))
        if given.get("seen") == digest:
            return
        shown = SourceForm(instance=now)
        for name in [name for name in given if name not in ("seen", "key")]:
            value = shown.initial.get(name)
            if (given[name] or "") != (value or ""):
                words = _("In the register it is now: %(value)s")
                self.add_error(name, words % {"value": in_register(shown, name) or "–"})
        self.show_instead(self["seen"].html_name, digest)
        raise ValidationError(
            _(
                "Somebody changed this source while you were writing. What you typed is still "
                "here, and beside it what is in the register now. Saving again keeps this page."
            ),
            code="stale",
        )


def in_register(form: SourceForm, name: str) -> str:
    """A field of the register as the page would show it."""
    value = form.initial.get(name)
    return str(dict(getattr(form.fields[name], "choices", ())).get(value, value or ""))


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    form = SourceForm
    list_display = ["key", "title", "publisher", "grade", "seen", "used"]
    list_filter = ["grade", "seen_as"]
    search_fields = ["key", "titles", "publisher", "address"]
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        titles = [title_field(code) for code, _name in settings.LANGUAGES]
        where = ["language", "publisher", "version", "address", "archived_address"]
        seen = ["grade", "seen_on", "seen_as", "seen"]
        fieldsets = [
            (None, {"fields": ["key", *titles]}),
            (_("Where it is"), {"fields": where}),
            (_("How good it is"), {"fields": seen}),
        ]
        if obj:
            fieldsets.append((_("Where it is used"), {"fields": ["where_used"]}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        # Texts cite it by its key.
        return ["key", "where_used"] if obj else []

    @admin.display(description=_("title"))
    def title(self, source: Source) -> str:
        return source.title_in(get_language() or settings.LANGUAGE_CODE)

    @admin.display(description=_("seen on"), ordering="seen_on")
    def seen(self, source: Source) -> str:
        return source.seen_on.isoformat() if source.seen_on else "–"

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        counted = times_cited()

        @admin.display(description=_("cited by"))
        def used(source: Source) -> int:
            return counted[source.key]

        return [*self.list_display[:-1], used]

    @admin.display(description=_("cited by"))
    def used(self, source: Source) -> int:
        return times_cited()[source.key]

    @admin.display(description=_("editions"))
    def where_used(self, source: Source) -> SafeString | str:
        mentions = uses_of_source(source)
        if not mentions:
            return gettext("Nothing cites it.")
        return render_to_string("admin/guides/guide/_mentions.html", {"mentions": mentions})

    # Proposing is a right of its own: what is proposed waits for somebody who reviews.

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or may_propose(request)

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return super().has_change_permission(request, obj) or may_propose(request)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Not while a text cites it: its letter would lead nowhere."""
        may = super().has_delete_permission(request, obj) or may_propose(request)
        return may and (obj is None or not uses_of_source(obj))

    def get_form(
        self, request: HttpRequest, obj: Source | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.person = request.user
        return form

    def save_model(self, request: HttpRequest, source: Source, form: Any, change: bool) -> None:
        act = change_source if change else add_source
        made = act(key=source.key, facts=source_facts(source), by=request.user)
        request.source_change = made  # type: ignore[attr-defined]  # for the answer below
        if not change and made is not None and made.state == SourceChange.State.APPLIED:
            source.pk = Source.objects.get(key=source.key).pk

    def delete_model(self, request: HttpRequest, source: Source) -> None:
        made = remove_source(source=source, by=request.user)
        request.source_change = made  # type: ignore[attr-defined]

    def log_addition(self, request: HttpRequest, obj: Source, message: Any) -> Any:
        """What is only proposed has no row yet."""
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_add(
        self, request: HttpRequest, obj: Source, post_url_continue: str | None = None
    ) -> HttpResponse:
        return waiting(request) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Source) -> HttpResponse:
        return waiting(request) or super().response_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        return waiting(request) or super().response_delete(request, obj_display, obj_id)


def may_propose(request: HttpRequest) -> bool:
    return request.user.has_perm("guides.add_sourcechange")


def waiting(request: HttpRequest) -> HttpResponse | None:
    """Where what was sent only waits, its page, which says so."""
    change: SourceChange | None = getattr(request, "source_change", None)
    if change is None or change.state != SourceChange.State.WAITING:
        return None
    messages.success(
        request, _("Proposed. The register stays as it is until somebody else has agreed.")
    )
    return redirect("admin:guides_sourcechange_change", change.pk)
