"""Draws the first page of a file, small, in a process of its own, and prints it as a JPEG.

`python -m appeals.evidence.draw PATH`, for files that `inspect` accepted. Like it this knows
no Django and limits itself before it parses.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from typing import Any

from appeals.evidence.inspect import HEAD, limit_itself, load_parsers, media_type_of

#: Pixels of the box the picture fits in: twice what a page shows, for sharp screens.
BOX = (640, 900)


def draw_pdf(path: str) -> Any:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(BOX[0] / width, BOX[1] / height)
        return page.render(scale=scale).to_pil()


def draw_image(path: str) -> Any:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # `inspect` compared the size
    file = Image.open(path, formats=("PNG", "JPEG", "GIF"))
    file.draft("RGB", (max(BOX), max(BOX)))
    image: Image.Image = file
    factor = max(1, min(image.width // max(BOX), image.height // max(BOX)))
    if image.mode.startswith("I"):  # sixteen bits of grey, of which a screen shows eight
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    elif image.mode in {"1", "P"}:  # numbers of colours, which have no mean
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    # A photo may lie on its side and say so: it is measured after it was turned.
    image = ImageOps.exif_transpose(image.reduce(factor) if factor > 1 else image)
    image.thumbnail(BOX)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image)
    return image


def draw(path: str, media_type: str | None) -> bytes:
    """The picture; empty where the file cannot be drawn."""
    try:
        picture = draw_pdf(path) if media_type == "application/pdf" else draw_image(path)
        drawn = io.BytesIO()
        picture.convert("RGB").save(drawn, "JPEG", quality=82)
    except Exception:  # whatever a parser raises, and a lack of memory
        return b""
    return drawn.getvalue()


def main(path: str) -> None:
    warnings.simplefilter("ignore")
    with open(path, "rb") as file:
        media_type = media_type_of(file.read(HEAD))
    load_parsers("image/png")
    load_parsers("application/pdf")
    limit_itself()
    sys.stdout.buffer.write(draw(path, media_type))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
