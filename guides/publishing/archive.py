"""All bundled files as one ZIP: made the same each time, and read without being unpacked."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.utils.translation import gettext as _

from .bundle import export
from .files import BadFile

#: Entries of one ZIP, bytes of one text, and of all texts together, as they are unpacked.
MOST_ENTRIES, MOST_OF_ONE, MOST_OF_ALL = 4000, 400_000, 20_000_000
_TEXT = re.compile(
    r"(sources|renamed)\.json|[a-z0-9-]{1,80}/(guide\.json|[a-z-]{2,12}\.md)", re.ASCII
)
#: Pictures come in on their own page, and what systems put beside files is nobody's text.
_PASSED_OVER = re.compile(
    r"pictures\.json|pictures/[^/]+|(.*/)?(\.DS_Store|Thumbs\.db)|__MACOSX/.*"
)
#: How texts are packed everywhere. Others may ask for any memory before a byte is read.
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
#: The earliest that a ZIP can say: the same texts make the same bytes.
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def pack(out: IO[bytes]) -> int:
    """Write every live guide, the register and the pictures; answers with how many guides."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(out, "w") as archive:
        root = Path(folder)
        export(root)
        guides = 0
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(root)), _ALWAYS)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=6)
            guides += path.name == "guide.json"
    return guides


def unpack(file: IO[bytes]) -> dict[str, bytes]:
    """The texts of a ZIP by their names, those of one folder around them all taken away. Raises
    BadFile with everything that is wrong, a line each; nothing is ever written to a disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _texts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise BadFile(_("This is no ZIP, or it is damaged.")) from None


def _texts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise BadFile(_("There are more than %(count)d files in it.") % {"count": MOST_ENTRIES})
    entries = [one for one in entries if not one.is_dir()]
    around = _folder_around([one.filename for one in entries])
    found: dict[str, bytes] = {}
    problems: list[str] = []
    room = MOST_OF_ALL
    for entry in entries:
        name = entry.filename.removeprefix(around)
        if _PASSED_OVER.fullmatch(name):
            continue
        if why := _not_a_text(entry, name) or (name in found and _("is there twice")):
            problems.append(f"{name}: {why}")
            continue
        if entry.compress_type not in _PACKED:
            raise zipfile.BadZipFile
        # Whatever its header says of the size: no more than this is unpacked.
        with archive.open(entry) as text:
            content = text.read(min(MOST_OF_ONE, room) + 1)
        if len(content) > min(MOST_OF_ONE, room):
            raise BadFile(_("%(name)s is too long.") % {"name": name})
        room -= len(content)
        found[name] = content
    if not found and not problems:
        problems.append(_("There is no text of a guide in it."))
    if problems:
        raise BadFile("\n".join(problems))
    return found


def _folder_around(names: list[str]) -> str:
    """The folder that everything lies in, where it was packed with that; else nothing."""
    names = [name for name in names if not _PASSED_OVER.fullmatch(name)]
    first = f"{names[0].split('/')[0]}/" if names else ""
    lies_within = all(name.startswith(first) for name in names)
    if first.strip("./") and lies_within and not any(_TEXT.fullmatch(name) for name in names):
        return first
    return ""


def _not_a_text(entry: zipfile.ZipInfo, name: str) -> str:
    if not _TEXT.fullmatch(name):
        return _("is no file of a guide")
    mode = entry.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        return _("is no plain file")
    if entry.flag_bits & 0x1:
        return _("is locked with a password")
    return ""
