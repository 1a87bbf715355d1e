"""Whole, changed, or not ours: what a package is found to be."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from appeals.dossier import manifest, verifying
from appeals.dossier.verifying import FileState, TooLarge, Verdict, Verification, verify

from .packages import (
    content_of,
    forged,
    members,
    package,
    repacked,
    three,
    zipped,
)

SECOND = "A-5-2_payment_2018-05.pdf"


def found(file: io.BytesIO | bytes) -> Verification:
    return verify(io.BytesIO(file) if isinstance(file, bytes) else file)


def changed(result: Verification) -> list[tuple[str, str]]:
    return [(one.name, one.state.value) for one in result.changed]


def files() -> dict[str, bytes]:
    return members(zipped(three()))


def without(name: str) -> dict[str, bytes]:
    return {each: content for each, content in files().items() if each != name}


def test_a_package_is_whole() -> None:
    made = three()

    result = found(zipped(made))

    assert result.verdict is Verdict.WHOLE
    assert result.manifest == made.manifest
    assert result.manifest_sha256 == made.manifest_sha256
    assert not result.is_alone
    assert [one.name for one in result.files] == [
        "dossier.pdf",
        "A-5-1_payment_2018-05.pdf",
        SECOND,
        "A-5-3_payment_2018-05.pdf",
        "SHA256SUMS",
        "MANIFEST.json",
    ]
    assert {one.state for one in result.files} == {FileState.WHOLE}


@pytest.mark.parametrize(
    ("folder", "method"),
    [
        pytest.param("", zipfile.ZIP_STORED, id="stored by another program"),
        pytest.param("", zipfile.ZIP_DEFLATED, id="compressed"),
        pytest.param("示例/", zipfile.ZIP_DEFLATED, id="within a folder"),
    ],
)
def test_packed_again_it_is_whole(folder: str, method: int) -> None:
    assert found(repacked(files(), folder, method)).verdict is Verdict.WHOLE


def test_every_byte_counts() -> None:
    """One byte of the second original is another; the ZIP's own sum is left as it was."""
    content = bytearray(zipped(three()))
    at = content.index(content_of(1)) + 100
    content[at] ^= 1

    result = found(bytes(content))

    assert result.verdict is Verdict.CHANGED
    [one] = result.changed
    assert (one.name, one.state) == (SECOND, FileState.CHANGED)
    assert one.size == one.found_size == len(content_of(1))
    assert one.sha256 != one.found_sha256
    assert len(one.found_sha256) == 64


def test_any_byte_of_a_member_is_noticed() -> None:
    content = zipped(three())
    for at in range(40, len(content) - 600, 97):
        altered = bytearray(content)
        altered[at] ^= 0xFF

        result = found(bytes(altered))

        assert result.verdict is not Verdict.WHOLE or _is_in_a_head(content, at), at


