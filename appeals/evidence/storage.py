"""Private storage: a folder, each original under a UUID that is part of no address.

Bytes are written aside, forced to the disk, and only then given their name.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

#: Names are not told apart from foreign files by where they lie: nothing else is ever removed.
NAME = re.compile(r"[0-9a-f]{32}")
INCOMING = "incoming"
#: Pictures drawn of originals, under the same names; drawn again when they are missing.
PREVIEWS = "previews"
#: Seconds until what could not be drawn is tried again: the machine may only have been busy.
TRY_AGAIN_AFTER = 3600


class TooLarge(Exception):
    """More bytes than the limit came in. Nothing of them stays."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """Bytes that were written aside and have no name yet."""

    path: Path
    size: int
    sha256: str


def spool(chunks: Iterable[bytes], limit: int) -> Spooled:
    """Write the chunks aside, one after the other. Raises TooLarge beyond `limit` bytes."""
    folder = made(root() / INCOMING)
    path = folder / uuid.uuid4().hex
    size, digest = 0, hashlib.sha256()
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Spooled(path, size, digest.hexdigest())


def settle(spooled: Spooled) -> str:
    """Give the bytes their name, at once and lastingly."""
    name = spooled.path.name
    folder = made(path_of(name).parent)
    spooled.path.rename(path_of(name))
    force(folder)
    return name


def open_stored(name: str) -> BinaryIO:
    """The bytes from the beginning. Raises FileNotFoundError."""
    return open(path_of(name), "rb")


def size_of(name: str) -> int | None:
    """In bytes; None where they are gone."""
    try:
        return path_of(name).stat().st_size
    except FileNotFoundError:
        return None


def is_stored(name: str) -> bool:
    return path_of(name).is_file()


def remove(name: str) -> None:
    """Remove the bytes and what was drawn of them; twice is the same as once."""
    path_of(name).unlink(missing_ok=True)
    remove_preview(name)


def remove_preview(name: str) -> None:
    preview_of(name).unlink(missing_ok=True)


def read_preview(name: str) -> bytes | None:
    """What was drawn: no bytes where drawing it failed, None where it is to be tried."""
    path = preview_of(name)
    try:
        drawn = path.read_bytes()
        is_old = path.stat().st_mtime + TRY_AGAIN_AFTER < time.time()
    except FileNotFoundError:
        return None
    return None if not drawn and is_old else drawn


def has_preview(name: str) -> bool:
    """Whether a picture lies ready; none does of the example, whose originals are not kept here."""
    if not NAME.fullmatch(name):
        return False
    try:
        return preview_of(name).stat().st_size > 0
    except OSError:  # a page goes without it, whatever the storage says
        return False


def write_preview(name: str, drawn: bytes) -> None:
    aside = spool([drawn], len(drawn)).path
    made(preview_of(name).parent)
    aside.rename(preview_of(name))


def left_since(before: float) -> Iterator[Path]:
    """Every file of ours last written before that time (a timestamp), incoming and drawn ones too."""
    for folder in sorted(root().glob("*")):
        if not (folder.name in {INCOMING, PREVIEWS} or re.fullmatch("[0-9a-f]{2}", folder.name)):
            continue
        for path in sorted(folder.iterdir()):
            try:
                if NAME.fullmatch(path.name) and path.stat().st_mtime < before:
                    yield path
            except FileNotFoundError:  # it was given its name, or removed, a moment ago
                continue


def uploads_left_since(before: float) -> Iterator[Path]:
    """Uploads that never came in whole, last written before that time: a crash left them."""
    # As Django names them; nothing else there is looked at.
    for path in sorted(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("tmp*.upload*")):
        try:
            if path.stat().st_mtime < before:
                yield path
        except FileNotFoundError:  # its request ended a moment ago
            continue


def root() -> Path:
    return Path(settings.EVIDENCE_ROOT)


def path_of(name: str) -> Path:
    return root() / checked(name)[:2] / name


def preview_of(name: str) -> Path:
    return root() / PREVIEWS / checked(name)


def checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError("not a name of stored bytes")
    return name


def made(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        force(folder.parent)
    return folder


def force(folder: Path) -> None:
    """Make what happened to names in that folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
