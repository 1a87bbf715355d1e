"""The small picture of a first page: drawn by a child, kept, and gone with its original."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone
from PIL import Image

from appeals.evidence import handing_out, mending, storage
from appeals.evidence.handing_out import preview_response
from appeals.evidence.keeping import kept
from appeals.models import Evidence
from guides import children
from tests import factories

from .files import moving_gif, paper, picture
from .test_check_files import age

pytestmark = pytest.mark.django_db


def make_evidence(data: bytes) -> Evidence:
    with kept(SimpleUploadedFile("a", data)) as file:
        return Evidence.objects.create(case=factories.make_case(), **file.as_fields())


def image_of(response: HttpResponse) -> Image.Image:
    image = Image.open(io.BytesIO(response.content))
    image.load()
    return image


def on_its_side() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", size=(2400, 1200), exif=exif)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        pytest.param(paper(), (640, 320), id="PDF"),
        pytest.param(paper(pages=3), (640, 320), id="PDF, its first page"),
        pytest.param(picture("JPEG", size=(2000, 1000)), (640, 320), id="large JPEG"),
        pytest.param(on_its_side(), (450, 900), id="JPEG on its side"),
        pytest.param(picture("JPEG", mode="CMYK"), (40, 30), id="JPEG for print"),
        pytest.param(picture("PNG"), (40, 30), id="PNG as small as it is"),
        pytest.param(picture("PNG", size=(4000, 1000)), (640, 160), id="large PNG"),
        pytest.param(picture("PNG", mode="I;16"), (40, 30), id="PNG of sixteen bits"),
        pytest.param(picture("PNG", mode="P"), (40, 30), id="PNG with a palette"),
        pytest.param(moving_gif(), (40, 30), id="moving GIF, its first picture"),
    ],
)
def test_it_draws_the_first_page(data: bytes, size: tuple[int, int]) -> None:
    image = image_of(preview_response(make_evidence(data)))

    assert (image.format, image.size) == ("JPEG", size)


def test_what_lies_on_the_page_is_drawn() -> None:
    square = b"0 0 1 rg 50 0 50 50 re f"

    image = image_of(preview_response(make_evidence(paper(content=square))))

    red, green, blue = image.getpixel((240, 240))  # type: ignore[misc]
    assert blue > 200 > 60 > red + green
    assert min(image.getpixel((20, 20))) > 240  # type: ignore[type-var]


def test_what_is_transparent_is_white() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(clear, "PNG")

    image = image_of(preview_response(make_evidence(clear.getvalue())))

    assert min(image.getpixel((15, 15))) > 250  # type: ignore[type-var]


def test_a_palette_keeps_its_colours() -> None:
    striped = Image.new("P", (4000, 40))
    striped.putpalette([255, 255, 255, 0, 0, 255, 0, 255, 0])  # white, blue, green
    for place in range(0, 4000, 2):
        striped.paste(2, (place, 0, place + 1, 40))
    file = io.BytesIO()
    striped.save(file, "PNG")

    image = image_of(preview_response(make_evidence(file.getvalue())))

    red, green, blue = image.getpixel((300, 3))  # type: ignore[misc]
    assert green > 230  # white and green mixed, and none of the blue between their numbers
    assert abs(red - blue) < 20


def test_nothing_runs_in_it_and_nobody_keeps_it() -> None:
    response = preview_response(make_evidence(paper()))

    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = make_evidence(paper())
    first = preview_response(evidence)
    monkeypatch.setattr(children, "run", lambda *_: pytest.fail("drawn again"))

    assert preview_response(evidence).content == first.content


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", id="nothing printed"),
        pytest.param("import os; os.abort()", id="out of memory"),
        pytest.param("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", id="falls"),
    ],
)
def test_what_cannot_be_drawn_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    evidence = make_evidence(paper())
    monkeypatch.setattr(handing_out, "DRAW", (sys.executable, "-c", code))

    assert preview_response(evidence).status_code == 404
    assert storage.read_preview(evidence.stored_as) == b""


def test_a_fault_of_ours_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = make_evidence(paper())
    with monkeypatch.context() as broken:
        broken.setattr(handing_out, "DRAW", (sys.executable, "-c", "raise SystemExit(3)"))
        assert preview_response(evidence).status_code == 503

    assert preview_response(evidence).status_code == 200


def test_it_waits_for_its_turn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = make_evidence(paper())
    monkeypatch.setattr(children, "PATIENCE", 0.05)

    with children.turn(), children.turn():
        response = preview_response(evidence)

    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_bytes_that_are_gone_are_an_error() -> None:
    evidence = make_evidence(paper())
    storage.path_of(evidence.stored_as).unlink()

    with pytest.raises(FileNotFoundError):
        preview_response(evidence)


def test_it_goes_with_its_original(settings: Any) -> None:
    evidence = make_evidence(paper())
    preview_response(evidence)

    storage.remove(evidence.stored_as)

    assert storage.read_preview(evidence.stored_as) is None


def test_one_that_was_left_behind_is_found() -> None:
    evidence = make_evidence(paper())
    preview_response(evidence)
    age(storage.preview_of(evidence.stored_as), minutes=61)
    assert mending.mend(now=timezone.now()).removed == ()

    evidence.delete()

    assert mending.mend(now=timezone.now()).removed == (storage.preview_of(evidence.stored_as),)
