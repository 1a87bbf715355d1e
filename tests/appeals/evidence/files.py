"""Small real files, made when a test asks for them."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib

from PIL import Image


def picture(format: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    """A picture with some detail, so that its data has a length worth cutting."""
    image = Image.effect_noise(size, 60).convert(mode)
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def moving_gif(frames: int = 3) -> bytes:
    images = [Image.effect_noise((40, 30), 40 + each).convert("P") for each in range(frames)]
    file = io.BytesIO()
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=100)
    return file.getvalue()


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def paper(
    pages: int = 1, content: bytes = b"0 0 10 10 re f", entries: bytes = b"", **more
) -> bytes:
    """A PDF of that many pages of 200 by 100 points, all with the same content."""
    kids = b" ".join(b"%d 0 R" % (4 + each) for each in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 3 0 R>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        stream(content, entries),
        *[page] * pages,
        **more,
    )


def written(*pages: str, info: bytes = b"", more: bytes = b"") -> bytes:
    """A PDF with a text layer, a string for each page, its lines one under the other."""
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * each) for each in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<<%s>>" % info,
    ]
    for number, text in enumerate(pages):
        lines = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").split("\n")
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R%s>>" % (first + 1 + 2 * number, more)
        )
        objects.append(stream(f"BT /F 8 Tf 10 TL 20 800 Td {shown} ET".encode("cp1252")))
    return pdf(*objects, trailer=b"/Info 4 0 R")


def with_segment(code: int, content: bytes, image: bytes) -> bytes:
    """A JPEG with one more segment before all others."""
    head = bytes([0xFF, code]) + (2 + len(content)).to_bytes(2, "big")
    return image[:2] + head + content + image[2:]


def with_chunk(name: bytes, content: bytes, image: bytes) -> bytes:
    """A PNG with one more chunk after its header."""
    sum_ = zlib.crc32(name + content).to_bytes(4, "big")
    return image[:33] + len(content).to_bytes(4, "big") + name + content + sum_ + image[33:]


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for each in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(each ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_paper(to_open: str) -> bytes:
    """A PDF under a password (the oldest scheme); an empty one only forbids changes."""

    def padded(text: str) -> bytes:
        return (text.encode() + PADDING)[:32]

    owner = rc4(hashlib.md5(padded("owner")).digest()[:5], padded(to_open))
    allowed, file_id = -44, b"0123456789abcdef"
    secret = padded(to_open) + owner + allowed.to_bytes(4, "little", signed=True) + file_id
    key = hashlib.md5(secret).digest()[:5]
    encryption = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>/ID[<%s><%s>]" % (
        owner.hex().encode(),
        rc4(key, PADDING).hex().encode(),
        allowed,
        file_id.hex().encode(),
        file_id.hex().encode(),
    )
    return paper(trailer=encryption)


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        for name in names:
            out.writestr(name, "text")
    return file.getvalue()


def boxes(brand: bytes) -> bytes:
    """The beginning of HEIC, AVIF and films: a box that says which of them it is."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + bytes(64)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is larger than it is."""

    def chunk(name: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + sum_

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\x08\x02\0\0\0")
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def deflated(piece: bytes, times: int) -> bytes:
    """Many times the same, packed without ever being whole."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()
