"""What about a file is worth a look before it is handed in. Hints stop nothing; codes and values
only, the words are made elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from appeals.rules.months import Month


class Code(StrEnum):
    CARD = "card"
    IDENTITY = "identity"
    EDITED = "edited"
    SCREENSHOT = "screenshot"
    TOO_SMALL = "too-small"
    OUTSIDE_PERIOD = "outside-period"
    TYPE_NOT_LISTED = "type-not-listed"


@dataclass(frozen=True, slots=True)
class Hint:
    code: Code
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One file, as far as hints look at it."""

    media_type: str
    width: int = 0  # in pixels; of a PDF in points, and not looked at
    height: int = 0
    has_camera: bool = False  # its notes name the camera that took it
    software: str = ""  # a code of `observing.EDITORS`
    private: Mapping[str, int] = field(default_factory=dict)  # kind and its first page
    is_for_payment: bool = False
    about_on: date | None = None
    months_of_use: tuple[Month, ...] = ()  # of those it is filed for, in order
    notice_text: str = ""


def hints(seen: Seen) -> tuple[Hint, ...]:
    """The gravest first; none twice."""
    return tuple(all_hints(seen))


def all_hints(seen: Seen) -> Iterator[Hint]:
    for code in (Code.CARD, Code.IDENTITY):
        if page := seen.private.get(code.value):
            yield Hint(code, (("page", str(page)),))
    if seen.software:
        yield Hint(Code.EDITED, (("software", seen.software),))
    if seen.is_for_payment and looks_like_screenshot(seen):
        yield Hint(Code.SCREENSHOT)
    elif is_too_small(seen):
        yield Hint(Code.TOO_SMALL, (("width", str(seen.width)), ("height", str(seen.height))))
    months = seen.months_of_use
    if seen.about_on and months and not months[0] <= Month.of(seen.about_on) <= months[-1]:
        yield Hint(
            Code.OUTSIDE_PERIOD,
            (("date", str(seen.about_on)), ("first", str(months[0])), ("last", str(months[-1]))),
        )
    listed = types_listed(seen.notice_text)
    if listed and not listed & ENDINGS[seen.media_type]:
        yield Hint(Code.TYPE_NOT_LISTED, (("listed", " ".join(sorted(listed))),))


# --- Pictures ------------------------------------------------------------------------------

#: Pixels across the screens of telephones, held upright.
PHONES = {640, 720, 750, 828, 1080, 1125, 1170, 1179, 1206, 1220, 1224, 1242, 1260, 1264, 1284, 1290, 1320, 1344, 1440}  # fmt: skip
#: How much longer than wide such a screen is, a long picture of several screens included.
PHONE_RATIO = 1.6
DESKTOPS = {
    (1024, 768), (1280, 720), (1280, 800), (1280, 1024), (1366, 768), (1440, 900), (1536, 864),
    (1600, 900), (1680, 1050), (1920, 1080), (1920, 1200), (2048, 1536), (2160, 1440),
    (2256, 1504), (2560, 1080), (2560, 1440), (2560, 1600), (2736, 1824), (2880, 1800),
    (3024, 1964), (3072, 1920), (3440, 1440), (3456, 2234), (3840, 2160),
}  # fmt: skip


def looks_like_screenshot(seen: Seen) -> bool:
    """A picture that no camera took, as a PNG or of the size of a screen."""
    if seen.media_type == "application/pdf" or seen.has_camera or is_too_small(seen):
        return False
    return seen.media_type == "image/png" or is_of_a_screen(seen.width, seen.height)


def is_of_a_screen(width: int, height: int) -> bool:
    is_phone = width in PHONES and height >= PHONE_RATIO * width
    return is_phone or (width, height) in DESKTOPS


#: A sheet of paper needs more for its small print; a piece of a screen is sharp, and needs less.
LEAST_PIXELS_OF_PHOTO = 600_000
LEAST_SIDE = 200


def is_too_small(seen: Seen) -> bool:
    if seen.media_type == "application/pdf" or not seen.width:
        return False
    if seen.has_camera or seen.media_type == "image/jpeg":
        return seen.width * seen.height < LEAST_PIXELS_OF_PHOTO
    return min(seen.width, seen.height) < LEAST_SIDE


# --- What the notice takes -----------------------------------------------------------------

ENDINGS = {
    "application/pdf": {"pdf"},
    "image/png": {"png"},
    "image/jpeg": {"jpg", "jpeg"},
    "image/gif": {"gif"},
}
ENDING = re.compile(
    r"(?<![A-Za-z0-9.])\.?(pdf|png|jpe?g|gif|tiff?|bmp|docx?|xlsx?|txt|heic)(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def types_listed(notice: str) -> frozenset[str]:
    """The types of file that a notice lists: two or more of them in one line. None: it does not."""
    listed: set[str] = set()
    for line in notice.splitlines():
        types = {match[1].lower() for match in ENDING.finditer(line)}
        if len(types) > 1:
            listed |= types
    return frozenset(listed)
