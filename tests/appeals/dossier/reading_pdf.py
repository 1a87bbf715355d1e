"""What a PDF says, page by page, read by an engine that did not make it."""

from __future__ import annotations

import pypdfium2 as pdfium

LETTER = (612.0, 792.0)


def pages(content: bytes) -> list[str]:
    """The text of each page as it would be copied, its lines by single breaks."""
    return [_text(page) for page in pdfium.PdfDocument(content)]


def left_of(content: bytes, right: float) -> list[str]:
    """The same, but only what stands left of a point on the page."""
    return [_text(page, right) for page in pdfium.PdfDocument(content)]


def _text(page: pdfium.PdfPage, right: float | None = None) -> str:
    text_page = page.get_textpage()
    if right is None:
        found = text_page.get_text_bounded()
    else:
        found = text_page.get_text_bounded(right=right)
    return found.replace("\r\n", "\n")


def in_one_line(content: bytes) -> str:
    """Everything, with line breaks as spaces: a sentence may be broken anywhere."""
    return " ".join(" ".join(pages(content)).split())


def together(content: bytes) -> str:
    """Everything without any space: a long word may be broken anywhere too."""
    return "".join("".join(pages(content)).split())


def bookmarks(content: bytes) -> list[str]:
    return [one.get_title() for one in pdfium.PdfDocument(content).get_toc()]
