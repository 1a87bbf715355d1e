"""Words in files are read where they stand, and a credential among them refuses the file."""

from __future__ import annotations

import random
import string
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from appeals.evidence import reading
from appeals.evidence.accepting import accept
from appeals.evidence.inspect import Refused, look_at
from appeals.evidence.refusals import EvidenceRefused
from guides.credentials import Kind

from .files import moving_gif, paper, pdf, picture, stream, with_chunk, with_segment, written

BASE64 = string.ascii_letters + string.digits + "+/"


def drawn(length: int, alphabet: str, seed: str) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=length))


SECRET = drawn(40, BASE64, "secret key")
PASS = "Yun" + "2018" + "wu"
MWS = ".".join(("amzn", "mws", "4ea38b7b-f563-7709-4bae-" + drawn(12, "0123456789abcdef", "m")))
REFRESH = "Atz" + "r|" + "IwEBI" + drawn(300, string.ascii_letters + string.digits + "-_", "r")
JPEG, PNG, GIF = picture("JPEG"), picture("PNG"), picture("GIF")
HARMLESS_PAGE = "Invoice INV-2018-000451\nSeller ID A2EUQ1WTGCTBG2\nTotal USD 30.00"


def utf16(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


def remark(entries: bytes) -> bytes:
    return b"/Annots[<</Type/Annot/Rect[0 0 9 9]%s>>]" % entries


def exif(**tags: Any) -> bytes:
    notes = Image.Exif()
    for name, value in tags.items():
        notes[int(name[1:], 16)] = value
    return notes.tobytes()


def xmp(inside: str) -> bytes:
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>{inside}</rdf:RDF></x:xmpmeta>".encode()


def extension(label: int, content: bytes, image: bytes = GIF) -> bytes:
    """A GIF with one more extension before its trailer."""
    blocks = b"".join(
        bytes([len(content[place : place + 255])]) + content[place : place + 255]
        for place in range(0, len(content), 255)
    )
    return image[:-1] + b"\x21" + bytes([label]) + blocks + b"\0" + image[-1:]


def paper_with_notes(inside: str) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        stream(xmp(inside), b"/Type/Metadata/Subtype/XML"),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


XAP = b"http://ns.adobe.com/xap/1.0/\0"
SECRETS = [
    ("text of a PDF", written(f"The key is {SECRET} ."), Kind.AWS_SECRET_KEY, 1),
    ("text of the third page", written(HARMLESS_PAGE, "", f"Password: {PASS}"), Kind.PASSWORD, 3),
    ("text broken over two lines", written(f"{SECRET[:20]}\n{SECRET[20:]}"), Kind.AWS_SECRET_KEY, 1),
    ("long token over many lines", written("\n".join(REFRESH[at : at + 60] for at in range(0, 300, 60))), Kind.LWA_REFRESH_TOKEN, 1),
    ("note stuck to a page", written("a", more=remark(b"/Subtype/Text/Contents" + utf16(f"密码：{PASS}"))), Kind.PASSWORD, 1),
    ("field of a form", written("a", more=remark(b"/Subtype/Widget/FT/Tx/T(a)/V(%s)" % MWS.encode())), Kind.MWS_TOKEN, 1),
    ("title of a PDF", written("a", info=b"/Title(%s)" % MWS.encode()), Kind.MWS_TOKEN, 0),
    ("keywords of a PDF in Chinese", written("a", info=b"/Keywords" + utf16(f"后台密码：{PASS}")), Kind.PASSWORD, 0),
    ("notes in XML of a PDF", paper_with_notes(f"<dc:description>{MWS}</dc:description>"), Kind.MWS_TOKEN, 0),
    ("notes in XML, escaped", paper_with_notes(f"<a b='password: &#x59;{PASS[1:]}'/>"), Kind.PASSWORD, 0),
    ("comment of a JPEG", with_segment(0xFE, f"密码：{PASS}".encode(), JPEG), Kind.PASSWORD, 0),
    ("second comment of a JPEG", with_segment(0xFE, b"a", with_segment(0xFE, SECRET.encode(), JPEG)), Kind.AWS_SECRET_KEY, 0),
    ("EXIF description", picture("JPEG", exif=exif(x010E=f"key {SECRET}")), Kind.AWS_SECRET_KEY, 0),
    ("EXIF remark of Windows", picture("JPEG", exif=exif(x9C9C=f"密码：{PASS}".encode("utf-16-le"))), Kind.PASSWORD, 0),
    ("XMP of a JPEG", with_segment(0xE1, XAP + xmp(f"<a>{MWS}</a>"), JPEG), Kind.MWS_TOKEN, 0),
    ("IPTC of a JPEG", with_segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\x40\x1c\2\x78\0\x28" + SECRET.encode() + b"\0", JPEG), Kind.AWS_SECRET_KEY, 0),
    ("text of a PNG", with_chunk(b"tEXt", b"Comment\0" + MWS.encode(), PNG), Kind.MWS_TOKEN, 0),
    ("text of a PNG, its name the label", with_chunk(b"tEXt", b"password\0" + PASS.encode(), PNG), Kind.PASSWORD, 0),
    ("packed text of a PNG", with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SECRET.encode()), PNG), Kind.AWS_SECRET_KEY, 0),
    ("international text of a PNG", with_chunk(b"iTXt", b"Comment\0\0\0zh\0\0" + f"密码：{PASS}".encode(), PNG), Kind.PASSWORD, 0),
    ("packed international text", with_chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(MWS.encode()), PNG), Kind.MWS_TOKEN, 0),
    ("EXIF of a PNG", with_chunk(b"eXIf", exif(x010E=f"key {SECRET}")[6:], PNG), Kind.AWS_SECRET_KEY, 0),
    ("comment of a GIF", extension(0xFE, f"password: {PASS}".encode()), Kind.PASSWORD, 0),
    ("comment of a GIF over two blocks", extension(0xFE, b"a" * 230 + b" " + SECRET.encode() + b" b"), Kind.AWS_SECRET_KEY, 0),
    ("XMP of a GIF", extension(0xFF, b"XMP DataXMP")[:-2] + xmp(f"<a>{MWS}</a>") + b"\1\0;", Kind.MWS_TOKEN, 0),
]  # fmt: skip

