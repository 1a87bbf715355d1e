"""What a crash left: bytes that belong to nothing are removed, rows without bytes are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from appeals.dossier import manifest
from appeals.evidence import holding, storage
from appeals.models import Evidence, Submission

#: Longer than any upload takes: what is older belongs to nobody who is still at it.
AGE = timedelta(hours=1)
BATCH = holding.BATCH


@dataclass(frozen=True, slots=True)
class Mended:
    """Files of nothing that were (or would be) removed, rows whose bytes are gone, and sealed
    packages of which bytes are gone or are other ones, each with the names of those."""

    removed: tuple[Path, ...]
    missing: tuple[Evidence, ...]
    incomplete: tuple[tuple[Submission, tuple[str, ...]], ...]


def mend(*, now: datetime, is_trial: bool = False) -> Mended:
    """Compare storage and rows. With `is_trial` nothing is removed. Safe to run at any time."""
    before = (now - AGE).timestamp()
    removed = (*without_row(before), *storage.uploads_left_since(before))
    if not is_trial:
        for path in removed:
            path.unlink(missing_ok=True)
    return Mended(removed, tuple(without_bytes()), tuple(incomplete()))


def without_row(before: float) -> Iterator[Path]:
    """Files that are old enough and that neither evidence nor a sealed package has."""
    paths = storage.left_since(before)
    while some := list(islice(paths, BATCH)):
        known = holding.known([path.name for path in some])
        # An incoming file has the name it would get; with a row it lies elsewhere already.
        yield from (path for path in some if path.name not in known)


def without_bytes() -> Iterator[Evidence]:
    rows = Evidence.objects.filter(file_deleted_at=None).order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        # Asked again: it may have been deleted after its row was read.
        if not storage.is_stored(row.stored_as) and rows.filter(pk=row.pk).exists():
            yield row


def incomplete() -> Iterator[tuple[Submission, tuple[str, ...]]]:
    for package in holding.packages():
        # Their sums are compared at every download; here, where all are looked at, their sizes.
        names = (package.pdf_stored_as, *package.originals)
        sizes = (one.size for one in manifest.read(package.manifest.encode("ascii")).files)
        gone = tuple(
            name for name, size in zip(names, sizes, strict=True) if storage.size_of(name) != size
        )
        kept = Submission.objects.filter(pk=package.pk, package_deleted_at=None)
        if gone and kept.exists():
            yield package, gone
