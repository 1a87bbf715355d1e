"""The register of pictures: sending one in, what is kept with it, and where it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guides.children import FileRefused
from guides.dates import DateField
from guides.forms import ModelForm
from guides.models import Picture, User
from guides.pictures import making
from guides.pictures.refusals import message
from guides.publishing import NotAllowed
from guides.publishing.files import digest_of
from guides.publishing.pictures import (
    add_picture,
    change_picture,
    facts_of,
    refuse_live_day,
    remove_picture,
    same_picture,
)
from guides.rendering.parts import WITHOUT_WORDS
from guides.templatetags.reading import language_name
from guides.usage import Mention, uses_of_picture, uses_of_pictures

#: Signs that a line of a text would take for marks.
MARKS = re.compile(r"[\[\]{}*`<>|｜\\]")
ALT_LENGTH = 300


def alt_field(code: str) -> str:
    return f"alt_{code}"


AltFields = DeclarativeFieldsMetaclass(
    "AltFields",
    (),
    {alt_field(code): forms.CharField(max_length=ALT_LENGTH) for code, _name in settings.LANGUAGES},
)


class PictureForm(AltFields, ModelForm):
    """What is kept with a picture, and the state of the row that the form was made from."""

    taken_on = DateField(label=_("Taken on"), help_text=_("Readers see how old it is."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    #: Who fills it in.
    person: User

    class Meta:
        model = Picture
        fields = ["taken_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = digest_of(facts_of(self.instance)) if self.is_kept else ""
        for code, _name in settings.LANGUAGES:
            field = self.fields[alt_field(code)]
            field.label = gettext("What it shows, %(language)s") % {"language": language_name(code)}
            field.help_text = gettext("Name the button and where it is.")
            field.error_messages["required"] = WITHOUT_WORDS.get(code, WITHOUT_WORDS[""])
            field.widget.attrs["lang"] = code
            self.initial[alt_field(code)] = self.instance.alt.get(code, "")

    @property
    def is_kept(self) -> bool:
        return not self.instance._state.adding

    def clean_taken_on(self) -> Any:
        day = self.cleaned_data["taken_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet. When was the picture taken?"))
        if self.is_kept and day != self.initial["taken_on"]:
            try:
                refuse_live_day(self.instance, self.person)
            except NotAllowed as why:
                raise ValidationError(str(why), code="live") from None
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for code, _name in settings.LANGUAGES:
            if found := MARKS.search(given.get(alt_field(code), "")):
                words = _("These are plain words, without the sign %(sign)s.")
                self.add_error(alt_field(code), words % {"sign": found[0]})
        if self.is_kept:
            self.compare_with_register(given)
        return given

    def alt(self) -> dict[str, str]:
        given = self.cleaned_data
        return {code: given.get(alt_field(code), "") for code, _name in settings.LANGUAGES}

    def compare_with_register(self, given: dict[str, Any]) -> None:
        """Refuse once where somebody was quicker, with what stands there now beside each field."""
        now = facts_of(Picture.objects.get(pk=self.instance.pk))
        digest = digest_of(now)
        if given.get("seen") == digest:
            return
        shown = {alt_field(code): words for code, words in now["alt"].items()}
        for name, value in (shown | {"taken_on": now["taken_on"]}).items():
            if name in given and str(given[name]) != value:
                words = gettext("In the register it is now: %(value)s") % {"value": value or "–"}
                self.add_error(name, words)
        self.show_instead(self["seen"].html_name, digest)
        raise ValidationError(
            _(
                "Somebody changed this picture while you were writing. What you typed is still "
                "here, and beside it what is in the register now. Saving again keeps this page."
            ),
            code="stale",
        )


class AddPictureForm(PictureForm):
    """A file besides. What came of it is `made`."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PNG, JPG, GIF or WebP. It is made again here: at most 1600 pixels wide, and without "
            "what the file says about place, time and device."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
    )
    key = forms.SlugField(
        label=_("Key"),
        max_length=60,
        required=False,
        help_text=_(
            "What texts call it: small letters, digits and hyphens, for good. Left empty, it is "
            "made from the name of the file."
        ),
    )
    made: making.Made

    class Meta(PictureForm.Meta):
        fields = ["key", "taken_on"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.made = making.make_again(file.chunks(), file.size)
        except FileRefused as refusal:
            raise ValidationError(message(refusal), code=refusal.code) from None
        if same := same_picture(self.made):
            raise ValidationError(
                format_html(
                    '{} <a href="{}">{}</a>',
                    gettext("This picture is already here:"),
                    reverse("admin:guides_picture_change", args=[same.pk]),
                    same.key,
                ),
                code="same",
            )
        return file

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].lower()
        if "_" in key:
            raise ValidationError(_("A key has small letters, digits and hyphens."))
        return key

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        file = given.get("file")
        if file is not None and "key" in given and not given["key"]:
            given["key"] = slugify(PurePath(file.name).stem).replace("_", "-")[:60].strip("-")
            if not given["key"]:
                words = _("Give it a key; none can be made from the name of the file.")
                self.add_error("key", words)
        if given.get("key") and Picture.objects.filter(key=given["key"]).exists():
            words = _("There is another picture called %(key)s. Choose another key.")
            self.add_error("key", words % {"key": given["key"]})
        if file is not None and self.errors:
            words = _("The file is in order; browsers forget it, so choose it once more.")
            self.add_error("file", words)
        return given


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "key", "words", "measure", "taken", "shown"]
    list_display_links = ["thumbnail", "key"]
    search_fields = ["key", *(f"alt__{code}" for code, _name in settings.LANGUAGES)]
    search_help_text = _("Key or what it shows")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    actions = None
    view_on_site = False

    class Media:
        css = {"all": ["css/desk-pictures.css"]}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = PictureForm if obj else AddPictureForm
        form = super().get_form(request, obj, change, **kwargs)
        form.person = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        alts = [alt_field(code) for code, _name in settings.LANGUAGES]
        if obj is None:
            return [(None, {"fields": ["file", "key", *alts, "taken_on"]})]
        kept = [*alts, "taken_on", "seen"]
        if not self.has_change_permission(request, obj):
            kept = ["words", "taken"]
        return [
            (None, {"fields": ["whole", "line"]}),
            (_("What is kept with it"), {"fields": kept}),
            (_("Where it is shown"), {"fields": ["where_shown"]}),
            (_("The file"), {"fields": ["key", "measure", "came"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Picture | None = None) -> list[str]:
        # Texts show it by its key.
        shown = ["whole", "line", "where_shown", "key", "measure", "came", "words", "taken"]
        return shown if obj else []

    # --- What is seen of one ---------------------------------------------------------------

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        return drawn(picture, "desk-thumbnail")

    @admin.display(description=_("picture"))
    def whole(self, picture: Picture) -> SafeString:
        address = picture.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, drawn(picture, "desk-picture"))

    @admin.display(description=_("in a text"))
    def line(self, picture: Picture) -> SafeString:
        lines = [(line_of(picture, code),) for code, _name in settings.LANGUAGES]
        return format_html_join("", '<code class="desk-line">{}</code>', lines)

    @admin.display(description=_("alternative text"))
    def words(self, picture: Picture) -> str:
        return alt_of(picture)

    @admin.display(description=_("size"), ordering="size")
    def measure(self, picture: Picture) -> str:
        kind = picture.media_type.rpartition("/")[2].upper()
        sides = f"{picture.width} × {picture.height}"
        return f"{sides} · {kind} · {filesizeformat(picture.size)}"

    @admin.display(description=_("taken on"), ordering="taken_on")
    def taken(self, picture: Picture) -> str:
        return picture.taken_on.isoformat()

    @admin.display(description=_("added"))
    def came(self, picture: Picture) -> str:
        day = timezone.localtime(picture.made_at).date().isoformat()
        return f"{picture.made_by.email} · {day}" if picture.made_by else day

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        found = uses_of_pictures()

        @admin.display(description=_("shown in"))
        def shown(picture: Picture) -> str:
            return counted(found.get(picture.key, ()))

        return [*self.list_display[:-1], shown]

    @admin.display(description=_("shown in"))
    def shown(self, picture: Picture) -> str:
        return counted(uses_of_picture(picture.key))

    @admin.display(description=_("texts"))
    def where_shown(self, picture: Picture) -> SafeString | str:
        mentions = uses_of_picture(picture.key)
        if not mentions:
            return gettext("No text shows it.")
        return render_to_string("admin/guides/guide/_mentions.html", {"mentions": mentions})

    # --- What is done with one -------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        """Not while a text shows it: its place would be empty."""
        return super().has_delete_permission(request, obj) and (
            obj is None or not uses_of_picture(obj.key)
        )

    def save_model(self, request: HttpRequest, picture: Picture, form: Any, change: bool) -> None:
        given = {"alt": form.alt(), "taken_on": form.cleaned_data["taken_on"], "by": request.user}
        if change:
            for refusal in change_picture(picture=picture, **given):
                messages.warning(request, str(refusal))
        else:
            added = add_picture(key=form.cleaned_data["key"], made=form.made, **given)
            picture.pk, picture.alt = added.pk, added.alt

    def response_add(
        self, request: HttpRequest, obj: Picture, post_url_continue: str | None = None
    ) -> HttpResponse:
        """To its page, with the line that a text shows it by."""
        messages.success(
            request,
            gettext("%(key)s is here. A text shows it by a line of its own: %(line)s")
            % {"key": obj.key, "line": line_of(obj, get_language() or settings.LANGUAGE_CODE)},
        )
        if "_addanother" in request.POST:
            return redirect("admin:guides_picture_add")
        return redirect("admin:guides_picture_change", obj.pk)

    def delete_model(self, request: HttpRequest, picture: Picture) -> None:
        try:
            remove_picture(picture=picture, by=request.user)
        except NotAllowed as why:  # a text came to show it meanwhile
            raise PermissionDenied(str(why)) from None


def alt_of(picture: Picture) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    return picture.alt.get(language) or next(iter(picture.alt.values()), "")


def line_of(picture: Picture, language: str) -> str:
    return f"![[{picture.key}|{picture.alt.get(language, '')}]]"


def drawn(picture: Picture, style: str) -> SafeString:
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        style,
        picture.get_absolute_url(),
        alt_of(picture),
        picture.width,
        picture.height,
    )


def counted(found: Sequence[Mention]) -> str:
    count = len(found)
    words = ngettext("%(count)d text", "%(count)d texts", count)
    return words % {"count": count} if count else "–"
