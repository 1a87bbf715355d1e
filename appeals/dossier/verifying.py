"""Tells whether a package is the one that was made here: whole, changed, or not ours.

It streams, keeps nothing, and reads no more than the manifest announces. What it does not tell:
who made the papers, and whether they are true.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from . import manifest as manifests
from .manifest import MOST_FILES, NAME, SUMS_NAME, FileLine, Manifest, NotAManifest

PIECE = 1024 * 1024
#: All members together, unpacked. A case may hold half of it.
MOST_BYTES = 1024 * 1024 * 1024
#: The list of members at the end of a ZIP; five thousand names of ours take a fifth of it.
LARGEST_DIRECTORY = 4 * 1024 * 1024

_END = struct.Struct("<4s4H2IH")
_LONG_END = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_SIZE = 20
_COMMENT = 0xFFFF


class Verdict(StrEnum):
    WHOLE = "whole"
    CHANGED = "changed"
    NOT_OURS = "not-ours"


class FileState(StrEnum):
    WHOLE = "whole"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    RENAMED = "renamed"
    NOT_LOOKED_AT = "not-looked-at"  # a manifest came alone


class TooLarge(Exception):
    """More than is looked at: too many members, or too many bytes."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file, as the manifest has it and as it is here."""

    name: str
    state: FileState
    size: int | None  # as the manifest has it; None: the manifest does not know it
    sha256: str
    found_size: int | None  # None: not here, or not readable
    found_sha256: str  # empty: not read
    found_name: str = ""  # where it is, if it was renamed


@dataclass(frozen=True, slots=True)
class Verification:
    verdict: Verdict
    manifest: Manifest | None  # None: not ours
    files: tuple[CheckedFile, ...]  # in the manifest's order, then what was added
    manifest_sha256: str  # of the bytes given, to look up what was sealed here
    is_alone: bool  # a manifest without its files

    @property
    def changed(self) -> tuple[CheckedFile, ...]:
        good = {FileState.WHOLE, FileState.NOT_LOOKED_AT}
        return tuple(one for one in self.files if one.state not in good)


NOT_OURS = Verification(Verdict.NOT_OURS, None, (), "", is_alone=False)


def verify(file: BinaryIO, *, most_bytes: int = MOST_BYTES) -> Verification:
    """What an open, seekable file is: a package as ZIP, or a MANIFEST.json alone.

    Raises TooLarge. Whatever else is wrong with the file is in the answer.
    """
    file.seek(0)
    if file.read(1) == b"{":
        file.seek(0)
        return _of_manifest(file.read(manifests.LARGEST + 1))
    if not _has_bounded_directory(file):
        return NOT_OURS
    try:
        with zipfile.ZipFile(file) as package:
            return _of_package(package, most_bytes)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        return NOT_OURS


def _of_manifest(content: bytes) -> Verification:
    read = _read_manifest(content)
    if read is None:
        return NOT_OURS
    is_same = manifests.to_bytes(read) == content
    own = _own_line(content, is_same)
    files = tuple(
        CheckedFile(one.name, FileState.NOT_LOOKED_AT, one.size, one.sha256, None, "")
        for one in read.files
    )
    verdict = Verdict.WHOLE if is_same else Verdict.CHANGED
    return Verification(verdict, read, (*files, own), own.found_sha256, is_alone=True)


def _read_manifest(content: bytes) -> Manifest | None:
    if len(content) > manifests.LARGEST:
        return None
    try:
        return manifests.read(content)
    except NotAManifest:
        return None


def _own_line(content: bytes, is_same: bool) -> CheckedFile:
    """The manifest itself: it holds its own sum, so what it should be is not known once it is
    not."""
    state = FileState.WHOLE if is_same else FileState.CHANGED
    found = hashlib.sha256(content).hexdigest()
    return CheckedFile(NAME, state, len(content), found if is_same else "", len(content), found)


