"""The register of sources: where each is used, and what every change was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guides.dates import DateField
from guides.forms import ModelForm
from guides.models import Edition, EditorialEvent, PageStamp, Source
from guides.publishing import render_again
from guides.publishing.bundle import digest_of, source_facts
from guides.templatetags.reading import language_name


def citing(key: str) -> list[Edition]:
    """Editions whose live text or newest draft cites the source."""
    return [
        edition
        for edition in Edition.objects.select_related("guide", "live__revision", "latest")
        if key in {line["key"] for line in edition.cited}
        or (edition.latest is not None and f"[@{key}" in edition.latest.body)
    ]


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
        return given

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
        rows = [
            (
                reverse("admin:guides_guide_change", args=[edition.guide_id]),
                (edition.live.revision if edition.live else edition.latest).title,
                language_name(edition.language),
            )
            for edition in citing(source.key)
        ]
        if not rows:
            return gettext("Nothing cites it.")
        return format_html(
            '<ul class="desk-used">{}</ul>',
            format_html_join("", '<li><a href="{}">{}</a> ({})</li>', rows),
        )

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Not while a text cites it: its letter would lead nowhere."""
        return super().has_delete_permission(request, obj) and (obj is None or not citing(obj.key))

    def save_model(self, request: HttpRequest, source: Source, form: Any, change: bool) -> None:
        with transaction.atomic():
            before = source_facts(Source.objects.get(pk=source.pk)) if change else None
            source.save()
            record(request, source.key, before, source_facts(source))
            if before and before["grade"] != source.grade:
                self.show_grade(request, source)
            PageStamp.objects.rise()

    def show_grade(self, request: HttpRequest, source: Source) -> None:
        """Texts say how good their sources are: those that cite this one are made again."""
        live = [edition for edition in citing(source.key) if edition.live]
        for refusal in render_again(live):
            messages.warning(request, str(refusal))

    def delete_model(self, request: HttpRequest, source: Source) -> None:
        with transaction.atomic():
            record(request, source.key, source_facts(source), None)
            source.delete()
            PageStamp.objects.rise()


def record(request: HttpRequest, key: str, before: Any, after: Any) -> None:
    """One event with what it was and what it is now; none where nothing changed."""
    if before == after:
        return
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.SOURCE_CHANGED,
        about=key,
        by=request.user,
        details={"before": before, "after": after},
    )
