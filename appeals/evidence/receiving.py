"""Files on their way in: no more of one is written down than could be kept."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)

from appeals.evidence.arriving import Share
from appeals.evidence.refusals import EvidenceRefused

log = logging.getLogger("keyright.evidence")


class NotWritten(UploadedFile):  # type: ignore[type-arg]
    """A file that came in and for which there was no room: whoever reads it is told why."""

    def __init__(self, why: Exception, **about: Any) -> None:
        super().__init__(file=BytesIO(), **about)
        self.why = why

    def read(self, *_args: Any) -> bytes:
        raise self.why

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        raise self.why


class ArrivingFile(TemporaryUploadedFile):
    """Holds its share of what may be on its way in until it is closed, or forgotten."""

    def __init__(self, share: Share, *about: Any) -> None:
        super().__init__(*about)
        self.share = share
        weakref.finalize(self, share.leave).atexit = False

    def close(self) -> None:
        self.share.leave()
        super().close()


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Takes whatever a person sends, since the refusal names its size, and stops writing at the
    limit. Of those who are not signed in, who can keep no file, nothing is written.

    Whose case it is for is asked only after all of it came in. Where there is no room for it,
    the rest of the form comes in all the same, so that the page can say so beside the file.
    """

    why: Exception | None
    file: ArrivingFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        user = getattr(self.request, "user", None)
        if user is not None and not user.is_authenticated:
            raise SkipFile
        self.why = None
        FileUploadHandler.new_file(self, *args, **kwargs)
        about = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        try:
            self.file = ArrivingFile(Share(user.pk if user is not None else None), *about)
        except OSError as why:
            self._give_up(why)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.why is None and start <= settings.EVIDENCE_FILE_LIMIT:
            if not self.file.share.take(len(raw_data)):
                self._give_up(EvidenceRefused("busy"))
                return
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as why:
                self._give_up(why)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if self.why is None:
            try:
                self.file.flush()
                return super().file_complete(file_size)
            except OSError as why:
                self._give_up(why)
        assert self.why is not None
        return NotWritten(
            self.why,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _give_up(self, why: Exception) -> None:
        """What was written of it goes at once: others may need the room."""
        self.why = why
        log.error("An upload could not be written: %s", getattr(why, "strerror", why))
        if file := getattr(self, "file", None):
            with suppress(OSError):  # closing writes what is left, once more in vain
                file.close()
