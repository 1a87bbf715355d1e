"""The package: a dossier, its originals byte for byte, and the sums of all of them, as a ZIP."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO, TypeAlias

from appeals.evidence import storage

from . import manifest, zipping
from .manifest import FileLine, Manifest
from .sheets import Dossier

PIECE = 256 * 1024
#: Sums that are remembered; ten packages of the largest kind.
MOST_SEEN = 10_000
_seen: dict[tuple[int, ...], Sums] = {}

#: Name, CRC-32, size, and the bytes.
Member: TypeAlias = tuple[str, int, int, Iterator[bytes]]


class OriginalChanged(Exception):
    """The stored bytes are not those that were received. A package with them is never finished."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Package:
    """Made of a dossier and its PDF; the same ones give the same bytes."""

    changed_at: datetime
    pdf: bytes
    manifest: Manifest
    manifest_bytes: bytes
    stored_as: tuple[str, ...]  # of the originals, in the order of the manifest
    open_stored: Callable[[str], BinaryIO] = storage.open_stored

    @classmethod
    def of(cls, dossier: Dossier, pdf: bytes) -> Package:
        listed = manifest.of(dossier, pdf)
        return cls(
            changed_at=dossier.changed_at,
            pdf=pdf,
            manifest=listed,
            manifest_bytes=manifest.to_bytes(listed),
            stored_as=tuple(one.stored_as for one in dossier.members),
        )

    @classmethod
    def sealed(
        cls, *, changed_at: datetime, pdf: bytes, manifest_bytes: bytes, stored_as: tuple[str, ...]
    ) -> Package:
        """The one that these were parts of, byte for byte; `changed_at` in the notice's zone.

        Raises OriginalChanged where the PDF is another one.
        """
        listed = manifest.read(manifest_bytes)
        sheets = listed.files[0]
        if (len(pdf), hashlib.sha256(pdf).hexdigest()) != (sheets.size, sheets.sha256):
            raise OriginalChanged(sheets.name)
        return cls(changed_at, pdf, listed, manifest_bytes, stored_as)

    def check(self) -> None:
        """Raises OriginalChanged, and FileNotFoundError where an original is gone."""
        for line, stored_as in zip(self.manifest.files[1:], self.stored_as, strict=True):
            self._original(line, stored_as)

    def lost(self) -> list[FileLine]:
        """Originals that are gone or have another size: told without reading any."""
        return [
            line
            for line, stored_as in zip(self.manifest.files[1:], self.stored_as, strict=True)
            if self._size_of(stored_as) != line.size
        ]

    def _size_of(self, stored_as: str) -> int | None:
        try:
            with self.open_stored(stored_as) as file:
                return file.seek(0, os.SEEK_END)
        except OSError:
            return None

    @property
    def manifest_sha256(self) -> str:
        """What tells this package from every other."""
        return hashlib.sha256(self.manifest_bytes).hexdigest()

    @property
    def size(self) -> int:
        """Of the whole ZIP, in bytes, before anything of it is made."""
        entries, offset = [], 0
        for name, size in self._sizes():
            entries.append(zipping.Entry(name, size, 0, offset))
            offset += zipping.local_size(entries[-1])
        return offset + len(zipping.directory(entries, self.changed_at))

    def _sizes(self) -> Iterator[tuple[str, int]]:
        yield from ((one.name, one.size) for one in self.manifest.files)
        yield manifest.NAME, len(self.manifest_bytes)
        yield manifest.SUMS_NAME, len(self._sums())

    def _sums(self) -> bytes:
        return manifest.sums(self.manifest, self.manifest_bytes)

    def chunks(self) -> Iterator[bytes]:
        """The ZIP in pieces of a quarter of a megabyte or less, a few of which are in memory.

        Raises OriginalChanged, and FileNotFoundError where an original is gone, before a byte of
        that original is handed out.
        """
        entries: list[zipping.Entry] = []
        offset = 0
        for name, crc, size, pieces in self._members():
            entry = zipping.Entry(name, size, crc, offset)
            entries.append(entry)
            offset += zipping.local_size(entry)
            yield zipping.local_head(entry, self.changed_at)
            yield from pieces
        yield zipping.directory(entries, self.changed_at)

    def _members(self) -> Iterator[Member]:
        sheets, *originals = self.manifest.files
        yield _in_memory(sheets.name, self.pdf)
        yield from self._originals(originals)
        yield _in_memory(manifest.NAME, self.manifest_bytes)
        yield _in_memory(manifest.SUMS_NAME, self._sums())

    def _originals(self, lines: list[FileLine]) -> Iterator[Member]:
        """The next one is summed while one goes out: sums cost more than sending."""
        waiting = zip(lines, self.stored_as, strict=True)
        with ThreadPoolExecutor(1) as summing:
            ahead = deque(summing.submit(self._original, *one) for one in islice(waiting, 2))
            while ahead:
                made = ahead.popleft().result()
                ahead.extend(summing.submit(self._original, *one) for one in islice(waiting, 1))
                yield made

    def _original(self, line: FileLine, stored_as: str) -> Member:
        with self.open_stored(stored_as) as file:
            sums = sums_of(file)
        if (sums.size, sums.sha256) != (line.size, line.sha256):
            raise OriginalChanged(line.name)
        return line.name, sums.crc, sums.size, self._bytes(stored_as)

    def _bytes(self, stored_as: str) -> Iterator[bytes]:
        with self.open_stored(stored_as) as file:
            yield from pieces_of(file)


@dataclass(frozen=True, slots=True)
class Sums:
    size: int
    crc: int
    sha256: str


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def sums_of(file: BinaryIO) -> Sums:
    """Of an open file. What the system says has not been written to since is not read again."""
    try:
        known = os.fstat(file.fileno())
    except OSError:  # bytes that lie in no file
        return _summed(file)
    key = (known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns)
    sums = _seen.get(key)
    if sums is None:
        sums = _seen[key] = _summed(file)
        while len(_seen) > MOST_SEEN:
            _seen.pop(next(iter(_seen)), None)
    return sums


def _summed(file: BinaryIO) -> Sums:
    size, crc, digest = 0, 0, hashlib.sha256()
    for piece in pieces_of(file):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        digest.update(piece)
    return Sums(size, crc, digest.hexdigest())


def _in_memory(name: str, content: bytes) -> Member:
    pieces = (content[at : at + PIECE] for at in range(0, len(content), PIECE))
    return name, zlib.crc32(content), len(content), pieces
