"""Where the structure of a file ends, by its own lengths and markers; standard library only.

Decoders forgive a file that stops early, and none tells what follows the last byte it read.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Data = bytes | mmap.mmap


class Piece(NamedTuple):
    """One piece of a file: what it is, and where its content lies: `data[start:end]`."""

    code: int | bytes
    start: int
    end: int


#: In compressed data 0xFF is followed by 00, a restart marker or another 0xFF.
JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
START, END, START_OF_SCAN = 0xD8, 0xD9, 0xDA


def jpeg_segments(data: Data) -> Iterator[Piece]:
    """The segments of the first image, its end marker last; it is missing where the file is cut."""
    place = 2
    in_scan = False
    while True:
        if in_scan:
            marker = JPEG_MARKER.search(data, place)
            place = marker.start() if marker else len(data)
        while data[place : place + 2] == b"\xff\xff":  # padding before a marker
            place += 1
        if place + 2 > len(data) or data[place] != 0xFF:
            return
        code = data[place + 1]
        if code == END:
            yield Piece(code, place + 2, place + 2)
            return
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if length < 2:
            return
        yield Piece(code, place + 4, place + 2 + length)
        place += 2 + length
        in_scan = in_scan or code == START_OF_SCAN


def jpeg_end(data: Data) -> int | None:
    """The place after the end marker of the first image; None when it is missing."""
    return next((piece.end for piece in jpeg_segments(data) if piece.code == END), None)


def png_chunks(data: Data) -> Iterator[Piece]:
    """The chunks that are there whole, up to IEND."""
    place = 8
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if end > len(data):
            return
        piece = Piece(data[place + 4 : place + 8], place + 8, end - 4)
        yield piece
        if piece.code == b"IEND":
            return
        place = end


def png_end(data: Data) -> int | None:
    """The place after the IEND chunk; None when it is missing."""
    return next((piece.end + 4 for piece in png_chunks(data) if piece.code == b"IEND"), None)


GIF_TRAILER, GIF_EXTENSION, GIF_IMAGE = 0x3B, 0x21, 0x2C


def gif_blocks(data: Data) -> Iterator[Piece]:
    """Extensions by their label, pictures and the trailer by their sign; cut where the file is."""
    if len(data) < 13:
        return
    place = 13 + colours(data[10])
    while place < len(data):
        sort = data[place]
        if sort == GIF_TRAILER:
            yield Piece(sort, place + 1, place + 1)
            return
        if sort == GIF_EXTENSION and place + 2 <= len(data):
            code, start = data[place + 1], place + 2
        elif sort == GIF_IMAGE and place + 10 <= len(data):
            code, start = sort, place + 11 + colours(data[place + 9])
        else:
            return
        place = blocks_end(data, start)
        yield Piece(code, start, place)


def gif_end(data: Data) -> int | None:
    """The place after the trailer; None when it is missing."""
    # An extension may have the sign of the trailer as its label, but never ends where it starts.
    return next(
        (end for code, start, end in gif_blocks(data) if code == GIF_TRAILER and start == end), None
    )


def colours(flags: int) -> int:
    """Bytes of the table of colours that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def blocks_end(data: Data, place: int) -> int:
    """The place after a row of blocks, each led by its length, the last one empty."""
    while place < len(data) and data[place]:
        place += 1 + data[place]
    return place + 1


#: Some programs pad a PDF with empty bytes; the mark has to be near what is left.
PDF_TAIL = 1024


def pdf_end(data: Data) -> int | None:
    """The place after the last %%EOF; None when a cut took it away."""
    end = len(data)
    while end and data[end - 1] in b"\0\r\n\t ":
        end -= 1
    found = data.rfind(b"%%EOF", max(0, end - PDF_TAIL), end)
    return found + 5 if found >= 0 else None


END_OF: dict[str, Callable[[Data], int | None]] = {
    "application/pdf": pdf_end,
    "image/jpeg": jpeg_end,
    "image/png": png_end,
    "image/gif": gif_end,
}