THUMBNAIL = "/9j/4AAQSkZJRg" + drawn(400, BASE64, "thumbnail")
HARMLESS = [
    ("invoice", written(HARMLESS_PAGE, HARMLESS_PAGE)),
    ("paper without words", paper()),
    ("paper whose title is a sum", written("a", info=b"/Title(%s)" % drawn(64, "0123456789abcdef", "s").encode())),
    ("ids of a program of Adobe's", with_segment(0xE1, XAP + xmp("<xmpMM:DocumentID>xmp.did:0a80117407206811822a9b1d3c1e2f40</xmpMM:DocumentID>"), JPEG)),
    ("small picture in XMP", with_segment(0xE1, XAP + xmp("<xmpGImg:image>" + "&#xA;".join(THUMBNAIL[at : at + 76] for at in range(0, 344, 76)) + "</xmpGImg:image>"), JPEG)),
    ("notes of a maker, as bytes", picture("JPEG", exif=exif(x927C=random.Random(5).randbytes(8000)))),
    ("name of a phone", picture("JPEG", exif=exif(x010F="HUAWEI", x0110="ELE-AL00", x0131="ELE-AL00 10.1.0.162(C00E160R2P11)"))),
    ("moving picture", moving_gif()),
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "upload"


@pytest.mark.parametrize(
    ("data", "kind", "page"),
    [pytest.param(data, kind, page, id=reason) for reason, data, kind, page in SECRETS],
)
def test_a_credential_refuses_the_file(file: Path, data: bytes, kind: Kind, page: int) -> None:
    file.write_bytes(data)

    with pytest.raises(Refused) as refused:
        look_at(str(file))

    assert refused.value.code == "secret"
    assert refused.value.values == {"kind": kind.value, "page": page}


@pytest.mark.parametrize("data", [pytest.param(data, id=reason) for reason, data in HARMLESS])
def test_what_is_harmless_passes(file: Path, data: bytes) -> None:
    file.write_bytes(data)

    assert look_at(str(file))["pages"] >= 1


def test_the_child_hands_on_kind_and_place_and_nothing_else(file: Path) -> None:
    file.write_bytes(written("a", f"Password: {PASS}"))

    with pytest.raises(EvidenceRefused) as refused:
        accept(file)

    assert (refused.value.code, refused.value.values) == ("secret", {"kind": "password", "page": 2})
    assert PASS not in repr(refused.value)


def test_packed_words_that_swell_cost_no_memory(file: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a" * 900_000, zip=True)
    file.write_bytes(picture("PNG", pnginfo=info))

    assert accept(file).media_type == "image/png"


def test_a_statement_of_many_pages_is_read_to_its_end(file: Path) -> None:
    row = (
        "2018-05-03 Transfer to Example Software Ltd 2018050321001004560512345678 -299.00 8,888.88"
    )
    file.write_bytes(written(*["\n".join([row] * 60)] * 60, f"Password: {PASS}"))

    with pytest.raises(EvidenceRefused) as refused:
        accept(file)

    assert refused.value.values == {"kind": "password", "page": 61}


@pytest.mark.parametrize("limit", ["TOTAL_LIMIT", "SECONDS", "SECONDS_AT_WORK"])
def test_what_is_beyond_the_bounds_is_not_read(
    file: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(reading, limit, 0)
    file.write_bytes(written(f"Password: {PASS}", HARMLESS_PAGE))

    assert look_at(str(file))["pages"] == 2


def test_of_a_very_long_note_the_beginning_is_read(file: Path) -> None:
    comment = b"Comment\0" + MWS.encode() + b" a" * reading.TOTAL_LIMIT
    file.write_bytes(with_chunk(b"tEXt", comment, PNG))

    with pytest.raises(Refused, match="secret"):
        look_at(str(file))
