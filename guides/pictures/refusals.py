"""Why a file does not become a picture, in words for whoever sent it."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.children import FileRefused

SENTENCES: dict[str, Promise] = {
    "empty": _("This file is empty. Download or take the picture again, and choose that."),
    "too-large": _(
        "This file is %(size)s; the limit is %(limit)s. Cut it down to what matters, or choose a"
        " smaller one."
    ),
    "type": _("This is no picture that can be shown. Use PNG, JPG, GIF or WebP."),
    "broken": _(
        "This file cannot be opened and may be incomplete. Download or take the picture again, and"
        " choose that."
    ),
    "too-many-pixels": _(
        "This picture has %(width)s × %(height)s pixels, more than the %(limit)s million that can"
        " be opened. Cut it down to what matters, and choose it again."
    ),
    "too-heavy": _(
        "This file is too complex to open. Take a screenshot of the picture, and choose that."
    ),
    "busy": _("Many files are being added right now. Choose it again in a few seconds."),
    "unavailable": _("Sorry, we could not look at this file. Please choose it again later."),
    "not-ours": _("This is not a picture as this site writes them."),
}
NAMED = _("%(type)s files cannot be shown. Use PNG, JPG, GIF or WebP.")


def message(refusal: FileRefused) -> str:
    code, values = refusal.code, dict(refusal.values)
    sentence = NAMED if values.get("type") else SENTENCES[code]
    if code == "too-large":
        values = {name: filesizeformat(value) for name, value in values.items()}
    elif code == "too-many-pixels":
        values["limit"] //= 1_000_000
    return str(sentence) % values
