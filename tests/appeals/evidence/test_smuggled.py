"""Other files in bytes outside the structure are found; what cameras append is left alone."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest

from appeals.evidence.inspect import Refused, look_at
from appeals.evidence.smuggled import another_file

from .files import archive, boxes, moving_gif, paper, pdf, picture, stream, with_segment

JPEG = picture("JPEG")
PNG = picture("PNG")
GIF = picture("GIF")
PDF = paper()
ZIP = archive("hidden.txt")
PAGE = b"<!DOCTYPE html>\n<html><script>fetch('/')</script></html>"
PHP = b"<?php system($_GET['c']); ?>"
SHORT_PHP = b"<?= `id; uname -a`; ?>"


def exe() -> bytes:
    """The heads of a program of Windows, as far as they are looked at."""
    return b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\0\0d\x86" + bytes(200)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def film(size: int = 200_000) -> bytes:
    return (
        box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", noise(size)) + box(b"moov", bytes(90))
    )


def samsung(*fields: tuple[bytes, bytes]) -> bytes:
    """Samsung's trailer: fields, each named, and a list of them that ends in SEFT."""
    out, heads = b"", []
    for name, content in fields:
        field = b"\0\0\x01\x0a" + struct.pack("<I", len(name)) + name + content
        out += field
        heads.append((len(field), len(out)))
    total = len(out)
    listed = b"SEFH" + struct.pack("<II", 107, len(fields))
    for size, end in heads:
        listed += b"\0\0\x01\x0a" + struct.pack("<II", total - end + size, size)
    return out + listed + struct.pack("<I", len(listed)) + b"SEFT"


#: The list of pictures of the Multi-Picture Format, and Google's note about what is appended.
MPF = b"MPF\0MM\0*\0\0\0\x08\0\3\xb0\0\0\7\0\0\0\x040100\xb0\1\0\4\0\0\0\1\0\0\0\2" + bytes(40)
XMP = (
    b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>"
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description GCamera:MotionPhoto='1' "
    b"hdrgm:Version='1.0'/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)
GAIN_MAP = with_segment(0xE1, XMP, picture("JPEG", size=(20, 15), mode="L"))
ATTACHED = pdf(
    b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.zip) 4 0 R]>>>>>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
    b"<</Type/Filespec/F(a.zip)/EF<</F 5 0 R>>>>",
    stream(ZIP + b"\n" + PAGE, b"/Type/EmbeddedFile"),
)
UPDATED = PDF + b"3 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
    PDF.rindex(b"xref\n0"), len(PDF) + 50
)  # fmt: skip

