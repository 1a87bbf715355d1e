"""Files on their way in: no more of one is written down than could be kept."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Takes whatever is sent, since the refusal names its size, and stops writing at the limit.

    Who sends it is asked only after all of it came in.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.EVIDENCE_FILE_LIMIT:
            super().receive_data_chunk(raw_data, start)
