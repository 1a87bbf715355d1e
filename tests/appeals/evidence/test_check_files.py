"""What a crash left between bytes and rows is found, said and mended."""

from __future__ import annotations

import io
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from appeals.evidence import mending, storage
from appeals.evidence.keeping import keep, kept
from appeals.models import Evidence
from tests import factories

from .files import paper

pytestmark = pytest.mark.django_db


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", paper())


def make_evidence() -> Evidence:
    with kept(upload()) as file:
        return Evidence.objects.create(case=factories.make_case(), **file.as_fields())


def age(path: Path, minutes: int) -> None:
    then = time.time() - minutes * 60
    os.utime(path, (then, then))


WELL = "Every file has its evidence, every evidence its file.\n"
NOTHING = "No file is left over.\n" + WELL


def check_files(*options: str) -> str:
    out = io.StringIO()
    call_command("check_files", *options, stdout=out)
    return out.getvalue()


def test_bytes_without_a_row_are_removed() -> None:
    name = keep(upload()).stored_as
    age(storage.path_of(name), minutes=61)

    said = check_files()

    assert said == (
        f"{name[:2]}/{name}: removed, no evidence has it\n"
        f"1 file that belonged to nothing was removed.\n{WELL}"
    )
    assert not storage.is_stored(name)


def test_bytes_that_may_still_get_their_row_stay() -> None:
    name = keep(upload()).stored_as
    age(storage.path_of(name), minutes=59)

    assert check_files() == NOTHING
    assert storage.is_stored(name)


def test_half_an_upload_is_removed_once_it_is_old(settings: Any) -> None:
    young = storage.spool([b"half"], limit=10).path
    old = storage.spool([b"half"], limit=10).path
    age(old, minutes=61)

    check_files()

    assert not old.exists()
    assert young.exists()


def test_an_upload_that_never_came_in_whole_is_removed_once_it_is_old(
    tmp_path: Path,
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not an upload")
    with (
        TemporaryUploadedFile("a.pdf", "application/pdf", 0, None) as half,
        TemporaryUploadedFile("b.pdf", "application/pdf", 0, None) as coming,
    ):
        old, young = (Path(file.temporary_file_path()) for file in (half, coming))
        age(old, minutes=61)
        age(other, minutes=61)

        said = check_files()

        assert said.count(": removed") == 1
        assert not old.exists()
        assert young.exists()
        assert other.exists()


def test_bytes_with_a_row_stay_however_old() -> None:
    row = make_evidence()
    age(storage.path_of(row.stored_as), minutes=60 * 24 * 400)

    assert check_files() == NOTHING
    assert storage.is_stored(row.stored_as)


def test_a_row_without_bytes_is_named_and_stays() -> None:
    row = make_evidence()
    storage.remove(row.stored_as)
    out = io.StringIO()

    with pytest.raises(CommandError, match="1 evidence without a file"):
        call_command("check_files", stdout=out)

    assert out.getvalue() == f"{row.code}: its file {row.stored_as} is gone\n"
    assert Evidence.objects.filter(pk=row.pk).exists()


def test_a_trial_removes_nothing() -> None:
    name = keep(upload()).stored_as
    age(storage.path_of(name), minutes=61)

    assert "1 file that belonged to nothing would be removed." in check_files("--trial")
    assert storage.is_stored(name)


def test_files_that_are_not_ours_are_left_alone(settings: Any) -> None:
    root = Path(settings.EVIDENCE_ROOT)
    others = [root / "README", root / "ab" / "notes.txt", root / "other" / ("a" * 32)]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not ours")
        age(path, minutes=600)

    assert check_files() == NOTHING
    assert all(path.exists() for path in others)


def test_running_it_twice_changes_nothing_more() -> None:
    age(storage.path_of(keep(upload()).stored_as), minutes=61)

    assert check_files() != NOTHING
    assert check_files() == NOTHING


def test_it_needs_no_folder_yet() -> None:
    assert check_files() == NOTHING


def test_a_clock_set_back_removes_nothing() -> None:
    name = keep(upload()).stored_as

    mended = mending.mend(now=timezone.now() - timedelta(days=1))

    assert mended.removed == ()
    assert storage.is_stored(name)


def test_queries_do_not_grow_with_each_file(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        age(storage.path_of(make_evidence().stored_as), minutes=61)

    with django_assert_num_queries(4):
        mending.mend(now=timezone.now())