def _is_in_a_head(content: bytes, at: int) -> bool:
    """Heads repeat what the list at the end says; bytes of a file they are not."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return not any(
            info.header_offset + 30 + len(info.filename)
            <= at
            < info.header_offset + 30 + len(info.filename) + info.file_size
            for info in opened.infolist()
        )


@pytest.mark.parametrize(
    ("altered", "expected"),
    [
        pytest.param(
            lambda: repacked(files() | {SECOND: b"shorter"}), [(SECOND, "changed")], id="shorter"
        ),
        pytest.param(
            lambda: repacked(files() | {SECOND: content_of(1) + b"x"}),
            [(SECOND, "changed")],
            id="longer",
        ),
        pytest.param(lambda: repacked(without(SECOND)), [(SECOND, "missing")], id="removed"),
        pytest.param(
            lambda: repacked(files() | {"more.pdf": b"x"}), [("more.pdf", "added")], id="added"
        ),
        pytest.param(
            lambda: repacked(without(SECOND) | {"B.pdf": content_of(1)}),
            [(SECOND, "renamed")],
            id="renamed",
        ),
        pytest.param(
            lambda: repacked(
                files() | {SECOND: content_of(2), "A-5-3_payment_2018-05.pdf": content_of(1)}
            ),
            [(SECOND, "changed"), ("A-5-3_payment_2018-05.pdf", "changed")],
            id="two swapped",
        ),
        pytest.param(
            lambda: repacked(files() | {"dossier.pdf": b"%PDF another"}),
            [("dossier.pdf", "changed")],
            id="the dossier",
        ),
        pytest.param(
            lambda: repacked(without("SHA256SUMS")),
            [("SHA256SUMS", "missing")],
            id="without the list of sums",
        ),
        pytest.param(
            lambda: repacked(files() | {"SHA256SUMS": b"0  nothing\n"}),
            [("SHA256SUMS", "changed")],
            id="the list of sums",
        ),
        pytest.param(
            lambda: repacked(
                files()
                | {"MANIFEST.json": files()["MANIFEST.json"].replace(b"2018-09-12", b"2018-09-13")}
            ),
            [("SHA256SUMS", "changed"), ("MANIFEST.json", "changed")],
            id="the manifest",
        ),
        pytest.param(
            lambda: forged(files(), store="Another Store", is_finished=False),
            [],
            id="a manifest made anew is another package",
        ),
    ],
)
def test_what_was_altered_is_named(
    altered: Callable[[], io.BytesIO], expected: list[tuple[str, str]]
) -> None:
    result = found(altered())

    assert changed(result) == expected
    assert result.verdict is (Verdict.CHANGED if expected else Verdict.WHOLE)
    assert result.manifest is not None


def test_a_manifest_made_anew_has_another_sum() -> None:
    """Which is how a site that kept the sum of what it sealed tells the two apart."""
    made = three()

    result = found(forged(files(), store="Another Store"))

    assert result.manifest_sha256 != made.manifest_sha256


def test_a_renamed_file_is_found_under_its_new_name() -> None:
    [one] = found(repacked(without(SECOND) | {"B.pdf": content_of(1)})).changed

    assert one.found_name == "B.pdf"
    assert one.sha256 == one.found_sha256


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_an_addition() -> None:
    file = repacked(files())
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr(SECOND, b"another")

    assert changed(found(file)) == [(SECOND, "added")]


def test_folders_and_what_they_are_called_do_not_count() -> None:
    file = repacked(files())
    with zipfile.ZipFile(file, "a") as opened:
        opened.mkdir("empty")

    assert found(file).verdict is Verdict.WHOLE


def test_names_from_outside_are_made_harmless() -> None:
    names = [one for one, _state in changed(found(repacked(files() | {"a\u202e\nb" * 99: b"x"})))]

    assert names == [("a??b" * 99)[:200]]


def test_a_manifest_alone_is_whole() -> None:
    made = three()

    result = found(made.manifest_bytes)

    assert result.verdict is Verdict.WHOLE
    assert result.is_alone
    assert result.manifest == made.manifest
    assert result.manifest_sha256 == made.manifest_sha256
    assert [one.state.value for one in result.files] == ["not-looked-at"] * 4 + ["whole"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(b"2018-09-12", b"2018-09-13"), id="a value"),
        pytest.param(lambda text: text.replace(b'"A-5-2"', b'"A-5-9"'), id="a file"),
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="line ends"),
        pytest.param(lambda text: text + b"\n", id="a line more"),
        pytest.param(lambda text: json.dumps(json.loads(text)).encode(), id="its layout"),
    ],
)
def test_a_manifest_alone_that_was_changed(change: Callable[[bytes], bytes]) -> None:
    text = three().manifest_bytes
    assert change(text) != text

    result = found(change(text))

    assert result.verdict is Verdict.CHANGED
    assert changed(result) == [("MANIFEST.json", "changed")]


def of_manifest(**changes: object) -> bytes:
    return json.dumps(json.loads(three().manifest_bytes) | changes).encode()


FILE = {"name": "a.pdf", "size": 1, "sha256": "0" * 64, "exhibit": ""}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hello", id="text"),
        pytest.param(b"%PDF-1.7", id="a PDF"),
        pytest.param(b"{}", id="an empty object"),
        pytest.param(b"{" * 100_000, id="deeply nested"),
        pytest.param(b'{"format":' + b"[" * 100_000, id="deeply nested inside"),
        pytest.param(b'{"format": ' + b"9" * 10_000 + b"}", id="a long number"),
        pytest.param('{"format": "钥"}'.encode(), id="not ASCII"),
        pytest.param(of_manifest(format="keyright-package-2"), id="another format"),
        pytest.param(of_manifest(files=[]), id="no files"),
        pytest.param(of_manifest(files={"a": 1}), id="files of another shape"),
        pytest.param(of_manifest(files=[FILE, FILE]), id="a name twice"),
        pytest.param(of_manifest(files=[FILE] * 5001), id="too many files"),
        pytest.param(of_manifest(files=[FILE | {"name": "../a"}]), id="a path"),
        pytest.param(of_manifest(files=[FILE | {"name": "MANIFEST.json"}]), id="itself"),
        pytest.param(of_manifest(files=[FILE | {"size": -1}]), id="a size below nothing"),
        pytest.param(of_manifest(files=[FILE | {"size": True}]), id="a size that is none"),
        pytest.param(of_manifest(files=[FILE | {"sha256": "x"}]), id="a sum that is none"),
        pytest.param(of_manifest(files=[FILE | {"more": 1}]), id="more about a file"),
        pytest.param(of_manifest(files=[None]), id="a file of another shape"),
        pytest.param(of_manifest(round="1"), id="a round in words"),
        pytest.param(of_manifest(store=None), id="no store"),
        pytest.param(b"{" + b" " * manifest.LARGEST + b"}", id="too large"),
        pytest.param(repacked({"a.txt": b"a"}).getvalue(), id="another ZIP"),
        pytest.param(repacked({"MANIFEST.json": b"{}"}).getvalue(), id="another manifest"),
        pytest.param(b"PK\5\6" + bytes(18), id="an empty ZIP"),
        pytest.param(b"PK\5\6", id="the beginning of an end"),
        pytest.param(b"PK\3\4" + bytes(100), id="the beginning of a ZIP"),
        pytest.param(zipped(three())[:-100], id="a package cut short"),
        pytest.param(zipped(three())[:500], id="a package cut shorter"),
        pytest.param(
            b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0),
            id="longer records that are not there",
        ),
    ],
)
def test_what_is_not_ours(content: bytes) -> None:
    assert found(content) == verifying.NOT_OURS


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(lambda: _with_many_members(verifying.MOST_FILES + 3), id="many members"),
        pytest.param(
            lambda: io.BytesIO(b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 9, 9, 2**30, 0, 0)),
            id="a long list",
        ),
        pytest.param(
            lambda: io.BytesIO(
                struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 10**9, 10**9, 10**9, 0)
                + struct.pack("<4sIQI", b"PK\6\7", 0, 0, 1)
                + b"PK\5\6"
                + struct.pack("<4H2IH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
            ),
            id="a long list by the longer records",
        ),
        pytest.param(lambda: _announcing(verifying.MOST_BYTES), id="more bytes than are read"),
    ],
)
def test_beyond_what_is_looked_at(file: Callable[[], io.BytesIO]) -> None:
    with pytest.raises(TooLarge):
        verify(file())


def _with_many_members(count: int) -> io.BytesIO:
    return repacked({f"{number}": b"" for number in range(count)}, method=zipfile.ZIP_STORED)


def _announcing(size: int) -> io.BytesIO:
    inside = files()
    read = manifest.read(inside["MANIFEST.json"])
    return forged(inside, files=(replace(read.files[0], size=size), *read.files[1:]))


def test_a_bomb_is_not_unpacked() -> None:
    """A member that would become a hundred megabytes where a thousand bytes are announced."""
    bomb = bytes(100 * 1024 * 1024)
    file = repacked(files() | {SECOND: bomb, "bomb.bin": bomb})
    del bomb

    tracemalloc.start()
    result = verify(file)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert changed(result) == [(SECOND, "changed"), ("bomb.bin", "added")]
    assert peak < 4 * 1024 * 1024


def test_a_member_that_says_less_than_it_holds() -> None:
    """Its size in the list is that of the manifest; its bytes go on."""
    bomb = bytes(10 * 1024 * 1024)
    content = repacked(files() | {SECOND: bomb}).getvalue()
    right = struct.pack("<I", len(content_of(1)))
    content = content.replace(struct.pack("<I", len(bomb)), right)

    assert changed(found(content)) == [(SECOND, "changed")]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_other_ways_of_packing_are_not_unpacked(method: int) -> None:
    """Some of them take memory without bound."""
    file = repacked(files())
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr("more", b"x", method)
    inside = repacked({SECOND: content_of(1)}, method=method)
    with zipfile.ZipFile(inside, "a") as opened:
        for name, content in without(SECOND).items():
            opened.writestr(name, content, zipfile.ZIP_STORED)

    assert changed(found(file)) == [("more", "added")]
    [one] = found(inside).changed
    assert (one.name, one.found_size, one.found_sha256) == (SECOND, None, "")


def test_a_member_under_a_password_is_changed() -> None:
    content = bytearray(zipped(three()))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as opened:
        local = opened.getinfo(SECOND).header_offset
    entry = bytes(content).index(SECOND.encode(), bytes(content).index(b"PK\1\2")) - 46
    content[local + 6] |= 1
    content[entry + 8] |= 1

    [one] = found(bytes(content)).changed

    assert (one.name, one.found_size) == (SECOND, None)


def test_a_large_package_is_read_in_pieces() -> None:
    content = zipped(package(content_of(1, 24 * 1024 * 1024)))
    file = io.BytesIO(content)
    del content

    tracemalloc.start()
    result = verify(file)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert result.verdict is Verdict.WHOLE
    assert peak < 4 * 1024 * 1024


def test_the_file_stays_open_and_is_not_written_to() -> None:
    class ReadOnly(io.BytesIO):
        def write(self, _content: object) -> int:
            raise AssertionError("nothing is written")

    file = ReadOnly(zipped(three()))

    assert verify(file).verdict is Verdict.WHOLE
    assert not file.closed
