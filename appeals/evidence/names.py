"""Names of files as people gave them: kept as text, made harmless where they are shown."""

from __future__ import annotations

import os
import re
import unicodedata

LONGEST = 255
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/gif": (".gif",),
}


def kept_name(given: str | None) -> str:
    """The name as given, without folders and without what a database cannot hold."""
    name = re.split(r"[/\\]", given or "")[-1]
    name = "".join(each for each in name if not (each == "\0" or "\ud800" <= each <= "\udfff"))
    return shortened(name, LONGEST)


def shortened(name: str, longest: int) -> str:
    """At most that many characters, the ending among them."""
    stem, ending = os.path.splitext(name)
    if len(ending) > 10:
        stem, ending = name, ""
    return stem[: longest - len(ending)] + ending


def shown_name(name: str, media_type: str) -> str:
    """A name for headers and pages: one line, no path, nothing invisible, the type's ending.

    Chinese and every other script stay. A text that turns the reading direction could make
    "fdp.exe" look like "exe.pdf", so what turns it goes.
    """
    plain = "".join(
        " " if each.isspace() else each
        for each in unicodedata.normalize("NFC", name)
        if each.isspace() or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    plain = re.sub(r'[\\/:*?"<>|]', "_", plain)
    plain = re.sub(r" {2,}", " ", plain).strip(" .")
    endings = ENDINGS.get(media_type, ("",))
    if not plain.lower().endswith(endings):
        plain = f"{plain or 'file'}{endings[0]}"
    elif plain.startswith(".") or plain.lower() in {ending[1:] for ending in endings}:
        plain = f"file{endings[0]}"
    return shortened(plain, 150)
