"""What every form of the site does: refuse secrets and invisible characters, speak plainly.

A refused field keeps what was typed on the page and nowhere else: messages name the kind of
what was found, never its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guides import credentials
from guides.credentials import Kind

# --- Secrets -------------------------------------------------------------------------------

#: What a person would call it, as it stands in "This looks like …".
KINDS: dict[Kind, Promise] = {
    Kind.AWS_KEY_PAIR: _("an access key with its secret key"),
    Kind.AWS_SECRET_KEY: _("a secret key"),
    Kind.MWS_TOKEN: _("an MWS authorization token"),
    Kind.LWA_SECRET: _("the client secret of an application"),
    Kind.LWA_REFRESH_TOKEN: _("a refresh token"),
    Kind.LWA_ACCESS_TOKEN: _("an access token"),
    Kind.PRIVATE_KEY: _("a private key"),
    Kind.JWT: _("a signed token"),
    Kind.PASSWORD: _("a password"),
    Kind.LABELLED_KEY: _("a secret key"),
}


def revoking() -> str:
    """Where the site explains how to take back what was given away."""
    return reverse("guides:guide-detail", args=["exposed"]) + "?step=revoke"


def with_link(words: str, **values: object) -> SafeString:
    """The words as HTML, with what stands between [ and ] leading to that guide."""
    before, link, after = re.split(r"[\[\]]", words % values, maxsplit=2)
    return format_html('{}<a href="{}">{}</a>{}', before, revoking(), link, after)


def say_secret(kind: Kind) -> SafeString:
    if kind in {Kind.AWS_SECRET_KEY, Kind.LABELLED_KEY}:
        return with_link(
            gettext(
                "This looks like a secret key, so it was not saved; your text is still on the "
                "page. Remove the key and save again. If anyone else has it, [revoke it first]."
            )
        )
    return with_link(
        gettext(
            "This looks like %(kind)s, so it was not saved; your text is still on the page. "
            "Remove it and save again. If anyone else has it, [revoke it first]."
        ),
        kind=KINDS[kind],
    )


def say_secret_name(kind: Kind) -> SafeString:
    return with_link(
        gettext(
            "The name of this file seems to contain %(kind)s, so the file was not stored. "
            "Rename it and choose it again. If anyone else has it, [revoke it first]."
        ),
        kind=KINDS[kind],
    )


secret_message = lazy(say_secret, SafeString)
secret_name_message = lazy(say_secret_name, SafeString)


def found_secret(text: str) -> Kind | None:
    """The kind of the first credential in the text."""
    found = credentials.find(text)
    return found[0].kind if found else None


# --- What cannot be seen -------------------------------------------------------------------

#: Control characters but tab and line ends, marks of direction, characters without width.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def say_unseen(count: int) -> str:
    return ngettext(
        "Not saved yet: the text had %(count)d character that cannot be seen, and it was taken "
        "out on this page. Look it over and save again.",
        "Not saved yet: the text had %(count)d characters that cannot be seen, and they were "
        "taken out on this page. Look it over and save again.",
        count,
    ) % {"count": count}


unseen_message = lazy(say_unseen, str)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


def files(value: Any) -> Iterator[UploadedFile]:
    if isinstance(value, UploadedFile):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from files(each)


def refusal_of(value: Any) -> ValidationError | None:
    """Why what was sent in one field is not taken, secrets before anything else."""
    for text in strings(value):
        if kind := found_secret(text):
            return ValidationError(secret_message(kind), code="secret")
    for file in files(value):
        name = file.name or ""
        # Without its ending too: behind a label, "….pdf" reads as the name of a file.
        if kind := found_secret(name) or found_secret(name.rpartition(".")[0]):
            return ValidationError(secret_name_message(kind), code="secret")
        if UNSEEN.search(name):
            words = _(
                "The name of this file has characters that cannot be seen, so the file was not "
                "stored. Rename it and choose it again."
            )
            return ValidationError(words, code="unseen")
    if count := sum(len(UNSEEN.findall(text)) for text in strings(value)):
        return ValidationError(unseen_message(count), code="unseen")
    return None


#: Characters of a field without a limit of its own: more than a guide may have.
ROOM = 70_000


def far_too_long(field: forms.Field, sent: Any) -> ValidationError | None:
    """Far more than fits is refused unread: of two million characters, reading takes minutes."""
    length = sum(map(len, strings(sent)))
    limit = getattr(field, "max_length", None)
    if length <= (max(2 * limit, 4_000) if limit else ROOM):
        return None
    values = {"show_value": length, "limit_value": limit or ROOM}
    return ValidationError(field.error_messages["max_length"], "max_length", values)


# --- Plain words ---------------------------------------------------------------------------

#: Said instead of Django's own messages; a message that a form gives itself stays.
WORDS: tuple[tuple[type[forms.Field], dict[str, Promise]], ...] = (
    (forms.EmailField, {"invalid": _("Write the address in full, such as name@example.com.")}),
    (forms.URLField, {"invalid": _("Write the address in full, such as https://example.com.")}),
    (
        forms.FileField,
        {
            "required": _("No file was chosen. Choose one and try again."),
            "invalid": _("No file arrived. Choose it again."),
            "missing": _("No file was chosen. Choose one and try again."),
            "empty": _("This file is empty. Download or scan it again."),
            "max_length": _("The name of this file is too long. Shorten it and choose it again."),
        },
    ),
    (forms.IntegerField, {"invalid": _("Write a whole number, in digits.")}),
    (forms.TimeField, {"invalid": _("Write the time like 22:59.")}),
    (forms.BooleanField, {"required": _("Tick this to go on.")}),
    (
        forms.MultipleChoiceField,
        {
            "required": _("Nothing is ticked yet. Tick at least one."),
            "invalid_choice": _("One of these can no longer be chosen. Look them over."),
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": _("Nothing is ticked yet. Tick at least one."),
            "invalid_choice": _("One of these can no longer be chosen. Look them over."),
            "invalid_pk_value": _("One of these can no longer be chosen. Look them over."),
        },
    ),
    (
        forms.ChoiceField,
        {
            "required": _("Nothing is chosen yet. Choose one."),
            "invalid_choice": _("This can no longer be chosen. Choose another."),
        },
    ),
    (
        forms.Field,
        {
            "required": _("This is still empty. Please fill it in."),
            "max_length": _(
                "This has %(show_value)d characters; there is room for %(limit_value)d. "
                "Please shorten it."
            ),
            "min_length": _(
                "This has %(show_value)d characters; it needs at least %(limit_value)d."
            ),
        },
    ),
)


def is_stock(field: forms.Field, code: str) -> bool:
    """Whether the message for that code is missing or one of Django's."""
    words = field.error_messages.get(code)
    return words is None or any(
        words is getattr(ancestor, "default_error_messages", {}).get(code)
        for ancestor in type(field).__mro__
        if ancestor.__module__.startswith("django.")
    )


