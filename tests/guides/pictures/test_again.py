"""Whatever is sent becomes a plain picture, or is refused by name."""

from __future__ import annotations

import io

import pytest
from django.test import override_settings
from django.utils.translation import override
from PIL import Image

from guides import children
from guides.children import FileRefused
from guides.pictures import again, making
from guides.pictures.making import Made, make_again, take_as_it_is
from guides.pictures.refusals import SENTENCES, message

from .files import BLUE, RED, bomb, moving, photograph, saved, screen, talking, telling

NOTES = b"Secret", b"Exif", b"ICC", b"xmp", b"tEXt", b"eXIf", b"<?php"


def made_of(content: bytes) -> Image.Image:
    """What is made of the file in this very process."""
    made, _name, size = again.make(content)
    image = Image.open(io.BytesIO(made))
    image.load()
    assert image.size == size
    assert (image.mode, getattr(image, "n_frames", 1)) == ("RGB", 1)
    assert not any(note in made for note in NOTES)
    assert again.taken_as_it_is(made)[0] == made
    return image


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


PALETTE = screen().quantize(8)
CLEAR = Image.new("RGBA", (300, 200), (0, 0, 0, 0))


@pytest.mark.parametrize(
    ("content", "size", "top", "bottom"),
    [
        pytest.param(saved(screen(), "PNG"), (300, 200), BLUE, RED, id="PNG"),
        pytest.param(saved(screen(), "JPEG", quality=95), (300, 200), BLUE, RED, id="JPEG"),
        pytest.param(saved(screen(), "WEBP", lossless=True), (300, 200), BLUE, RED, id="WebP"),
        pytest.param(moving("GIF"), (300, 200), BLUE, RED, id="moving GIF"),
        pytest.param(moving("PNG"), (300, 200), BLUE, RED, id="moving PNG"),
        pytest.param(moving("WEBP"), (300, 200), BLUE, RED, id="moving WebP"),
        pytest.param(talking(), (300, 200), BLUE, RED, id="notes and a profile"),
        pytest.param(saved(PALETTE, "PNG"), (300, 200), BLUE, RED, id="palette"),
        pytest.param(
            saved(PALETTE, "PNG", transparency=PALETTE.getpixel((0, 0))),
            (300, 200), (255, 255, 255), RED, id="palette with a clear colour",
        ),
        pytest.param(saved(CLEAR, "PNG"), (300, 200), *[(255, 255, 255)] * 2, id="clear"),
        pytest.param(
            saved(Image.new("LA", (300, 200), (0, 128)), "PNG"),
            (300, 200), *[(127, 127, 127)] * 2, id="half clear grey",
        ),
        pytest.param(
            saved(Image.new("I;16", (300, 200), 40_000), "PNG"),
            (300, 200), *[(156, 156, 156)] * 2, id="sixteen bits",
        ),
        pytest.param(
            saved(Image.new("CMYK", (300, 200), (0, 255, 255, 0)), "JPEG"),
            (300, 200), *[(255, 0, 0)] * 2, id="CMYK",
        ),
        pytest.param(saved(Image.new("1", (9, 9), 1), "PNG"), (9, 9), *[(255,) * 3] * 2, id="1 bit"),
        pytest.param(saved(screen(), "JPEG") + b"<?php x();", (300, 200), BLUE, RED, id="PHP behind"),
        pytest.param(saved(screen(3200, 1000), "PNG"), (1600, 500), BLUE, RED, id="wide"),
        pytest.param(saved(screen(1000, 4800), "PNG"), (500, 2400), BLUE, RED, id="high"),
    ],
)  # fmt: skip
def test_it_is_made_again(
    content: bytes, size: tuple[int, int], top: tuple[int, int, int], bottom: tuple[int, int, int]
) -> None:
    image = made_of(content)

    assert image.size == size
    assert near(image.getpixel((1, 1)), top)
    assert near(image.getpixel((size[0] - 2, size[1] - 2)), bottom)


def test_it_stands_upright_and_says_nothing_of_the_place() -> None:
    assert b"SecretCamera" in telling()

    assert made_of(telling()).size == (200, 300)


def test_each_way_to_hold_a_camera_is_set_right() -> None:
    for turn in range(1, 9):
        notes = Image.Exif()
        notes[0x0112] = turn
        content = saved(screen(30, 20), "PNG", exif=notes)
        wanted = Image.open(io.BytesIO(content))
        from PIL import ImageOps

        wanted = ImageOps.exif_transpose(wanted)

        assert made_of(content).tobytes() == wanted.convert("RGB").tobytes(), turn


