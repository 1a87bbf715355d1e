"""Bytes and row appear together or not at all, and the bytes are those that were sent."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile, UploadedFile
from django.db import transaction

from appeals.evidence import storage
from appeals.evidence.keeping import discard, keep, kept
from appeals.evidence.refusals import EvidenceRefused
from appeals.models import Evidence
from guides import children
from tests import factories

from .files import paper, picture

PDF = paper()


def upload(data: bytes = PDF, name: str = "付款.pdf") -> UploadedFile[Any]:
    return SimpleUploadedFile(name, data, content_type="text/html")


@pytest.fixture
def folder(settings: Any) -> Path:
    return Path(settings.EVIDENCE_ROOT)


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_it_keeps_the_bytes_as_they_are(folder: Path) -> None:
    file = keep(upload())

    (path,) = stored(folder)
    assert path.read_bytes() == PDF
    assert file.size == len(PDF)
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (file.media_type, file.pages) == ("application/pdf", 1)


def test_the_type_comes_from_the_bytes_alone() -> None:
    file = keep(upload(picture("PNG"), name="invoice.pdf"))

    assert (file.media_type, file.original_name) == ("image/png", "invoice.pdf")


def test_the_stored_name_says_nothing(folder: Path) -> None:
    file = keep(upload(name="Wang_2018-05.pdf"))

    (path,) = stored(folder)
    assert path.name == file.stored_as
    assert storage.NAME.fullmatch(path.name)


def test_nobody_else_on_the_machine_may_read_it(folder: Path) -> None:
    keep(upload())

    (path,) = stored(folder)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_same_bytes_twice_are_two_files(folder: Path) -> None:
    assert keep(upload()).stored_as != keep(upload()).stored_as
    assert len(stored(folder)) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"text", "type", id="another type"),
        pytest.param(PDF[:200], "broken", id="cut"),
    ],
)
def test_nothing_of_a_refused_file_stays(folder: Path, data: bytes, code: str) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        keep(upload(data))

    assert refused.value.code == code
    assert stored(folder) == []


def test_the_limit_is_the_largest_size_that_is_kept(settings: Any) -> None:
    settings.EVIDENCE_FILE_LIMIT = len(PDF)

    assert keep(upload()).size == len(PDF)


def test_one_byte_more_is_refused_without_being_read(settings: Any, folder: Path) -> None:
    settings.EVIDENCE_FILE_LIMIT = len(PDF) - 1

    with pytest.raises(EvidenceRefused) as refused:
        keep(upload())

    assert refused.value.values == {"size": len(PDF), "limit": len(PDF) - 1}
    assert not folder.exists()


def test_bytes_are_counted_where_the_announced_size_is_wrong(settings: Any, folder: Path) -> None:
    settings.EVIDENCE_FILE_LIMIT = len(PDF) - 1
    file = upload()
    file.size = 5

    with pytest.raises(EvidenceRefused, match="too-large"):
        keep(file)

    assert stored(folder) == []


def test_a_large_file_is_never_in_memory(settings: Any) -> None:
    settings.EVIDENCE_FILE_LIMIT = 100 * 1024 * 1024
    size = 60 * 1024 * 1024
    file = TemporaryUploadedFile("big.jpg", "image/jpeg", size, None)
    data = picture("JPEG")
    file.write(data)
    for _ in range(60):
        file.write(bytes(1024 * 1024))
    file.size = file.tell()
    file.seek(0)
    tracemalloc.start()

    kept_file = keep(file)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept_file.size == len(data) + size
    assert peak < 4 * 1024 * 1024


def test_a_disk_that_refuses_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", refuse)

    with pytest.raises(EvidenceRefused, match="not-stored"):
        keep(upload())

    assert stored(folder) == []


def test_a_check_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children.subprocess, "Popen", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        keep(upload())

    assert stored(folder) == []


def make_row(upload: UploadedFile[Any], case: Any) -> Evidence:
    with kept(upload) as file, transaction.atomic():
        return Evidence.objects.create(case=case, **file.as_fields())


@pytest.mark.django_db
def test_a_row_has_its_bytes() -> None:
    row = make_row(upload(), factories.make_case())

    with storage.open_stored(row.stored_as) as file:
        assert file.read() == PDF
    assert row.original_name == "付款.pdf"


@pytest.mark.django_db
def test_bytes_go_when_the_row_cannot_be_made(folder: Path) -> None:
    with pytest.raises(ValueError, match="case"):
        make_row(upload(), "no case")

    assert stored(folder) == []
    assert not Evidence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_go_when_the_transaction_fails_at_its_end(folder: Path) -> None:
    case = factories.make_case()

    def fail_at_the_end() -> None:
        with kept(upload()) as file, transaction.atomic():
            Evidence.objects.create(case=case, **file.as_fields())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()

    assert stored(folder) == []
    assert not Evidence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_go_once_the_deletion_is_through(folder: Path) -> None:
    row = make_row(upload(), factories.make_case())

    with transaction.atomic():
        row.delete()
        discard(row.stored_as)
        assert len(stored(folder)) == 1

    assert stored(folder) == []


@pytest.mark.django_db(transaction=True)
def test_bytes_stay_when_the_deletion_is_taken_back(folder: Path) -> None:
    row = make_row(upload(), factories.make_case())

    def delete_and_fail() -> None:
        with transaction.atomic():
            row.delete()
            discard(row.stored_as)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        delete_and_fail()

    assert len(stored(folder)) == 1
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("name", ["", "../../secret-key", "a" * 31, "A" * 32, "a" * 32 + "\n"])
def test_only_names_of_its_own_are_opened_or_removed(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        storage.open_stored(name)
    with pytest.raises(ValueError, match="not a name"):
        storage.remove(name)
