"""Files that people may send as a picture, made here."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

RED, BLUE = (200, 30, 20), (20, 40, 160)


def saved(image: Image.Image, name: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, name, **options)
    return written.getvalue()


def screen(width: int = 300, height: int = 200) -> Image.Image:
    """Red with a blue block at the top left, so that it shows which way is up."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 3, height // 4))
    return image


def photograph(width: int = 300, height: int = 200) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def telling() -> bytes:
    """A photograph that lies on its side and says when, where and with what it was taken."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "SecretCamera"
    notes.get_ifd(0x8825)[1] = "N"
    return saved(photograph(), "JPEG", exif=notes, comment=b"SecretComment", quality=95)


def talking() -> bytes:
    """A PNG with notes and a profile of its own."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SecretAuthor")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SecretPlace</x:xmpmeta>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(screen(), "PNG", pnginfo=notes, icc_profile=profile)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says to be enormous."""

    def chunk(code: bytes, content: bytes) -> bytes:
        summed = struct.pack(">I", zlib.crc32(code + content))
        return struct.pack(">I", len(content)) + code + content + summed

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def moving(name: str) -> bytes:
    """A picture of two: the screen, and black."""
    black = Image.new("RGB", (300, 200))
    return saved(screen(), name, save_all=True, append_images=[black], duration=100)
