"""Files on their way in: no more of one is written down than could be kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Takes whatever a person sends, since the refusal names its size, and stops writing at the
    limit. Of those who are not signed in, who can keep no file, nothing is written.

    Whose case it is for is asked only after all of it came in.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        user = getattr(self.request, "user", None)
        if user is not None and not user.is_authenticated:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.EVIDENCE_FILE_LIMIT:
            super().receive_data_chunk(raw_data, start)
