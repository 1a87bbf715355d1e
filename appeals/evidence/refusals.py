"""Why a file is not kept: a code with its values, and the sentence for the person who sent it."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guides.children import FileRefused
from guides.credentials import Kind
from guides.forms import KINDS, with_link


class EvidenceRefused(FileRefused):
    """A file that is not kept; nothing of it stays. `message` says it in words.

    Codes: too-large (size, limit in bytes), empty, type (type: a word of `inspect`, or ""),
    another-file (type: what lies in it), secret (kind: of credentials.Kind, page: 0 for
    metadata), broken, password-protected, too-many-pixels (width,
    height, limit in pixels), too-heavy, busy, unavailable, not-stored.
    """


SENTENCES: dict[str, Promise] = {
    "too-large": _(
        "This file is %(size)s; the limit is %(limit)s. Download or scan a smaller original."
    ),
    "empty": _(
        "This file is empty (0 bytes), so it was not saved; what you filled in is still here."
        " Download the original again and add that."
    ),
    "type": _("Files of this type cannot be stored. Use PDF, PNG, JPG or GIF."),
    "another-file": _(
        "Something else is hidden in this file (%(type)s), so it was not saved; what you filled"
        " in is still here. Download the original again from where it was issued, and add that."
    ),
    "secret": _(
        "Page %(page)s of this file seems to contain %(kind)s, so the file was not stored. Add a"
        " page or another paper without it. If anyone else has it, [revoke it first]."
    ),
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
    "not-stored": _(
        "Sorry, our storage did not take this file, so it was not saved; what you filled in is"
        " still here. Please add it again later."
    ),
}

SECRET_IN_METADATA = _(
    "The notes inside this file (title, author, comments) seem to contain %(kind)s, so the file"
    " was not stored. Download or scan it again without them. If anyone else has it, [revoke it"
    " first]."
)

_ARCHIVE = _(
    "%(type)s archives cannot be stored. Unpack it first, then add the files that are in it;"
    " several at once is fine."
)
_TEXT_PROCESSOR = _(
    "%(type)s files cannot be stored. Print or export it to PDF just as it is, and add the PDF;"
    " if somebody sent it to you, ask them for a PDF."
)
_WEB_PICTURE = _(
    "%(type)s files cannot be stored. Take a screenshot of the page that shows this picture,"
    " with its address and date, and add that as PNG."
)
#: How to hand in what cannot be kept as it is.
HOW: dict[str, Promise] = {
    "7z": _ARCHIVE,
    "audio": _(
        "Sound cannot be stored. Add a screenshot of where it was sent, with date and sender, and"
        " write down what is said in the line about it."
    ),
    "avif": _WEB_PICTURE,
    "bmp": _("BMP files cannot be stored. Save the picture as PNG, which loses nothing."),
    "email": _(
        "E-mail files cannot be stored. Open the mail, print it to PDF with sender, recipient,"
        " subject and date in view, and add the PDF."
    ),
    "excel": _(
        "Excel files cannot be stored. Download the statement as PDF where you got it; otherwise"
        " print the sheet to PDF just as it is."
    ),
    "gzip": _ARCHIVE,
    "heic": _(
        "HEIC files cannot be stored. Choose the picture on the phone itself, which usually hands"
        " it over as JPG, or export it as JPG and add that."
    ),
    "html": _(
        "Saved web pages cannot be stored. Open the page, print it to PDF with its address and"
        " date in view, and add the PDF."
    ),
    "opendocument": _TEXT_PROCESSOR,
    "pages": _(
        "Pages, Numbers and Keynote files cannot be stored. Export it to PDF just as it is, and"
        " add the PDF."
    ),
    "powerpoint": _(
        "PowerPoint files cannot be stored. Export the slides to PDF just as they are, and add"
        " the PDF."
    ),
    "program": _(
        "Programs cannot be stored. Add a screenshot of what the program shows, as PNG or JPG."
    ),
    "rar": _ARCHIVE,
    "rtf": _TEXT_PROCESSOR,
    "svg": _("SVG files cannot be stored. Open it in a browser, print it to PDF, and add the PDF."),
    "text": _(
        "Text files cannot be stored. Show where the words come from: a screenshot of the chat or"
        " page, or the mail printed to PDF. What you remember goes into the fields."
    ),
    "tiff": _("TIFF files cannot be stored. Scan the paper again as PDF, or save it as PNG."),
    "video": _(
        "Video cannot be stored. Take screenshots of the moments that matter, with date and name"
        " in view, and add those."
    ),
    "webp": _WEB_PICTURE,
    "word": _TEXT_PROCESSOR,
    "zip": _ARCHIVE,
}

#: Names that stand in these sentences; those that are the same in every language are not
#: translated.
TYPES = {
    "7z": "7z",
    "avif": "AVIF",
    "gzip": "gzip",
    "html": "HTML",
    "opendocument": "OpenDocument",
    "php": "PHP",
    "program": pgettext_lazy("type of file", "a program"),
    "rar": "RAR",
    "rtf": "RTF",
    "webp": "WebP",
    "word": "Word",
    "zip": "ZIP",
}


def message(refusal: EvidenceRefused) -> str:
    """The sentence for the reader, in their language: what happened, and what to do. One about a
    secret is HTML with a link to the guide on revoking."""
    code, values = refusal.code, dict(refusal.values)
    sentence = SENTENCES[code]
    if code == "secret":
        # What kind and where, never the value: that has not left the child process.
        kind = KINDS[Kind(values["kind"])]
        words = sentence if values["page"] else SECRET_IN_METADATA
        return with_link(str(words), kind=kind, page=values["page"])
    if code == "type":
        sentence = HOW.get(values["type"], sentence)
    if "type" in values:
        values["type"] = TYPES.get(values["type"], "")
    elif code == "too-large":
        values = {name: filesizeformat(value) for name, value in values.items()}
    elif code == "too-many-pixels":
        values["limit"] //= 1_000_000
    return str(sentence) % values
