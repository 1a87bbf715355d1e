"""Looks at one file in a process of its own: `python -m appeals.evidence.inspect PATH`.

It knows no Django. It limits its own memory, processor time and file size before it parses,
and answers with one line of JSON: what the file is, or why it is refused.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from appeals.evidence.observing import Observed, Secret
from appeals.evidence.reading import Reader, metadata_of_pdf, metadata_of_picture
from appeals.evidence.smuggled import another_file
from appeals.evidence.structure import END_OF
from guides import limits

Answer = dict[str, Any]

#: More than any telephone takes by itself (48 and 50 million), and in memory within the limit.
PIXEL_LIMIT = 52_000_000
#: A progressive JPEG is held whole, in coefficients of two bytes and up to three a pixel.
PROGRESSIVE_PIXEL_LIMIT = 32_000_000
#: All frames of a moving picture together.
FRAME_PIXEL_LIMIT = 500_000_000
#: Of memory that it may hold; what is mapped already and only now read comes on top (16 MB).
MEMORY_LIMIT = 240 * 1024 * 1024
SECONDS_LIMIT = 5


class Refused(Exception):
    """Why a file is refused: a code, and what its sentence needs."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values: Answer = values


# --- What it seems to be -------------------------------------------------------------------

PDF_HEADER = re.compile(rb"%PDF-\d")
#: A PDF may begin after a few bytes of something else.
PDF_HEADER_WITHIN = 1024
HEAD = 4096


def media_type_of(head: bytes) -> str | None:
    """The accepted type that a file claims to be by its first bytes."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if PDF_HEADER.search(head[:PDF_HEADER_WITHIN]):
        return "application/pdf"
    return None


BEGINNINGS = (
    ("rar", (b"Rar!\x1a\x07",)),
    ("7z", (b"7z\xbc\xaf\x27\x1c",)),
    ("gzip", (b"\x1f\x8b",)),
    ("tiff", (b"II*\0", b"MM\0*")),
    ("bmp", (b"BM",)),
    ("rtf", (b"{\\rtf",)),
    ("audio", (b"ID3", b"OggS", b"fLaC", b"#!AMR", b"\xff\xfb", b"\xff\xf1")),
    ("program", (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"#!")),
    ("video", (b"\x1aE\xdf\xa3", b"\0\0\1\xba", b"FLV\1")),
)
BRANDS = (
    ("heic", (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")),
    ("avif", (b"avif", b"avis")),
    ("audio", (b"M4A ", b"M4B ")),
)
OFFICE = (
    ("word", b"word/"),
    ("excel", b"xl/"),
    ("powerpoint", b"ppt/"),
    ("pages", b"Index/Document.iwa"),
    ("opendocument", b"application/vnd.oasis.opendocument."),
)
OLD_OFFICE = (
    ("word", "WordDocument"),
    ("excel", "Workbook"),
    ("powerpoint", "PowerPoint Document"),
    ("email", "__substg1.0"),
)
MAIL_HEADER = re.compile(rb"(?im)^(?:received|return-path|mime-version|message-id|delivered-to):")
MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+)?(html|svg)\b", re.I | re.S
)


def other_type(data: bytes | mmap.mmap) -> str:
    """A word for what is not accepted, for the sentence that says so; empty if unknown."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"PK"):
        # The names inside stand before each member and once more at the end.
        return next((word for word, name in OFFICE if data.find(name) >= 0), "zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        names = ((word, name.encode("utf-16-le")) for word, name in OLD_OFFICE)
        return next((word for word, name in names if data.find(name) >= 0), "")
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "audio"}.get(head[8:12], "video")
    if head[4:8] == b"ftyp":
        return next((word for word, brands in BRANDS if head[8:12] in brands), "video")
    for word, beginnings in BEGINNINGS:
        if head.startswith(beginnings):
            return word
    markup = MARKUP.match(head)
    if markup:
        return markup[2].decode().lower()
    if MAIL_HEADER.search(head):
        return "email"
    return "text" if is_text(head) else ""


def is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    for encoding in ("utf-8", "gb18030"):
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:  # otherwise only the cut went through a character
                continue
            text = head[: error.start].decode(encoding)
        return not re.search(r"[\0-\x08\x0e-\x1f]", text)
    return False


# --- What it is ----------------------------------------------------------------------------


def look_at_pdf(path: str, data: mmap.mmap, observed: Observed) -> Answer:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in PASSWORD_ERRORS:
            raise Refused("password-protected") from None
        raise Refused("broken") from None
    with document:
        pages = len(document)
        if not pages:
            raise Refused("broken")
        for text in metadata_of_pdf(document, data):
            # A scanned page inside has notes of its own: only what made the paper names itself.
            observed.read_metadata(text, names_program=text.startswith(("Creator:", "Producer:")))
        reader = Reader()
        for number in range(pages):
            page = document[number]
            if number == 0:
                width, height = (round(size) for size in page.get_size())
            observed.read_page(number + 1, reader.read(page))
            page.close()
    return {"pages": pages, "width": width, "height": height}


