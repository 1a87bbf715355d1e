"""An upload costs no more room than a file that can be kept, and is still measured whole."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from appeals.evidence import arriving
from appeals.evidence.receiving import NotWritten
from appeals.evidence.refusals import EvidenceRefused
from guides.models import User

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


def coming(size: int, whose: Any) -> Any:
    """A request that is read and not answered yet."""
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", b"a" * size)})
    request.user = whose
    assert request.FILES
    return request


def came_in(request: Any) -> bool:
    """Whether its file was written down; if not, because others are still coming in."""
    file = request.FILES["file"]
    if isinstance(file, NotWritten):
        with pytest.raises(EvidenceRefused, match="busy"):
            file.read()
    return not isinstance(file, NotWritten)


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> tuple[User, User]:
    """Two who send, and nobody else."""
    monkeypatch.setattr(arriving, "ARRIVING", arriving.Arriving())
    return User(pk=1), User(pk=2)


def test_one_person_has_no_more_on_its_way_than_fills_a_case(
    settings: Any, people: tuple[User, User], tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.EVIDENCE_CASE_LIMIT = 5 * CHUNK
    first = coming(3 * CHUNK, people[0])

    second = coming(3 * CHUNK, people[0])

    assert came_in(first)
    assert not came_in(second)
    assert len(list(tmp_path.glob("*.upload*"))) == 1
    other = coming(3 * CHUNK, people[1])
    assert came_in(other)
    first.close()
    again = coming(3 * CHUNK, people[0])
    assert came_in(again)
    other.close()
    again.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_all_together_have_no_more_on_its_way_than_fills_an_account(
    settings: Any, people: tuple[User, User]
) -> None:
    settings.EVIDENCE_ACCOUNT_LIMIT = 5 * CHUNK
    first = coming(3 * CHUNK, people[0])

    assert not came_in(coming(3 * CHUNK, people[1]))

    del first  # a request that broke off is closed by nobody
    gc.collect()
    again = coming(3 * CHUNK, people[1])
    assert came_in(again)
    again.close()
