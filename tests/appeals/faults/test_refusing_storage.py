"""A storage that refuses, and one that is full: said beside the upload, in the reader's language."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from appeals import actions
from appeals.evidence import storage
from appeals.models import Case, Event, Evidence
from tests import factories
from tests.appeals.evidence.files import picture

pytestmark = pytest.mark.django_db

SAID = {
    "en": "Sorry, our storage did not take this file",
    "zh-hans": "抱歉，存放材料的地方这次没有收下这份文件",
}


@pytest.fixture
def case(owner: Any) -> Case:
    actions.consents.give(by=owner, language="en")
    return factories.open_case(owner)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A filesystem of its own that has room for one megabyte."""
    folder = tmp_path / "full"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("there is no mount here")
    if done.returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def photo() -> SimpleUploadedFile:
    """A picture of 1.5 MB: noise does not compress."""
    return SimpleUploadedFile("photo.png", noise())


def noise(width: int = 1000, height: int = 500) -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(3 * width * height)).save(out, "PNG")
    return out.getvalue()


def send(client: Client, case: Case, language: str, *files: SimpleUploadedFile) -> Any:
    with translation.override(language):
        url = reverse("appeals:evidence-create", args=[case.code])
    return client.post(url, {"files": list(files)})


def lying_about(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("language", SAID)
def test_a_storage_that_refuses_is_said_beside_the_file(
    as_owner: Client, case: Case, language: str, settings: Any, tmp_path: Path
) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "a file" / "evidence"
    (tmp_path / "a file").write_bytes(b"and no folder")

    answer = send(as_owner, case, language, photo())

    assert answer.status_code == 422
    assert SAID[language] in answer.content.decode()
    assert "photo.png" in answer.content.decode()
    assert not Evidence.objects.exists()
    assert not Event.objects.filter(kind=Event.Kind.EVIDENCE_ADDED).exists()
    assert as_owner.get(case.get_absolute_url()).status_code == 200


def test_other_pages_go_on_without_a_storage(
    as_owner: Client, case: Case, settings: Any, tmp_path: Path
) -> None:
    row = factories.make_evidence(case)
    settings.EVIDENCE_ROOT = tmp_path / "a file" / "evidence"
    (tmp_path / "a file").write_bytes(b"and no folder")
    names = ("case-detail", "evidence-list", "evidence-create", "letter", "dossier", "timeline")
    urls = [reverse(f"appeals:{name}", args=[case.code]) for name in names]

    answers = [as_owner.get(url).status_code for url in (*urls, row.get_absolute_url())]

    assert answers == [200] * 7


@pytest.mark.parametrize("language", SAID)
def test_a_full_storage_takes_what_fits_and_leaves_nothing_half(
    as_owner: Client, case: Case, language: str, settings: Any, full: Path
) -> None:
    settings.EVIDENCE_ROOT = full
    small = SimpleUploadedFile("small.png", picture("PNG"))

    answer = send(as_owner, case, language, photo(), small)

    assert answer.status_code == 422
    assert answer.content.decode().count(SAID[language]) == 1
    (kept,) = Evidence.objects.all()
    assert kept.original_name == "small.png"
    assert lying_about(full) == [str(storage.path_of(kept.stored_as))]


def test_no_room_for_what_is_on_its_way_in_is_said_in_the_same_words(
    as_owner: Client, case: Case, settings: Any, full: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = full

    answer = send(as_owner, case, "en", photo())

    assert answer.status_code == 422
    assert SAID["en"] in answer.content.decode()
    assert lying_about(full) == []
    assert not Evidence.objects.exists()
    assert (
        send(as_owner, case, "en", SimpleUploadedFile("s.png", picture("PNG"))).status_code == 302
    )


def test_a_folder_for_what_is_on_its_way_in_that_is_gone_is_no_failure_of_the_page(
    as_owner: Client, case: Case, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "gone"

    answer = send(as_owner, case, "en", photo())

    assert answer.status_code == 422
    assert SAID["en"] in answer.content.decode()


def test_whoever_runs_the_site_reads_why(
    as_owner: Client, case: Case, settings: Any, full: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EVIDENCE_ROOT = full

    send(as_owner, case, "en", photo())

    assert os.strerror(errno.ENOSPC) in caplog.text
    assert "photo.png" not in caplog.text
