"""An upload costs no more room than a file that can be kept, and is still measured whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

CHUNK = 64 * 1024


def receive(size: int) -> tuple[int, int]:
    """How long the upload says it is, and how much of it was written."""
    sent = SimpleUploadedFile("a.pdf", b"a" * size)
    with RequestFactory().post("/", {"file": sent}).FILES["file"] as file:
        return file.size, os.path.getsize(file.temporary_file_path())


def test_what_can_be_kept_comes_in_whole(settings: Any) -> None:
    settings.EVIDENCE_FILE_LIMIT = 3 * CHUNK

    assert receive(3 * CHUNK) == (3 * CHUNK, 3 * CHUNK)


def test_beyond_that_it_is_counted_and_not_written(settings: Any) -> None:
    settings.EVIDENCE_FILE_LIMIT = 3 * CHUNK

    said, written = receive(20 * CHUNK)

    assert said == 20 * CHUNK
    assert written <= 4 * CHUNK


def test_nothing_is_written_for_who_is_not_signed_in(settings: Any, tmp_path: Path) -> None:
    sent = SimpleUploadedFile("a.pdf", b"a" * 20 * CHUNK)
    request = RequestFactory().post("/", {"file": sent, "name": "x"})
    request.user = AnonymousUser()
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    assert not request.FILES
    assert request.POST["name"] == "x"
    assert not list(tmp_path.glob("*.upload*"))
