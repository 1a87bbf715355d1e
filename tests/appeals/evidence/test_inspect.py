"""What is accepted and what is refused, by parsing; asked without a child process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from appeals.evidence import inspect
from appeals.evidence.inspect import Refused, look_at

from .files import (
    archive,
    boxes,
    locked_paper,
    moving_gif,
    paper,
    picture,
    png_claiming,
)

JPEG = picture("JPEG")
PNG = picture("PNG")
GIF = picture("GIF")
PDF = paper()

ACCEPTED = [
    ("PDF of one page", PDF, ("application/pdf", 1, 200, 100)),
    ("PDF of many pages", paper(pages=40), ("application/pdf", 40, 200, 100)),
    ("PDF made of pictures", picture("PDF"), ("application/pdf", 1, 40, 30)),
    ("PDF that forbids changes only", locked_paper(""), ("application/pdf", 1, 200, 100)),
    ("PDF padded with empty bytes", PDF + bytes(3000), ("application/pdf", 1, 200, 100)),
    ("PDF after a few other bytes", b"\n" * 50 + PDF, ("application/pdf", 1, 200, 100)),
    ("JPEG", JPEG, ("image/jpeg", 1, 40, 30)),
    ("grey JPEG", picture("JPEG", mode="L"), ("image/jpeg", 1, 40, 30)),
    ("JPEG for print", picture("JPEG", mode="CMYK"), ("image/jpeg", 1, 40, 30)),
    ("progressive JPEG", picture("JPEG", progressive=True), ("image/jpeg", 1, 40, 30)),
    ("JPEG of one pixel", picture("JPEG", size=(1, 1)), ("image/jpeg", 1, 1, 1)),
    ("JPEG with what a camera appends", JPEG + b"\0" * 20 + JPEG, ("image/jpeg", 1, 40, 30)),
    ("JPEG with two pictures", picture("MPO"), ("image/jpeg", 1, 40, 30)),
    ("JPEG with a comment", picture("JPEG", comment=b"\xff\xd9\xff\xda"), ("image/jpeg", 1, 40, 30)),
    ("PNG", PNG, ("image/png", 1, 40, 30)),
    ("PNG with transparency", picture("PNG", mode="RGBA"), ("image/png", 1, 40, 30)),
    ("PNG with a palette", picture("PNG", mode="P"), ("image/png", 1, 40, 30)),
    ("PNG in black and white", picture("PNG", mode="1"), ("image/png", 1, 40, 30)),
    ("GIF", GIF, ("image/gif", 1, 40, 30)),
    ("moving GIF", moving_gif(), ("image/gif", 1, 40, 30)),
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "upload"  # the name says nothing about the type


@pytest.mark.parametrize(
    ("data", "found"), [pytest.param(data, found, id=reason) for reason, data, found in ACCEPTED]
)
def test_it_accepts_what_parses(file: Path, data: bytes, found: tuple[str, int, int, int]) -> None:
    file.write_bytes(data)

    answer = look_at(str(file))

    assert tuple(answer[name] for name in ("media_type", "pages", "width", "height")) == found
    assert (answer["has_camera"], answer["software"], answer["private"]) == (False, "", {})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

REFUSED = [
    ("nothing at all", b"", "empty", {}),
    ("PDF under a password", locked_paper("geheim"), "password-protected", {}),
    ("PDF that is only a header", b"%PDF-1.7\n", "broken", {}),
    ("PDF cut in the middle", PDF[: len(PDF) // 2], "broken", {}),
    ("PDF cut before its last line", paper(pages=9)[:-20], "broken", {}),
    ("PDF cut, and long after", PDF[:-8] + b"x" * 3000, "broken", {}),
    ("PDF of noise", b"%PDF-1.4\n" + picture("PNG"), "broken", {}),
    ("JPEG cut in the middle", JPEG[: len(JPEG) // 2], "broken", {}),
    ("JPEG cut in its header", JPEG[:100], "broken", {}),
    ("JPEG without its last two bytes", JPEG[:-2], "broken", {}),
    ("progressive JPEG without its last scan", picture("JPEG", progressive=True)[:-40], "broken", {}),
    ("JPEG of noise", b"\xff\xd8\xff\xe0" + bytes(range(200)), "broken", {}),
    ("PNG cut in the middle", PNG[: len(PNG) // 2], "broken", {}),
    ("PNG without its last chunk", PNG[:-12], "broken", {}),
    ("PNG without its last byte", PNG[:-1], "broken", {}),
    ("PNG with one byte changed", PNG[:200] + bytes([PNG[200] ^ 1]) + PNG[201:], "broken", {}),
    ("PNG that is only a header", PNG[:8], "broken", {}),
    ("GIF cut in the middle", GIF[: len(GIF) // 2], "broken", {}),
    ("GIF without its last byte", GIF[:-1], "broken", {}),
    ("moving GIF without its last picture", moving_gif()[: len(moving_gif()) * 2 // 3], "broken", {}),
    ("GIF that is only a header", b"GIF89a", "broken", {}),
    ("picture of too many pixels", png_claiming(60_000, 60_000), "too-many-pixels", {"width": 60_000, "height": 60_000, "limit": inspect.PIXEL_LIMIT}),
    ("picture said to be larger than it is", png_claiming(4_000, 4_000), "broken", {}),
    ("HEIC of a telephone", boxes(b"heic"), "type", {"type": "heic"}),
    ("HEIC by its general name", boxes(b"mif1"), "type", {"type": "heic"}),
    ("AVIF", boxes(b"avif"), "type", {"type": "avif"}),
    ("film", boxes(b"isom"), "type", {"type": "video"}),
    ("film of the web", b"\x1aE\xdf\xa3" + bytes(60), "type", {"type": "video"}),
    ("sound", b"ID3\x04" + bytes(60), "type", {"type": "audio"}),
    ("sound of a chat", b"#!AMR\n" + bytes(60), "type", {"type": "audio"}),
    ("WebP", picture("WEBP"), "type", {"type": "webp"}),
    ("TIFF", picture("TIFF"), "type", {"type": "tiff"}),
    ("BMP", picture("BMP"), "type", {"type": "bmp"}),
    ("Word", archive("[Content_Types].xml", "word/document.xml"), "type", {"type": "word"}),
    ("Excel", archive("[Content_Types].xml", "xl/workbook.xml"), "type", {"type": "excel"}),
    ("PowerPoint", archive("[Content_Types].xml", "ppt/presentation.xml"), "type", {"type": "powerpoint"}),
    ("old Word", OLE + "WordDocument".encode("utf-16-le"), "type", {"type": "word"}),
    ("old Excel", OLE + "Workbook".encode("utf-16-le"), "type", {"type": "excel"}),
    ("mail of Outlook", OLE + "__substg1.0_0037001F".encode("utf-16-le"), "type", {"type": "email"}),
    ("old office of another sort", OLE, "type", {"type": ""}),
    ("ZIP", archive("a.pdf"), "type", {"type": "zip"}),
    ("RAR", b"Rar!\x1a\x07\x01\x00" + bytes(60), "type", {"type": "rar"}),
    ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), "type", {"type": "7z"}),
    ("gzip", b"\x1f\x8b\x08" + bytes(60), "type", {"type": "gzip"}),
    ("RTF", b"{\\rtf1 text}", "type", {"type": "rtf"}),
    ("program of Windows", b"MZ" + bytes(60), "type", {"type": "program"}),
    ("program of Linux", b"\x7fELF" + bytes(60), "type", {"type": "program"}),
    ("script", b"#!/bin/sh\nexit\n", "type", {"type": "program"}),
    ("page of the web", b"<!DOCTYPE html><title>x</title>", "type", {"type": "html"}),
    ("page without a doctype", b"\xef\xbb\xbf <html><p>x", "type", {"type": "html"}),
    ("SVG", b"<?xml version='1.0'?><svg xmlns='x'/>", "type", {"type": "svg"}),
    ("SVG with a comment first", b"<!-- made by hand -->\n<svg xmlns='x'/>", "type", {"type": "svg"}),
    ("mail", b"Received: from a\r\nMIME-Version: 1.0\r\n\r\nHello", "type", {"type": "email"}),
    ("text", "付款 299 元\n".encode(), "type", {"type": "text"}),
    ("text of Windows in Chinese", "付款 299 元\n".encode("gb18030"), "type", {"type": "text"}),
    ("text in UTF-16", "付款".encode("utf-16"), "type", {"type": "text"}),
    ("text cut through a character", ("付" * 3000).encode(), "type", {"type": "text"}),
    ("nothing known", bytes([0, 1, 2, 3] * 30), "type", {"type": ""}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code", "values"),
    [pytest.param(data, code, values, id=reason) for reason, data, code, values in REFUSED],
)
def test_it_refuses_what_does_not(file: Path, data: bytes, code: str, values: dict) -> None:
    file.write_bytes(data)

    with pytest.raises(Refused) as refused:
        look_at(str(file))

    assert (refused.value.code, refused.value.values) == (code, values)


@pytest.mark.parametrize("data", [JPEG, PNG, GIF, PDF], ids=["JPEG", "PNG", "GIF", "PDF"])
def test_it_refuses_a_file_cut_anywhere(file: Path, data: bytes) -> None:
    # Only a line end after the last mark may be missing.
    for length in range(1, len(data.rstrip()) - 1, max(1, len(data) // 60)):
        file.write_bytes(data[:length])
        with pytest.raises(Refused):
            look_at(str(file))


def test_a_progressive_picture_has_a_limit_of_its_own(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspect, "PROGRESSIVE_PIXEL_LIMIT", 40 * 30 - 1)
    file.write_bytes(picture("JPEG", progressive=True))

    with pytest.raises(Refused) as refused:
        look_at(str(file))

    assert refused.value.values == {"width": 40, "height": 30, "limit": 1199}


def test_the_pixels_of_all_frames_are_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect, "FRAME_PIXEL_LIMIT", 40 * 30 * 3 - 1)
    file.write_bytes(moving_gif(3))

    with pytest.raises(Refused, match="too-heavy"):
        look_at(str(file))


def test_limits_are_set_before_parsing(file: Path) -> None:
    file.write_bytes(b"%PDF-1.7 broken")
    calls = []

    with pytest.raises(Refused):
        look_at(str(file), lambda: calls.append("limited"))

    assert calls == ["limited"]


def test_it_knows_no_django() -> None:
    asked = (
        "import sys, appeals.evidence.inspect;"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )

    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"
