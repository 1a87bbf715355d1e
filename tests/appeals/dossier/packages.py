"""Packages of the example, whose originals are made up on the spot."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import BinaryIO

from appeals.dossier import manifest
from appeals.dossier.package import Package
from appeals.dossier.sheets import Dossier, Member

from . import example

PDF = b"%PDF-1.7 not a real one\n"
BEIJING = timezone(timedelta(hours=8))


def content_of(number: int, size: int = 2000) -> bytes:
    return hashlib.sha256(b"%d" % number).digest() * (size // 32)


def dossier(*contents: bytes) -> Dossier:
    """The example with exhibits A-5-1, A-5-2, … of these bytes."""
    members = tuple(
        Member(
            f"A-5-{number}_payment_2018-05.pdf",
            f"A-5-{number}",
            len(content),
            hashlib.sha256(content).hexdigest(),
            f"{number:032x}",
        )
        for number, content in enumerate(contents, start=1)
    )
    return replace(
        example.finished(),
        members=members,
        changed_at=datetime(2018, 9, 20, 9, 40, 7, tzinfo=BEIJING),
    )


def opener(*contents: bytes) -> Callable[[str], BinaryIO]:
    return lambda name: io.BytesIO(contents[int(name, 16) - 1])


def package(*contents: bytes, pdf: bytes = PDF) -> Package:
    return replace(Package.of(dossier(*contents), pdf), open_stored=opener(*contents))


def three() -> Package:
    return package(*(content_of(number) for number in range(3)))


def zipped(made: Package) -> bytes:
    return b"".join(made.chunks())


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def repacked(
    files: dict[str, bytes], folder: str = "", method: int = zipfile.ZIP_DEFLATED
) -> io.BytesIO:
    """The same files in a ZIP that another program made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened:
        for name, content in files.items():
            opened.writestr(folder + name, content)
    return file


def forged(inside: dict[str, bytes], **changes: object) -> io.BytesIO:
    """A package whose manifest says something else, with its own sum and the list of sums right."""
    read = replace(manifest.read(inside[manifest.NAME]), **changes)  # type: ignore[arg-type]
    as_bytes = manifest.to_bytes(read)
    return repacked(
        inside | {manifest.NAME: as_bytes, manifest.SUMS_NAME: manifest.sums(read, as_bytes)}
    )
