"""The package: a dossier, its originals byte for byte, and the sums of all of them, as a ZIP."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from appeals.evidence import storage

from . import manifest, zipping
from .manifest import FileLine, Manifest
from .sheets import Dossier

PIECE = 1024 * 1024
#: Up to this size an original is read once and held; a larger one is read twice.
HELD = 8 * PIECE


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
        """The ZIP in pieces of a megabyte or less; no more than HELD of it is in memory.

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

    def _members(self) -> Iterator[tuple[str, int, int, Iterator[bytes]]]:
        sheets, *originals = self.manifest.files
        yield _in_memory(sheets.name, self.pdf)
        for line, stored_as in zip(originals, self.stored_as, strict=True):
            yield self._original(line, stored_as)
        yield _in_memory(manifest.NAME, self.manifest_bytes)
        yield _in_memory(manifest.SUMS_NAME, self._sums())

    def _original(self, line: FileLine, stored_as: str) -> tuple[str, int, int, Iterator[bytes]]:
        with self.open_stored(stored_as) as file:
            crc, size, digest, held = 0, 0, hashlib.sha256(), []
            while piece := file.read(PIECE):
                crc = zlib.crc32(piece, crc)
                digest.update(piece)
                size += len(piece)
                if line.size <= HELD:
                    held.append(piece)
                if size > line.size:
                    break
        if (size, digest.hexdigest()) != (line.size, line.sha256):
            raise OriginalChanged(line.name)
        return line.name, crc, size, iter(held) if held else self._again(stored_as)

    def _again(self, stored_as: str) -> Iterator[bytes]:
        with self.open_stored(stored_as) as file:
            while piece := file.read(PIECE):
                yield piece


def _in_memory(name: str, content: bytes) -> tuple[str, int, int, Iterator[bytes]]:
    pieces = (content[at : at + PIECE] for at in range(0, len(content), PIECE))
    return name, zlib.crc32(content), len(content), pieces