HARMLESS = [
    ("picture alone", "image/jpeg", JPEG),
    ("picture with two others behind it", "image/jpeg", JPEG + JPEG + JPEG),
    ("MPF: two pictures", "image/jpeg", picture("MPO")),
    ("MPF whose list is broken", "image/jpeg", with_segment(0xE2, MPF, JPEG) + GAIN_MAP),
    ("HDR gain map with its own notes", "image/jpeg", with_segment(0xE1, XMP, JPEG) + GAIN_MAP),
    ("gain map after empty bytes", "image/jpeg", JPEG + bytes(64) + GAIN_MAP),
    ("motion photo of Google", "image/jpeg", with_segment(0xE1, XMP, JPEG) + film()),
    ("motion photo, large", "image/jpeg", JPEG + film(4_000_000)),
    ("motion photo with a gain map", "image/jpeg", JPEG + GAIN_MAP + film()),
    ("motion photo of Samsung", "image/jpeg", JPEG + samsung((b"MotionPhoto_Data", film()))),
    ("Samsung: time and place of the phone", "image/jpeg", JPEG + samsung((b"Image_UTC_Data", b"1525328553000"), (b"MCC_Data", b"460"))),
    ("Samsung: what its editor can take back", "image/jpeg", JPEG + samsung((b"PhotoEditor_Re_Edit_Data", b'{"originalPath":"","clipInfoValue":"{}"}'))),
    ("Huawei: a film named at its end", "image/jpeg", JPEG + film() + b"LIVE_8237412    "),
    ("OPPO: settings as JSON", "image/jpeg", JPEG + b'{"version":1,"PiFlag":0}' + struct.pack("<I", 24) + b"jxrs"),
    ("vivo: settings as JSON", "image/jpeg", JPEG + b'vivo{"com.vivo.camera":{"mode":1}}camera64'),
    ("Xiaomi: depth map as PNG", "image/jpeg", JPEG + PNG),
    ("photo cut by an old editor, its rest behind it", "image/jpeg", JPEG + JPEG[300:]),
    ("noise that has the letters PK and MZ", "image/jpeg", JPEG + b"MZ" + noise(5000) + b"PK\3\4" + b"\xff" * 40),
    ("words of a ZIP's end without its list", "image/jpeg", JPEG + b"PK\5\6" + bytes(18)),
    ("words in angle brackets", "image/jpeg", JPEG + b"<headline> <bodywork> <?xml version='1.0'?>"),
    ("screenshot cut on the phone, its rest behind it", "image/png", PNG + PNG[60:]),
    ("PNG with line ends behind it", "image/png", PNG + b"\r\n\r\n"),
    ("GIF with a byte behind it", "image/gif", GIF + b"\0"),
    ("moving GIF", "image/gif", moving_gif()),
    ("PDF", "application/pdf", PDF),
    ("PDF with an archive as its attachment", "application/pdf", ATTACHED),
    ("PDF in a PDF", "application/pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>", stream(PDF + PAGE), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")),
    ("PDF changed and saved behind itself", "application/pdf", UPDATED),
    ("PDF with blanks before it", "application/pdf", b"\r\n" * 20 + PDF),
    ("PDF that a printer's server wrapped", "application/pdf", b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + PDF),
    ("PDF whose text is about HTML", "application/pdf", paper(content=b"BT (<html> and <?php ) Tj ET")),
]  # fmt: skip

HIDDEN = [
    ("archive behind a JPEG", "zip", JPEG + ZIP),
    ("archive behind a film behind a JPEG", "zip", JPEG + film() + ZIP),
    ("archive in Samsung's trailer", "zip", JPEG + samsung((b"Image_UTC_Data", ZIP))),
    ("archive with more behind it", "zip", JPEG + ZIP + noise(100_000)),
    ("archive without its list", "zip", JPEG + ZIP[: ZIP.rindex(b"PK\1\2")]),
    ("empty members, list alone behind the picture", "zip", with_segment(0xFE, ZIP[: ZIP.rindex(b"PK\1\2")], JPEG) + ZIP[ZIP.rindex(b"PK\1\2") :]),
    ("archive behind a PNG", "zip", PNG + ZIP),
    ("archive behind a GIF", "zip", GIF + ZIP),
    ("archive behind a PDF", "zip", PDF + ZIP + b"\n%%EOF\n"),
    ("archive whose comment is the PDF's end", "zip", PDF[:-6] + ZIP[:-2] + struct.pack("<H", 6) + b"%%EOF\n"),
    ("archive between two objects of a PDF", "zip", PDF.replace(b"endobj\n2 0 obj", b"endobj\n" + ZIP + b"\n2 0 obj")),
    ("Word paper behind a picture", "zip", JPEG + archive("[Content_Types].xml", "word/document.xml")),
    ("RAR behind a JPEG", "rar", JPEG + b"Rar!\x1a\x07\x01\x00" + bytes(60)),
    ("7z behind a PNG", "7z", PNG + b"7z\xbc\xaf\x27\x1c\0\4" + bytes(60)),
    ("page behind a JPEG", "html", JPEG + PAGE),
    ("page after empty bytes", "html", JPEG + bytes(4000) + PAGE),
    ("page without a doctype", "html", GIF + b"<HTML >hello"),
    ("script alone", "html", PNG + b"<script\nsrc=//example.com>"),
    ("frame alone", "html", PNG + b"<iframe src=//example.com>"),
    ("page behind a PDF", "html", PDF + PAGE + b"%%EOF"),
    ("page before a PDF", "html", PAGE + PDF),
    ("page as a remark in a PDF", "html", PDF.replace(b"endobj\n2 0 obj", b"endobj\n% " + PAGE.replace(b"\n", b" ") + b"\n2 0 obj")),
    ("PHP behind a JPEG", "php", JPEG + PHP),
    ("PHP in capitals", "php", JPEG + PHP.replace(b"php", b"PHP")),
    ("PHP by its short sign", "php", JPEG + SHORT_PHP),
    ("PHP behind a GIF", "php", GIF + PHP),
    ("PHP behind a PNG", "php", PNG + PHP),
    ("PHP behind a film", "php", JPEG + film() + PHP),
    ("PHP before a PDF", "php", PHP + b"\n" + PDF),
    ("program of Windows behind a JPEG", "program", JPEG + exe()),
    ("program of Windows behind a PNG", "program", PNG + noise(333) + exe()),
    ("program of Windows behind a PDF", "program", PDF + exe() + b"%%EOF"),
    ("PDF that begins as a program", "program", b"MZ" + bytes(500) + PDF),
    ("program of Linux", "program", JPEG + b"\x7fELF\x02\x01\x01" + bytes(57)),
    ("program of macOS", "program", GIF + b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(24)),
    ("program of macOS for two machines", "program", PNG + b"\xca\xfe\xba\xbe\0\0\0\x02" + bytes(40)),
    ("program in Java", "program", JPEG + b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(40)),
    ("script of a shell", "program", JPEG + b"#!/bin/sh\nid\n"),
    ("script of a shell before a PDF", "program", b"#!/usr/bin/env python3\n" + PDF),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
@pytest.mark.parametrize(
    ("media_type", "data"),
    [pytest.param(media_type, data, id=reason) for reason, media_type, data in HARMLESS],
)
def test_what_cameras_and_programs_append_passes(
    tmp_path: Path, media_type: str, data: bytes
) -> None:
    file = tmp_path / "upload"
    file.write_bytes(data)

    assert another_file(data, media_type) == ""
    assert look_at(str(file))["media_type"] == media_type


@pytest.mark.parametrize(
    ("word", "data"), [pytest.param(word, data, id=reason) for reason, word, data in HIDDEN]
)
def test_another_file_in_it_is_refused(tmp_path: Path, word: str, data: bytes) -> None:
    file = tmp_path / "upload"
    file.write_bytes(data)

    with pytest.raises(Refused) as refused:
        look_at(str(file))

    assert (refused.value.code, refused.value.values) == ("another-file", {"type": word})


@pytest.mark.parametrize("boundary", range(0, 40, 7))
def test_it_is_found_wherever_it_begins(boundary: int) -> None:
    assert another_file(JPEG + bytes(boundary) + ZIP, "image/jpeg") == "zip"


def test_films_show_no_sign_by_chance() -> None:
    for seed in range(4):
        assert another_file(JPEG + noise(4_000_000, seed), "image/jpeg") == ""


@pytest.mark.parametrize(
    "piece",
    [b"1 0 obj ", b"1 0 obj stream\n", b"1 0 obj stream\n endstream", b"obj ", b"PK\x03\x04", b"<html",
     b"<!doctype  ", b"<?=", b"MZ", b"PK\x05\x06", b"endobj ", b"1 0 obj<</Length 9>>stream\nendobj "],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: bytes) -> None:
    data = b"%PDF-1.7\n" + piece * (2_000_000 // len(piece)) + b"%%EOF"
    started = time.process_time()

    another_file(data, "application/pdf")

    assert time.process_time() - started < 4


def test_what_begins_as_another_type_never_comes_this_far(tmp_path: Path) -> None:
    file = tmp_path / "upload"
    file.write_bytes(boxes(b"isom") + JPEG)

    with pytest.raises(Refused, match="type"):
        look_at(str(file))
