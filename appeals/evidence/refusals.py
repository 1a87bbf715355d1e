"""Why a file is not kept: a code with its values, and the sentence for the person who sent it."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EvidenceRefused(Exception):
    """A file that is not kept; nothing of it stays. `message` says it in words.

    Codes: too-large (size, limit in bytes), empty, type (type: a word of `inspect`, or ""),
    broken, password-protected, too-many-pixels (width, height, limit in pixels), too-heavy,
    busy, unavailable.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


SENTENCES = {
    "too-large": _(
        "This file is %(size)s; the limit is %(limit)s. Download or scan a smaller original."
    ),
    "empty": _(
        "This file is empty (0 bytes), so it was not saved; what you filled in is still here."
        " Download the original again and add that."
    ),
    "type": _("%(type)s files cannot be stored. Use PDF, PNG, JPG or GIF."),
    "type-unknown": _("Files of this type cannot be stored. Use PDF, PNG, JPG or GIF."),
    "broken": _(
        "This file cannot be opened and may be incomplete, so it was not saved; what you filled"
        " in is still here. Download the original again and add that."
    ),
    "password-protected": _(
        "This PDF opens only with a password, so it was not saved; what you filled in is still"
        " here. Download a copy that opens without one and add that."
    ),
    "too-many-pixels": _(
        "This picture has %(width)s × %(height)s pixels, more than the %(limit)s million we can"
        " open, so it was not saved; what you filled in is still here. Add a smaller original."
    ),
    "too-heavy": _(
        "This file is too complex to check, so it was not saved; what you filled in is still"
        " here. Download it again, or add an original with fewer pages."
    ),
    "busy": _(
        "Many files are being added right now, so this one was not saved; what you filled in is"
        " still here. Add it again in a few seconds."
    ),
    "unavailable": _(
        "Sorry, we could not check this file and did not save it; what you filled in is still"
        " here. Please add it again later."
    ),
}

#: Names of types; those that are the same in every language are not translated.
TYPES = {
    "7z": "7z",
    "audio": pgettext_lazy("type of file", "Audio"),
    "avif": "AVIF",
    "bmp": "BMP",
    "email": pgettext_lazy("type of file", "E-mail"),
    "excel": "Excel",
    "gzip": "gzip",
    "heic": "HEIC",
    "html": "HTML",
    "powerpoint": "PowerPoint",
    "program": pgettext_lazy("type of file", "Program"),
    "rar": "RAR",
    "rtf": "RTF",
    "svg": "SVG",
    "text": pgettext_lazy("type of file", "Text"),
    "tiff": "TIFF",
    "video": pgettext_lazy("type of file", "Video"),
    "webp": "WebP",
    "word": "Word",
    "zip": "ZIP",
}


def message(refusal: EvidenceRefused) -> str:
    """The sentence for the reader, in their language: what happened, and what to do."""
    code, values = refusal.code, dict(refusal.values)
    if code == "type":
        if not values.get("type"):
            code = "type-unknown"
        values["type"] = TYPES.get(values["type"], "")
    elif code == "too-large":
        values = {name: filesizeformat(value) for name, value in values.items()}
    elif code == "too-many-pixels":
        values["limit"] //= 1_000_000
    return str(SENTENCES[code]) % values
