"""Collects the strings of code and templates into the catalogues, and compiles them.

Needs no gettext tools: Django turns a template into something that Babel's Python extractor
reads. Run as a program it updates every catalogue and says what lacks a translation; its
functions are what the tests ask.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "config" / "locale"
SOURCES = ("config", "guides", "appeals", "templates")
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "translate": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: Context, text, plural; what is not there is empty.
Message = tuple[str, str, str]


def files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def strings(path: Path) -> Iterator[Message]:
    """Every string of one file that is marked for translation."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # What stands between the strings becomes X; indentation would be read as Python's.
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)
    found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        one, *more = message if isinstance(message, tuple) else (message,)
        if one:
            yield context or "", one, more[0] if more and more[0] else ""


def all_strings() -> dict[Message, list[str]]:
    """Each string with the files it stands in, in the order of first use."""
    found: dict[Message, list[str]] = {}
    for path in files():
        for message in strings(path):
            places = found.setdefault(message, [])
            name = str(path.relative_to(ROOT))
            if name not in places:
                places.append(name)
    return found


def catalogues() -> Iterator[Path]:
    yield from sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))


def key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def update(path: Path) -> polib.POFile:
    """The catalogue with exactly today's strings; translations of those that stay are kept."""
    catalogue = polib.pofile(str(path), wrapwidth=98)
    known = {key(entry): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for message, places in all_strings().items():
        context, one, many = message
        entry = known.get(message) or polib.POEntry(
            msgctxt=context or None, msgid=one, msgid_plural=many or None
        )
        if many and not entry.msgstr_plural:
            entry.msgstr_plural = {0: ""}
        # Files without line numbers: a catalogue changes when a string does.
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["python-format"] if "%(" in one + many else []
        catalogue.append(entry)
    return catalogue


def is_translated(entry: polib.POEntry) -> bool:
    if entry.msgid_plural:
        return all(entry.msgstr_plural.values()) and bool(entry.msgstr_plural)
    return bool(entry.msgstr)


def compiled(catalogue: polib.POFile) -> bytes:
    return catalogue.to_binary()


def main() -> int:
    if not settings.configured:
        settings.configure(USE_I18N=False)
    lacking = 0
    for path in catalogues():
        catalogue = update(path)
        catalogue.save(str(path))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for entry in catalogue:
            if not is_translated(entry):
                lacking += 1
                print(f"{path.parent.parent.name}: not translated: {entry.msgid!r}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