def test_the_same_file_gives_the_same_bytes_and_no_larger_ones() -> None:
    flat, busy = again.make(saved(screen(), "PNG")), again.make(saved(photograph(), "PNG"))

    assert flat == again.make(saved(screen(), "PNG"))
    assert (flat[1], busy[1]) == ("PNG", "JPEG")
    assert again.make(flat[0]) == flat


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        pytest.param(b"", "empty", "", id="nothing"),
        pytest.param(b"hello", "type", "", id="text"),
        pytest.param(b'<?xml version="1.0"?><svg onload="x">', "type", "SVG", id="SVG"),
        pytest.param(b"\xef\xbb\xbf <!DOCTYPE html><script>x", "type", "HTML", id="HTML"),
        pytest.param(saved(screen(), "TIFF"), "type", "TIFF", id="TIFF"),
        pytest.param(saved(screen(), "BMP"), "type", "BMP", id="BMP"),
        pytest.param(b"%PDF-1.7", "type", "PDF", id="PDF"),
        pytest.param(b"\0\0\0\x18ftypheic", "type", "HEIC", id="HEIC"),
        pytest.param(saved(screen(), "PNG")[:200], "broken", "", id="cut PNG"),
        pytest.param(saved(photograph(), "JPEG")[:-900], "broken", "", id="cut JPEG"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"x" * 99, "broken", "", id="PNG by its head alone"),
        pytest.param(bomb(50_000, 50_000), "too-many-pixels", "", id="bomb"),
        pytest.param(bomb(5_000, 5_000), "broken", "", id="a bomb within the bounds"),
    ],
)
def test_it_is_refused_by_name(content: bytes, code: str, named: str) -> None:
    facts, made = again.answer(content, as_it_is=False)

    assert made == b""
    assert (facts["refused"], facts.get("type", "")) == (code, named)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(talking(), id="notes in a PNG"),
        pytest.param(telling(), id="notes in a JPEG"),
        pytest.param(again.make(saved(screen(), "PNG"))[0] + b"x", id="behind a PNG"),
        pytest.param(again.make(saved(photograph(), "PNG"))[0] + b"<?php", id="behind a JPEG"),
        pytest.param(
            again.make(saved(photograph(), "PNG"))[0] + b"<?php\xff\xd9", id="behind, with an end"
        ),
        pytest.param(saved(screen(1700, 20), "PNG"), id="too wide"),
        pytest.param(saved(photograph(4000, 20), "JPEG", subsampling=0), id="far too wide"),
        pytest.param(saved(CLEAR, "PNG"), id="clear"),
        pytest.param(moving("PNG"), id="moving"),
    ],
)
def test_only_what_is_made_here_is_taken_as_it_is(content: bytes) -> None:
    facts, made = again.answer(content, as_it_is=True)

    assert (facts, made) == ({"refused": "not-ours"}, b"")


# --- By the child process ------------------------------------------------------------------


def test_a_child_makes_it_and_another_takes_it_as_it_is() -> None:
    sent = saved(screen(), "GIF")
    made = make_again([sent[:100], sent[100:]], len(sent))

    assert made == Made(*(again.make(sent)[0], "image/png", 300, 200))
    assert take_as_it_is(made.content) == made
    assert len(made.sha256) == 64


def test_a_file_beyond_the_limit_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "run", lambda *_, **__: pytest.fail("looked at"))

    with override_settings(PICTURE_LIMIT=10), pytest.raises(FileRefused, match="too-large"):
        make_again([b"x" * 11], 11)


def test_what_a_child_refuses_or_takes_too_much_for_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(FileRefused) as refusal:
        make_again([bomb(50_000, 50_000)], 100)
    assert refusal.value.values == {"width": 50_000, "height": 50_000, "limit": 25_000_000}

    monkeypatch.setattr(making, "MEMORY", 1)
    with pytest.raises(FileRefused, match="too-heavy"):
        make_again([saved(photograph(1500, 1500), "PNG")], 100)


def test_each_refusal_says_what_to_do() -> None:
    values = {"size": 9, "limit": 8_000_000, "width": 9, "height": 9}
    with override("en"):
        for code in SENTENCES:
            assert "%" not in message(FileRefused(code, **values))
        named = message(FileRefused("type", type="SVG"))
        assert named == "SVG files cannot be shown. Use PNG, JPG, GIF or WebP."