#: PDFium's FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY (a protection it does not know).
PASSWORD_ERRORS = {4, 5}


def look_at_image(path: str, data: mmap.mmap, media_type: str, observed: Observed) -> Answer:
    from PIL import Image

    formats = (media_type.removeprefix("image/").upper(),)
    # Sizes are compared below, before anything is decoded; its own check comes twice too late.
    Image.MAX_IMAGE_PIXELS = None
    if media_type == "image/png":
        with Image.open(path, formats=formats) as image:
            check_pixels(image.size)
            image.verify()  # the sums of all chunks, up to the last
    with Image.open(path, formats=formats) as image:
        is_held_whole = bool(image.info.get("progressive"))
        check_pixels(image.size, PROGRESSIVE_PIXEL_LIMIT if is_held_whole else PIXEL_LIMIT)
        width, height = image.size
        if media_type == "image/jpeg":
            # Reads all of the data and keeps an eighth of each side: memory stays small. What
            # cameras append (a second picture, a film) is not part of the picture.
            image.draft(image.mode, (max(width // 8, 1), max(height // 8, 1)))
            image.load()
        else:
            load_frames(image)
        observed.has_camera = names_camera(image)
    for text in metadata_of_picture(data, media_type):
        observed.read_metadata(text)
    return {"pages": 1, "width": width, "height": height}


#: EXIF's field for who made the camera.
MAKE = 0x010F


def names_camera(image: Any) -> bool:
    """Whether the picture says which camera took it: a screenshot does not."""
    try:
        return bool(str(image.getexif().get(MAKE, "")).strip(" \0"))
    except Exception:  # notes that cannot be read are as good as none
        return False


def check_pixels(size: tuple[int, int], limit: int = PIXEL_LIMIT) -> None:
    width, height = size
    if width * height > limit:
        raise Refused("too-many-pixels", width=width, height=height, limit=limit)


def load_frames(image: Any) -> None:
    width, height = image.size
    frame = 0
    while True:
        image.load()
        frame += 1
        try:
            image.seek(frame)
        except EOFError:
            return
        if width * height * (frame + 1) > FRAME_PIXEL_LIMIT:
            raise Refused("too-heavy")


def look_at(path: str, limit: Callable[[], None] = lambda: None) -> Answer:
    """What the file is: media type, pages, size in pixels (of a PDF: points of page one), and
    what Observed has.

    `limit` is called once the parsers are loaded and before they see the file. Raises Refused.
    """
    with open(path, "rb") as file:
        if not os.fstat(file.fileno()).st_size:
            raise Refused("empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            media_type = media_type_of(data[:HEAD])
            if media_type is None:
                raise Refused("type", type=other_type(data))
            load_parsers(media_type)
            limit()
            return {"media_type": media_type, **parsed(path, data, media_type)}


def parsed(path: str, data: mmap.mmap, media_type: str) -> Answer:
    observed = Observed()
    try:
        if media_type == "application/pdf":
            answer = look_at_pdf(path, data, observed)
        else:
            answer = look_at_image(path, data, media_type, observed)
    except Secret as secret:
        raise Refused("secret", kind=secret.kind.value, page=secret.page) from None
    except (Refused, MemoryError):
        raise
    except Exception:
        # Whatever a parser raises on hostile bytes means the same: it could not be parsed.
        raise Refused("broken") from None
    if END_OF[media_type](data) is None:
        raise Refused("broken")
    if smuggled := another_file(data, media_type):
        raise Refused("another-file", type=smuggled)
    return answer | asdict(observed)


def load_parsers(media_type: str) -> None:
    if media_type == "application/pdf":
        import pypdfium2  # noqa: F401
    else:
        import PIL.GifImagePlugin
        import PIL.JpegImagePlugin
        import PIL.MpoImagePlugin
        import PIL.PngImagePlugin  # noqa: F401


# --- Limits --------------------------------------------------------------------------------


def limit_itself() -> None:
    limits.limit_itself(memory=MEMORY_LIMIT, seconds=SECONDS_LIMIT)


def main(path: str) -> None:
    warnings.simplefilter("ignore")
    try:
        answer: Answer = look_at(path, limit_itself)
    except Refused as refused:
        answer = {"refused": refused.code, **refused.values}
    except MemoryError:
        answer = {"refused": "too-heavy"}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    # Without the tidying at exit: it may need memory, and the system takes everything back.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