def speak_plainly(field: forms.Field) -> None:
    for kind, messages in WORDS:
        if isinstance(field, kind):
            for code, words in messages.items():
                if is_stock(field, code):
                    field.error_messages[code] = words


# --- Forms ---------------------------------------------------------------------------------


class Careful:
    """What `Form` and `ModelForm` share."""

    #: Whether "optional" stands beside what may stay empty: not where nearly everything may.
    marks_optional: ClassVar[bool] = True
    #: Whether an error means that something was not saved.
    saves: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak_plainly(field)
            # A browser that knows the limit cuts what is pasted, and says nothing.
            field.widget.attrs.pop("maxlength", None)

    def refusal_in(self, bound: forms.BoundField) -> ValidationError | None:
        """Why what was sent in this field is not taken."""
        return refusal_of(bound.data)

    def put_below(self, name: str, html: SafeString) -> None:
        """Something under a field's control, such as the way to "I do not remember"."""
        self.fields[name].below = html

    def _clean_fields(self) -> None:
        refused: dict[str, ValidationError] = {}
        for name, bound in self._bound_items():
            if is_password(bound.field):
                continue
            sent = bound.data
            refusal = far_too_long(bound.field, sent) or self.refusal_in(bound)
            if refusal is None:
                continue
            refused[name] = refusal
            if refusal.code == "unseen" and isinstance(sent, str):
                self.show_instead(bound.html_name, UNSEEN.sub("", sent))
        super()._clean_fields()
        for name, refusal in refused.items():
            self._errors.pop(name, None)
            self.add_error(name, refusal)
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and not is_password(self.fields[name]):
                # Browsers end lines in two characters; a text is not changed by being sent.
                self.cleaned_data[name] = value.replace("\r\n", "\n")

    def show_instead(self, html_name: str, text: str) -> None:
        """The page shows this text in place of what was sent."""
        self.data = self.data.copy()
        self.data[html_name] = text


def is_password(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.PasswordInput)


class Form(Careful, forms.Form):
    """The base of every form that is not made from a model."""


class ModelForm(Careful, forms.ModelForm):
    """The base of every form that is made from a model."""
