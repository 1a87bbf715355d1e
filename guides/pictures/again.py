"""Makes a picture again in a process of its own: `python -m guides.pictures.again < FILE`.

It knows no Django and limits itself before it parses. It prints one line of JSON, what it made
or why not, and then the bytes. Only what is seen is kept: the right way up, in sRGB, on white,
of bounded size, without a word that the file said about itself. The same file gives the same
bytes. With `--as-it-is` it prints the bytes that came, if they are such as it makes.
"""

from __future__ import annotations

import io
import json
import os
import re
import struct
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from guides.limits import limit_itself

#: Pixels of the sides: twice the column of text and more, and a long screen of a telephone.
WIDEST, HIGHEST = 1600, 2400
#: Of what is decoded: a long screenshot has 20 million, which take 80 MB.
PIXEL_LIMIT = 25_000_000
MEMORY_LIMIT = 320 * 1024 * 1024
SECONDS_LIMIT = 8
JPEG_QUALITY = 86
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg"}


class Refused(Exception):
    """Why no picture is made: a code, and what its sentence needs."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, Any] = values


# --- What it seems to be -------------------------------------------------------------------

BEGINNINGS = (
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("WEBP", re.compile(rb"RIFF....WEBP", re.S)),
)
#: Words for what is not taken, for the sentence that says so.
OTHERS = (
    ("HEIC", re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.S)),
    ("AVIF", re.compile(rb"....ftypavi[fs]", re.S)),
    ("TIFF", re.compile(rb"II\*\0|MM\0\*")),
    ("BMP", re.compile(rb"BM")),
    ("PDF", re.compile(rb".{0,1024}%PDF-", re.S)),
    ("SVG", re.compile(rb"\s*(?:<\?xml[^>]{0,200}>)?.{0,500}?<svg\b", re.S | re.I)),
    ("HTML", re.compile(rb"\s*<(?:!doctype\s+)?html\b", re.I)),
)


def format_of(content: bytes) -> str:
    """The accepted format that the bytes claim to be. Raises Refused."""
    head = content[:2048].removeprefix(b"\xef\xbb\xbf")
    if not content:
        raise Refused("empty")
    for name, sign in BEGINNINGS:
        if sign.match(head):
            return name
    raise Refused("type", type=next((name for name, sign in OTHERS if sign.match(head)), ""))


# --- Made again ----------------------------------------------------------------------------


def make(content: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The bytes, their format and the size in pixels."""
    image = upright(opened(content, format_of(content)))
    image = on_paper(in_srgb(image))
    written = {"PNG": as_png(image), "JPEG": as_jpeg(image)}
    # Screens with text are smaller as PNG, and stay sharp; photographs are not.
    best = min(written, key=lambda name: (len(written[name]), name != "PNG"))
    return written[best], best, image.size


def opened(content: bytes, name: str, *, is_shrunk: bool = True) -> Any:
    """The first picture of the file, decoded to its end; a large photograph perhaps smaller."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # compared here, before anything is decoded
    image = Image.open(io.BytesIO(content), formats=(name,))
    width, height = image.size
    if width * height > PIXEL_LIMIT:
        raise Refused("too-many-pixels", width=width, height=height, limit=PIXEL_LIMIT)
    if is_shrunk:
        image.draft(image.mode, (2 * WIDEST, 2 * HIGHEST))
    image.load()
    return image


#: EXIF's field for how the camera was held, and Pillow's transpositions that set it right.
ORIENTATION = 0x0112
TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
LYING = {2, 4, 5, 6}


def turn_of(image: Any) -> int | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION))
    except Exception:  # notes that cannot be read are as good as none
        return None


def upright(image: Any) -> Any:
    """No larger than the bounds, and turned as its file says: a telephone writes on its side."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    turn = turn_of(image)
    if image.mode.startswith(("I", "F")):  # sixteen bits of grey, of which a screen shows eight
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    elif image.mode in {"1", "P", "PA"}:  # numbers of colours, which have no mean
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode == "RGB" and image.has_transparency_data:
        image = image.convert("RGBA")
    widest, highest = (HIGHEST, WIDEST) if turn in LYING else (WIDEST, HIGHEST)
    scale = min(1.0, widest / image.width, highest / image.height)
    if scale < 1:
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        # Coarsely first: the fine way needs as much memory again.
        image = image.reduce(int(1 / scale)).resize(size, Image.Resampling.LANCZOS)
    if turn is not None:
        image = image.transpose(turn)
    image.info = {"icc_profile": profile} if profile else {}
    return image


