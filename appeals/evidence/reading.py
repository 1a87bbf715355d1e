"""The words in a file: the text layer of a PDF, and what is written about a file inside it.

Runs in the child process that parses files, with bounds of its own: whatever is beyond them is
not read. Pictures are not read as text.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from appeals.evidence.structure import Data, gif_blocks, jpeg_segments, png_chunks

#: Of one page or one note, in characters or bytes, and of all together.
PIECE_LIMIT = 256 * 1024
TOTAL_LIMIT = 1024 * 1024
#: Of its five seconds, a child reads for no longer than this: at work, and by the clock.
SECONDS_AT_WORK = 2.5
SECONDS = 3.5
ANNOTATION_LIMIT = 200

COMMENT, NOTES, PICTURE_EDITOR = 0xFE, 0xE1, 0xED


def metadata_of_picture(data: Data, media_type: str) -> Iterator[str]:
    """What a picture says about itself: comments, EXIF, XMP, in pieces."""
    left = TOTAL_LIMIT
    for piece in PIECES[media_type](data):
        if (left := left - len(piece)) < 0:
            return
        yield words(piece)


def of_jpeg(data: Data) -> Iterator[bytes]:
    for code, start, end in jpeg_segments(data):
        if code in (COMMENT, NOTES, PICTURE_EDITOR):
            yield data[start:end]


def of_png(data: Data) -> Iterator[bytes]:
    for code, start, end in png_chunks(data):
        content = data[start : min(end, start + PIECE_LIMIT)] if code in PNG_TEXTS else b""
        name, _nul, rest = content.partition(b"\0")
        if code == b"zTXt":
            content = name + b": " + inflated(rest[1:])
        elif code == b"iTXt":
            _language, _nul, tail = rest[2:].partition(b"\0")
            text = tail.partition(b"\0")[2]
            content = name + b": " + (inflated(text) if rest[:1] == b"\1" else text)
        elif code == b"tEXt":
            content = name + b": " + rest
        if content:
            yield content


PNG_TEXTS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}


def of_gif(data: Data) -> Iterator[bytes]:
    for code, start, end in gif_blocks(data):
        if code == 0xFE:
            yield joined_blocks(data, start, end)
        elif code == 0xFF and data[start + 1 : start + 12] == b"XMP DataXMP":
            yield data[start + 12 : min(end, start + PIECE_LIMIT)]


def joined_blocks(data: Data, place: int, end: int) -> bytes:
    """The content of a row of blocks without the lengths between them."""
    out = bytearray()
    while place < min(end, len(data)) and len(out) < PIECE_LIMIT:
        out += data[place + 1 : place + 1 + data[place]]
        place += 1 + data[place]
    return bytes(out)


def inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, PIECE_LIMIT)
    except zlib.error:
        return b""


PIECES: dict[str, Callable[[Data], Iterator[bytes]]] = {
    "image/jpeg": of_jpeg,
    "image/png": of_png,
    "image/gif": of_gif,
}

#: Letters of two bytes, as Windows writes its remarks: plain ones and Chinese ones.
WIDE = (
    ("utf-16-le", re.compile(rb"(?:[\t\n\r -~]\0|[\0-\xff][\x30\x4e-\x9f\xff]){6,}")),
    ("utf-16-be", re.compile(rb"(?:\0[\t\n\r -~]|[\x30\x4e-\x9f\xff][\0-\xff]){6,}")),
)
#: A small picture written as text within the notes: its letters are drawn by lot, too.
INNER_PICTURE = re.compile(
    r"(?:/9j/|iVBORw0KGgo)[A-Za-z0-9+/]{60,}(?:(?:&#x?[0-9A-Da-d]{1,2};|\s)+[A-Za-z0-9+/=]+)*"
)


def words(piece: bytes) -> str:
    """What can be read of some bytes; a line ends wherever something else stands between."""
    text = piece.decode("utf-8", "replace")
    wide = [
        match[0].decode(encoding, "ignore")
        for encoding, pattern in WIDE
        for match in pattern.finditer(piece)
    ]
    text = re.sub(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]+", "\n", "\n".join((text, *wide)))
    return unescape(INNER_PICTURE.sub(" ", text))


# --- PDF -----------------------------------------------------------------------------------

XMP = re.compile(rb"<x:xmpmeta\b")
XMP_END = b"</x:xmpmeta>"


def metadata_of_pdf(document: Any, data: Data) -> Iterator[str]:
    """Title, author and the like, as its table and its notes in XML have them."""
    for name, value in document.get_metadata_dict(skip_empty=True).items():
        yield f"{name}: {value[:PIECE_LIMIT]}"
    left, place = TOTAL_LIMIT, 0
    while left > 0 and (found := XMP.search(data, place)):
        end = data.find(XMP_END, found.end(), found.end() + PIECE_LIMIT)
        place = end if end >= 0 else min(found.end() + PIECE_LIMIT, len(data))
        yield words(data[found.end() : place])
        left -= place - found.start()


class Reader:
    """Reads page after page, until the time or the room for words is used up."""

    def __init__(self) -> None:
        self.left = TOTAL_LIMIT
        self.until = time.monotonic() + SECONDS
        self.work_until = time.process_time() + SECONDS_AT_WORK

    def is_done(self) -> bool:
        is_late = time.monotonic() > self.until or time.process_time() > self.work_until
        return is_late or self.left <= 0

    def read(self, page: Any) -> str:
        """The text layer of a page with the remarks on it; empty once nothing more is read."""
        if self.is_done():
            return ""
        layer = page.get_textpage()
        count = min(layer.count_chars(), PIECE_LIMIT, self.left)
        text = layer.get_text_range(0, count) if count > 0 else ""
        layer.close()
        text = "\n".join((text, *remarks(page)))
        self.left -= len(text)
        return text


def remarks(page: Any) -> Iterator[str]:
    """Notes stuck to a page, and what was filled into its fields."""
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), ANNOTATION_LIMIT)):
        remark = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not remark:
            continue
        for key in (b"Contents", b"V"):
            size = pdfium.FPDFAnnot_GetStringValue(remark, key, None, 0)
            if 2 < size <= PIECE_LIMIT:
                room = (pdfium.FPDF_WCHAR * (size // 2))()
                pdfium.FPDFAnnot_GetStringValue(remark, key, room, size)
                yield bytes(room)[:-2].decode("utf-16-le", "ignore")
        pdfium.FPDFPage_CloseAnnot(remark)
