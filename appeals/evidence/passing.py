"""One file on its way through: looked at and forgotten, whoever sends it."""

from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload


class PassingUploadHandler(FileUploadHandler):
    """Takes the first file of a request, up to `most` bytes, into a file without a name: it is
    gone with the request, also where the process is killed meanwhile."""

    def __init__(self, request: Any = None, *, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.is_too_large = False
        self._file: Any = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._file is not None:
            raise SkipFile
        # Read by the view, and closed with the request.
        self._file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self.most:
            self.is_too_large = True
            self._file.close()
            # What is left comes in and is thrown away, so that the answer can be read.
            raise StopUpload(connection_reset=False)
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self._file.seek(0)
        return UploadedFile(self._file, "package", size=file_size)

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()
