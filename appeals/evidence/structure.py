"""Where the structure of a file ends, by its own lengths and markers; standard library only.

Decoders forgive a file that stops early, and none tells what follows the last byte it read.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable

Data = bytes | mmap.mmap

#: In compressed data 0xFF is followed by 00, a restart marker or another 0xFF.
JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
START, END, START_OF_SCAN = 0xD8, 0xD9, 0xDA


def jpeg_end(data: Data) -> int | None:
    """The place after the end marker of the first image; None when it is missing."""
    place = 2
    in_scan = False
    while True:
        if in_scan:
            marker = JPEG_MARKER.search(data, place)
            place = marker.start() if marker else len(data)
        while data[place : place + 2] == b"\xff\xff":  # padding before a marker
            place += 1
        if place + 2 > len(data) or data[place] != 0xFF:
            return None
        code = data[place + 1]
        if code == END:
            return place + 2
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if length < 2:
            return None
        place += 2 + length
        in_scan = in_scan or code == START_OF_SCAN


def png_end(data: Data) -> int | None:
    """The place after the IEND chunk; None when it is missing."""
    place = 8
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] == b"IEND":
            return end if end <= len(data) else None
        place = end
    return None


def gif_end(data: Data) -> int | None:
    """The place after the trailer; None when it is missing."""
    if len(data) < 13:
        return None
    place = 13 + colours(data[10])
    while place < len(data):
        sort = data[place]
        if sort == 0x3B:
            return place + 1
        if sort == 0x21 and place + 2 <= len(data):
            place = blocks_end(data, place + 2)
        elif sort == 0x2C and place + 10 <= len(data):
            place = blocks_end(data, place + 11 + colours(data[place + 9]))
        else:
            return None
    return None


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
