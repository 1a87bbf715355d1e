"""The package: the same bytes each time, the originals untouched, readable by everybody."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import struct
import subprocess
import threading
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from appeals.dossier import manifest, zipping
from appeals.dossier import package as packing
from appeals.dossier.package import PIECE, OriginalChanged, Package
from appeals.evidence import storage

from . import example
from .packages import PDF, content_of, dossier, members, package, three, zipped


def test_it_holds_the_dossier_the_originals_and_their_sums() -> None:
    contents = [content_of(number) for number in range(3)]

    found = members(zipped(package(*contents)))

    assert list(found) == [
        "dossier.pdf",
        "A-5-1_payment_2018-05.pdf",
        "A-5-2_payment_2018-05.pdf",
        "A-5-3_payment_2018-05.pdf",
        "MANIFEST.json",
        "SHA256SUMS",
    ]
    assert found["dossier.pdf"] == PDF
    assert [found[name] for name in list(found)[1:4]] == contents


def test_the_manifest_says_what_is_in_it() -> None:
    made = three()

    said = json.loads(members(zipped(made))["MANIFEST.json"])

    assert said["format"] == "keyright-package-1"
    assert said["store"] == "Example Store US"
    assert said["notice_on"] == "2018-09-12"
    assert said["round"] == 1
    assert said["changed_at"] == "2018-09-20T09:40:07+08:00"
    assert said["is_finished"] is True
    assert said["facts_sha256"] == example.finished().digest
    assert said["files"][1] == {
        "name": "A-5-1_payment_2018-05.pdf",
        "size": len(content_of(0)),
        "sha256": hashlib.sha256(content_of(0)).hexdigest(),
        "exhibit": "A-5-1",
    }
    assert made.manifest_sha256 == hashlib.sha256(made.manifest_bytes).hexdigest()


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert zipped(three()) == zipped(three())


def test_its_size_is_known_before() -> None:
    made = three()

    assert made.size == len(zipped(made))


def test_members_are_stored_with_the_time_of_the_last_change() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(three()))) as opened:
        infos = opened.infolist()
        assert opened.testzip() is None

    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert {info.date_time for info in infos} == {(2018, 9, 20, 9, 40, 6)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert {info.flag_bits for info in infos} == {0}  # nothing follows after the bytes
    assert all(info.filename.isascii() for info in infos)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not here")
def test_sha256sum_is_enough(tmp_path: Path) -> None:
    for name, content in members(zipped(three())).items():
        (tmp_path / name).write_bytes(content)
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]

    good = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (tmp_path / "A-5-2_payment_2018-05.pdf").write_bytes(b"x")
    bad = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert good.returncode == 0
    assert good.stdout.count(": OK") == 5
    assert bad.returncode == 1
    assert "A-5-2_payment_2018-05.pdf: FAILED" in bad.stdout


@pytest.mark.parametrize("size", [0, 32, PIECE, PIECE + 32])
def test_originals_of_every_size_arrive_untouched(size: int) -> None:
    content = content_of(1, size)

    made = package(content)

    assert members(zipped(made))["A-5-1_payment_2018-05.pdf"] == content
    assert made.size == len(zipped(made))


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(b"x" + content_of(1)[1:], id="a byte is another"),
        pytest.param(content_of(1)[:-1], id="a byte is gone"),
        pytest.param(content_of(1) + b"x", id="a byte too many"),
    ],
)
def test_stored_bytes_that_changed_are_not_packed(stored: bytes) -> None:
    made = replace(package(content_of(1)), open_stored=lambda _name: io.BytesIO(stored))
    handed_out = []

    with pytest.raises(OriginalChanged, match="A-5-1_payment"):
        handed_out += made.chunks()

    assert stored not in b"".join(handed_out)
    assert b"PK\5\6" not in b"".join(handed_out)


def test_an_original_that_is_gone_ends_it() -> None:
    made = replace(three(), open_stored=storage.open_stored)

    with pytest.raises(FileNotFoundError):
        zipped(made)


def test_originals_come_from_storage() -> None:
    made, _path = kept(content_of(7))

    assert members(zipped(made))["A-5-1_payment_2018-05.pdf"] == content_of(7)


def kept(content: bytes) -> tuple[Package, Path]:
    """A package whose one original lies in storage, and where."""
    stored_as = storage.settle(storage.spool([content], len(content)))
    of_one = dossier(content)
    of_one = replace(of_one, members=(replace(of_one.members[0], stored_as=stored_as),))
    return Package.of(of_one, PDF), storage.path_of(stored_as)


def test_what_was_summed_once_is_not_summed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _path = kept(content_of(8))
    first = zipped(made)
    monkeypatch.setattr(packing, "_summed", None)

    assert zipped(made) == first


def test_what_is_written_to_afterwards_is_noticed() -> None:
    made, path = kept(content_of(9))
    zipped(made)
    path.write_bytes(content_of(10))

    with pytest.raises(OriginalChanged):
        zipped(made)


def test_sums_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_SEEN", 2)

    for number in range(5):
        zipped(kept(content_of(number))[0])

    assert len(packing._seen) == 2


def test_large_originals_are_not_held() -> None:
    content = content_of(1, 40 * PIECE)
    made = replace(package(content), open_stored=lambda _name: io.BytesIO(content))

    tracemalloc.start()
    length = sum(map(len, made.chunks()))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert length == made.size
    assert peak < 8 * PIECE


def test_who_stops_reading_leaves_nothing_running() -> None:
    before = threading.active_count()
    chunks = package(*(content_of(number) for number in range(20))).chunks()
    for _number in range(5):
        next(chunks)

    chunks.close()  # type: ignore[attr-defined]

    assert threading.active_count() == before


def test_pieces_are_small() -> None:
    assert max(map(len, package(content_of(1, 3 * PIECE)).chunks())) == PIECE


def test_beyond_four_gigabytes_the_longer_records_are_used() -> None:
    """As a package of many large originals ends; its members are not made for that."""
    at = example.CHANGED_AT
    entries = [
        zipping.Entry(f"A-5-{number}.pdf", 2_000_000_000, 0, number * 2_000_000_100)
        for number in range(4)
    ]

    made = zipping.directory(entries, at)

    assert made.count(b"PK\1\2") == 4
    at_end = made.index(b"PK\6\6")
    count, total, size, start = struct.unpack_from("<4Q", made, at_end + 24)
    assert (count, total, size) == (4, 4, at_end)
    assert start == entries[-1].offset + zipping.local_size(entries[-1])
    assert struct.unpack_from("<Q", made, made.index(b"PK\6\7") + 8) == (start + size,)
    offsets = struct.unpack_from("<2HQ", made, at_end - 12)
    assert offsets == (1, 8, entries[-1].offset)


def test_a_member_of_four_gigabytes_is_refused() -> None:
    with pytest.raises(ValueError, match="4 GB"):
        zipping.local_head(zipping.Entry("a.pdf", 2**32, 0, 0), example.CHANGED_AT)


@pytest.mark.parametrize(
    ("year", "kept"),
    [(1970, (1980, 1, 1)), (2018, (2018, 9, 20)), (2200, (2107, 9, 20))],
)
def test_times_a_zip_cannot_keep(year: int, kept: tuple[int, int, int]) -> None:
    _time, date = zipping.dos_time(example.CHANGED_AT.replace(year=year))

    assert (1980 + (date >> 9), date >> 5 & 15, date & 31) == kept


def test_the_manifest_is_read_back_as_it_was_written() -> None:
    made = three()

    read = manifest.read(made.manifest_bytes)

    assert read == made.manifest
    assert manifest.to_bytes(read) == made.manifest_bytes