def _has_bounded_directory(file: BinaryIO) -> bool:
    """Whether a ZIP ends here. Looked at before the list of its members is read into memory."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _END.size - _COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return False
    _magic, _disk, _first, _here, count, size, start, _comment = _END.unpack_from(tail, at)
    if 0xFFFF in (count,) or 0xFFFFFFFF in (size, start):
        longer = at - _LOCATOR_SIZE - _LONG_END.size
        if longer < 0 or tail[longer : longer + 4] != b"PK\6\6":
            return False
        count, size = _LONG_END.unpack_from(tail, longer)[7:9]
    if count > MOST_FILES + 2 or size > LARGEST_DIRECTORY:
        raise TooLarge
    return True


def _of_package(package: zipfile.ZipFile, most_bytes: int) -> Verification:
    found, twice = _members(package)
    inside = found.get(NAME)
    if inside is None or inside.file_size > manifests.LARGEST:
        return NOT_OURS
    content = _content(package, inside, manifests.LARGEST)
    read = _read_manifest(content) if content is not None else None
    if read is None or content is None:
        return NOT_OURS
    if read.size > most_bytes:
        raise TooLarge
    own = _own_line(content, manifests.to_bytes(read) == content)
    sums = manifests.sums(read, content)
    sums_line = FileLine(SUMS_NAME, len(sums), hashlib.sha256(sums).hexdigest(), "")
    checked = [_checked(package, found, one) for one in (*read.files, sums_line)]
    known = {one.name for one in checked} | {NAME}
    added = [
        *(one for name, one in found.items() if name not in known),
        *twice,
    ]
    files = tuple(_with_added(package, [*checked, own], added, most_bytes - read.size))
    is_whole = all(one.state is FileState.WHOLE for one in files)
    verdict = Verdict.WHOLE if is_whole else Verdict.CHANGED
    return Verification(verdict, read, files, own.found_sha256, is_alone=False)


def _members(
    package: zipfile.ZipFile,
) -> tuple[dict[str, zipfile.ZipInfo], list[zipfile.ZipInfo]]:
    """By name, folders aside; and what bears a name a second time.

    Who unpacks a package and packs its folder again has everything below that folder.
    """
    infos = [one for one in package.infolist() if not one.is_dir()]
    names = {one.filename for one in infos}
    folders = {name.removesuffix(NAME) for name in names if name.endswith(f"/{NAME}")}
    folder = folders.pop() if NAME not in names and len(folders) == 1 else ""
    found: dict[str, zipfile.ZipInfo] = {}
    twice = []
    for one in infos:
        name = one.filename.removeprefix(folder)
        if name in found:
            twice.append(one)
        else:
            found[name] = one
    return found, twice


def _checked(
    package: zipfile.ZipFile, found: dict[str, zipfile.ZipInfo], line: FileLine
) -> CheckedFile:
    info = found.get(line.name)
    if info is None:
        return CheckedFile(line.name, FileState.MISSING, line.size, line.sha256, None, "")
    size, digest = _summed(package, info, line.size)
    state = FileState.WHOLE if digest == line.sha256 else FileState.CHANGED
    return CheckedFile(line.name, state, line.size, line.sha256, size, digest)


def _with_added(
    package: zipfile.ZipFile,
    checked: list[CheckedFile],
    added: list[zipfile.ZipInfo],
    most_bytes: int,
) -> Iterator[CheckedFile]:
    """The files, with what is missing found again under another name where its bytes are here."""
    missing = {one.sha256: one for one in checked if one.state is FileState.MISSING}
    sizes = {one.size for one in missing.values()}
    renamed: dict[str, CheckedFile] = {}
    left = []
    for info in added:
        digest = ""
        # Only what has the size of a missing file can be one: nothing else is read.
        if info.file_size in sizes and info.file_size <= most_bytes:
            most_bytes -= info.file_size
            _size, digest = _summed(package, info, info.file_size)
        if digest in missing and missing[digest].name not in renamed:
            was = missing[digest]
            renamed[was.name] = CheckedFile(
                was.name,
                FileState.RENAMED,
                was.size,
                was.sha256,
                was.size,
                digest,
                shown_name(info),
            )
        else:
            left.append(
                CheckedFile(shown_name(info), FileState.ADDED, None, "", info.file_size, digest)
            )
    yield from (renamed.get(one.name, one) for one in checked)
    yield from left


def shown_name(info: zipfile.ZipInfo) -> str:
    """A name from outside, made harmless for a page: one short line."""
    return "".join(each if each.isprintable() else "?" for each in info.filename[:200])


def _summed(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, announced: int
) -> tuple[int | None, str]:
    """Size and sum of a member; a byte more than announced is enough to know it is another.

    None where it cannot be read.
    """
    if info.file_size > announced:
        return info.file_size, ""
    size, digest = 0, hashlib.sha256()
    for piece in _pieces(package, info, announced):
        if piece is None:
            return None, ""
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest() if size <= announced else ""


def _content(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    pieces = list(_pieces(package, info, most))
    return None if None in pieces else b"".join(piece for piece in pieces if piece)


def _pieces(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes | None]:
    """The bytes of a member, a byte more than `most` at the furthest; None where it is broken."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield None
        return
    # Its sum tells more than its CRC, whose mismatch would hide what the bytes are.
    info.CRC = None  # type: ignore[assignment]
    left = most + 1
    try:
        with package.open(info) as member:
            while left > 0 and (piece := member.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError):
        yield None
