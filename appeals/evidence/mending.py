"""What a crash left: bytes without a row are removed, rows without bytes are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from appeals.evidence import storage
from appeals.models import Evidence, Submission

#: Longer than any upload takes: what is older belongs to nobody who is still at it.
AGE = timedelta(hours=1)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Mended:
    """Files without a row that were (or would be) removed, and rows whose bytes are gone."""

    removed: tuple[Path, ...]
    missing: tuple[Evidence, ...]


def mend(*, now: datetime, is_trial: bool = False) -> Mended:
    """Compare storage and rows. With `is_trial` nothing is removed. Safe to run at any time."""
    before = (now - AGE).timestamp()
    removed = (*without_row(before), *storage.uploads_left_since(before))
    if not is_trial:
        for path in removed:
            path.unlink(missing_ok=True)
    rows = Evidence.objects.order_by("pk").iterator(chunk_size=BATCH)
    missing = tuple(row for row in rows if not storage.is_stored(row.stored_as))
    return Mended(removed, missing)


def without_row(before: float) -> Iterator[Path]:
    """Files that are old enough and belong to no row: two queries for some hundreds of them."""
    paths = storage.left_since(before)
    while some := list(islice(paths, BATCH)):
        names = [path.name for path in some]
        kept = Evidence.objects.filter(stored_as__in=names)
        sealed = Submission.objects.filter(pdf_stored_as__in=names)
        known = {*kept.values_list("stored_as", flat=True)}
        known |= {*sealed.values_list("pdf_stored_as", flat=True)}
        # An incoming file has the name it would get; with a row it lies elsewhere already.
        yield from (path for path in some if path.name not in known)
