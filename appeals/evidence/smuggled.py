"""Whether another file lies in bytes that are no part of a file's structure; standard library only.

Cameras append what they like to a picture: a second one, a film, notes of their own. Only what
opens as an archive, a web page or a program is meant here. Each sign is long enough, or checked
by what has to follow it, that the bytes of a film do not show it by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from appeals.evidence.structure import END_OF, Data

Span = tuple[int, int]


def another_file(data: Data, media_type: str) -> str:
    """A word for the file that lies in this one, outside its structure; empty where none does."""
    spans = tuple(outside(data, media_type))
    for start, stop in spans:
        for word, sign, is_meant in SIGNS:
            if any(is_meant(data, match.start()) for match in sign.finditer(data, start, stop)):
                return word
    return "zip" if ends_as_archive(data, spans) else ""


# --- What is outside -----------------------------------------------------------------------


def outside(data: Data, media_type: str) -> Iterator[Span]:
    if media_type == "application/pdf":
        yield from between_objects(data)
    else:
        end = END_OF[media_type](data)
        if end is not None:
            yield end, len(data)


BEGIN = re.compile(rb"obj\b")
NUMBERS = re.compile(rb"\d{1,10}\s{1,4}\d{1,5}\s{1,4}\Z")
CONTENT = re.compile(rb"stream\r?\n|endobj")
LENGTH = re.compile(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)")
END_OF_STREAM = re.compile(rb"\s{0,4}endstream")
#: Shorter than any sign: the line ends between two objects.
LEAST = 6


def between_objects(data: Data) -> Iterator[Span]:
    """What comes before, between and after the objects of a PDF: its tables among it."""
    place = looked = 0
    while found := BEGIN.search(data, looked):
        looked = found.end()
        if not NUMBERS.search(data[max(found.start() - 23, place) : found.start()]):
            continue
        end = object_end(data, found.end())
        if end is None:
            break
        if found.start() - place >= LEAST:
            yield place, found.start()
        place = looked = end
    yield place, len(data)


def object_end(data: Data, place: int) -> int | None:
    """The place after `endobj`; None where that does not come."""
    content = CONTENT.search(data, place)
    if content is None:
        return None
    stop = content.start()
    if content[0] != b"endobj":
        length = LENGTH.search(data, place, content.start())
        announced = content.end() + int(length[1]) if length else len(data)
        if END_OF_STREAM.match(data, announced):  # it may hold a PDF of its own
            stop = announced
        else:
            stop = data.find(b"endstream", content.end())
    end = data.find(b"endobj", stop) if stop >= 0 else -1
    return end + len(b"endobj") if end >= 0 else None


# --- Whether a sign is what it looks like --------------------------------------------------

#: Of compression in archives: stored, deflated, and what came later.
METHODS = {0, 1, 6, 8, 9, 12, 14, 93, 95, 96, 98, 99}


def begins_member(data: Data, place: int) -> bool:
    """The head of one member of a ZIP: a version, a known compression, a name."""
    return (
        place + 30 < len(data)
        and number(data, place + 4, 2) <= 63
        and number(data, place + 8, 2) in METHODS
        and 0 < number(data, place + 26, 2) <= 1024
    )


def is_program_of_windows(data: Data, place: int) -> bool:
    """MZ as the very first bytes, or with the second header that it points to."""
    header = place + number(data, place + 60, 4)
    return place == 0 or data[header : header + 4] == b"PE\0\0"


def always(data: Data, place: int) -> bool:
    return True


#: Each begins with plain bytes, which are searched for many times faster than a choice is.
SIGNS: tuple[tuple[str, re.Pattern[bytes], Callable[[Data, int], bool]], ...] = (
    ("zip", re.compile(rb"PK\x03\x04"), begins_member),
    ("rar", re.compile(rb"Rar!\x1a\x07[\0\x01]"), always),
    ("7z", re.compile(rb"7z\xbc\xaf\x27\x1c\0"), always),
    ("php", re.compile(rb"<\?(?:(?i:php)[\s(]|=[ -~\s]{10})"), always),
    ("html", re.compile(rb"<(?i:!doctype\s+html|html|head|body|script|iframe)[\s>]"), always),
    ("program", re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01"), always),
    ("program", re.compile(rb"\xcf\xfa\xed\xfe[\x07\x0c]\0\0\x01"), always),
    ("program", re.compile(rb"\xca\xfe\xba\xbe\0\0\0[\x01-\x08\x2d-\x45]"), always),
    ("program", re.compile(rb"#!\s?/(?:usr/|system/)?bin/"), always),
    ("program", re.compile(rb"MZ"), is_program_of_windows),
)

END_OF_ARCHIVE = b"PK\x05\x06"
LONGEST_COMMENT = 65535


def ends_as_archive(data: Data, spans: tuple[Span, ...]) -> bool:
    """Whether the list of members that closes a ZIP stands at the end of the file.

    Programs that unpack read it from there, wherever the members themselves are hidden.
    """
    place = len(data)
    while (
        place := data.rfind(END_OF_ARCHIVE, max(0, len(data) - LONGEST_COMMENT - 22), place)
    ) >= 0:
        listed = number(data, place + 12, 4)
        first = data[max(place - listed, 0) : place][:4]
        has_members = first == b"PK\x01\x02" or data[place - 20 : place - 16] == b"PK\x06\x07"
        fills = place + 22 + number(data, place + 20, 2) == len(data)
        if has_members and (fills or any(start <= place < stop for start, stop in spans)):
            return True
    return False


def number(data: Data, place: int, size: int) -> int:
    return int.from_bytes(data[place : place + size], "little")
