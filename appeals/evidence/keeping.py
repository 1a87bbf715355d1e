"""From an upload to kept bytes, so that a row and its bytes appear together or not at all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from appeals.evidence import storage
from appeals.evidence.accepting import accept
from appeals.evidence.names import kept_name
from appeals.evidence.refusals import EvidenceRefused

log = logging.getLogger("keyright.evidence")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes that were accepted and have their name in storage; `size` in bytes."""

    stored_as: str
    original_name: str
    media_type: str
    size: int
    sha256: str
    pages: int
    observed: dict[str, Any]

    def as_fields(self) -> dict[str, Any]:
        """What an Evidence is made with."""
        return {
            "stored_as": self.stored_as,
            "original_name": self.original_name,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
            "pages": self.pages,
            "observed": self.observed,
        }


def keep(upload: UploadedFile[Any]) -> StoredFile:
    """Check and keep the bytes of an upload as they are; whatever fails, nothing of them stays.

    Raises EvidenceRefused. Has no row yet: use `kept` to make one.
    """
    limit: int = settings.EVIDENCE_FILE_LIMIT
    if upload.size is not None and upload.size > limit:
        raise EvidenceRefused("too-large", size=upload.size, limit=limit)
    try:
        with storing():
            spooled = storage.spool(upload.chunks(), limit)
    except storage.TooLarge:
        raise EvidenceRefused("too-large", size=limit + 1, limit=limit) from None
    try:
        if not spooled.size:
            raise EvidenceRefused("empty")
        accepted = accept(spooled.path)
        with storing():
            name = storage.settle(spooled)
    except BaseException:
        spooled.path.unlink(missing_ok=True)
        raise
    return StoredFile(
        stored_as=name,
        original_name=kept_name(upload.name),
        media_type=accepted.media_type,
        size=spooled.size,
        sha256=spooled.sha256,
        pages=accepted.pages,
        observed=accepted.observed(),
    )


def refusal_of_type(excerpt: UploadedFile[Any]) -> EvidenceRefused:
    """Why a file of another type is not kept, by its beginning and end alone: the rest of it
    need not travel. Whatever this is, nothing of it stays."""
    try:
        with storing():
            spooled = storage.spool(excerpt.chunks(), settings.EVIDENCE_FILE_LIMIT)
        try:
            accept(spooled.path)
        finally:
            spooled.path.unlink(missing_ok=True)
    except EvidenceRefused as refused:
        return refused
    except storage.TooLarge:
        pass  # not sent by our script
    return EvidenceRefused("broken")  # an excerpt is no file, even where it looks like one


@contextmanager
def kept(upload: UploadedFile[Any]) -> Iterator[StoredFile]:
    """The bytes for as long as their row is made; they go again if the block raises.

    Open the transaction inside, so that its failing to commit counts as well:
    `with kept(upload) as stored, transaction.atomic(): ...`. What a crash leaves between the
    two is found by `mending`.
    """
    stored = keep(upload)
    try:
        yield stored
    except BaseException:
        storage.remove(stored.stored_as)
        raise


def discard(*names: str) -> None:
    """Remove the bytes once the transaction that deletes their rows is through: never before,
    or a row could be left without its bytes. What a crash leaves is found by `mending`."""
    transaction.on_commit(partial(_remove, storage.remove, names))


def discard_preview(name: str) -> None:
    """The same for what was drawn alone, where a sealed package still holds the bytes."""
    transaction.on_commit(partial(_remove, storage.remove_preview, (name,)))


def _remove(remove: Callable[[str], None], names: tuple[str, ...]) -> None:
    """One that cannot be removed does not keep the others: nobody can reach it any more."""
    for name in names:
        try:
            remove(name)
        except OSError as why:
            log.error("could not remove %s, which belongs to nothing now: %s", name, why)


@contextmanager
def storing() -> Iterator[None]:
    """A storage that is full or refuses is the operator's to mend, and the seller's to know."""
    try:
        yield
    except OSError as why:
        log.error("The storage did not take a file: %s", why.strerror)
        raise EvidenceRefused("not-stored") from why