def in_srgb(image: Any) -> Any:
    """In the colours of screens; a profile that nobody can read is as good as none."""
    from PIL import ImageCms

    alpha = image.getchannel("A") if "A" in image.getbands() else None
    bare = image.convert("L" if image.mode == "LA" else "RGB") if alpha else image
    profile = image.info.get("icc_profile")
    if profile:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            bare = ImageCms.profileToProfile(bare, theirs, ours, outputMode="RGB")
        except Exception:  # whatever a parser raises on hostile bytes
            profile = None
    bare = bare.convert("RGB")
    if alpha:
        bare.putalpha(alpha)
    return bare


def on_paper(image: Any) -> Any:
    """On white: dark letters without a ground would be gone on a dark page."""
    from PIL import Image

    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    made = Image.new("RGB", image.size)
    made.paste(image)  # without anything that its file said
    return made


def as_png(image: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=7)
    return written.getvalue()


def as_jpeg(image: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return written.getvalue()


# --- Taken as it is ------------------------------------------------------------------------

#: What the files that are made here consist of, and nothing else.
PNG_CHUNKS = re.compile(rb"IHDR(?:IDAT)+IEND")
JPEG_START, JPEG_END, JPEG_SCAN = 0xD8, 0xD9, 0xDA
JPEG_SEGMENTS = {0xC0, 0xC4, 0xDB, 0xE0, JPEG_SCAN}
JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def taken_as_it_is(content: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The very bytes, where they are such as `make` writes: of this size, one picture, nothing
    said about it, nothing behind it. Raises Refused."""
    name = format_of(content)
    if name not in FORMATS:
        raise Refused("type", type=name)
    is_ours = is_bare_png(content) if name == "PNG" else is_bare_jpeg(content)
    image = opened(content, name, is_shrunk=False)
    if not is_ours or image.mode != "RGB" or image.width > WIDEST or image.height > HIGHEST:
        raise Refused("not-ours")
    return content, name, image.size


def is_bare_png(content: bytes) -> bool:
    codes, place = b"", 8
    while place + 12 <= len(content):
        codes += content[place + 4 : place + 8]
        place += 12 + int.from_bytes(content[place : place + 4], "big")
    return place == len(content) and PNG_CHUNKS.fullmatch(codes) is not None


def is_bare_jpeg(content: bytes) -> bool:
    return all(code in JPEG_SEGMENTS for code in jpeg_segments(content))


def jpeg_segments(content: bytes) -> Iterator[int]:
    """The codes of all segments but the last, which ends the file; 0 where it does not."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        code, length = struct.unpack_from(">xBH", content, place)
        yield code
        place += 2 + length
        if code == JPEG_SCAN:
            found = JPEG_MARKER.search(content, place)
            place = found.start() if found else len(content)
    if content[place:] != bytes([0xFF, JPEG_END]):
        yield 0


# --- The process ---------------------------------------------------------------------------


def load_parsers() -> None:
    import PIL.GifImagePlugin
    import PIL.ImageCms
    import PIL.JpegImagePlugin
    import PIL.MpoImagePlugin
    import PIL.PngImagePlugin
    import PIL.WebPImagePlugin  # noqa: F401


def answer(content: bytes, *, as_it_is: bool) -> tuple[dict[str, Any], bytes]:
    try:
        made, name, (width, height) = (taken_as_it_is if as_it_is else make)(content)
    except Refused as refused:
        return {"refused": refused.code, **refused.values}, b""
    except MemoryError:
        return {"refused": "too-heavy"}, b""
    except Exception:
        # Whatever a parser raises on hostile bytes means the same: it could not be parsed.
        return {"refused": "broken"}, b""
    return {"media_type": FORMATS[name], "width": width, "height": height}, made


def main(*options: str) -> None:
    warnings.simplefilter("ignore")
    load_parsers()
    limit_itself(memory=MEMORY_LIMIT, seconds=SECONDS_LIMIT)
    facts, content = answer(sys.stdin.buffer.read(), as_it_is="--as-it-is" in options)
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)
    sys.stdout.flush()
    # Without the tidying at exit: it may need memory, and the system takes everything back.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
