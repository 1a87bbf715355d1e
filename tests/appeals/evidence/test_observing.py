"""Small facts about a file: who made it, and whether private numbers stand in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from appeals.evidence.accepting import accept
from appeals.evidence.observing import EDITORS, editor_in, has_card, has_identity

from .files import picture, with_chunk, with_segment, written


def exif(**tags: Any) -> bytes:
    notes = Image.Exif()
    for name, value in tags.items():
        notes[int(name[1:], 16)] = value
    return notes.tobytes()


NAMED = [
    ("Adobe Photoshop 22.1 (Windows)", "photoshop"),
    ("Adobe Photoshop Lightroom Classic 10.1", "lightroom"),
    ("Adobe Illustrator CC 22.0", "illustrator"),
    ("Created with GIMP", "gimp"),
    ("WPS Photo 11.2", "wps-photo"),
    ("WPS图片", "wps-photo"),
    ("Meitu", "meitu"),
    ("美图秀秀", "meitu"),
    ("MTXX_MH20180503", "meitu"),
    ("醒图 5.2", "xingtu"),
    ("PicsArt", "picsart"),
    ("Snapseed 2.0", "snapseed"),
    ("Pixelmator Pro 3.3", "pixelmator"),
    ("Affinity Photo 1.10.5", "affinity"),
    ("paint.net 4.2.16", "paint-net"),
    ("Paint Shop Pro 7", "paintshop"),
    ("CorelDRAW 2018", "coreldraw"),
    ("Canva", "canva"),
    ("Photopea", "photopea"),
    ("www.inkscape.org Inkscape 1.2", "inkscape"),
    ("PhotoScape", "photoscape"),
    ("Picasa", "picasa"),
    ("Windows Photo Editor 10.0.10011.16384", "windows-photos"),
    ("Foxit PhantomPDF Printer 9", "foxit"),
    ("Wondershare PDFelement", "pdfelement"),
    ("iLovePDF", "ilovepdf"),
    ("smallpdf.com", "smallpdf"),
    ("Sejda 3.2", "sejda"),
]


@pytest.mark.parametrize(("text", "editor"), NAMED)
def test_a_program_that_changes_papers_is_known_by_its_name(text: str, editor: str) -> None:
    assert editor_in(text) == editor


@pytest.mark.parametrize(
    "text",
    ["Microsoft Word 2016", "WPS 文字", "Skia/PDF m69", "iText 5.5.9", "macOS Quartz PDFContext",
     "ELE-AL00 10.1.0.162", "HDR+ 1.0.220943774z", "Adobe XMP Core 5.6", "Adobe RGB (1998)",
     "http://ns.adobe.com/photoshop/1.0/", "Photoshop 3.0", "Chromium", "JasperReports", "Ver.1.01",
     "Adobe Acrobat Pro DC 19 Paper Capture Plug-in", "gimpy", "Canvas"],
)  # fmt: skip
def test_what_takes_or_makes_papers_is_no_editor(text: str) -> None:
    assert editor_in(text) == ""


def test_every_editor_is_recognised_by_some_name() -> None:
    assert {editor for _, editor in NAMED} == set(EDITORS)


@pytest.mark.parametrize(
    "text",
    ["卡号 6222 0240 0001 2345 670", "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005",
     "3530111333300000", "6011111111111117", "2223003122003222", "付款卡：4111111111111111。"],
)  # fmt: skip
def test_a_card_number_is_seen(text: str) -> None:
    assert has_card(text)


@pytest.mark.parametrize(
    "text",
    ["**** **** **** 1111", "4111 1111 1111 1112", "2018050321001004560512345678", "4200000123201805031234567890",
     "20180503142233001", "24442000000012345678", "2088002012345678", "113-1234567-1234567", "8888888888888888",
     "INV4111111111111111", "91440300MA5DXXXX1A", "1,234.56 2,345.67 3,456.78", "0000 0000 0000 0000", ""],
)  # fmt: skip
def test_other_numbers_are_no_card(text: str) -> None:
    assert not has_card(text)


@pytest.mark.parametrize("text", ["11010519491231002X", "身份证号：11010519491231002x。", "440524198001010013"])  # fmt: skip
def test_an_identity_number_is_seen(text: str) -> None:
    assert has_identity(text)


@pytest.mark.parametrize(
    "text",
    ["110105194912310021", "11010519491331002X", "110105********002X", "91440300MA5DXXXX1A", "X11010519491231002X1", ""],
)  # fmt: skip
def test_other_numbers_are_no_identity(text: str) -> None:
    assert not has_identity(text)


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        pytest.param(picture("PNG"), {"width": 40, "height": 30}, id="a picture without notes"),
        pytest.param(
            picture("JPEG", exif=exif(x010F="HUAWEI", x0131="ELE-AL00 10.1")),
            {"width": 40, "height": 30, "has_camera": True},
            id="a photo",
        ),
        pytest.param(
            picture("JPEG", exif=exif(x010F="Apple", x0131="Adobe Photoshop 22.1 (Macintosh)")),
            {"width": 40, "height": 30, "has_camera": True, "software": "photoshop"},
            id="a photo that was edited",
        ),
        pytest.param(
            with_segment(0xFE, b"Created with GIMP", picture("JPEG")),
            {"width": 40, "height": 30, "software": "gimp"},
            id="a comment",
        ),
        pytest.param(
            with_chunk(b"tEXt", b"Software\0paint.net 4.2", picture("PNG")),
            {"width": 40, "height": 30, "software": "paint-net"},
            id="a note of a PNG",
        ),
        pytest.param(
            written("a", info=b"/Creator(Canva)/Producer(Canva)"),
            {"width": 595, "height": 842, "software": "canva"},
            id="the maker of a PDF",
        ),
        pytest.param(
            written("a", info=b"/Title(Canva invoice)/Producer(Skia/PDF)"),
            {"width": 595, "height": 842},
            id="the title of a PDF is no maker",
        ),
        pytest.param(
            written("a", "Card 4111 1111 1111 1111", "4111 1111 1111 1111 11010519491231002X"),
            {"width": 595, "height": 842, "private": {"card": 2, "identity": 3}},
            id="private numbers by their first page",
        ),
    ],
)
def test_facts_are_kept_and_no_words(tmp_path: Path, data: bytes, facts: dict[str, Any]) -> None:
    file = tmp_path / "upload"
    file.write_bytes(data)

    assert accept(file).observed() == facts
